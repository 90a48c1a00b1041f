"""The planners' page: who is covered, how surely, and what documents claim beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely

from geomap.edition import Edition
from geomap.pages.assets import read_assets
from geomap.pages.facts import data_script
from geomap.pages.frame import CHINA, Page, draw_page
from geomap.pages.planner_facts import (
    encode_areas,
    encode_claims,
    encode_details,
    encode_districts,
    encode_report,
    encode_roads,
    encode_stations,
)
from geomap.pages.rider_words import FACILITY_WORDS
from geomap.settings import Settings

_FACTS = "assets/facts"
_LABELS = {
    "internal/data/districts.csv": ("区县表 CSV", "Districts, CSV"),
    "internal/data/claims.csv": ("文中说法 CSV", "Claims, CSV"),
    "internal/data/stations.geojson": ("站点（内部）GeoJSON", "Stations (internal), GeoJSON"),
    "public/data/stations.geojson": ("站点（公开）GeoJSON", "Stations (public), GeoJSON"),
    "internal/data/service_areas.geojson": ("服务范围 GeoJSON", "Service areas, GeoJSON"),
}
_SCRIPTS = ("planner_words.js", "planner_map.js", "planner_tables.js", "planner.js")


def draw_planner(edition: Edition, tables: Iterable[str] = ()) -> dict[str, bytes]:
    """Return path → bytes of the planners' page and of all that it loads, below ``internal/``.

    Parameters
    ----------
    edition : what to draw.
    tables : paths of the published tables below the site's root: the page links to them.
    """
    facts = {f"{_FACTS}/{name}.js": value for name, value in _draw_facts(edition).items()}
    files = (
        facts
        | read_assets(*_SCRIPTS, "planner.css")
        | {"planner.html": _draw_page(edition, tables)}
    )
    return {f"internal/{path}": content for path, content in files.items()}


def _draw_facts(edition: Edition) -> dict[str, bytes]:
    facts: dict[str, Any] = {
        "settings": _say_settings(edition),
        "districts": encode_districts(edition),
        "stations": encode_stations(edition),
        "claims": encode_claims(edition.claims),
        "report": encode_report(edition.report),
        "roads": encode_roads(edition.roads),
    }
    for order, areas in enumerate(encode_areas(edition.areas, edition.settings)):
        facts[f"areas-{order}"] = areas
    for home, details in sorted(encode_details(edition).items()):
        facts[f"details-{home}"] = details
    return {name: data_script(name, value) for name, value in facts.items()}


def _say_settings(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition.edition_date,
        "envelopes": [
            {"id": envelope.id, "label": envelope.label, "radius_m": envelope.radius_m,
             "minutes": envelope.minutes, "speed_kmh": envelope.speed_kmh,
             "methods": _methods(edition, envelope.id)}
            for envelope in edition.settings.envelopes
        ],
        "headline": headline(edition.settings),
        "detour": edition.settings.detour_factor,
        "facilities": FACILITY_WORDS,
    }  # fmt: skip


def _methods(edition: Edition, envelope_id: str) -> list[str]:
    """Return how the areas of an envelope were found: ``circle``, ``network`` or both."""
    own = edition.areas["envelope_id"] == envelope_id
    return sorted({str(method) for method in edition.areas.loc[own, "method"]})


def headline(settings: Settings) -> int:
    """Return which envelope is shown first: ten minutes at the legal speed, else the first."""
    ids = [envelope.id for envelope in settings.envelopes]
    return ids.index("ebike_10min_15kmh") if "ebike_10min_15kmh" in ids else 0


def _draw_page(edition: Edition, tables: Iterable[str]) -> bytes:
    page = Page(
        template="planner/page.html.j2",
        title=f"{edition.settings.title} · 规划页",
        scripts=(
            *(f"{_FACTS}/{name}.js" for name in
              ("settings", "districts", "stations", "claims", "report")),
            *(f"assets/{name}" for name in _SCRIPTS),
        ),
        styles=("assets/planner.css",),
        bounds=_bounds(edition),
        words={"edition": edition, "downloads": _downloads(tables)},
    )  # fmt: skip
    return draw_page(page, edition.settings)


def _bounds(edition: Edition) -> tuple[float, float, float, float]:
    """Return what to show first: the districts that hold a station, else all, else China."""
    districts = edition.districts
    held = districts[districts["station_count"] + districts["planned_count"] > 0]
    for shapes in (held.geometry.dropna(), districts.geometry.dropna()):
        if not shapes.is_empty.all():
            west, south, east, north = (
                round(float(value), 4) for value in shapely.total_bounds(shapes.to_numpy())
            )
            return west, south, east, north
    return CHINA


def _downloads(tables: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return address, Chinese and English label of each published table, and of the record."""
    links = [(_relative(path), *_label(path)) for path in sorted(tables)]
    return [*links, ("../build.json", "构建记录 JSON", "Build record, JSON")]


def _relative(path: str) -> str:
    inside = path.removeprefix("internal/")
    return inside if inside != path else f"../{path}"


def _label(path: str) -> tuple[str, str]:
    return _LABELS.get(path) or (path.rsplit("/", 1)[-1], path.rsplit("/", 1)[-1])
