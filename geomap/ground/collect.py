"""Things and their shapes, gathered one by one and made into a table, very many at once."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geomap.ground.rules import Names
from geomap.ground.table import COLUMNS, Ground

_DEGREE_M = 111_320.0
#: So many shapes are made at once; what houses are drawn with is then forgotten.
_AT_ONCE = 100_000


@dataclass
class Collected:
    """Rows of :data:`geomap.ground.table.COLUMNS`, in their order; shapes are in degrees."""

    _columns: tuple[list[str], ...] = field(default_factory=lambda: ([], [], [], [], [], []))
    _shape_of: list[int] = field(default_factory=list)
    _as_point: list[bool] = field(default_factory=list)
    _shapes: list[shapely.Geometry] = field(default_factory=list)
    _is_land: list[bool] = field(default_factory=list)
    _parts: list[gpd.GeoDataFrame] = field(default_factory=list)

    def shape(self, course: shapely.Geometry, is_land: bool = False) -> int:
        """Return the number of a new shape, for the things that follow; a ring may be land."""
        if len(self._shapes) >= _AT_ONCE:
            self._make_part()
        self._shapes.append(course)
        self._is_land.append(is_land)
        return len(self._shapes) - 1

    def add(
        self, layer: str, kind: str, names: Names, shape: int, *, number: str = "",
        as_point: bool = False,
    ) -> None:  # fmt: skip
        """Add a thing; ``as_point``: the middle of its shape and how far that reaches."""
        for column, text in zip(self._columns, (layer, kind, *names, number), strict=True):
            column.append(sys.intern(text))  # most words are said again and again
        self._shape_of.append(shape)
        self._as_point.append(as_point)

    def table(self) -> Ground:
        """Return all things; areas and reaches in metres."""
        self._make_part()
        return Ground(pd.concat(self._parts, ignore_index=True))

    def _make_part(self) -> None:
        shapes = _make_shapes(self._shapes, np.array(self._is_land, dtype=bool))
        half_m, area_m2 = _sizes(shapes)
        chosen = np.array(self._shape_of, dtype=np.int64)
        as_point = np.array(self._as_point, dtype=bool)
        geometry = shapes[chosen]
        geometry[as_point] = shapely.centroid(geometry[as_point])
        things: dict[str, Any] = dict(zip(COLUMNS, map(list, self._columns), strict=False))
        things |= {"half_m": np.where(as_point, half_m[chosen], 0.0), "area_m2": area_m2[chosen]}
        self._parts.append(gpd.GeoDataFrame(things, geometry=geometry, crs="EPSG:4326"))
        begun: tuple[list[Any], ...] = (
            *self._columns, self._shape_of, self._as_point, self._shapes, self._is_land,
        )  # fmt: skip
        for each in begun:
            each.clear()


def _make_shapes(
    courses: list[shapely.Geometry], is_land: NDArray[np.bool_]
) -> NDArray[np.object_]:
    shapes: NDArray[np.object_] = np.array(courses, dtype=object)
    rings = is_land & (shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING)
    if rings.any():
        places, which = shapely.get_coordinates(shapes[rings], return_index=True)
        shapes[rings] = shapely.polygons(shapely.linearrings(places, indices=which))
    return shapes


def _sizes(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return half the diagonal of each shape's box (metres) and its area (square metres)."""
    west, south, east, north = shapely.bounds(shapes).reshape(-1, 4).T
    x_m = _DEGREE_M * np.cos(np.radians((south + north) / 2))
    half_m = np.hypot((east - west) * x_m, (north - south) * _DEGREE_M) / 2
    return half_m.round(1), (shapely.area(shapes) * x_m * _DEGREE_M).round(1)
