"""One tile of cells: whose land is it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter
from scipy.spatial import KDTree

from geomap.roads.contract import Edges
from geomap.roads.ridges import sink_ridges
from geomap.roads.sampling import Samples
from geomap.roads.streets import Booleans, Floats, Integers

#: 20 m cells: recall 1.000, false 0.0006 (25 m: 0.02); their diagonal stays under the 30 m that
#: count as the same street.
CELL_M = 20.0
#: The other carriageway of the same street: at most this far away.
ACROSS_M = 30.0
#: Cells of a tile's side (5.1 km): a tile's tables stay in the processor's cache.
TILE_CELLS = 256
#: What keeps every painted point within the kerb of a *reached* street: outlines bend by 1 m, cuts
#: are taken half a cell late. With 2 m one point in 10,000 was up to 3 m over, with 5 m none.
KERB_SLACK_M = 5.0


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of cells: its corner in the plane (metres) and its first column and row."""

    west: float
    south: float
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Found:
    """Cells filed under stretches of street: ``edge``, metres from its tail, place and value."""

    edge: Integers
    along_m: NDArray[np.float32]
    column: Integers
    row: Integers
    value: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class CellFile:
    """Cells sorted by street, then along it.

    ``starts`` (edges + 1,); ``base_m`` (edges,), where each street begins when all lie end to end
    (`cuts.edge_places`), and ``place_m`` where each cell's foot lies on that line; ``column`` and
    ``row`` of the cell; ``value`` -1 … 1, how many cells its centre lies inside the kerb.
    """

    starts: Integers
    base_m: Floats
    place_m: Floats
    column: NDArray[np.int32]
    row: NDArray[np.int32]
    value: NDArray[np.float32]


def label_tile(
    around: Samples, edges: Edges, tile: Tile, kerb_m: float
) -> tuple[Found, Found, Found]:
    """Return the tile's cells by nearest street, by the carriageway across, and those run over.

    Parameters
    ----------
    around : samples of the network (all that may lie near the tile are picked from them).
    edges : the streets.
    tile : the square.
    kerb_m : how far land may lie from a street.
    """
    margin, side = kerb_m + 4 * CELL_M, TILE_CELLS * CELL_M
    samples = around.inside(
        tile.west - margin, tile.south - margin, tile.west + side + margin,
        tile.south + side + margin,
    )  # fmt: skip
    if not len(samples.x):
        return _nothing(), _nothing(), _nothing()
    land = _find_land(samples, tile, kerb_m)
    value = _value_of(land.metres, kerb_m - KERB_SLACK_M)
    feet = np.column_stack([samples.x[land.nearest], samples.y[land.nearest]])
    value = sink_ridges(land.grid, land.centres, feet, value, kerb_m - 2.0)
    land, value = land.take(land.is_inner), value[land.is_inner]
    mine = _found(samples, land.nearest, land.column, land.row, value, tile)
    return (
        mine,
        _file_across(samples, edges, land, mine, kerb_m),
        _file_run_over(samples, land, tile),
    )


@dataclass(frozen=True, slots=True)
class _Land:
    """Cells near a street, a tile's and one more on each side: place, distance, nearest sample."""

    column: Integers
    row: Integers
    centres: Floats
    metres: Floats
    nearest: Integers

    @property
    def is_inner(self) -> Booleans:
        """Which cells are the tile's own."""
        inner = (self.column >= 0) & (self.row >= 0)
        return np.asarray(inner & (self.column < TILE_CELLS) & (self.row < TILE_CELLS))

    @property
    def grid(self) -> Integers:
        """Numbers of the cells in a (rows, columns) table with a rim, -1 where there is none."""
        numbers = np.full((TILE_CELLS + 2, TILE_CELLS + 2), -1, dtype=np.int64)
        numbers[self.row + 1, self.column + 1] = np.arange(len(self.row))
        return numbers

    def take(self, chosen: Booleans) -> _Land:
        """Return the chosen cells alone."""
        return _Land(
            self.column[chosen],
            self.row[chosen],
            self.centres[chosen],
            self.metres[chosen],
            self.nearest[chosen],
        )


def _find_land(samples: Samples, tile: Tile, kerb_m: float) -> _Land:
    row, column = np.nonzero(_near_streets(samples, tile, kerb_m))
    row, column = row - 1, column - 1
    centres = np.column_stack(
        [tile.west + (column + 0.5) * CELL_M, tile.south + (row + 0.5) * CELL_M]
    )
    tree = KDTree(np.column_stack([samples.x, samples.y]))
    metres, nearest = tree.query(centres, distance_upper_bound=kerb_m + CELL_M)
    return _Land(column, row, centres, metres, nearest).take(np.isfinite(metres))


def _nothing() -> Found:
    whole, real = np.zeros(0, np.int64), np.zeros(0, np.float32)
    return Found(whole, real, whole, whole, real)


def _value_of(metres: Floats, kerb_m: float) -> NDArray[np.float32]:
    """Cells between the centre and the kerb; never exactly 0, where a contour would degenerate."""
    value = np.clip((kerb_m - metres) / CELL_M, -1, 1)
    return np.where(np.abs(value) < 1e-4, 1e-4, value).astype(np.float32)


def _found(
    samples: Samples,
    chosen: Integers,
    column: Integers,
    row: Integers,
    value: NDArray[np.float32],
    tile: Tile,
) -> Found:
    return Found(
        edge=samples.edge[chosen],
        along_m=samples.along_m[chosen].astype(np.float32),
        column=column + tile.column,
        row=row + tile.row,
        value=value,
    )


def _near_streets(samples: Samples, tile: Tile, kerb_m: float) -> Booleans:
    """Return which cells of the tile and its rim may lie near a street: the samples', widened."""
    reach = int(np.ceil(kerb_m / CELL_M)) + 2
    taken = np.zeros((TILE_CELLS + 2 * reach, TILE_CELLS + 2 * reach), dtype=np.uint8)
    column = np.floor((samples.x - tile.west) / CELL_M).astype(np.int64) + reach
    row = np.floor((samples.y - tile.south) / CELL_M).astype(np.int64) + reach
    inside = (column >= 0) & (row >= 0) & (column < len(taken)) & (row < len(taken))
    taken[row[inside], column[inside]] = 1
    wide = maximum_filter(taken, size=2 * reach + 1, mode="constant")
    return np.asarray(wide[reach - 1 : 1 - reach, reach - 1 : 1 - reach] > 0)


def _file_across(
    samples: Samples,
    edges: Edges,
    land: _Land,
    mine: Found,
    kerb_m: float,
) -> Found:
    """File the cells of one-way streets under the street across as well, where there is one.

    Their value is taken from the point across and half a cell shorter, so that nothing served
    lies beyond its kerb even where two streets' land meets between centres.

    The candidate that shares no junction goes first: the next block of the same carriageway is
    not the other carriageway.
    """
    one_way = edges.forward[mine.edge] ^ edges.backward[mine.edge]
    if not one_way.any():
        return _nothing()
    thin = np.arange(0, len(samples.x), 2)
    tree = KDTree(np.column_stack([samples.x, samples.y])[thin])
    asked, back = np.unique(land.nearest[one_way], return_inverse=True)
    points = np.column_stack([samples.x[asked], samples.y[asked]])
    metres, others = tree.query(points, k=16, distance_upper_bound=ACROSS_M)
    others = thin[np.minimum(others, len(thin) - 1)]
    own, other = samples.edge[asked][:, None], samples.edge[others]
    touching = np.zeros_like(other, dtype=bool)
    for end in (edges.tail, edges.head):
        touching |= (end[other] == edges.tail[own]) | (end[other] == edges.head[own])
    penalty = np.where(np.isfinite(metres) & (other != own), touching * 1.0, np.inf)
    best = np.argmin(penalty, axis=1)
    each = np.arange(len(asked))
    chosen, is_there = others[each, best][back], np.isfinite(penalty[each, best])[back]
    cell, chosen = np.flatnonzero(one_way)[is_there], chosen[is_there]
    away = np.hypot(*(land.centres[cell] - np.column_stack([samples.x, samples.y])[chosen]).T)
    return Found(
        edge=samples.edge[chosen],
        along_m=samples.along_m[chosen].astype(np.float32),
        column=mine.column[cell],
        row=mine.row[cell],
        value=_value_of(away, kerb_m - CELL_M / 2),
    )


def _file_run_over(samples: Samples, land: _Land, tile: Tile) -> Found:
    """File the cells that must be inside for a sample to be inside, where another street has them.

    The contour around one cell is the diamond of its side midpoints; a sample in a corner of its
    cell, outside that diamond, needs the two neighbours at this corner as well.
    """
    owner = np.full((TILE_CELLS, TILE_CELLS), -1, dtype=np.int64)
    owner[land.row, land.column] = samples.edge[land.nearest]
    x, y = (samples.x - tile.west) / CELL_M, (samples.y - tile.south) / CELL_M
    left, low = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    east, north = x - left - 0.5, y - low - 0.5
    corner = np.abs(east) + np.abs(north) > 0.5
    every = np.arange(len(x))
    beside, above = np.where(east > 0, 1, -1), np.where(north > 0, 1, -1)
    which = np.concatenate([every, every[corner], every[corner]])
    columns = np.concatenate([left, (left + beside)[corner], left[corner]])
    rows = np.concatenate([low, low[corner], (low + above)[corner]])
    inside = (columns >= 0) & (rows >= 0) & (columns < TILE_CELLS) & (rows < TILE_CELLS)
    which, columns, rows = which[inside], columns[inside], rows[inside]
    foreign = owner[rows, columns] != samples.edge[which]
    which, columns, rows = which[foreign], columns[foreign], rows[foreign]
    return _found(samples, which, columns, rows, np.ones(len(which), np.float32), tile)


def file_cells(parts: Sequence[Found], base_m: Floats) -> CellFile:
    """Return all parts as one file sorted by street and metres."""
    parts = parts or [_nothing()]
    edge = np.concatenate([part.edge for part in parts])
    place_m = base_m[edge] + np.concatenate([part.along_m for part in parts])
    order = np.argsort(place_m, kind="stable")
    return CellFile(
        starts=np.r_[0, np.cumsum(np.bincount(edge, minlength=len(base_m)))].astype(np.int64),
        base_m=base_m,
        place_m=place_m[order],
        column=np.concatenate([part.column for part in parts])[order].astype(np.int32),
        row=np.concatenate([part.row for part in parts])[order].astype(np.int32),
        value=np.concatenate([part.value for part in parts])[order],
    )
