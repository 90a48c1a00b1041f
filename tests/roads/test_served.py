"""Served land: blocks are filled where their streets are reached, and the table says the same."""

import numpy as np
import pytest
import shapely

from geomap.roads import Network, minutes_to_nearest, reach_union
from geomap.roads.blocks import BLOCK_M2
from geomap.roads.cells import Cells
from geomap.roads.served import feet_of, is_reached, nearest_metres, served_land
from tests.roads.drawing import make_streets, place
from tests.roads.test_areas import make_town
from tests.roads.test_kerb import BOTH, network_of, square_metres


def grid_of(blocks: list[float]) -> Network:
    """Square blocks in a row (sides in cells of 150 m), all around streets."""
    lines, west = [], 0.0
    for side in blocks:
        corners = [
            place(0, west),
            place(0, west + side),
            place(side, west + side),
            place(side, west),
        ]
        lines += [[corners[n], corners[(n + 1) % 4]] for n in range(4)]
        west += side
    return network_of(*lines)


def holes_of(area: shapely.MultiPolygon) -> list[float]:
    rings = [shapely.Polygon(ring) for part in area.geoms for ring in part.interiors]
    return sorted(square_metres(ring) for ring in rings)


def attach_first(network: Network):
    return network.attach(*np.array([place(0, 0.5)]).T)


def test_a_block_is_filled_up_to_25_ha() -> None:
    network = grid_of([3, 4.4, 5.0, 7.0])  # inner holes of 7, 22, 31 and 74 ha
    kerb, filled = (
        reach_union(network, attach_first(network), [1e6], block_m2=size)[0]
        for size in (0.0, BLOCK_M2)
    )
    assert np.allclose(holes_of(kerb), [6.7e4, 21.6e4, 31e4, 73.5e4], rtol=0.02)
    assert np.allclose(holes_of(filled), [31e4, 73.5e4], rtol=0.02)
    assert filled.is_valid


def test_inside_a_block_each_place_follows_its_nearest_street() -> None:
    network = grid_of([4.0])
    area = reach_union(network, attach_first(network), [300.0], block_m2=BLOCK_M2)[0]
    assert shapely.contains_xy(area, *place(1.2, 1.5))  # 180 m from the reached street
    assert not shapely.contains_xy(area, *place(2.8, 2.0))  # nearer to one that is not


def test_tiles_made_one_by_one_fill_the_same_blocks() -> None:
    lines, ways, _ = make_town(7, step_m=330.0)
    network = Network.of_streets(make_streets(lines, ways))
    whole = network.land(100.0, BLOCK_M2)
    lazy = Cells(network.edges, network.vertex_xy, 100.0, block_m2=BLOCK_M2, whole_km=0.0)
    everything = np.arange(len(network.edges.tail))
    for edge in everything[::9]:
        lazy.file_for(np.array([edge]))
    one, other = whole.file_for(everything), lazy.file_for(everything)
    key = [np.lexsort((file.value, file.place_m, file.row, file.column)) for file in (one, other)]
    for name in ("column", "row", "place_m", "value"):
        assert np.array_equal(getattr(one, name)[key[0]], getattr(other, name)[key[1]])


@pytest.mark.parametrize("step_m", [180.0, 420.0])
def test_the_table_of_served_land_agrees_with_the_outlines(step_m: float) -> None:
    lines, ways, (lon, lat) = make_town(5, step_m=step_m)
    network = Network.of_streets(make_streets(lines, ways))
    stations = network.attach(lon[[10, 100, 180]], lat[[10, 100, 180]])
    land = served_land(network, 100.0, BLOCK_M2)
    for metres in (300.0, 900.0, 1e9):
        area = reach_union(network, stations, [metres], block_m2=BLOCK_M2)[0]
        reached = is_reached(network, stations, metres, land.feet)[land.patch]
        assert reached.sum() * land.cell_m2 == pytest.approx(square_metres(area), rel=0.05)
        inside = shapely.contains_xy(area, land.lon, land.lat)
        assert (inside != reached).mean() < 0.03
    everything = reach_union(network, stations, [1e9], block_m2=BLOCK_M2)[0]
    assert len(land.lon) * land.cell_m2 >= square_metres(everything) * 0.99


def test_metres_of_places_are_those_of_the_search() -> None:
    lines, ways, (lon, lat) = make_town(6)
    network = Network.of_streets(make_streets(lines, ways))
    stations = network.attach(lon[[10, 100]], lat[[10, 100]])
    east, north = np.r_[lon[::7] + 1e-4, lon[0] - 0.01], np.r_[lat[::7], lat[0]]
    places = network.attach(east, north, snap_m=60.0)
    field = minutes_to_nearest(network, stations)
    metres, station = nearest_metres(field, feet_of(places))
    minutes, same = field.at(east, north, snap_m=60.0)
    known = places.is_on_network
    assert known.any() and not known.all()
    assert np.allclose(metres[known] * 0.06 / 15, minutes[known])
    assert (station[known] == same[known]).all()
    assert np.isinf(metres[~known]).all() and (station[~known] == -1).all()
    for limit in (200.0, 700.0):
        reached = is_reached(network, stations, limit, feet_of(places))
        assert ((metres <= limit) == reached).mean() > 0.99


def test_homes_are_the_residential_metres() -> None:
    ends = [place(0, 0), place(0, 4), place(4, 4)]
    network = network_of(ends[:2], ends[1:], ways=[BOTH, BOTH])
    land = served_land(network, 100.0, 0.0)
    assert land.homes_m.sum() == pytest.approx(1200.0, abs=1.0)
