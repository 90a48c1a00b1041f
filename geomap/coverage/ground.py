"""What shares divide by where streets are known: served land, and the people who live on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geomap.coverage.plane import Floats, metres_per_degree
from geomap.coverage.points import Points
from geomap.coverage.stations import Booleans

#: A road file that covers less of a district than this says nothing about it (its neighbours').
LEAST_COVERED = 0.05
#: A home farther than this from served land is on no street of the files, metres.
MOST_AWAY_M = 500.0
#: The densest blocks, of 19 storeys and more, are planned on at most 12 m² of land a person in the
#: south and 13 elsewhere (GB 50180-2018, table 4.0.2, 人均住宅用地面积; GB/T 50378-2019, 7.2.1,
#: rewards 11), a fifth of it built on. Where a map has less a person, it lacks homes.
LEAST_LAND_M2, LEAST_BUILDING_M2 = 12.0, 2.4


@dataclass(frozen=True, slots=True)
class Ground:
    """Points that stand for served land and for people.

    Attributes
    ----------
    points : both kinds, in one table.
    roads_share : share of each district (order of district_code) that the road files cover.
    from_homes : whether people of some district were spread over the map's residential land or
        buildings.
    """

    points: Points
    roads_share: Floats
    from_homes: bool = False

    @property
    def served_m2(self) -> Floats:
        """Served land of all streets in each district, m²; NaN where the files say nothing."""
        served = self.points.add_up(self.points.land_m2, len(self.roads_share))
        covered = (self.roads_share >= LEAST_COVERED) & (served > 0)
        return np.asarray(np.where(covered, served, np.nan))


@dataclass(frozen=True, slots=True)
class Homes:
    """What is known of homes at each point: residential land and buildings (m²), streets (m)."""

    land_m2: Floats
    building_m2: Floats
    street_m: Floats


def gather_homes(points: Points, street_m: Floats, homes: pd.DataFrame | None) -> Homes:
    """Return the homes of a map at the points nearest to them.

    Parameters
    ----------
    street_m : metres of residential street at each point.
    homes : ``lon lat m2 is_building`` (WGS-84 degrees); None: no map says it.
    """
    if homes is None or homes.empty or not len(points.lon):
        return Homes(np.zeros(len(street_m)), np.zeros(len(street_m)), street_m)
    scale = np.array(metres_per_degree(np.median(points.lat, keepdims=True))).ravel()
    tree = cKDTree(np.column_stack([points.lon, points.lat]) * scale)
    away_m, nearest = tree.query(homes[["lon", "lat"]].to_numpy() * scale)
    m2 = np.where(away_m <= MOST_AWAY_M, homes["m2"], 0.0)
    is_building = homes["is_building"].to_numpy()

    def add_up(wanted: Booleans) -> Floats:
        return np.bincount(nearest, m2 * wanted, len(street_m)).astype(np.float64)

    return Homes(add_up(~is_building), add_up(is_building), street_m)


def spread_people(
    points: Points, homes: Homes, population: pd.Series, roads_share: Floats
) -> tuple[Floats, bool]:
    """Return how many people live at each point of served land: the census figure spread.

    A district's people live on its residential land, else in its residential buildings, where the
    map draws enough of them for so many; else along its residential streets, else on all its
    served land. Of a district that the road files cover in part, that part of its people is
    spread: the points of a district add up to its census figure times ``roads_share``.

    Parameters
    ----------
    population : people of each district, in the order of district_code; NaN where unknown.

    Returns
    -------
    people, and whether those of some district were spread over residential land or buildings.
    """
    count = len(roads_share)
    people = np.nan_to_num(population.to_numpy(np.float64)) * np.minimum(roads_share, 1.0)
    weight, drawn = points.land_m2, np.zeros(count, dtype=bool)
    for values, least in (
        (homes.street_m, 0.0),
        (homes.building_m2, LEAST_BUILDING_M2),
        (homes.land_m2, LEAST_LAND_M2),
    ):
        known = points.add_up(values, count)
        enough = (known > 0) & (known >= least * people)
        weight = np.where(enough[points.district], values, weight)
        drawn |= enough & (least > 0) & (people > 0)
    total = points.add_up(weight, count)
    density = np.divide(people, total, out=np.zeros(count), where=total > 0)
    spread = np.where(points.district >= 0, weight * density[points.district], 0.0)
    return spread, bool(drawn.any())
