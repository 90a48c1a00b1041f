"""The base map of ours: district lines, simplified as a coverage and quantised.

Polygons simplified one by one leave thousands of slivers, so neighbours are simplified together
(``shapely.coverage_simplify``). Every unit keeps its largest ring: no small county is lost.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

#: What the lines of the first view may weigh, compressed: the first view has 120 KB in all.
FIRST_VIEW_BYTES = 9_000
#: Degrees; 0.001 is about 100 m. Tried from fine to coarse until the lines fit.
TOLERANCES = (0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16)
#: Fine lines of one province, drawn once somebody looks at a city.
FINE_TOLERANCE = 0.003
#: What "my union" asks: is this point in this district? (degrees, about 30 m)
EXACT_TOLERANCE = 0.0003


def draw_first_lines(districts: gpd.GeoDataFrame, room: int = FIRST_VIEW_BYTES) -> dict[str, Any]:
    """Return lines of districts, else of cities, else of provinces: the finest that fit ``room``.

    Parameters
    ----------
    districts : ``district_code province city district`` and polygons, EPSG:4326.
    room : bytes after compression.

    Returns
    -------
    dict
        ``unit``, ``scale`` (parts of a degree) and ``rings`` (flat differences; WGS-84).
    """
    lines: dict[str, Any] = {"unit": "district", "scale": 1000, "rings": []}
    if districts.empty:
        return lines
    for unit, levels in (("district", TOLERANCES[:3]), ("city", TOLERANCES[2:4]),
                         ("province", TOLERANCES[3:])):  # fmt: skip
        shapes = _dissolve(districts, unit, levels[0])
        for tolerance in levels:
            lines = encode_lines(_simplify(shapes, tolerance), tolerance) | {"unit": unit}
            if _weigh(lines) <= room:
                return lines
    return lines


def _dissolve(districts: gpd.GeoDataFrame, unit: str, tolerance: float) -> NDArray[np.object_]:
    """Polygons of ``unit``; simplified first, because joining thousands of long lines is slow."""
    shapes = np.asarray(districts.geometry.array)
    if unit == "district":
        return shapes
    keys = districts["province"] + ("/" + districts["city"] if unit == "city" else "")
    coarse = gpd.GeoSeries(_simplify(shapes, tolerance / 2), crs=4326)
    joined = coarse.groupby(keys.to_numpy(), sort=True).agg(lambda group: group.union_all())
    return np.asarray(joined.array)


def _simplify(shapes: NDArray[np.object_], tolerance: float) -> NDArray[np.object_]:
    return np.asarray(shapely.coverage_simplify(shapely.make_valid(shapes), tolerance))


def encode_lines(shapes: NDArray[np.object_], tolerance: float, scale: int = 0) -> dict[str, Any]:
    """Return the outer rings of ``shapes`` as flat differences in ``1 / scale`` degrees.

    Islands below about two tolerances across go, except the largest ring of each shape.
    """
    scale = scale or (1000 if tolerance >= 0.002 else 10_000)
    rings = [ring for shape in shapes for ring in _rings(shape, tolerance)]
    return {"scale": scale, "rings": [_flatten(ring, scale) for ring in rings]}


def _rings(shape: shapely.Geometry, tolerance: float) -> list[NDArray[np.float64]]:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    parts.sort(key=lambda part: (-part.area, part.bounds))
    kept = [part for i, part in enumerate(parts) if i == 0 or part.area > 4 * tolerance**2]
    return [shapely.get_coordinates(part.exterior) for part in kept]


def _flatten(ring: NDArray[np.float64], scale: int) -> list[int]:
    cells = np.round(ring * scale).astype(int)
    steps = np.diff(cells, axis=0, prepend=0)
    moved = np.any(steps != 0, axis=1)
    moved[0] = True
    flat: list[int] = steps[moved].ravel().tolist()
    return flat


def _weigh(lines: dict[str, Any]) -> int:
    return len(zlib.compress(json.dumps(lines, separators=(",", ":")).encode(), 6))


def draw_fine_lines(districts: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Return lines of the districts by the first two digits of their code (a province)."""
    if districts.empty:
        return {}
    shapes = _simplify(np.asarray(districts.geometry.array), FINE_TOLERANCE)
    provinces = districts["district_code"].str[:2].to_numpy()
    return {
        str(province): encode_lines(shapes[provinces == province], FINE_TOLERANCE)
        for province in np.unique(provinces)
    }


def draw_district(shape: shapely.Geometry) -> dict[str, Any]:
    """Return one district's polygon for point-in-polygon: outer and inner rings alike.

    A point is inside when a ray crosses the rings an odd number of times, so holes need no mark.
    """
    if shape is None or shape.is_empty:
        return {"scale": 10_000, "rings": []}
    slim = shape.simplify(EXACT_TOLERANCE, preserve_topology=True)
    parts = [part for part in shapely.get_parts(slim) if part.geom_type == "Polygon"]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    return {
        "scale": 10_000,
        "rings": [_flatten(shapely.get_coordinates(ring), 10_000) for ring in rings],
    }
