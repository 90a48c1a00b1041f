"""Between what and what the reached land of a district lies, nine times of ten.

A certain station and a possible one at the rim of its uncertainty are extremes: a station known to
its town stands somewhere, once. So every station is put somewhere in its uncertainty, all at once,
again and again, and what is reached then lies between the least and the most. The places are drawn
with a fixed seed from the district's own stations in their order: the same tables give the same
numbers.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.spatial import KDTree

from geomap.coverage.expected import Blurred
from geomap.coverage.lattice import Integers, Lattice
from geomap.coverage.nearby import to_globe
from geomap.coverage.plane import SEMI_MAJOR_M, Floats, metres_per_degree, to_plane
from geomap.coverage.stations import Booleans

#: Draws: between the least and the most of so many lie 39 of 41 others.
_DRAWS = 40


def likely_area(lattice: Lattice, sure: Floats, stations: Blurred) -> Floats:
    """Return the low and high area (m²) likely reached beyond what surely is, (2,).

    Parameters
    ----------
    sure : area surely reached in each cell, m².
    """
    open_land = np.maximum(lattice.land - sure, 0.0).reshape(lattice.rows, lattice.columns)
    areas = _measure_draws(lattice, open_land, *_draw(stations))
    # Of circles that never meet the area is known, but to what cells of this size can tell.
    blur = 1.5 * lattice.cell_m2**0.75 * float(stations.radius_m.max()) ** 0.5
    low, high = _spread(areas[:, None])[:, 0]
    return np.array([low - blur, high + blur])


def _measure_draws(lattice: Lattice, open_land: Floats, places: Blurred, draw: Integers) -> Floats:
    """Return the open land in each draw's circles: row by row from where to where they reach."""
    x, y = to_plane(places.lon, places.lat)
    ground = metres_per_degree(places.lat)[0] / np.radians(SEMI_MAJOR_M)
    first = np.floor((y - places.radius_m * ground) / lattice.high).astype(np.int64) - lattice.row
    tall = np.ceil(2 * places.radius_m * ground / lattice.high).astype(np.int64) + 1
    low, high = np.maximum(first, 0), np.minimum(first + tall, lattice.rows)
    place, step = _count_up(np.arange(len(x)), np.maximum(high - low, 0))
    row, x, ground = low[place] + step, x[place], ground[place]
    away = ((lattice.row + row + 0.5) * lattice.high - y[place]) / ground
    half = np.sqrt(np.maximum(places.radius_m[place] ** 2 - away**2, 0)) / ground
    left = np.ceil((x - half) / lattice.wide - 0.5).astype(np.int64) - lattice.column
    right = np.floor((x + half) / lattice.wide - 0.5).astype(np.int64) + 1 - lattice.column
    left, right = (np.clip(side, 0, lattice.columns) for side in (left, right))
    kept = right > left
    # Where circles overlap the land counts once: in one long line of all draws' rows each interval
    # adds what lies beyond the furthest of those before it.
    number, wide = draw[place[kept]], lattice.columns + 1
    line = (number * lattice.rows + row[kept]) * wide
    start, end = line + left[kept], line + right[kept]
    order = np.argsort(start, kind="stable")
    start, end, number = start[order], end[order], number[order]
    furthest = np.maximum.accumulate(end)
    begin = np.maximum(start, np.append(0, furthest[:-1]))
    until = np.zeros((lattice.rows, wide))
    np.cumsum(open_land, axis=1, out=until[:, 1:])
    of_draw = number * lattice.rows * wide
    land = until.ravel()[end - of_draw] - until.ravel()[np.minimum(begin, end) - of_draw]
    return np.bincount(number, weights=land, minlength=_DRAWS).astype(np.float64)


def likely_weight(
    stations: Blurred, lon: Floats, lat: Floats, is_open: Booleans,
    add_up: Callable[[Booleans], Floats],
) -> Floats:  # fmt: skip
    """Return the low and high sums likely reached of points beyond those surely reached, (2, n).

    Parameters
    ----------
    lon, lat : degrees of the points.
    is_open : the points that are not surely reached.
    add_up : sums of some of the points, n of them.
    """
    reached = np.zeros(len(lon), dtype=bool)
    rows = np.flatnonzero(is_open)
    if not len(rows) or not len(stations.lon):
        return _spread(add_up(reached)[None])
    places, draw = _draw(stations)
    tree = KDTree(to_globe(lon[rows], lat[rows]))
    sums = []
    for number in range(_DRAWS):
        own = places.take(np.flatnonzero(draw == number))
        reached[:] = False
        for near in tree.query_ball_point(to_globe(own.lon, own.lat), own.radius_m):
            reached[rows[near]] = True
        sums.append(add_up(reached))
    return _spread(np.array(sums))


def _draw(stations: Blurred) -> tuple[Blurred, Integers]:
    """Return the stations somewhere in their uncertainty, again and again; the draw of each."""
    count = len(stations.lon)
    chance = np.random.default_rng(20)
    station = np.tile(np.arange(count), _DRAWS)
    away = stations.uncertainty_m[station] * np.sqrt(chance.random(len(station)))
    turn = 2 * np.pi * chance.random(len(station))
    east, north = metres_per_degree(stations.lat[station])
    lon = stations.lon[station] + away * np.cos(turn) / east
    lat = stations.lat[station] + away * np.sin(turn) / north
    places = Blurred(lon, lat, np.zeros(len(station)), stations.radius_m[station])
    return places, np.repeat(np.arange(_DRAWS), count)


def _spread(sums: Floats) -> Floats:
    return np.array([sums.min(axis=0), sums.max(axis=0)])


def _count_up(numbers: Integers, counts: Integers) -> tuple[Integers, Integers]:
    """Each number as often as its count says, and 0, 1, 2 … beside it."""
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(numbers, counts), steps
