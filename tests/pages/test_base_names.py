"""Names on the base map: which, from which zoom on, in which language, and what is kept from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pytest

from geomap.ground import read_ground
from geomap.pages import base_names
from geomap.pages.base_map import LEVELS, draw_base
from geomap.pages.base_names import name_squares, public_names
from tests.ground.town import CROSSING, write_town
from tests.wire_read import decode_rings, decode_table

NEAR = LEVELS[-1][0]


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> gpd.GeoDataFrame:
    return read_ground([write_town(tmp_path_factory.mktemp("town") / "town.osm.pbf")]).base


def read(
    things: gpd.GeoDataFrame, table: str, closest: int = 18, sensitive: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Return the rows of all squares, those of streets with their courses in squares."""
    found = []
    for square, file in name_squares(public_names(things, sensitive), NEAR, closest).items():
        columns = decode_table(file.get(table, {"n": 0, "texts": {}, "steps": {}, "codes": {}}))
        if table == "streets" and table in file:
            columns["course"] = [square + each / 4096 for each in decode_rings(file["courses"])]
        found += [dict(zip(columns, row, strict=True))
                  for row in zip(*columns.values(), strict=True)]  # fmt: skip
    return found


def test_a_street_is_named_along_its_course(things) -> None:
    streets = {street["name"]: street for street in read(things, "streets")}
    assert set(streets) == {"学院路", "清华东路", "月泉路", "月泉河"}
    assert streets["清华东路"]["en"] == "Qinghua East Road"  # as the map says
    assert streets["学院路"]["en"] == "Xueyuan Road"  # as it is read aloud
    assert [streets[name]["from"] for name in ("学院路", "月泉路", "月泉河")] == [12, 15, 12]
    assert (streets["学院路"]["look"], streets["月泉河"]["look"]) == ("street", "water")
    long = sum(np.hypot(*np.diff(street["course"], axis=0).T).sum()
               for street in read(things, "streets") if street["name"] == "学院路")  # fmt: skip
    metres = long * 40_075_017 / 2**13 * np.cos(np.radians(CROSSING[1]))
    assert metres == pytest.approx(1800, rel=0.02)


def test_what_is_larger_is_named_sooner(things) -> None:
    first = {place["name"]: place["from"] for place in read(things, "names")}
    assert first["六道口"] == 14 and first["石板房"] == 14
    assert first["月泉公园"] < first["中国银行"] == 17
    assert first["月泉湖"] == 15
    far = {place["name"] for place in read(things, "names", closest=14)}
    assert "六道口" in far and "中国银行" not in far


def test_no_sensitive_and_no_private_name_is_written(things) -> None:
    number = "139" + "12345678"
    told = things.assign(name=things.name.replace({"康复医院": f"康复 {number}", "月泉路": "密路"}))
    written = str(draw_base(told, np.array([CROSSING]), sensitive=("密路", "农业大学")))
    assert "六道口" in written
    assert not [word for word in (number, "康复", "密路", "农业大学") if word in written]


def test_of_many_names_the_least_are_left_out(things, monkeypatch) -> None:
    every = name_squares(public_names(things, ()), NEAR, 18)
    monkeypatch.setattr(base_names, "_MOST", 1)
    for square, file in name_squares(public_names(things, ()), NEAR, 18).items():
        kept, all_ = (decode_table(each["names"])["from"] for each in (file, every[square])
                      if "names" in each)  # fmt: skip
        assert kept == [min(all_)] and len(all_) > 1


def test_shuffled_things_give_the_same_squares(things) -> None:
    mixed = things.sample(frac=1, random_state=3).reset_index(drop=True)
    assert name_squares(public_names(mixed, ()), NEAR, 18) == name_squares(
        public_names(things, ()), NEAR, 18
    )
