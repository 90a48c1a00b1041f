"""Where a place is: lists of places, and the datum that people write."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import geopandas as gpd

from geomap.files.folder import SHIPPED
from geomap.places.datum import parse_datum
from geomap.places.districts import read_districts
from geomap.places.gazetteer import read_gazetteer
from tests.fuzz.target import file_target, text_target

_PLACES = (
    "名称,级别,乡镇,经度,纬度,坐标系,误差\n"
    "湖墅街道,街道,,120.15,30.30,,900\n"
    "米市巷社区,社区,米市巷街道,120.16,30.29,高德,\n"
    "大关小区,,,120.1534,30.3123,wgs84,200\n"
)
_TOKENS = ("高德", "百度", "city", "NaN", "1e400", "经度", "lon", "\t", ";")


@cache
def _districts() -> gpd.GeoDataFrame:
    return read_districts(SHIPPED / "districts.parquet")


def _read(path: Path) -> object:
    return read_gazetteer(path, _districts())


file_target("gazetteer", ".csv", lambda: [_PLACES.encode(), _PLACES.encode("gb18030")], _TOKENS)(
    _read
)
file_target("gazetteer.gz", ".csv.gz", lambda: [gzip.compress(_PLACES.encode(), mtime=0)])(_read)
text_target("datum", ["手机", "高德地图", "GCJ-02", "wgs84", "百度"], ("坐标", "-", "/"))(
    parse_datum
)
