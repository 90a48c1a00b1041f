"""Service areas as files: GeoJSON for small maps, GeoParquet for all; WGS-84, longitude first."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

#: Beyond this a GIS opens GeoParquet more easily, and a browser opens neither.
MOST_GEOJSON_BYTES = 20_000_000
#: What a vertex takes at five decimals: ``[116.12345,39.12345],``.
_VERTEX_BYTES = 21

#: Degrees: 0.8 m north-south; a power of two, so that most bits of a number are zeros.
_GRID = 2.0**-17
_XY = [f"geometry.list.element.list.element.list.element.{axis}" for axis in "xy"]
#: How a country's areas are packed: numbers byte by byte, the bytes of one place side by side.
_PACKED = {
    "compression": "zstd", "compression_level": 6, "use_byte_stream_split": _XY,
    "use_dictionary": ["envelope_id", "method", "coverage"],
}  # fmt: skip
_SQUARE = shapely.multipolygons([shapely.box(0, 0, 1, 1)])


def write_areas(areas: gpd.GeoDataFrame, most_bytes: int = MOST_GEOJSON_BYTES) -> dict[str, bytes]:
    """Return the service areas as GeoParquet, and as GeoJSON where that stays below ``most_bytes``.

    Beside a GeoJSON both have its five decimals. Alone, the GeoParquet has vertices on a grid of
    2**-17 degrees (0.4 m off at most, as five decimals are) in columns of their own (GeoArrow): a
    sixth of the bytes.

    Parameters
    ----------
    areas : ``envelope_id``, ``method``, ``coverage`` and polygons, EPSG:4326.
    """
    keys = ["envelope_id", "method", "coverage"]
    ordered = areas.sort_values(keys, kind="stable")[[*keys, "geometry"]].reset_index(drop=True)
    if not are_light(ordered, most_bytes):
        return {"service_areas.parquet": _pack(ordered)}
    ordered.geometry = [_on_grid(geometry) for geometry in ordered.geometry]
    table = io.BytesIO()
    ordered.to_parquet(table, compression="zstd", index=False)
    return {
        "service_areas.geojson": _area_collection(ordered),
        "service_areas.parquet": table.getvalue(),
    }


def _pack(areas: gpd.GeoDataFrame) -> bytes:
    """Return GeoParquet, each area a row group: only one of them is in memory a second time."""
    packed, schema = io.BytesIO(), _packed_schema(areas)
    with pq.ParquetWriter(packed, schema, **_PACKED) as writer:
        for row in range(len(areas)):
            one = areas.iloc[[row]]
            one = one.set_geometry([_on_binary_grid(one.geometry.iloc[0])], crs=areas.crs)
            writer.write_table(_as_arrow(one).replace_schema_metadata(schema.metadata))
    return packed.getvalue()


def _packed_schema(areas: gpd.GeoDataFrame) -> pa.Schema:
    """Return columns and GeoParquet's own description of them, without a box: it is of all rows."""
    one, written = areas.iloc[:1].set_geometry([_SQUARE], crs=areas.crs), io.BytesIO()
    one.to_parquet(written, index=False, geometry_encoding="geoarrow")
    metadata = pq.read_schema(written).metadata
    described = json.loads(metadata[b"geo"])
    del described["columns"]["geometry"]["bbox"]
    return _as_arrow(one).schema.with_metadata(metadata | {b"geo": json.dumps(described)})


def _as_arrow(areas: gpd.GeoDataFrame) -> pa.Table:
    return pa.table(areas.to_arrow(index=False, geometry_encoding="geoarrow", interleaved=False))


def are_light(areas: gpd.GeoDataFrame, most_bytes: int = MOST_GEOJSON_BYTES) -> bool:
    """Return whether the areas stay within ``most_bytes`` as GeoJSON."""
    vertices = int(shapely.get_num_coordinates(areas.geometry.to_numpy()).sum())
    return vertices * _VERTEX_BYTES <= most_bytes


def _on_binary_grid(geometry: shapely.MultiPolygon) -> shapely.MultiPolygon:
    """Return the polygons on the grid, valid; the few that rounding breaks or joins stay exact.

    Mending a country's circles as one shape takes longer than everything else here.
    """
    exact = shapely.get_parts(geometry)
    parts = shapely.transform(exact, lambda degrees: np.round(degrees / _GRID) * _GRID)
    stays = ~shapely.is_valid(parts)
    near = shapely.STRtree(parts).query(parts)
    near = near[:, near[0] < near[1]]
    stays[near[:, shapely.intersects(*parts[near])].ravel()] = True
    parts[stays] = exact[stays]
    whole = shapely.multipolygons(parts)
    return whole if not stays.any() or shapely.is_valid(whole) else geometry


def _on_grid(geometry: Any) -> Any:
    """Return the polygon with five decimals, valid, outer rings counter-clockwise.

    Rounding seldom breaks a shape; only a broken one is mended, which takes ten times as long.
    """
    if geometry is None or geometry.is_empty:
        return None
    rounded = shapely.transform(geometry, lambda degrees: np.round(degrees, 5))
    if not shapely.is_valid(rounded):
        rounded = shapely.set_precision(geometry, 1e-5)
    return shapely.orient_polygons(rounded, exterior_cw=False)


def _area_collection(areas: gpd.GeoDataFrame) -> bytes:
    return feature_collection(_area_features(areas))


def _area_features(areas: gpd.GeoDataFrame) -> Iterator[dict[str, Any]]:
    for row in areas.itertuples(index=False):
        properties = {
            "envelope_id": row.envelope_id, "method": row.method, "coverage": row.coverage
        }  # fmt: skip
        geometry = None if row.geometry is None else polygon_coordinates(row.geometry)
        yield {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon_coordinates(geometry: Any) -> dict[str, Any]:
    """Return the (multi)polygon as GeoJSON, 5 decimals; rounded by rings, which is fast."""
    parts = [
        [np.round(shapely.get_coordinates(ring), 5).tolist() for ring in
         (part.exterior, *part.interiors)]
        for part in shapely.get_parts(geometry)
    ]  # fmt: skip
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def feature_collection(features: Iterable[Mapping[str, Any]]) -> bytes:
    """Return GeoJSON, a feature a line."""
    encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    written, mark = io.BytesIO(), b'{"type":"FeatureCollection","features":[\n'
    for feature in features:
        written.write(mark + encoder.encode(feature).encode("utf-8", errors="replace"))
        mark = b",\n"
    written.write((b"\n" if mark == b",\n" else mark + b"\n") + b"]}\n")
    return written.getvalue()
