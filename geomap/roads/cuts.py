"""Which stretch of which street is reached: edges cut exactly at the metres that are left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geomap.roads.contract import Edges
from geomap.roads.snap import Attachment
from geomap.roads.streets import Floats, Integers


@dataclass(frozen=True, slots=True)
class Stretches:
    """Reached stretches: from ``low_m`` to ``high_m``, metres from the tail of ``edge``.

    A street may hold several, overlapping or not.
    """

    edge: Integers
    low_m: Floats
    high_m: Floats


def cut_edges(
    edges: Edges, remaining_m: Floats, attachment: Attachment, budget_m: Floats
) -> Stretches:
    """Return every reached stretch.

    Parameters
    ----------
    edges : the streets.
    remaining_m : metres left at each junction, negative or -inf where it is not reached.
    attachment : the stations that count, (n,); their own streets are reached directly.
    budget_m : metres each of them may be away, (n,).
    """
    parts = [
        _from_tails(edges, remaining_m),
        _from_heads(edges, remaining_m),
        *_own_streets(edges, attachment, budget_m),
    ]
    return Stretches(
        edge=np.concatenate([part.edge for part in parts]),
        low_m=np.concatenate([part.low_m for part in parts]),
        high_m=np.concatenate([part.high_m for part in parts]),
    )


def _from_tails(edges: Edges, remaining_m: Floats) -> Stretches:
    """Ride back to the tail, then on to the station."""
    left = remaining_m[edges.tail]
    edge = np.flatnonzero(edges.backward & (left >= 0))
    high = np.minimum(left[edge], edges.length_m[edge])
    return Stretches(edge, np.zeros(len(edge)), high)


def _from_heads(edges: Edges, remaining_m: Floats) -> Stretches:
    left = remaining_m[edges.head]
    edge = np.flatnonzero(edges.forward & (left >= 0))
    length = edges.length_m[edge]
    return Stretches(edge, np.maximum(length - left[edge], 0.0), length)


def _own_streets(
    edges: Edges, attachment: Attachment, budget_m: Floats
) -> tuple[Stretches, Stretches]:
    here = np.flatnonzero(attachment.is_on_network & (budget_m > 0))
    edge, offset, budget = attachment.edge[here], attachment.offset_m[here], budget_m[here]
    ahead, behind = edges.backward[edge], edges.forward[edge]
    reach = np.minimum(offset + budget, edges.length_m[edge])
    return (
        Stretches(edge[behind], np.maximum(offset - budget, 0.0)[behind], offset[behind]),
        Stretches(edge[ahead], offset[ahead], reach[ahead]),
    )
