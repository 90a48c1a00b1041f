"""Things and their shapes, gathered one by one and made into a table, very many at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geomap.ground.rules import Names
from geomap.ground.table import COLUMNS, Ground

_DEGREE_M = 111_320.0
#: So many shapes are made at once; what houses are drawn with is then forgotten.
_AT_ONCE = 20_000


@dataclass
class Collected:
    """Rows of :data:`geomap.ground.table.COLUMNS`, in their order; shapes are in degrees."""

    _rows: list[tuple[Any, ...]] = field(default_factory=list)
    _shapes: list[shapely.Geometry] = field(default_factory=list)
    _parts: list[pa.Table] = field(default_factory=list)

    def shape(self, made: shapely.Geometry) -> int:
        """Return the number of a new shape, for the things that follow."""
        if len(self._shapes) >= _AT_ONCE:
            self._make_part()
        self._shapes.append(made)
        return len(self._shapes) - 1

    def add(
        self, layer: str, kind: str, names: Names, shape: int, *, number: str = "",
        as_point: bool = False,
    ) -> None:  # fmt: skip
        """Add a thing; ``as_point``: the middle of its shape and how far that reaches."""
        self._rows.append((layer, kind, *names, number, shape, as_point))

    def table(self) -> Ground:
        """Return all things; areas and reaches in metres."""
        self._make_part()
        return Ground(pa.concat_tables(self._parts))

    def _make_part(self) -> None:
        shapes: NDArray[np.object_] = np.array(self._shapes, dtype=object)
        half_m, area_m2 = _sizes(shapes)
        *words, numbers, points = zip(*self._rows, strict=True) if self._rows else [()] * 8
        chosen, as_point = np.array(numbers, dtype=np.int64), np.array(points, dtype=bool)
        geometry = shapes[chosen]
        geometry[as_point] = shapely.centroid(geometry[as_point])
        columns = [
            *(pa.array(column, pa.large_string()) for column in words),
            np.where(as_point, half_m[chosen], 0.0), area_m2[chosen],
            pa.array(shapely.to_wkb(geometry), pa.binary()),
        ]  # fmt: skip
        self._parts.append(pa.table(columns, COLUMNS))
        self._rows.clear()
        self._shapes.clear()


def _sizes(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return half the diagonal of each shape's box (metres) and its area (square metres)."""
    west, south, east, north = shapely.bounds(shapes).reshape(-1, 4).T
    x_m = _DEGREE_M * np.cos(np.radians((south + north) / 2))
    half_m = np.hypot((east - west) * x_m, (north - south) * _DEGREE_M) / 2
    return half_m.round(1), (shapely.area(shapes) * x_m * _DEGREE_M).round(1)
