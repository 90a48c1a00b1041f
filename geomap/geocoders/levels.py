"""How sure a vendor's answer is: its own words for that, as a precision and a radius of 95 %.

Baidu states a radius itself; the others state what kind of thing they matched. A door or a shop
that is matched right is within 200 m (entrances, blocks that share a number, the offset of a
label); a street is known to the half of its usual length. Nothing coarser than a village is
sharper than the offline ladder, which knows how far the divisions reach.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Quality(NamedTuple):
    """One of :data:`geomap.model.tables.PRECISIONS`, and metres that hold the truth with 95 %."""

    precision: str
    uncertainty_m: float


DOOR = Quality("address", 200.0)
SHOP = Quality("poi", 200.0)
STOP = Quality("poi", 300.0)
CROSSING = Quality("street", 200.0)
STREET = Quality("street", 2_000.0)
QUARTER = Quality("community", 1_500.0)
VILLAGE = Quality("community", 2_000.0)
TOWN = Quality("township", 10_000.0)
COUNTY = Quality("district", 30_000.0)
CITY = Quality("city", 100_000.0)
UNKNOWN = Quality("none", 500_000.0)

#: Words of AMap, Tianditu and Baidu; the first that stands in the stated level counts.
_WORDS: tuple[tuple[str, Quality], ...] = (
    ("门牌", DOOR), ("门址", DOOR), ("单元", DOOR), ("楼栋", DOOR), ("交叉", CROSSING),
    ("路口", CROSSING), ("兴趣点", SHOP), ("POI", SHOP), ("地铁", STOP), ("公交", STOP),
    ("站台", STOP), ("商圈", QUARTER), ("小区", Quality("community", 500.0)), ("道路", STREET),
    ("街道", TOWN), ("村", VILLAGE), ("社区", VILLAGE), ("乡镇", TOWN), ("开发区", TOWN),
    ("区县", COUNTY), ("市辖区", COUNTY), ("省", UNKNOWN), ("国家", UNKNOWN), ("市", CITY),
    ("地名地址", SHOP),
)  # fmt: skip

#: Tencent's 11 levels (level of the geocoder's answer, as documented).
TENCENT: Mapping[int, Quality] = {
    1: CITY, 2: COUNTY, 3: TOWN, 4: VILLAGE, 5: TOWN, 6: QUARTER, 7: STREET, 8: CROSSING, 9: DOOR,
    10: Quality("poi", 300.0), 11: SHOP,
}  # fmt: skip
#: From this reliability (1-10) on Tencent calls an answer accurate.
TENCENT_RELIABLE = 7
#: Baidu's confidence, largest first: at least so much is within so many metres.
_BAIDU = ((100, 20), (90, 50), (80, 100), (75, 200), (70, 300), (60, 500), (50, 1_000),
          (40, 2_000), (30, 5_000), (25, 8_000), (20, 10_000))  # fmt: skip
#: geopy hands Nominatim's and Photon's words through; these are tags of OpenStreetMap.
_OSM: Mapping[str, Quality] = {
    "house": DOOR, "building": DOOR, "amenity": SHOP, "shop": SHOP, "tourism": SHOP,
    "office": SHOP, "leisure": SHOP, "railway": STOP, "road": STREET, "highway": STREET,
    "street": STREET, "neighbourhood": QUARTER, "quarter": QUARTER, "locality": QUARTER,
    "suburb": Quality("township", 5_000.0), "village": VILLAGE, "hamlet": VILLAGE, "town": TOWN,
    "district": COUNTY, "county": COUNTY, "city": CITY, "municipality": COUNTY,
}  # fmt: skip


def by_words(level: str) -> Quality:
    """Return what a level in words means (AMap, Tianditu, Baidu)."""
    return next((quality for word, quality in _WORDS if word in level), UNKNOWN)


def by_tencent(level: object, reliability: object) -> Quality:
    """Return what Tencent's level means; an unreliable answer is five times less sure."""
    quality = TENCENT.get(level if isinstance(level, int) else 0, UNKNOWN)
    if isinstance(reliability, (int, float)) and reliability < TENCENT_RELIABLE:
        return Quality(quality.precision, min(5 * quality.uncertainty_m, UNKNOWN.uncertainty_m))
    return quality


def by_baidu(confidence: object, level: str) -> Quality:
    """Return what Baidu's confidence means; the kind of thing is its level."""
    precision = by_words(level).precision
    known = confidence if isinstance(confidence, (int, float)) else 0
    radius = next((m for least, m in _BAIDU if known >= least), None)
    return Quality(precision, float(radius)) if radius else UNKNOWN


def by_osm(kind: str) -> Quality:
    """Return what a tag of OpenStreetMap means for a geocoder's answer."""
    return _OSM.get(kind, UNKNOWN)
