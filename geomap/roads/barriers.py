"""Gates and walls across a street: the street ends on both sides of them."""

from __future__ import annotations

import numpy as np

from geomap.roads.streets import GRID, Booleans, Floats, Integers

#: A street ends this far before a barrier, in each direction: the file's own finest step, 1 cm.
_STEP = 1 / GRID


def cut_at_barriers(
    lon: Floats, lat: Floats, starts: Integers, closed: Booleans
) -> tuple[Integers, Integers, Floats, Floats, Integers]:
    """Return lines that end before the vertices nobody may pass.

    Every line that meets a closed vertex ends one step (1e-7 degree) before it, so that nothing
    is joined there, in this file or with another one.

    Parameters
    ----------
    lon, lat : vertices of all lines, WGS-84 degrees.
    starts : where each line begins in them, with the total at the end.
    closed : which vertices are barriers.

    Returns
    -------
    vertex, line : the old number of each new vertex, and of each new line.
    lon, lat, starts : the new lines.
    """
    begins = np.zeros(len(lon), dtype=bool)
    begins[starts[:-1]] = True
    ends = np.zeros(len(lon), dtype=bool)
    ends[starts[1:] - 1] = True
    vertex = np.repeat(np.arange(len(lon)), 1 + (closed & ~begins & ~ends))
    again = np.r_[False, vertex[1:] == vertex[:-1]]
    first = np.flatnonzero(begins[vertex] | again)
    starts = np.r_[first, len(vertex)].astype(np.int64)
    line = np.cumsum(begins)[vertex[first]] - 1
    new_lon, new_lat = lon[vertex].copy(), lat[vertex].copy()
    for end, inward in ((starts[:-1], 1), (starts[1:] - 1, -1)):
        at = end[closed[vertex[end]]]
        for values, old in ((new_lon, lon[vertex]), (new_lat, lat[vertex])):
            values[at] += _STEP * np.sign(np.round((old[at + inward] - old[at]) * GRID))
    return vertex, line, new_lon, new_lat, starts
