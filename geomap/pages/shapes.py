"""Polygons for a browser: simplified together, quantised."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geomap.pages.outlines import simplify
from geomap.wire import encode_rings
from geomap.wire.letters import Integers
from geomap.wire.rings import quantise

#: About what a desktop draws while one drags: 1.2 MB of script, a third of it compressed.
MAX_VERTICES = 250_000
#: Tolerance in degrees that leaves half of the vertices of the shipped outlines (made with 0.004,
#: 567 k: 0.008 leaves 312 k, 0.015 178 k, 0.03 96 k); twice the tolerance, half of the rest.
HALVING = 0.009
#: Parts of a degree: 11 m, finer than the line is wide at any zoom that shows a district whole.
SCALE = 10_000


def encode_coverage(shapes: gpd.GeoSeries, max_vertices: int = MAX_VERTICES) -> list[str]:
    """Return the rings of each polygon (:mod:`geomap.wire.rings`).

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


def encode_polygon(polygon: Any, max_vertices: int = MAX_VERTICES) -> str:
    """Return the rings of all parts of ``polygon`` (WGS-84 degrees) × SCALE; holes need no mark.

    Beyond ``max_vertices`` it is simplified as far as it must; below, not at all.
    """
    if polygon is None or polygon.is_empty:
        return ""
    excess = shapely.get_num_coordinates(polygon) / max_vertices
    if excess > 1:
        polygon = simplify_parts(polygon, excess / SCALE)
    parts = [part for part in shapely.get_parts(polygon) if part.geom_type == "Polygon"]
    rings = [ring for part in parts for ring in _rings(part)]
    return encode_rings(rings or [_smallest_ring(polygon)])


def simplify_parts(polygon: Any, tolerance: float) -> Any:
    """Return ``polygon`` (WGS-84 degrees) with every part simplified for itself.

    GEOS compares each line of a shape with all of its parts to keep them apart: minutes for the
    13,000 parts of a country's circles, seconds by parts. Two may then overlap by the tolerance.
    """
    if polygon is None or polygon.geom_type != "MultiPolygon":
        return polygon if polygon is None else shapely.simplify(polygon, tolerance)
    return shapely.multipolygons(shapely.simplify(shapely.get_parts(polygon), tolerance))


def _rings(part: Any) -> list[Integers]:
    """The outer ring, then the holes; of a part that quantising leaves no ring of, nothing."""
    outer, *holes = (quantise(shapely.get_coordinates(ring)[:-1], SCALE)
                     for ring in (part.exterior, *part.interiors))  # fmt: skip
    return [outer, *(hole for hole in holes if len(hole) >= 3)] if len(outer) >= 3 else []


def _smallest_ring(polygon: Any) -> Integers:
    """A square of one unit around what quantising would lose."""
    west, south, east, north = polygon.bounds
    unit = 1 / SCALE
    box = shapely.box(west - unit, south - unit, east + unit, north + unit)
    return quantise(shapely.get_coordinates(box)[:-1], SCALE)
