"""Circles on the ellipsoid, and what many of them cover together.

A circle is a polygon of 64 corners whose area is that of the true circle: its corners lie 0.08 %
outside, the middles of its sides 0.04 % inside. Corners are found with the radii of curvature at
the middle latitude; tests/test_coverage.py measures them against the geodesic.
"""

from __future__ import annotations

import os
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
#: What comes out does not depend on it.
THREADS = min(8, os.cpu_count() or 1)
Box = tuple[float, ...]
_NONE: Geometries = np.empty(0, dtype=object)


def draw_circles(lon: Floats, lat: Floats, radius_m: Floats) -> Geometries:
    """One polygon (EPSG:4326) for each centre (degrees) and radius (metres)."""
    angle = np.arange(CORNERS) * (2 * np.pi / CORNERS)
    reach = (radius_m * _SWELL)[:, None]
    curves = _bend(lat)
    up = reach * np.sin(angle)
    rise = up / curves.north
    rise = up / (curves.north + curves.north_slope * rise / 2)
    # The parallel that carries the whole way east lies two thirds up, to second order.
    along = rise * (2 / 3)
    east = curves.east + along * (curves.east_slope + along * curves.east_bend / 2)
    rings = np.empty((len(lat), CORNERS + 1, 2))
    rings[:, :-1, 0] = lon[:, None] + reach * np.cos(angle) / east
    rings[:, :-1, 1] = lat[:, None] + rise
    rings[:, -1] = rings[:, 0]
    return np.asarray(shapely.polygons(rings), dtype=object)


@dataclass(frozen=True, slots=True)
class _Bend:
    """Metres per degree around each latitude, as columns: value, slope and bend per degree."""

    north: Floats
    north_slope: Floats
    east: Floats
    east_slope: Floats
    east_bend: Floats


def _bend(lat: Floats, step: float = 0.05) -> _Bend:
    (east_south, north_south), (east, north), (east_north, north_north) = (
        metres_per_degree(lat[:, None] + shift) for shift in (-step, 0.0, step)
    )
    return _Bend(
        north,
        (north_north - north_south) / (2 * step),
        east,
        (east_north - east_south) / (2 * step),
        (east_north - 2 * east + east_south) / step**2,
    )


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
    discs = np.unique(rows, axis=0)
    leaves = list(_split(discs, _bound(discs), (-np.inf, -np.inf, np.inf, np.inf)))
    with ThreadPoolExecutor(max_workers=THREADS) as threads:  # GEOS works outside the lock
        pieces = list(threads.map(lambda leaf: _dissolve_leaf(*leaf), leaves))
    return Pieces(
        np.concatenate([_NONE, *(piece.whole for piece in pieces)]),
        np.concatenate([_NONE, *(piece.cut for piece in pieces)]),
    )


def _bound(discs: Floats) -> Floats:
    """A box around each disc (lon, lat, radius), a little too large."""
    east, north = metres_per_degree(discs[:, 1])
    reach = discs[:, 2:] * 1.01 / np.column_stack([east, north])
    return np.column_stack([discs[:, :2] - reach, discs[:, :2] + reach])


def _split(discs: Floats, bounds: Floats, box: Box) -> Iterator[tuple[Floats, Box]]:
    """Halve the discs until few are left; one on the line goes to both sides."""
    if len(discs) <= LEAF:
        yield discs, box
        return
    axis = int(np.argmax(np.ptp(discs[:, :2], axis=0)))
    line = float(np.median(discs[:, axis]))
    low, high = bounds[:, axis] < line, bounds[:, axis + 2] > line
    if low.all() or high.all():  # they all overlap: cutting does not help
        yield discs, box
        return
    yield from _split(discs[low], bounds[low], (*box[: axis + 2], line, *box[axis + 3 :]))
    yield from _split(discs[high], bounds[high], (*box[:axis], line, *box[axis + 1 :]))


def _dissolve_leaf(discs: Floats, box: Box) -> Pieces:
    circles = draw_circles(*discs.T)
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
