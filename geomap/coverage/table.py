"""Who is reached: service areas of every envelope, and the share of each district.

A *certain* area is everything within radius - uncertainty of a station that counts for sure, a
*possible* one everything within radius + uncertainty of any that may count. Radii are geodesic.
The denominator of a share is the area of the whole district polygon.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.coverage.clip import Land, clip_to_land, survey_land
from geomap.coverage.demand import check_demand, share_of_demand
from geomap.coverage.layers import Layers, Reached, draw_layers
from geomap.coverage.plane import Floats
from geomap.coverage.share import expect_area
from geomap.coverage.stations import count_stations
from geomap.model.records import InputError
from geomap.model.settings import Envelope


@dataclass(frozen=True, slots=True)
class Coverage:
    """What :func:`cover` returns.

    Attributes
    ----------
    areas : envelope_id, method (circle, network), coverage (certain, possible), geometry
        (MultiPolygon, EPSG:4326), in the envelopes' order; empty areas are left out.
    shares : indexed by district_code (all districts, sorted), for each envelope ID
        ``ID_share_low ID_share ID_share_high`` (0-1, 6 decimals) and, where demand is given,
        ``ID_demand_share`` (NaN where a district has no demand).
    """

    areas: gpd.GeoDataFrame
    shares: pd.DataFrame


def cover(
    stations: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    envelopes: Sequence[Envelope],
    *,
    detour_factor: float = 1.3,
    reached: Mapping[str, Reached] | None = None,
    demand: pd.DataFrame | None = None,
) -> Coverage:
    """Return service areas of the envelopes, and what share of each district they reach.

    Parameters
    ----------
    stations : columns of :data:`geomap.model.tables.BUILT`, points in EPSG:4326. A station counts
    in
        every district that it reaches, its own or a neighbour's.
    districts : district_code and polygons, EPSG:4326.
    detour_factor : metres of road for each metre of a straight line; see :func:`circle_radius_m`.
    reached : by envelope id, areas that the road network has traced.
    demand : lon, lat (WGS-84) and weight, a row for each settlement.

    Raises
    ------
    InputError
        A table lacks a column, is not in EPSG:4326, or the detour factor is below 1.
    """
    _check(districts, detour_factor)
    counted = count_stations(stations)
    order = districts.sort_values("district_code")
    land = survey_land(order.geometry.to_numpy())
    points = None if demand is None else check_demand(demand)
    answered = reached or {}
    columns: dict[str, Floats] = {}
    features: list[tuple[str, str, str, shapely.MultiPolygon]] = []
    for envelope in envelopes:
        radius_m = circle_radius_m(envelope, detour_factor)
        layers = draw_layers(counted, radius_m, answered.get(envelope.id, Reached()))
        features += [(envelope.id, *feature) for feature in layers.features]
        columns |= _name_shares(envelope.id, layers, land)
        if points is not None:
            columns[f"{envelope.id}_demand_share"] = share_of_demand(points, layers, land)
    names = ["envelope_id", "method", "coverage", "geometry"]
    areas = gpd.GeoDataFrame(features, columns=names, geometry="geometry", crs=4326)
    index = pd.Index(order["district_code"], name="district_code")
    return Coverage(areas, pd.DataFrame(columns, index=index))


def circle_radius_m(envelope: Envelope, detour_factor: float) -> float:
    """Return the radius of the circle that stands for an envelope, in metres on the ground."""
    return envelope.radius_m / (1.0 if envelope.method == "circle" else detour_factor)


def _check(districts: gpd.GeoDataFrame, detour_factor: float) -> None:
    if "district_code" not in districts.columns:
        raise InputError("districts: lacks the column district_code")
    if districts.crs is None or districts.crs.to_epsg() != 4326:
        raise InputError("districts: coverage needs polygons in WGS-84 (EPSG:4326)")
    if not detour_factor >= 1:
        raise InputError(f"detour_factor is {detour_factor}: a road is never shorter than the line")


def _name_shares(name: str, layers: Layers, land: Land) -> dict[str, Floats]:
    """Return low, expected and high shares; the expected one is summed over cells, so bounded."""
    kinds = (layers.certain, layers.sure, layers.possible)
    certain, sure, possible = (clip_to_land(pieces, land) for pieces in kinds)
    low, high = (
        np.clip(clipped.add_up(len(land.shapes)) / land.area_m2, 0, 1)
        for clipped in (certain, possible)
    )
    high = np.maximum(low, high)
    share = np.clip(expect_area(layers, sure, land) / land.area_m2, low, high)
    return {
        f"{name}_share_low": np.round(low, 6),
        f"{name}_share": np.round(share, 6),
        f"{name}_share_high": np.round(high, 6),
    }
