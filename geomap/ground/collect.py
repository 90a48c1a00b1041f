"""Things and their shapes, gathered one by one and made into a table all at once."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.ground.rules import Tags, aliases_of, name_of
from geomap.ground.table import COLUMNS, Ground

Course = Sequence[tuple[float, float]]
_DEGREE_M = 111_320.0


@dataclass
class Collected:
    """Rows of :data:`geomap.ground.table.COLUMNS`; shapes are made when all are known.

    A shape is a course of degrees: one for a point, a ring for land; relations bring theirs made.
    """

    _columns: tuple[list[str], ...] = field(default_factory=lambda: ([], [], [], [], [], []))
    _shape_of: array[int] = field(default_factory=lambda: array("q"))
    _as_point: array[int] = field(default_factory=lambda: array("b"))
    _places: array[float] = field(default_factory=lambda: array("d"))
    _counts: array[int] = field(default_factory=lambda: array("q"))
    _is_land: array[int] = field(default_factory=lambda: array("b"))
    _made: dict[int, Any] = field(default_factory=dict)

    def shape(self, course: Course, is_land: bool = False, made: Any = None) -> int:
        """Return the number of a new shape."""
        number = len(self._counts)
        if made is not None:
            self._made[number] = made
        self._places.extend(chain.from_iterable(course))
        self._counts.append(len(course))
        self._is_land.append(is_land)
        return number

    def add(
        self, layer: str, kind: str, tags: Tags, shape: int, *, number: str = "",
        as_point: bool = False,
    ) -> None:  # fmt: skip
        """Add a thing; ``as_point``: the middle of its shape and how far that reaches."""
        others = ";".join(aliases_of(tags))
        row = (layer, kind, name_of(tags), tags.get("name:en", ""), others, number)
        for column, text in zip(self._columns, row, strict=True):
            column.append(sys.intern(text))  # most words are said again and again
        self._shape_of.append(shape)
        self._as_point.append(as_point)

    def table(self) -> Ground:
        """Return all things; areas and reaches in metres."""
        chosen = np.array(self._shape_of, dtype=np.int64)
        shapes = self._shapes()[chosen] if len(chosen) else np.empty(0, dtype=object)
        as_point = np.array(self._as_point, dtype=bool)
        half_m, area_m2 = _sizes(shapes)
        shapes[as_point] = shapely.centroid(shapes[as_point])
        things: dict[str, Any] = dict(zip(COLUMNS, self._columns, strict=False))
        self._places = array("d")  # a large extract has hundreds of megabytes of them
        things |= {"half_m": np.where(as_point, half_m, 0.0), "area_m2": area_m2}
        return Ground(gpd.GeoDataFrame(things, geometry=shapes, crs="EPSG:4326"))

    def _shapes(self) -> NDArray[np.object_]:
        counts = np.array(self._counts, dtype=np.int64)
        places = np.frombuffer(self._places, dtype=np.float64).reshape(-1, 2)
        starts = np.cumsum(counts) - counts
        shapes = np.empty(len(counts), dtype=object)
        is_land = np.array(self._is_land, dtype=bool)
        single = counts == 1
        shapes[single] = shapely.points(places[starts[single]])
        for wanted, make in ((~single & ~is_land & (counts > 1), shapely.linestrings),
                             (~single & is_land & (counts > 1), shapely.linearrings)):  # fmt: skip
            number = np.flatnonzero(wanted)
            if len(number):
                mine = np.repeat(wanted, counts)
                order = np.repeat(np.arange(len(number)), counts[number])
                made = make(places[mine], indices=order)
                shapes[number] = shapely.polygons(made) if make is shapely.linearrings else made
        for index, shape in self._made.items():
            shapes[index] = shape
        return shapes


def _sizes(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return half the diagonal of each shape's box (metres) and its area (square metres)."""
    west, south, east, north = shapely.bounds(shapes).reshape(-1, 4).T
    x_m = _DEGREE_M * np.cos(np.radians((south + north) / 2))
    half_m = np.hypot((east - west) * x_m, (north - south) * _DEGREE_M) / 2
    return half_m.round(1), (shapely.area(shapes) * x_m * _DEGREE_M).round(1)
