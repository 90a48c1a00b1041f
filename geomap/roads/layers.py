"""Line layers of a GIS: .parquet, .gpkg, .geojson, .shp, .fgb."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geomap.model.records import Skip
from geomap.roads.crs import check_crs
from geomap.roads.datum_check import check_datum
from geomap.roads.faults import road_fault, say_words
from geomap.roads.layer_file import open_layers
from geomap.roads.rules import Profile, find_rights, rank_class
from geomap.roads.streets import Streets, join_streets

#: Columns that hold the highway class, first found counts: OpenStreetMap, Geofabrik, others.
_CLASS_COLUMNS = ("highway", "fclass", "class", "type")
#: Columns that carry tags the profiles ask for; shapefiles cut names to ten letters.
_TAG_COLUMNS = {
    "oneway": "oneway", "oneway:bicycle": "oneway:bicycle", "oneway_bic": "oneway:bicycle",
    "access": "access", "bicycle": "bicycle", "foot": "foot", "motorroad": "motorroad",
    "junction": "junction", "vehicle": "vehicle", "cycleway": "cycleway",
    "cycleway:left": "cycleway:left", "cycleway:right": "cycleway:right",
    "cycleway:both": "cycleway:both", "electric_bicycle": "electric_bicycle",
}  # fmt: skip

#: All that is read of a layer: tags, and what tells of a shifted one (`datum_check`).
_COLUMNS = frozenset((*_CLASS_COLUMNS, *_TAG_COLUMNS, "datum", "length", "length_m"))

#: Geofabrik's shapefiles: F forward alone, T against the drawn direction alone, B both.
_GEOFABRIK_ONEWAY = {"F": "yes", "T": "-1", "B": "no"}


def read_layer(path: Path, profile: Profile) -> tuple[Streets, list[Skip]]:
    """Return the lines of a layer, and what was left out.

    Lines without a ``oneway`` column are two-way; with one, its value counts in the line's drawn
    direction (yes/no/-1, true/false, Geofabrik's F/T/B). Lines meet where they share a vertex.

    Raises
    ------
    InputError
        Unreadable, without a coordinate system, empty, without lines, outside the earth's
        degrees, or not WGS-84 as far as that can be told (see `datum_check`).
    """
    layers, skips = open_layers(path, _COLUMNS)
    parts = []
    for layer in layers:
        streets, left_out = _read_one(path, layer, profile)
        parts.append(streets)
        skips += left_out
    return join_streets(parts), skips


def _read_one(path: Path, layer: gpd.GeoDataFrame, profile: Profile) -> tuple[Streets, list[Skip]]:
    lines, rows, skips = _take_lines(path, _to_degrees(path, layer))
    tags = _read_tags(layer.iloc[rows])
    check_datum(path, layer.iloc[rows], lines)
    rights = _find_rights(tags, profile)
    coords, line = shapely.get_coordinates(lines, return_index=True)
    starts = np.r_[0, np.cumsum(np.bincount(line, minlength=len(lines)))].astype(np.int64)
    rank = np.array([rank_class(each.get("highway", "")) for each in tags], dtype=np.uint8)
    streets = Streets.of(
        coords[:, 0], coords[:, 1], starts, rights[:, 0], rights[:, 1], rank, afoot=rights[:, 2]
    )
    return streets, skips


def _find_rights(tags: list[dict[str, str]], profile: Profile) -> NDArray[np.bool_]:
    """Return the rights of each line, (n, 3); most say the same few things, judged once."""
    said = [tuple(each.items()) for each in tags]
    rights = {each: find_rights(dict(each), profile) for each in set(said)}
    return np.array([rights[each] for each in said], dtype=bool).reshape(-1, 3)


def _to_degrees(path: Path, layer: gpd.GeoDataFrame) -> gpd.GeoSeries:
    if not isinstance(layer, gpd.GeoDataFrame):
        raise road_fault(path, "road-no-lines", "-")
    if layer.empty:
        raise road_fault(path, "road-empty")
    if layer.crs is None:
        raise road_fault(path, "road-crs-missing")
    check_crs(path, layer.crs)
    try:
        return layer.geometry.to_crs("EPSG:4326")
    except pyproj.exceptions.ProjError as fault:
        raise road_fault(path, "road-crs-unknown", say_words(fault)) from fault


def _take_lines(
    path: Path, shapes: gpd.GeoSeries
) -> tuple[NDArray[np.object_], NDArray[np.int64], list[Skip]]:
    """Return single LineStrings in degrees, the row each is from, and the rows left out."""
    flat = shapely.force_2d(shapes.to_numpy())
    kinds = shapely.get_type_id(flat)
    usable = np.isin(kinds, (1, 5)) & ~shapely.is_empty(flat)
    if not usable.any():
        found = ", ".join(sorted({str(kind) for kind in shapes.geom_type.dropna()})) or "nothing"
        raise road_fault(path, "road-no-lines", found)
    parts, origin = shapely.get_parts(flat[usable], return_index=True)
    rows = np.flatnonzero(usable)[origin]
    coords = shapely.get_coordinates(parts)
    if not (np.isfinite(coords).all() and (np.abs(coords) <= (180.0, 90.0)).all()):
        raise road_fault(path, "road-not-degrees")
    left_out = int((~usable).sum())
    skips = [
        Skip(
            "roads",
            path.name,
            "not-a-line",
            f"{left_out} rows are no lines and were left out",
            f"× {left_out}",
        )
    ]
    return parts, rows, skips if left_out else []


def _read_tags(layer: gpd.GeoDataFrame) -> list[dict[str, str]]:
    columns: dict[str, Any] = {}
    for name in _CLASS_COLUMNS:
        if name in layer.columns:
            columns["highway"] = layer[name]
            break
    if "fclass" in layer.columns and "oneway" in layer.columns:
        layer = layer.assign(oneway=layer["oneway"].replace(_GEOFABRIK_ONEWAY))
    columns |= {tag: layer[name] for name, tag in _TAG_COLUMNS.items() if name in layer.columns}
    # A layer that says nothing of one-way streets has lost what was implied (motorways) as well:
    # its lines may be drawn either way round.
    columns.setdefault("oneway", ["no"] * len(layer))
    table = [[_say(value) for value in values] for values in columns.values()]
    return [
        {tag: text for tag, text in zip(columns, row, strict=True) if text}
        for row in zip(*table, strict=True)
    ]


def _say(value: Any) -> str:
    """Return a cell as OpenStreetMap would write it; of several values the first."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return _say(value[0]) if len(value) else ""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if value is None or value != value:
        return ""
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    text = str(value).strip()
    return text.strip("[]").split(",")[0].strip(" '\"") if text.startswith("[") else text
