"""Land between two streets that is too narrow for the cells to see.

Two neighbouring centres may both lie within the kerb, each of its own street, while the land
between them is farther than the kerb from both. Read between the centres it would be served; so
the farther of the two is sunk just below the contour.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geomap.roads.streets import Booleans, Floats, Integers

#: Neighbours to the east, north, north-east and north-west.
_STEPS = ((0, 1), (1, 0), (1, 1), (1, -1))
_SHARES = (0.2, 0.35, 0.5, 0.65, 0.8)


def find_ridges(
    grid: Integers,
    centres: Floats,
    feet: tuple[Floats, Floats],
    value: NDArray[np.float32],
    kerb_m: float,
) -> Booleans:
    """Return which cells to sink, (cells,).

    Parameters
    ----------
    grid : (rows, columns) numbers of cells, -1 where there is none.
    centres : (cells, 2) metres.
    feet : x and y of each cell's nearest street point.
    value : what each cell would have; only positive ones can paint too much.
    kerb_m : how far land may lie from a street.
    """
    sunk = np.zeros(len(centres), dtype=bool)
    foot = np.column_stack(feet)
    metres = np.hypot(*(centres - foot).T)
    for down, right in _STEPS:
        here, there = _neighbours(grid, down, right)
        # Only cells whose land could meet beyond the kerb: 28 m apart at most.
        close = (value[here] > 0) & (value[there] > 0)
        close &= metres[here] + metres[there] + 28.3 > 2 * kerb_m
        here, there = here[close], there[close]
        bad = _peak(centres, foot, here, there) > kerb_m
        farther = np.where(metres[here] >= metres[there], here, there)
        sunk[farther[bad]] = True
    return sunk


def _neighbours(grid: Integers, down: int, right: int) -> tuple[Integers, Integers]:
    rows, columns = grid.shape
    west = slice(max(0, -right), columns - max(0, right))
    east = slice(max(0, right), columns + min(0, right))
    here, there = grid[: rows - down, west].ravel(), grid[down:, east].ravel()
    both = (here >= 0) & (there >= 0)
    return here[both], there[both]


def _peak(centres: Floats, foot: Floats, here: Integers, there: Integers) -> Floats:
    """Return the most metres from both feet on the line between two centres."""
    peak = np.zeros(len(here))
    for share in _SHARES:
        point = centres[here] * (1 - share) + centres[there] * share
        nearest = np.minimum(
            np.hypot(*(point - foot[here]).T), np.hypot(*(point - foot[there]).T)
        )
        peak = np.maximum(peak, nearest)
    return peak
