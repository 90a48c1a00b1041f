"""Junctions and the streets between them: vertices where nothing can be decided are taken out.

1. A vertex is *passed through* when exactly two pieces meet there with the same rights of way
   and the same class.
2. Pieces linked by such vertices are one chain (connected components); a chain without an end is
   a ring and keeps its lowest vertex as a junction.
3. Inside a chain the pieces are numbered from one end (hops of a breadth-first search), all
   chains at once.
4. Every chain becomes one edge with its vertices, its running length and its rights of way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from geomap.roads.segments import Segments
from geomap.roads.streets import Booleans, Floats, Integers

#: Between two streets laid end to end: more than any stretch is widened.
PLACE_GAP_M = 100.0


@dataclass(frozen=True)
class Edges:
    """Streets between junctions.

    Attributes
    ----------
    junction_lon, junction_lat : WGS-84 degrees, one per junction.
    tail, head : junction numbers, (edges,).
    forward, backward : whether tail → head and head → tail may be travelled.
    afoot : whether one may walk along it, pushing, both ways.
    rank : highway class, index in `rules.CLASSES`.
    length_m : geodesic, (edges,).
    starts : where the vertices of each edge begin, (edges + 1,).
    lon, lat : vertices of all edges, tail to head, WGS-84 degrees.
    along_m : geodesic metres from the tail, one per vertex.
    storey : which of several nodes on one spot, one per vertex (`Streets.storey`).
    """

    junction_lon: Floats
    junction_lat: Floats
    tail: Integers
    head: Integers
    forward: Booleans
    backward: Booleans
    afoot: Booleans
    rank: NDArray[np.uint8]
    length_m: Floats
    starts: Integers
    lon: Floats
    lat: Floats
    along_m: Floats
    storey: NDArray[np.uint8]

    @cached_property
    def place_m(self) -> Floats:
        """Where each street begins when all lie end to end, `PLACE_GAP_M` apart, metres."""
        ends = np.cumsum(self.length_m + PLACE_GAP_M)
        return np.asarray(ends - self.length_m - PLACE_GAP_M, dtype=np.float64)


def contract(segments: Segments) -> Edges:
    """Return the edges between junctions; every length is the sum of its pieces, none is lost."""
    first, second = _find_passed(segments)
    chain, first, second = _open_rings(segments, first, second)
    hops = _count_hops(len(segments.tail), chain, first, second)
    order = np.lexsort((hops, chain))
    return _build_edges(segments, order, chain[order], _passed_mask(segments, first, second))


def _find_passed(segments: Segments) -> tuple[Integers, Integers]:
    """Return the two pieces of every vertex that is passed through, as two parallel arrays."""
    count = len(segments.tail)
    ends = np.concatenate([segments.tail, segments.head])
    order = np.argsort(ends, kind="stable")
    degree = np.bincount(ends, minlength=len(segments.lon))
    begin = np.cumsum(degree) - degree
    twos = np.flatnonzero(degree == 2)
    first, second = order[begin[twos]] % count, order[begin[twos] + 1] % count
    keep = _is_same_way(segments, twos, first, second)
    return first[keep], second[keep]


def _is_same_way(
    segments: Segments, vertex: Integers, first: Integers, second: Integers
) -> Booleans:
    """Whether what may arrive by one piece may leave by the other, in both directions."""
    in_first = np.where(segments.head[first] == vertex, segments.up[first], segments.down[first])
    out_first = np.where(segments.head[first] == vertex, segments.down[first], segments.up[first])
    leaves = segments.tail[second] == vertex
    out_second = np.where(leaves, segments.up[second], segments.down[second])
    in_second = np.where(leaves, segments.down[second], segments.up[second])
    same = (segments.rank[first] == segments.rank[second]) & (
        segments.afoot[first] == segments.afoot[second]
    )
    return np.asarray((in_first == out_second) & (out_first == in_second) & same)


def _label_chains(count: int, first: Integers, second: Integers) -> Integers:
    links = coo_array((np.ones(len(first), np.int8), (first, second)), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _open_rings(
    segments: Segments, first: Integers, second: Integers
) -> tuple[Integers, Integers, Integers]:
    """Cut every ring at its lowest vertex; return chain numbers and the links that are left."""
    count = len(segments.tail)
    chain = _label_chains(count, first, second)
    links_of = np.bincount(chain[first], minlength=count)
    is_ring = links_of >= np.maximum(np.bincount(chain, minlength=count), 1)
    shared = _shared_vertex(segments, first, second)
    candidates = np.flatnonzero(is_ring[chain[first]])
    order = candidates[np.lexsort((shared[candidates], chain[first[candidates]]))]
    cut = order[np.r_[True, np.diff(chain[first[order]]) != 0]] if len(order) else order
    keep = np.ones(len(first), dtype=bool)
    keep[cut] = False
    return chain, first[keep], second[keep]


def _shared_vertex(segments: Segments, first: Integers, second: Integers) -> Integers:
    tail_shared = (segments.tail[first] == segments.tail[second]) | (
        segments.tail[first] == segments.head[second]
    )
    return np.where(tail_shared, segments.tail[first], segments.head[first])


def _passed_mask(segments: Segments, first: Integers, second: Integers) -> Booleans:
    passed = np.zeros(len(segments.lon), dtype=bool)
    passed[_shared_vertex(segments, first, second)] = True
    return passed


def _count_hops(count: int, chain: Integers, first: Integers, second: Integers) -> Integers:
    """Return each piece's number in its chain, counted from the end with the lower piece number."""
    links = np.bincount(np.concatenate([first, second]), minlength=count)
    ends = np.flatnonzero(links < 2)
    _, lowest = np.unique(chain[ends], return_index=True)
    ones = np.ones(len(first))
    neighbours = csr_array(coo_array((ones, (first, second)), shape=(count, count)))
    hops = dijkstra(
        neighbours, directed=False, indices=ends[lowest], unweighted=True, min_only=True
    )
    return np.asarray(hops, dtype=np.float64).astype(np.int64)


def _build_edges(segments: Segments, order: Integers, chain: Integers, passed: Booleans) -> Edges:
    """Lay the ordered pieces end to end; the next vertex is tail XOR head XOR the last one."""
    is_first = np.r_[True, chain[1:] != chain[:-1]] if len(chain) else np.zeros(0, bool)
    begin = np.flatnonzero(is_first)
    pieces = np.diff(np.r_[begin, len(chain)])
    origin = _first_vertices(segments, order, begin, passed)
    path = _walk(segments, order, begin, pieces, origin)
    starts = np.r_[0, np.cumsum(pieces + 1)].astype(np.int64)
    along_m = _add_up(segments.length_m[order], begin, pieces, starts)
    leading = order[begin]
    upward = segments.tail[leading] == origin
    junctions, number = np.unique(
        np.concatenate([origin, path[starts[1:] - 1]]), return_inverse=True
    )
    return Edges(
        junction_lon=segments.lon[junctions],
        junction_lat=segments.lat[junctions],
        tail=number[: len(begin)].astype(np.int64),
        head=number[len(begin) :].astype(np.int64),
        forward=np.where(upward, segments.up[leading], segments.down[leading]),
        backward=np.where(upward, segments.down[leading], segments.up[leading]),
        afoot=segments.afoot[leading],
        rank=segments.rank[leading],
        length_m=along_m[starts[1:] - 1],
        starts=starts,
        lon=segments.lon[path],
        lat=segments.lat[path],
        along_m=along_m,
        storey=segments.storey[path],
    )


def _first_vertices(
    segments: Segments, order: Integers, begin: Integers, passed: Booleans
) -> Integers:
    """Return where each chain starts: the end of its first piece that is not passed through."""
    leading = order[begin]
    tail, head = segments.tail[leading], segments.head[leading]
    return np.where(passed[tail], head, tail)


def _walk(
    segments: Segments, order: Integers, begin: Integers, pieces: Integers, origin: Integers
) -> Integers:
    both = np.bitwise_xor(segments.tail[order], segments.head[order])
    running = np.bitwise_xor.accumulate(both) if len(both) else both
    before = np.where(begin > 0, running[begin - 1], 0) if len(begin) else begin
    reached = running ^ np.repeat(before ^ origin, pieces)
    return np.insert(reached, begin, origin)


def _add_up(length_m: Floats, begin: Integers, pieces: Integers, starts: Integers) -> Floats:
    """Return metres from the start of the edge at every vertex, summed edge by edge.

    The sum runs over all edges and the start is taken off again; to keep 1e-6 m on a network of
    a million kilometres the running sum is in extended precision.
    """
    running = np.cumsum(length_m, dtype=np.longdouble)
    before = np.where(begin > 0, running[begin - 1], 0) if len(begin) else running[:0]
    running -= np.repeat(before, pieces)
    along = np.zeros(int(starts[-1]))
    inner = np.ones(len(along), dtype=bool)
    inner[starts[:-1]] = False
    along[inner] = running
    return along
