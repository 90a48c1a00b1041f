"""Files as people have them: several layers, archives, cut downloads, names with spaces."""

import zipfile
from pathlib import Path

import geopandas as gpd
import osmium
import pytest
import shapely

from geomap.model.records import InputError
from geomap.roads import read_roads, rules

WEST, EAST = [(117.0, 36.5), (117.01, 36.5)], [(117.01, 36.5), (117.02, 36.5)]


def add_layer(path: Path, name: str, shape: shapely.Geometry) -> Path:
    gpd.GeoDataFrame(geometry=[shape], crs="EPSG:4326").to_file(path, layer=name)
    return path


def write_extract(path: Path, node_count: int = 3000) -> Path:
    """A .pbf of one street that zigzags, large enough to be cut in the middle."""
    with osmium.SimpleWriter(str(path)) as writer:
        for number in range(1, node_count + 1):
            place = (117 + number * 1e-4, 36.5 + (number * 7919 % 1000) * 1e-6)
            writer.add_node(osmium.osm.mutable.Node(id=number, location=place))
        for number in range(1, node_count):
            writer.add_way(
                osmium.osm.mutable.Way(
                    id=number, nodes=[number, number + 1],
                    tags={"highway": "service", "name": f"{number * 7919}"},
                )
            )  # fmt: skip
    return path


def test_the_layer_with_lines_is_read_and_the_others_are_named(tmp_path):
    path = add_layer(tmp_path / "map.gpkg", "a_places", shapely.Point(117, 36.5))
    network = read_roads(add_layer(path, "net", shapely.LineString(WEST)))
    assert network.length_km == pytest.approx(0.896, abs=1e-3)
    assert [(skip.where, skip.code) for skip in network.skips] == [("map.gpkg", "other-layer")]
    assert "a_places" in network.skips[0].reason


def test_of_several_layers_with_lines_those_named_after_streets_count(tmp_path):
    path = add_layer(tmp_path / "map.gpkg", "waterways", shapely.LineString(EAST))
    for name in ("railroads", "铁路"):
        add_layer(path, name, shapely.LineString(EAST))
    with pytest.raises(InputError, match=r"map\.gpkg: several layers hold lines \(waterways, "):
        read_roads(path)
    add_layer(path, "main_roads", shapely.LineString(WEST))
    assert read_roads(path).edges.lon.max() == pytest.approx(117.01)
    add_layer(path, "道路", shapely.LineString(EAST))
    assert read_roads(path).edges.lon.max() == pytest.approx(117.02)


def test_railways_and_rivers_are_no_streets(tmp_path):
    lines = [shapely.LineString(WEST), shapely.LineString(EAST)]
    layer = gpd.GeoDataFrame({"fclass": ["rail", "river"]}, geometry=lines, crs="EPSG:4326")
    layer.to_file(tmp_path / "gis.shp")
    with pytest.raises(InputError, match=r"gis\.shp: no street in it that the profile ebike"):
        read_roads(tmp_path / "gis.shp")


def test_a_zipped_shapefile_with_a_chinese_name_is_read(tmp_path):
    folder, path = tmp_path / "shp", tmp_path / "济南 路网 2026.zip"
    folder.mkdir()
    add_layer(folder / "道路.shp", "道路", shapely.LineString(WEST))
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)
    assert read_roads(path).length_km == pytest.approx(0.896, abs=1e-3)


def test_an_extract_inside_an_archive_is_to_be_unpacked(tmp_path):
    extract, path = write_extract(tmp_path / "a.osm.pbf", 30), tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(extract, extract.name)
    with pytest.raises(InputError, match=r"a\.zip: an OpenStreetMap extract .*unpack it"):
        read_roads(path)


@pytest.mark.parametrize("kind", ["cut", "noise", "empty"])
def test_a_damaged_extract_is_one_clear_line(tmp_path, kind):
    path = write_extract(tmp_path / "济南 市.osm.pbf")
    whole = path.read_bytes()
    half = len(whole) // 2
    noise = bytes(number * 7919 % 256 for number in range(400))
    broken = {
        "cut": whole[:half],
        "noise": whole[:half] + noise + whole[half + 400 :],
        "empty": b"",
    }
    path.write_bytes(broken[kind])
    with pytest.raises(InputError, match=r"^济南 市\.osm\.pbf: not a readable .*download it again"):
        read_roads(path)


def test_a_damaged_geopackage_is_one_clear_line(tmp_path):
    path = add_layer(tmp_path / "a.gpkg", "roads", shapely.LineString(WEST))
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(InputError, match=r"^a\.gpkg: not a readable line layer \([^\n]*\); export"):
        read_roads(path)


def test_folders_and_missing_files_are_told_apart(tmp_path):
    (tmp_path / "roads.gpkg").mkdir()
    with pytest.raises(InputError) as fault:
        read_roads([tmp_path / "roads.gpkg", tmp_path / "none.osm.pbf"])
    first, second = str(fault.value).split("\n")
    assert first.endswith("roads.gpkg: a folder; name the road files in it")
    assert second.endswith("none.osm.pbf: no such file; check the path")


def test_long_reading_says_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("geomap.files.osm_text._PACKED_AT_ONCE", 1)  # every blob is a part
    words = []
    read_roads(write_extract(tmp_path / "a.osm.pbf", 45_000), progress=words.append)
    told = [word for word in words if "streets kept" in word]
    shares = [int(word.split()[1].rstrip("%,")) for word in told]
    assert len(shares) > 3 and shares == sorted(shares) and shares[0] < 90
    assert told[-1] == "a.osm.pbf: 100%, 44,999 streets kept"
    assert words[-1] == ""


def test_ways_may_come_before_their_nodes(tmp_path):
    path = tmp_path / "overpass.osm"
    way = '<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="service"/></way>'
    nodes = "".join(
        f'<node id="{number}" lon="{lon}" lat="{lat}"/>'
        for number, (lon, lat) in enumerate(WEST, 1)
    )
    path.write_text(f'<osm version="0.6">{way}{nodes}</osm>')
    assert read_roads(path).length_km == pytest.approx(0.896, abs=1e-3)
    path.write_text(path.read_text().replace('ref="', 'ref="-').replace('id="', 'id="-'))
    with pytest.raises(InputError, match="ids below zero, which JOSM gives"):
        read_roads(path)


def test_two_extracts_that_overlap_are_the_one_they_were_cut_from(tmp_path):
    whole = write_extract(tmp_path / "whole.osm.pbf", 600)
    parts = []
    for name, low, high in (("west", 0, 400), ("east", 200, 601)):
        parts.append(tmp_path / f"{name}.osm.pbf")
        with osmium.SimpleWriter(str(parts[-1])) as writer:
            for thing in osmium.FileProcessor(str(whole)):
                if low <= thing.id <= high:
                    writer.add(thing)
    once, twice = read_roads(whole), read_roads(parts)
    assert twice.length_km == once.length_km
    assert twice.edges.lon.tolist() == once.edges.lon.tolist()


def test_what_many_lines_say_alike_is_judged_once(tmp_path, monkeypatch):
    judged = []

    def judge(tags, profile):
        judged.append(tags)
        return rules.find_rights(tags, profile)

    monkeypatch.setattr("geomap.roads.layers.find_rights", judge)
    said = {"highway": ["residential", "service"] * 50, "oneway": ["yes"] * 80 + ["no"] * 20}
    lines = [shapely.LineString([(117, 36 + n / 1000), (118, 36 + n / 1000)]) for n in range(100)]
    layer = gpd.GeoDataFrame(said, geometry=lines, crs="EPSG:4326")
    layer.to_parquet(tmp_path / "net.parquet")
    edges = read_roads(tmp_path / "net.parquet").edges
    assert len(judged) == 4
    assert (edges.forward.sum(), edges.backward.sum()) == (100, 20)
