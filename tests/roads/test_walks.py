"""Whoever may not ride gets off and pushes: which streets that adds, and what it leaves alone."""

import numpy as np
import pytest

from geomap.roads import Network, read_roads
from geomap.roads.network import take_lines
from geomap.roads.rules import PROFILES, find_rights
from tests.roads.drawing import make_streets

#: A street; a footway from its middle north; a bridge over the middle that does not touch it.
PATHS = """<?xml version="1.0"?><osm version="0.6" generator="test">
<node id="1" version="1" lon="117.0" lat="36.5"/><node id="2" version="1" lon="117.001" lat="36.5"/>
<node id="3" version="1" lon="117.002" lat="36.5"/><node id="4" version="1" lon="117.001" lat="36.501"/>
<node id="5" version="1" lon="117.001" lat="36.499"/><node id="6" version="1" lon="117.001" lat="36.5"/>
<node id="7" version="1" lon="117.0015" lat="36.501"/>
<way id="1" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/>
  <tag k="oneway" v="yes"/></way>
<way id="2" version="1"><nd ref="2"/><nd ref="4"/><tag k="highway" v="footway"/></way>
<way id="3" version="1"><nd ref="5"/><nd ref="6"/><nd ref="7"/><tag k="highway" v="service"/></way>
</osm>"""  # noqa: E501


def ends(edges):
    lon, lat = edges.junction_lon, edges.junction_lat
    return {
        tuple(sorted((round(lon[i], 4), round(lat[i], 4)) for i in pair))
        for pair in zip(edges.tail, edges.head, strict=True)
    }


def test_footways_join_the_streets_for_those_who_push_and_no_others(tmp_path):
    path = tmp_path / "town.osm"
    path.write_text(PATHS)
    network = read_roads(path)
    bridge = ((117.001, 36.499), (117.0015, 36.501))
    assert ends(network.edges) == {((117.0, 36.5), (117.002, 36.5)), bridge}
    walks = network.walks
    middle = (117.001, 36.5)
    halves = {((117.0, 36.5), middle), (middle, (117.002, 36.5))}
    assert ends(walks) == {*halves, (middle, (117.001, 36.501)), bridge}
    # The footway is walked alone; the street is ridden one way and walked both ways.
    rights = sorted(zip(walks.forward.tolist(), walks.backward.tolist(), walks.afoot.tolist(),
                        strict=True))  # fmt: skip
    assert rights == [(False, False, True), *[(True, False, True)] * 2, (True, True, True)]
    assert walks.length_m.sum() == pytest.approx(
        network.edges.length_m.sum() + 1000 * take_km(network.backdrop), abs=0.01
    )


def take_km(lines) -> float:
    one = take_lines(lines, lines.afoot)
    return Network.of_streets(
        make_streets([list(zip(one.lon, one.lat, strict=True))], [(True, True)])
    ).length_km


def test_what_is_only_walked_changes_no_ride(tmp_path):
    with_paths, without = tmp_path / "a.osm", tmp_path / "b.osm"
    with_paths.write_text(PATHS)
    without.write_text(PATHS.replace('v="footway"', 'v="no"'))
    ridden, plain = read_roads(with_paths).edges, read_roads(without).edges
    for name in ("tail", "head", "forward", "backward", "lon", "lat", "along_m"):
        assert np.array_equal(getattr(ridden, name), getattr(plain, name))


def test_a_footway_through_a_closed_gate_opens_no_street(tmp_path):
    """The widest street passes by a gate on a junction; a footway makes none the widest."""
    gate = ('<node id="2" version="1" lon="117.001" lat="36.5"><tag k="barrier" v="gate"/>'
            '<tag k="access" v="no"/></node>')  # fmt: skip
    path = tmp_path / "town.osm"
    path.write_text(PATHS.replace('<node id="2" version="1" lon="117.001" lat="36.5"/>', gate))
    network = read_roads(path)
    assert len(network.edges.tail) == 3
    assert len(network.walks.tail) == 4 and network.walks.junction_lon.shape == (8,)


@pytest.mark.parametrize(
    ("tags", "rights"),
    [
        ({"highway": "residential", "oneway": "yes"}, (True, False, True)),
        ({"highway": "footway"}, (False, False, True)),
        ({"highway": "cycleway", "foot": "no"}, (True, True, False)),
        ({"highway": "primary", "bicycle": "no"}, (False, False, True)),
        ({"highway": "motorway"}, (False, False, False)),
        ({"highway": "primary", "motorroad": "yes"}, (False, False, False)),
        ({"highway": "service", "access": "private"}, (False, False, False)),
    ],
)
def test_who_may_not_ride_may_push_where_people_walk(tags, rights):
    assert find_rights(tags, PROFILES["ebike"]) == rights
