"""What shares divide by: served land, and people that add up to what was counted."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod

from geomap.cli import main
from geomap.coverage.ground import Homes, gather_homes, spread_people
from geomap.coverage.points import Points
from tests.roads.road_files import CORNER, STEP

GEOD = Geod(ellps="WGS84")
BLOCKS = 9


def make_points(district: list[int], land_m2: list[float]) -> Points:
    count = len(district)
    return Points(
        np.full(count, 117.0), np.full(count, 36.0), np.array(district), np.array(land_m2),
        np.zeros(count),
    )  # fmt: skip


def test_people_live_along_homes_and_add_up_to_the_census_of_the_covered_part() -> None:
    points = make_points([0, 0, 0, 1, 1, 2, -1], [9.0, 9.0, 9.0, 3.0, 1.0, 5.0, 5.0])
    homes_m = np.array([50.0, 150.0, 0.0, 0.0, 0.0, 70.0, 70.0])
    census, none = pd.Series([1000.0, 400.0, np.nan]), np.zeros(7)
    homes = Homes(none, none, homes_m)
    people, from_homes = spread_people(points, homes, census, np.array([0.5, 1.0, 1.0]))
    assert people.tolist() == [125.0, 375.0, 0.0, 300.0, 100.0, 0.0, 0.0] and not from_homes


@pytest.mark.parametrize(
    "land_m2, building_m2, expected",
    [
        ([9000.0, 3000.0], [0.0, 5000.0], [750.0, 250.0]),  # land enough for a thousand
        ([9000.0, 2000.0], [600.0, 1800.0], [250.0, 750.0]),  # too little land: buildings
        ([9000.0, 2000.0], [500.0, 1800.0], [100.0, 900.0]),  # and of these: streets
    ],
)
def test_people_live_on_residential_land_else_in_buildings_else_along_streets(
    land_m2: list[float], building_m2: list[float], expected: list[float]
) -> None:
    points = make_points([0, 0, 1, -1], [1.0, 1.0, 1.0, 1.0])
    homes = Homes(
        np.array([*land_m2, 0.0, 99e9]), np.array([*building_m2, 0.0, 99e9]),
        np.array([10.0, 90.0, 5.0, 5.0]),
    )  # fmt: skip
    people, from_homes = spread_people(points, homes, pd.Series([1000.0, 40.0]), np.ones(2))
    assert people.tolist() == pytest.approx([*expected, 40.0, 0.0])
    assert from_homes == (expected != [100.0, 900.0])


def test_homes_belong_to_the_street_nearest_to_them_unless_far_from_any() -> None:
    points = Points(np.array([117.0, 117.01]), np.full(2, 36.0), np.zeros(2, int), np.ones(2),
                    np.zeros(2))  # fmt: skip
    rows = [(117.001, 36.001, 70.0, False), (117.009, 36.0, 5.0, True), (117.02, 36.0, 9.0, False)]
    homes = pd.DataFrame(rows, columns=["lon", "lat", "m2", "is_building"])
    found = gather_homes(points, np.array([1.0, 2.0]), homes)
    assert found.land_m2.tolist() == [70.0, 0.0] and found.building_m2.tolist() == [0.0, 5.0]


def test_points_are_sorted_by_place_once_for_all_that_is_asked_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points, sorted_times, real = make_points([0, 0, 0], [1.0, 1.0, 1.0]), [], shapely.STRtree
    monkeypatch.setattr(
        "geomap.coverage.points.shapely.STRtree",
        lambda shapes: sorted_times.append(len(shapes)) or real(shapes),
    )
    assert points.within(np.zeros(0, dtype=object))[1].tolist() == [] and not sorted_times
    squares = np.array([shapely.box(116.9, 35.9, 117.1, 36.1), shapely.box(0, 0, 1, 1)])
    for _ in range(3):
        shape, point = points.within(squares)
        assert shape.tolist() == [0, 0, 0] and sorted(point.tolist()) == [0, 1, 2]
    assert sorted_times == [3]


def write_city(folder: Path, more: str = "") -> Path:
    """A town of blocks of 400 m with a district of its own around it, and three stations."""
    folder.mkdir()
    side = STEP * 2.2
    lines = [
        shapely.LineString([(CORNER[0] + a * side, CORNER[1] + b * side) for a, b in ends])
        for n in range(BLOCKS)
        for m in range(BLOCKS - 1)
        for ends in (((m, n), (m + 1, n)), ((n, m), (n, m + 1)))
    ]
    kinds = ["residential" if n % 3 else "primary" for n in range(len(lines))]
    gpd.GeoDataFrame({"highway": kinds}, geometry=lines, crs=4326).to_parquet(
        folder / "roads.parquet"
    )
    east, north = CORNER[0] + side * BLOCKS, CORNER[1] + side * BLOCKS
    middle = (CORNER[0] + east) / 2
    boxes = {
        "990101": shapely.box(CORNER[0] - 0.003, CORNER[1] - 0.003, middle, north + 0.003),
        "990102": shapely.box(middle, CORNER[1] - 0.003, east + 0.2, north + 0.003),
    }
    districts = gpd.GeoDataFrame(
        {"district_code": list(boxes), "province": "海省", "city": "海市",
         "district": ["西区", "东区"], "area_km2": [
             abs(GEOD.geometry_area_perimeter(box)[0]) / 1e6 for box in boxes.values()]},
        geometry=list(boxes.values()), crs=4326,
    )  # fmt: skip
    districts.to_parquet(folder / "districts.parquet")
    rows = [("a", 1.1, 1.05, "每天 9:00-17:00"), ("b", 2.1, 2.0, "24小时"), ("c", 6.0, 3.1, "")]
    ledger = "station_id,name,kind,lon,lat,datum,opening_hours\n"
    for name, x, y, hours in rows:
        lon, lat = CORNER[0] + x * side, CORNER[1] + y * side
        ledger += f"{name},{name}驿站,station,{lon:.6f},{lat:.6f},手机,{hours}\n"
    (folder / "stations.csv").write_text(ledger + more, encoding="utf-8")
    (folder / "population.csv").write_text(
        "district_code,population,source\n990101,50000,普查\n990102,80000,普查\n", encoding="utf-8"
    )
    return folder


def read_districts(site: Path) -> dict[str, dict[str, str]]:
    with (site / "internal/data/districts.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["district_code"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_city(tmp_path_factory.mktemp("ground") / "city")
    site = folder.parent / "site"
    roads = str(folder / "roads.parquet")
    assert main(["build", "--geodata", str(folder), "--roads", roads, "--out", str(site)]) == 0
    return site


def area_km2(shape: shapely.Geometry) -> float:
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6


def areas_of(site: Path, envelope: str, coverage: str) -> shapely.Geometry:
    features = json.loads((site / "internal/data/service_areas.geojson").read_bytes())["features"]
    return shapely.union_all([
        shapely.geometry.shape(feature["geometry"]) for feature in features
        if feature["properties"]["envelope_id"] == envelope
        and feature["properties"]["coverage"] == coverage
    ])  # fmt: skip


def test_shares_are_those_of_the_downloads_measured_again(city: Path) -> None:
    """By polygons alone: streets buffered, blocks filled, what is downloaded cut with it."""
    folder = city.parent / "city"
    streets = gpd.read_parquet(folder / "roads.parquet").to_crs(32651)
    served = shapely.union_all(streets.buffer(100.0).to_numpy())
    filled = shapely.union_all([
        served, *(shapely.Polygon(ring) for ring in served.interiors
                  if shapely.Polygon(ring).area <= 250_000)])  # fmt: skip
    ground = gpd.GeoSeries([filled], crs=32651).to_crs(4326)[0]
    table = read_districts(city)
    for row in gpd.read_parquet(folder / "districts.parquet").itertuples():
        told = table[row.district_code]
        own = shapely.intersection(ground, row.geometry)
        assert float(told["served_km2"]) == pytest.approx(area_km2(own), rel=0.04)
        for envelope in ("standard_1km", "ebike_10min_15kmh"):
            low = shapely.intersection(own, areas_of(city, envelope, "certain"))
            share = area_km2(low) / area_km2(own)
            assert float(told[f"{envelope}_share_low"]) == pytest.approx(share, abs=0.04)


def test_a_ride_of_ten_minutes_serves_more_than_a_kilometre_and_leaves_no_hole(city: Path) -> None:
    for row in read_districts(city).values():
        ride, circle = (
            float(row[f"{name}_share"]) for name in ("ebike_10min_15kmh", "standard_1km")
        )
        assert ride >= circle > 0
        assert float(row["ebike_10min_15kmh_land_share"]) < ride
    reached = areas_of(city, "ebike_10min_15kmh", "possible")
    rings = [ring for part in shapely.get_parts(reached) for ring in part.interiors]
    assert all(area_km2(shapely.Polygon(ring)) > 0.25 for ring in rings)


def test_hours_by_road_are_those_of_who_is_open(city: Path) -> None:
    table = pd.read_csv(city / "internal/data/hours.csv", dtype={"district_code": str})
    assert list(table.columns) == ["envelope", "district_code", "weekday", "hour", "share_low",
                                   "share", "share_high"]  # fmt: skip
    week = table.set_index(["envelope", "district_code", "weekday", "hour"])
    districts = read_districts(city)
    for envelope in ("standard_1km", "ebike_10min_15kmh"):
        for code in ("990101", "990102"):
            night, noon = (week.loc[(envelope, code, 3, hour)] for hour in (3, 12))
            # b is open at night, a by day too, and nobody knows when c is.
            assert night.share <= noon.share < float(districts[code][f"{envelope}_share"])
            high = float(districts[code][f"{envelope}_share_high"])
            assert noon.share_high == pytest.approx(high, abs=1e-6)
        west = week.loc[(envelope, "990101", 3)].share
        assert 0 < west[3] <= west[12]


def test_people_in_reach_are_part_of_the_census_of_the_covered_part(city: Path) -> None:
    table = read_districts(city)
    assert float(table["990101"]["roads_share"]) > 0.95
    assert 0.05 < float(table["990102"]["roads_share"]) < 0.5
    for row in table.values():
        covered = float(row["population"]) * float(row["roads_share"])
        people, share = (
            float(row[f"ebike_10min_25kmh_{name}"]) for name in ("people", "demand_share")
        )
        assert people == pytest.approx(covered * share, abs=1.0)


def test_demand_points_are_counted_where_they_are(city: Path, tmp_path: Path) -> None:
    folder, side = city.parent / "city", STEP * 2.2
    demand = tmp_path / "demand.csv"
    near, far = CORNER[0] + 1.1 * side, CORNER[0] + 8 * side
    lines = [f"a,{near},{CORNER[1] + side},wgs84,300", f"b,{far},{CORNER[1] + 8 * side},,50",
             "c,121.9,30.91,火箭,7"]  # fmt: skip
    demand.write_text("\n".join(["id,lon,lat,datum,weight", *lines]), encoding="utf-8")
    options = ["--roads", str(folder / "roads.parquet"), "--demand", str(demand)]
    site = tmp_path / "site"
    assert main(["build", "--geodata", str(folder), "--out", str(site), *options]) == 0
    table = read_districts(site)
    west, east = (table[code] for code in ("990101", "990102"))
    assert (west["standard_1km_people"], west["standard_1km_demand_share"]) == ("300", "1.000000")
    assert (east["standard_1km_people"], east["standard_1km_demand_share"]) == ("0", "0.000000")
    record = json.loads((site / "build.json").read_bytes())
    assert record["people_from"] == "demand"
    assert "point-row" in [skip["code"] for skip in record["skipped"]]


def test_without_roads_people_live_evenly_on_the_land(city: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert main(["build", "--geodata", str(city.parent / "city"), "--out", str(site)]) == 0
    for row in read_districts(site).values():
        assert row["served_km2"] == row["roads_share"] == ""
        assert row["standard_1km_land_share"] == row["standard_1km_share"]
        people = float(row["population"]) * float(row["standard_1km_share"])
        assert float(row["standard_1km_people"]) == pytest.approx(people, abs=1.0)
