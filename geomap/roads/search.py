"""How many metres are left at every junction: one pass for all stations, or one row a station."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geomap.roads.contract import Edges
from geomap.roads.snap import Attachment
from geomap.roads.streets import Floats, Integers

if TYPE_CHECKING:
    from geomap.roads.network import Network

#: A foot this close to the end of its street stands on the junction itself.
AT_JUNCTION_M = 1e-6
#: Dense rows of a batch of single searches stay below this many numbers (32 MB).
_BATCH_NUMBERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Arcs:
    """First steps away from the stations, against the traffic: the virtual rows' entries.

    ``station`` numbers the attachment's entries, ``junction`` is reached after ``metres``.
    """

    station: Integers
    junction: Integers
    metres: Floats


def find_arcs(edges: Edges, attachment: Attachment) -> Arcs:
    """Return from which junctions each attached point is reached along its own street.

    On a one-way street only from its beginning, unless the foot stands on the junction itself.
    """
    station = np.flatnonzero(attachment.is_on_network)
    edge, offset = attachment.edge[station], attachment.offset_m[station]
    rest = edges.length_m[edge] - offset
    from_tail = edges.forward[edge] | (offset <= AT_JUNCTION_M)
    from_head = edges.backward[edge] | (rest <= AT_JUNCTION_M)
    return Arcs(
        station=np.concatenate([station[from_tail], station[from_head]]),
        junction=np.concatenate([edges.tail[edge[from_tail]], edges.head[edge[from_head]]]),
        metres=np.concatenate([offset[from_tail], np.maximum(rest[from_head], 0.0)]),
    )


def remaining_union(network: Network, attachment: Attachment, budget_m: Floats) -> Floats:
    """Return the most metres any station's budget still has at each junction, -inf beyond.

    One search whatever the number of stations: a source before all of them starts each with the
    handicap of what its budget lacks to the largest one.

    Parameters
    ----------
    network : the streets.
    attachment : the stations, (n,).
    budget_m : metres of road each station may be away, (n,); those not above 0 reach nothing.
    """
    arcs = find_arcs(network.edges, attachment)
    usable = budget_m[arcs.station] > 0
    nothing = np.full(network.junction_count, -np.inf)
    if not usable.any():
        return nothing
    most = float(budget_m[arcs.station[usable]].max())
    start_m = (most - budget_m[arcs.station] + arcs.metres)[usable]
    graph = _prepend_source(network.towards, arcs.junction[usable], start_m)
    reached_m = dijkstra(graph, indices=network.junction_count, limit=most)
    return most - np.asarray(reached_m[: network.junction_count], dtype=np.float64)


def nearest_station(
    network: Network, attachment: Attachment, limit_m: float = np.inf
) -> tuple[Floats, Integers]:
    """Return metres to the nearest station and its number, for every junction (inf, -1 beyond)."""
    arcs = find_arcs(network.edges, attachment)
    count = network.junction_count
    if not len(arcs.station):
        return np.full(count, np.inf), np.full(count, -1, dtype=np.int64)
    graph = _prepend_source(network.towards, arcs.junction, arcs.metres)
    reached_m, before = dijkstra(graph, indices=count, limit=limit_m, return_predecessors=True)
    owner = np.full(count + 1, -1, dtype=np.int64)
    order = np.lexsort((arcs.station, arcs.metres, arcs.junction))[::-1]
    owner[arcs.junction[order]] = arcs.station[order]
    station = owner[_first_steps(before, count)]
    return np.asarray(reached_m[:count]), station[:count]


def _first_steps(before: Integers, source: int) -> Integers:
    """Return for each node the first node of its path, by doubling jumps; the source elsewhere."""
    step = np.where(before < 0, source, before).astype(np.int64)
    is_first = step == source
    step[is_first] = np.flatnonzero(is_first)
    step[before < 0] = source
    while True:
        further = step[step]
        if np.array_equal(further, step):
            return step
        step = further


def _prepend_source(graph: csr_array, junction: Integers, metres: Floats) -> csr_array:
    """Return the graph with one more node (the last) that leads to these junctions."""
    order = np.lexsort((metres, junction))
    junction, metres = junction[order], metres[order]
    first = np.r_[True, junction[1:] != junction[:-1]]
    return _append_rows(graph, [junction[first]], [metres[first]])


def _append_rows(graph: csr_array, junctions: list[Integers], metres: list[Floats]) -> csr_array:
    count = graph.shape[0] + len(junctions)
    sizes = np.cumsum([len(row) for row in junctions]) + graph.nnz
    return csr_array(
        (
            np.concatenate([graph.data, *metres]),
            np.concatenate([graph.indices, *junctions], dtype=np.int32, casting="same_kind"),
            np.concatenate([graph.indptr, sizes], dtype=np.int32, casting="same_kind"),
        ),
        shape=(count, count),
    )


def remaining_each(
    network: Network, attachment: Attachment, budget_m: Floats
) -> Iterator[tuple[int, Floats]]:
    """Yield each attached station's number and the metres left at every junction (-inf beyond).

    Stations are searched a batch at a time by exact rows of their own; a large network is cut to
    what the batch can reach (no road is shorter than the straight line).
    """
    arcs = find_arcs(network.edges, attachment)
    stations = np.unique(arcs.station[budget_m[arcs.station] > 0])
    batch = max(1, _BATCH_NUMBERS // max(network.junction_count, 1))
    for begin in range(0, len(stations), batch):
        chosen = stations[begin : begin + batch]
        yield from _search_batch(network, arcs, chosen, budget_m)


def _search_batch(
    network: Network, arcs: Arcs, chosen: Integers, budget_m: Floats
) -> Iterator[tuple[int, Floats]]:
    order = np.argsort(arcs.station, kind="stable")
    station = arcs.station[order]
    low = np.searchsorted(station, chosen, side="left")
    high = np.searchsorted(station, chosen, side="right")
    spans = [order[a:b] for a, b in zip(low, high, strict=True)]
    graph = _append_rows(
        network.towards,
        [arcs.junction[span] for span in spans],
        [arcs.metres[span] for span in spans],
    )
    count = network.junction_count
    rows = count + np.arange(len(chosen))
    metres = dijkstra(graph, indices=rows, limit=float(budget_m[chosen].max()))
    for number, row in zip(chosen, metres, strict=True):
        remaining = budget_m[number] - row[:count]
        remaining[remaining < 0] = -np.inf
        yield int(number), remaining
