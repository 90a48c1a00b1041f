"""The rungs of a map extract: door, name, crossing, along the street, street, quarter."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geomap.cli import main
from geomap.files.folder import Geodata
from geomap.ground import read_ground
from geomap.model.records import Placement
from geomap.pipeline.reference import Extra, Reference
from geomap.places import GroundIndex, place_stations
from geomap.places.ground_rungs import place_on_ground
from geomap.places.spread import distance_m
from tests.ground.town import at, write_town

GEODATA = Path(__file__).parents[2] / "geodata"
HAIDIAN = Path(__file__).parents[3] / "shared" / "data" / "osm" / "haidian_liudaokou.osm.pbf"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_town(tmp_path_factory.mktemp("town") / "town.osm.pbf")


@pytest.fixture(scope="module")
def index(town: Path) -> GroundIndex:
    return GroundIndex(read_ground([town]))


def find(index: GroundIndex, address: str = "", name: str = "") -> Placement:
    found = place_on_ground(address, name, index, lambda *_: True)
    assert found is not None
    return found


def away_m(placed: Placement, east_m: float, north_m: float) -> float:
    return float(
        distance_m(np.array([placed.lon]), np.array([placed.lat]), *at(east_m, north_m))[0]
    )


@pytest.mark.parametrize(
    "address, name, east_m, north_m, precision, rung",
    [
        ("北京市海淀区学院路30号", "", 32, 202, "address", "门牌"),
        ("学院路 甲31 号", "", -30, 220, "address", "门牌"),
        ("学院路３８号院", "", 30, 400, "address", "门牌"),
        ("学院路34号", "", 30, 300, "address", "邻近门牌"),
        ("学院路40号", "", 30, 400, "address", "邻近门牌"),
        ("清华东路18号", "中国银行清华东路支行工会驿站", 500, 30, "poi", "地图上的名称"),
        ("", "中国农业大学(东区)暖心驿站", 700, -200, "poi", "地图上的名称"),
        ("学院路与清华东路交叉口", "", 0, 0, "street", "路口"),
        ("清华东路、学院路路口东南角", "", 21, -21, "street", "路口"),
        ("学院路与清华东路交叉口以东200米路北", "", 200, 0, "street", "路口"),
        ("学院路和清华东路交汇处向北约100米", "", 0, 100, "street", "路口"),
        ("月泉路", "", 300, 400, "street", "道路"),
        ("静淑苑内", "", 200, -200, "community", "地图上的片区"),
        ("学院路北段路东", "", 0, 450, "street", "道路"),
        ("清华东路西口", "", -680, 0, "street", "道路"),
        ("月泉路西口", "", 300, 400, "street", "道路"),  # it runs north: no end of it is west
        ("学院路街道静淑苑", "", 200, -200, "community", "地图上的片区"),
        ("月泉路社会服务中心", "", -600, 300, "poi", "地图上的名称"),  # far from 月泉路
    ],
)
def test_each_rung_finds_its_place_and_says_which_it_was(
    index: GroundIndex, address: str, name: str, east_m: float, north_m: float,
    precision: str, rung: str,
) -> None:  # fmt: skip
    placed = find(index, address, name)
    assert placed.precision == precision and placed.matched.endswith(f"（{rung}）")
    assert away_m(placed, east_m, north_m) < 12
    assert placed.provider == "map" and 60 <= placed.uncertainty_m <= 500


@pytest.mark.parametrize(
    "address, name",
    [
        ("", "中国银行工会驿站"),  # a chain's bare name is nobody's
        ("", "康复医院驿站"),  # two of one name, far apart
        ("", "爱心驿站"),
        ("", "月泉家园3号楼"),  # every estate has one
        ("无名路5号", "驿站"),
    ],
)
def test_a_name_that_may_be_another_is_no_answer(
    index: GroundIndex, address: str, name: str
) -> None:
    assert place_on_ground(address, name, index, lambda *_: True) is None


def test_a_place_must_lie_beside_the_street_that_the_address_names(index: GroundIndex) -> None:
    placed = find(index, "月泉路", "中国农业大学东区驿站")  # the university is elsewhere
    assert placed.matched.endswith("（道路）")
    assert find(index, "月泉路").precision == "street"  # nor is the café called like the street it


def test_only_what_fits_is_taken(index: GroundIndex) -> None:
    north = at(0, 100)[1]
    placed = place_on_ground("学院路", "", index, lambda lon, lat: lat > north)
    whole = find(index, "学院路")
    assert placed is not None and placed.lat > north
    assert placed.uncertainty_m < whole.uncertainty_m
    assert place_on_ground("学院路30号", "", index, lambda *_: False) is None


def test_a_row_is_placed_in_its_own_district_alone(town: Path) -> None:
    rows = pd.DataFrame({
        "city": ["北京市"] * 3, "district": ["海淀区", "朝阳区", "无人区"],
        "address": ["学院路30号"] * 3, "name": ["驿站"] * 3,
    })  # fmt: skip
    reference = Reference(Geodata(GEODATA))
    placed = place_stations(rows, reference.places(Extra(maps=(town,))))
    assert list(placed.provider) == ["map", "district", "gazetteer"]
    assert placed.precision[0] == "address" and placed.uncertainty_m[0] <= 65


def test_geocode_reads_the_map(
    tmp_path: Path, town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    sheet, out = tmp_path / "s.csv", tmp_path / "out.csv"
    sheet.write_text("名称,市,区县,地址\n驿站,北京市,海淀区,学院路30号\n", encoding="utf-8")
    assert main(["geocode", str(sheet), "--out", str(out), "--map", str(town)]) == 0
    written = out.read_text("utf-8-sig")
    assert "address" in written and "门牌" in written and ",110108,true" in written
    assert [p for p in (tmp_path / "cache/geomap/roads").iterdir() if p.name.startswith("ground-")]
    capsys.readouterr()


def test_a_build_takes_names_and_roads_from_one_map(
    tmp_path: Path, town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    city = tmp_path / "city"
    city.mkdir()
    (city / "stations.csv").write_text(
        "name,kind,city,district,address\n驿站,驿站,北京市,海淀区,学院路30号\n", encoding="utf-8"
    )
    (city / "population.csv").write_text(
        "district_code,population,source\n110108,100000,普查\n", encoding="utf-8"
    )
    words = ["build", "--geodata", str(city), "--out", str(tmp_path / "site"), "--map", str(town)]
    assert main(words) == 0
    report = json.loads((tmp_path / "site/build.json").read_text("utf-8"))
    assert report["people_from"] == "homes"
    assert report["counts"]["by_precision"] == {"address": 1}
    assert report["roads"]["stations_on_network"] == 1
    capsys.readouterr()


@pytest.mark.skipif(not HAIDIAN.exists(), reason="the shared map data is not here")
@pytest.mark.parametrize(
    "address, name, lon, lat",
    [
        ("学院路与清华东路交叉口", "", 116.3473, 40.0009),
        ("", "静淑苑社区驿站", 116.35, 40.0),
    ],
)
def test_places_of_beijing(address: str, name: str, lon: float, lat: float) -> None:
    placed = find(GroundIndex(read_ground([HAIDIAN])), address, name)
    assert float(distance_m(np.array([placed.lon]), np.array([placed.lat]), lon, lat)[0]) < 900
