"""The names that riders may look for: a street by the middle of its lines, and its crossings."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pytest
import shapely

from geomap.ground import Ground, crossings, list_crossings, list_names, names, read_ground
from geomap.pages.everywhere import draw_crossings, draw_named
from tests.ground.town import at, write_town
from tests.wire_read import decode_table


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return list_names(read_ground([write_town(tmp_path_factory.mktemp("town") / "town.osm.pbf")]))


def test_streets_landmarks_and_quarters_have_a_point(found: pd.DataFrame) -> None:
    kinds = {kind: sorted(part.name) for kind, part in found.groupby("kind")}
    assert kinds == {
        "street": ["学院路", "月泉路", "清华东路"],
        "place": ["中国农业大学（东区）", "六道口", "康复医院", "康复医院", "月泉公园"],
        "quarter": ["石板房", "静淑苑"],
    }
    road = found[found.name == "清华东路"].iloc[0]
    assert (road.lon, road.lat) == pytest.approx(at(0, 0), abs=1e-6)


def test_of_too_many_names_the_largest_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: pd.DataFrame
) -> None:
    monkeypatch.setattr(names, "MOST_NAMES", 2)
    few = list_names(read_ground([write_town(tmp_path / "town.osm.pbf")]))
    assert sorted(few.name) == ["学院路", "清华东路"] and len(found) > 2


def test_no_sensitive_name_is_drawn(found: pd.DataFrame) -> None:
    drawn = str(draw_named(found, ["农业大学"]))
    assert "农业大学" not in drawn and "学院路" in drawn


def make_streets(*lines: tuple[str, list[tuple[float, float]]]) -> Ground:
    """Streets of an invented ground, metres east and north of its crossing."""
    things = gpd.GeoDataFrame(
        {"layer": "street", "kind": "primary", "half_m": 0.0, "name": [name for name, _ in lines]},
        geometry=[shapely.LineString([at(*each) for each in line]) for _, line in lines],
        crs="EPSG:4326",
    )
    return Ground(pa.Table.from_pandas(things.to_wkb()))


def test_two_roadways_and_a_road_above_are_one_crossing() -> None:
    ground = make_streets(
        ("学院路", [(-15, -500), (-15, 500)]), ("学院路", [(15, -500), (15, 500)]),
        ("北四环", [(-500, 20), (500, 20)]), ("北四环", [(-500, -20), (500, -20)]),
        ("北四环", [(-500, 900), (500, 900)]), ("远路", [(400, -60), (400, -500)]),
    )  # fmt: skip
    found = list_crossings(ground)
    assert found[["street", "other"]].to_numpy().tolist() == [["北四环", "学院路"]]
    assert found[["lon", "lat"]].to_numpy()[0] == pytest.approx(at(0, 0), abs=1e-6)


def test_streets_that_meet_twice_far_apart_have_two_crossings() -> None:
    bow = ("弯路", [(0, 0), (300, 0), (300, 800), (0, 800)])
    found = list_crossings(make_streets(bow, ("直路", [(0, -100), (0, 900)])))
    places = found[["lon", "lat"]].to_numpy().ravel().tolist()
    assert places == pytest.approx([*at(0, 0), *at(0, 800)], abs=1e-6)


def test_of_too_many_crossings_those_of_long_streets_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossings, "MOST_CROSSINGS", 1)
    ground = make_streets(("甲路", [(0, -900), (0, 900)]), ("乙路", [(-900, 0), (900, 0)]),
                          ("丙路", [(-10, 50), (10, 50)]))  # fmt: skip
    assert list_crossings(ground)[["street", "other"]].to_numpy().tolist() == [["乙路", "甲路"]]


def test_crossings_are_drawn_between_names_that_are_shown() -> None:
    town = make_streets(("学院路", [(0, -9), (0, 9)]), ("清华东路", [(-9, 0), (9, 0)]),
                        ("秘路", [(-9, 5), (9, 5)]))  # fmt: skip
    named = list_names(town)
    drawn = draw_crossings(list_crossings(town), named, ["秘路"])
    table, shown = decode_table(drawn["table"]), named[named.name != "秘路"].name.tolist()
    assert [shown[int(table[side][0])] for side in ("street", "other")] == ["学院路", "清华东路"]
    assert drawn["table"]["n"] == 1
