"""Administrative divisions of China: from a name, written in any of its forms, to today's code."""

from geomap.divisions.index import Divisions, read_divisions
from geomap.divisions.names import UNDRAWN, lies_in, parts, short_name, trunk
from geomap.divisions.records import Division, NameHit, Resolution

__all__ = [
    "UNDRAWN", "Division", "Divisions", "NameHit", "Resolution", "lies_in", "parts",
    "read_divisions", "short_name", "trunk",
]  # fmt: skip
