"""The expected area that each district has within reach."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from geomap.coverage.circles import THREADS, draw_circles
from geomap.coverage.clip import Clipped, Land
from geomap.coverage.expected import Blurred, expect_beyond
from geomap.coverage.lattice import Integers, Lattice, measure_cells
from geomap.coverage.layers import Layers
from geomap.coverage.likely import likely_area
from geomap.coverage.plane import Floats, shapes_to_plane


def expect_area(layers: Layers, sure: Clipped, land: Land) -> Floats:
    """Return the expected area (m²) in reach of each district, and between what it likely is.

    (districts, 3): expected, likely low, likely high.

    Parameters
    ----------
    sure : ``layers.whole.sure`` in the districts.
    """

    def expect(found: tuple[int, Integers]) -> Floats:
        district, stations = found
        lattice = land.lattice(district)
        reached, own = _measure_sure(sure, district, lattice), layers.blurred.take(stations)
        return np.append(expect_beyond(lattice, reached, own), likely_area(lattice, reached, own))

    areas = np.repeat(sure.add_up(len(land))[:, None], 3, axis=1)
    found = find_districts(layers.blurred, land)
    with ThreadPoolExecutor(max_workers=THREADS) as threads:  # numpy works outside the lock
        beyond = list(threads.map(expect, found.items()))
    if beyond:
        areas[list(found)] += beyond
    return areas


def find_districts(stations: Blurred, land: Land) -> dict[int, Integers]:
    """Numbers of the stations that may reach each district, sorted by what they are.

    Sums of floating-point numbers depend on their order, so the order is made the data's own.
    """
    reach = draw_circles(stations.lon, stations.lat, stations.radius_m + stations.uncertainty_m)
    station, district = land.tree.query(reach, predicate="intersects")
    order = np.lexsort((
        stations.uncertainty_m[station], stations.lat[station], stations.lon[station], district,
    ))  # fmt: skip
    station, district = station[order], district[order]
    numbers, starts = np.unique(district, return_index=True)
    groups = np.split(station, starts[1:]) if len(numbers) else []
    return {int(number): group for number, group in zip(numbers, groups, strict=True)}


def _measure_sure(clipped: Clipped, district: int, lattice: Lattice) -> Floats:
    low, high = np.searchsorted(clipped.district, [district, district + 1])
    shapes = clipped.shapes[low:high]
    if not len(shapes):
        return np.zeros_like(lattice.land)
    return measure_cells(shapes_to_plane(shapes), lattice)
