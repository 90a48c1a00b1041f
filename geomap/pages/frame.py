"""The frame of every page: our own templates write it, around a folium map.

Scripts, styles and facts are files beside the page, or named by their hash, so that a strict
policy holds.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from geomap.model.settings import DEMO, DRAFT, Settings
from geomap.pages.page_map import PageMap, draw_map
from geomap.pages.tiles import content_policy
from geomap.static_site.page_templates import ENVIRONMENT

#: Mainland China, for an edition that holds nothing to show: west, south, east, north.
CHINA = (73.5, 18.1, 134.8, 53.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page.

    Attributes
    ----------
    template : file below ``templates/`` that extends ``base.html.j2``, fills its block ``page``
        and prints ``{{ map_html }}`` where the map stands.
    title : what the browser's tab shows.
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
    description: str = ""
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    bounds: tuple[float, float, float, float] = CHINA
    words: Mapping[str, Any] = field(default_factory=dict)
    assets: str = "assets"
    manifest: str = ""
    offline: bool = False
    style: str = ""


def draw_page(
    page: Page,
    settings: Settings,
    environ: Mapping[str, str] = os.environ,
    page_map: PageMap | None = None,
) -> bytes:
    """Return the HTML of ``page``: UTF-8, no inline script or style, no random id.

    Parameters
    ----------
    page : what to draw.
    settings : publishing gate and tile providers.
    environ : where the keys of tile providers stand; unused without providers.
    page_map : the page's map; by default one without additions.

    Raises
    ------
    SettingsError
        A tile provider's address or key cannot be used.
    """
    drawn = page_map or draw_map(page.bounds, settings, environ=environ)
    policy = content_policy(drawn.tiles, offline=page.offline, style=page.style, more=drawn.rules)
    html: str = ENVIRONMENT.get_template(page.template).render(
        page=page,
        settings=settings,
        banner=banner(settings),
        # Markup: a policy is made of fixed words and checked hosts, and is read in the source.
        policy=Markup(policy),
        map_html=Markup(drawn.html(page.assets)),
        has_tiles=bool(drawn.tiles),
        **page.words,
    )
    return html.encode()


def banner(settings: Settings) -> tuple[str, str]:
    """Return what every page says about its review, in Chinese and in English."""
    gate = settings.publish
    if not gate.is_open:
        return DEMO if gate.demo else DRAFT
    number, source = gate.review_number.strip(), gate.boundary_source.strip()
    chinese = [f"审图号：{number}" if number else gate.decision.strip()]
    english = [f"Map review no. {number}" if number else gate.decision.strip()]
    if source:
        chinese.append(f"界线来源：{source}")
        english.append(f"Boundaries: {source}")
    return " · ".join(chinese), " · ".join(english)
