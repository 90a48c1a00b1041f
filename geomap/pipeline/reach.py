"""Which places each station or candidate reaches: by road, or in circles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geomap import roads
from geomap.coverage.nearby import find_within, to_globe
from geomap.model.settings import Settings

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where demand is: degrees (WGS-84), weight, and where each meets the streets, if any."""

    lon: Floats
    lat: Floats
    weight: Floats
    feet: roads.Feet | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """Stations or candidates: degrees (WGS-84) and how far each reaches.

    Attributes
    ----------
    road_m : metres of road, where ``by_road``.
    circle_m : metres of the circle elsewhere.
    by_road : whether the network speaks for it.
    """

    lon: Floats
    lat: Floats
    road_m: Floats
    circle_m: Floats
    by_road: NDArray[np.bool_]


def reach_places(
    network: roads.Network | None, settings: Settings, sources: Sources, places: Places
) -> csr_array:
    """Return (sources, places), 1 where a source is reached from a place in its metres."""
    circle_m = np.where(sources.by_road, 0.0, sources.circle_m)
    reached = find_within(
        to_globe(sources.lon, sources.lat), circle_m, to_globe(places.lon, places.lat)
    )
    if network is None or places.feet is None or not sources.by_road.any():
        return reached
    rows = np.flatnonzero(sources.by_road)
    held = network.attach(
        sources.lon[rows], sources.lat[rows], settings.snap_m, settings.longest_road_m
    )
    found = list(roads.reached_each(network, held, sources.road_m[rows], places.feet))
    source = np.concatenate([np.full(len(place), rows[number]) for number, place in found])
    place = np.concatenate([place for _, place in found])
    ones = np.ones(len(place), dtype=np.int8)
    return csr_array(reached + csr_array((ones, (source, place)), shape=reached.shape))
