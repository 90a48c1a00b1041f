"""What shares divide by where streets are known: served land, and the people who live on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.coverage.plane import Floats
from geomap.coverage.points import Points

#: A road file that covers less of a district than this says nothing about it (its neighbours').
LEAST_COVERED = 0.05


@dataclass(frozen=True, slots=True)
class Ground:
    """Points that stand for served land and for people.

    Attributes
    ----------
    points : both kinds, in one table.
    roads_share : share of each district (order of district_code) that the road files cover.
    """

    points: Points
    roads_share: Floats

    @property
    def served_m2(self) -> Floats:
        """Served land of all streets in each district, m²; NaN where the files say nothing."""
        served = self.points.add_up(self.points.land_m2, len(self.roads_share))
        covered = (self.roads_share >= LEAST_COVERED) & (served > 0)
        return np.asarray(np.where(covered, served, np.nan))


def spread_people(
    points: Points, homes_m: Floats, population: pd.Series, roads_share: Floats
) -> Floats:
    """Return how many people live at each point of served land: the census figure spread.

    A district's people live along its residential streets (``homes_m`` of each point), where it
    has none on its served land. Of a district that the road files cover in part, that part of its
    people is spread: the points of a district add up to its census figure times ``roads_share``.

    Parameters
    ----------
    population : people of each district, in the order of district_code; NaN where unknown.
    """
    count = len(roads_share)
    homes = points.add_up(homes_m, count)
    weight = np.where(homes[points.district] > 0, homes_m, points.land_m2)
    total = points.add_up(weight, count)
    people = np.nan_to_num(population.to_numpy(np.float64)) * np.minimum(roads_share, 1.0)
    density = np.divide(people, total, out=np.zeros(count), where=total > 0)
    return np.where(points.district >= 0, weight * density[points.district], 0.0)
