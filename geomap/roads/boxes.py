"""Which pieces of street come near the chosen squares of a coarse grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from geomap.roads.streets import Booleans, Floats, Integers


@dataclass(frozen=True, slots=True)
class Frame:
    """A square grid in the plane: its south-west corner and the side of a square, metres."""

    west: float
    south: float
    side_m: float

    def columns(self, x: Floats) -> Integers:
        """Return the column of each x."""
        return np.floor((x - self.west) / self.side_m).astype(np.int64)

    def rows(self, y: Floats) -> Integers:
        """Return the row of each y."""
        return np.floor((y - self.south) / self.side_m).astype(np.int64)


def pieces_touching(
    vertex_xy: tuple[Floats, Floats],
    starts: Integers,
    chosen: Booleans,
    frame: Frame,
    margin_m: float,
) -> Integers:
    """Return the pieces whose box, widened by the margin, touches a chosen square.

    Parameters
    ----------
    vertex_xy : vertices of all streets one after the other, metres.
    starts : where each street begins in them, with the total at the end.
    chosen : (rows, columns) of the frame.
    frame : the squares.
    margin_m : how far beyond its box a piece is felt.

    Returns
    -------
    Integers
        The number of each piece's first vertex; it ends at the next one.
    """
    x, y = vertex_xy
    is_piece = np.ones(len(x), dtype=bool)
    is_piece[starts[1:] - 1] = False
    here = np.flatnonzero(is_piece)
    left, right = _span(frame.columns, x, here, margin_m, chosen.shape[1])
    low, high = _span(frame.rows, y, here, margin_m, chosen.shape[0])
    total = np.pad(chosen.cumsum(0, dtype=np.int64).cumsum(1), ((1, 0), (1, 0)))
    inside = total[high, right] - total[low, right] - total[high, left] + total[low, left]
    return np.asarray(here[inside > 0], dtype=np.int64)


def _span(
    number: Callable[[Floats], Integers],
    position: Floats,
    here: Integers,
    margin_m: float,
    limit: int,
) -> tuple[Integers, Integers]:
    """Return the first square and the one after the last that each widened piece touches."""
    low = np.minimum(position[here], position[here + 1]) - margin_m
    high = np.maximum(position[here], position[here + 1]) + margin_m
    first = np.clip(number(low), 0, limit)
    return first, np.maximum(np.clip(number(high) + 1, 0, limit), first)
