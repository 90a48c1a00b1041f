"""What every layer checks before it draws: where a table's shapes are, and what they say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import geopandas as gpd
import shapely

from geomap.model.records import GeomapError
from geomap.static_site.json_text import plain


class LayerError(GeomapError):
    """A table cannot be drawn as this layer: which column or coordinate, and what to do."""


def check_table(
    table: gpd.GeoDataFrame | gpd.GeoSeries,
    layer: str,
    kinds: Collection[str],
    needs: Iterable[str],
) -> gpd.GeoDataFrame:
    """Return the rows that have a shape, in WGS-84 degrees; ``table`` is not changed.

    Parameters
    ----------
    table : any known CRS.
    layer : what messages call it.
    kinds : the geometry types it draws.
    needs : columns it must have.

    Raises
    ------
    LayerError
        No geometry, no CRS, a missing column, another type of geometry, or degrees out of range.
    """
    if not isinstance(table, (gpd.GeoDataFrame, gpd.GeoSeries)):
        raise LayerError(f"{layer}: {type(table).__name__} has no geometry; pass a GeoDataFrame")
    frame = table if isinstance(table, gpd.GeoDataFrame) else gpd.GeoDataFrame(geometry=table)
    if missing := [name for name in needs if name not in frame.columns]:
        raise LayerError(
            f"{layer}: no column {', '.join(missing)}; "
            f"there are {', '.join(map(str, frame.columns))}"
        )
    if frame.crs is None:
        raise LayerError(
            f'{layer}: no CRS; say where the coordinates are from: set_crs("EPSG:4326")'
        )
    shapes = frame.geometry
    frame = frame[shapes.notna() & ~shapes.is_empty].to_crs("EPSG:4326")
    if odd := sorted(set(frame.geometry.geom_type) - set(kinds)):
        raise LayerError(f"{layer}: draws {' and '.join(kinds)}, not {', '.join(odd)}")
    _check_degrees(frame, layer)
    return frame


def _check_degrees(frame: gpd.GeoDataFrame, layer: str) -> None:
    box = frame.total_bounds.tolist()
    if len(frame) and not (box[0] >= -180 and box[2] <= 180 and box[1] >= -90 and box[3] <= 90):
        raise LayerError(f"{layer}: {box} are no degrees; the CRS is another than {frame.crs}")


def to_features(
    frame: gpd.GeoDataFrame, values: Mapping[str, str], labels: Mapping[str, str]
) -> dict[str, Any]:
    """Return GeoJSON: ``values`` maps a property to its column, ``labels`` a column to its label.

    Coordinates have six decimals. Properties hold plain values; what is missing is null.
    """
    properties = {name: frame[column].tolist() for name, column in values.items()}
    facts = {label: frame[column].tolist() for column, label in labels.items()}
    shapes = shapely.set_precision(frame.geometry.to_numpy(), 1e-6, mode="pointwise")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": shapely.geometry.mapping(shape),
                "properties": plain(
                    {name: column[row] for name, column in properties.items()}
                    | {"facts": [[label, column[row]] for label, column in facts.items()]}
                ),
            }
            for row, shape in enumerate(shapes)
        ],
    }
