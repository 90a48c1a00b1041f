"""Land between two streets that is too narrow for the cells to see.

Two neighbouring centres may both lie within the kerb, each of its own street, while the land
between them is farther than the kerb from both. Read between the centres it would be served. So
every square of four centres with different feet is looked at more closely, and where the reading
would serve land beyond the kerb its doubtful corners are sunk to -1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geomap.roads.streets import Booleans, Floats, Integers

#: Between two centres, and where the four corners of a square lie.
_SIDE_M = 20.0
_OFFSETS = np.array([[0.0, 0.0], [_SIDE_M, 0.0], [0.0, _SIDE_M], [_SIDE_M, _SIDE_M]])
#: Points looked at along a side of a square: every 4 m of 20.
_SIDE_POINTS = 6
#: Corners are sunk from the lowest up; twice is enough for all that occur in Jinan.
_ROUNDS = 3


def sink_ridges(
    grid: Integers,
    centres: Floats,
    feet: Floats,
    value: NDArray[np.float32],
    kerb_m: float,
) -> NDArray[np.float32]:
    """Return the values with the corners of narrow gaps sunk to -1.

    Parameters
    ----------
    grid : (rows, columns) numbers of cells, -1 where there is none.
    centres : (cells, 2) metres.
    feet : (cells, 2), each cell's nearest street point.
    value : (cells,), above 0 where the cell is served once its street is reached.
    kerb_m : how far land may lie from a street.
    """
    corners = np.stack(
        [grid[:-1, :-1], grid[:-1, 1:], grid[1:, :-1], grid[1:, 1:]], axis=-1
    ).reshape(-1, 4)
    sunk = np.append(value, np.float32(-1.0))
    reach = np.append(np.hypot(*(centres - feet).T), np.inf)
    corners = corners[(sunk[corners] > 0).any(axis=1) & (reach[corners] > kerb_m - 30).any(axis=1)]
    feet = np.vstack([feet, [[np.inf, np.inf]]])
    corners = corners[_is_split(feet, corners)]
    away = _distances(np.vstack([centres, [[np.nan, np.nan]]]), feet, corners)
    for _ in range(_ROUNDS):
        bad = _paints_beyond(sunk[corners], away, kerb_m)
        if not bad.any():
            break
        _sink(sunk, corners[bad])
    return sunk[:-1]


def _is_split(feet: Floats, corners: Integers) -> Booleans:
    """Whether the corners' feet lie apart by more than a walk along one street would explain."""
    with np.errstate(invalid="ignore"):
        apart = np.nanmax(np.ptp(feet[corners], axis=1), axis=1, initial=0.0)
    return np.asarray(~(apart <= 30.0))


def _distances(centres: Floats, feet: Floats, corners: Integers) -> Floats:
    """Return metres from points of each square to the nearest of its four feet, (n, points)."""
    known = np.nanmin(centres[corners] - _OFFSETS, axis=1)
    side = np.linspace(0.0, _SIDE_M, _SIDE_POINTS)
    points = _SIDE_POINTS**2
    away = np.full((len(corners), points), np.inf)
    for number in range(4):
        foot = feet[corners[:, number]] - known
        x = side[None, None, :] - foot[:, 0, None, None]
        y = side[None, :, None] - foot[:, 1, None, None]
        away = np.minimum(away, np.hypot(x, y).reshape(len(corners), points))
    return away


def _paints_beyond(value: NDArray[np.float32], away: Floats, kerb_m: float) -> Booleans:
    """Whether the values read between the corners serve a point beyond the kerb."""
    share = np.linspace(0.0, 1.0, _SIDE_POINTS)
    low = value[:, 0, None] * (1 - share) + value[:, 1, None] * share
    high = value[:, 2, None] * (1 - share) + value[:, 3, None] * share
    read = low[:, None, :] * (1 - share[:, None]) + high[:, None, :] * share[:, None]
    return np.asarray(((read.reshape(away.shape) > 0) & (away > kerb_m)).any(axis=1))


def _sink(sunk: NDArray[np.float32], corners: Integers) -> None:
    """Sink what is negative already; where nothing is left of that, the lowest that is not."""
    value = sunk[corners]
    floating = np.where(value > 0, value, np.inf)
    lowest = np.argmin(floating, axis=1)
    doubtful = (value <= 0) & (value > -1)
    none_left = ~doubtful.any(axis=1)
    each = np.arange(len(corners))
    doubtful[each[none_left], lowest[none_left]] = True
    sunk[corners[doubtful]] = -1.0
