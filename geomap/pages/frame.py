"""The frame of every page: folium's Map carries it, our own templates write it.

folium's stock page runs inline code, asks six hosts and draws random ids. Here the map and its
figure keep folium's place in the tree, but write nothing except a ``<div>`` with its options;
scripts, styles and facts are files beside the page, or named by their hash, so that a strict
policy holds.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import folium
from branca.element import Element, Figure
from folium.utilities import camelize
from markupsafe import Markup

from geomap.json_text import to_json
from geomap.page_templates import ENVIRONMENT
from geomap.pages.tiles import content_policy, list_tiles
from geomap.settings import DRAFT, Settings

#: Mainland China, for an edition that holds nothing to show: west, south, east, north.
CHINA = (73.5, 18.1, 134.8, 53.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page.

    Attributes
    ----------
    template : file below ``templates/`` that extends ``base.html.j2``, fills its block ``page``
        and prints ``{{ map_html }}`` where the map stands.
    title, title_en : what the browser's tab shows.
    description : a sentence for whoever lists the page; empty: none.
    scripts : classic scripts relative to the page, run in this order once it is parsed, after
        Leaflet and frame.js.
    styles : style sheets relative to the page, after Leaflet's and base.css.
    bounds : west, south, east, north in degrees (WGS-84): what the map shows first.
    words : names that the template may print; everything is escaped.
    assets : folder of the common files, relative; a page that works offline names an edition's.
    manifest : address of a web app manifest, relative; empty: none.
    offline : whether the page may start a service worker and read its own folder.
    style : what the template writes into the page itself, so that the first picture waits for
        no other file; the policy names its hash.
    """

    template: str
    title: str
    title_en: str = ""
    description: str = ""
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    bounds: tuple[float, float, float, float] = CHINA
    words: Mapping[str, Any] = field(default_factory=dict)
    assets: str = "assets"
    manifest: str = ""
    offline: bool = False
    style: str = ""


class Verbatim(Element):
    """Finished HTML. branca's own Element would read it as a template once more."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._html = html

    def render(self, **kwargs: object) -> str:
        """Return the HTML as it was given."""
        return self._html


class FramedMap(folium.Map):
    """folium's Map without its libraries: a ``<div>`` that carries the options as JSON."""

    _template = ENVIRONMENT.get_template("base_map.html.j2")

    def __init__(self, page: Page, tiles: list[dict[str, Any]]) -> None:
        west, south, east, north = page.bounds
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

    def render(self, **kwargs: object) -> str:
        """Add the map's ``<div>`` to the figure; its children render into the figure, too."""
        figure, macros = self.get_root(), vars(self._template.module)
        assert isinstance(figure, Figure), "a map is drawn inside its figure"
        figure.html.add_child(Verbatim(macros["html"](self)), name="map")
        for child in self._children.values():
            child.render(**kwargs)
        return ""


class FramedFigure(Figure):
    """branca's Figure with a page template of ours."""

    def __init__(self, page: Page, settings: Settings, tiles: list[dict[str, Any]]) -> None:
        super().__init__(title=page.title)
        self._template = ENVIRONMENT.get_template(page.template)
        self._page, self._settings, self._tiles = page, settings, tiles

    def render(self, **kwargs: object) -> str:
        """Return the page's HTML."""
        for child in self._children.values():
            child.render(**kwargs)
        html: str = self._template.render(
            this=self,
            page=self._page,
            settings=self._settings,
            banner=banner(self._settings),
            # Markup: a policy is made of fixed words and checked hosts, and is read in the source.
            policy=Markup(
                content_policy(self._tiles, offline=self._page.offline, style=self._page.style)
            ),
            map_html=Markup(self.html.render()),
            has_tiles=bool(self._tiles),
            **self._page.words,
        )
        return html


def draw_page(page: Page, settings: Settings, environ: Mapping[str, str] = os.environ) -> bytes:
    """Return the HTML of ``page``: UTF-8, no inline script or style, no random id.

    Parameters
    ----------
    page : what to draw.
    settings : publishing gate and tile providers.
    environ : where the keys of tile providers stand; unused without providers.

    Raises
    ------
    SettingsError
        A tile provider's address or key cannot be used.
    """
    tiles = list_tiles(settings.tiles, environ)
    figure = FramedFigure(page, settings, tiles)
    FramedMap(page, tiles).add_to(figure)
    html: str = figure.render()
    return html.encode()


def banner(settings: Settings) -> tuple[str, str]:
    """Return what every page says about its review, in Chinese and in English."""
    gate = settings.publish
    if not gate.is_open:
        return DRAFT
    number, source = gate.review_number.strip(), gate.boundary_source.strip()
    chinese = [f"审图号：{number}" if number else gate.decision.strip()]
    english = [f"Map review no. {number}" if number else gate.decision.strip()]
    if source:
        chinese.append(f"界线来源：{source}")
        english.append(f"Boundaries: {source}")
    return " · ".join(chinese), " · ".join(english)
