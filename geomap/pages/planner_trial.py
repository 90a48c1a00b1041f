"""What the planners' page tries stations with: who lives beside which street."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np

from geomap.model.edition import Edition
from geomap.pages.columns import DEGREE_PARTS
from geomap.wire import code, encode_table

#: People are counted in hundredths: a stretch of street has a few of them.
_PEOPLE_PARTS = 100


def encode_trial(edition: Edition, drawn: gpd.GeoDataFrame, codes: Sequence[str]) -> dict[str, Any]:
    """Return file name → facts: ``trial``; nothing where no streets are known.

    Parameters
    ----------
    drawn, codes : rows of the page's stations and district_code of its districts: ``stations``
        and ``points`` name both by their numbers (-1: a district that the page does not list).
    """
    trial = edition.trial
    if trial is None:
        return {}
    row_of = {station: row for row, station in enumerate(drawn["station_id"])}
    district = {name: row for row, name in enumerate(codes)}
    points, stations = trial.points, trial.stations
    steps: Mapping[str, Any] = {
        **{name: (DEGREE_PARTS, (points[name] * DEGREE_PARTS).round())
           for name in ("lon", "lat", "lon_2", "lat_2")},
        "people": (_PEOPLE_PARTS, (points["people"] * _PEOPLE_PARTS).round()),
        "land_m2": (1, points["land_m2"].round()),
    }  # fmt: skip
    feet = {
        name: (DEGREE_PARTS, np.round(stations[name] * DEGREE_PARTS)) for name in ("lon", "lat")
    }
    rows = [row_of[station] for station in stations["station_id"]]
    homes = code(district.get(name, -1) for name in points["district_code"])
    return {
        "trial": {
            "snap_m": edition.settings.snap_m,
            "stub_m": edition.settings.longest_road_m,
            "stations": encode_table(len(stations), texts={"row": rows}, steps=feet),
            "points": encode_table(len(points), steps=steps, codes={"district": homes}),
        }
    }
