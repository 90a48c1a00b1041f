"""Static sites of folium maps: no inline code, no other host, the same bytes on every run."""

from __future__ import annotations

from geomap.static_site.faults import Fault, StaticSiteError
from geomap.static_site.library import Library
from geomap.static_site.site import StaticSite

__all__ = ["Fault", "Library", "StaticSite", "StaticSiteError"]
