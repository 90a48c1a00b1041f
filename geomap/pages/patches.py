"""Large pictures in pieces: polygons in patches, so that a page loads what it shows.

A patch is a box and what lies in it. Patches are loaded one by one as classic scripts, so this
works from ``file://`` as well as from any host, and needs no tile server.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.pages.shapes import SCALE

Box = tuple[float, float, float, float]
Geometries = NDArray[np.object_]

#: About 25 KB compressed: 0.15 s on a slow telephone's line.
PATCH_VERTICES = 12_000
#: Polygons of neighbouring patches overlap by two parts of the grid: no seam shines through.
OVERLAP = 2 / SCALE
#: What is still too much in a box this small (degrees) stays together.
SMALLEST = 0.02


def patch_boxes(
    bounds: NDArray[np.float64], sizes: NDArray[np.integer[Any]], most: int = PATCH_VERTICES
) -> Iterator[tuple[Box, NDArray[np.int64]]]:
    """Yield boxes and the rows in them: neighbours together, ``most`` of their sizes' sum.

    Parameters
    ----------
    bounds : west, south, east, north of each row, WGS-84 degrees, (n, 4).
    sizes : vertices of each row, (n,).
    """
    middle = np.column_stack([bounds[:, [0, 2]].mean(axis=1), bounds[:, [1, 3]].mean(axis=1)])
    for rows in _halve(np.arange(len(bounds)), middle, sizes, most):
        yield _box(bounds[rows]), rows


def _halve(
    rows: NDArray[np.int64], middle: NDArray[np.float64], sizes: NDArray[np.integer[Any]], most: int
) -> Iterator[NDArray[np.int64]]:
    if sizes[rows].sum() <= most or len(rows) == 1:
        yield rows
        return
    axis = int(np.argmax(np.ptp(middle[rows], axis=0)))
    order = rows[np.argsort(middle[rows, axis], kind="stable")]
    for half in np.split(order, [len(order) // 2]):
        yield from _halve(half, middle, sizes, most)


def patch_polygons(
    shapes: Sequence[Any], most: int = PATCH_VERTICES
) -> list[tuple[Box, list[Any]]]:
    """Return boxes and what of each of the shapes lies in them; boxes without any are left out.

    Parameters
    ----------
    shapes : valid polygons, WGS-84 degrees: the bands of one envelope.
    most : vertices of all shapes in a patch together.
    """
    own = [shape for shape in shapes if not shape.is_empty]
    if not own:
        return []
    parts = [shapely.get_parts(shape) for shape in shapes]
    return [
        (box, [shapely.multipolygons(each) for each in inside])
        for box, inside in _quarter(parts, _box(shapely.bounds(own)), most)
    ]


def _quarter(
    parts: list[Geometries], box: Box, most: int
) -> Iterator[tuple[Box, list[Geometries]]]:
    """Halve the box until little is left in it; ``parts`` are the polygons of each shape."""
    west, south, east, north = box
    count = sum(int(shapely.get_num_coordinates(each).sum()) for each in parts)
    if count <= most or max(east - west, north - south) <= SMALLEST:
        yield box, parts
        return
    halves: tuple[Box, Box]
    if east - west > north - south:
        middle = (west + east) / 2
        halves = (west, south, middle, north), (middle, south, east, north)
    else:
        middle = (south + north) / 2
        halves = (west, south, east, middle), (west, middle, east, north)
    for half in halves:
        inside = [_clip(each, half) for each in parts]
        if any(len(each) for each in inside):
            yield from _quarter(inside, half, most)


def _clip(parts: Geometries, box: Box) -> Geometries:
    """Return what lies in the box and a little around it; only what crosses its edge is cut."""
    west, south, east, north = box
    frame = shapely.box(west - OVERLAP, south - OVERLAP, east + OVERLAP, north + OVERLAP)
    low_x, low_y, high_x, high_y = shapely.bounds(parts).T
    left, bottom, right, top = frame.bounds
    meets = (low_x <= right) & (high_x >= left) & (low_y <= top) & (high_y >= bottom)
    within = (low_x >= left) & (high_x <= right) & (low_y >= bottom) & (high_y <= top)
    cut = shapely.get_parts(shapely.get_parts(shapely.intersection(parts[meets & ~within], frame)))
    return np.concatenate([parts[within], cut[shapely.get_dimensions(cut) == 2]])


def _box(bounds: NDArray[np.float64]) -> Box:
    west, south = np.floor(bounds[:, :2].min(axis=0) * 1e4) / 1e4
    east, north = np.ceil(bounds[:, 2:].max(axis=0) * 1e4) / 1e4
    return float(west), float(south), float(east), float(north)
