"""Polygons for a browser: simplified together, quantised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.pages.outlines import simplify
from geomap.wire import encode_rings
from geomap.wire.letters import Integers
from geomap.wire.rings import as_parts, encode_texts, quantise

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
    return encode_polygons(polygons)[0]


def encode_polygon(polygon: Any, max_vertices: int = MAX_VERTICES) -> str:
    """Return the rings of all parts of ``polygon`` (WGS-84 degrees) × SCALE; holes need no mark.

    Beyond ``max_vertices`` it is simplified as far as it must; below, not at all.
    """
    return encode_polygons([polygon], max_vertices)[0][0]


def encode_polygons(
    polygons: Iterable[Any], max_vertices: int = MAX_VERTICES
) -> tuple[list[str], Integers]:
    """Return :func:`encode_polygon` of each, and how many vertices that has."""
    shapes = np.array([None, *polygons], dtype=object)[1:]  # the None: never an array of parts
    count = shapely.get_num_coordinates(shapes)
    for number in np.flatnonzero(count > max_vertices):
        shapes[number] = simplify_parts(shapes[number], count[number] / max_vertices / SCALE)
    texts, sizes = [""] * len(shapes), np.zeros(len(shapes), dtype=np.int64)
    xy, starts, own = _quantised_rings(shapes)
    drawn = np.unique(own)
    for number, text in zip(drawn, encode_texts(xy, starts, own), strict=True):
        texts[number] = text
    np.add.at(sizes, own, np.diff(starts))
    lost = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    lost[drawn] = False
    for number in np.flatnonzero(lost):
        square = _smallest_ring(shapes[number])
        texts[number], sizes[number] = encode_rings([square]), len(square)
    return texts, sizes


def _quantised_rings(shapes: NDArray[np.object_]) -> tuple[Integers, Integers, Integers]:
    """Return vertices × SCALE, where each ring begins (and the total), and each ring's shape.

    Of each part the outer ring, then the holes; of a part that quantising leaves no ring of,
    nothing.
    """
    parts, own = shapely.get_parts(shapes, return_index=True)
    flat = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)
    rings, part = shapely.get_rings(parts[flat], return_index=True)
    degrees, ring = shapely.get_coordinates(rings, return_index=True)
    is_first = np.ones(len(ring), dtype=bool)
    is_first[1:] = ring[1:] != ring[:-1]
    is_open = np.append(~is_first[1:], False)[: len(ring)]  # the last vertex is the first again
    xy, ring, is_first = as_parts(degrees[is_open], SCALE), ring[is_open], is_first[is_open]
    is_first[1:] |= (xy[1:] != xy[:-1]).any(axis=1)
    xy, ring = xy[is_first], ring[is_first]
    count = np.bincount(ring, minlength=len(rings))
    has_outer = np.zeros(len(parts), dtype=bool)
    outer, first = np.unique(part, return_index=True)
    has_outer[outer] = count[first] >= 3
    kept = (count >= 3) & has_outer[part]
    starts = np.zeros(int(kept.sum()) + 1, dtype=np.int64)
    np.cumsum(count[kept], out=starts[1:])
    return xy[kept[ring]], starts, own[flat][part[kept]]


def simplify_parts(polygon: Any, tolerance: float) -> Any:
    """Return ``polygon`` (WGS-84 degrees) with every part simplified for itself.

    GEOS compares each line of a shape with all of its parts to keep them apart: minutes for the
    13,000 parts of a country's circles, seconds by parts. Two may then overlap by the tolerance.
    """
    if polygon is None or polygon.geom_type != "MultiPolygon":
        return polygon if polygon is None else shapely.simplify(polygon, tolerance)
    return shapely.multipolygons(shapely.simplify(shapely.get_parts(polygon), tolerance))


def _smallest_ring(polygon: Any) -> Integers:
    """A square of one unit around what quantising would lose."""
    west, south, east, north = polygon.bounds
    unit = 1 / SCALE
    box = shapely.box(west - unit, south - unit, east + unit, north + unit)
    return quantise(shapely.get_coordinates(box)[:-1], SCALE)
