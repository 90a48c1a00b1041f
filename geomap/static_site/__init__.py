"""Static sites of folium maps: no inline code, no other host, the same bytes on every run."""

from __future__ import annotations

from geomap.static_site.faults import Fault, StaticSiteError
from geomap.static_site.library import Library
from geomap.static_site.site import Drawn, StaticSite, add_sources, list_files

__all__ = [
    "Drawn", "Fault", "Library", "StaticSite", "StaticSiteError", "add_sources", "list_files",
]  # fmt: skip
