"""The map of a page: folium's Map without its libraries, and whatever somebody adds to it.

folium's stock page runs inline code, asks six hosts and draws random ids. Here the map keeps
folium's place in the tree and writes a ``<div>`` with its options; Leaflet is started by our own
scripts. What is added is exported by :mod:`geomap.static_site` and loaded when the map stands, so
the first view of a page with additions is as light as without.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import folium
from folium.folium import _default_css, _default_js
from folium.utilities import camelize

from geomap.model.settings import Settings
from geomap.pages.tiles import list_tiles
from geomap.static_site import Drawn, StaticSite, add_sources, list_files
from geomap.static_site.json_text import to_json
from geomap.static_site.markup import replace_sources
from geomap.static_site.page_templates import ENVIRONMENT, TEMPLATES
from geomap.static_site.pieces import Piece

Bounds = tuple[float, float, float, float]
#: Gets a page's map and adds layers, markers or plugins to it.
Add = Callable[[folium.Map], object]

#: What a policy must let in for libraries' styles and fonts, beside a page's own rules.
_RULES = {"font-src": "'self' data:"}


class FramedMap(folium.Map):
    """folium's Map as a ``<div>`` that carries the options as JSON."""

    _template = ENVIRONMENT.get_template("base_map.html.j2")

    def __init__(self, bounds: Bounds, tiles: list[dict[str, Any]]) -> None:
        west, south, east, north = bounds
        super().__init__(
            location=((south + north) / 2, (west + east) / 2),
            tiles=None,
            prefer_canvas=True,
            min_zoom=3,
            max_zoom=18,
            attribution_control=False,
        )
        # On the instance: the class's lists are shared by every map of the process.
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        self._id = "map"
        # folium takes limits of zoom for its tile layers only; Leaflet needs them without tiles.
        self.options |= {"min_zoom": 3, "max_zoom": 18}
        start = {
            "bounds": [[south, west], [north, east]],
            "tiles": tiles,
            "options": {camelize(key): value for key, value in sorted(self.options.items())},
        }
        self.start = to_json(start)

    def use_libraries(self) -> None:
        """Let what was added have folium's common libraries; those it does not use stay out."""
        self.default_js = [pair for pair in _default_js if pair[0] != "leaflet"]
        self.default_css = list(_default_css)


@dataclass(frozen=True, slots=True)
class PageMap:
    """A page's map, finished: what stands on the page, and what was added to it.

    ``tiles`` are the base maps of the settings, as the browser takes them.
    """

    drawn: Drawn
    tiles: list[dict[str, Any]]
    has_more: bool

    @property
    def files(self) -> dict[str, bytes]:
        """Name → bytes of what was added, each name below ``added/``; empty without additions."""
        if not self.has_more:
            return {}
        pieces = [_plainly_named(number, one) for number, one in enumerate(self._pieces(), 1)]
        files = list_files(replace(self.drawn, head=tuple(pieces), scripts=()))
        return {
            **{_below(address): content for address, content in files.items()},
            "added/start.js": _start(
                [_below(one.address) for one in pieces if one.kind == "style"],
                [_below(one.address) for one in pieces if one.kind == "script"],
                next(_below(address) for address in files if address.endswith("/marker-icon.png")),
            ),
        }

    def _pieces(self) -> list[Piece]:
        """Return libraries and styles in their order, then the map's script as a function."""
        (own,) = self.drawn.scripts
        head = f'geomap.take("added", function ({_NAME}) {{\n'
        return [*self.drawn.head, replace(own, text=f"{head}{own.text}\n}});\n")]

    def script(self, folder: str) -> tuple[str, ...]:
        """Return the script that a page loads after its first, when ``files`` lie in ``folder``."""
        return (f"{folder}/added/start.js",) if self.has_more else ()

    def html(self, folder: str) -> str:
        """Return the map's ``<div>``, and the HTML of what was added."""
        if not self.has_more:
            return self.drawn.html
        addresses = {url: f"{folder}/{_below(found.address)}"
                     for url, found in self.drawn.pictures.items()}  # fmt: skip
        return replace_sources(self.drawn.html, addresses)

    @property
    def rules(self) -> dict[str, str]:
        """What the page's policy lets in for the additions: directive → sources."""
        return add_sources(_RULES, self.drawn) if self.has_more else {}


def draw_map(
    bounds: Bounds,
    settings: Settings,
    add: Add | None = None,
    environ: Mapping[str, str] = os.environ,
) -> PageMap:
    """Return the map of a page.

    Parameters
    ----------
    bounds : west, south, east, north in degrees (WGS-84): what is shown first.
    settings : tile providers.
    add : gets the map and adds to it; libraries must be installed packages.
    environ : where the keys of tile providers stand; unused without providers.

    Raises
    ------
    SettingsError
        A tile provider's address or key cannot be used.
    StaticSiteError
        What was added cannot live under the page's policy; all of it is named.
    """
    tiles = list_tiles(settings.tiles, environ)
    map_ = FramedMap(bounds, tiles)
    if add is not None:
        add(map_)
    has_more = bool(map_._children)
    if has_more:
        map_.use_libraries()
    return PageMap(StaticSite(map_).draw(), tiles, has_more)


#: The variable by which folium's scripts call the map.
_NAME = "map_map"


def _below(address: str) -> str:
    return f"added/{address.removeprefix('assets/')}"


def _plainly_named(number: int, piece: Piece) -> Piece:
    """Return a script under a name without dots: a page of ours loads no other."""
    if piece.kind != "script":
        return piece
    return replace(piece, address=f"assets/script-{number}.js")


def _start(styles: list[str], scripts: list[str], icon: str) -> bytes:
    text = (TEMPLATES / "static" / "added.js").read_text(encoding="utf-8")
    names = [[name.removeprefix("added/") for name in names] for names in (styles, scripts)]
    folder = icon.removeprefix("added/").removesuffix("marker-icon.png")
    return f"{text}geomap.add({', '.join(map(to_json, (*names, folder)))});\n".encode()
