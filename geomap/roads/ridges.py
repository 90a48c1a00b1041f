"""Land between two streets that is too narrow for the cells to see.

Two neighbouring centres may both lie within the kerb, each of its own street, while the land
between them is farther than the kerb from both. Read between the centres it would be served. So
every square of four centres with different feet is looked at more closely, and where the reading
may serve land beyond the kerb its doubtful corners are sunk to -1.

Nobody knows yet which of the four feet a station reaches. The worst a point of the square can
meet is that exactly those corners are served whose feet lie beyond the kerb for it: every further
foot makes it honest land. If the reading stays below 0 even then, it does for every station.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from geomap.roads.streets import Booleans, Floats, Integers

#: Points looked at along a side of a square: a tenth of it apart.
_SIDE_POINTS = 11
#: Feet closer together than this, in sides of a cell, lie along one street: no ridge between them.
_SPLIT = 1.5
#: Corners are sunk from the lowest up this many times, then all but the highest at once. Every
#: time carries one cell farther, and tiles look that far over their rim.
ROUNDS = 3
#: Squares looked at in one go: 15 MB a table.
_CHUNK = 4000
#: A square's corners: south-west, south-east, north-west, north-east.
_BITS = np.array([1, 2, 4, 8], dtype=np.uint8)
_Bits = NDArray[np.uint8]
_Any = TypeVar("_Any", bound=np.generic)


def sink_ridges(
    grid: Integers,
    centres: Floats,
    feet: Floats,
    value: NDArray[np.float32],
    kerb_m: float,
    side_m: float,
) -> NDArray[np.float32]:
    """Return the values with the corners of narrow gaps sunk to -1.

    Parameters
    ----------
    grid : (rows, columns) numbers of cells, -1 where there is none.
    centres : (cells, 2) metres.
    feet : (cells, 2), each cell's nearest street point.
    value : (cells,), above 0 where the cell is served once its foot is reached.
    kerb_m : how far served land may lie from a street that is reached.
    side_m : between two centres.
    """
    sunk = np.append(value, np.float32(-1.0))
    feet = np.vstack([feet, [[np.inf, np.inf]]])
    corners = _find_doubtful(grid, sunk)
    corners = corners[_is_split(feet, corners, _SPLIT * side_m)]
    origin = np.nanmin(np.vstack([centres, [[np.nan, np.nan]]])[corners] - _offsets(side_m), axis=1)
    beyond = np.empty((len(corners), _SIDE_POINTS**2), dtype=np.uint8)
    for begin in range(0, len(corners), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        beyond[part] = _find_beyond(feet[corners[part]], origin[part], kerb_m, side_m)
    served = ((sunk[corners] > 0) * _BITS).sum(axis=1, dtype=np.uint8)
    chosen = (beyond & served[:, None]).any(axis=1)
    corners, beyond = corners[chosen], beyond[chosen]
    for number in range(ROUNDS + 1):
        worst, is_served = _read_worst(np.minimum(sunk[corners], 1.0), beyond)
        corners, beyond, worst = corners[is_served], beyond[is_served], worst[is_served]
        if not len(corners):
            break
        guilty = worst if number < ROUNDS else np.bitwise_or.reduce(beyond, axis=1)
        _sink(sunk, corners, (guilty[:, None] & _BITS) > 0, is_last=number == ROUNDS)
    return sunk[:-1]


def _offsets(side_m: float) -> Floats:
    """Return where the four corners of a square lie, (4, 2)."""
    return np.array([[0.0, 0.0], [side_m, 0.0], [0.0, side_m], [side_m, side_m]])


def _find_doubtful(grid: Integers, sunk: NDArray[np.float32]) -> Integers:
    """Return the squares, (n, 4) cells, that may serve land farther than the kerb from two feet."""
    value = sunk[grid]
    # A point of the square is at most 1.42 sides away: it is near the foot of a deeper corner.
    shallow = (value > -1) & (value < np.sqrt(2))
    counts = np.sum([part.astype(np.int8) for part in _corners(shallow)], axis=0)
    served = np.logical_or.reduce(_corners(shallow & (value > 0)))
    row, column = np.nonzero((counts > 1) & served)
    return np.stack([part[row, column] for part in _corners(grid)], axis=1)


def _corners(table: NDArray[_Any]) -> tuple[NDArray[_Any], ...]:
    """Return the four corners of every square of a table."""
    return table[:-1, :-1], table[:-1, 1:], table[1:, :-1], table[1:, 1:]


def _is_split(feet: Floats, corners: Integers, apart_m: float) -> Booleans:
    """Whether the corners' feet lie apart by more than a walk along one street would explain."""
    first, second, third, fourth = (feet[corners[:, number]] for number in range(4))
    high = np.maximum(np.maximum(first, second), np.maximum(third, fourth))
    low = np.minimum(np.minimum(first, second), np.minimum(third, fourth))
    # Two missing feet are infinitely far from each other too.
    with np.errstate(invalid="ignore"):
        return np.asarray(~((high - low).max(axis=1, initial=0.0) <= apart_m))


def _find_beyond(feet: Floats, origin: Floats, kerb_m: float, side_m: float) -> _Bits:
    """Return beyond which corners' kerbs points of each square lie, one bit a corner.

    ``feet`` (squares, 4, 2), ``origin`` (squares, 2) their first corners, both metres. Returns
    (squares, points).
    """
    step = np.linspace(0.0, side_m, _SIDE_POINTS)
    x, y = (feet - origin[:, None]).transpose(2, 0, 1)
    squared = ((x[..., None] - step) ** 2)[:, :, None, :] + ((y[..., None] - step) ** 2)[..., None]
    is_beyond = squared.reshape(*x.shape, -1) > kerb_m**2
    return np.asarray((is_beyond * _BITS[:, None]).sum(axis=1, dtype=np.uint8))


def _read_worst(value: NDArray[np.float32], beyond: _Bits) -> tuple[_Bits, Booleans]:
    """Return the corners beyond whose kerbs the worst point of each square lies, and if it is bad.

    Bad: inside the outline when exactly these corners are reached. (squares,) each.
    """
    lines = np.stack([_line_of(value, code) for code in range(16)], axis=1)
    share = np.linspace(0.0, 1.0, _SIDE_POINTS, dtype=np.float32)
    east, north = (axis.ravel() for axis in np.meshgrid(share, share))
    along, across, level = (
        np.take_along_axis(lines[:, :, part], beyond, axis=1) for part in range(3)
    )
    inside = along * east + across * north + level
    worst = np.argmax(inside, axis=1)
    each = np.arange(len(value))
    return beyond[each, worst], inside[each, worst] > 0


def _line_of(value: NDArray[np.float32], code: int) -> NDArray[np.float32]:
    """Return a, b, c of the outline in each square, served where a·east + b·north + c > 0.

    Only the corners of ``code`` are reached, the others are -1. Drawn as the tracer does: straight
    between where the sides are crossed. Two opposite corners are joined where the mean of all four
    is above 0, and then all is taken as served; else land is served close to each of them alone,
    and that is never beyond its kerb.
    """
    reached = (code & _BITS) > 0
    value = np.where(reached, value, np.float32(-1.0))
    up = value > 0
    count = up.sum(axis=1)
    lines = np.zeros((len(value), 3), dtype=np.float32)
    lines[:, 2] = np.where((count == 4) | (value.sum(axis=1) > -1e-5), 1.0, -1.0)
    for corner in range(4):
        odd = np.flatnonzero(np.where(count == 1, up[:, corner], (count == 3) & ~up[:, corner]))
        lines[odd] = _cut_corner(value[odd], corner)
    for first, second in ((0, 1), (1, 3), (2, 3), (0, 2)):
        pair = np.flatnonzero((count == 2) & up[:, first] & up[:, second])
        lines[pair] = _cut_across(value[pair], first, second)
    return lines


def _cut_corner(value: NDArray[np.float32], corner: int) -> NDArray[np.float32]:
    """The line that parts one corner from the other three."""
    own = value[:, corner]
    sign = np.where(own > 0, -1.0, 1.0)
    east = sign * (own - value[:, corner ^ 1]) / own
    north = sign * (own - value[:, corner ^ 2]) / own
    # Measured from the corner, so turned round where that is the east or the north one.
    level = -sign
    if corner & 1:
        east, level = -east, level + east
    if corner & 2:
        north, level = -north, level + north
    return np.stack([east, north, level], axis=1)


def _cut_across(value: NDArray[np.float32], first: int, second: int) -> NDArray[np.float32]:
    """The line that parts two neighbouring corners from the two opposite them."""
    turn = 3 - (first ^ second)
    low, high = (value[:, n] / (value[:, n] - value[:, n ^ turn]) for n in (first, second))
    # Served up to ``low`` on the first corner's side of the square, ``high`` on the second's.
    along = high - low
    is_far = first & turn
    ahead = np.full_like(low, 1.0 if is_far else -1.0)
    level = low - (1.0 if is_far else 0.0)
    return np.stack([ahead, along, level] if turn == 1 else [along, ahead, level], axis=1)


def _sink(sunk: NDArray[np.float32], corners: Integers, guilty: Booleans, *, is_last: bool) -> None:
    """Sink of the guilty corners what is negative already; where nothing is, the lowest.

    The last time all but the highest: around one corner alone nothing is served beyond its kerb.
    """
    value = np.where(guilty, sunk[corners], -1.0)
    doubtful = (value > -1) & (value <= 0)
    each, none_left = np.arange(len(corners)), ~doubtful.any(axis=1)
    if is_last:
        doubtful = value > -1
        doubtful[each, np.argmax(value, axis=1)] = False
    else:
        lowest = np.argmin(np.where(value > -1, value, np.inf), axis=1)
        doubtful[each[none_left], lowest[none_left]] = True
    sunk[corners[doubtful]] = -1.0
