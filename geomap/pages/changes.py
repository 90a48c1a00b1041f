"""The page of what has changed since the edition before: a list, and a map of before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import folium
import geopandas as gpd
from branca.element import Element
from markupsafe import Markup
from markupsafe import escape as to_markup

from geomap.layers import Districts, Stations
from geomap.model.labels import Labels
from geomap.model.settings import Settings
from geomap.static_site import StaticSite
from geomap.stations.edition_diff import KINDS, EditionDiff, Facts, Snapshot, StationChange

#: What a station of each kind of change is drawn in; before its change it is grey.
_COLORS = {
    "new": "#1b6e4b", "reopened": "#1b6e4b", "moved": "#1f5fa8", "located": "#1f5fa8",
    "closed": "#b3261e", "suspended": "#b3261e", "gone": "#b3261e",
}  # fmt: skip
_OTHER, _BEFORE = "#a15c00", "#767676"
_DRAFT = "内部草图 · 未经审核 · 不得公开"
_CHINA = [[18.0, 73.5], [53.6, 134.8]]
_STYLE = """<style>
body{margin:0;font:16px/1.5 sans-serif;color:#1b1b1b;background:#fff}
main{padding:0 1rem}h1{font-size:1.3rem;margin:.5rem 0}
ul{padding-left:1.2rem}summary{padding:.6rem 0;cursor:pointer}
.draft{background:#7a1a1a;color:#fff;padding:.3rem 1rem}
.folium-map{position:relative;width:100%;height:60vh}
</style>"""


def draw_changes(
    story: EditionDiff, old: Snapshot, new: Snapshot, districts: gpd.GeoDataFrame, labels: Labels,
    settings: Settings,
) -> bytes:  # fmt: skip
    """Return the page as one HTML document that asks no host and runs no inline code.

    Parameters
    ----------
    districts : ``district`` and polygons (EPSG:4326), the ground of the map.
    labels : ``change`` has what kinds are called.
    """
    page = folium.Map(tiles=None, control_scale=True, attribution_control=False)
    if len(districts):
        Districts(districts, label="district", name="区县 Districts").add_to(page)
    drawn = [*_add_layers(page, story, old, new, labels)]
    folium.LayerControl(collapsed=False).add_to(page)
    page.fit_bounds(_bounds(drawn, districts))
    figure: Any = page.get_root()
    figure.header.add_child(Element(_STYLE))
    draft = "" if settings.publish.is_open else _DRAFT
    figure.html.add_child(Element(str(_words(story, labels, draft))), index=0)
    title = f"{settings.title}：变动"
    return StaticSite(page, title=title, lang="zh-CN", plain_text=True).one_file()


def _add_layers(
    page: folium.Map, story: EditionDiff, old: Snapshot, new: Snapshot, labels: Labels
) -> Iterable[gpd.GeoDataFrame]:
    """Add what was before and what is now, a layer for each kind of change, and the moves."""
    changed = {change.station_id for change in story.changes if change.kind != "new"}
    before = _points(old.stations, changed & {*old.stations}, {})
    if len(before):
        Stations(before, label="name", color=_BEFORE, name="之前 Before").add_to(page)
        yield before
    for kind in KINDS:
        told = {c.station_id: c for c in story.changes if c.kind == kind}
        source = old.stations if kind == "gone" else new.stations
        now = _points(source, told.keys() & {*source}, told)
        if len(now):
            name = " ".join(labels["change"][kind])
            color = _COLORS.get(kind, _OTHER)
            facts = {"before": "之前 before", "after": "现在 now"}
            Stations(now, label="name", color=color, facts=facts, name=name).add_to(page)
            yield now
        if kind == "moved":
            _add_moves(page, told, old, new)


def _add_moves(
    page: folium.Map, told: Mapping[str, StationChange], old: Snapshot, new: Snapshot
) -> None:
    for id in sorted(told.keys() & {*old.stations} & {*new.stations}):
        ends = [(each.stations[id]["lat"], each.stations[id]["lon"]) for each in (old, new)]
        line: Any = folium.PolyLine
        line(ends, color=_COLORS["moved"], weight=3, dash_array="6").add_to(page)


def _points(
    stations: Mapping[str, Facts], ids: Iterable[str], told: Mapping[str, StationChange]
) -> gpd.GeoDataFrame:
    shown = [id for id in sorted(ids) if stations[id]["lon"] is not None]
    lon, lat = ([stations[id][name] for id in shown] for name in ("lon", "lat"))
    table = {"name": [str(stations[id]["name"]) for id in shown]}
    table |= {
        name: [str(getattr(told[id], name)) if id in told else "" for id in shown]
        for name in ("before", "after")
    }
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")


def _bounds(drawn: Iterable[gpd.GeoDataFrame], districts: gpd.GeoDataFrame) -> list[list[float]]:
    parts = [tuple(table.total_bounds) for table in drawn]
    if not parts and len(districts):
        parts = [tuple(districts.total_bounds)]
    if not parts:
        return [list(corner) for corner in _CHINA]
    west, south = (min(part[at] for part in parts) for at in (0, 1))
    east, north = (max(part[at] for part in parts) for at in (2, 3))
    return [[south - 0.01, west - 0.01], [north + 0.01, east + 0.01]]


def _words(story: EditionDiff, labels: Labels, draft: str) -> Markup:
    """Return the page's words; whatever was written by people is text."""
    banner = Markup('<div class="draft">{}</div>').format(draft) if draft else Markup("")
    named = (f"{labels['change'][kind][0]} {count}" for kind, count in story.counts.items())
    counts = "，".join(named) or "没有变动"
    shares = "；".join(f"{name} {a:.0%} → {b:.0%}" for name, a, b in story.shares[:12])
    items = Markup("").join(
        Markup("<li>{} {}（{}）{}</li>").format(
            labels["change"][c.kind][0], c.name, c.district, _told(c, labels)
        )
        for c in story.changes
    )
    return Markup(
        "{}<main><h1>变动 Changes：{} → {}</h1><p>{}</p><p>{}</p>"
        "<details open><summary>逐站 Station by station</summary><ul>{}</ul></details></main>"
    ).format(
        banner, story.before or "–", story.after or "–", to_markup(counts), to_markup(shares), items
    )


def _told(change: StationChange, labels: Labels) -> str:
    metres = f" {change.metres} m" if change.metres is not None else ""
    if not change.before + change.after:
        return metres
    status = labels["status"] if change.kind in ("closed", "suspended", "reopened") else {}
    old, new = (status.get(word, (word,))[0] or "–" for word in (change.before, change.after))
    return f"{metres}：{old} → {new}"
