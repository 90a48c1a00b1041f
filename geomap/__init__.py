"""geomap: maps of the service stations that trade unions announce in documents.

>>> city = geomap.build("my-city")
>>> city.explore().save("map.html")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.library import BuiltMap as BuiltMap
    from geomap.library import build as build

__version__ = "0.1.0"
__all__ = ["BuiltMap", "__version__", "build"]


def __getattr__(name: str) -> object:
    """Return what the library offers; it is imported when it is asked for."""
    if name in ("build", "BuiltMap"):
        from geomap import library

        return getattr(library, name)
    raise AttributeError(f"module 'geomap' has no attribute {name!r}")
