"""Gates and walls across a street."""

import geopandas as gpd
import pytest
import shapely
from scipy.sparse.csgraph import connected_components

from geomap.roads import read_roads

GATED = """<?xml version="1.0"?><osm version="0.6" generator="test">
<node id="1" version="1" lon="117.0" lat="36.5"/>
<node id="2" version="1" lon="117.001" lat="36.5"><tag k="barrier" v="gate"/>{sign}</node>
<node id="3" version="1" lon="117.002" lat="36.5"/>
<node id="4" version="1" lon="117.001" lat="36.501"/>
<way id="1" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
  <tag k="name" v="北 路, gate=x"/><tag k="highway" v="service"/></way>
<way id="2" version="1"><nd ref="2"/><nd ref="4"/><tag k="highway" v="service"/></way></osm>"""


def write_beside(path):
    """Another file's street, which begins where the gated one does."""
    line = shapely.LineString([(117.0, 36.5), (117.0, 36.49)])
    gpd.GeoDataFrame(geometry=[line], crs="EPSG:4326").to_file(path)
    return path


@pytest.mark.parametrize(
    ("sign", "profile", "parts"),
    [
        ("", "ebike", 1),
        ('<tag k="access" v="private"/>', "ebike", 3),
        ('<tag k="access" v="private"/><tag k="foot" v="yes"/>', "foot", 1),
        ('<tag k="access" v="private"/>', "any", 1),
    ],
)
def test_nobody_passes_a_closed_gate(tmp_path, sign, profile, parts):
    path = tmp_path / "town.osm"
    path.write_text(GATED.format(sign=sign))
    for roads in ([path], [path, write_beside(tmp_path / "beside.gpkg")]):
        network = read_roads(roads, profile)
        assert connected_components(network.towards, directed=False)[0] == parts
    # The streets end a centimetre before it: not a metre is lost.
    open_km = read_roads(path, "any").length_km
    assert read_roads(path, profile).length_km == pytest.approx(open_km, abs=1e-4)


def test_a_ring_with_a_gate_stays_passable_the_other_way_round(tmp_path):
    path = tmp_path / "ring.osm"
    ring = GATED.replace('<nd ref="3"/>', '<nd ref="3"/><nd ref="4"/><nd ref="1"/>')
    path.write_text(ring.format(sign='<tag k="access" v="no"/>'))
    network = read_roads(path)
    # The ring is open at the gate, both of its ends are 1 cm short of it; so is the spur 2-4.
    found, _ = connected_components(network.towards, directed=False)
    assert (found, len(network.edges.tail)) == (1, 3)


@pytest.mark.parametrize(
    ("street", "driveway", "parts"),
    [
        ("residential", "service", 2),  # the gate shuts the driveway, not the street
        ("primary_link", "service", 2),
        ("service", "residential", 3),  # the way that passes is the narrower one: it is shut too
        ("service", "service", 3),
    ],
)
def test_a_gate_drawn_on_the_junction_shuts_the_driveway(tmp_path, street, driveway, parts):
    path, private = tmp_path / "town.osm", '<tag k="access" v="private"/>'
    first, second = GATED.format(sign=private).replace('v="service"', 'v="{}"').split('<way id="2"')
    path.write_text(first.format(street) + '<way id="2"' + second.format(driveway))
    assert connected_components(read_roads(path).towards, directed=False)[0] == parts


def test_a_gate_between_two_classes_still_shuts(tmp_path):
    path, private = tmp_path / "town.osm", '<tag k="access" v="private"/>'
    lane = GATED.format(sign=private).replace('<nd ref="2"/><nd ref="3"/>', '<nd ref="2"/>')
    first, second = lane.split('<way id="2"')
    path.write_text(first.replace('v="service"', 'v="residential"') + '<way id="2"' + second)
    assert connected_components(read_roads(path).towards, directed=False)[0] == 2
