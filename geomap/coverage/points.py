"""Points that stand for land and people: what is reached of them, and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np
import pandas as pd
import shapely

from geomap.coverage.circles import Pieces, draw_circles
from geomap.coverage.clip import Land
from geomap.coverage.expected import Blurred, lens_share
from geomap.coverage.lattice import Integers
from geomap.coverage.layers import AtPoints, Layers
from geomap.coverage.plane import Floats, Geometries, metres_per_degree
from geomap.coverage.stations import Booleans
from geomap.model.records import InputError


@dataclass(frozen=True)
class Points:
    """Places that stand for what is around them, a row each.

    Attributes
    ----------
    lon, lat : degrees, WGS-84.
    district : number of the district in the order of district_code, -1 in none.
    land_m2 : served land that each stands for; 0 where it stands for people alone.
    people : how many live there; 0 where it stands for land alone.
    """

    lon: Floats
    lat: Floats
    district: Integers
    land_m2: Floats
    people: Floats

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.points(self.lon, self.lat))

    def within(self, shapes: Geometries) -> tuple[Integers, Integers]:
        """Return pairs of a shape's number and that of a point in it; a city has a million."""
        if not len(shapes):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        shape, point = self._tree.query(shapes, predicate="intersects")
        return shape, point

    def take(self, rows: Booleans | Integers) -> Points:
        """Some of them."""
        return Points(
            self.lon[rows], self.lat[rows], self.district[rows], self.land_m2[rows],
            self.people[rows],
        )  # fmt: skip

    def settle(self, people: Floats) -> Points:
        """The same places with so many people."""
        return replace(self, people=people)

    def join(self, other: Points) -> Points:
        """Both, one after the other."""
        return Points(
            *(
                np.concatenate([getattr(self, each.name), getattr(other, each.name)])
                for each in fields(self)
            )
        )

    def add_up(self, weight: Floats, count: int) -> Floats:
        """Sum of a weight of the points in each of ``count`` districts."""
        inside = self.district >= 0
        sums = np.bincount(self.district[inside], weights=weight[inside], minlength=count)
        return sums.astype(np.float64)


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance (0-1) that each point is reached: of certain stations, expected, of all.

    ``sure`` says of which points it is sure, but for what is as good as exact.
    """

    low: Floats
    share: Floats
    high: Floats
    sure: Booleans


def read_demand(demand: pd.DataFrame, land: Land) -> Points:
    """Return demand (lon, lat, weight) as points, in an order of its own.

    Raises
    ------
    InputError
        When lon, lat or weight is missing.
    """
    missing = [name for name in ("lon", "lat", "weight") if name not in demand.columns]
    if missing:
        raise InputError(
            f"demand: lacks the columns {', '.join(missing)}",
            code="column-missing", where="demand", detail="、".join(missing),
        )  # fmt: skip
    plain = demand[["lon", "lat", "weight"]].astype(float).dropna()
    plain = plain[plain["weight"] > 0].sort_values(["lon", "lat", "weight"], ignore_index=True)
    lon, lat = plain["lon"].to_numpy(), plain["lat"].to_numpy()
    weight = plain["weight"].to_numpy()
    return Points(lon, lat, land.locate(lon, lat), np.zeros(len(lon)), weight)


def reach_points(points: Points, layers: Layers, on_road: AtPoints | None) -> Chances:
    """Return how likely each point is reached.

    Parameters
    ----------
    layers : areas of the envelope; where ``on_road`` speaks for the network only their circles
        are asked.
    """
    nothing = np.zeros(len(points.lon), dtype=bool)
    kinds = layers.whole if on_road is None else layers.circles
    road = on_road or AtPoints(nothing, nothing, nothing)
    certain, sure, possible = (
        flags | _is_within(points, pieces)
        for flags, pieces in (
            (road.certain, kinds.certain),
            (road.expected, kinds.sure),
            (road.possible, kinds.possible),
        )
    )
    chance = -np.expm1(_sum_misses(layers.blurred, points))
    chance[sure] = 1.0
    low = certain.astype(np.float64)
    high = np.maximum(low, possible)
    return Chances(low, np.clip(chance, low, high), high, sure)


def _is_within(points: Points, pieces: Pieces) -> Booleans:
    inside = np.zeros(len(points.lon), dtype=bool)
    inside[points.within(pieces.all)[1]] = True
    return inside


def _sum_misses(stations: Blurred, points: Points) -> Floats:
    """Return the logarithm of the chance that no blurred station reaches each point."""
    reach = draw_circles(stations.lon, stations.lat, stations.radius_m + stations.uncertainty_m)
    station, point = points.within(reach)
    distance = _measure(stations, station, points.lon[point], points.lat[point])
    share = lens_share(distance, stations.radius_m[station], stations.uncertainty_m[station])
    loss = np.log1p(-np.minimum(share, 1 - 1e-12))
    order = np.lexsort((loss, point))
    sums = np.bincount(point[order], weights=loss[order], minlength=len(points.lon))
    return sums.astype(np.float64)


def _measure(stations: Blurred, station: Integers, lon: Floats, lat: Floats) -> Floats:
    """Return distances in metres; within a few kilometres the ellipsoid is a plane."""
    east, north = metres_per_degree((stations.lat[station] + lat) / 2)
    return np.hypot((stations.lon[station] - lon) * east, (stations.lat[station] - lat) * north)
