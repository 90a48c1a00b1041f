"""Straight pieces between neighbouring vertices, each place and each piece once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from geomap.roads.streets import Booleans, Floats, Integers, Streets, place_key

GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Segments:
    """Undirected pieces ``tail``-``head`` (vertex numbers, tail < head) and who may pass them.

    ``length_m`` is geodesic on WGS-84. ``up`` allows tail → head, ``down`` head → tail. Two rows
    of one street, drawn once in each direction, have become one piece here. ``afoot`` allows
    walking, both ways. ``lon``, ``lat`` (degrees) and ``storey`` are by vertex.
    """

    lon: Floats
    lat: Floats
    storey: NDArray[np.uint8]
    tail: Integers
    head: Integers
    up: Booleans
    down: Booleans
    afoot: Booleans
    rank: NDArray[np.uint8]
    length_m: Floats


def cut_segments(streets: Streets, on_foot: bool = False) -> Segments:
    """Return the pieces of all lines that may be ridden; vertices in the order of their place.

    With ``on_foot`` also of those that are only walked.

    The order of the lines in the file leaves no trace: vertices are numbered west to east, south
    to north, pieces by their vertices.
    """
    vertex, first = _number_vertices(streets)
    line = np.repeat(np.arange(streets.line_count, dtype=np.int32), np.diff(streets.starts))
    usable = streets.forward | streets.backward | (streets.afoot & on_foot)
    keep = (line[1:] == line[:-1]) & usable[line[1:]] & (vertex[1:] != vertex[:-1])
    ends, line = np.stack([vertex[:-1][keep], vertex[1:][keep]]), line[1:][keep]
    del vertex  # of a province each of these is a hundred megabytes
    return _merge_pieces(streets, first, ends, line)


def _number_vertices(streets: Streets) -> tuple[NDArray[np.int32], Integers]:
    """Return the number of each vertex, and where each number first stands."""
    key = place_key(streets.lon, streets.lat)
    if not streets.storey.any():
        _, first, vertex = np.unique(key, return_index=True, return_inverse=True)
    else:
        pairs = np.rec.fromarrays([key, streets.storey])
        _, first, vertex = np.unique(pairs, return_index=True, return_inverse=True)
    return vertex.astype(np.int32), first


def _merge_pieces(
    streets: Streets, first: Integers, ends: NDArray[np.int32], line: NDArray[np.int32]
) -> Segments:
    lon, lat = streets.lon[first], streets.lat[first]
    swapped = ends[0] > ends[1]
    up = np.where(swapped, streets.backward[line], streets.forward[line])
    down = np.where(swapped, streets.forward[line], streets.backward[line])
    ends.sort(axis=0)
    order = np.lexsort((ends[1], ends[0]))
    tail, head = ends[:, order]
    groups = np.flatnonzero(np.r_[True, (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])])
    if not len(order):
        groups = groups[:0]
    tail, head = tail[groups].astype(np.int64), head[groups].astype(np.int64)
    _, _, length_m = GEOD.inv(lon[tail], lat[tail], lon[head], lat[head])
    return Segments(
        lon=lon,
        lat=lat,
        storey=streets.storey[first],
        tail=tail,
        head=head,
        up=_any_of(up[order], groups),
        down=_any_of(down[order], groups),
        afoot=_any_of(streets.afoot[line][order], groups),
        rank=_least_of(streets.rank[line][order], groups),
        length_m=np.asarray(length_m, dtype=np.float64),
    )


def _any_of(flags: Booleans, groups: Integers) -> Booleans:
    return np.logical_or.reduceat(flags, groups) if len(groups) else flags[:0]


def _least_of(ranks: NDArray[np.uint8], groups: Integers) -> NDArray[np.uint8]:
    return np.minimum.reduceat(ranks, groups) if len(groups) else ranks[:0]
