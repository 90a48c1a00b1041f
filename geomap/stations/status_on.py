"""What a ledger says of a past day: who was open then, and of whom nobody knows.

``opened_on`` and ``closed_on`` speak of the past, and ``verified_on`` of what stands open still. A
day known to its month or year alone is before or after another one only where the whole of it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Not there yet.
NOT_YET = ""
_SHUT = ("closed", "suspended")


def status_on(stations: pd.DataFrame, day: str) -> pd.Series[str]:
    """Return the status of each row at the end of a past day (same index).

    ``unknown`` where the day it opened or closed is not known, :data:`NOT_YET` before it opened;
    what is planned stays so.

    Parameters
    ----------
    stations : ``status opened_on closed_on verified_on``.
    day : ISO 8601.
    """
    status = stations["status"].astype(str).to_numpy(object)
    opened, closed = is_by(stations["opened_on"], day), is_by(stations["closed_on"], day)
    is_shut = np.isin(status, _SHUT)
    opened[~is_shut & (is_by(stations["verified_on"], day) == 1)] = 1
    was_open = np.where(is_shut, "operating", status)
    open_then = np.where(opened == 1, was_open, "unknown")
    shut_then = np.select([closed == 1, closed == 0], [status, open_then], "unknown")
    found = np.where(is_shut, shut_then, open_then)
    found = np.where((opened == 0) & (found != "closed"), NOT_YET, found)
    return pd.Series(np.where(status == "planned", status, found), stations.index, dtype=object)


def is_by(days: Iterable[str], day: str) -> NDArray[np.float64]:
    """Return 1 where a day is known to be ``day`` or before it, 0 after it, NaN where unknown."""
    return np.array([_is_by(str(each), day) for each in days], dtype=np.float64)


def _is_by(each: str, day: str) -> float:
    if each and each + "-12-31"[len(each) - 4 :] * (len(each) < len(day)) <= day:
        return 1.0
    return 0.0 if each > day[: len(each)] else float("nan")


def tables_as_of(
    stations: gpd.GeoDataFrame, claims: pd.DataFrame, day: str
) -> tuple[gpd.GeoDataFrame, pd.DataFrame, dict[str, Any]]:
    """Return the rows that were there on a past day, as they were, and the claims until then.

    The last is what a report says of it.
    """
    then = status_on(stations, day)
    unknown = int((then.eq("unknown") & stations["status"].ne("unknown")).sum())
    there = then.ne(NOT_YET)
    told = {"day": day, "not_yet": int((~there).sum()), "unknown": unknown}
    were = stations.assign(status=then)[there].reset_index(drop=True)
    return were, claims[is_by(claims["as_of"], day) != 0], {"as_of": told}
