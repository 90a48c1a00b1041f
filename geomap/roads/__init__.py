"""Ten minutes by road: service areas on real streets.

Usage, all positions WGS-84, all distances metres of road::

    network = read_roads(["city.osm.pbf"], profile="ebike", cache=Path("cache"))
    attachment = network.attach(lon, lat, snap_m=250)      # who is on the network
    areas = reach_areas(network, attachment, 2500)         # one MultiPolygon per station
    certain, possible = reach_union(network, attachment, [2500 - u, 2500 + u])
    field = minutes_to_nearest(network, attachment, speed_kmh=15)
    factor = calibrate_detour(network, 2500).factor        # for the circles elsewhere

How it works, in the order of the modules: `readers` (files to `Streets`), `segments` and
`contract` (to junctions and edges), `network` and `snap`, `search` (one pass for all stations),
`cuts` (edges cut at the metres left), `cells` and `outline` (the land beside them).

A map without roads needs none of it, so it is imported when something is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.roads.api import *  # noqa: F403


def __getattr__(name: str) -> object:
    """Return what :mod:`geomap.roads.api` offers."""
    if name.startswith("_") or name == "api":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("geomap.roads.api"), name)
