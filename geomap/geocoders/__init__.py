"""Geocoders that geopy lacks (AMap, Tencent, Tianditu) or leaves unexplained, behind its port.

>>> from geomap.geocoders import Amap
>>> Amap(key).geocode("郑州市中原区翠竹街1号").raw["uncertainty_m"]
"""

from geomap.geocoders.amap import Amap
from geomap.geocoders.asking import Asker
from geomap.geocoders.geopys import Baidu, Nominatim, Photon
from geomap.geocoders.outcomes import Outcome
from geomap.geocoders.providers import make_geocoder
from geomap.geocoders.recording import Recorder, recording
from geomap.geocoders.tencent import Tencent
from geomap.geocoders.tianditu import Tianditu

__all__ = [
    "Amap", "Asker", "Baidu", "Nominatim", "Outcome", "Photon", "Recorder", "Tencent", "Tianditu",
    "make_geocoder", "recording",
]  # fmt: skip
