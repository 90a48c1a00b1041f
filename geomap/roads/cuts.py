"""Which stretch of which street is reached: edges cut exactly at the metres that are left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geomap.roads.contract import Edges
from geomap.roads.snap import Attachment
from geomap.roads.streets import Booleans, Floats, Integers


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
    is_reached = remaining_m >= 0
    near = np.flatnonzero(is_reached[edges.tail] | is_reached[edges.head])
    length = edges.length_m[near]
    # Ride back to the tail, or on to the head, and from there to the station.
    high = np.where(edges.backward[near], remaining_m[edges.tail[near]], -1.0)
    low = length - np.where(edges.forward[near], remaining_m[edges.head[near]], -1.0)
    full = (low <= 0) | (high >= length) | ((high >= 0) & (low <= high))
    from_tail, from_head = (high >= 0) & ~full, (low <= length) & ~full
    whole = np.zeros(len(edges.tail), dtype=bool)
    whole[near[full]] = True
    parts = [
        (near[full], np.zeros(int(full.sum())), length[full]),
        (near[from_tail], np.zeros(int(from_tail.sum())), high[from_tail]),
        (near[from_head], low[from_head], length[from_head]),
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
    base = edges.place_m
    begin, end = base[edge] + low_m, base[edge] + high_m
    order = np.argsort(begin, kind="stable")
    begin, end, edge = begin[order], np.maximum.accumulate(end[order]), edge[order]
    first = np.ones(len(edge), dtype=bool)
    first[1:] = begin[1:] > end[:-1]
    last = np.flatnonzero(np.append(first[1:], True)) if len(edge) else np.flatnonzero(first)
    edge, begin, end = edge[first], begin[first], end[last]
    low, high = begin - base[edge], end - base[edge]
    return Stretches(edge, low, high, (low <= 0) & (high >= edges.length_m[edge] - 1e-6))
