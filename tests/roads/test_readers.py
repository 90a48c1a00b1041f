"""Every format to the same network, and one clear line for every file that is none."""

import gzip
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geomap.model.records import InputError
from geomap.places.datum import Datum, convert
from geomap.roads import base_lines, read_roads

SHARED = Path(__file__).parents[3] / "shared/data/roads"
FUTIAN, JINAN = SHARED / "shenzhen_futian.graphml", SHARED / "jinan.parquet"

OSM = """<?xml version="1.0"?><osm version="0.6" generator="test">
{nodes}
<way id="1" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
  <tag k="highway" v="primary"/></way>
<way id="2" version="1"><nd ref="2"/><nd ref="4"/>
  <tag k="highway" v="residential"/><tag k="oneway" v="yes"/></way>
<way id="3" version="1"><nd ref="1"/><nd ref="4"/><tag k="route" v="ferry"/></way>
<way id="4" version="1"><nd ref="3"/><nd ref="4"/><tag k="highway" v="motorway"/></way>
<way id="5" version="1"><nd ref="4"/><nd ref="99"/><nd ref="5"/><nd ref="6"/>
  <tag k="highway" v="service"/></way>
<way id="6" version="1"><nd ref="7"/><nd ref="8"/><tag k="highway" v="service"/></way>
</osm>"""
PLACES = [
    (1, 117.0, 36.5), (2, 117.01, 36.5), (3, 117.02, 36.5), (4, 117.01, 36.51),
    (5, 117.03, 36.51), (6, 117.04, 36.51), (7, 117.005, 36.49), (8, 117.01, 36.5),
]  # fmt: skip


def write_osm(path: Path) -> Path:
    nodes = "\n".join(
        f'<node id="{n}" version="1" lon="{lon}" lat="{lat}"/>' for n, lon, lat in PLACES
    )
    path.write_text(OSM.format(nodes=nodes))
    return path


def write_lines(path: Path, crs="EPSG:4326", **columns) -> Path:
    lines = [shapely.LineString([(117.0, 36.5), (117.01, 36.5), (117.02, 36.5)]),
             shapely.LineString([(117.01, 36.5), (117.01, 36.51)])]  # fmt: skip
    layer = gpd.GeoDataFrame(columns, geometry=lines, crs="EPSG:4326")
    layer = layer.to_crs(crs) if crs else layer.set_crs(None, allow_override=True)
    if path.suffix == ".parquet":
        layer.to_parquet(path)
    else:
        layer.to_file(path)
    return path


def test_extract_is_read_way_by_way(tmp_path):
    network = read_roads(write_osm(tmp_path / "town.osm"))
    edges = network.edges
    # 1-2, 2-3, 2→4, 5-6 (99 is not in the extract) and 7-8: node 8 lies on node 2, a bridge.
    assert (len(edges.tail), network.junction_count) == (5, 8)
    assert sorted(zip(edges.forward.tolist(), edges.backward.tolist(), strict=True)) == [
        (True, False) if one_way else (True, True) for one_way in (True, 0, 0, 0, 0)
    ]
    assert network.backdrop.line_count == 1
    assert "motorway" in base_lines(network).highway.tolist()


def test_ways_a_cut_left_without_nodes_are_split_or_gone(tmp_path):
    whole, cut = write_osm(tmp_path / "town.osm"), tmp_path / "cut.osm"
    cut.write_text(whole.read_text().replace('<node id="2"', '<node id="77"'))
    # 1-2-3 and 2→4 lose node 2 and are gone; 5-6 and 7-8 stay.
    assert len(read_roads(cut).edges.tail) == 2


def test_packed_extract_equals_the_plain_one(tmp_path):
    plain = write_osm(tmp_path / "town.osm")
    packed = tmp_path / "town.osm.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_roads(packed).edges.length_m.tolist() == read_roads(plain).edges.length_m.tolist()


@pytest.mark.parametrize("suffix", [".parquet", ".gpkg", ".geojson", ".shp"])
def test_layers_give_the_same_network_in_every_format(tmp_path, suffix):
    network = read_roads(write_lines(tmp_path / f"roads{suffix}", name=["a", "b"]))
    assert (network.junction_count, len(network.edges.tail)) == (4, 3)
    assert network.edges.forward.all() and network.edges.backward.all()


def test_a_projected_layer_comes_back_in_degrees(tmp_path):
    network = read_roads(write_lines(tmp_path / "roads.gpkg", crs="EPSG:32650"))
    assert network.edges.lon.max() == pytest.approx(117.02, abs=1e-8)
    assert network.junction_count == 4


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("oneway", [True, False], [(False, True), (False, True), (True, True)]),
        ("oneway", ["no", "-1"], [(False, True), (True, True), (True, True)]),
        ("oneway", ["B", "F"], [(True, False), (True, True), (True, True)]),
        ("highway", ["primary", "motorway"], [(True, True)]),
        ("highway", ["['primary', 'trunk']", "steps"], [(True, True)]),
    ],
)
def test_columns_say_who_may_ride(tmp_path, column, values, expected):
    more = {"fclass": ["primary", "primary"]} if "B" in values else {}
    network = read_roads(write_lines(tmp_path / "roads.gpkg", **{column: values}, **more))
    found = zip(network.edges.forward.tolist(), network.edges.backward.tolist(), strict=True)
    # A one-way street is kept in the order of its junctions, which may turn it round.
    assert sorted(tuple(sorted(pair)) for pair in found) == sorted(
        tuple(sorted(pair)) for pair in expected
    )


def test_without_a_oneway_column_even_motorways_are_two_way(tmp_path):
    layer = write_lines(tmp_path / "roads.gpkg", highway=["motorway", "motorway_link"])
    edges = read_roads(layer, "any").edges
    assert edges.forward.all() and edges.backward.all()


def test_several_files_meet_where_they_share_a_place(tmp_path):
    osm, layer = write_osm(tmp_path / "town.osm"), write_lines(tmp_path / "roads.gpkg")
    both = read_roads([osm, layer])
    assert both.length_km == pytest.approx(read_roads(osm).length_km)
    other_way = read_roads([layer, osm])
    np.testing.assert_array_equal(both.edges.lon, other_way.edges.lon)


def test_cache_gives_the_same_network_and_follows_the_contents(tmp_path):
    source, cache = write_lines(tmp_path / "roads.gpkg"), tmp_path / "cache"
    fresh, cached = read_roads(source, cache=cache), read_roads(source, cache=cache)
    np.testing.assert_array_equal(fresh.edges.along_m, cached.edges.along_m)
    assert len(list(cache.iterdir())) == 1
    write_lines(source, oneway=["yes", "yes"])
    assert not read_roads(source, cache=cache).edges.backward.all()
    for stored in cache.iterdir():
        stored.write_bytes(b"broken")
    assert read_roads(source, cache=cache).junction_count == 4


GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="x" for="node" attr.name="{x}"/><key id="y" for="node" attr.name="y"/>
<graph edgedefault="{edgedefault}">
<node id="a"><data key="x">117.0</data><data key="y">36.5</data></node>
<node id="b"><data key="x">117.01</data><data key="y">36.5</data></node>
<edge source="a" target="b"/></graph></graphml>"""


@pytest.mark.parametrize(("edgedefault", "backward"), [("directed", False), ("undirected", True)])
def test_graphml_directions(tmp_path, edgedefault, backward):
    path = tmp_path / "town.graphml"
    path.write_text(GRAPHML.format(x="x", edgedefault=edgedefault))
    edges = read_roads(path).edges
    assert sorted([edges.forward[0], edges.backward[0]]) == [backward, True]


def damaged(tmp_path: Path, kind: str) -> Path:
    """A file of each kind that cannot be used."""
    path = tmp_path / {"pbf": "a.osm.pbf", "cut": "a.osm", "xml": "a.graphml"}.get(kind, "a.gpkg")
    square = shapely.box(117, 36, 118, 37)
    match kind:
        case "pbf":
            path.write_bytes(b"\0\0\0\x0dnot a pbf at all")
        case "cut":
            whole = write_osm(path).read_text()
            path.write_text(whole[: len(whole) // 2])
        case "nocoords":
            path = tmp_path / "a.graphml"
            path.write_text(GRAPHML.format(x="street_count", edgedefault="directed"))
        case "xml":
            path.write_text("<graphml><node")
        case "nocrs":
            path = write_lines(tmp_path / "a.parquet", crs=None)
        case "empty":
            gpd.GeoDataFrame(geometry=[], crs="EPSG:4326").to_file(path)
        case "polygons":
            gpd.GeoDataFrame(geometry=[square], crs="EPSG:4326").to_file(path)
        case "metres":
            line = shapely.LineString([(500_000, 4e6), (500_100, 4e6)])
            gpd.GeoDataFrame(geometry=[line], crs="EPSG:4326").to_file(path)
        case "closed":
            path = write_lines(path, access=["no", "private"])
        case "text":
            path = tmp_path / "a.shp"
            path.write_text("no shapefile")
        case "missing":
            path = tmp_path / "nowhere.pbf"
    return path


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("pbf", "not a readable OpenStreetMap extract"),
        ("cut", "not a readable OpenStreetMap extract"),
        ("nocoords", "has no coordinates"),
        ("xml", "not readable as GraphML"),
        ("nocrs", "names no coordinate system"),
        ("empty", "the layer is empty"),
        ("polygons", "no lines in this layer"),
        ("metres", "coordinates are not degrees"),
        ("closed", "no street in it"),
        ("text", "its content is not what its name says"),
        ("missing", "no such file"),
    ],
)
def test_one_clear_line_for_each_fault(tmp_path, kind, words):
    with pytest.raises(InputError, match=words) as fault:
        read_roads(damaged(tmp_path, kind))
    assert "\n" not in str(fault.value)
    assert "a." in str(fault.value) or "nowhere" in str(fault.value)


def test_all_faulty_files_are_named_at_once(tmp_path):
    with pytest.raises(InputError) as fault:
        read_roads([damaged(tmp_path, "pbf"), damaged(tmp_path, "polygons")])
    assert len(str(fault.value).split("\n")) == 2


def shifted_layer(datum: Datum, decimals: int | None = None) -> gpd.GeoDataFrame:
    """A town of 400 streets on OpenStreetMap's decimals, moved to another datum."""
    random = np.random.default_rng(3)
    start = np.round(np.array([117.0, 36.6]) + random.uniform(0, 0.05, (400, 2)), 7)
    ends = np.round(start + random.normal(0, 0.002, (400, 2)), 7)
    coords = np.stack([start, ends], axis=1).reshape(-1, 2)
    lon, lat = convert(coords[:, 0], coords[:, 1], Datum.WGS84, datum)
    if decimals is not None:
        lon, lat = np.round(lon, decimals), np.round(lat, decimals)
    lines = shapely.linestrings(np.column_stack([lon, lat]).reshape(-1, 2, 2))
    metres = gpd.GeoSeries(
        shapely.linestrings(coords.reshape(-1, 2, 2)), crs="EPSG:4326"
    ).to_crs("EPSG:32650").length  # fmt: skip
    return gpd.GeoDataFrame({"metres": metres}, geometry=lines, crs="EPSG:4326")


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_a_shifted_layer_that_calls_itself_wgs84_is_found_by_its_decimals(tmp_path, datum):
    shifted_layer(datum).to_parquet(tmp_path / "roads.parquet")
    with pytest.raises(InputError, match=f"declared WGS-84 but .*{datum.value.upper()}"):
        read_roads(tmp_path / "roads.parquet")


def test_a_shifted_layer_is_found_by_its_name_or_what_it_says(tmp_path):
    rounded = shifted_layer(Datum.GCJ02, 6)
    rounded.to_parquet(tmp_path / "roads_gcj02.parquet")
    rounded.assign(datum="高德").to_parquet(tmp_path / "roads.parquet")
    for name in ("roads_gcj02.parquet", "roads.parquet"):
        with pytest.raises(InputError, match="GCJ02"):
            read_roads(tmp_path / name)


def test_a_shifted_layer_is_found_beside_a_true_one(tmp_path):
    shifted_layer(Datum.GCJ02, 6).to_parquet(tmp_path / "bought.parquet")
    shifted_layer(Datum.WGS84).to_parquet(tmp_path / "ours.parquet")
    with pytest.raises(InputError, match=r"fits ours\.parquet only when read as GCJ02"):
        read_roads([tmp_path / "bought.parquet", tmp_path / "ours.parquet"])


@pytest.mark.parametrize("decimals", [None, 6])
def test_a_true_layer_passes_whatever_its_decimals(tmp_path, decimals):
    shifted_layer(Datum.WGS84, decimals).to_parquet(tmp_path / "roads.parquet")
    assert read_roads(tmp_path / "roads.parquet").junction_count > 0


@pytest.mark.skipif(not FUTIAN.exists(), reason="the shared road data is not here")
def test_futian_and_jinan_are_read():
    futian, jinan = read_roads(FUTIAN, "foot"), read_roads(JINAN)
    assert 150 < futian.length_km < 300
    assert futian.junction_count > 1000
    assert 3000 < jinan.length_km < 3500
    assert jinan.backdrop.line_count > 200


@pytest.mark.skipif(not JINAN.exists(), reason="the shared road data is not here")
def test_jinan_moved_to_gcj02_is_refused(tmp_path):
    layer = gpd.read_parquet(JINAN)
    layer.geometry = shapely.transform(
        layer.geometry.to_numpy(),
        lambda xy: np.column_stack(convert(xy[:, 0], xy[:, 1], Datum.WGS84, Datum.GCJ02)),
    )
    layer.to_parquet(tmp_path / "roads.parquet")
    with pytest.raises(InputError, match="GCJ02"):
        read_roads(tmp_path / "roads.parquet")
