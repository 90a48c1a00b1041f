"""Which hosts the elements of a map would ask, and which of them the caller allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from branca.element import CssLink, Element, Html, JavascriptLink
from folium.features import CustomIcon
from folium.map import Tooltip
from folium.plugins import FloatImage, Geocoder, TimestampedWmsTileLayers
from folium.raster_layers import ImageOverlay, TileLayer, VideoOverlay, WmsTileLayer
from folium.utilities import JsCode

from geomap.static_site.faults import Fault

_URL = re.compile(r"(?:(?P<scheme>https?|wss?):)?//(?P<host>[^/\s\"'`<>]+)(?:/[^\s<>]*)?$")
_QUOTED = re.compile(r"""["'`]((?:https?:)?//[^"'`\s]+)["'`]""")
#: Names and credits, which nobody asks for.
_WORDS = ("_name", "_id", "layer_name", "tile_name", "attr", "attribution", "text", "popup")
_GEOCODERS = {
    "nominatim": "https://nominatim.openstreetmap.org/",
    "photon": "https://photon.komoot.io/",
    "arcgis": "https://geocode.arcgis.com/",
}
_PICTURES = (TileLayer, WmsTileLayer, ImageOverlay, FloatImage, CustomIcon)


@dataclass(frozen=True, slots=True)
class Asked:
    """A host that an element asks: ``directive`` of the policy, ``source`` in it, and ``url``."""

    where: str
    directive: str
    source: str
    url: str


def list_asked(elements: Iterable[Element]) -> list[Asked]:
    """Return what the elements of a map would load from hosts, in their order."""
    return [
        Asked(_label(element, attribute), _directive(element), _source(url), url)
        for element in elements
        if not isinstance(element, (Html, Tooltip, JavascriptLink, CssLink))
        for attribute, url in _urls(element)
    ]


def list_inside(elements: Iterable[Element]) -> dict[str, str]:
    """Return what a policy allows for what a map carries in itself: directive → source."""
    films = (one for one in elements if isinstance(one, VideoOverlay))
    return {"media-src": "data:"} if any(one.video_url.startswith("data:") for one in films) else {}


def check_hosts(asked: Iterable[Asked], allowed: Iterable[str]) -> list[Fault]:
    """Return a fault for each element that asks a host which is not ``allowed``."""
    names = set(allowed)
    return [
        Fault(
            one.where,
            f"asks another host for {one.url[:120]}",
            f'pass allow_hosts=["{_host(one.source)}"] to StaticSite to permit it, or leave it out '
            "(for tiles: folium.Map(tiles=None))",
        )
        for one in asked
        if not names & {one.source, _host(one.source)}
    ]


def _urls(element: Element) -> Iterator[tuple[str, str]]:
    if isinstance(element, Geocoder):
        provider = str(element.options.get("provider", "nominatim"))
        yield "provider", _GEOCODERS.get(provider, f"https://{provider}/")
    if isinstance(element, TimestampedWmsTileLayers):  # which asks the server for its times, too
        yield from (("layers", layer.url) for layer in element.layers if _URL.match(layer.url))
    options = vars(element).get("options")
    given = {**vars(element), **(options if isinstance(options, dict) else {})}
    for attribute, value in given.items():
        if isinstance(value, JsCode):
            yield from ((attribute, url) for url in _QUOTED.findall(value.js_code))
        elif isinstance(value, str) and attribute not in _WORDS and _URL.match(value):
            yield attribute, value


def _directive(element: Element) -> str:
    if isinstance(element, VideoOverlay):
        return "media-src"
    return "img-src" if isinstance(element, _PICTURES) else "connect-src"


def _source(url: str) -> str:
    """Return what a policy calls the host of ``url``; any ``{s}`` is any subdomain."""
    match = _URL.match(url)
    assert match is not None, "an address was looked for"
    host = match["host"]
    if "{" in host:
        host = "*." + re.sub(r"^[^.]*\{[^}]*\}[^.]*\.", "", host)
    return f"{match['scheme'] or 'https'}://{host}"


def _host(source: str) -> str:
    return source.rpartition("/")[2]


def _label(element: Element, attribute: str) -> str:
    name = getattr(element, "layer_name", "")
    named = f" {name!r}" if name and element._id not in name else ""
    return f"{type(element).__name__}{named} ({attribute})"
