"""Static sites of folium maps: no inline code, no other host, the same bytes on every run."""

from __future__ import annotations

from geomap.static_site.faults import StaticSiteError
from geomap.static_site.site import Drawn, StaticSite, add_sources, list_files

__all__ = ["Drawn", "StaticSite", "StaticSiteError", "add_sources", "list_files"]
