"""Which county-level division each point lies in: polygons of geodata/districts.parquet.

Every point gets one of five outcomes, and at most one district, whatever the order of rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from geomap.files.parquet import read_geo_parquet
from geomap.model.records import InputError
from geomap.places.outline import ABROAD, CHINA, read_outline

COLUMNS = ("district_code", "province", "city", "district", "area_km2", "geometry")
OUTLINE_COLUMNS = ("district_code", "geometry")
#: A point this near to a second district is reported as on the border (degrees, 5 m north-south).
BORDER_DEG = 4.5e-5
#: A point outside every district, not on the neighbours' land and this near to one is at sea.
SEA_M = 20_000.0
_DEGREE_M = 111_320.0
#: A code names files of the site and stands in addresses: digits alone.
_CODE = re.compile(r"[0-9]{2,12}")


def read_districts(path: Path, columns: Sequence[str] = COLUMNS) -> gpd.GeoDataFrame:
    """The districts, sorted by code: the ``columns``, all unless told (outlines.parquet has two).

    Polygons are WGS-84 (EPSG:4326); ``area_km2`` is the geodesic area of the whole polygon.

    Raises
    ------
    InputError
        When the file is missing or no GeoParquet, lacks a column, is not in EPSG:4326, has a code
        twice, or one that is no digits.
    """
    districts = read_geo_parquet(path)
    if faults := _faults(districts, columns):
        raise InputError(
            f"{path}: " + "; ".join(faults),
            code="districts-unfit", where=path, detail="、".join(faults.values()),
        )  # fmt: skip
    return districts.sort_values("district_code", ignore_index=True)


def _faults(districts: gpd.GeoDataFrame, columns: Sequence[str]) -> dict[str, str]:
    """Return what is wrong, and which column, code or system it is about."""
    missing = [name for name in columns if name not in districts.columns]
    faults = {f"lacks the column {name}": name for name in missing}
    if districts.crs is None or districts.crs.to_epsg() != 4326:
        written = districts.crs.to_string()[:20] if districts.crs else "none"
        faults[f"has the coordinate system {written}, not EPSG:4326"] = written
    if "district_code" in districts.columns:
        codes = districts["district_code"]
        twice = sorted(set(codes[codes.duplicated()]))
        faults |= {f"has the code {code} twice": str(code) for code in twice}
        wrong = [code for code in codes if not _CODE.fullmatch(str(code))]
        faults |= {f"has the code {code!r}; a code is digits": str(code) for code in wrong[:3]}
    return faults


def assign_districts(lon: ArrayLike, lat: ArrayLike, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """The district of each point, one row a point, same order.

    Parameters
    ----------
    lon, lat : WGS-84 degrees, shape (n,); NaN where nobody knows.
    districts : as :func:`read_districts` returns.

    Returns
    -------
    DataFrame
        ``district_code`` (empty outside) and ``outcome``: ``inside``; ``border``: within 5 m of a
        second district (the district that holds the point, the smallest code where several do,
        or the nearest when a gap holds it); ``sea``: within 20 km of a coast; ``foreign``;
        ``none``: no coordinate.
    """
    x, y = (np.asarray(value, dtype=np.float64).ravel() for value in (lon, lat))
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    codes = np.full(len(x), "", dtype=object)
    outcomes = np.full(len(x), "none", dtype=object)
    if len(known):
        ordered = districts.sort_values("district_code")
        names = ordered["district_code"].to_numpy(dtype=object)
        owner, many, far = _owners(x[known], y[known], ordered.geometry.to_numpy())
        codes[known] = np.where(owner >= 0, names[owner], "")
        outcomes[known] = np.select(
            [many, owner >= 0, far <= SEA_M], ["border", "inside", "sea"], "foreign"
        )
    return pd.DataFrame({"district_code": codes, "outcome": outcomes}, dtype="str")


def _owners(
    lon: NDArray[np.float64], lat: NDArray[np.float64], polygons: NDArray[np.object_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float64]]:
    """For each point: its polygon or -1, whether a second is near, metres to the nearest coast."""
    points = shapely.points(lon, lat)
    tree = shapely.STRtree(points)  # of the points: the polygons are the ones worth preparing
    near_polygon, near_point = tree.query(polygons, predicate="dwithin", distance=BORDER_DEG)
    holds_polygon, holds_point = tree.query(polygons, predicate="intersects")
    owner = _smallest(near_polygon, near_point, len(lon))
    held = _smallest(holds_polygon, holds_point, len(lon))
    owner = np.where(held >= 0, held, owner)
    many = np.bincount(near_point, minlength=len(lon)) > 1
    many |= (held < 0) & (owner >= 0)  # in a hair of space between two polygons
    return owner, many, _to_coast(points, owner, polygons)


def _smallest(
    polygon: NDArray[np.int64], point: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """The smallest polygon number of each point, -1 where it has none."""
    found = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(found, point, polygon)
    found[found == np.iinfo(np.int64).max] = -1
    return found


def _to_coast(
    points: NDArray[np.object_], owner: NDArray[np.int64],
    polygons: NDArray[np.object_],
) -> NDArray[np.float64]:  # fmt: skip
    """Metres from each ownerless point at sea to the nearest district; infinite for the others."""
    far = np.full(len(points), np.inf)
    outside = np.flatnonzero(owner < 0)
    near, abroad = _outlines()
    # The outline is wider than the sea counts: far points need no measuring.
    outside = outside[shapely.contains_properly(near, points[outside])]
    wet = outside[~shapely.intersects(abroad, points[outside])]
    if len(wet) and len(polygons):
        pairs, degrees = shapely.STRtree(polygons).query_nearest(
            points[wet], max_distance=SEA_M / _DEGREE_M, return_distance=True, all_matches=False
        )
        # A degree of longitude is shorter: the true distance is at most this.
        far[wet[pairs[0]]] = degrees * _DEGREE_M
    return far


@cache
def _outlines() -> tuple[shapely.Geometry, shapely.Geometry]:
    """China and its coasts, and the neighbours' land near the border, both prepared."""
    outlines = read_outline(CHINA), read_outline(ABROAD)
    shapely.prepare(outlines)
    return outlines
