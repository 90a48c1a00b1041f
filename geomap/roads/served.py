"""Places beside the streets: all served land in patches of one stretch of street each.

What the outlines draw, as a table: a patch is the land whose nearest street is one stretch of
about :data:`STEP_M`, with the street across where a rider may use that as well (`cells`). Asking
whether a patch is reached is asking its street, so a thousand questions need no outline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from geomap.roads.cells import Cells
from geomap.roads.cuts import Stretches, cut_edges
from geomap.roads.labels import Smalls
from geomap.roads.nearest import NearestField
from geomap.roads.network import Network
from geomap.roads.reach import budgets_of
from geomap.roads.rules import CLASSES
from geomap.roads.search import remaining_each, remaining_union
from geomap.roads.snap import Attachment
from geomap.roads.streets import Booleans, Floats, Integers

#: Length of a patch's stretch, metres: reach is exact to half of it, and right on average.
STEP_M = 50.0
#: Streets that people live on.
_HOMES = [CLASSES.index(name) for name in ("residential", "living_street", "unclassified")]


@dataclass(frozen=True, slots=True)
class Feet:
    """Where places meet the streets: ``edge`` and metres from its tail; -1 where none.

    ``edge`` and ``along_m`` have shape (n, 2): the nearest street, and the one across.
    """

    edge: Integers
    along_m: Floats

    def take(self, rows: Integers) -> Feet:
        """Some of them."""
        return Feet(self.edge[rows], self.along_m[rows])


@dataclass(frozen=True, slots=True)
class ServedLand:
    """The cells of all served land, WGS-84 degrees of their middles, and the streets they are of.

    Attributes
    ----------
    lon, lat : degrees, (cells,).
    patch : number of the patch each cell belongs to.
    feet : of the patches.
    homes_m : metres of residential street beside each cell.
    cell_m2 : area of a cell.
    """

    lon: Floats
    lat: Floats
    patch: Integers
    feet: Feet
    homes_m: Floats
    cell_m2: float


def served_land(network: Network, kerb_m: float, block_m2: float) -> ServedLand:
    """Return all land that the streets of the network serve, whoever reaches them."""
    cells = network.land(kerb_m, block_m2)
    column, row, edge, along_m = _feet_of_cells(cells, len(network.edges.tail))
    step = np.where(edge < 0, -1, np.floor(along_m / STEP_M)).astype(np.int32)
    first, stretches = _number_stretches(network)
    stretch = np.where(edge < 0, -1, first[edge] + step)
    # One whole number a pair sorts ten times as fast as rows of four.
    _, row_of, patch = np.unique(
        stretch[:, 0] * (stretches + 1) + stretch[:, 1] + 1,
        return_index=True, return_inverse=True,
    )  # fmt: skip
    patches, steps = edge[row_of].astype(np.int64), step[row_of]
    middle_m = np.minimum((steps + 0.5) * STEP_M, _length(network, patches))
    x = np.asarray(cells.west + (column + 0.5) * cells.side_m, dtype=np.float64)
    y = np.asarray(cells.south + (row + 0.5) * cells.side_m, dtype=np.float64)
    lon, lat = network.plane.to_degrees(x, y)
    return ServedLand(
        lon, lat, patch, Feet(patches, middle_m),
        _home_metres(network, edge[:, 0], step[:, 0], stretch[:, 0]), cells.side_m**2,
    )  # fmt: skip


def _number_stretches(network: Network) -> tuple[Integers, int]:
    """Return the number of the first stretch of each edge, and how many numbers there are.

    Each edge has a number to spare: what lies at its very end may be rounded beyond it.
    """
    each = np.floor(network.edges.length_m / STEP_M).astype(np.int64) + 2
    return np.cumsum(each) - each, int(each.sum())


def _length(network: Network, edge: Integers) -> Floats:
    return np.asarray(np.where(edge < 0, 0.0, network.edges.length_m[edge]))


def _feet_of_cells(cells: Cells, edges: int) -> tuple[Integers, Integers, Smalls, Floats]:
    """Return column, row, and the two deepest feet (n, 2) of every served cell."""
    file = cells.file_for(np.arange(edges))
    served = np.flatnonzero(file.value > 0)
    owner = np.repeat(np.arange(edges, dtype=np.int32), np.diff(file.starts))[served]
    along = file.place_m[served] - file.base_m[owner]
    number = file.row[served].astype(np.int64) * cells.columns + file.column[served]
    order = np.lexsort((-file.value[served], number))  # stable: then by street, and along it
    number, owner, along = number[order], owner[order], along[order]
    del order, served
    first = np.flatnonzero(np.r_[True, number[1:] != number[:-1]])
    again = np.minimum(first + 1, len(number) - 1)
    is_twice = (number[again] == number[first]) & (again > first)
    edge = np.column_stack([owner[first], np.where(is_twice, owner[again], np.int32(-1))])
    metres = np.column_stack([along[first], np.where(is_twice, along[again], 0.0)])
    return number[first] % cells.columns, number[first] // cells.columns, edge, metres


def _home_metres(network: Network, edge: Smalls, step: Smalls, stretch: Integers) -> Floats:
    """Return the residential metres of each cell's stretch, shared by the stretch's cells."""
    edges = network.edges
    rest = edges.length_m[edge] - step * STEP_M
    metres = np.clip(rest, 0, STEP_M) * np.isin(edges.rank[edge], _HOMES)
    return np.asarray(metres / np.bincount(stretch)[stretch])


def feet_of(points: Attachment) -> Feet:
    """Return the feet of attached points; those off the network have none."""
    edge = np.column_stack([points.edge, np.full_like(points.edge, -1)])
    return Feet(edge, np.column_stack([np.nan_to_num(points.offset_m), np.zeros(len(edge))]))


def join_feet(first: Feet, second: Feet) -> Feet:
    """Return both, one after the other."""
    return Feet(
        np.concatenate([first.edge, second.edge]), np.concatenate([first.along_m, second.along_m])
    )


def is_reached(
    network: Network, stations: Attachment, distance_m: ArrayLike, feet: Feet
) -> Booleans:
    """Return from which places some station is reached within its metres of road, (n,)."""
    budget_m = budgets_of(network, stations, distance_m)
    left_m = remaining_union(network, stations, budget_m)
    return _lies_on(cut_edges(network.edges, left_m, stations, budget_m), network, feet)


def reached_each(
    network: Network, stations: Attachment, distance_m: ArrayLike, feet: Feet
) -> Iterator[tuple[int, Integers]]:
    """Yield each station's number and the places from which it is reached."""
    budget_m = budgets_of(network, stations, distance_m)
    for station, left_m in remaining_each(network, stations, budget_m):
        here = np.array([station])
        stretches = cut_edges(network.edges, left_m, stations.take(here), budget_m[here])
        yield station, np.flatnonzero(_lies_on(stretches, network, feet))


def _lies_on(stretches: Stretches, network: Network, feet: Feet) -> Booleans:
    base = network.edges.place_m
    if not len(stretches.edge):
        return np.zeros(len(feet.edge), dtype=bool)
    low, high = base[stretches.edge] + stretches.low_m, base[stretches.edge] + stretches.high_m
    place = base[feet.edge] + feet.along_m
    number = np.searchsorted(low, place, side="right") - 1
    return np.asarray(((number >= 0) & (place <= high[number]) & (feet.edge >= 0)).any(axis=1))


def nearest_metres(field: NearestField, feet: Feet) -> tuple[Floats, Integers]:
    """Return metres of road to the nearest station and its number; inf and -1 where none."""
    metres = np.full(feet.edge.shape, np.inf)
    station = np.full(feet.edge.shape, -1, dtype=np.int64)
    there = feet.edge >= 0
    metres[there], station[there] = field.along(feet.edge[there], feet.along_m[there])
    best = np.argmin(metres, axis=1)
    each = np.arange(len(best))
    return metres[each, best], station[each, best]
