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

from dataclasses import dataclass

import numpy as np

from geomap.coverage.lattice import Integers, Lattice
from geomap.coverage.plane import SEMI_MAJOR_M, Floats, metres_per_degree, to_plane

#: Up to here a place is as good as exact for a share: the band is thinner than a cell.
SHARP_M = 150.0
#: At most so many sample points a side within a cell, for uncertainties smaller than it.
MAX_SAMPLES = 5
_SURE = 1 - 1e-12
#: Nearer than this is in the middle.
_NEAR_M = 1e-9
#: Less of a cell than this is what differences of sums leave behind.
_CLOSED = 1e-9


def lens_share(distance_m: Floats, radius_m: Floats, uncertainty_m: Floats) -> Floats:
    """Share of a disk of ``uncertainty_m`` that lies within ``radius_m`` of a point.

    Parameters
    ----------
    distance_m : from the point to the disk's centre; the three have shapes that go together.
    """
    d, r, u = np.maximum(distance_m, _NEAR_M), np.asarray(radius_m), np.asarray(uncertainty_m)
    square = d * d
    # Where one circle lies in the other, or outside, the angles are clipped to a half turn or none.
    angle_r, angle_u = (
        np.arccos(np.clip((square + more) / (2 * of * d), -1, 1))
        for more, of in ((r**2 - u**2, r), (u**2 - r**2, u))
    )
    kite = np.maximum(((r + u) ** 2 - square) * (square - (r - u) ** 2), 0)
    lens = r**2 * angle_r + u**2 * angle_u - np.sqrt(kite) / 2
    return np.asarray(np.clip(lens / (np.pi * u**2), 0, 1))


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
    missed = miss_cells(lattice, stations, np.zeros(len(stations.lon), np.int64), 1)[0]
    return float(np.sum(open_land[is_open] * -np.expm1(missed[is_open])))


def miss_cells(lattice: Lattice, stations: Blurred, group: Integers, groups: int) -> Floats:
    """Logarithm of the chance that no station of a group reaches each cell, (groups, cells).

    It is that of the cell's part that is not surely reached. Of n stations known to one circle
    none reaches a cell with the chance p^n that one does not: each circle is computed once.

    Parameters
    ----------
    group : of each station, from 0 to ``groups`` - 1.
    """
    missed = np.zeros((groups, lattice.rows, lattice.columns))
    places, counts = _count_alike(stations, group, groups)
    x, y = to_plane(places.lon, places.lat)
    ground = metres_per_degree(places.lat)[0] / np.radians(SEMI_MAJOR_M)
    reach = places.radius_m + places.uncertainty_m
    left, right = _span(x, reach / ground, lattice.wide, lattice.column, lattice.columns)
    low, high = _span(y, reach * ground, lattice.high, lattice.row, lattice.rows)
    side = np.ceil(
        lattice.cell_m2**0.5 / (0.75 * np.minimum(places.uncertainty_m, places.radius_m))
    )
    side = np.clip(side, 1, MAX_SAMPLES).astype(np.int64)
    for place in np.flatnonzero((left < right) & (low < high)):
        columns, rows = slice(left[place], right[place]), slice(low[place], high[place])
        east = _sample(lattice.column, columns, side[place]) * lattice.wide - x[place]
        north = _sample(lattice.row, rows, side[place]) * lattice.high - y[place]
        distance = np.sqrt((north / ground[place])[:, None] ** 2 + (east * ground[place]) ** 2)
        share = lens_share(distance, places.radius_m[place], places.uncertainty_m[place])
        loss = _lose(share, int(side[place]))
        for own in np.flatnonzero(counts[:, place]):
            missed[own, rows, columns] += counts[own, place] * loss
    return missed.reshape(groups, -1)


def _count_alike(stations: Blurred, group: Integers, groups: int) -> tuple[Blurred, Floats]:
    """Stations that are known to the same circle, once; how many of each group, (groups, n).

    A township's stations without a coordinate all stand at its centre.
    """
    rows = np.column_stack([stations.lon, stations.lat, stations.uncertainty_m, stations.radius_m])
    rows, alike = np.unique(rows, axis=0, return_inverse=True)
    number = group * len(rows) + alike.ravel()
    counts = np.bincount(number, minlength=groups * len(rows)).astype(np.float64)
    return Blurred(*rows.T), counts.reshape(groups, -1)


def _span(
    middle: Floats, reach: Floats, cell: float, first: int, count: int
) -> tuple[Integers, Integers]:
    """First and last but one column (or row) of cells that circles touch."""
    low, high = (np.floor((middle + way) / cell).astype(np.int64) for way in (-reach, reach))
    return np.maximum(low - first, 0), np.minimum(high + 1 - first, count)


def _sample(first: int, cells: slice, side: int) -> Floats:
    """Middles of the samples along some cells, in cells of the plane's own lattice."""
    return first + np.arange(cells.start * side + 0.5, cells.stop * side) / side


def _lose(share: Floats, side: int) -> Floats:
    """Logarithm of the chance that a station misses each cell's part not surely reached.

    Parameters
    ----------
    share : chance to reach each sample.
    side : samples along a side of a cell.
    """
    if side > 1:
        cells = (share.shape[0] // side, side, share.shape[1] // side, side)
        chance = share.reshape(cells).mean(axis=(1, 3))
        surely = (share >= _SURE).reshape(cells).mean(axis=(1, 3))
        # Of the cell's part that is not surely reached; where no sample is in it, it is next to
        # what is, and as good as reached.
        doubtful = 1 - surely
        share = np.where(doubtful > 1e-9, (chance - surely) / np.maximum(doubtful, 1e-9), 1.0)
    return np.asarray(np.log1p(-np.clip(share, 0, _SURE)))
