"""How much longer the road is than the straight line, measured on a network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geomap.roads.network import Network
from geomap.roads.search import remaining_each
from geomap.roads.segments import GEOD
from geomap.roads.snap import Attachment
from geomap.roads.streets import Floats, Integers

#: A factor from fewer pairs than this is chance.
_LEAST_PAIRS = 200
#: What coverage takes where no network is given (geodata/map.toml: detour_factor).
_DEFAULT = 1.3


@dataclass(frozen=True, slots=True)
class Detour:
    """A detour factor: road metres per straight metre, and the pairs it was measured on.

    ``factor`` is 1.3 with ``pair_count`` 0 where the network is too small to measure.
    """

    factor: float
    pair_count: int


def calibrate_detour(network: Network, distance_m: float = 2500.0, *, sources: int = 200) -> Detour:
    """Return the median of road distance over straight distance near the distance asked.

    The pairs are junctions between 80 % and 100 % of ``distance_m`` of road away from up to
    ``sources`` junctions that are spread evenly over the network; straight distances geodesic.
    Half of the places that far by road then lie inside the circle ``distance_m / factor``.
    Junctions near the rim of the file are no sources: what lies beyond it is missing, and only
    the crooked ways would be left.
    """
    edges = network.edges
    inner = _find_inner(network, distance_m / _DEFAULT)
    picks = np.linspace(0, max(len(inner) - 1, 0), min(sources, len(inner))).astype(int)
    chosen = inner[np.unique(picks)]
    attachment = network.attach(edges.junction_lon[chosen], edges.junction_lat[chosen], 1.0)
    ratios = [
        _ratios(network, attachment, number, distance_m - remaining_m, distance_m)
        for number, remaining_m in remaining_each(
            network, attachment, np.full(len(chosen), distance_m)
        )
    ]
    found = np.concatenate([*ratios, np.zeros(0)])
    if len(found) < _LEAST_PAIRS:
        return Detour(_DEFAULT, 0)
    return Detour(round(float(np.median(found)), 3), len(found))


def _find_inner(network: Network, margin_m: float) -> Integers:
    """Return the junctions at least this far inside the box of the network."""
    edges = network.edges
    x, y = network.plane.to_metres(edges.junction_lon, edges.junction_lat)
    inner = np.ones(len(x), dtype=bool)
    for position in (x, y):
        inner &= (position >= position.min() + margin_m) & (position <= position.max() - margin_m)
    return np.flatnonzero(inner)


def _ratios(
    network: Network, attachment: Attachment, number: int, road_m: Floats, distance_m: float
) -> Floats:
    far = np.flatnonzero((road_m >= 0.8 * distance_m) & (road_m <= distance_m))
    lon = np.full(len(far), attachment.lon[number])
    lat = np.full(len(far), attachment.lat[number])
    edges = network.edges
    straight_m = np.asarray(
        GEOD.inv(lon, lat, edges.junction_lon[far], edges.junction_lat[far])[2], dtype=np.float64
    )
    near = straight_m > 1.0
    return np.asarray(road_m[far][near] / straight_m[near], dtype=np.float64)
