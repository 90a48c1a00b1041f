"""The share of a district's demand (settlements, a user's points) that is expected in reach."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from geomap.coverage.circles import draw_circles
from geomap.coverage.clip import Land
from geomap.coverage.expected import Blurred, Integers, lens_share
from geomap.coverage.layers import Layers
from geomap.coverage.plane import Floats, metres_per_degree
from geomap.model.records import InputError


def check_demand(demand: pd.DataFrame) -> pd.DataFrame:
    """Return the demand with a weight above 0, in an order of its own.

    Raises
    ------
    InputError
        When lon, lat or weight is missing.
    """
    missing = [name for name in ("lon", "lat", "weight") if name not in demand.columns]
    if missing:
        raise InputError(f"demand: lacks the columns {', '.join(missing)}")
    plain = demand[["lon", "lat", "weight"]].astype(float).dropna()
    return plain[plain["weight"] > 0].sort_values(["lon", "lat", "weight"], ignore_index=True)


def share_of_demand(demand: pd.DataFrame, layers: Layers, land: Land) -> Floats:
    """Return the expected share of each district's demand in reach; NaN where it has none."""
    lon, lat = demand["lon"].to_numpy(), demand["lat"].to_numpy()
    weight = demand["weight"].to_numpy()
    points = shapely.points(lon, lat)
    point, district = land.tree.query(points, predicate="intersects")
    first = np.unique(point, return_index=True)[1]  # on a border: one district, the first
    point, district = point[first], district[first]
    tree = shapely.STRtree(points)
    chance = -np.expm1(_sum_misses(layers.blurred, tree, lon, lat))
    chance[tree.query(layers.sure.all, predicate="intersects")[1]] = 1.0
    count = len(land.shapes)
    total = np.bincount(district, weights=weight[point], minlength=count)
    within = np.bincount(district, weights=(weight * chance)[point], minlength=count)
    shares = np.full(count, np.nan)
    shares[total > 0] = within[total > 0] / total[total > 0]
    return np.asarray(np.round(np.clip(shares, 0, 1), 6), dtype=np.float64)


def _sum_misses(stations: Blurred, points: shapely.STRtree, lon: Floats, lat: Floats) -> Floats:
    """Return the logarithm of the chance that no blurred station reaches each point."""
    reach = draw_circles(stations.lon, stations.lat, stations.radius_m + stations.uncertainty_m)
    station, point = points.query(reach, predicate="intersects")
    distance = _measure(stations, station, lon[point], lat[point])
    share = lens_share(distance, stations.radius_m[station], stations.uncertainty_m[station])
    loss = np.log1p(-np.minimum(share, 1 - 1e-12))
    order = np.lexsort((loss, point))
    sums = np.bincount(point[order], weights=loss[order], minlength=len(lon))
    return sums.astype(np.float64)


def _measure(stations: Blurred, station: Integers, lon: Floats, lat: Floats) -> Floats:
    """Return distances in metres; within a few kilometres the ellipsoid is a plane."""
    east, north = metres_per_degree((stations.lat[station] + lat) / 2)
    return np.hypot((stations.lon[station] - lon) * east, (stations.lat[station] - lat) * north)
