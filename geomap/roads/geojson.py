"""Street lines of a GeoJSON file, read without GDAL: nothing that the file links to is opened."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from geomap.files.limits import MAX_ROAD_TEXT_BYTES
from geomap.roads.crs import parse_crs
from geomap.roads.faults import road_fault, say_words


def read_geojson(path: Path, columns: Collection[str]) -> gpd.GeoDataFrame:
    """Return the features of a FeatureCollection with these properties; no geometry: None.

    WGS-84, or the coordinate system that a ``crs`` member of the older kind names.

    Raises
    ------
    InputError
        No JSON, no FeatureCollection, too large, or a coordinate system by link.
    """
    features = _parse(path)
    listed = features.get("features")
    if features.get("type") != "FeatureCollection" or not isinstance(listed, list):
        raise road_fault(path, "road-content", "no FeatureCollection")
    rows = [each for each in listed if isinstance(each, dict)]
    properties = [each.get("properties") for each in rows]
    facts = [each if isinstance(each, dict) else {} for each in properties]
    used = sorted(name for name in columns if any(name in each for each in facts))
    table = pd.DataFrame({name: [each.get(name) for each in facts] for name in used},
                         index=range(len(rows)), dtype=object)  # fmt: skip
    return gpd.GeoDataFrame(table, geometry=_shapes(rows), crs=_crs(path, features.get("crs")))


def _parse(path: Path) -> dict[str, Any]:
    if path.stat().st_size > MAX_ROAD_TEXT_BYTES:
        raise road_fault(path, "road-too-large", f"> {MAX_ROAD_TEXT_BYTES // 10**6} MB")
    try:
        # Names in the Chinese encodings of old tools are not ours; the numbers are plain.
        parsed = json.loads(path.read_bytes().decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as fault:
        raise road_fault(path, "road-layer-damaged", say_words(fault)) from fault
    return parsed if isinstance(parsed, dict) else {}


def _shapes(rows: list[dict[str, Any]]) -> np.ndarray:
    texts = [json.dumps(each["geometry"]) if each.get("geometry") else None for each in rows]
    return np.asarray(shapely.from_geojson(np.array(texts, dtype=object), on_invalid="ignore"))


def _crs(path: Path, member: object) -> pyproj.CRS:
    """Return the named system; RFC 7946 has none but WGS-84, older files state theirs."""
    if member is None:
        return pyproj.CRS.from_epsg(4326)
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(member, dict) or member.get("type") != "name" or not isinstance(name, str):
        raise road_fault(path, "road-crs-unknown", json.dumps(member)[:80])
    return parse_crs(path, name)
