"""Gates and walls across a street: the street ends on both sides of them."""

from __future__ import annotations

import numpy as np

from geomap.roads.streets import GRID, Booleans, Floats, Integers

#: A street ends this far before a barrier, in each direction: the file's own finest step, 1 cm.
_STEP = 1 / GRID


def find_stopped(
    barrier: Booleans, node_id: Integers, importance: Integers, starts: Integers
) -> Booleans:
    """Return at which vertices a line has to stop.

    A gate across a driveway is often drawn on the very junction with the street: of streets that
    differ in class, the widest at a barrier is taken to pass by it, and the others end.

    Parameters
    ----------
    barrier : which vertices lie on a barrier.
    node_id : the file's own number of each vertex.
    importance : of each line, lowest is widest.
    starts : where each line begins in the vertices, with the total at the end.
    """
    at = np.flatnonzero(barrier)
    own = importance[np.searchsorted(starts, at, side="right") - 1]
    _, place = np.unique(node_id[at], return_inverse=True)
    widest = np.full(place.max(initial=-1) + 1, np.iinfo(np.int64).max)
    narrowest = np.full(len(widest), -1, dtype=np.int64)
    np.minimum.at(widest, place, own)
    np.maximum.at(narrowest, place, own)
    stopped = barrier.copy()
    stopped[at] = (own > widest[place]) | (widest == narrowest)[place]
    return stopped


def cut_at_barriers(
    lon: Floats, lat: Floats, starts: Integers, closed: Booleans
) -> tuple[Integers, Integers, Floats, Floats, Integers]:
    """Return lines that end before the vertices nobody may pass.

    A line that meets a closed vertex ends one step (1e-7 degree) before it, so that nothing
    is joined there, in this file or with another one.

    Parameters
    ----------
    lon, lat : vertices of all lines, WGS-84 degrees.
    starts : where each line begins in them, with the total at the end.
    closed : at which vertices its line stops.

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
