"""Road files of every kind; the parts of a shapefile are damaged inside their archive."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from geomap.roads import read_roads
from tests.fuzz.target import file_target
from tests.roads.road_files import KINDS, write_town

_TOKENS = (
    "1e999", "NaN", "null", "{}", "</graph>", "\\u0000", "LINESTRING(", "epsg:32650",
    "+nadgrids=/etc/hostname", "http://127.0.0.1:1/", '"crs":', "\x7f" * 4, "GP", "\0" * 4,
)  # fmt: skip


def _town(kind: str) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        return [write_town(Path(folder) / f"town.{kind}").read_bytes()]


for _kind in KINDS:
    if _kind != "shp":
        file_target(f"road.{_kind}", f".{_kind}", partial(_town, _kind), _TOKENS)(read_roads)
