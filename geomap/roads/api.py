"""What the other rooms call of :mod:`geomap.roads`."""

from geomap.roads.backdrop import base_lines
from geomap.roads.blocks import BLOCK_M2
from geomap.roads.detour import calibrate_detour
from geomap.roads.nearest import minutes_to_nearest
from geomap.roads.network import Network, take_lines
from geomap.roads.reach import bands, reach_areas, reach_union
from geomap.roads.readers import Taken, read_roads, street_readers
from geomap.roads.rules import CLASSES, rank_class
from geomap.roads.served import (
    Feet,
    ServedLand,
    feet_of,
    is_reached,
    join_feet,
    nearest_metres,
    reached_each,
    served_land,
)
from geomap.roads.snap import Attachment
from geomap.roads.streets import Streets

__all__ = [
    "BLOCK_M2", "CLASSES", "Attachment", "Feet", "Network", "ServedLand", "Streets", "Taken",
    "bands", "base_lines", "calibrate_detour", "feet_of", "is_reached", "join_feet",
    "minutes_to_nearest", "nearest_metres", "rank_class", "reach_areas", "reach_union",
    "reached_each", "read_roads", "served_land", "street_readers", "take_lines",
]  # fmt: skip
