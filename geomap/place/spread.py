"""How far from a known point the true place may be: radii that hold 95 %, from spreads.

Measured on 17,941 villages and communities of 5,011 townships (Vonng/adcode, CC BY 4.0, of 2016)
around the townships' points in GeoNames: the radius that holds 95 % of a township's communities
is 1.1 times the side of the mean township of its county (0.92 times for 街道), the same from
counties with 6 km townships to those with 20 km ones. tests/benchmarks/place_holdout.py checks it
on places held out; 1.15 is what it needs where nothing else is known of a town.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EARTH_M = 6_371_008.8  # mean radius, IUGG
SHARE = 0.95
TOWN_FACTOR = 1.15
STREET_FACTOR = 0.92
#: A township's own communities count against this many that spread as its county suggests.
PRIOR_COUNT = 6.0
#: Radius of 95 % over root mean square distance, for the heavy-tailed spreads measured above.
RMS_FACTOR = 1.85


def distance_m(lon: Floats, lat: Floats, to_lon: float, to_lat: float) -> Floats:
    """Great-circle metres from points to one point (WGS-84 degrees, within 0.5 % of geodesic)."""
    a, b = np.radians(lat), np.radians(to_lat)
    half = np.sin((a - b) / 2) ** 2
    half += np.cos(a) * np.cos(b) * np.sin(np.radians(np.asarray(lon) - to_lon) / 2) ** 2
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(half)))


def town_radius_m(townships: pd.DataFrame, area_km2: pd.Series) -> pd.Series:
    """The 95 % radius of each township's communities around its point, metres.

    Parameters
    ----------
    townships : every township of the counties concerned, with ``code`` (nine digits) and ``name``.
    area_km2 : of the counties, by their six-digit code; a county without one gives NaN.
    """
    county = townships["code"].str[:6]
    side_m = 1000.0 * np.sqrt(county.map(area_km2) / county.map(county.value_counts()))
    street = townships["name"].str.endswith("街道")
    factor = street.map({True: STREET_FACTOR, False: TOWN_FACTOR})
    return pd.Series(side_m * factor, index=townships.index, dtype="float64")


def known_radius_m(distances_m: Floats, expected_m: float) -> float:
    """The 95 % radius around a town's point, from the places known there and what is usual.

    Parameters
    ----------
    distances_m : from the town's point to each known place of the town; may be empty.
    expected_m : the radius usual in the county (:func:`town_radius_m`).
    """
    count = len(distances_m)
    own = (RMS_FACTOR**2) * float(np.square(distances_m).sum())
    return float(np.sqrt((own + PRIOR_COUNT * expected_m**2) / (count + PRIOR_COUNT)))


def centre(lon: Floats, lat: Floats) -> tuple[float, float]:
    """The point with the least sum of distances to the given ones (Weiszfeld), degrees."""
    scale = np.cos(np.radians(np.median(lat)))
    points = np.column_stack([lon * scale, lat])
    here = np.median(points, axis=0)
    for _ in range(100):
        away = np.maximum(np.hypot(*(points - here).T), 1e-9)
        there = (points / away[:, None]).sum(axis=0) / (1 / away).sum()
        if np.abs(there - here).max() < 1e-9:
            break
        here = there
    return float(here[0] / scale), float(here[1])


def holding_radius_m(lon: Floats, lat: Floats, at: tuple[float, float]) -> float:
    """The radius around ``at`` that holds 95 % of the points, metres."""
    return float(np.quantile(distance_m(lon, lat, *at), SHARE))
