"""Squares of streets as texts of numbers: what templates/shared/squares.js reads.

A square's numbers are, in this order (s: signed, see `fold_sign`):

1. junctions; cuts to each of the eight neighbours (`WAYS`);
2. for each node the steps x, y from the last one (s), in parts of the square;
3. groups; for each: 8 × weight + rights (1 forward, 2 backward, 4 on foot; 0: none), members;
   then the members:

   * a street: steps of its tail from the last one's, and of its head from its tail (s); inner
     vertices; their steps from the one before, beginning at the tail (s); what its length in
     decimetres has over the length of the drawn line (s);
   * a line nobody uses: vertices; their steps, beginning at the last line's last vertex (s).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geomap.wire.grid import Floats, Integers, Pieces
from geomap.wire.letters import fold_sign, write_letters
from geomap.wire.nodes import WAYS, Nodes, place_of, square_keys

#: WGS-84: half the long axis in metres, and the squared eccentricity.
_AXIS_M, _E2 = 6378137.0, 0.00669437999014


@dataclass(frozen=True, slots=True)
class Level:
    """A grid: squares of ``zoom``, each in ``parts`` × ``parts``."""

    zoom: int
    parts: int


@dataclass(frozen=True, slots=True)
class Streets:
    """Pieces to write: how wide (0 widest), which rights, and the nodes where they may be
    used (None: none of them).
    """

    pieces: Pieces
    weight: Integers
    rights: Integers
    nodes: Nodes | None = None


def metres_of_parts(row: Integers, level: Level) -> tuple[Floats, Floats]:
    """Return metres of one part east and south, in the middle of the squares of these rows."""
    turn = np.pi * (1 - 2 * (row + 0.5) / 2**level.zoom)
    sine, cosine = np.tanh(turn), 1 / np.cosh(turn)
    curve = 1 - _E2 * sine * sine
    part = 2 * np.pi / (2**level.zoom * level.parts) * cosine * _AXIS_M / np.sqrt(curve)
    return part, part * (1 - _E2) / curve


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The pieces in the order of their squares and groups, with what their records need.

    ``owner`` is the piece of each vertex in that order, ``xy`` its place in parts of the square.
    ``group`` and ``square`` number each piece's group and square.
    """

    key: Integers
    code: Integers
    group: Integers
    square: Integers
    tail: Integers
    head: Integers
    owner: Integers
    xy: Integers
    rest_dm: Integers

    @property
    def is_used(self) -> np.ndarray:
        return self.code % 8 > 0


def encode_squares(streets: Streets, level: Level) -> dict[tuple[int, int], str]:
    """Return column and row → text of every square that holds a piece."""
    if not len(streets.pieces.line):
        return {}
    ordered = _sort_pieces(streets, level)
    values, begins = _lay_out(ordered, streets.nodes, level)
    letters, at = write_letters(values)
    text, bounds = letters.decode(), at[np.r_[begins, len(values)]].tolist()
    squares = place_of(ordered.key[_firsts(ordered.square)]).tolist()
    return {
        (column, row): text[start:end]
        for (column, row), start, end in zip(squares, bounds[:-1], bounds[1:], strict=True)
    }


def _sort_pieces(streets: Streets, level: Level) -> _Sorted:
    """Pieces by square and group; streets by their tails, others along their lines."""
    pieces, nodes = streets.pieces, streets.nodes
    tail, head = (nodes.tail, nodes.head) if nodes else (pieces.line, pieces.line)
    keys, codes = square_keys(pieces.square), 8 * streets.weight + streets.rights
    order = np.lexsort((pieces.line, head, tail, codes, keys))
    key, code = keys[order], codes[order]
    counts = np.diff(pieces.starts)[order]
    owner = np.repeat(np.arange(len(order)), counts)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    vertex = pieces.starts[order][owner] + nth
    xy = _to_parts(pieces.xy[vertex], pieces.square[order][owner], level)
    metres = pieces.values[pieces.starts[1:] - 1][order], pieces.values[pieces.starts[:-1]][order]
    drawn = _measure(xy, owner, pieces.square[order][:, 1], level)
    return _Sorted(
        key=key,
        code=code,
        group=_number(key, code),
        square=_number(key),
        tail=tail[order],
        head=head[order],
        owner=owner,
        xy=xy,
        rest_dm=_round(10 * metres[0]) - _round(10 * metres[1]) - drawn,
    )


def _to_parts(xy: Floats, square: Integers, level: Level) -> Integers:
    return _round(np.asarray((xy - square) * level.parts, dtype=np.float64))


def _round(values: Floats) -> Integers:
    """Halves go up, as in the browser."""
    return np.asarray(np.floor(values + 0.5), dtype=np.int64)


def _measure(xy: Integers, owner: Integers, row: Integers, level: Level) -> Integers:
    """Return decimetres of the lines as they are drawn: what the browser will find, too."""
    east, north = metres_of_parts(row, level)
    step = np.diff(xy, axis=0)
    inside = owner[1:] == owner[:-1]
    metres = np.sqrt((step[:, 0] * east[owner[1:]]) ** 2 + (step[:, 1] * north[owner[1:]]) ** 2)
    lengths = np.bincount(owner[1:][inside], metres[inside], minlength=len(row))
    return _round(np.asarray(10.0 * lengths, dtype=np.float64))


def _firsts(numbers: Integers) -> Integers:
    """Return where each number first stands; numbers rise."""
    return np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]])


def _number(*columns: Integers) -> Integers:
    """Return 0 for the first run of equal rows, 1 for the next, …"""
    fresh = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        fresh[1:] |= column[1:] != column[:-1]
    return np.cumsum(fresh)


def _lay_out(ordered: _Sorted, nodes: Nodes | None, level: Level) -> tuple[Integers, Integers]:
    """Return the numbers of all squares, one after the other, and where each square begins."""
    squares, groups = _firsts(ordered.square), _firsts(ordered.group)
    counts = np.bincount(ordered.owner)
    written = np.where(ordered.is_used, counts - 2, counts)
    sizes = np.where(ordered.is_used, 4, 1) + 2 * written
    heads = 10 + 2 * _count_nodes(nodes, ordered.key[squares])
    piece_at = np.cumsum(sizes) - sizes + 2 * (ordered.group + 1) + np.cumsum(heads)[ordered.square]
    group_at = piece_at[groups] - 2
    square_at = piece_at[squares] - 2 - heads
    values = np.zeros(int(piece_at[-1] + sizes[-1]), dtype=np.int64)
    values[group_at] = ordered.code[groups]
    values[group_at + 1] = np.bincount(ordered.group)
    values[square_at + heads - 1] = np.bincount(ordered.square[groups])
    _write_nodes(values, square_at, ordered.key[squares], nodes, level)
    _write_pieces(values, piece_at, ordered, written)
    return values, square_at


def _count_nodes(nodes: Nodes | None, keys: Integers) -> Integers:
    if nodes is None:
        return np.zeros(len(keys), dtype=np.int64)
    return np.searchsorted(nodes.square, keys, "right") - np.searchsorted(nodes.square, keys)


def _write_nodes(
    values: Integers, square_at: Integers, keys: Integers, nodes: Nodes | None, level: Level
) -> None:
    if nodes is None:
        return
    square = np.searchsorted(keys, nodes.square)
    xy = _to_parts(nodes.xy, place_of(nodes.square), level)
    first = _firsts(square)
    step = np.diff(xy, axis=0, prepend=0)
    step[first] = xy[first]
    kinds = np.bincount(square * (len(WAYS) + 1) + nodes.way + 1, minlength=len(keys) * 9)
    values[square_at[:, None] + np.arange(9)] = kinds.reshape(-1, 9)
    nth = np.arange(len(square)) - first[_number(square)]
    at = square_at[square] + 9 + 2 * nth
    values[at], values[at + 1] = fold_sign(step[:, 0]), fold_sign(step[:, 1])


def _write_pieces(
    values: Integers, piece_at: Integers, ordered: _Sorted, written: Integers
) -> None:
    ridden = np.flatnonzero(ordered.is_used)
    begins_group = np.zeros(len(piece_at), dtype=bool)
    begins_group[_firsts(ordered.group)] = True
    tail_step = np.where(begins_group, ordered.tail, np.diff(ordered.tail, prepend=0))
    at = piece_at[ridden]
    values[at] = tail_step[ridden]
    values[at + 1] = fold_sign(ordered.head - ordered.tail)[ridden]
    values[at + 2] = written[ridden]
    values[at + 3 + 2 * written[ridden]] = fold_sign(ordered.rest_dm)[ridden]
    others = np.flatnonzero(~ordered.is_used)
    values[piece_at[others]] = written[others]
    _write_vertices(values, piece_at, ordered, begins_group)


def _write_vertices(
    values: Integers, piece_at: Integers, ordered: _Sorted, begins_group: np.ndarray
) -> None:
    owner, is_used = ordered.owner, ordered.is_used[ordered.owner]
    nth = np.arange(len(owner)) - _firsts(owner)[owner]
    step = np.diff(ordered.xy, axis=0, prepend=0)
    anew = begins_group[owner] & (nth == 0)
    step[anew] = ordered.xy[anew]
    is_last = np.r_[owner[1:] != owner[:-1], True]
    shown = ~is_used | ((nth > 0) & ~is_last)
    at = piece_at[owner] + np.where(is_used, 3 + 2 * (nth - 1), 1 + 2 * nth)
    values[at[shown]], values[at[shown] + 1] = (fold_sign(step[shown, k]) for k in (0, 1))
