"""Circles on the ellipsoid, and what many of them cover together.

A circle is a polygon of 64 corners whose area is that of the true circle: its corners lie 0.08 %
outside, the middles of its sides 0.04 % inside. Corners are found with the radii of curvature at
the middle latitude; tests/test_coverage.py measures them against the geodesic.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import shapely

from geomap.coverage.plane import Floats, Geometries, metres_per_degree

CORNERS = 64
_SWELL = np.sqrt(2 * np.pi / CORNERS / np.sin(2 * np.pi / CORNERS))
#: Circles dissolved at a time: unions of huge shapes cost more than their size says.
LEAF = 4000
THREADS = 2
Box = tuple[float, ...]
_NONE: Geometries = np.empty(0, dtype=object)


def draw_circles(lon: Floats, lat: Floats, radius_m: Floats) -> Geometries:
    """One polygon (EPSG:4326) for each centre (degrees) and radius (metres)."""
    angle = np.arange(CORNERS) * (2 * np.pi / CORNERS)
    reach = (radius_m * _SWELL)[:, None]
    _, north = metres_per_degree(lat)
    corner_lat = lat[:, None] + reach * np.sin(angle) / north[:, None]
    # Half way up, where the mean of the curvature along the way is, to second order.
    _, north = metres_per_degree((corner_lat + lat[:, None]) / 2)
    corner_lat = lat[:, None] + reach * np.sin(angle) / north
    east, _ = metres_per_degree((corner_lat * 2 + lat[:, None]) / 3)
    corner_lon = lon[:, None] + reach * np.cos(angle) / east
    corners = np.stack([corner_lon, corner_lat], axis=-1)
    rings = np.concatenate([corners, corners[:, :1]], axis=1)
    return np.asarray(shapely.polygons(rings), dtype=object)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Polygons (EPSG:4326) that do not overlap and together are one union.

    Attributes
    ----------
    whole : parts of the union that no cut line crosses.
    cut : the others, cut along lines of longitude or latitude.
    """

    whole: Geometries
    cut: Geometries

    @property
    def all(self) -> Geometries:
        """All polygons."""
        return np.concatenate([self.whole, self.cut])


def dissolve_circles(lon: Floats, lat: Floats, radius_m: Floats) -> Pieces:
    """Return the union of the circles in pieces; circles of no positive radius are left out.

    The order of the input does not matter.
    """
    rows = np.column_stack([lon, lat, radius_m])[radius_m > 0]
    rows = np.unique(rows, axis=0)
    circles = draw_circles(rows[:, 0], rows[:, 1], rows[:, 2])
    box = (-np.inf, -np.inf, np.inf, np.inf)
    leaves = list(_split(circles, shapely.bounds(circles).reshape(-1, 4), box))
    with ThreadPoolExecutor(max_workers=THREADS) as threads:  # GEOS works outside the lock
        pieces = list(threads.map(lambda leaf: _dissolve_leaf(*leaf), leaves))
    return Pieces(
        np.concatenate([_NONE, *(piece.whole for piece in pieces)]),
        np.concatenate([_NONE, *(piece.cut for piece in pieces)]),
    )


def _split(circles: Geometries, bounds: Floats, box: Box) -> Iterator[tuple[Geometries, Box]]:
    """Halve the circles until few are left; one on the line goes to both sides."""
    if len(circles) <= LEAF:
        yield circles, box
        return
    axis = int(np.argmax(np.ptp(bounds[:, :2], axis=0)))
    line = float(np.median(bounds[:, axis]))
    low, high = bounds[:, axis] < line, bounds[:, axis + 2] > line
    if low.all() or high.all():  # they all overlap: cutting does not help
        yield circles, box
        return
    yield from _split(circles[low], bounds[low], (*box[: axis + 2], line, *box[axis + 3 :]))
    yield from _split(circles[high], bounds[high], (*box[:axis], line, *box[axis + 1 :]))


def _dissolve_leaf(circles: Geometries, box: Box) -> Pieces:
    parts = shapely.get_parts(shapely.disjoint_subset_union_all(circles))
    west, south, east, north = np.clip(box, -1000.0, 1000.0)  # degrees beyond any circle
    frame = shapely.box(west, south, east, north)
    inside = shapely.contains_properly(frame, parts)
    cut = shapely.get_parts(shapely.intersection(parts[~inside], frame))
    return Pieces(parts[inside], keep_polygons(cut))


def keep_polygons(parts: Geometries) -> Geometries:
    """Return the parts that have an area; cutting leaves points and lines where shapes touch."""
    return np.asarray(parts[shapely.get_dimensions(parts) == 2], dtype=object)


def join_pieces(pieces: Pieces) -> shapely.MultiPolygon:
    """One valid MultiPolygon of the pieces, in canonical order."""
    merged = shapely.get_parts(shapely.disjoint_subset_union_all(pieces.cut))
    parts = np.concatenate([pieces.whole, keep_polygons(merged)])
    return shapely.normalize(shapely.multipolygons(parts))
