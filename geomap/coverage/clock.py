"""The coverage clock: what share of each district is in reach at each hour of the week.

Hours of a week with the same open stations are covered once: most maps have a few dozen such
sets, not 168.
"""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geomap.coverage.table import cover
from geomap.hours import week_hours
from geomap.model.counting import is_counted
from geomap.model.settings import Envelope

COLUMNS = ["envelope", "district_code", "weekday", "hour", "share_low", "share", "share_high"]
WEEK_HOURS = 7 * 24


def hours_table(
    stations: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    envelopes: Sequence[Envelope],
    *,
    detour_factor: float = 1.3,
) -> pd.DataFrame:
    """Return shares for each hour of a week without holidays, by straight-line circles.

    A station counts in an hour when it is open throughout; one whose hours are unknown then
    counts as possible alone (``share_high``).

    Parameters
    ----------
    stations, districts, envelopes, detour_factor : as :func:`geomap.coverage.cover` takes them;
        ``opening_hours`` in OSM syntax, empty where unknown.

    Returns
    -------
    envelope, district_code, weekday (1 Monday - 7), hour (0-23), share_low, share, share_high
    (0-1), for every district that some station reaches at some hour, sorted by the first four.
    """
    reached = cover(stations, districts, envelopes, detour_factor=detour_factor).shares
    touched = districts[districts["district_code"].isin(reached.index[(reached > 0).any(axis=1)])]
    states, hour_state = np.unique(_state_of_hours(stations), axis=0, return_inverse=True)
    tables = [_cover_hour(stations, touched, envelopes, detour_factor, state) for state in states]
    rows = [
        tables[state].assign(weekday=number // 24 + 1, hour=number % 24)
        for number, state in enumerate(hour_state.ravel())
    ]
    keys = ["envelope", "district_code", "weekday", "hour"]
    return pd.concat(rows)[COLUMNS].sort_values(keys, ignore_index=True)


def _state_of_hours(stations: gpd.GeoDataFrame) -> npt.NDArray[np.int8]:
    """State of each station in each hour, shape (168, n): 0 closed, 1 open, 2 unknown."""
    states = np.zeros((WEEK_HOURS, len(stations)), dtype=np.int8)
    for number, osm in enumerate(stations["opening_hours"].fillna("").astype(str)):
        is_open, is_unknown = week_hours(osm)
        states[:, number] = (is_open + 2 * is_unknown).ravel()
    return states


def _cover_hour(
    stations: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    envelopes: Sequence[Envelope],
    detour_factor: float,
    state: npt.NDArray[np.int8],
) -> pd.DataFrame:
    """Return the shares of one set of open stations, a row for each envelope and district."""
    access = stations["access"].where((state == 1) | ~is_counted(stations), "unknown")
    open_now = stations.assign(access=access)[state > 0]
    shares = cover(open_now, districts, envelopes, detour_factor=detour_factor).shares
    parts = []
    for envelope in envelopes:
        names = {f"{envelope.id}_{name}": name for name in COLUMNS[-3:]}
        part = shares[list(names)].rename(columns=names).reset_index()
        parts.append(part.assign(envelope=envelope.id))
    return pd.concat(parts)
