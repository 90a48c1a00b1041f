"""What lies below the stations of the planners' map: service areas, isochrone bands, roads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geomap.edition import BAND_STEPS, Edition
from geomap.pages.patches import Box, patch_lines, patch_polygons
from geomap.pages.shapes import SCALE, encode_lines, encode_polygon, simplify_parts
from geomap.settings import Envelope, Settings

#: Service areas of one envelope and coverage: about 2,000 circles apart from each other.
AREA_VERTICES = 100_000
#: Bands of one envelope seen from far: 25 KB compressed.
FAR_BAND_VERTICES = 12_000
#: From here on bands are drawn as exactly as the grid allows: one pixel is 19 m at 36° north.
NEAR_ZOOM = 13


def encode_areas(areas: gpd.GeoDataFrame, settings: Settings) -> list[dict[str, Any]]:
    """Return for each envelope its dissolved areas, in the order of the settings."""
    return [
        {
            "scale": SCALE,
            "areas": [
                {
                    "method": method,
                    "coverage": coverage,
                    "shape": encode_polygon(geometry, AREA_VERTICES),
                }
                for method, coverage, geometry in _areas_of(areas, envelope.id)
            ],
        }
        for envelope in settings.envelopes
    ]


def _areas_of(areas: gpd.GeoDataFrame, envelope_id: str) -> Iterable[tuple[str, str, Any]]:
    own = areas[areas["envelope_id"] == envelope_id].sort_values(["coverage", "method"])
    # One part of the grid is 11 m: less than the line is wide.
    shapes = [simplify_parts(shape, 1 / SCALE) for shape in own.geometry]
    return zip(own["method"], own["coverage"], shapes, strict=True)


def encode_bands(edition: Edition) -> dict[str, Any]:
    """Return file name → facts of the isochrone bands: an index ``bands``, then their patches.

    The index has, for each envelope by road in the order of the settings (its number there),
    ``minutes`` and ``metres`` of the steps, the circles' ``radius_m`` where no road is known, and
    ``levels``: ``from`` a zoom on these ``patches`` (west, south, east, north, file's number).
    A patch holds the polygons of every step, the nearest first; each contains the one before.
    """
    files: dict[str, Any] = {}
    envelopes = [
        _index_bands(number, envelope, edition, files)
        for number, envelope in enumerate(edition.settings.envelopes)
        if envelope.method == "network"
    ]
    return {"bands": {"scale": SCALE, "envelopes": envelopes}} | files


def _index_bands(
    number: int, envelope: Envelope, edition: Edition, files: dict[str, Any]
) -> dict[str, Any]:
    shapes = _bands_of(envelope, edition.bands)
    levels = []
    for zoom, simple in _simplify_bands(shapes):
        patches = []
        for box, parts in patch_polygons(simple):
            patches.append([*box, len(files)])
            files[f"bands-{len(files)}"] = [encode_polygon(part) for part in parts]
        levels.append({"from": zoom, "patches": patches})
    return {
        "envelope": number,
        "minutes": [envelope.minutes * step for step in BAND_STEPS],
        "metres": [envelope.radius_m * step for step in BAND_STEPS],
        "radius_m": [
            round(envelope.radius_m * step / edition.settings.detour_factor, 1)
            for step in BAND_STEPS
        ],
        "levels": levels,
    }


def _bands_of(envelope: Envelope, bands: gpd.GeoDataFrame | None) -> list[Any]:
    if bands is None:
        return []
    own = bands[bands["envelope_id"] == envelope.id].sort_values("to_min")
    return list(own.geometry)


def _simplify_bands(shapes: list[Any]) -> Iterable[tuple[int, list[Any]]]:
    """Yield zoom and shapes: far ones of few vertices, then near ones of the grid's own grain."""
    if all(shape.is_empty for shape in shapes):
        return
    tolerance = 1 / SCALE
    near = far = list(shapely.simplify(shapes, tolerance))
    while shapely.get_num_coordinates(far).sum() > FAR_BAND_VERTICES and tolerance < 0.05:
        tolerance *= 2
        far = list(shapely.simplify(far, tolerance))
    yield 0, far
    if far is not near:
        yield NEAR_ZOOM, near


def encode_roads(roads: gpd.GeoDataFrame | None) -> dict[str, Any]:
    """Return file name → facts of the base lines: an index ``roads``, then the patches of tiers.

    The index has for each tier, the lightest first, the zoom it is drawn ``from`` and its
    ``patches`` (west, south, east, north, file's number).
    """
    files: dict[str, Any] = {}
    tiers = []
    for zoom, rows in () if roads is None else roads.groupby("min_zoom", sort=True):
        patches: list[tuple[Box | float, ...]] = []
        for box, lines in patch_lines(np.asarray(rows.geometry.array, dtype=object)):
            patches.append((*box, len(files)))
            files[f"roads-{len(files)}"] = encode_lines(gpd.GeoSeries(lines))
        tiers.append({"from": int(zoom), "patches": patches})
    return {"roads": {"scale": SCALE, "tiers": tiers}} | files
