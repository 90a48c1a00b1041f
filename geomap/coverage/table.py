"""Who is reached: service areas of every envelope, and the share of each district.

A *certain* area is everything within radius - uncertainty of a station that counts for sure, a
*possible* one everything within radius + uncertainty of any that may count. Radii are geodesic.
The denominator of a share is the district's served land where its streets are known
(:mod:`.ground`), else the area of its whole polygon.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.coverage.clip import Land, clip_to_land, survey_land
from geomap.coverage.ground import Ground
from geomap.coverage.layers import AtPoints, Layers, Reached, draw_layers
from geomap.coverage.likely import likely_weight
from geomap.coverage.plane import Floats
from geomap.coverage.points import Chances, Points, reach_points, read_demand
from geomap.coverage.reaching import list_reaching
from geomap.coverage.share import expect_area
from geomap.coverage.stations import Booleans, count_stations
from geomap.model.records import InputError
from geomap.model.settings import Envelope
from geomap.store.kept import keep_rows

_LAND_SHARES = ("share_low", "share", "share_high", "likely_low", "likely_high")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What :func:`cover` returns.

    Attributes
    ----------
    areas : envelope_id, method (circle, network), coverage (certain, possible), geometry
        (MultiPolygon, EPSG:4326), in the envelopes' order; empty areas are left out.
    shares : indexed by district_code (all districts, sorted); shares are 0-1 with 6 decimals.
        Where ground is given ``served_km2`` and ``roads_share``. For each envelope ID
        ``ID_share_low ID_share ID_share_high`` of the served land, where that is unknown of the
        whole polygon, and ``ID_likely_low ID_likely_high``, between which it lies nine times of
        ten. Where demand, ground or population is given also ``ID_land_share``,
        expected, of the whole polygon, ``ID_people``, expected in reach, and
        ``ID_demand_share``, their part of all (both NaN where nobody knows of any).
    land : the districts, in the order of ``shares``.
    """

    areas: gpd.GeoDataFrame
    shares: pd.DataFrame
    land: Land


def cover(
    stations: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    envelopes: Sequence[Envelope],
    *,
    detour_factor: float = 1.3,
    reached: Mapping[str, Reached] | None = None,
    demand: pd.DataFrame | None = None,
    ground: Ground | None = None,
    population: pd.Series | None = None,
) -> Coverage:
    """Return service areas of the envelopes, and what share of each district they reach.

    Parameters
    ----------
    stations : columns of :data:`geomap.model.tables.BUILT`, points in EPSG:4326. A station counts
        in every district that it reaches, its own or a neighbour's.
    districts : district_code and polygons, EPSG:4326.
    detour_factor : metres of road for each metre of a straight line; see :func:`circle_radius_m`.
    reached : by envelope id, areas that the road network has traced.
    demand : lon, lat (WGS-84) and weight, a row for each settlement.
    ground : served land and people as points, where streets are known; holds the demand too.
    population : people by district_code; where no point says better they live evenly on the land.

    Raises
    ------
    InputError
        A table lacks a column, is not in EPSG:4326, or the detour factor is below 1.
    """
    _check(districts, detour_factor)
    counted = count_stations(stations)
    order = districts.sort_values("district_code")
    index = pd.Index(order["district_code"], name="district_code")
    land = survey_land(order.geometry.to_numpy())
    if ground is None and demand is not None:
        ground = Ground(read_demand(demand, land), np.zeros(len(order)))
    people = None if population is None else population.reindex(index).to_numpy(np.float64)
    columns = {} if ground is None else _name_ground(ground, land)
    features: list[tuple[str, str, str, shapely.MultiPolygon]] = []
    for envelope in envelopes:
        radius_m = circle_radius_m(envelope, detour_factor)
        answer = (reached or {}).get(envelope.id, Reached())
        layers = draw_layers(counted, radius_m, answer)
        features += [(envelope.id, *feature) for feature in layers.list_features()]
        shares = by_land = _share_land(layers, land)
        if ground is not None:
            shares = shares | _share_points(ground, layers, answer.at_points, by_land)
        if people is not None:
            shares = shares | _share_evenly(people, by_land["share"], shares)
        columns |= {f"{envelope.id}_{name}": np.round(part, 6) for name, part in shares.items()}
        del layers  # a country's are half a gigabyte: gone before the next are drawn
    names = ["envelope_id", "method", "coverage", "geometry"]
    areas = gpd.GeoDataFrame(features, columns=names, geometry="geometry", crs=4326)
    return Coverage(areas, pd.DataFrame(columns, index=index), land)


def circle_radius_m(envelope: Envelope, detour_factor: float) -> float:
    """Return the radius of the circle that stands for an envelope, in metres on the ground."""
    return envelope.radius_m / (1.0 if envelope.method == "circle" else detour_factor)


def _check(districts: gpd.GeoDataFrame, detour_factor: float) -> None:
    if "district_code" not in districts.columns:
        raise InputError(
            "districts: lacks the column district_code",
            code="column-missing", where="districts", detail="district_code",
        )  # fmt: skip
    if districts.crs is None or districts.crs.to_epsg() != 4326:
        raise InputError(
            "districts: coverage needs polygons in WGS-84 (EPSG:4326)",
            code="road-crs-unknown", where="districts",
        )  # fmt: skip
    if not detour_factor >= 1:
        raise InputError(
            f"detour_factor is {detour_factor}: a road is never shorter than the line",
            code="detour-below-one", where="detour_factor", detail=str(detour_factor),
        )  # fmt: skip


def _share_land(layers: Layers, land: Land) -> dict[str, Floats]:
    """Return the shares of each district's land."""
    shares = np.zeros((len(land), len(_LAND_SHARES)))
    whole = layers.whole
    kinds = (whole.certain, whole.sure, whole.possible)
    near = land.near(np.concatenate([pieces.all for pieces in kinds]))
    some = land.take(near)

    def hash_each() -> list[bytes]:
        return list(map(bytes.__add__, some.digests, list_reaching(layers, some)))

    shares[near] = keep_rows(
        "shares of land", hash_each, (len(_LAND_SHARES),),
        lambda rows: _measure_shares(layers, some.take(rows)), len(near),
    )  # fmt: skip
    return dict(zip(_LAND_SHARES, shares.T, strict=True))


def _measure_shares(layers: Layers, land: Land) -> Floats:
    """Return the same, a column each; the expected ones are summed over cells, so bounded."""
    kinds = (layers.whole.certain, layers.whole.sure, layers.whole.possible)
    certain, sure, possible = (clip_to_land(pieces, land) for pieces in kinds)
    low, high = (
        np.clip(clipped.add_up(len(land)) / land.area_m2, 0, 1) for clipped in (certain, possible)
    )
    high = np.maximum(low, high)
    bounds = low[:, None], high[:, None]
    share, least, most = np.clip(expect_area(layers, sure, land) / land.area_m2[:, None], *bounds).T
    return np.column_stack([low, share, high, np.minimum(least, share), np.maximum(most, share)])


def _name_ground(ground: Ground, land: Land) -> dict[str, Floats]:
    if not ground.roads_share.any():
        return {}
    return {
        "served_km2": np.round(ground.served_m2 / 1e6, 6),
        "roads_share": np.round(ground.roads_share, 6),
    }


def _share_points(
    ground: Ground, layers: Layers, on_road: AtPoints | None, by_land: Mapping[str, Floats]
) -> dict[str, Floats]:
    """Return shares of served land instead of those of all land, and of the points' people."""
    points, served_m2 = ground.points, ground.served_m2
    chances = reach_points(points, layers, on_road)
    parts = {"share_low": chances.low, "share": chances.share, "share_high": chances.high}
    shares = {
        name: np.where(
            np.isnan(served_m2), by_land[name], _mean(points, points.land_m2, chance, served_m2)
        )
        for name, chance in parts.items()
    }
    shares |= _likely_points(ground, layers, chances, by_land)
    people = points.add_up(points.people, len(served_m2))
    share = _mean(points, points.people, chances.share, np.where(people > 0, people, np.nan))
    own = {"land_share": by_land["share"], "people": share * people, "demand_share": share}
    return shares | own


def _likely_points(
    ground: Ground, layers: Layers, chances: Chances, by_land: Mapping[str, Floats]
) -> dict[str, Floats]:
    """Return between what the share of served land likely lies."""
    points, served_m2 = ground.points, ground.served_m2

    def add_up(reached: Booleans) -> Floats:
        return points.add_up(points.land_m2 * reached, len(served_m2))

    beyond = likely_weight(layers.blurred, points.lon, points.lat, ~chances.sure, add_up)
    low, share, high = (
        _mean(points, points.land_m2, chance, served_m2)
        for chance in (chances.low, chances.share, chances.high)
    )
    least, most = np.clip((add_up(chances.sure) + beyond) / served_m2, low, high)
    found = {"likely_low": np.minimum(least, share), "likely_high": np.maximum(most, share)}
    return {
        name: np.where(np.isnan(served_m2), by_land[name], part) for name, part in found.items()
    }


def _mean(points: Points, weight: Floats, chance: Floats, total: Floats) -> Floats:
    return np.clip(points.add_up(weight * chance, len(total)) / total, 0, 1)


def _share_evenly(
    people: Floats, by_land: Floats, shares: Mapping[str, Floats]
) -> dict[str, Floats]:
    """Return people in reach where no point says where they live: evenly on all land."""
    nobody = np.full(len(people), np.nan)
    known = shares.get("demand_share", nobody)
    even = np.where(people > 0, by_land, np.nan)
    reached = np.where(np.isnan(known), even * people, shares.get("people", nobody))
    share = np.where(np.isnan(known), even, known)
    return {"land_share": by_land, "people": reached, "demand_share": share}
