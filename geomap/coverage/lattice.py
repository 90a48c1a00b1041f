"""Cells over a district, and how much land of some shapes lies in each, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geomap.coverage.plane import Floats, Geometries, shapes_to_plane

Integers = npt.NDArray[np.int64]
#: Cells of a lattice across a district of average shape, and their least and greatest side.
CELLS_ACROSS = 100
CELL_MIN_M, CELL_MAX_M = 100.0, 500.0


@dataclass(frozen=True, slots=True)
class Lattice:
    """Cells over one district in the equal-area plane: ``wide`` × ``high`` metres of the plane."""

    column: int
    row: int
    columns: int
    rows: int
    wide: float
    high: float
    land: Floats

    @property
    def cell_m2(self) -> float:
        """Area of a cell."""
        return self.wide * self.high


def lay_lattice(district: shapely.Geometry, area_m2: float, across: int = CELLS_ACROSS) -> Lattice:
    """The lattice of a district (EPSG:4326), with the area of its land in each cell."""
    side = float(np.clip(area_m2**0.5 / across, CELL_MIN_M, CELL_MAX_M))
    _, south, _, north = shapely.bounds(district)
    stretch = float(np.cos(np.radians((south + north) / 2)))
    wide, high = side / stretch, side * stretch
    shape = shapes_to_plane(np.array([district], dtype=object))
    west, south, east, north = shapely.total_bounds(shape)
    column, row = int(np.floor(west / wide)), int(np.floor(south / high))
    columns, rows = int(np.floor(east / wide)) - column + 1, int(np.floor(north / high)) - row + 1
    empty = Lattice(column, row, columns, rows, wide, high, np.empty(0))
    return Lattice(column, row, columns, rows, wide, high, measure_cells(shape, empty))


def measure_cells(shapes: Geometries, lattice: Lattice) -> Floats:
    """Area of the shapes (plane) in each cell of the lattice, exact; shape (rows * columns,).

    Every edge adds the area between it and the right end of its cell, and its height to all cells
    further right (the accumulation of a font rasteriser). Shapes must not overlap.
    """
    areas = np.zeros((lattice.rows, lattice.columns))
    lines, own = measure_lines(shapes, np.zeros(len(shapes), dtype=np.int64), lattice)
    areas[lines] = own
    return areas.ravel()


def measure_lines(shapes: Geometries, sheet: Integers, lattice: Lattice) -> tuple[Integers, Floats]:
    """The same for many sets of shapes at once: only the rows of cells that some shape touches.

    ``sheet`` says which set each shape is of; those of one set must not overlap. Returned are the
    numbers of the rows (of the lattice, plus the sheet's times its rows), and (n, columns).
    """
    parts, shape = shapely.get_parts(shapes, return_index=True)
    polygons, part = shapely.get_parts(parts, return_index=True)
    is_area = shapely.get_dimensions(polygons) == 2
    polygons, own = polygons[is_area], sheet[shape[part[is_area]]]
    rings, polygon = shapely.get_rings(
        shapely.orient_polygons(polygons, exterior_cw=True), return_index=True
    )
    points, ring = shapely.get_coordinates(rings, return_index=True)
    points = points / (lattice.wide, lattice.high) - (lattice.column, lattice.row)
    same = ring[1:] == ring[:-1]
    x0, y0, x1, y1, edge = _cut_edges(points[:-1][same], points[1:][same])
    columns = np.clip(np.floor((x0 + x1) / 2).astype(np.int64), 0, lattice.columns - 1)
    rows = np.clip(np.floor((y0 + y1) / 2).astype(np.int64), 0, lattice.rows - 1)
    rows += own[polygon[ring[:-1][same][edge]]] * lattice.rows
    is_touched = np.bincount(rows) > 0
    rows = (np.cumsum(is_touched) - 1)[rows]
    height = y1 - y0
    here = height * (columns + 1 - (x0 + x1) / 2)
    wide, lines = lattice.columns + 1, np.flatnonzero(is_touched)
    cell, size = rows * wide + columns, wide * len(lines)
    sums = np.bincount(cell, weights=here, minlength=size)
    sums += np.bincount(cell + 1, weights=height - here, minlength=size)
    shares = np.cumsum(sums.reshape(-1, wide), axis=1)[:, :-1]
    return lines, np.maximum(shares, 0) * lattice.cell_m2


def _cut_edges(start: Floats, end: Floats) -> tuple[Floats, Floats, Floats, Floats, Integers]:
    """Edges cut at the lines of the lattice, so that each piece lies in one cell; whose it is."""
    edges = [np.arange(len(start))]
    at = [np.zeros(len(start))]
    for axis in (0, 1):
        low = np.minimum(start[:, axis], end[:, axis])
        high = np.maximum(start[:, axis], end[:, axis])
        first = np.floor(low).astype(np.int64) + 1
        count = np.maximum(np.ceil(high).astype(np.int64) - first, 0)
        edge = np.repeat(np.arange(len(start)), count)
        line = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + first[edge]
        edges.append(edge)
        at.append((line - start[edge, axis]) / (end[edge, axis] - start[edge, axis]))
    edge, along = np.concatenate(edges), np.concatenate(at)
    order = np.lexsort((along, edge))
    edge, along = edge[order], along[order]
    until = np.append(along[1:], 1.0)
    until[np.append(edge[1:] != edge[:-1], True)] = 1.0
    way = end[edge] - start[edge]
    begin = start[edge] + way * along[:, None]
    finish = start[edge] + way * until[:, None]
    return begin[:, 0], begin[:, 1], finish[:, 0], finish[:, 1], edge
