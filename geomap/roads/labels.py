"""One tile of cells: whose land is it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter
from scipy.spatial import KDTree

from geomap.roads.contract import Edges
from geomap.roads.ridges import ROUNDS, sink_ridges
from geomap.roads.sampling import Samples
from geomap.roads.streets import Booleans, Floats, Integers

#: 20 m cells: recall 1.000, false 0.0006 (25 m: 0.02); their diagonal stays under the 30 m that
#: count as the same street.
_CELL_M = 20.0
#: A cell a street runs through is painted whatever street it is filed under, up to three cells
#: away from the metres reached; a small kerb has smaller cells, or that would be beyond it.
_CELLS_IN_KERB = 3.1
#: The other carriageway of the same street: at most this far away.
ACROSS_M = 30.0
#: Cells of a tile's side (5.1 km): a tile's tables stay in the processor's cache.
TILE_CELLS = 256
#: A tile looks at this many cells of its neighbours: `sink_ridges` carries no farther.
_RIM = ROUNDS + 2
#: Kerbs are drawn this share of a cell early, as outlines bend (`contour.SIMPLIFY_CELLS`) and the
#: land between centres is looked at every tenth of a cell; `sink_ridges` keeps the rest.
_KERB_SLACK = 0.2
_RIDGE_SLACK = 0.12
#: Across a street the kerb is this share of a cell shorter: no point of the squares around such
#: a cell is then beyond it, whatever else is painted there.
_ACROSS_SLACK = 0.9
#: Values are filed up to this many cells inside the kerb (`CellFile`).
DEEP = 2.0


Smalls = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of cells: corner and side of a cell in the plane (metres), first column and row."""

    west: float
    south: float
    side_m: float
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Found:
    """Cells filed under stretches of street: ``edge``, metres from its tail, place and value.

    Small numbers: a large city has ten million of them.
    """

    edge: Smalls
    along_m: NDArray[np.float32]
    column: Smalls
    row: Smalls
    value: NDArray[np.float32]

    def take(self, chosen: Booleans | Integers) -> Found:
        """Return the chosen cells alone."""
        return Found(*(getattr(self, part.name)[chosen] for part in fields(self)))


def join_found(parts: Sequence[Found]) -> Found:
    """Return all parts as one, in their order."""
    parts = parts or [_nothing()]
    names = [each.name for each in fields(Found)]
    return Found(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


@dataclass(frozen=True, slots=True)
class CellFile:
    """Cells sorted by street, then along it.

    ``starts`` (edges + 1,); ``base_m`` (edges,), where each street begins when all lie end to end
    (`Edges.place_m`), and ``place_m`` where each cell's foot lies on that line; ``column`` and
    ``row`` of the cell; ``value`` -1 … `DEEP`, how many cells its centre lies inside the kerb.
    """

    starts: Integers
    base_m: Floats
    place_m: Floats
    column: Smalls
    row: Smalls
    value: NDArray[np.float32]


def side_of(kerb_m: float) -> float:
    """Return the side of a cell in metres for this kerb."""
    return min(_CELL_M, kerb_m / _CELLS_IN_KERB)


def margin_of(kerb_m: float) -> float:
    """Return how far from a tile a street may lie, in metres, and still matter to it."""
    return kerb_m + (_RIM + 2) * side_of(kerb_m)


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
    margin, side = margin_of(kerb_m), TILE_CELLS * tile.side_m
    samples = around.inside(
        tile.west - margin, tile.south - margin, tile.west + side + margin,
        tile.south + side + margin,
    )  # fmt: skip
    if not len(samples.x):
        return _nothing(), _nothing(), _nothing()
    land = _find_land(samples, tile, kerb_m)
    value = _value_of(land.metres, kerb_m - _KERB_SLACK * tile.side_m, tile.side_m)
    feet = np.column_stack([samples.x[land.nearest], samples.y[land.nearest]])
    safe_m = kerb_m - _RIDGE_SLACK * tile.side_m
    value = sink_ridges(land.grid, land.centres, feet, value, safe_m, tile.side_m)
    land, value = land.take(land.is_inner), value[land.is_inner]
    mine = _found(samples, land.nearest, land.column, land.row, value, tile)
    return (
        mine,
        _file_across(samples, edges, land, mine, kerb_m, tile.side_m),
        _file_run_over(samples, land, tile),
    )


@dataclass(frozen=True, slots=True)
class _Land:
    """Cells near a street, a tile's and those of its rim: place, distance, nearest sample."""

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
        numbers = np.full((TILE_CELLS + 2 * _RIM, TILE_CELLS + 2 * _RIM), -1, dtype=np.int64)
        numbers[self.row + _RIM, self.column + _RIM] = np.arange(len(self.row))
        return numbers

    def take(self, chosen: Booleans) -> _Land:
        """Return the chosen cells alone."""
        return _Land(*(getattr(self, part.name)[chosen] for part in fields(self)))


def _find_land(samples: Samples, tile: Tile, kerb_m: float) -> _Land:
    row, column = np.nonzero(_near_streets(samples, tile, kerb_m))
    row, column = row - _RIM, column - _RIM
    side_m = tile.side_m
    centres = np.column_stack(
        [tile.west + (column + 0.5) * side_m, tile.south + (row + 0.5) * side_m]
    )
    tree = KDTree(np.column_stack([samples.x, samples.y]))
    metres, nearest = tree.query(centres, distance_upper_bound=kerb_m + side_m)
    return _Land(column, row, centres, metres, nearest).take(np.isfinite(metres))


def _nothing() -> Found:
    whole, real = np.zeros(0, np.int32), np.zeros(0, np.float32)
    return Found(whole, real, whole, whole, real)


def _value_of(metres: Floats, kerb_m: float, side_m: float) -> NDArray[np.float32]:
    """Cells between the centre and the kerb; never exactly 0, where a contour would degenerate."""
    value = np.clip((kerb_m - metres) / side_m, -1, DEEP)
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
        edge=samples.edge[chosen].astype(np.int32),
        along_m=samples.along_m[chosen].astype(np.float32),
        column=(column + tile.column).astype(np.int32),
        row=(row + tile.row).astype(np.int32),
        value=value,
    )


def _near_streets(samples: Samples, tile: Tile, kerb_m: float) -> Booleans:
    """Return which cells of the tile and its rim may lie near a street: the samples', widened."""
    reach = int(np.ceil(kerb_m / tile.side_m)) + 1
    rim = reach + _RIM
    taken = np.zeros((TILE_CELLS + 2 * rim, TILE_CELLS + 2 * rim), dtype=np.uint8)
    column = np.floor((samples.x - tile.west) / tile.side_m).astype(np.int64) + rim
    row = np.floor((samples.y - tile.south) / tile.side_m).astype(np.int64) + rim
    inside = (column >= 0) & (row >= 0) & (column < len(taken)) & (row < len(taken))
    taken[row[inside], column[inside]] = 1
    wide = maximum_filter(taken, size=2 * reach + 1, mode="constant")
    return np.asarray(wide[reach:-reach, reach:-reach] > 0)


def _file_across(
    samples: Samples,
    edges: Edges,
    land: _Land,
    mine: Found,
    kerb_m: float,
    side_m: float,
) -> Found:
    """File the cells of one-way streets under the street across as well, where there is one.

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
        edge=samples.edge[chosen].astype(np.int32),
        along_m=samples.along_m[chosen].astype(np.float32),
        column=mine.column[cell],
        row=mine.row[cell],
        value=_value_of(away, kerb_m - _ACROSS_SLACK * side_m, side_m),
    )


def _file_run_over(samples: Samples, land: _Land, tile: Tile) -> Found:
    """File the cells that must be inside for a sample to be inside, where another street has them.

    The contour around one cell is the diamond of its side midpoints; a sample in a corner of its
    cell, outside that diamond, needs the two neighbours at this corner as well.
    """
    owner = np.full((TILE_CELLS, TILE_CELLS), -1, dtype=np.int64)
    owner[land.row, land.column] = samples.edge[land.nearest]
    x, y = (samples.x - tile.west) / tile.side_m, (samples.y - tile.south) / tile.side_m
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
    return _found(samples, which, columns, rows, np.full(len(which), DEEP, np.float32), tile)


def file_cells(parts: Sequence[Found], base_m: Floats) -> CellFile:
    """Return all parts as one file sorted by street and metres."""
    found = join_found(parts)
    place_m = base_m[found.edge] + found.along_m
    order = np.argsort(place_m, kind="stable")
    return CellFile(
        starts=np.r_[0, np.cumsum(np.bincount(found.edge, minlength=len(base_m)))].astype(np.int64),
        base_m=base_m,
        place_m=place_m[order],
        column=found.column[order],
        row=found.row[order],
        value=found.value[order],
    )
