"""The expected coverage of stations whose true place is only known to a radius.

Each true place is uniform in the disk of its uncertainty, independent of the others. A point of
land is reached by one station with the probability that is the share of the uncertainty disk
within the radius (a lens of two circles), and by any with 1 - Π(1 - p). The expectation is summed
over cells of a lattice that depends on the district alone, so that a station more never lowers
it: cells share one origin, and every term only grows.

Where a station surely reaches (radius - uncertainty, or the radius itself where the uncertainty
is at most :data:`SHARP_M`: the expected area of one circle does not depend on it) the exact
polygons count, and the lattice only what lies beyond them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geomap.coverage.lattice import Integers, Lattice
from geomap.coverage.plane import Floats, metres_per_degree, to_plane

#: Up to here a place is as good as exact for a share: the band is thinner than a cell.
SHARP_M = 150.0
#: At most so many sample points a side within a cell, for uncertainties smaller than it.
MAX_SAMPLES = 5
_SURE = 1 - 1e-12
#: Less of a cell than this is what differences of sums leave behind.
_CLOSED = 1e-9


def lens_share(distance_m: Floats, radius_m: Floats, uncertainty_m: Floats) -> Floats:
    """Share of a disk of ``uncertainty_m`` that lies within ``radius_m`` of a point.

    Parameters
    ----------
    distance_m : from the point to the disk's centre; the three arrays have one shape.
    """
    d, r, u = (
        np.asarray(value, dtype=np.float64) for value in (distance_m, radius_m, uncertainty_m)
    )
    inside = np.where(r >= u, 1.0, (r / u) ** 2)
    safe = np.clip(d, np.abs(r - u) + 1e-9, None)
    cos_r = np.clip((safe**2 + r**2 - u**2) / (2 * safe * r), -1, 1)
    cos_u = np.clip((safe**2 + u**2 - r**2) / (2 * safe * u), -1, 1)
    kite = (r + u - safe) * (safe + r - u) * (safe - r + u) * (safe + r + u)
    lens = r**2 * np.arccos(cos_r) + u**2 * np.arccos(cos_u) - np.sqrt(np.maximum(kite, 0)) / 2
    share = np.where(d <= np.abs(r - u), inside, lens / (np.pi * u**2))
    return np.where(d >= r + u, 0.0, np.clip(share, 0, 1))


@dataclass(frozen=True, slots=True)
class Blurred:
    """Stations known to a radius: positions in degrees, ``uncertainty_m``, ``radius_m`` each."""

    lon: Floats
    lat: Floats
    uncertainty_m: Floats
    radius_m: Floats

    def take(self, rows: Integers) -> Blurred:
        """Some of them."""
        return Blurred(
            self.lon[rows], self.lat[rows], self.uncertainty_m[rows], self.radius_m[rows]
        )


def expect_beyond(lattice: Lattice, sure: Floats, stations: Blurred) -> float:
    """Expected area (m²) that the stations reach in the district beyond what is surely reached.

    Parameters
    ----------
    sure : area surely reached in each cell, m², as :func:`measure_cells` gives it.
    """
    open_land = lattice.land - sure
    is_open = open_land > _CLOSED * lattice.cell_m2
    missed = miss_cells(lattice, stations, is_open)
    return float(np.sum(np.where(is_open, open_land * -np.expm1(missed), 0.0)))


def miss_cells(lattice: Lattice, stations: Blurred, is_open: npt.NDArray[np.bool_]) -> Floats:
    """Logarithm of the chance that no station reaches the part of each cell not surely reached.

    Parameters
    ----------
    is_open : the cells that have such a part; 0 is returned for the others.
    """
    missed = np.zeros(lattice.rows * lattice.columns)
    alike, count = _count_alike(stations)
    samples = np.ceil(
        (lattice.cell_m2**0.5) / (0.75 * np.minimum(alike.uncertainty_m, alike.radius_m))
    )
    samples = np.clip(samples, 1, MAX_SAMPLES).astype(np.int64)
    for side in np.unique(samples):
        chosen = np.flatnonzero(samples == side)
        for pairs in _pair(lattice, alike.take(chosen), is_open):
            loss = _lose(lattice, pairs, int(side)) * count[chosen][pairs.station]
            missed += np.bincount(pairs.cell, weights=loss, minlength=len(missed))
    return missed


def _count_alike(stations: Blurred) -> tuple[Blurred, Floats]:
    """Stations that are known to the same circle, once, and how many they are.

    A township's stations without a coordinate all stand at its centre.
    """
    rows = np.column_stack([stations.lon, stations.lat, stations.uncertainty_m, stations.radius_m])
    rows, count = np.unique(rows, axis=0, return_counts=True)
    return Blurred(*rows.T), count.astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Stations and cells that may have to do with each other, a row each.

    Attributes
    ----------
    station, cell : their numbers.
    column, row : the cell's place in the plane's own lattice.
    x, y : position of the station in the plane, m.
    ground : metres on the ground for one of x there; 1 / ground for one of y.
    radius_m, uncertainty_m : the station's.
    """

    station: Integers
    cell: Integers
    column: Integers
    row: Integers
    x: Floats
    y: Floats
    ground: Floats
    radius_m: Floats
    uncertainty_m: Floats


def _pair(lattice: Lattice, stations: Blurred, is_open: npt.NDArray[np.bool_]) -> Iterator[_Pairs]:
    """Yield stations with the open cells that they may reach, some hundred thousand at a time."""
    x, y = to_plane(stations.lon, stations.lat)
    east, _ = metres_per_degree(stations.lat)
    ground = east / np.radians(6_378_137.0)
    reach = (stations.radius_m + stations.uncertainty_m) * 1.01
    low = np.floor((y - reach * ground) / lattice.high).astype(np.int64) - lattice.row
    high = np.floor((y + reach * ground) / lattice.high).astype(np.int64) - lattice.row
    low = np.maximum(low, 0)
    tall = np.maximum(np.minimum(high, lattice.rows - 1) - low + 1, 0)
    cells_across = 2 * reach / ground / lattice.wide + 2
    for some in _chunks((tall * cells_across).astype(np.int64)):
        station, step = count_up(some, tall[some])
        row = low[station] + step
        left, across = _span(lattice, row, x[station], y[station], ground[station], reach[station])
        line, step = count_up(np.arange(len(row)), across)
        station, row, column = station[line], row[line], left[line] + step
        cell = row * lattice.columns + column
        kept = is_open[cell]
        station, cell, row, column = station[kept], cell[kept], row[kept], column[kept]
        yield _Pairs(
            station, cell, lattice.column + column, lattice.row + row,
            x[station], y[station], ground[station],
            stations.radius_m[station], stations.uncertainty_m[station],
        )  # fmt: skip


def _span(
    lattice: Lattice, row: Integers, x: Floats, y: Floats, ground: Floats, reach: Floats
) -> tuple[Integers, Integers]:
    """First column and number of columns of a row of cells that a circle touches."""
    middle = (lattice.row + row + 0.5) * lattice.high
    away = np.maximum(np.abs(middle - y) - lattice.high / 2, 0) / ground
    half = np.sqrt(np.maximum(reach**2 - away**2, 0)) / ground
    left = np.floor((x - half) / lattice.wide).astype(np.int64) - lattice.column
    right = np.floor((x + half) / lattice.wide).astype(np.int64) - lattice.column
    left = np.maximum(left, 0)
    return left, np.maximum(np.minimum(right, lattice.columns - 1) - left + 1, 0)


def count_up(numbers: Integers, counts: Integers) -> tuple[Integers, Integers]:
    """Each number as often as its count says, and 0, 1, 2 … beside it."""
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(numbers, counts), steps


def _lose(lattice: Lattice, pairs: _Pairs, side: int) -> Floats:
    """Logarithm of the chance that the station misses the cell's part not surely reached.

    Parameters
    ----------
    side : sample points along a side of a cell.
    """
    chance, surely = np.zeros(len(pairs.cell)), np.zeros(len(pairs.cell))
    for step in range(side * side):
        dx = (pairs.column + (step % side + 0.5) / side) * lattice.wide
        dy = (pairs.row + (step // side + 0.5) / side) * lattice.high
        distance = np.hypot((dx - pairs.x) * pairs.ground, (dy - pairs.y) / pairs.ground)
        share = np.zeros(len(distance))
        near = np.flatnonzero(distance < pairs.radius_m + pairs.uncertainty_m)
        share[near] = lens_share(distance[near], pairs.radius_m[near], pairs.uncertainty_m[near])
        chance += share / side**2
        surely += (share >= _SURE) / side**2
    # Of the cell's part that is not surely reached; where no sample is in it, it is next to what
    # is, and as good as reached.
    doubtful = 1 - surely
    gain = np.where(doubtful > 1e-9, (chance - surely) / np.maximum(doubtful, 1e-9), 1.0)
    loss: Floats = np.log1p(-np.clip(gain, 0, _SURE))
    return loss


def _chunks(sizes: Integers, limit: int = 200_000) -> list[Integers]:
    """Rows in groups whose sizes add up to about the limit: what a processor keeps at hand."""
    group = np.cumsum(sizes) // limit
    rows = np.arange(len(sizes))
    return [rows[group == number] for number in np.unique(group)]
