"""The streets of the site, read back: nothing lost at a border, every length kept."""

from __future__ import annotations

import itertools
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.commands.build import say_one_file
from geomap.pages.one_file import draw_one_file, has_streets
from geomap.pages.planner import draw_planner
from geomap.pages.rider import draw_rider
from geomap.pages.streets import NEAR, draw_streets
from geomap.pipeline.build import Built
from geomap.pipeline.streets import OSM_CREDIT, credit_roads, take_streets
from geomap.roads import Network
from geomap.roads.rules import rank_class
from geomap.wire.nodes import WAYS
from tests.rider_editions import make_rider_edition
from tests.roads.drawing import make_streets
from tests.street_ways import make_town, make_town_edition
from tests.wire_read import decode_numbers, decode_square


def read_graph(files) -> tuple[nx.DiGraph, dict, float]:
    """Return all squares as one graph (metres), its junctions' places, and metres of street."""
    graph, places, junctions, cuts, total = nx.DiGraph(), {}, {}, {}, 0
    for name, file in files.items():
        _, zoom, place = (*name.split("/"), "")[:3]
        if zoom != str(NEAR.zoom):
            continue
        column, row = map(int, place.split("-"))
        square = decode_square(file["s"], row, NEAR)
        bounds = square.cuts
        for node, (x, y) in enumerate(square.nodes / NEAR.parts):
            places[column, row, node] = (column + x, row + y)
            if node < bounds[0]:
                junctions[column, row, node] = to_degrees(column + x, row + y)
        for way, (start, end) in enumerate(itertools.pairwise(bounds)):
            cuts[column, row, way] = range(start, end)
        for tail, head, code, dm, _ in square.streets:
            total += dm
            for bit, one, two in ((1, tail, head), (2, head, tail)):
                if code & bit:
                    known = graph.get_edge_data((column, row, one), (column, row, two), {"m": 9e9})
                    metres = min(known["m"], dm / 10)
                    graph.add_edge((column, row, one), (column, row, two), m=metres)
    for (column, row, way), here in cuts.items():
        there = (column + WAYS[way][0], row + WAYS[way][1])
        beyond = cuts.get((*there, 7 - way), ())
        assert len(beyond) == len(here)
        for one, two in zip(here, beyond, strict=True):
            assert places[column, row, one] == pytest.approx(places[*there, two], abs=1e-9)
            graph.add_edge((column, row, one), (*there, two), m=0.0)
    return graph, junctions, total / 10


def files_of(network: Network):
    middle = np.array([[network.edges.lon.mean(), network.edges.lat.mean()]])
    return draw_streets(take_streets(network), middle, 250.0)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """A place in squares of zoom 13 as longitude and latitude."""
    turn = np.pi * (1 - 2 * y / 2**NEAR.zoom)
    return x / 2**NEAR.zoom * 360 - 180, float(np.degrees(np.arctan(np.sinh(turn))))


#: Inside squares, on borders, on a corner; more than a square apart.
SPOTS = [to_degrees(6758 + x, 3198 + y) for x in (-0.6, 0.0, 0.31, 1.0) for y in (-1.2, 0.0, 0.57)]

lines = st.lists(
    st.tuples(
        st.lists(st.integers(0, len(SPOTS) - 1), min_size=2, max_size=4),
        st.sampled_from([(True, True), (True, False), (False, True)]),
    ),
    min_size=1,
    max_size=10,
).filter(lambda drawn: any(len(set(line)) > 1 for line, _ in drawn))


@settings(max_examples=60, deadline=None)
@given(lines)
def test_every_way_is_as_long_in_the_squares_as_on_the_network(drawn):
    streets = make_streets([[SPOTS[i] for i in line] for line, _ in drawn],
                           [directions for _, directions in drawn])  # fmt: skip
    check_ways(Network.of_streets(streets), junctions=99)


def test_every_way_of_a_town_is_as_long_in_the_squares():
    check_ways(make_town(), junctions=12)


def check_ways(network: Network, junctions: int) -> None:
    graph, spots, metres = read_graph(files_of(network))
    edges, reference = network.walks, nx.DiGraph()
    for tail, head, goes, comes, length in zip(
        edges.tail, edges.head, edges.forward, edges.backward, edges.length_m, strict=True
    ):
        for allowed, one, two in ((goes, tail, head), (comes, head, tail)):
            if allowed:
                known = reference.get_edge_data(one, two, {"m": np.inf})["m"]
                reference.add_edge(one, two, m=min(known, length))
    graph.add_nodes_from(spots)
    reference.add_nodes_from(range(len(spots)))
    assert metres == pytest.approx(edges.length_m.sum(), abs=0.1 * len(graph.edges))
    at = np.array(list(spots.values()))
    same = [
        [node for node, near in zip(spots, np.abs(at - [lon, lat]).max(axis=1) < 3e-6, strict=True)
         if near]
        for lon, lat in zip(edges.junction_lon, edges.junction_lat, strict=True)
    ]  # fmt: skip
    assert all(len(nodes) == 1 for nodes in same)
    for start in range(min(junctions, len(same))):
        ours = nx.single_source_dijkstra_path_length(graph, same[start][0], weight="m")
        truth = nx.single_source_dijkstra_path_length(reference, start, weight="m")
        found = [ours.get(nodes[0], np.inf) for nodes in same]
        expected = [truth.get(end, np.inf) for end in range(len(same))]
        assert found == pytest.approx(expected, abs=0.1 * len(graph.edges))


def test_the_index_names_every_square_and_no_other():
    files = files_of(make_town())
    levels = files["streets/index"]["levels"]
    for level in levels:
        numbers, rows, row = iter(decode_numbers(level["squares"]).tolist()), set(), 0
        for step in numbers:
            row += step
            column = 0
            for _ in range(next(numbers)):
                column += next(numbers)
                count = next(numbers)
                rows |= {f"streets/{level['zoom']}/{column + n}-{row}" for n in range(count)}
                column += count
        assert rows == {name for name in files if name.startswith(f"streets/{level['zoom']}/")}
    assert [level["zoom"] for level in levels] == [7, 10, 13]


def test_streets_no_rider_of_ours_comes_to_stay_out():
    graph = take_streets(make_town())
    far = draw_streets(graph, np.array([[110.0, 30.0], [np.nan, np.nan]]), 250.0)
    assert not [name for name in far if name.startswith("streets/13/")]


def test_without_roads_the_page_has_no_streets():
    plain = draw_rider(make_rider_edition())
    assert not [path for path in plain if "/streets/" in path]
    page = plain["public/index.html"].decode()
    assert "距离为直线距离" in page and "OpenStreetMap" not in page
    page = draw_rider(make_town_edition())["public/index.html"].decode()
    assert "沿道路计算" in page and "© OpenStreetMap contributors" in page


def test_planners_are_told_whose_roads_they_see():
    shown = draw_planner(make_town_edition())["internal/planner.html"].decode()
    plain = draw_planner(make_rider_edition())["internal/planner.html"].decode()
    assert OSM_CREDIT in shown and "road-credit" not in plain


def test_the_first_view_hardly_grows_with_roads():
    def overview(edition):
        files = draw_rider(edition)
        return next(len(text) for path, text in files.items() if "/overview-" in path)

    assert overview(make_town_edition()) - overview(make_town_edition(streets=None)) < 40


def test_one_file_takes_the_streets_while_they_fit():
    edition = make_town_edition()
    assert has_streets(draw_one_file(edition))
    without = draw_one_file(edition, most_bytes=10_000)
    assert not has_streets(without) and "距离为直线距离" in without.decode()


def test_a_build_says_when_the_one_file_has_no_streets():
    edition = make_town_edition()
    for most_bytes, lines in ((10_000, 2), (10_000_000, 1)):
        site = {"public/one-file.html": draw_one_file(edition, most_bytes)}
        said = say_one_file("zh", Built(edition, site=site))
        assert len(said) == lines and "KiB" in said[0]
    assert say_one_file("en", Built(edition)) == []


def test_openstreetmap_is_named_where_the_roads_are_its_own(tmp_path):
    drawn = make_streets([[(117.0, 36.0), (117.01, 36.0)]], [(True, True)])
    plain = Network.of_streets(replace(drawn, rank=np.array([rank_class("")], np.uint8)))
    assert credit_roads([tmp_path / "city_roads.shp"], plain) == ""
    assert credit_roads([tmp_path / "city.osm.pbf"], plain) == OSM_CREDIT
    assert credit_roads([tmp_path / "roads.parquet"], Network.of_streets(drawn)) == OSM_CREDIT
