"""Where the streets of one square meet: its junctions, and the cuts that lead to its neighbours."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from geomap.wire.grid import Floats, Integers, Pieces

#: Columns and rows to the eight neighbours; the way back from the n-th is the (7 - n)-th.
WAYS = ((-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1))
_WAY_OF = np.array([[0, 1, 2], [3, -1, 4], [5, 6, 7]])
#: Room for rows and columns in one number.
_ROW = 1 << 26
_CURVE_BITS = 15


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of all squares; in each first the junctions, then the cuts by way and number.

    Attributes
    ----------
    square : key of each node's square (`square_keys`), rising.
    way : index of :data:`WAYS` that a cut leads to; -1: a junction.
    xy : places in squares, (nodes, 2).
    tail, head : for each piece the nodes at its ends, counted within its square from 0.
    """

    square: Integers
    way: Integers
    xy: Floats
    tail: Integers
    head: Integers

    def reach(self, count: int) -> Nodes:
        """Return the nodes with ``count`` more pieces, which have none."""
        none = np.zeros(count, dtype=np.int64)
        return replace(self, tail=np.r_[self.tail, none], head=np.r_[self.head, none])


def square_keys(square: Integers) -> Integers:
    """Return one number a square, rising with row, then column."""
    return np.asarray(square[:, 1] * _ROW + square[:, 0], dtype=np.int64)


def place_of(keys: Integers) -> Integers:
    """Return column and row of the squares' keys, (n, 2)."""
    return np.column_stack([keys % _ROW, keys // _ROW])


def number_nodes(pieces: Pieces, tail: Integers, head: Integers) -> Nodes:
    """Return the nodes of all squares.

    Parameters
    ----------
    pieces : of the streets.
    tail, head : junctions at the ends of the streets that they were cut from.
    """
    goes_on = ~pieces.is_last
    cut = np.cumsum(goes_on)  # the number of the cut at a piece's end; the next begins with it
    begun = np.r_[0, cut[:-1]] if len(cut) else cut
    begin = np.where(pieces.is_first, tail[pieces.line], begun)
    end = np.where(goes_on, cut, head[pieces.line])
    ways = _find_ways(pieces.square, goes_on)
    way = np.concatenate([np.where(pieces.is_first, -1, 7 - np.roll(ways, 1)), ways])
    keys = square_keys(pieces.square)
    vertices = np.concatenate([pieces.starts[:-1], pieces.starts[1:] - 1])
    return _sort(
        np.concatenate([keys, keys]), way, np.concatenate([begin, end]), pieces.xy[vertices]
    )


def _find_ways(square: Integers, goes_on: np.ndarray) -> Integers:
    """Return the way to the next piece's square, -1 where a line ends."""
    step = np.diff(square, axis=0, append=square[-1:])
    step[~goes_on] = 0
    return np.asarray(_WAY_OF[step[:, 1] + 1, step[:, 0] + 1])


def _sort(keys: Integers, way: Integers, ident: Integers, xy: Floats) -> Nodes:
    """One node a junction or cut of a square, in order; ends numbered within their squares."""
    place = np.where(way < 0, _curve(xy), ident)
    order = np.lexsort((ident, place, way, keys))
    columns = np.stack([keys[order], way[order], place[order], ident[order]])
    fresh = np.r_[True, (columns[:, 1:] != columns[:, :-1]).any(axis=0)][: len(order)]
    first = order[fresh]
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(fresh) - 1
    local = number - np.searchsorted(keys[first], keys)
    half = len(order) // 2
    return Nodes(keys[first], way[first], xy[first], local[:half], local[half:])


def _curve(xy: Floats) -> Integers:
    """Place along a Morton curve within the square, so that neighbours have near numbers."""
    cells = np.floor((xy - np.floor(xy)) * (1 << _CURVE_BITS)).astype(np.int64)
    code = np.zeros(len(cells), dtype=np.int64)
    for bit in range(_CURVE_BITS):
        for axis in (0, 1):
            code |= ((cells[:, axis] >> bit) & 1) << (2 * bit + axis)
    return code
