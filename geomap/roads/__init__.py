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
"""

from geomap.roads.base_lines import base_lines
from geomap.roads.detour import Detour, calibrate_detour
from geomap.roads.nearest import NearestField, minutes_to_nearest
from geomap.roads.network import Network
from geomap.roads.reach import bands, reach_areas, reach_union
from geomap.roads.readers import read_roads
from geomap.roads.rules import PROFILES, Profile
from geomap.roads.snap import Attachment

__all__ = [
    "PROFILES",
    "Attachment",
    "Detour",
    "NearestField",
    "Network",
    "Profile",
    "bands",
    "base_lines",
    "calibrate_detour",
    "minutes_to_nearest",
    "reach_areas",
    "reach_union",
    "read_roads",
]
