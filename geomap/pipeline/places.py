"""Where demand is, as a few thousand places; and where a station could be."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.coverage.grid import join_all, lay_points
from geomap.coverage.points import Points
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


def land_places(codes: set[str], measured: Measured, across: int = 80) -> tuple[Places, str]:
    """Return points evenly on the land of these districts, their people, and the unit."""
    every = measured.coverage.shares.index
    rows = np.flatnonzero(every.isin(codes))
    land = measured.coverage.land.take(rows)
    people = measured.reference.population.reindex(every[rows]).to_numpy(np.float64)
    unit = "people" if np.nansum(people) > 0 else "km2"
    points = join_all(
        [
            lay_points(land, number, amount, across)
            for number, amount in enumerate(np.nan_to_num(people))
        ]
    )
    weight = points.people if unit == "people" else points.land_m2 / 1e6
    return Places(*_known(points, weight)), unit


def _known(points: Points, weight: Floats) -> tuple[Floats, Floats, Floats]:
    known = weight > 0
    return points.lon[known], points.lat[known], weight[known]


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
    square = np.floor(np.column_stack([lon, lat]) / side).astype(np.int64)
    _, member = np.unique(square, axis=0, return_inverse=True)
    member = member.ravel()
    order = np.lexsort((lat, lon, -weight, member))
    first = np.flatnonzero(np.r_[True, np.diff(member[order]) > 0]) if len(order) else order
    return order[first], np.bincount(member, weights=weight).astype(np.float64)
