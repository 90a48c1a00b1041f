"""The land beside the streets, cell by cell, filed under its nearest street.

Made once per network (or tile by tile of a large one), so that the area of a station is nothing
but picking the cells of the stretches it reaches. A cell may be filed up to three times:

1. *nearest*: every cell whose centre lies within the kerb of a street, under the nearest point of
   the nearest street;
2. *across*: the same cells once more under the other carriageway, where the nearest street is
   one-way and another street passes within 30 m of that point: a rider crosses to it;
3. *on it*: cells a street runs through though their centre is nearer to another one, so that no
   reached metre of street is left outside.

With ``block_m2`` the land inside blocks up to this size is filed too, see `blocks`.

A cell's value is how far its centre lies inside the kerb, in cells; read between the centres the
contour at 0 then runs at the kerb itself, not along the cells' staircase.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from geomap.roads.blocks import find_blocks
from geomap.roads.boxes import Frame, pieces_touching
from geomap.roads.contract import Edges
from geomap.roads.labels import (
    TILE_CELLS,
    CellFile,
    Found,
    Tile,
    file_cells,
    label_tile,
    margin_of,
    side_of,
)
from geomap.roads.sampling import Samples, sample_pieces
from geomap.roads.side_by_side import side_by_side
from geomap.roads.streets import Booleans, Floats, Integers

#: Up to this many km of street everything is made at once (about 13 bytes × 700 cells a km).
_WHOLE_KM = 20_000.0
#: 1,024 cells a side are 40 MB with the tracer's own tables.
_BLOCK_CELLS = 1024
#: Streets are looked at this often in a cell's length: every 5 m of 20.
_SAMPLES = 4


class Cells:
    """Cells of one network for one kerb; tiles are made when a street in them is first asked for.

    Parameters
    ----------
    edges : the streets.
    vertex_xy : their vertices in the plane, metres.
    kerb_m : how far land may lie from a street and still count.
    block_m2 : holes between streets up to this size count too.
    whole_km : up to this many km of street every tile is made at once.
    block_cells : grids up to this many cells a side are traced in one go.
    """

    def __init__(
        self,
        edges: Edges,
        vertex_xy: tuple[Floats, Floats],
        kerb_m: float,
        *,
        block_m2: float = 0.0,
        whole_km: float = _WHOLE_KM,
        block_cells: int = _BLOCK_CELLS,
    ) -> None:
        self._edges, self._xy = edges, vertex_xy
        self.kerb_m, self.side_m = kerb_m, side_of(kerb_m)
        self._block_m2, self._whole_km, self.block_cells = block_m2, whole_km, block_cells
        margin = margin_of(kerb_m)
        x, y = vertex_xy
        self.west, self.south = float(x.min() - margin), float(y.min() - margin)
        self.columns = int((x.max() + margin - self.west) / self.side_m) + 2
        self.rows = int((y.max() + margin - self.south) / self.side_m) + 2
        self._tile_columns = self.columns // TILE_CELLS + 1
        self._tile_rows = self.rows // TILE_CELLS + 1
        self._made = np.zeros((self._tile_rows, self._tile_columns), dtype=bool)
        self._labelled = self._made.copy()
        self._ready = np.zeros(len(edges.tail), dtype=bool)
        self._boxes = self._tile_boxes(margin)
        self._beside: dict[tuple[int, int], list[Found]] = {}
        self._inside: dict[tuple[int, int], Found] = {}
        self._file = file_cells([], edges.place_m)
        self._lock = Lock()

    def file_for(self, edge: Integers) -> CellFile:
        """Return the file, complete for these streets."""
        with self._lock:  # several areas may be asked for at once
            if not self._ready[edge].all():
                self._make(self._tiles_of(edge))
            return self._file

    def prepare(self) -> None:
        """Make every tile now (what is made once per network)."""
        self.file_for(np.arange(len(self._edges.tail)))

    def _tile_boxes(self, margin: float) -> NDArray[np.int64]:
        """Return first and last tile column and row of each street with the land beside it."""
        begin = self._edges.starts[:-1]
        bounds = []
        for position, origin in zip(self._xy, (self.west, self.south), strict=True):
            low = np.minimum.reduceat(position, begin) - margin - origin
            high = np.maximum.reduceat(position, begin) + margin - origin
            side = self.side_m * TILE_CELLS
            bounds += [np.maximum(low // side, 0), high // side]
        limits = np.array([[self._tile_columns], [self._tile_columns]] + [[self._tile_rows]] * 2)
        return np.asarray(np.minimum(np.array(bounds), limits - 1), dtype=np.int64)

    def _tiles_of(self, edge: Integers) -> Booleans:
        wanted = np.zeros_like(self._made)
        if self._edges.length_m.sum() <= self._whole_km * 1000:
            wanted[:] = True
            return wanted
        for left, right, low, high in np.unique(self._boxes[:, edge], axis=1).T:
            wanted[low : high + 1, left : right + 1] = True
        return wanted

    def _make(self, wanted: Booleans) -> None:
        self._label(binary_dilation(wanted, np.ones((3, 3))) if self._block_m2 else wanted)
        if self._block_m2:
            todo = [tile for tile in _tiles(wanted & ~self._made) if any(self._around(*tile))]
            self._inside |= dict(zip(todo, side_by_side(self._find_blocks, todo), strict=True))
        self._made |= wanted
        parts = [part for tile in sorted(self._beside) for part in self._beside[tile]]
        parts += [self._inside[tile] for tile in sorted(self._inside)]
        self._file = file_cells(parts, self._edges.place_m)
        self._ready = self._is_made()

    def _label(self, wanted: Booleans) -> None:
        todo = wanted & ~self._labelled
        samples, tiles = self._sample(todo), _tiles(todo)

        def label(tile: tuple[int, int]) -> tuple[Found, ...]:
            return label_tile(samples, self._edges, self._tile(*tile), self.kerb_m)

        for tile, found in zip(tiles, side_by_side(label, tiles), strict=True):
            if any(len(part.edge) for part in found):
                self._beside[tile] = list(found)
        self._labelled |= wanted

    def _find_blocks(self, tile: tuple[int, int]) -> Found:
        return find_blocks(list(self._around(*tile)), self._tile(*tile), self._block_m2)

    def _around(self, row: int, column: int) -> Iterator[Found]:
        for other in product((row - 1, row, row + 1), (column - 1, column, column + 1)):
            yield from self._beside.get(other, [])

    def _sample(self, todo: Booleans) -> Samples:
        frame = Frame(self.west, self.south, self.side_m * TILE_CELLS)
        margin = margin_of(self.kerb_m)
        pieces = pieces_touching(self._xy, self._edges.starts, todo, frame, margin)
        return sample_pieces(self._edges, self._xy, pieces, self.side_m / _SAMPLES)

    def _tile(self, row: int, column: int) -> Tile:
        return Tile(
            west=self.west + column * TILE_CELLS * self.side_m,
            south=self.south + row * TILE_CELLS * self.side_m,
            side_m=self.side_m,
            column=column * TILE_CELLS,
            row=row * TILE_CELLS,
        )

    def _is_made(self) -> Booleans:
        filled = np.pad(self._made.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        left, right, low, high = self._boxes
        made = (
            filled[high + 1, right + 1]
            - filled[low, right + 1]
            - filled[high + 1, left]
            + filled[low, left]
        )
        return np.asarray(made == (right - left + 1) * (high - low + 1))


def _tiles(chosen: Booleans) -> list[tuple[int, int]]:
    """Return row and column of the chosen tiles."""
    return [(row, column) for row, column in np.argwhere(chosen).tolist()]
