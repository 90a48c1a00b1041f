"""Lines and polygons for a browser: simplified together, quantised, as differences."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.pages.outlines import simplify

#: About what a desktop draws while one drags: 1.2 MB of script, a third of it compressed.
MAX_VERTICES = 250_000
#: Tolerance in degrees that leaves half of the vertices of the shipped outlines (made with 0.004,
#: 567 k: 0.008 leaves 312 k, 0.015 178 k, 0.03 96 k); twice the tolerance, half of the rest.
HALVING = 0.009
#: Parts of a degree: 11 m, finer than the line is wide at any zoom that shows a district whole.
SCALE = 10_000

Rings = list[list[int]]


def encode_coverage(shapes: gpd.GeoSeries, max_vertices: int = MAX_VERTICES) -> list[list[Rings]]:
    """Return for each polygon its parts, for each part its rings (outer first).

    Neighbours are simplified together, so no sliver opens between them, and only as far as
    ``max_vertices`` asks. Every shape keeps a ring: no county is too small to be drawn.

    Parameters
    ----------
    shapes : polygons that do not overlap, WGS-84 degrees.
    max_vertices : of all rings together.
    """
    polygons = np.asarray(shapes.array, dtype=object)
    excess = int(shapely.get_num_coordinates(polygons).sum()) / max_vertices
    if excess > 1:
        polygons = simplify(polygons, HALVING * excess / 2)
    return [encode_polygon(polygon) for polygon in polygons]


def encode_polygon(polygon: Any, max_vertices: int = MAX_VERTICES) -> list[Rings]:
    """Return the parts of ``polygon`` (WGS-84 degrees): rings of flat differences × SCALE.

    Beyond ``max_vertices`` it is simplified as far as it must; below, not at all.
    """
    if polygon is None or polygon.is_empty:
        return []
    excess = shapely.get_num_coordinates(polygon) / max_vertices
    if excess > 1:
        polygon = simplify_parts(polygon, excess / SCALE)
    parts = [part for part in shapely.get_parts(polygon) if part.geom_type == "Polygon"]
    encoded = [rings for part in parts if (rings := _encode_part(part))]
    return encoded or [[_smallest_ring(polygon)]]


def simplify_parts(polygon: Any, tolerance: float) -> Any:
    """Return ``polygon`` (WGS-84 degrees) with every part simplified for itself.

    GEOS compares each line of a shape with all of its parts to keep them apart: minutes for the
    13,000 parts of a country's circles, seconds by parts. Two may then overlap by the tolerance.
    """
    if polygon is None or polygon.geom_type != "MultiPolygon":
        return polygon if polygon is None else shapely.simplify(polygon, tolerance)
    return shapely.multipolygons(shapely.simplify(shapely.get_parts(polygon), tolerance))


def _encode_part(part: Any) -> Rings:
    outer, *holes = [_flatten(shapely.get_coordinates(ring)) for ring in
                     (part.exterior, *part.interiors)]  # fmt: skip
    return [outer, *(hole for hole in holes if len(hole) >= 6)] if len(outer) >= 6 else []


def _smallest_ring(polygon: Any) -> list[int]:
    """A square of one unit around what quantising would lose."""
    west, south, east, north = polygon.bounds
    unit = 1 / SCALE
    return _flatten(shapely.get_coordinates(
        shapely.box(west - unit, south - unit, east + unit, north + unit)
    ))  # fmt: skip


def encode_lines(lines: gpd.GeoSeries) -> Rings:
    """Return every line (WGS-84 degrees) as flat differences × SCALE."""
    parts = shapely.get_parts(np.asarray(lines.array, dtype=object))
    encoded = [_flatten(shapely.get_coordinates(part), closed=False) for part in parts]
    return [line for line in encoded if len(line) >= 4]


def _flatten(points: NDArray[np.float64], *, closed: bool = True) -> list[int]:
    """Return x, y of the first point and the steps to the others; a ring is not closed again."""
    cells = np.round(points[:-1] if closed else points, 12)
    whole = np.round(cells * SCALE).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=0)
    moved: NDArray[np.bool_] = np.any(steps != 0, axis=1)
    moved[:1] = True
    flat: list[int] = steps[moved].ravel().tolist()
    return flat
