"""Lines cut along a fixed grid of mercator squares, the squares of web map tiles.

A street that crosses a border becomes one piece in each square. The pieces' ends there are the
same *cut*: the k-th cut between two squares is the k-th in the file of either, so no numbers need
to be written.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: No vertex stands on a border (4 µm of 4 km): a junction is in one square alone.
_OFF_BORDER = 1e-9
#: Two crossings this near on a piece (as a share of it) are one: the line meets a corner.
_SAME_SHARE = 1e-12


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of lines, each within one square.

    Attributes
    ----------
    line : number of the line that each was cut from, (pieces,); in the order of the lines.
    square : column and row of its square, (pieces, 2).
    starts : where the vertices of each begin, (pieces + 1,).
    xy : vertices in squares: the whole part of a place is its square, (vertices, 2).
    values : what was asked to be carried along, by vertex, straight between two of the line's.
    is_first, is_last : whether a piece begins or ends where its line does, (pieces,).
    """

    line: Integers
    square: Integers
    starts: Integers
    xy: Floats
    values: Floats
    is_first: NDArray[np.bool_]
    is_last: NDArray[np.bool_]


def to_squares(lon: Floats, lat: Floats, zoom: int) -> Floats:
    """Return places (WGS-84 degrees) in squares of ``zoom``, from the north-west corner, (n, 2)."""
    sine = np.sin(np.radians(np.clip(lat, -85.05, 85.05)))
    down = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    xy = np.column_stack([(np.asarray(lon) + 180) / 360, down]) * 2**zoom
    border = np.round(xy)
    return np.asarray(np.where(np.abs(xy - border) < _OFF_BORDER, border + _OFF_BORDER, xy))


def cut_lines(xy: Floats, values: Floats, starts: Integers) -> Pieces:
    """Return the pieces of lines within the squares of the grid.

    Parameters
    ----------
    xy : vertices of all lines one after the other, in squares.
    values : one number a vertex (metres along the line).
    starts : where each line begins in them, with the total at the end.
    """
    line = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    from_vertex, share = _add_crossings(xy, line)
    line = line[from_vertex]
    after = np.minimum(from_vertex + 1, len(xy) - 1)
    places = _between(xy, from_vertex, after, share[:, None])
    carried = _between(values, from_vertex, after, share)
    joined = line[1:] == line[:-1]
    square = np.floor((places[1:] + places[:-1]) / 2).astype(np.int64)
    return _gather(places, carried, line, joined, square)


def _between(values: Floats, first: Integers, second: Integers, share: Floats) -> Floats:
    """Values between two vertices; at a share of 0 the vertex's own, to the last digit."""
    mixed = values[first] * (1 - share) + values[second] * share
    return np.asarray(np.where(share == 0, values[first], mixed))


def _add_crossings(xy: Floats, line: Integers) -> tuple[Integers, Floats]:
    """Return all vertices and crossings in order: the vertex before, and the share to the next."""
    step = np.flatnonzero(line[1:] == line[:-1])
    found = [(np.arange(len(xy)), np.zeros(len(xy)))]
    for axis in (0, 1):
        found.append(_cross(xy[:, axis], step))
    vertex = np.concatenate([each[0] for each in found])
    share = np.concatenate([each[1] for each in found])
    order = np.lexsort((share, vertex))
    vertex, share = vertex[order], share[order]
    again = (vertex[1:] == vertex[:-1]) & (np.diff(share) < _SAME_SHARE)
    keep = np.r_[True, ~again] & (share < 1 - _SAME_SHARE)
    return vertex[keep], share[keep]


def _cross(values: Floats, step: Integers) -> tuple[Integers, Floats]:
    """Return where the steps cross whole numbers: the step, and the share of its length."""
    here, there = values[step], values[step + 1]
    low, high = np.minimum(here, there), np.maximum(here, there)
    first = np.floor(low).astype(np.int64) + 1
    count = np.maximum(np.ceil(high).astype(np.int64) - first, 0)
    which = np.repeat(np.arange(len(step)), count)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    share = (first[which] + nth - here[which]) / (there[which] - here[which])
    return step[which], share


def _gather(
    places: Floats,
    carried: Floats,
    line: Integers,
    joined: NDArray[np.bool_],
    square: Integers,
) -> Pieces:
    """Begin a piece wherever the line or the square changes; both pieces keep the vertex there."""
    steps = np.flatnonzero(joined)
    of_line, of_square = line[steps], square[steps]
    new_line = np.r_[True, of_line[1:] != of_line[:-1]][: len(steps)]
    begins = new_line.copy()
    begins[1:] |= (of_square[1:] != of_square[:-1]).any(axis=1)
    begin = np.flatnonzero(begins)
    count = np.diff(np.r_[begin, len(steps)])
    starts = np.r_[0, np.cumsum(count + 1)].astype(np.int64)
    nth = np.arange(starts[-1]) - np.repeat(starts[:-1], count + 1)
    vertex = np.repeat(steps[begin] if len(begin) else begin, count + 1) + nth
    is_first = new_line[begin]
    return Pieces(
        line=of_line[begin],
        square=of_square[begin],
        starts=starts,
        xy=places[vertex],
        values=carried[vertex],
        is_first=is_first,
        is_last=np.r_[is_first[1:], True][: len(begin)],
    )
