"""Is a layer that calls itself WGS-84 really shifted (GCJ-02 of 高德 and 腾讯, BD-09 of 百度)?

No coordinate system of the registries means GCJ-02, so shifted layers always travel under a wrong
name. Three marks give them away, each certain where it is found:

* *said*: a ``datum`` column, or the file's name, says so;
* *grid*: OpenStreetMap keeps 7 decimals. If the coordinates are not multiples of 1e-7 degree as
  they stand but become so when the shift is taken off, they were shifted from such data;
* *length*: the layer states the metres of its lines (OSMnx does). The shift stretches by up to
  0.3 %; if the stated metres fit the coordinates only without the shift, it is there.

A shifted layer that was rounded again, states no lengths and says nothing cannot be told from its
numbers alone: every street is where it was in relation to its neighbours. `find_shift_between`
compares it with another road file of the same place, where one is given.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from scipy.spatial import KDTree

from geomap.places.datum import Datum, convert, is_in_china, parse_datum
from geomap.roads.faults import road_fault
from geomap.roads.streets import GRID, Floats, Streets

_SHIFTED = (Datum.GCJ02, Datum.BD09)
#: Words in a file's name that name a datum; 腾讯 and 高德 also publish under their own names.
_NAME_WORDS = {
    Datum.GCJ02: ("gcj02", "gcj-02", "gcj_02", "gcj", "amap", "高德", "腾讯", "火星"),
    Datum.BD09: ("bd09", "bd-09", "bd_09", "baidu", "百度"),
}
#: Vertices looked at: enough for certainty, little enough to cost nothing.
_LOOK_AT = 2000
_GEOD = Geod(ellps="WGS84")


def check_datum(path: Path, layer: gpd.GeoDataFrame, lines: NDArray[np.object_]) -> None:
    """Stop at a layer that is not WGS-84.

    Parameters
    ----------
    path : the file, whose name may say what it is.
    layer : its rows, one for each line.
    lines : LineStrings as declared, degrees.

    Raises
    ------
    InputError
        One of the three marks is there; the message says which.
    """
    coords = _thin(shapely.get_coordinates(lines))
    if not is_in_china(coords[:, 0], coords[:, 1]).any():
        return
    for datum, why in (
        _said(path, layer),
        _on_grid(coords),
        _by_length(layer, lines),
    ):
        if datum is not None:
            raise road_fault(path, "road-shifted", f"{datum.value.upper()}: {why}")


def _thin(coords: Floats) -> Floats:
    return coords[:: max(1, len(coords) // _LOOK_AT)]


def _said(path: Path, layer: gpd.GeoDataFrame) -> tuple[Datum | None, str]:
    if "datum" in layer.columns:
        for word in sorted({str(word) for word in layer["datum"].dropna()}):
            datum = parse_datum(word)
            if datum in _SHIFTED:
                return datum, f"its datum column says {word}"
    name = path.stem.lower()
    for datum, words in _NAME_WORDS.items():
        for word in words:
            if word in name and "wgs" not in name:
                return datum, f"its name says {word}"
    return None, ""


def _off_grid_share(lon: Floats, lat: Floats) -> float:
    """Return the share of vertices that are no multiples of 1e-7 degree, as floats go."""
    off = [np.abs(part * GRID - np.round(part * GRID)) for part in (lon, lat)]
    return float((np.maximum(*off) > 1e-3).mean())


def _on_grid(coords: Floats) -> tuple[Datum | None, str]:
    """A chance vertex is on the grid with probability 4e-6; nine in ten are no chance."""
    lon, lat = coords.T
    if _off_grid_share(lon, lat) < 0.9:
        return None, ""
    for datum in _SHIFTED:
        if _off_grid_share(*convert(lon, lat, datum, Datum.WGS84)) < 0.1:
            return datum, "taking the shift off puts them on OpenStreetMap's 7 decimals"
    return None, ""


def _by_length(layer: gpd.GeoDataFrame, lines: NDArray[np.object_]) -> tuple[Datum | None, str]:
    column = next((name for name in ("length", "length_m") if name in layer.columns), None)
    if column is None:
        return None, ""
    said = pd.to_numeric(layer[column], errors="coerce").to_numpy(dtype=np.float64)
    chosen = np.flatnonzero(said > 50)
    chosen = chosen[:: max(1, len(chosen) // _LOOK_AT)]
    if len(chosen) < 30:
        return None, ""
    misfit = _misfit(lines[chosen], said[chosen], Datum.WGS84)
    for datum in _SHIFTED:
        if misfit > 3e-4 and _misfit(lines[chosen], said[chosen], datum) < misfit / 5:
            return datum, f"the metres in its {column} column fit only without the shift"
    return None, ""


def _misfit(lines: NDArray[np.object_], said: Floats, datum: Datum) -> float:
    """Return the median relative error of the stated metres if the lines are of this datum."""
    coords, line = shapely.get_coordinates(lines, return_index=True)
    lon, lat = convert(coords[:, 0], coords[:, 1], datum, Datum.WGS84)
    metres = _GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2]
    inside = line[1:] == line[:-1]
    total = np.bincount(line[1:][inside], weights=metres[inside], minlength=len(lines))
    return float(np.median(np.abs(total / said - 1)))


def find_shift_between(streets: Streets, others: Streets) -> Datum | None:
    """Return the datum that makes these streets fit the others, None where they fit as they are.

    Needs the same streets in both: at least 200 vertices of one within 1 km of the other. A shift
    is reported when the median distance of the vertices falls to less than a third.
    """
    lon, lat = _thin(np.column_stack([streets.lon, streets.lat])).T
    scale = np.array([np.cos(np.radians(lat.mean())), 1.0]) * 111_195.0
    tree = KDTree(np.column_stack([others.lon, others.lat]) * scale)
    best = _median_gap(tree, np.column_stack([lon, lat]) * scale)
    for datum in _SHIFTED:
        unshifted = np.column_stack(convert(lon, lat, datum, Datum.WGS84)) * scale
        if _median_gap(tree, unshifted) < best / 3:
            return datum
    return None


def _median_gap(tree: KDTree, points: Floats) -> float:
    metres = tree.query(points, distance_upper_bound=1000.0)[0]
    near = metres[np.isfinite(metres)]
    return float(np.median(near)) if len(near) >= 200 else 0.0
