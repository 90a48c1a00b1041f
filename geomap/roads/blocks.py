"""Land inside a block: farther than the kerb from every street, but enclosed by streets.

Whoever lives in the middle of a block leaves it by its nearest street. So a hole that the kerbs
of all streets leave, up to a size, is filed cell by cell under the nearest of the streets around.
A larger one (a park, a lake, a hill) stays out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, label
from scipy.spatial import KDTree

from geomap.roads.labels import TILE_CELLS, Found, Tile, join_found
from geomap.roads.streets import Booleans

#: Larger holes are no blocks but parks and lakes (square metres: 25 ha).
BLOCK_M2 = 250_000.0
#: A tile looks this many cells over its rim (2.5 km): a block of 25 ha that is longer is a ribbon.
_HALO = 128


def find_blocks(around: Sequence[Found], tile: Tile, most_m2: float) -> Found:
    """Return the tile's cells inside blocks of at most ``most_m2``, under their nearest street.

    Parameters
    ----------
    around : what is filed of the tile and of the eight around it; above 0 is within the kerb.
    tile : the square.
    """
    beside = _within(join_found([found for found in around if len(found.edge)]), tile)
    wide = TILE_CELLS + 2 * _HALO
    row, column = beside.row - tile.row + _HALO, beside.column - tile.column + _HALO
    owner = np.full((wide, wide), -1, dtype=np.int64)
    owner[row, column] = np.arange(len(row))
    blocks = _enclosed(owner < 0, most_m2 / tile.side_m**2)
    inner = np.zeros_like(blocks)
    core = slice(_HALO, _HALO + TILE_CELLS)
    inner[core, core] = blocks[core, core]
    rim = binary_dilation(blocks) & ~blocks
    cell, side = np.argwhere(inner), np.argwhere(rim)
    if not len(cell):
        return join_found([])
    nearest = KDTree(side).query(cell)[1]
    return Found(
        edge=beside.edge[owner[rim][nearest]],
        along_m=beside.along_m[owner[rim][nearest]],
        column=(cell[:, 1] + tile.column - _HALO).astype(np.int32),
        row=(cell[:, 0] + tile.row - _HALO).astype(np.int32),
        value=np.ones(len(cell), dtype=np.float32),
    )


def _within(found: Found, tile: Tile) -> Found:
    """Return what is within the kerb and the tile's halo."""
    row, column = found.row - tile.row + _HALO, found.column - tile.column + _HALO
    wide = TILE_CELLS + 2 * _HALO
    inside = (row >= 0) & (row < wide) & (column >= 0) & (column < wide) & (found.value > 0)
    return found.take(inside)


def _enclosed(is_open: NDArray[np.bool_], most_cells: float) -> Booleans:
    """Return the cells of open patches of so many cells that do not touch the table's rim."""
    patch, _ = label(is_open)
    is_block = np.bincount(patch.ravel()) <= most_cells
    is_block[0] = False
    for rim in (patch[0], patch[-1], patch[:, 0], patch[:, -1]):
        is_block[rim] = False
    return np.asarray(is_block[patch])
