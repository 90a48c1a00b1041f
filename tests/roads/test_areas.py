"""Areas judged by samples they have not seen, and the laws they keep."""

from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geomap.roads import Network, bands, calibrate_detour, reach_areas, reach_union, read_roads
from geomap.roads.cells import Cells
from geomap.roads.cuts import cut_edges
from geomap.roads.outline import outline_stretches
from geomap.roads.plane import Plane
from geomap.roads.search import remaining_union
from tests.roads.drawing import PLANE, make_streets
from tests.roads.judge import Judge

JINAN = Path(__file__).parents[3] / "shared/data/roads/jinan.parquet"


def make_town(seed: int, size: int = 14, step_m: float = 180.0, plane: Plane = PLANE):
    """A crooked grid with missing blocks, one-way streets and a dual carriageway."""
    random = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(size) * step_m, np.arange(size) * step_m)
    lon, lat = plane.to_degrees(
        (x + random.normal(0, 25, x.shape)).ravel(), (y + random.normal(0, 25, y.shape)).ravel()
    )
    lines, ways = [], []
    for row in range(size):
        for column in range(size):
            for other in ((row, column + 1), (row + 1, column)):
                if max(other) < size and random.random() < 0.85:
                    ends = [row * size + column, other[0] * size + other[1]]
                    lines.append([(lon[n], lat[n]) for n in ends])
                    ways.append([(True, True), (True, True), (True, False)][random.integers(3)])
    middle = size // 2
    for shift, way in ((0.00012, (True, False)), (-0.00012, (False, True))):
        nodes = [middle * size + column for column in range(size)]
        lines.append([(lon[n], lat[n] + shift) for n in nodes])
        ways.append(way)
        for n in (nodes[0], nodes[size // 3], nodes[-1]):
            lines.append([(lon[n], lat[n]), (lon[n], lat[n] + shift)])
            ways.append((True, True))
    return lines, ways, (lon, lat)


def judge_of(lines, ways) -> Judge:
    drawn = np.array([shapely.LineString(line) for line in lines], dtype=object)
    forward, backward = np.array(ways).T
    turned = np.array(
        [shapely.LineString(line[::-1] if only_back else line)
         for line, only_back in zip(lines, backward & ~forward, strict=True)], dtype=object,
    )  # fmt: skip
    assert len(drawn) == len(turned)
    return Judge(turned, forward & backward)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_areas_pass_the_judge(seed):
    lines, ways, (lon, lat) = make_town(seed)
    network = Network.of_streets(make_streets(lines, ways))
    judge = judge_of(lines, ways)
    here = np.array([30, 90, 140])
    lon, lat = lon[here] + 0.0004, lat[here] + 0.0003
    attachment = network.attach(lon, lat)
    for number, area in enumerate(reach_areas(network, attachment, 900.0)):
        verdict = judge.judge(area, lon[number], lat[number], 900.0)
        assert area.is_valid
        assert verdict.recall >= 0.995
        assert verdict.false <= 0.01
        assert verdict.land >= 0.95
        assert verdict.far_m <= 0.0, verdict


def test_the_judge_condemns_circles_and_sausages():
    lines, ways, (lon, lat) = make_town(1)
    network = Network.of_streets(make_streets(lines, ways))
    judge = judge_of(lines, ways)
    x, y = PLANE.to_metres(lon[[90]], lat[[90]])
    circle = shapely.transform(
        shapely.Point(x[0], y[0]).buffer(900.0),
        lambda xy: np.column_stack(PLANE.to_degrees(*xy.T)),
    )
    assert judge.judge(circle, lon[90], lat[90], 900.0).false > 0.2
    area = reach_areas(network, network.attach(lon[[90]], lat[[90]]), 900.0)[0]
    sausage = area.buffer(-0.0007)
    assert judge.judge(sausage, lon[90], lat[90], 900.0).land < 0.95


@pytest.mark.parametrize("kerb_m", [40.0, 100.0])
def test_more_metres_and_more_stations_never_shrink_an_area(kerb_m):
    lines, ways, (lon, lat) = make_town(4)
    network = Network.of_streets(make_streets(lines, ways))
    attachment = network.attach(lon[[10, 100]], lat[[10, 100]])
    areas = reach_union(network, attachment, [300.0, 600.0, 601.0, 900.0], kerb_m=kerb_m)
    one = reach_areas(network, attachment.take(np.array([0])), 600.0, kerb_m=kerb_m)[0]
    for smaller, larger in [*pairwise(areas), (one, areas[1])]:
        # Outlines are simplified to 1 m, each on its own.
        assert smaller.difference(larger).area <= 0.002 * smaller.area
        assert larger.area >= smaller.area * 0.999


def test_union_is_the_union_and_uncertainty_widens_it():
    lines, ways, (lon, lat) = make_town(5)
    network = Network.of_streets(make_streets(lines, ways))
    attachment = network.attach(lon[[10, 100, 180]], lat[[10, 100, 180]])
    uncertainty_m = np.array([0.0, 100.0, 700.0])
    certain, middle, possible = reach_union(
        network, attachment, [600 - uncertainty_m, 600.0, 600 + uncertainty_m]
    )
    each = shapely.union_all(reach_areas(network, attachment, 600.0))
    assert middle.symmetric_difference(each).area <= 0.01 * each.area
    alone = shapely.union_all(reach_areas(network, attachment, 600 - uncertainty_m))
    assert certain.symmetric_difference(alone).area <= 0.01 * alone.area
    assert certain.area < middle.area < possible.area


def test_the_order_of_lines_and_stations_leaves_no_trace():
    lines, ways, (lon, lat) = make_town(6)
    chosen = np.array([10, 100, 180])
    shapes = []
    for order, stations in ((slice(None), chosen), (slice(None, None, -1), chosen[::-1])):
        network = Network.of_streets(make_streets(lines[order], ways[order]))
        attachment = network.attach(lon[stations], lat[stations])
        shapes.append(reach_union(network, attachment, [700.0])[0].wkb)
    assert shapes[0] == shapes[1]


def test_a_large_network_made_tile_by_tile_gives_the_same_area():
    lines, ways, (lon, lat) = make_town(7)
    network = Network.of_streets(make_streets(lines, ways))
    attachment = network.attach(lon[[100]], lat[[100]])
    expected = reach_areas(network, attachment, 800.0)[0]
    budget_m = np.array([800.0])
    left = remaining_union(network, attachment, budget_m)
    stretches = cut_edges(network.edges, left, attachment, budget_m)
    cells = Cells(network.edges, network.vertex_xy, 100.0, whole_km=0.0, block_cells=37)
    tiled = outline_stretches(cells, stretches, network.plane)
    assert tiled.is_valid
    assert tiled.symmetric_difference(expected).area <= 0.002 * expected.area


def test_bands_are_apart_and_add_up():
    lines, ways, (lon, lat) = make_town(8)
    network = Network.of_streets(make_streets(lines, ways))
    attachment = network.attach(lon[[100]], lat[[100]])
    table = bands(network, attachment, speed_kmh=6.0, minutes=(15, 5, 10))
    assert table[["from_min", "to_min"]].to_numpy().tolist() == [[0, 5], [5, 10], [10, 15]]
    assert table.is_valid.all()
    whole = reach_union(network, attachment, [1500.0])[0]
    areas = [shape.area for shape in table.geometry]
    assert sum(areas) == pytest.approx(whole.area, rel=1e-3)
    assert table.geometry[0].intersection(table.geometry[1]).area < 1e-15


def test_detour_of_a_grid_is_between_one_and_root_two():
    lines, ways, _ = make_town(9, size=20)
    network = Network.of_streets(make_streets(lines, [(True, True)] * len(ways)))
    detour = calibrate_detour(network, 1000.0)
    assert 1.1 < detour.factor < 1.4142
    assert detour.pair_count > 200


def test_a_network_too_small_for_the_distance_keeps_the_default_factor():
    lines, ways, _ = make_town(9, size=4)
    detour = calibrate_detour(Network.of_streets(make_streets(lines, ways)), 2500.0)
    assert (detour.factor, detour.pair_count) == (1.3, 0)


@pytest.mark.skipif(not JINAN.exists(), reason="the shared road data is not here")
def test_jinan_passes_the_judge():
    rows = gpd.read_parquet(JINAN).geometry.to_numpy()
    network = read_roads(JINAN, "any")
    judge = Judge(rows, np.zeros(len(rows), dtype=bool))
    pick = np.arange(2000, len(network.edges.lon), 16_000)
    lon, lat = network.edges.lon[pick] + 2e-4, network.edges.lat[pick] - 1e-4
    areas = reach_areas(network, network.attach(lon, lat), 2500.0)
    verdicts = [judge.judge(area, x, y, 2500.0) for area, x, y in zip(areas, lon, lat, strict=True)]
    assert np.mean([verdict.recall for verdict in verdicts]) >= 0.995
    assert np.mean([verdict.false for verdict in verdicts]) <= 0.01
    assert np.mean([verdict.land for verdict in verdicts]) >= 0.95
    assert max(verdict.far_m for verdict in verdicts) == 0.0
    assert all(area.is_valid for area in areas)
