"""One reading of an extract: what it keeps, what it makes of relations, and its cache."""

from __future__ import annotations

from pathlib import Path

import osmium
import pytest
from osmium.osm.mutable import Node

from geomap.files.folder import open_geodata
from geomap.files.osm_text import read_lines, read_tags
from geomap.ground import Ground, collect, list_homes, read_ground
from geomap.ground.table import COLUMNS, LAYERS
from geomap.model.records import InputError
from geomap.pipeline.reference import Extra, Reference
from geomap.roads import read_roads, street_readers
from tests.ground.town import at, write_town

GEODATA = Path(__file__).parents[2] / "geodata"
HAIDIAN = Path(__file__).parents[3] / "shared" / "data" / "osm" / "haidian_liudaokou.osm.pbf"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return read_ground([write_town(tmp_path_factory.mktemp("town") / "town.osm.pbf")])


def test_named_things_are_kept_and_nameless_ones_are_not(ground: Ground) -> None:
    assert ground.things.column_names == list(COLUMNS)
    assert set(ground.things["layer"].to_pylist()) <= set(LAYERS)
    assert sorted(ground.layer("street").name) == ["学院路", "月泉路", "清华东路"]
    assert list(ground.layer("quarter").name) == ["石板房", "静淑苑"]
    assert sorted(ground.layer("door").number) == ["30号", "30号", "38", "甲31"]
    kinds = dict(zip(ground.layer("place").name, ground.layer("place").kind, strict=True))
    assert kinds["六道口"] == "station" and kinds["月泉公园"] == "park"
    assert kinds["中国银行"] == "bank" and "静淑苑" not in kinds


def test_the_chinese_name_comes_first_and_the_others_are_aliases(ground: Ground) -> None:
    road = ground.layer("street").set_index("name").loc["清华东路"]
    assert road.aliases == "Qinghua East Road" == road.name_en


def test_land_is_measured_and_a_house_is_a_point(ground: Ground) -> None:
    homes = ground.layer("home").set_index("kind")
    assert homes.loc["residential"].area_m2 == pytest.approx(40_000, rel=0.01)
    house = homes.loc["building"]
    assert house.geometry.geom_type == "Point" and house.area_m2 == pytest.approx(800, rel=0.01)
    assert len(homes) == 2  # a building of no stated use is no home
    estate = ground.layer("quarter").set_index("name").loc["静淑苑"]
    assert estate.half_m == pytest.approx(141, abs=2)


def test_homes_are_points_that_add_up_to_their_land(ground: Ground) -> None:
    homes = list_homes(ground)
    land, houses = homes[~homes.is_building], homes[homes.is_building]
    assert len(houses) == 1 and len(land) == 16
    assert land.m2.sum() == pytest.approx(40_000, rel=0.01) and houses.m2.sum() < 900
    west, south = at(100, -300)
    east, north = at(300, -100)
    assert land.lon.between(west, east).all() and land.lat.between(south, north).all()
    assert list_homes(Ground(ground.things[:0])).empty


def test_a_lake_of_several_ways_has_its_island(ground: Ground) -> None:
    lake = ground.layer("water").query("kind == 'water'").reset_index()
    assert list(lake.name) == ["月泉湖"]
    assert lake.area_m2[0] == pytest.approx(80_000, rel=0.01)
    assert len(lake.geometry[0].interiors) == 1


def test_a_cut_extract_costs_what_it_cuts(tmp_path: Path) -> None:
    cut = read_ground([write_town(tmp_path / "cut.osm.pbf", without={"shore", "学院路"})])
    assert list(cut.layer("water").kind) == ["river"]
    assert "学院路" in list(cut.layer("street").name) and len(cut.layer("place")) > 5


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_shapes_made_in_parts_are_those_made_at_once(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(collect, "_AT_ONCE", at_once)
    assert read_ground([write_town(tmp_path / "a.osm.pbf")]).things.equals(ground.things)


def test_several_files_are_one_ground_and_order_means_nothing(
    tmp_path: Path, ground: Ground
) -> None:
    one, other = write_town(tmp_path / "a.osm.pbf"), write_town(tmp_path / "b.osm.pbf")
    both, turned = read_ground([one, other]), read_ground([other, one])
    assert both.things.equals(turned.things) and len(both.things) == len(ground.things)


def test_what_was_read_is_kept_by_content(tmp_path: Path) -> None:
    town, cache, said = write_town(tmp_path / "town.osm.pbf"), tmp_path / "cache", list[str]()
    first = read_ground([town], cache, said.append)
    assert said and len(list(cache.iterdir())) == 1
    said.clear()
    again = read_ground([town.rename(tmp_path / "renamed.osm.pbf")], cache, said.append)
    assert again.things.equals(first.things) and not said
    for kept in cache.iterdir():
        kept.write_bytes(b"broken")
    assert read_ground([tmp_path / "renamed.osm.pbf"], cache).things.equals(first.things)


def test_a_map_is_read_once_for_its_ground_and_its_streets(tmp_path: Path) -> None:
    town, broken = write_town(tmp_path / "town.osm.pbf"), b"\0\0\0\x0dnot a pbf at all"
    alone, streets = read_roads(town), street_readers([town])
    heard = {file: reader.take for file, reader in streets.items()}
    read_ground([town], listeners=heard)
    town.write_bytes(broken)  # whoever opens it again fails
    beside = read_roads(town, taken=streets)
    assert beside.edges.length_m.tolist() == alone.edges.length_m.tolist()
    assert not streets
    with pytest.raises(InputError):
        read_roads(town, taken=streets)


def test_a_map_found_in_the_cache_leaves_the_streets_to_their_own_reader(tmp_path: Path) -> None:
    town, cache = write_town(tmp_path / "town.osm.pbf"), tmp_path / "cache"
    read_ground([town], cache)
    streets = street_readers([town])
    read_ground([town], cache, listeners={town: streets[town].take})
    assert read_roads(town, taken=streets).length_km == read_roads(town).length_km > 1


def test_a_build_gives_the_streets_of_its_maps_to_the_roads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    town = write_town(tmp_path / "town.osm.pbf")
    streets = street_readers([town])
    Reference(open_geodata(GEODATA)).places(Extra(maps=(town,), streets=streets))
    assert streets[town].is_filled


def test_lines_in_any_order_are_nodes_and_ways() -> None:
    text = b"w7 Thighway=service Nn2x1.5y2.5,n3xy\nn2 Tname=%661f%%5df4%%20%A x1.5 y2.5\n"
    both = (read_lines(text), read_lines(b"".join(reversed(text.splitlines(keepends=True)))))
    for part in both:
        assert part.ways["way"].to_pylist() == [7] and part.nodes["lon"].to_pylist() == [1.5]
        assert read_tags(part.nodes["tags"][0].as_py(), frozenset(["name"])) == {"name": "星巴 A"}


def test_a_named_place_beyond_the_earth_is_a_damaged_file(tmp_path: Path) -> None:
    far = tmp_path / "far.osm.pbf"
    with osmium.SimpleWriter(str(far)) as writer:
        writer.add_node(Node(id=1, version=1, location=(190.0, 40.0), tags={"name": "何处"}))
    with pytest.raises(InputError) as caught:
        read_ground([far])
    assert caught.value.code == "road-extract-damaged"


def test_a_damaged_extract_is_an_error_or_what_is_left_of_it(tmp_path: Path) -> None:
    whole = write_town(tmp_path / "town.osm.pbf").read_bytes()
    damaged = tmp_path / "damaged.osm.pbf"
    told = set[str]()
    for place in range(0, len(whole), 37):
        for content in (whole[:place], whole[:place] + b"\xff\xff\xff" + whole[place + 3 :]):
            damaged.write_bytes(content)
            try:
                assert len(read_ground([damaged]).things) <= 26
            except InputError as fault:
                told.add(fault.code)
    assert told == {"road-extract-damaged"}


@pytest.mark.parametrize(
    "name, content, code",
    [
        ("gone.osm.pbf", None, "road-not-there"),
        ("town.geojson", b"{}", "map-format"),
        ("town.osm.pbf", b"\0\0\0\x0dnot a pbf at all", "road-extract-damaged"),
    ],
)
def test_a_file_that_is_no_extract_is_one_clear_line(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_ground([tmp_path / name])
    assert caught.value.code == code and name in caught.value.where


@pytest.mark.skipif(not HAIDIAN.exists(), reason="the shared map data is not here")
def test_a_real_extract_of_beijing() -> None:
    ground = read_ground([HAIDIAN])
    assert {"学院路", "清华东路"} <= set(ground.layer("street").name)
    assert "六道口" in set(ground.layer("place").name)
    assert {"静淑苑", "石板房"} <= set(ground.layer("quarter").name)
