"""No land farther than the kerb from a street that is reached; odd cases stay honest."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from geomap.roads import Network, bands, minutes_to_nearest, reach_areas, reach_union, read_roads
from geomap.roads.plane import Plane
from tests.roads.drawing import PLANE, make_streets, place
from tests.roads.judge import Judge
from tests.roads.test_areas import judge_of, make_town

FUTIAN = Path(__file__).parents[3] / "shared/data/roads/shenzhen_futian.graphml"
BOTH = (True, True)


def network_of(*lines, ways=None, node_id=None) -> Network:
    return Network.of_streets(make_streets(lines, ways or [BOTH] * len(lines), node_id))


def attach_at(network: Network, *cells):
    lon, lat = np.array([place(*cell) for cell in cells]).T
    return network.attach(lon, lat)


def square_metres(area: shapely.Geometry, plane: Plane = PLANE) -> float:
    return shapely.transform(area, lambda xy: np.column_stack(plane.to_metres(*xy.T))).area


@pytest.mark.parametrize("kerb_m", [30.0, 100.0, 300.0])
@pytest.mark.parametrize("plane", [PLANE, Plane(24.94, 60.17), Plane(113.9999, 22.5)])
def test_nothing_lies_beyond_the_kerb_of_what_is_reached(plane, kerb_m):
    lines, ways, (lon, lat) = make_town(12, size=10, step_m=2.1 * kerb_m, plane=plane)
    network = Network.of_streets(make_streets(lines, ways))
    judge = judge_of(lines, ways)
    lon, lat = lon[[22, 57]] + 2e-4, lat[[22, 57]] + 1e-4
    attachment = network.attach(lon, lat)
    for metres in (3 * kerb_m, 12 * kerb_m):
        alone = reach_areas(network, attachment, metres, kerb_m=kerb_m)
        union = reach_union(network, attachment, [metres], kerb_m=kerb_m)[0]
        for area, who in ((alone[0], [0]), (alone[1], [1]), (union, [0, 1])):
            verdict = judge.judge(area, lon[who], lat[who], metres, kerb_m)
            assert area.is_valid
            assert verdict.far_m == 0.0
            assert verdict.recall >= 0.995
            assert verdict.land >= 0.95


@pytest.mark.parametrize("apart_m", [185.0, 205.0, 215.0, 225.0])
def test_between_two_parallel_streets_a_strip_stays_out_once_there_is_one(apart_m):
    """However the strip lies to the cells: it is turned and moved; short of it all is painted."""
    for number in range(12):
        turn, shift = np.exp(0.26j * number), 1.7 * number
        points = np.array([0, 600, 1j * apart_m, 600 + 1j * apart_m]) * turn + shift
        lon, lat = PLANE.to_degrees(points.real, points.imag)
        ends = list(zip(lon, lat, strict=True))
        network = network_of(ends[:2], ends[2:], ends[::2])
        area = reach_areas(network, network.attach(lon[:1], lat[:1]), 5000.0)[0]
        middle = (np.linspace(250, 500, 60) + 1j * apart_m / 2) * turn + shift
        x, y = PLANE.to_degrees(middle.real, middle.imag)
        assert shapely.contains_xy(area, x, y).mean() == (1.0 if apart_m < 200 else 0.0)


def test_the_judge_sees_three_metres_too_many():
    lines, ways, (lon, lat) = make_town(12, size=8)
    network, judge = Network.of_streets(make_streets(lines, ways)), judge_of(lines, ways)
    area = reach_areas(network, network.attach(lon[[27]], lat[[27]]), 700.0)[0]
    wider = shapely.transform(area, judge.to_xy).buffer(8.0)
    back = shapely.transform(
        wider, lambda xy: np.column_stack(judge.plane.transform(*xy.T, direction="INVERSE"))
    )
    assert judge.judge(area, lon[27], lat[27], 700.0).far_m == 0.0
    assert 3.0 < judge.judge(back, lon[27], lat[27], 700.0).far_m < 8.0


def test_bands_hold_each_other_and_the_kerb():
    lines, ways, (lon, lat) = make_town(13, size=12)
    network, judge = Network.of_streets(make_streets(lines, ways)), judge_of(lines, ways)
    here = np.array([30, 100])
    table = bands(network, network.attach(lon[here], lat[here]), speed_kmh=6.0)
    for number, minutes in enumerate((5.0, 10.0, 15.0), start=1):
        area = shapely.union_all(table.geometry[:number])
        verdict = judge.judge(area, lon[here], lat[here], minutes * 100)
        assert verdict.far_m == 0.0
        assert verdict.recall >= 0.995
        assert verdict.false <= 0.01


@pytest.mark.parametrize("nothing", [0.0, -5.0, np.nan])
def test_no_metres_reach_nothing(nothing):
    network = network_of([place(0, 0), place(0, 4)])
    attachment = attach_at(network, (0, 1), (0, 2))
    assert all(area.is_empty for area in reach_areas(network, attachment, nothing))
    assert reach_union(network, attachment, [nothing])[0].is_empty
    mixed = reach_areas(network, attachment, [nothing, 100.0])
    assert [area.is_empty for area in mixed] == [True, False]


@pytest.mark.parametrize("endless", [1e9, np.inf])
def test_more_metres_than_there_is_street_reach_it_all_and_no_island(endless):
    network = network_of([place(0, 0), place(0, 3)], [place(9, 0), place(9, 3)])
    attachment = attach_at(network, (0, 1))
    expected = reach_areas(network, attachment, 10_000.0)[0]
    alone = reach_areas(network, attachment, endless)[0]
    union = reach_union(network, attachment, [endless])[0]
    assert alone.equals(expected)
    assert union.equals(expected)
    assert len(alone.geoms) == 1
    # 450 m of street, 95-100 m on both sides and half a disc at each end.
    assert 0.9 < square_metres(alone) / (450 * 200 + np.pi * 100**2) < 1.0


def test_stations_on_one_spot_are_one_and_share_the_area():
    network = network_of([place(0, 0), place(0, 4)])
    attachment = attach_at(network, (0, 2), (0, 2), (0, 2))
    areas = reach_areas(network, attachment, 200.0)
    union = reach_union(network, attachment, [200.0])[0]
    assert all(area.equals(union) for area in areas)
    field = minutes_to_nearest(network, attachment)
    assert field.metres == pytest.approx([300.0, 300.0], abs=1e-3)
    assert field.station.tolist() == [0, 0]


def test_streets_of_no_length_are_ridden_over():
    lines = [[place(0, 0), place(0, 1)], [place(0, 1), place(0, 1)], [place(0, 1), place(0, 2)],
             [place(0, 1), place(1, 1)], [place(0, 1), place(-1, 1)]]  # fmt: skip
    network = network_of(*lines, node_id=np.array([1, 2, 2, 3, 3, 4, 3, 5, 2, 6]))
    assert (network.edges.length_m == 0).sum() == 1
    area = reach_areas(network, attach_at(network, (0, 0)), 290.0)[0]
    assert shapely.contains_xy(area, *place(0, 1.8))
    assert shapely.contains_xy(area, *place(0.8, 1))
    assert area.is_valid


def test_areas_do_not_depend_on_the_metres_of_longitude():
    """A kerb is 100 m of land in Helsinki as at the equator."""
    sizes = []
    for plane in (Plane(24.9, 0.0), Plane(24.9, 60.2), Plane(30.0, 69.9)):
        lon, lat = plane.to_degrees(np.array([0.0, 600.0]), np.array([0.0, 300.0]))
        network = network_of(list(zip(lon, lat, strict=True)))
        area = reach_areas(network, network.attach(lon[:1], lat[:1]), 1000.0)[0]
        sizes.append(square_metres(area, plane))
    assert sizes == pytest.approx([sizes[0]] * 3, rel=0.01)


@pytest.mark.skipif(not FUTIAN.exists(), reason="the shared road data is not here")
def test_futian_passes_the_judge():
    network = read_roads(FUTIAN)
    edges = network.edges
    places = np.column_stack([edges.lon, edges.lat])
    lines = [places[a:b] for a, b in zip(edges.starts[:-1], edges.starts[1:], strict=True)]
    turned = [
        shapely.LineString(line if way else line[::-1])
        for line, way in zip(lines, edges.forward, strict=True)
    ]
    judge = Judge(np.array(turned, dtype=object), edges.forward & edges.backward)
    pick = np.arange(300, len(edges.lon), 900)
    lon, lat = edges.lon[pick] + 1e-4, edges.lat[pick] - 1e-4
    areas = reach_areas(network, network.attach(lon, lat), 2500.0)
    verdicts = [judge.judge(area, x, y, 2500.0) for area, x, y in zip(areas, lon, lat, strict=True)]
    assert all(area.is_valid for area in areas)
    assert min(verdict.recall for verdict in verdicts) >= 0.995
    assert max(verdict.false for verdict in verdicts) <= 0.01
    assert min(verdict.land for verdict in verdicts) >= 0.95
    assert max(verdict.far_m for verdict in verdicts) == 0.0
