"""Where people live by a map extract: its residential land and buildings as weighted points."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geomap.ground.table import Ground

#: Land stands as points so far apart, metres; an area has at most the square of _MOST of them.
_STEP_M, _MOST = 50.0, 400
_DEGREE_M = 111_320.0


def list_homes(ground: Ground) -> pd.DataFrame:
    """Return ``lon lat m2 is_building``: WGS-84 degrees, and the land or floor plan they stand for.

    Residential land and residential buildings both cover the same homes: use one or the other.
    """
    homes = ground.layer("home")
    is_building = (homes["kind"] == "building").to_numpy()
    shapes, area_m2 = np.asarray(homes.geometry.array), homes["area_m2"].to_numpy(float)
    buildings = shapely.get_coordinates(shapely.centroid(shapes[is_building]))
    land = [_sample(*each) for each in zip(shapes[~is_building], area_m2[~is_building],
                                           strict=True)]  # fmt: skip
    rows = np.concatenate([np.empty((0, 3)), np.c_[buildings, area_m2[is_building]], *land])
    table = pd.DataFrame(rows, columns=["lon", "lat", "m2"])
    return table.assign(is_building=np.arange(len(rows)) < len(buildings))


def _sample(shape: Any, area_m2: float) -> NDArray[np.float64]:
    """Return points of a grid inside a shape, and equal parts of its area (n, 3)."""
    west, south, east, north = shapely.bounds(shape)
    x_m = _DEGREE_M * math.cos(math.radians((south + north) / 2))
    x, y = np.meshgrid(_middles(west, east, x_m), _middles(south, north, _DEGREE_M))
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, x, y)
    points = np.column_stack([x[inside], y[inside]])
    if not len(points):
        points = shapely.get_coordinates(shapely.point_on_surface(shape))
    return np.column_stack([points, np.full(len(points), area_m2 / len(points))])


def _middles(first: float, last: float, degree_m: float) -> NDArray[np.float64]:
    count = min(_MOST, math.ceil((last - first) * degree_m / _STEP_M) or 1)
    return np.asarray(first + (np.arange(count) + 0.5) * (last - first) / count)
