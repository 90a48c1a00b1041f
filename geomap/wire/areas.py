"""Areas cut along the grid of mercator squares, as :mod:`geomap.wire.grid` cuts lines."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.wire.grid import Floats, Integers, to_squares


def shapes_in_squares(shapes: NDArray[np.object_], zoom: int) -> NDArray[np.object_]:
    """Return shapes (WGS-84 degrees) in squares of ``zoom``, from the north-west corner."""

    def move(degrees: Floats) -> Floats:
        return to_squares(degrees[:, 0], degrees[:, 1], zoom)

    return np.asarray(shapely.transform(shapes, move))


def cut_areas(
    shapes: NDArray[np.object_], overlap: float
) -> tuple[Integers, Integers, NDArray[np.object_]]:
    """Return the polygons within each square: whose they are, column and row, and the pieces.

    Parameters
    ----------
    shapes : valid areas in squares: the whole part of a place is its square.
    overlap : how far neighbours reach into each other, in squares, so that no seam is seen.
    """
    bounds = np.floor(shapely.bounds(shapes).reshape(-1, 4)).astype(np.int64)
    across, down = (bounds[:, axis + 2] - bounds[:, axis] + 1 for axis in (0, 1))
    count = across * down
    row = np.repeat(np.arange(len(shapes)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    square = bounds[row, :2] + np.column_stack([nth % across[row], nth // across[row]])
    pieces, is_cut = shapes[row], count[row] > 1
    low, high = square[is_cut] - overlap, square[is_cut] + 1 + overlap
    frames: Any = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    pieces[is_cut] = shapely.intersection(pieces[is_cut], frames)
    parts, piece = shapely.get_parts(pieces, return_index=True)
    inner, member = shapely.get_parts(parts, return_index=True)  # a collection's own collections
    piece = piece[member]
    kept = (shapely.get_dimensions(inner) == 2) & ~shapely.is_empty(inner)
    return row[piece[kept]], square[piece[kept]], inner[kept]
