"""What the map around a station shows: lines of districts, names of townships, other stations."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import shapely

from geomap.pages.frame import CHINA
from geomap.pipeline.reference import Reference
from geomap.pipeline.survey import Survey
from geomap.places.gazetteer import read_shipped

Bounds = tuple[float, float, float, float]
#: The least that is shown around a point, metres; a degree of latitude in metres.
_LEAST_M, _DEGREE_M = 1_500.0, 111_320.0
#: Other stations and names of townships that one map shows.
_MOST_STATIONS, _MOST_NAMES = 2_000, 120
#: Lines a little beyond the first view, in widths of it.
_MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class Area:
    """Where a station may be: a point and how sure it is (infinite: none), and what to show."""

    lon: float
    lat: float
    uncertainty_m: float
    bounds: Bounds


def area_of(survey: Survey, reference: Reference, station: str) -> Area:
    """Return where a station is thought to be; its district, else all stations, where nowhere."""
    placed = survey.stations[survey.stations.station_id == station]
    if len(placed):
        row = placed.iloc[0]
        lon, lat, unsure = float(row.lon), float(row.lat), float(row.uncertainty_m)
        return Area(lon, lat, unsure, _box(lon, lat, max(unsure, _LEAST_M)))
    stated = survey.rows[survey.rows.station_id == station]
    names = {each.district for each in stated.itertuples() if each.district}
    districts = reference.districts
    own = districts[districts.district.isin(names)]
    shown = own if len(own) == 1 else survey.stations
    bounds = tuple(map(float, shown.total_bounds)) if len(shown) else CHINA
    west, south, east, north = bounds
    return Area((west + east) / 2, (south + north) / 2, math.inf, (west, south, east, north))


def draw_around(survey: Survey, reference: Reference, station: str) -> dict[str, Any]:
    """Return what the browser draws: ``lines``, ``names``, ``stations`` and ``here``."""
    area = area_of(survey, reference, station)
    west, south, east, north = area.bounds
    wide, high = (east - west) * _MARGIN, (north - south) * _MARGIN
    window = shapely.box(west - wide, south - high, east + wide, north + high)
    others = survey.stations[survey.stations.geometry.within(window)]
    return {
        "lines": _lines(reference, window),
        "names": _names(reference, window),
        "stations": [
            [round(row.lon, 6), round(row.lat, 6), row.name, row.station_id == station]
            for row in others.head(_MOST_STATIONS).itertuples(index=False)
        ],
        "here": None if math.isinf(area.uncertainty_m)
        else [round(area.lon, 6), round(area.lat, 6), round(area.uncertainty_m)],
    }  # fmt: skip


def _lines(reference: Reference, window: shapely.Geometry) -> list[Any]:
    shapes: gpd.GeoDataFrame = reference.districts
    near = shapes.iloc[shapes.sindex.query(window, predicate="intersects")]
    cut = near.geometry.boundary.intersection(window)
    parts = (part for shape in cut for part in shapely.get_parts(shapely.line_merge(shape)))
    return [
        [[round(x, 5), round(y, 5)] for x, y in shapely.get_coordinates(part)]
        for part in parts
        if part.geom_type == "LineString"
    ]


def _names(reference: Reference, window: shapely.Geometry) -> list[Any]:
    known = read_shipped(reference.geodata.file("gazetteer.parquet"))
    inside = known[shapely.contains_xy(window, known.lon, known.lat)]
    towns = inside[inside.level.isin(("township", "district", "village"))]
    shown = towns.drop_duplicates("name").head(_MOST_NAMES)
    return [[round(row.lon, 5), round(row.lat, 5), row.name] for row in shown.itertuples()]


def _box(lon: float, lat: float, metres: float) -> Bounds:
    high = metres / _DEGREE_M
    wide = high / max(0.1, math.cos(math.radians(lat)))
    return lon - wide, lat - high, lon + wide, lat + high
