"""Distances equal networkx's on the same graph: one-way streets, parallels, loops, length 0."""

from itertools import pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.roads import Network, minutes_to_nearest, read_roads
from geomap.roads.search import nearest_station, remaining_each, remaining_union
from geomap.roads.segments import GEOD
from tests.roads.drawing import make_streets

JINAN = Path(__file__).parents[3] / "shared/data/roads/jinan.parquet"
SPOTS = [(117.0 + 0.003 * (n % 4) + 0.0001 * n, 36.5 + 0.002 * (n // 4)) for n in range(12)]

lines = st.lists(
    st.tuples(
        st.lists(st.integers(0, 11), min_size=2, max_size=5),
        st.sampled_from([(True, True), (True, False), (False, True)]),
    ),
    min_size=1,
    max_size=14,
).filter(lambda drawn: any(len(set(line)) > 1 for line, _ in drawn))


def as_graph(streets) -> nx.DiGraph:
    """The reference: every vertex a node, every piece an arc, the shorter of two parallels."""
    graph = nx.DiGraph()
    for number in range(streets.line_count):
        span = slice(streets.starts[number], streets.starts[number + 1])
        course = list(
            zip(streets.lon[span], streets.lat[span], streets.storey[span].tolist(), strict=True)
        )
        for tail, head in pairwise(course):
            metres = GEOD.inv(*tail[:2], *head[:2])[2]
            for allowed, a, b in (
                (streets.forward[number], tail, head),
                (streets.backward[number], head, tail),
            ):
                if allowed and a != b:
                    known = graph.get_edge_data(a, b, {"m": np.inf})["m"]
                    graph.add_edge(a, b, m=min(known, metres))
    return graph


def reference_metres(vertex_graph, network, attachment, number) -> np.ndarray:
    """Metres from each junction to one attached station, by networkx on the vertex graph."""
    edges = network.edges
    graph = vertex_graph.copy()
    edge, offset = attachment.edge[number], attachment.offset_m[number]
    span = slice(edges.starts[edge], edges.starts[edge + 1])
    vertices = list(zip(edges.lon[span], edges.lat[span], strict=True))
    piece = np.clip(np.searchsorted(edges.along_m[span], offset, side="right") - 1, 0,
                    len(vertices) - 2)  # fmt: skip
    before = offset - edges.along_m[span][piece]
    after = edges.along_m[span][piece + 1] - offset
    tail, head = (*vertices[piece], 0), (*vertices[piece + 1], 0)
    if edges.forward[edge] or before <= 1e-6:
        graph.add_edge(tail, "station", m=before)
    if edges.backward[edge] or after <= 1e-6:
        graph.add_edge(head, "station", m=after)
    found = nx.single_source_dijkstra_path_length(graph.reverse(), "station", weight="m")
    return np.array(
        [
            found.get((lon, lat, 0), np.inf)
            for lon, lat in zip(edges.junction_lon, edges.junction_lat, strict=True)
        ]
    )


def make_case(drawn, shares):
    streets = make_streets([[SPOTS[n] for n in line] for line, _ in drawn], [w for _, w in drawn])
    network = Network.of_streets(streets)
    edges = network.edges
    pick = (np.array(shares)[:, 0] * len(edges.lon)).astype(int)
    lon = edges.lon[pick] + 0.0007 * np.array(shares)[:, 1]
    return streets, network, network.attach(lon, edges.lat[pick] + 0.0001, snap_m=1000)


shares = st.lists(
    st.tuples(st.floats(0, 0.999), st.floats(-1, 1)), min_size=1, max_size=4
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(lines, shares)
def test_metres_equal_networkx_on_any_graph(drawn, chosen):
    streets, network, attachment = make_case(drawn, chosen)
    graph = as_graph(streets)
    expected = np.array(
        [reference_metres(graph, network, attachment, n) for n in range(len(chosen))]
    )
    metres, station = nearest_station(network, attachment)
    np.testing.assert_allclose(metres, expected.min(axis=0), rtol=0, atol=1e-6)
    for junction in np.flatnonzero(station >= 0):
        assert expected[station[junction], junction] <= metres[junction] + 1e-6
    for number, left in remaining_each(network, attachment, np.full(len(chosen), 1e6)):
        np.testing.assert_allclose(1e6 - left, expected[number], rtol=0, atol=1e-6)


@settings(max_examples=60, deadline=None)
@given(lines, shares, st.lists(st.floats(-50, 3000), min_size=4, max_size=4))
def test_union_with_budgets_is_the_best_of_all_stations(drawn, chosen, budgets):
    _, network, attachment = make_case(drawn, chosen)
    budget_m = np.array(budgets)[: len(chosen)]
    each = [left for _, left in remaining_each(network, attachment, budget_m)]
    best = np.max([*each, np.full(network.junction_count, -np.inf)], axis=0)
    found = remaining_union(network, attachment, budget_m)
    np.testing.assert_allclose(found, best, rtol=0, atol=1e-6)


@settings(max_examples=60, deadline=None)
@given(lines, st.randoms(use_true_random=False))
def test_order_of_the_lines_leaves_no_trace(drawn, random):
    shuffled = list(drawn)
    random.shuffle(shuffled)
    one, other = (
        Network.of_streets(
            make_streets([[SPOTS[n] for n in line] for line, _ in rows], [w for _, w in rows])
        ).edges
        for rows in (drawn, shuffled)
    )
    for name in ("tail", "head", "forward", "backward", "length_m", "lon", "lat", "along_m"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@settings(max_examples=60, deadline=None)
@given(lines)
def test_contraction_keeps_every_metre_and_every_course(drawn):
    streets = make_streets([[SPOTS[n] for n in line] for line, _ in drawn], [w for _, w in drawn])
    edges = Network.of_streets(streets).edges
    graph = as_graph(streets).to_undirected()
    assert edges.length_m.sum() == pytest.approx(graph.size(weight="m"), abs=1e-6)
    inner = np.delete(np.arange(len(edges.lon)), edges.starts[1:] - 1)
    metres = GEOD.inv(
        edges.lon[inner], edges.lat[inner], edges.lon[inner + 1], edges.lat[inner + 1]
    )[2]
    np.testing.assert_allclose(np.diff(edges.along_m)[inner], metres, atol=1e-6)


def test_a_street_of_no_length_joins_two_nodes_on_one_spot():
    a, b, c = (117.0, 36.5), (117.01, 36.5), (117.02, 36.5)
    apart = make_streets([[a, b], [b, c]], [(True, True)] * 2, np.array([1, 2, 3, 4]))
    joined = make_streets(
        [[a, b], [b, c], [b, b]], [(True, True)] * 3, np.array([1, 2, 3, 4, 2, 3])
    )
    reached = []
    for streets in (apart, joined):
        network = Network.of_streets(streets)
        attachment = network.attach(np.array([117.0]), np.array([36.5]))
        reached.append(np.isfinite(nearest_station(network, attachment)[0]).all())
    assert reached == [False, True]


def test_points_between_junctions_have_exact_minutes():
    streets = make_streets([[(117.0, 36.5), (117.01, 36.5), (117.02, 36.5)]], [(True, False)])
    network = Network.of_streets(streets)
    field = minutes_to_nearest(network, network.attach(np.array([117.015]), np.array([36.5])),
                               speed_kmh=15)  # fmt: skip
    minutes, station = field.at(np.array([117.012, 117.018, 118.0]), np.array([36.5] * 3))
    metres = GEOD.inv(117.012, 36.5, 117.015, 36.5)[2]
    assert minutes[0] == pytest.approx(metres * 0.06 / 15, abs=1e-5)
    assert np.isinf(minutes[1])
    assert np.isnan(minutes[2])
    assert station.tolist() == [0, -1, -1]


@pytest.mark.skipif(not JINAN.exists(), reason="the shared road data is not here")
def test_jinan_equals_networkx_at_every_junction():
    import geopandas as gpd
    import shapely

    network = read_roads(JINAN, "any")
    rows = gpd.read_parquet(JINAN).geometry.to_numpy()
    coords, line = shapely.get_coordinates(rows, return_index=True)
    starts = np.r_[0, np.cumsum(np.bincount(line))]
    streets = make_streets(
        [coords[a:b].tolist() for a, b in pairwise(starts)],
        [(True, False)] * len(rows),
    )
    pick = np.arange(5, len(network.edges.lon), 20_000)
    attachment = network.attach(network.edges.lon[pick] + 1e-4, network.edges.lat[pick])
    metres, station = nearest_station(network, attachment)
    graph = as_graph(streets)
    expected = np.array([reference_metres(graph, network, attachment, n) for n in range(len(pick))])
    np.testing.assert_allclose(metres, expected.min(axis=0), rtol=0, atol=1e-6)
    assert (station >= 0).mean() > 0.9


@pytest.mark.parametrize("is_turned", [False, True])
def test_who_stands_on_a_junction_need_not_ride_the_one_way_street(is_turned):
    """West one-way street, east two-way street with the station; the rider on their junction."""
    west, middle, east = (117.0, 36.5), (117.01, 36.5), (117.02, 36.5)
    one_way = [west, middle] if is_turned else [middle, west]
    # A third arm makes the middle a junction; the ring back lets riders leave the one-way street.
    ring = [west, (117.0, 36.51), (117.01, 36.51), middle]
    directions = [(True, False), (True, True), (True, True)]
    streets = make_streets([one_way, [middle, east], ring], directions)
    network = Network.of_streets(streets)
    field = minutes_to_nearest(network, network.attach(np.array([117.02]), np.array([36.5])),
                               speed_kmh=15.0)  # fmt: skip
    metres = GEOD.inv(*middle, *east)[2]
    for nudge in (0.0, -1e-12, 1e-12):
        found, station = field.at(np.array([middle[0] + nudge]), np.array([36.5]))
        assert found[0] == pytest.approx(metres * 0.06 / 15.0, abs=1e-4)
        assert station[0] == 0
