"""AMap (高德): web service API v3, geocode/geo and geocode/regeo; coordinates GCJ-02."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
)

from geomap.geocoders.levels import DOOR, by_words
from geomap.geocoders.vendor import KEY_HERE, Found, Json, Vendor
from geomap.places.datum import Datum

_TOO_FAST = frozenset((10004, 10014, 10015, 10019, 10020, 10021, 10022, 10029))
_USED_UP = frozenset((10003, 10010, 10044, 10045, 40000, 40002, 40003))
_REFUSED = frozenset(
    (10001, 10002, 10005, 10006, 10007, 10008, 10009, 10011, 10012, 10013, 10026, 10041)
)
#: Bad parameters; and what the geocoder says of words that are no address.
_QUERY = frozenset((20000, 20001, 20002, 20012))
_NO_RESULT = 30001


class Amap(Vendor):
    """Geocoder of AMap; see https://lbs.amap.com/api/webservice/guide/api/georegeo.

    Parameters
    ----------
    api_key : a key of the kind Web 服务.
    domain : another host, as geopy's Nominatim has it.
    """

    name = "amap"
    source_datum = Datum.GCJ02
    host = "restapi.amap.com"

    def _geocode_url(self, query: str) -> str:
        return "v3/geocode/geo?" + urlencode({"address": query, "output": "JSON", "key": KEY_HERE})

    def _reverse_url(self, lon: float, lat: float) -> str:
        asked = {"location": f"{lon:.6f},{lat:.6f}", "output": "JSON", "key": KEY_HERE}
        return "v3/geocode/regeo?" + urlencode(asked)

    def _read(self, answer: Json) -> Iterable[Found]:
        return [_found(one) for one in answer["geocodes"]] if _is_answer(answer) else []

    def _read_reverse(self, answer: Json, lon: float, lat: float) -> Iterable[Found]:
        if not _is_answer(answer):
            return []
        place = answer["regeocode"]
        name = _text(place["formatted_address"])
        return [Found(name, lon, lat, DOOR, place)] if name else []


def _found(place: Json) -> Found:
    lon, _, lat = str(place["location"]).partition(",")
    level = by_words(_text(place.get("level")))
    return Found(_text(place["formatted_address"]), float(lon), float(lat), level, place)


def _text(value: Any) -> str:
    """Return a text; AMap writes [] for none."""
    return value if isinstance(value, str) else ""


def _is_answer(answer: Json) -> bool:
    """Whether an answer holds a result; False where the vendor found nothing."""
    if str(answer["status"]) == "1":
        return True
    code = int(answer["infocode"])
    if code == _NO_RESULT:
        return False
    kind: type[GeocoderServiceError] = GeocoderServiceError
    if code in _TOO_FAST:
        kind = GeocoderRateLimited
    elif code in _USED_UP:
        kind = GeocoderQuotaExceeded
    elif code in _REFUSED:
        kind = GeocoderAuthenticationFailure
    elif code in _QUERY:
        kind = GeocoderQueryError
    elif code == 0:
        kind = GeocoderParseError
    raise kind(f"AMap answers with infocode {code}")
