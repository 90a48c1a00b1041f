"""The ground of shares: served land by district, and where people live on it."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap import roads
from geomap.coverage.clip import Land, survey_land
from geomap.coverage.ground import Ground, gather_homes, spread_people
from geomap.coverage.plane import Floats, areas_m2
from geomap.coverage.points import Points, read_demand
from geomap.model.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class OnStreets:
    """The ground, and where each of its points meets the streets."""

    ground: Ground
    feet: roads.Feet


def gather_ground(
    network: roads.Network,
    districts: gpd.GeoDataFrame,
    settings: Settings,
    population: pd.Series,
    demand: pd.DataFrame | None = None,
    homes: pd.DataFrame | None = None,
) -> OnStreets:
    """Return served land of the network's streets, and people as points.

    Parameters
    ----------
    districts : ``district_code`` and polygons, EPSG:4326.
    population : people by district code, spread over homes unless ``demand`` says better.
    demand : lon, lat (WGS-84) and weight.
    homes : what a map draws, ``lon lat m2 is_building``; without it homes are along streets.
    """
    order = districts.sort_values("district_code")
    land = survey_land(order.geometry.to_numpy())
    roads_share = _share_covered(network.area, land)
    served = roads.served_land(network, settings.kerb_m, roads.BLOCK_M2)
    streets, patch, homes_m = _gather(served, land.locate(served.lon, served.lat))
    feet = served.feet.take(patch)
    if demand is None:
        known = population.reindex(order["district_code"])
        drawn = gather_homes(streets, homes_m, homes)
        people, from_homes = spread_people(streets, drawn, known, roads_share)
        return OnStreets(Ground(streets.settle(people), roads_share, from_homes), feet)
    points = read_demand(demand, land)
    attached = roads.feet_of(
        network.attach(points.lon, points.lat, settings.snap_m, settings.longest_road_m)
    )
    return OnStreets(Ground(streets.join(points), roads_share), roads.join_feet(feet, attached))


def _share_covered(area: shapely.MultiPolygon, land: Land) -> Floats:
    """Return the share of each district that the road files describe."""
    touched = land.tree.query(area, predicate="intersects")
    share = np.zeros(len(land))
    inside = areas_m2(shapely.intersection(land.shapes[touched], area))
    share[touched] = np.minimum(inside / land.area_m2[touched], 1.0)
    return share


def _gather(served: roads.ServedLand, district: np.ndarray) -> tuple[Points, np.ndarray, Floats]:
    """Return one point for each patch and district, its patch, and its metres of homes."""
    wide = int(district.max()) + 2
    keys, member, count = np.unique(
        served.patch * wide + district + 1, return_inverse=True, return_counts=True
    )

    def add_up(values: Floats) -> Floats:
        return np.bincount(member, weights=values).astype(np.float64)

    points = Points(
        add_up(served.lon) / count, add_up(served.lat) / count, keys % wide - 1,
        np.float64(served.cell_m2) * count, np.zeros(len(keys)),
    )  # fmt: skip
    return points, keys // wide, add_up(served.homes_m)
