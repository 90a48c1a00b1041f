"""How far from a known point the true place may be: radii that hold 95 %, from spreads.

Measured on 28,456 communities of the list Vonng/adcode (CC BY 4.0, of 2016) held out of a gazetteer
made of its other half, by tests/benchmarks/place_holdout.py: a township's communities lie around
its point in proportion to the side of the county's mean township, alike in counties with 6 km
townships and with 20 km ones; and the few communities known of a town tell more than that.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EARTH_M = 6_371_008.8  # mean radius, IUGG
SHARE = 0.95
TOWN_FACTOR = 1.22
STREET_FACTOR = 0.95
#: A township's known communities count against this many that spread as its county suggests.
PRIOR_COUNT = 1.0
#: Radius of 95 % over root mean square distance, for the heavy-tailed spreads measured above.
RMS_FACTOR = 2.0


def distance_m(lon: Floats, lat: Floats, to_lon: float, to_lat: float) -> Floats:
    """Great-circle metres from points to one point (WGS-84 degrees, within 0.5 % of geodesic)."""
    a, b = np.radians(lat), np.radians(to_lat)
    half = np.sin((a - b) / 2) ** 2
    half += np.cos(a) * np.cos(b) * np.sin(np.radians(np.asarray(lon) - to_lon) / 2) ** 2
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(half)))


def usual_radius_m(area_km2: float, townships: int, name: str) -> float:
    """The 95 % radius usual for a township, metres, from its county's area and their number."""
    side_m = 1000.0 * math.sqrt(area_km2 / max(townships, 1))
    return side_m * (STREET_FACTOR if name.endswith("街道") else TOWN_FACTOR)


def known_radius_m(distances_m: Floats, expected_m: float) -> float:
    """The 95 % radius around a town's point, from the places known there and what is usual.

    Parameters
    ----------
    distances_m : from the town's point to each known place of the town; may be empty.
    expected_m : the radius usual in the county (:func:`usual_radius_m`).
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
