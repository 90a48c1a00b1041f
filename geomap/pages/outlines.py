"""The base map of ours: district lines, simplified as a coverage and quantised.

Polygons simplified one by one leave thousands of slivers, so neighbours are simplified together
(``shapely.coverage_simplify``). Every unit keeps its largest ring: no small county is lost.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geomap.model.edition import Edition
from geomap.store.kept import keep_json
from geomap.wire import encode_rings
from geomap.wire.rings import encode_texts, quantise, quantise_lines

#: What the lines of the first view may weigh, compressed: the first view has 120 KB in all.
FIRST_VIEW_BYTES = 7_000
#: Tolerances in degrees (0.001 is about 100 m), tried from fine to coarse until the lines fit.
UNITS = {"district": (0.004, 0.008, 0.016), "city": (0.012, 0.03),
         "province": (0.03, 0.06, 0.12, 0.2)}  # fmt: skip
#: Provinces that were simplified before (geodata/provinces.parquet, 0.12) start at this level.
PROVINCES_FROM = 2
#: More shapes than this cannot fit, whatever the tolerance: not worth the attempt.
MOST_SHAPES = {"district": 250, "city": 120, "province": 100}
#: Fine lines of one province, drawn once somebody looks at a city.
FINE_TOLERANCE = 0.004
#: What "my union" asks: is this point in this district? (degrees, about 30 m)
EXACT_TOLERANCE = 0.0003
_EXACT_SCALE = 10_000
#: A district of so few vertices is sent as it is: half a second of a phone's line is 10,000.
_LIGHT_VERTICES = 2_000


def outline_districts(edition: Edition) -> gpd.GeoDataFrame:
    """Return an edition's districts with the fine lines' vertices; coarser ones start there.

    Those that came simplified (``edition.outlines``) are taken as they are.

    Returns
    -------
    GeoDataFrame
        ``district_code province city district`` and polygons, EPSG:4326; none empty.
    """
    districts = edition.districts
    known = districts[districts.geometry.notna() & ~districts.geometry.is_empty]
    names = known[["district_code", "province", "city", "district"]]
    if edition.outlines is None:
        shapes = simplify(np.asarray(known.geometry.array), FINE_TOLERANCE)
    else:
        drawn = edition.outlines.drop_duplicates("district_code").set_index("district_code")
        shapes = np.asarray(drawn.geometry.reindex(known["district_code"]).array)
    return gpd.GeoDataFrame(names, geometry=shapes, crs=4326).reset_index(drop=True)


def draw_first_lines(
    districts: gpd.GeoDataFrame,
    provinces: gpd.GeoDataFrame | None = None,
    room: int = FIRST_VIEW_BYTES,
) -> dict[str, Any]:
    """Return lines of districts, else of cities, else of provinces: the finest that fit ``room``.

    Parameters
    ----------
    districts : what :func:`outline_districts` returns.
    provinces : ``province`` and polygons simplified before, drawn whole; None: what the districts
        make together, which takes a second.
    room : bytes after compression.

    Returns
    -------
    dict
        ``unit``, ``scale`` (parts of a degree) and ``rings`` (:mod:`geomap.wire.rings`; WGS-84).
    """
    lines: dict[str, Any] = {"unit": "district", "scale": 1000, "rings": ""}
    for unit, levels in UNITS.items():
        keys = _unit_keys(districts, unit)
        if keys.nunique() > MOST_SHAPES[unit]:
            continue
        if unit == "province" and provinces is not None and set(keys) <= set(provinces["province"]):
            drawn = provinces[provinces["province"].isin(keys)].sort_values("province")
            shapes, levels = np.asarray(drawn.geometry.array), levels[PROVINCES_FROM:]
        else:
            shapes = _dissolve(districts, keys, levels[0])
        for tolerance in levels:
            shapes = simplify(shapes, tolerance)
            lines = encode_lines(shapes, tolerance) | {"unit": unit}
            if _weigh(lines) <= room:
                return lines
    return lines


def _unit_keys(districts: gpd.GeoDataFrame, unit: str) -> pd.Series[str]:
    """Which ``unit`` each district belongs to (same index)."""
    columns = {"district": ["district_code"], "city": ["province", "city"]}.get(unit, ["province"])
    names = districts[columns].astype(str).to_numpy()
    return pd.Series(["/".join(row) for row in names], districts.index, dtype=object)


def _dissolve(
    districts: gpd.GeoDataFrame, keys: pd.Series[str], tolerance: float
) -> NDArray[np.object_]:
    """Polygons of each key; simplified first, because joining thousands of long lines is slow."""
    shapes = np.asarray(districts.geometry.array)
    if keys.is_unique:
        return shapes
    coarse = gpd.GeoSeries(simplify(shapes, tolerance), crs=4326)
    joined = coarse.groupby(keys.to_numpy(), sort=True).agg(lambda group: group.union_all())
    return np.asarray(joined.array)


def simplify(shapes: NDArray[np.object_], tolerance: float) -> NDArray[np.object_]:
    """Return polygons (WGS-84 degrees) with less detail; common borders stay common."""
    if not len(shapes):
        return shapes
    broken = ~shapely.is_valid(shapes)
    whole = shapes.copy()
    whole[broken] = shapely.make_valid(shapes[broken])
    return np.asarray(shapely.coverage_simplify(whole, tolerance))


def encode_lines(shapes: NDArray[np.object_], tolerance: float, scale: int = 0) -> dict[str, Any]:
    """Return the outer rings of ``shapes``, and their ``scale`` in parts of a degree.

    Islands below about two tolerances across go, except the largest ring of each shape.
    """
    scale = scale or (100 if tolerance >= 0.03 else 1000 if tolerance >= 0.002 else 10_000)
    rings = [ring for shape in shapes for ring in _rings(shape, tolerance)]
    return {"scale": scale, "rings": _encode(rings, scale)}


def _rings(shape: shapely.Geometry, tolerance: float) -> list[NDArray[np.float64]]:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    parts.sort(key=lambda part: (-part.area, part.bounds))
    kept = [part for i, part in enumerate(parts) if i == 0 or part.area > 4 * tolerance**2]
    return [shapely.get_coordinates(part.exterior) for part in kept]


def _encode(rings: list[NDArray[np.float64]], scale: int) -> str:
    return encode_rings(quantise(ring[:-1], scale) for ring in rings)


def _weigh(lines: dict[str, Any]) -> int:
    return len(zlib.compress(json.dumps(lines, separators=(",", ":")).encode(), 6))


def draw_fine_lines(districts: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Return lines of :func:`outline_districts` by the first two digits of the codes."""
    if districts.empty:
        return {}
    shapes = np.asarray(districts.geometry.array, dtype=object)
    provinces = districts["district_code"].str[:2].to_numpy(str)
    lines: dict[str, dict[str, Any]] = keep_json(
        "fine lines", [shapes, provinces],
        lambda: {str(province): encode_lines(shapes[provinces == province], FINE_TOLERANCE)
                 for province in np.unique(provinces)},
    )  # fmt: skip
    return lines


def draw_exactly(shapes: Sequence[shapely.Geometry | None]) -> list[dict[str, Any]]:
    """Return each district's polygon for point-in-polygon: outer and inner rings alike.

    A point is inside when a ray crosses the rings an odd number of times, so holes need no mark.
    """
    exact = np.array([None, *shapes], dtype=object)[1:]  # the None: never an array of parts
    rings = keep_json("exact outlines", [exact], lambda: _write_exactly(exact))
    return [{"scale": _EXACT_SCALE, "rings": text} for text in rings]


def _write_exactly(shapes: NDArray[np.object_]) -> list[str]:
    slim = shapes.copy()
    is_heavy = shapely.get_num_coordinates(slim) > _LIGHT_VERTICES
    slim[is_heavy] = shapely.simplify(slim[is_heavy], EXACT_TOLERANCE)
    parts, whose = shapely.get_parts(slim, return_index=True)
    is_flat = (shapely.get_dimensions(parts) == 2) & ~shapely.is_empty(parts)
    rings, part = shapely.get_rings(parts[is_flat], return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    is_last = np.append(ring[1:] != ring[:-1], True)[: len(ring)]  # the first vertex again
    vertices, ring = quantise_lines(points[~is_last], ring[~is_last], _EXACT_SCALE)
    starts = np.searchsorted(ring, np.arange(len(rings) + 1))
    own = whose[is_flat][part]
    texts = dict(zip(np.unique(own).tolist(), encode_texts(vertices, starts, own), strict=True))
    return [texts.get(number, "") for number in range(len(shapes))]
