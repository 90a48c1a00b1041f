"""Points evenly on a district's land, where nothing better says where people live."""

from __future__ import annotations

import numpy as np
import shapely

from geomap.coverage.clip import Land
from geomap.coverage.plane import Floats, metres_per_degree
from geomap.coverage.points import Points

#: Points across a district of average shape, and their least and greatest distance (metres).
_ACROSS = 80
_LEAST_M, _MOST_M = 100.0, 500.0


def lay_points(land: Land, district: int, people: float, across: int = _ACROSS) -> Points:
    """Return points all over a district; they add up to its area and to its people."""
    shape, area_m2 = land.shapes[district], float(land.area_m2[district])
    step_m = float(np.clip(area_m2**0.5 / across, _LEAST_M, _MOST_M * _ACROSS / across))
    west, south, east, north = shapely.bounds(shape)
    east_m, north_m = metres_per_degree(np.array([(south + north) / 2]))
    columns = _middles(west, east, step_m / float(east_m[0]))
    rows = _middles(south, north, step_m / float(north_m[0]))
    lon, lat = (axis.ravel() for axis in np.meshgrid(columns, rows))
    inside = shapely.contains_xy(shape, lon, lat)
    lon, lat = lon[inside], lat[inside]
    if not len(lon):
        middle = shapely.point_on_surface(shape)
        lon, lat = np.array([middle.x]), np.array([middle.y])
    size = np.cos(np.radians(lat))
    share = size / size.sum()
    number = np.full(len(lon), district, dtype=np.int64)
    return Points(lon, lat, number, share * area_m2, share * people)


def _middles(low: float, high: float, step: float) -> Floats:
    count = max(1, int(np.ceil((high - low) / step)))
    return low + (np.arange(count) + 0.5) * (high - low) / count


def join_all(parts: list[Points]) -> Points:
    """Return all points as one table."""
    nothing = np.zeros(0)
    whole = Points(nothing, nothing, np.zeros(0, np.int64), nothing, nothing)
    return Points(*(
        np.concatenate([getattr(part, name) for part in (whole, *parts)])
        for name in ("lon", "lat", "district", "land_m2", "people")
    ))  # fmt: skip
