"""Where demand is, as a few thousand places; and where a station could be."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.coverage.grid import join_all, lay_points
from geomap.coverage.plane import number_squares
from geomap.pipeline.ground import OnStreets
from geomap.pipeline.measure import Measured
from geomap.pipeline.reach import Places

Floats = NDArray[np.float64]
#: Squares whose demand is one place, degrees: 200 m.
_SQUARE = 0.002
#: Squares of which one is a candidate, degrees: 500 m; and how many at most.
_APART, _MOST = 0.005, 1500


def street_places(on_streets: OnStreets) -> tuple[Places, str]:
    """Return the people of the ground's points, square by square, and their unit.

    Where nobody knows how many live there, served land stands for them (``km2``).
    """
    points = on_streets.ground.points
    unit, weight = (
        ("people", points.people) if points.people.any() else ("km2", points.land_m2 / 1e6)
    )
    rows = np.flatnonzero((weight > 0) & (points.district >= 0))
    heaviest, total = _gather(points.lon[rows], points.lat[rows], weight[rows], _SQUARE)
    chosen = rows[heaviest]
    feet = on_streets.feet.take(chosen)
    return Places(points.lon[chosen], points.lat[chosen], total, feet), unit


def land_places(codes: set[str], measured: Measured, across: int) -> tuple[Places, str]:
    """Return points evenly on the land of these districts, their people, and the unit."""
    every = measured.coverage.shares.index
    people = measured.reference.population.reindex(every).fillna(0).to_numpy(np.float64)
    rows = np.flatnonzero(every.isin(codes))
    peopled = rows[people[rows] > 0]
    unit, rows = ("people", peopled) if len(peopled) else ("km2", rows)
    land = measured.coverage.land.take(rows)
    points = join_all([
        lay_points(land, number, amount, across) for number, amount in enumerate(people[rows])
    ])  # fmt: skip
    weight = points.people if unit == "people" else points.land_m2 / 1e6
    return Places(points.lon, points.lat, weight), unit


def demand_rows(demand: pd.DataFrame) -> Places:
    """Return the rows of a demand file with a weight."""
    rows = demand[demand["weight"] > 0].sort_values(["lon", "lat", "weight"], kind="stable")
    lon, lat, weight = (rows[name].to_numpy(np.float64) for name in ("lon", "lat", "weight"))
    return Places(lon, lat, weight)


def pick_candidates(places: Places, open_weight: Floats) -> pd.DataFrame:
    """Return where a station could be, ``id lon lat cost``: the open demand, 500 m apart."""
    rows = np.flatnonzero(open_weight > 0)
    heaviest, total = _gather(places.lon[rows], places.lat[rows], open_weight[rows], _APART)
    chosen = rows[heaviest][np.argsort(-total, kind="stable")[:_MOST]]
    return pd.DataFrame({
        "id": [f"c{number + 1}" for number in range(len(chosen))],
        "lon": places.lon[chosen], "lat": places.lat[chosen], "cost": np.nan,
    })  # fmt: skip


def _gather(
    lon: Floats, lat: Floats, weight: Floats, side: float
) -> tuple[NDArray[np.int64], Floats]:
    """Return the heaviest row of each square (degrees), and the weight of the square."""
    _, member = np.unique(number_squares(lon, lat, side), return_inverse=True)
    order = np.lexsort((lat, lon, -weight, member))
    first = np.flatnonzero(np.r_[True, np.diff(member[order]) > 0]) if len(order) else order
    return order[first], np.bincount(member, weights=weight).astype(np.float64)
