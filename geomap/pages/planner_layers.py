"""What lies below the stations of the planners' map: service areas and isochrone bands."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely

from geomap.model.edition import BAND_STEPS, Edition
from geomap.model.settings import Envelope, Settings
from geomap.pages.patches import PATCH_VERTICES, patch_polygons
from geomap.pages.shapes import SCALE, encode_polygon, simplify_parts

#: Service areas of one envelope and coverage: about 2,000 circles apart from each other.
AREA_VERTICES = 100_000
#: Bands from this zoom on, simplified by so many degrees: about half a pixel at the zoom where
#: the next nearer look begins; the nearest as exact as the grid allows.
LEVELS = ((13, 1 / SCALE), (10, 0.0005), (0, 0.004))


def encode_areas(areas: gpd.GeoDataFrame, settings: Settings) -> dict[str, Any]:
    """Return file name → areas by road of an envelope, numbered in the order of the settings.

    Circles need no shapes: the page draws them from the stations' places.
    """
    by_road = areas[areas["method"] == "network"].sort_values("coverage")
    files: dict[str, Any] = {}
    for order, envelope in enumerate(settings.envelopes):
        own = by_road[by_road["envelope_id"] == envelope.id]
        # One part of the grid is 11 m: less than the line is wide.
        shapes = [simplify_parts(shape, 1 / SCALE) for shape in own.geometry]
        listed = [
            {"coverage": coverage, "shape": encode_polygon(shape, AREA_VERTICES)}
            for coverage, shape in zip(own["coverage"], shapes, strict=True)
        ]
        if listed:
            files[f"areas-{order}"] = {"scale": SCALE, "areas": listed}
    return files


def encode_bands(edition: Edition) -> dict[str, Any]:
    """Return file name → facts of the isochrone bands: an index ``bands``, then their patches.

    The index has, for each envelope by road in the order of the settings (its number there),
    ``minutes`` and ``metres`` of the steps, the circles' ``radius_m`` where no road is known, and
    ``levels``: ``from`` a zoom on these ``patches`` (west, south, east, north, file's number).
    A patch holds the rings of every step, the nearest first; each contains the one before.
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


def _simplify_bands(shapes: list[Any]) -> list[tuple[int, list[Any]]]:
    """Return zoom and shapes, from far to near; what fits into one patch has no farther look."""
    if all(shape.is_empty for shape in shapes):
        return []
    levels: list[tuple[int, list[Any]]] = []
    for zoom, tolerance in LEVELS:
        simple = [_generalise(shape, tolerance) for shape in shapes]
        is_light = int(shapely.get_num_coordinates(simple).sum()) <= PATCH_VERTICES
        levels.insert(0, (0 if is_light else zoom, simple))
        if is_light:
            break
    return levels


def _generalise(shape: Any, tolerance: float) -> Any:
    """Return the polygons simplified; parts and holes that would be dots at this scale go."""
    if tolerance > 1 / SCALE:
        least = (2 * tolerance) ** 2
        parts = [
            shapely.Polygon(
                part.exterior,
                [hole for hole in part.interiors if shapely.Polygon(hole).area >= least],
            )
            for part in shapely.get_parts(shape)
            if shapely.Polygon(part.exterior).area >= least
        ]
        # Where all are dots, dots are what there is to see.
        shape = shapely.multipolygons(parts) if parts else shape
    return simplify_parts(shape, tolerance)
