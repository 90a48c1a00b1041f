"""From an address on somebody's host to the package that holds the file."""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERSION = r"(?:@(?P<version>[^/]+))?"
_HOSTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"https://cdn\.jsdelivr\.net/npm/+(?P<name>(?:@[^/]+/)?[^/@]+){_VERSION}(?:/(?P<path>.*))?$",
        rf"https://unpkg\.com/+(?P<name>(?:@[^/]+/)?[^/@]+){_VERSION}(?:/(?P<path>.*))?$",
        rf"https://cdn\.jsdelivr\.net/gh/[^/]+/(?P<name>[^/@]+){_VERSION}/(?P<path>.+)$",
        r"https://cdnjs\.cloudflare\.com/ajax/libs/(?P<name>[^/]+)/(?P<version>[^/]+)/(?P<path>.+)$",
        r"https://code\.jquery\.com/(?P<name>jquery)-(?P<version>\d+(?:\.\d+)*)(?P<path>(?:\.min)?\.js)$",
        r"https://d3js\.org/(?P<name>d3)\.v(?P<version>\d+)(?P<path>(?:\.min)?\.js)$",
        r"https://netdna\.bootstrapcdn\.com/(?P<name>bootstrap)/(?P<version>[^/]+)/(?P<path>.+)$",
        r"https://[^/.]+\.github\.io/(?P<name>[^/]+)/(?P<path>.+)$",
    )
)
#: Where hosts and the npm registry call one library by two names.
_NPM_NAMES = {
    "BeautifyMarker": "beautifymarker",
    "Leaflet.MousePosition": "leaflet-mouse-position",
    "OverlappingMarkerSpiderfier-Leaflet": "overlapping-marker-spiderfier-leaflet",
    "bootstrap-glyphicons": "glyphicons-only-bootstrap",
    "highlight.js": "@highlightjs/cdn-assets",
    "jqueryui": "jquery-ui-dist",
    "leaflet-locatecontrol": "leaflet.locatecontrol",
    "leaflet.draw": "leaflet-draw",
    "moment.js": "moment",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of a library: ``name`` and ``version`` of the package ("": any), ``path`` in it.

    An empty ``path`` is the file that the package itself names for browsers.
    """

    url: str
    name: str
    version: str
    path: str

    @property
    def file(self) -> str:
        """The file's name."""
        return self.path.rpartition("/")[2]

    @property
    def spec(self) -> str:
        """What ``npm install`` takes."""
        return f"{self.name}@{self.version}" if self.version else self.name


def read_address(url: str) -> Wanted:
    """Return which package holds the file at ``url``; an unknown host gives the name alone."""
    for host in _HOSTS:
        if match := host.match(url):
            parts = match.groupdict()
            return _wanted(url, parts["name"], parts.get("version") or "", parts["path"] or "")
    return Wanted(url, "", "", url.rpartition("/")[2].partition("?")[0])


def _wanted(url: str, name: str, version: str, path: str) -> Wanted:
    if "glyphicons" in path:  # a sheet of its own, which no release of bootstrap holds
        name, version = "bootstrap-glyphicons", ""
    if path.startswith("."):  # jquery-3.7.1.min.js: the name is the package's
        path = f"{name}{path}"
    version = "" if version in ("latest", "main", "master") else version
    return Wanted(url, _NPM_NAMES.get(name, name.lower()), version, path)
