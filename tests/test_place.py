"""Placing: the rung a row deserves, never outside what it states, and a radius that is honest."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.divisions import Divisions, read_divisions
from geomap.model.records import InputError
from geomap.model.tables import PRECISIONS
from geomap.places import Places, place_stations, read_places
from geomap.places.county import community_stem
from geomap.places.datum import Datum, convert
from geomap.places.districts import read_districts
from geomap.places.rungs import in_district
from geomap.places.spread import (
    centre,
    distance_m,
    holding_radius_m,
    known_radius_m,
    usual_radius_m,
)
from geomap.places.townships import read_townships
from tests.placing import code_of, place

GEODATA = Path(__file__).parent.parent / "geodata"
POINTS = Path(__file__).parents[2] / "shared" / "data" / "points_china_gcj02.csv.gz"


# --- a person's coordinate


def test_a_persons_coordinate_is_moved_to_wgs84(places: Places) -> None:
    lon, lat = convert(116.397, 39.908, Datum.WGS84, Datum.BD09)
    placed = place(places, name="站", lon=float(lon), lat=float(lat), datum="百度")
    assert (placed.lon, placed.lat) == (116.397, 39.908)
    assert (placed.precision, placed.provider, placed.uncertainty_m) == ("exact", "person", 30)


@pytest.mark.parametrize(
    ("lon", "lat", "stated", "radius"),
    [
        (116.4, 39.91, None, 557),  # two decimals are a kilometre: half a unit
        (116.0, 39.0, None, 55_660),
        (116.3974, 39.9081, None, 30),
        (116.397412, 39.908123, 250.0, 250),
        (116.4, 39.91, 20.0, 557),
        (116.397412, 39.908123, -5.0, 30),
    ],
)
def test_decimals_limit_what_a_person_can_say(
    places: Places, lon: float, lat: float, stated: float | None, radius: int
) -> None:
    assert place(places, lon=lon, lat=lat, uncertainty_m=stated).uncertainty_m == radius


def test_written_decimals_come_before_the_numbers_own(places: Places) -> None:
    assert place(places, lon=116.4, lat=39.9, decimals=4).uncertainty_m == 30


def test_an_unknown_datum_is_refused(places: Places) -> None:
    with pytest.raises(InputError, match="gjc02"):
        place(places, lon=116.4, lat=39.9, datum="gjc02")


# --- words


def test_a_community_is_looked_for_in_the_stated_district_only(
    places: Places, districts: gpd.GeoDataFrame
) -> None:
    name = "西安社区职工活动中心户外劳动者服务站点"
    placed = place(places, name=name, district="德清县", township="新市镇")
    assert placed.precision == "community" and placed.uncertainty_m <= 2000
    assert code_of(placed, districts) == "330521"
    elsewhere = place(places, name=name, province="陕西省", city="西安市", district="雁塔区")
    assert elsewhere.precision == "district" and code_of(elsewhere, districts) == "610113"


def test_a_homonym_without_help_is_placed_nowhere(
    places: Places, districts: gpd.GeoDataFrame
) -> None:
    nowhere = place(places, name="朝阳区总工会", district="朝阳区")
    assert nowhere.precision == "none" and math.isnan(nowhere.lon) and "同名" in nowhere.matched
    beijing = place(places, name="朝阳区总工会", province="北京市", district="朝阳区")
    assert beijing.precision == "district" and code_of(beijing, districts) == "110105"
    changchun = place(places, name="朝阳区总工会", city="长春市", district="朝阳区")
    assert code_of(changchun, districts) == "220104"


def test_township_from_column_address_or_name(places: Places) -> None:
    stated = {"province": "浙江省", "city": "湖州市", "district": "德清县"}
    by_column = place(places, **stated, name="服务站点", township="新市镇")
    by_address = place(places, **stated, name="服务站点", address="德清县新市镇工业园区")
    by_name = place(places, **stated, name="新市镇社工站户外劳动者服务站点")
    assert by_column.precision == by_address.precision == by_name.precision == "township"
    assert by_column.lon == by_address.lon == by_name.lon
    assert by_column.uncertainty_m == 5000  # geodata/places.csv


def test_former_names_lead_to_todays_place(places: Places, districts: gpd.GeoDataFrame) -> None:
    placed = place(places, province="浙江省", city="杭州市", district="临安市", township="昌化镇")
    assert placed.precision == "township" and code_of(placed, districts) == "330112"
    split = place(places, city="杭州市", district="江干区", name="江干区总工会")
    assert split.precision == "district" and code_of(split, districts) in ("330102", "330114")


def test_a_zone_lies_in_its_districts(places: Places, districts: gpd.GeoDataFrame) -> None:
    yizhuang = place(places, province="北京市", township="北京经济技术开发区", name="开发区工会")
    assert yizhuang.precision == "district"
    assert code_of(yizhuang, districts) in ("110115", "110112")
    lake = place(places, city="杭州市", district="临安区", name="青山湖科技城爱心驿家")
    assert lake.precision == "township" and code_of(lake, districts) == "330112"


def test_a_city_alone_gives_its_seat(places: Places, districts: gpd.GeoDataFrame) -> None:
    tangshan = place(places, province="河北省", city="唐山市", name="职工帮扶中心")
    assert tangshan.precision == "city" and code_of(tangshan, districts).startswith("1302")
    beijing = place(places, province="北京市", name="北京职工服务中心")
    assert beijing.precision == "city" and 10_000 < beijing.uncertainty_m < 120_000
    assert place(places, province="河北省", name="服务站").precision == "none"


def test_a_city_without_counties_is_its_own_district(places: Places) -> None:
    assert place(places, province="广东省", city="东莞市", name="工会驿站").precision == "district"


def test_a_county_nobody_draws_yet_is_its_prefecture(
    places: Places, districts: gpd.GeoDataFrame, divisions: Divisions
) -> None:
    placed = place(places, province="新疆维吾尔自治区", district="和康县", name="工会驿站")
    assert placed.precision == "city"
    meant = divisions.resolve("新疆维吾尔自治区", "和田地区", "和康县")
    assert in_district(code_of(placed, districts), meant)
    assert not in_district("653101", meant)


def test_admin_names_only_in_the_address_are_used(
    places: Places, districts: gpd.GeoDataFrame
) -> None:
    placed = place(places, name="工会驿站", address="北京市朝阳区酒仙桥路10号")
    assert code_of(placed, districts) == "110105"
    assert place(places, name="工会驿站", address="解放路5号").precision == "none"


def test_a_column_of_nothing_is_nowhere(places: Places) -> None:
    assert place(places, name="工会驿站").precision == "none"
    assert place(places, name="", province=None, lon=np.nan, lat=None).precision == "none"
    assert place_stations(pd.DataFrame(columns=["name", "lon", "lat"]), places).empty


def test_index_and_order_stay_and_the_input_is_not_modified(places: Places) -> None:
    rows = pd.DataFrame(
        {"name": ["甲", "乙"], "district": ["德清县", "临安区"], "lon": [np.nan, 119.7],
         "lat": [np.nan, 30.2]}, index=["x", "y"],
    )  # fmt: skip
    before = rows.copy()
    placed = place_stations(rows, places)
    assert placed.index.tolist() == ["x", "y"]
    assert placed["precision"].tolist() == ["district", "exact"]
    pd.testing.assert_frame_equal(rows, before)
    again = place_stations(rows.iloc[::-1], places)
    pd.testing.assert_frame_equal(again.loc[["x", "y"]], placed)


_words = st.sampled_from(
    ["", "北京市", "浙江省", "杭州市", "朝阳区", "临安区", "临安市", "德清县", "新市镇", "西湖区",
     "西安社区服务站", "玲珑街道", "火星区", "北京经济技术开发区", "江干区", "市辖区"]
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(_words, _words, _words, _words, _words)
def test_a_placed_row_lies_where_it_says(
    province: str, city: str, district: str, township: str, name: str
) -> None:
    placed = place(
        shared_places(),
        province=province,
        city=city,
        district=district,
        township=township,
        name=name,
    )
    assert placed.precision in PRECISIONS
    if placed.precision in ("none", "city"):
        return
    meant = shared_places().divisions.resolve(province, city, district, township)
    code = code_of(placed, _CACHE["districts"])
    assert placed.uncertainty_m > 0 and code
    assert in_district(code, meant)


_CACHE: dict[str, Any] = {}


def shared_places() -> Places:
    if "places" not in _CACHE:
        _CACHE["districts"] = read_districts(GEODATA / "districts.parquet")
        _CACHE["places"] = read_places(
            read_divisions(GEODATA),
            _CACHE["districts"],
            gazetteer=GEODATA / "gazetteer.parquet",
            ledger=GEODATA / "places.csv",
            zones=GEODATA / "zones.csv",
        )
    places: Places = _CACHE["places"]
    return places


def test_in_district_knows_successors_and_silence(divisions: Divisions) -> None:
    jianggan = divisions.resolve(city="杭州市", district="江干区")
    assert in_district("330102", jianggan) and in_district("330114", jianggan)
    assert not in_district("330106", jianggan) and not in_district("", jianggan)
    assert in_district("330106", divisions.resolve())


# --- radii


def test_radii_grow_with_the_spread() -> None:
    tight = known_radius_m(np.full(9, 300.0), 5000.0)
    wide = known_radius_m(np.full(9, 4000.0), 5000.0)
    assert tight < known_radius_m(np.array([]), 5000.0) == 5000.0 < wide
    assert usual_radius_m(900.0, 9, "某镇") > usual_radius_m(900.0, 9, "某街道") > 5000
    lon, lat = np.array([116.0, 116.0, 116.02]), np.array([40.0, 40.02, 40.0])
    middle = centre(lon, lat)
    assert distance_m(lon, lat, *middle).sum() <= distance_m(lon, lat, 116.0, 40.0).sum() + 1
    assert holding_radius_m(lon, lat, (116.0, 40.0)) <= distance_m(lon, lat, 116.0, 40.0).max()


@pytest.mark.parametrize(
    ("name", "stem"),
    [("西安社区居委会", "西安"), ("白牛村村民委员会", "白牛"), ("梅园新村社区居委会", "梅园新村"),
     ("东包达力干嘎查", "东包达力干"), ("城乡村", "城乡")],
)  # fmt: skip
def test_community_stems(name: str, stem: str) -> None:
    assert community_stem(name) == stem


# --- real stations' rows


@pytest.mark.parametrize(
    ("district", "address", "precision", "code"),
    [
        ("高新区", "郑州市中原区石佛镇翠竹街1号", "district", "410102"),  # not that of 唐山
        ("郑东新区", "郑州市郑东新区商都路加气站", "city", None),
        ("二七区", "郑州市二七区淮河路热力客服中心", "district", "410103"),  # a road, no township
        ("新密市", "新密市青屏街街道金博大", "township", "410183"),
    ],
)
def test_the_city_in_front_of_an_address_says_whose_district_is_meant(
    places: Places,
    districts: gpd.GeoDataFrame,
    district: str,
    address: str,
    precision: str,
    code: str | None,
) -> None:
    placed = place(places, district=district, address=address, name="工会驿站")
    assert placed.precision == precision
    assert code is None or code_of(placed, districts) == code


@pytest.mark.parametrize("district", ["中原区", "二七区", "管城回族区", "海淀区"])
def test_an_urban_districts_radius_reaches_into_the_town_beyond_its_edge(
    places: Places, district: str
) -> None:
    city = "北京市" if district == "海淀区" else "郑州市"
    placed = place(places, city=city, district=district, name="工会驿站")
    (code,) = [d.code for d in places.divisions.named(district, "district") if d.city == city]
    shape = places._polygons[code]
    lon, lat = (113.64861, 34.75778) if city == "郑州市" else (116.39723, 39.9075)
    x, y = shapely.get_coordinates(shapely.shortest_line(shape, shapely.Point(lon, lat)))[0]
    edge_m = distance_m(np.array([x]), np.array([y]), placed.lon, placed.lat)[0]
    assert placed.uncertainty_m >= round(edge_m) + 995


def test_a_users_polygon_of_a_township_is_its_place_and_radius(
    tmp_path: Path, divisions: Divisions, districts: gpd.GeoDataFrame, places: Places
) -> None:
    square = shapely.box(120.25, 30.60, 120.29, 30.63)
    table = gpd.GeoDataFrame(
        {"district_code": ["330521"], "township": ["新市镇"]}, geometry=[square], crs=4326
    )
    table.to_parquet(tmp_path / "townships.parquet")
    drawn = read_places(
        divisions, districts, gazetteer=GEODATA / "gazetteer.parquet",
        townships=read_townships(tmp_path / "townships.parquet"),
    )  # fmt: skip
    row = {"city": "湖州市", "district": "德清县", "township": "新市镇", "name": "驿站"}
    by_point, by_shape = place(places, **row), place(drawn, **row)
    assert by_shape.precision == "township" and "townships.parquet" in by_shape.matched
    assert (by_shape.lon, by_shape.lat) == pytest.approx((120.27, 30.615), abs=1e-4)
    assert 2000 < by_shape.uncertainty_m < 3000 < by_point.uncertainty_m
    table.to_crs(3857).to_parquet(tmp_path / "townships.parquet")
    with pytest.raises(InputError, match="EPSG:4326"):
        read_townships(tmp_path / "townships.parquet")
