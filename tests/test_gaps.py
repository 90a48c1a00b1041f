"""Gaps: where nobody is served, how many live there, how far the nearest is, who overlaps."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from pyproj import Geod

from geomap.cli import main
from geomap.coverage import grid
from geomap.coverage.clip import Land, survey_land
from geomap.coverage.points import Points
from geomap.pipeline import measure, places
from geomap.pipeline.gaps import _number_patches, name_places, say_ways
from tests.roads.road_files import CORNER, STEP
from tests.test_ground import read_districts, write_city
from tests.wire_read import decode_table

SIDE = STEP * 2.2
GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lon, lat = CORNER[0] + 2.1 * SIDE, CORNER[1] + 2.0 * SIDE
    twin = f"t,同处驿站,station,{lon:.6f},{lat:.6f},手机,\n"
    folder = write_city(tmp_path_factory.mktemp("gaps") / "city", twin)
    demand = folder / "demand.csv"
    rows = [
        (1.1, 1.0, 500),
        (8.0, 7.5, 20),
        (8.0, 7.9, 30),
        (8.0, 8.0, 20),
        (0.0, 7.0, 200),
        (6.0, 3.0, 5),
        (2.0, 2.0, 10),
    ]
    lines = [
        f"p{n},{CORNER[0] + x * SIDE},{CORNER[1] + y * SIDE},,{weight}"
        for n, (x, y, weight) in enumerate(rows)
    ]
    demand.write_text("\n".join(["id,lon,lat,datum,weight", *lines]), encoding="utf-8")
    out = folder.parent / "site"
    settings = folder / "map.toml"
    settings.write_text(
        '[[envelope]]\nid = "ebike_10min_15kmh"\nlabel = "短"\nminutes = 3\nspeed_kmh = 15\n'
        'radius_m = 750\nmethod = "network"\n', encoding="utf-8",
    )  # fmt: skip
    options = ["--roads", str(folder / "roads.parquet"), "--demand", str(demand)]
    assert main(["build", "--geodata", str(folder), "--out", str(out), *options]) == 0
    return out


def read_gaps(site: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(site / "internal/data/gaps.geojson")


def test_gaps_are_ranked_by_people_and_say_who_is_nearest(site: Path) -> None:
    gaps = read_gaps(site)
    assert list(gaps.columns) == ["rank", "district_code", "area_km2", "demand",
                                  "nearest_station_id", "nearest_min", "geometry"]  # fmt: skip
    assert gaps["demand"].tolist() == [200, 70] and gaps["rank"].tolist() == [1, 2]
    assert gaps["district_code"].tolist() == ["990101", "990102"]
    assert gaps["nearest_station_id"].tolist() == ["b", "c"]
    # Half of the 70 are at least as far as (8, 7.9).
    # From there to c at (6, 3.1) it is 2 blocks and 4.8: metres of road at 15 km/h.
    block = [GEOD.inv(*CORNER, CORNER[0] + east, CORNER[1] + north)[2] for east, north in
             ((SIDE, 0), (0, SIDE))]  # fmt: skip
    metres = 2 * block[0] + 4.8 * block[1]
    assert gaps["nearest_min"][1] == pytest.approx(metres * 0.06 / 15, abs=0.4)
    for row in gaps.itertuples():
        area = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(row.geometry))[0])
        assert row.area_km2 == pytest.approx(area / 1e6, rel=0.001)


def test_a_gap_is_farther_than_the_minutes_of_its_envelope(site: Path) -> None:
    assert (read_gaps(site)["nearest_min"] > 3).all()


def test_gaps_and_people_in_reach_are_all_people(site: Path) -> None:
    reached = sum(float(row["ebike_10min_15kmh_people"]) for row in read_districts(site).values())
    assert reached + read_gaps(site)["demand"].sum() == 785


def test_people_served_and_not_are_told_square_by_square(site: Path) -> None:
    text = next(site.glob("internal/assets/facts/people-*.js")).read_text(encoding="utf-8")
    facts = json.loads(text[text.index("{", text.index("people")) : text.rindex("}") + 1])
    squares = pd.DataFrame(decode_table(facts["squares"]))
    assert squares["unserved"].sum() == read_gaps(site)["demand"].sum() == 270
    assert squares["served"].sum() == 515 and facts["side"] == 0.002
    lost = squares[squares["unserved"] > 0].nlargest(1, "unserved").iloc[0]
    assert abs(lost["lon"] - CORNER[0]) < 0.002 and abs(lost["lat"] - CORNER[1] - 7 * SIDE) < 0.002


def test_the_page_tells_of_overlaps_and_minutes(site: Path) -> None:
    text = next(site.glob("internal/assets/facts/gaps-*.js")).read_text(encoding="utf-8")
    facts = json.loads(text[text.index("{", text.index("gaps")) : text.rindex("}") + 1])
    # b and t stand on one spot.
    assert [station for station, _ in facts["overlapping"]] == ["b", "t"]
    assert sum(facts["histogram"]) == 785
    assert facts["histogram"][0] == 515
    assert set(facts["weeks"]) == {"990101", "990102"}
    numbers, days = facts["weeks"]["990101"]
    assert len(numbers) == 7 and all(len(day) == 72 for day in days)


def test_gaps_are_called_by_the_nearest_town_and_the_way_from_it() -> None:
    towns = pd.DataFrame({"name": ["新市镇", "远镇"], "lon": [120.3, 121.0], "lat": [30.6, 30.6]})
    spots = {"新市镇一带": (0.005, 0), "新市镇以东": (0.05, 0.002), "新市镇东北": (0.05, 0.05),
             "新市镇以北": (0, 0.03), "新市镇以西": (-0.03, 0), "新市镇西南": (-0.03, -0.03),
             "远镇以南": (0.7, -0.05)}  # fmt: skip
    shapes = [shapely.Point(120.3 + x, 30.6 + y).buffer(0.001) for x, y in spots.values()]
    assert name_places(np.array(shapes), towns) == list(spots)
    far = shapely.Point(120.45, 30.6)  # 14 km
    assert name_places(np.array([far]), towns) == [""]
    assert name_places(np.array(shapes[:1]), towns[:0]) == [""]
    from_one = np.repeat([[120.3, 30.6]], len(shapes), axis=0)
    ways = [name.removeprefix("新市镇") for name in list(spots)[:-1]]
    assert say_ways(np.array(shapes), from_one)[:-1] == ways
    assert name_places(np.array([]), towns) == []


def test_squares_that_touch_within_a_block_of_ten_are_one_patch() -> None:
    column = np.array([0, 1, 3, 9, 10, 0, 1])  # 0,0 and 1,1 touch; 9,0 and 10,0 over a block's line
    row = np.array([0, 1, 0, 0, 0, 0, 0])
    patch = _number_patches(100 + (column + 0.5) * 0.005, 30 + (row + 0.5) * 0.005)
    assert patch.tolist() == [0, 0, 1, 2, 3, 0, 0]


def test_points_are_laid_only_where_people_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    laid = []

    def lay_points(land: Land, district: int, people: float, across: int) -> Points:
        laid.append(people)
        return grid.lay_points(land, district, people, across)

    monkeypatch.setattr(places, "lay_points", lay_points)
    codes = ["110101", "110102", "110103"]
    land = survey_land(np.array([shapely.box(n / 10, 40, n / 10 + 0.1, 40.1) for n in range(3)]))
    measured = SimpleNamespace(
        coverage=SimpleNamespace(shares=pd.DataFrame(index=codes), land=land),
        reference=SimpleNamespace(population=pd.Series({"110102": 500.0, "110103": 70.0})),
    )
    found, unit = places.land_places({"110101", "110102"}, measured, 5)
    assert (laid, unit) == ([500.0], "people") and found.weight.sum() == pytest.approx(500)
    laid.clear()
    found, unit = places.land_places({"110101"}, measured, 5)
    assert (laid, unit) == ([0.0], "km2") and found.weight.sum() == pytest.approx(94.8, abs=0.5)


def test_the_geopackage_has_the_area_of_each_station_and_together_they_are_the_band(
    site: Path,
) -> None:
    path = site / "internal/data/planner.gpkg"
    assert {"station_areas", "bands", "gaps", "districts"} <= set(pyogrio.list_layers(path)[:, 0])
    own = pyogrio.read_dataframe(path, layer="station_areas")
    assert own["station_id"].is_unique and set(own["method"]) == {"network"}
    bands = pyogrio.read_dataframe(path, layer="bands")
    whole = bands.geometry[bands["to_min"] == 3].union_all()
    stations = pyogrio.read_dataframe(path, layer="stations").set_index("station_id")
    assert all(
        row.geometry.intersects(stations.geometry[row.station_id]) for row in own.itertuples()
    )
    together = own.geometry.union_all()
    assert together.symmetric_difference(whole).area < 0.01 * whole.area
    gaps = pyogrio.read_dataframe(path, layer="gaps")
    written = gpd.read_file(site / "internal/data/gaps.geojson")
    assert gaps["demand"].tolist() == written["demand"].tolist()


def test_a_map_without_a_geopackage_draws_no_area_of_each_station(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(measure, "MOST_STATIONS", 2)
    measured = SimpleNamespace(
        by_road=SimpleNamespace(on_network=frozenset()),
        reference=SimpleNamespace(settings=SimpleNamespace(headline=None)),
    )
    assert measure.own_areas(gpd.GeoDataFrame({"station_id": ["a", "b", "c"]}), measured) is None
