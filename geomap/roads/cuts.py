"""Which stretch of which street is reached: edges cut exactly at the metres that are left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geomap.roads.contract import Edges
from geomap.roads.snap import Attachment
from geomap.roads.streets import Booleans, Floats, Integers

#: Between two streets laid end to end: more than any stretch is widened.
PLACE_GAP_M = 100.0


@dataclass(frozen=True, slots=True)
class Stretches:
    """Reached stretches: from ``low_m`` to ``high_m``, metres from the tail of ``edge``.

    Sorted by street and metres; those of one street do not touch. ``whole`` marks streets reached
    from end to end.
    """

    edge: Integers
    low_m: Floats
    high_m: Floats
    whole: Booleans


def cut_edges(
    edges: Edges, remaining_m: Floats, attachment: Attachment, budget_m: Floats
) -> Stretches:
    """Return every reached stretch; a street reached from end to end is one stretch.

    Parameters
    ----------
    edges : the streets.
    remaining_m : metres left at each junction, negative or -inf where it is not reached.
    attachment : the stations that count, (n,); their own streets are reached directly.
    budget_m : metres each of them may be away, (n,).
    """
    # Ride back to the tail, or on to the head, and from there to the station.
    high = np.where(edges.backward, remaining_m[edges.tail], -1.0)
    low = edges.length_m - np.where(edges.forward, remaining_m[edges.head], -1.0)
    whole = (low <= 0) | (high >= edges.length_m) | ((high >= 0) & (low <= high))
    from_tail = np.flatnonzero((high >= 0) & ~whole)
    from_head = np.flatnonzero((low <= edges.length_m) & ~whole)
    full = np.flatnonzero(whole)
    parts = [
        (full, np.zeros(len(full)), edges.length_m[full]),
        (from_tail, np.zeros(len(from_tail)), high[from_tail]),
        (from_head, low[from_head], edges.length_m[from_head]),
        *_own_streets(edges, attachment, budget_m, whole),
    ]
    edge, low_m, high_m = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return _merge(edges, edge, low_m, high_m)


_Part = tuple[Integers, Floats, Floats]


def _own_streets(
    edges: Edges, attachment: Attachment, budget_m: Floats, whole: Booleans
) -> tuple[_Part, _Part]:
    here = np.flatnonzero(attachment.is_on_network & (budget_m > 0))
    here = here[~whole[attachment.edge[here]]]
    edge, offset, budget = attachment.edge[here], attachment.offset_m[here], budget_m[here]
    ahead, behind = edges.backward[edge], edges.forward[edge]
    reach = np.minimum(offset + budget, edges.length_m[edge])
    return (
        (edge[behind], np.maximum(offset - budget, 0.0)[behind], offset[behind]),
        (edge[ahead], offset[ahead], reach[ahead]),
    )


def _merge(edges: Edges, edge: Integers, low_m: Floats, high_m: Floats) -> Stretches:
    """Join what overlaps, all streets at once: laid end to end with gaps they are one line."""
    base = edge_places(edges)
    begin, end = base[edge] + low_m, base[edge] + high_m
    order = np.argsort(begin, kind="stable")
    begin, end, edge = begin[order], np.maximum.accumulate(end[order]), edge[order]
    first = np.ones(len(edge), dtype=bool)
    first[1:] = begin[1:] > end[:-1]
    last = np.flatnonzero(np.append(first[1:], True)) if len(edge) else np.flatnonzero(first)
    edge, begin, end = edge[first], begin[first], end[last]
    low, high = begin - base[edge], end - base[edge]
    return Stretches(edge, low, high, (low <= 0) & (high >= edges.length_m[edge] - 1e-6))


def edge_places(edges: Edges) -> Floats:
    """Return where each street begins when all lie end to end, `PLACE_GAP_M` between them."""
    ends = np.cumsum(edges.length_m + PLACE_GAP_M)
    return np.asarray(ends - edges.length_m - PLACE_GAP_M, dtype=np.float64)
