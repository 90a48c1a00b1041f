"""Outlines of values on a grid, as valid polygons in degrees."""

from __future__ import annotations

from typing import Any

import contourpy
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryType, MultiPolygon

from geomap.roads.plane import Plane
from geomap.roads.streets import Booleans

#: Outlines may leave their course by this share of a cell (1 m of 20 m).
SIMPLIFY_CELLS = 0.05


def trace_values(
    values: NDArray[np.floating[Any]], west: float, south: float, side_m: float
) -> MultiPolygon:
    """Return where the values, read between the centres of their cells, are above 0.

    Parameters
    ----------
    values : (rows, columns), row 0 in the south; none exactly 0; the rim must be negative.
    west, south : centre of the first cell, metres in the plane.
    side_m : side of a cell.

    Returns
    -------
    MultiPolygon
        Plane metres, valid, with holes and islands, simplified by `SIMPLIFY_CELLS`.
    """
    generator = contourpy.contour_generator(z=values, name="serial", fill_type="OuterOffset")
    rings: Any = generator.filled(0.0, np.inf)
    if not rings[0]:
        return MultiPolygon()
    outline = _to_geometry(rings[0], rings[1])
    simple = _simplify(outline)
    return shapely.transform(simple, lambda xy: xy * side_m + (west, south))


def _to_geometry(
    points: list[NDArray[np.float64]], offsets: list[NDArray[np.uint32]]
) -> MultiPolygon:
    sizes = np.cumsum([0, *(len(part) for part in points)])
    rings = [part[:-1] + size for part, size in zip(offsets, sizes[:-1], strict=True)]
    ring_offsets = np.concatenate([*rings, sizes[-1:]]).astype(np.int64)
    polygon_offsets = np.cumsum([0, *(len(part) - 1 for part in offsets)])
    built = shapely.from_ragged_array(
        GeometryType.MULTIPOLYGON,
        np.concatenate(points),
        (ring_offsets, polygon_offsets, np.array([0, len(points)])),
    )
    return built[0]


def _simplify(outline: MultiPolygon) -> MultiPolygon:
    """Thin the points out; where that would cross lines, the slower way that cannot."""
    simple = shapely.simplify(outline, SIMPLIFY_CELLS, preserve_topology=False)
    if not shapely.is_valid(simple):
        simple = shapely.simplify(outline, SIMPLIFY_CELLS, preserve_topology=True)
    return simple if isinstance(simple, MultiPolygon) else MultiPolygon([simple])


def to_degrees(outline: MultiPolygon, plane: Plane) -> MultiPolygon:
    """Return the same outline in WGS-84 degrees."""
    return shapely.transform(outline, lambda xy: np.column_stack(plane.to_degrees(*xy.T)))


def trace_mask(
    mask: Booleans, west: float, south: float, side_m: float, plane: Plane
) -> MultiPolygon:
    """Return the outline of the chosen cells in WGS-84 degrees; the rim must not be chosen."""
    values = np.where(mask, 0.5, -0.5).astype(np.float32)
    return to_degrees(trace_values(values, west + side_m / 2, south + side_m / 2, side_m), plane)
