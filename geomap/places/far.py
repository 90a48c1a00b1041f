"""How far a point lies from the township that its row states."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from geomap.divisions import Division
from geomap.places.index import Places
from geomap.places.spread import distance_m

#: The known points of a township lie within its radius with 95 %; what is this much beyond twice
#: the radius lies in another: 25 of 5,373 villages of a list do, all but a few of them misplaced.
_BEYOND_M = 3_000.0


def metres_too_far(
    lon: float, lat: float, townships: Iterable[Division], places: Places
) -> float | None:
    """Return how far a point (WGS-84 degrees) is from the nearest of the stated townships, metres.

    None where it may lie in one of them, or where nobody knows where they are.
    """
    away = []
    for town in townships:
        circle = places.town_circle(town.code[:6], town.name)
        if circle is None:
            return None
        middle, radius = circle
        metres = float(distance_m(np.array([lon]), np.array([lat]), middle.lon, middle.lat)[0])
        if metres <= 2 * radius + _BEYOND_M:
            return None
        away.append(metres)
    return min(away, default=None)
