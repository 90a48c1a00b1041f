"""Two coarse outlines, neither a boundary nor ever drawn (geodata/make_outline.py makes them)."""

from __future__ import annotations

from functools import cache

import shapely

from geomap.files.shipped import find_shipped

#: Where the GCJ-02 shift applies: at least 0.05° outside the border everywhere; two decimals.
CHINA = "china.wkt"
#: The neighbours' land within about 40 km of the border, to 3 km: tells a point at sea from one
#: abroad.
ABROAD = "abroad.wkt"


@cache
def read_outline(name: str) -> shapely.MultiPolygon:
    """Return :data:`CHINA` or :data:`ABROAD`, WGS-84 degrees."""
    return shapely.from_wkt((find_shipped("geodata") / name).read_text(encoding="ascii"))
