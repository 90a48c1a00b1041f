"""The first rung: coordinates that a person entered, moved to WGS-84."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from geomap.model.records import Placement
from geomap.places.datum import parse_datum, to_wgs84

PERSON_M = 30.0  # design.md: a coordinate a person entered
_DEGREE_M = 111_320.0


def read_persons(rows: pd.DataFrame) -> list[Placement | None]:
    """The rows' own coordinates, moved to WGS-84; None where a row has none."""
    if not len(rows) or not {"lon", "lat"} <= set(rows.columns):
        return [None] * len(rows)
    lon, lat = (
        pd.to_numeric(rows[name], errors="coerce").to_numpy(float) for name in ("lon", "lat")
    )
    words = _column(rows, "datum", "").map(str)
    datums = {word: parse_datum(word) for word in sorted(set(words))}
    there_lon, there_lat = to_wgs84(lon, lat, words.map(datums))
    stated = pd.to_numeric(_column(rows, "uncertainty_m", math.nan), errors="coerce").to_numpy(
        float
    )
    decimals = [
        int(given) if given == given and given else _decimals(x, y)
        for given, x, y in zip(_column(rows, "decimals", 0), lon, lat, strict=True)
    ]
    return [
        Placement(x, y, "exact", max(u if u > 0 else PERSON_M, 0.5 * 10.0**-d * _DEGREE_M),
                  "person", "")
        if np.isfinite(x) and np.isfinite(y) else None
        for x, y, u, d in zip(there_lon, there_lat, stated, decimals, strict=True)
    ]  # fmt: skip


def _column(rows: pd.DataFrame, name: str, absent: Any) -> pd.Series:
    if name not in rows.columns:
        return pd.Series([absent] * len(rows), index=rows.index, dtype=object)
    return rows[name].astype(object).where(rows[name].notna(), absent)


def _decimals(lon: float, lat: float) -> int:
    """How many decimals the more precise of two numbers is written with."""
    return max(
        (len(repr(float(v)).partition(".")[2].rstrip("0")) for v in (lon, lat) if v == v), default=0
    )
