"""The planners' page: who is covered, how surely, and what documents claim beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.coverage import circle_radius_m
from geomap.hours import NIGHT
from geomap.model.edition import Edition
from geomap.model.settings import Settings
from geomap.pages.assets import read_assets
from geomap.pages.base_map import draw_base
from geomap.pages.brief import Brief
from geomap.pages.columns import draw_photos
from geomap.pages.frame import Page, draw_page
from geomap.pages.latin_names import spell_divisions
from geomap.pages.meanings import OF_PART, list_meanings, part_below
from geomap.pages.page_map import Add, PageMap, draw_map
from geomap.pages.planner_facts import (
    encode_claims,
    encode_districts,
    encode_report,
    list_districts,
)
from geomap.pages.planner_gaps import encode_gaps, encode_people, encode_years
from geomap.pages.planner_layers import encode_areas, encode_bands
from geomap.pages.planner_plan import encode_plan
from geomap.pages.planner_stations import (
    LAYERS,
    encode_details,
    encode_stations,
    list_drawn,
)
from geomap.pages.planner_trial import encode_trial
from geomap.pages.planner_view import first_view, say_first
from geomap.pages.streets import draw_streets
from geomap.static_site.json_text import DataFiles, write_data
from geomap.wire import VERSION

_FACTS = "assets/facts"
#: Each is linked from its district.
BRIEFS = "internal/data/briefs/"
_LABELS = {
    "internal/data/districts.csv": ("区县表 CSV", "Districts, CSV"),
    "internal/data/planner.xlsx": ("全部表格（中文表头）XLSX", "All tables, XLSX"),
    "internal/data/planner.gpkg": ("全部图层 GeoPackage", "All layers, GeoPackage"),
    "internal/data/stations.qml": ("站点样式 QGIS", "Style of the stations, QGIS"),
    "internal/data/gaps.geojson": ("缺口 GeoJSON", "Gaps, GeoJSON"),
    "internal/data/hours.csv": ("每小时覆盖率 CSV", "Shares by the hour, CSV"),
    "internal/data/years.csv": ("逐年 CSV", "Year by year, CSV"),
    "internal/data/claims.csv": ("文中说法 CSV", "Claims, CSV"),
    "internal/data/stations.geojson": ("站点（内部）GeoJSON", "Stations (internal), GeoJSON"),
    "internal/data/stations.parquet": ("站点（内部）GeoParquet", "Stations (internal), GeoParquet"),
    "public/data/stations.geojson": ("站点（公开）GeoJSON", "Stations (public), GeoJSON"),
    "internal/data/service_areas.geojson": ("服务范围 GeoJSON", "Service areas, GeoJSON"),
    "internal/data/service_areas.parquet": ("服务范围 GeoParquet", "Service areas, GeoParquet"),
}
_SCRIPTS = (
    "wire.js", "places.js", "canvas.js", "labels.js", "planner_words.js", "planner_store.js",
    "planner_paper.js", "planner_map.js", "planner_bands.js", "planner_dots.js",
    "planner_table.js", "planner_numbers.js", "planner_gaps.js", "planner_tables.js",
    "planner_facts.js", "planner_hours.js", "planner_years.js", "planner_plan.js",
    "planner_brief.js", "planner_people.js", "planner_layers.js", "planner.js",
)  # fmt: skip
_STREETS = (
    "squares.js", "paths.js", "slices.js", "snap.js", "base_map.js", "streets.js", "reach.js",
    "planner_trial_count.js", "planner_trial_sites.js", "planner_trial_words.js",
    "planner_trial.js",
)  # fmt: skip


def draw_planner(
    edition: Edition,
    tables: Iterable[str] = (),
    add: Add | None = None,
    briefs: Iterable[Brief] = (),
) -> dict[str, bytes]:
    """Return path → bytes of the planners' page and of all that it loads, below ``internal/``.

    Parameters
    ----------
    edition : what to draw.
    tables : paths of the published tables below the site's root: the page links to them.
    briefs : of its districts, to print.
    add : gets the page's folium map and adds to it.
    """
    page_map = draw_map(first_view(edition), edition.settings, add)
    facts = write_data(_draw_facts(edition, list(briefs)), "settings", _FACTS)
    files = (
        facts.files
        | read_assets(*_scripts(edition), "planner.css")
        | {f"assets/{name}": content for name, content in page_map.files.items()}
        | draw_photos(edition.photos)
        | {"planner.html": _draw_page(edition, tables, page_map, facts)}
    )
    return {f"internal/{path}": content for path, content in files.items()}


def _scripts(edition: Edition) -> tuple[str, ...]:
    return (*_SCRIPTS[:-1], *(_STREETS if edition.streets else ()), _SCRIPTS[-1])


def _draw_facts(edition: Edition, briefs: Sequence[Brief]) -> dict[str, Any]:
    codes = list(list_districts(edition)["district_code"])
    drawn = list_drawn(edition, codes)
    stations = encode_stations(drawn, edition.on_network)
    facts: dict[str, Any] = {
        "settings": _say_settings(edition, drawn, len(stations) // 2)
        | {"briefs": [brief.code for brief in briefs]},
        "claims": encode_claims(edition.claims),
        "report": encode_report(edition.report),
        **encode_districts(edition),
        **stations,
        **encode_bands(edition),
        **_draw_streets(edition, drawn),
        "latin": {"names": spell_divisions([edition.districts, edition.claims])},
        "gaps": encode_gaps(edition),
        "years": encode_years(edition),
        **encode_people(edition),
        "plan": encode_plan(edition),
        "briefs": {brief.code: asdict(brief) for brief in briefs},
        **encode_trial(edition, drawn, codes),
    }
    facts |= encode_areas(edition.areas, edition.settings)
    for home, details in sorted(encode_details(drawn, edition.services, edition.photos).items()):
        facts[f"details-{home}"] = details
    return facts


def _draw_streets(edition: Edition, drawn: gpd.GeoDataFrame) -> dict[str, Any]:
    if edition.streets is None:
        return {}
    places = np.column_stack([drawn.geometry.x, drawn.geometry.y])
    streets = draw_streets(edition.streets, places, edition.settings.snap_m)
    return streets if edition.base is None else streets | draw_base(edition.base, places)


def _say_settings(edition: Edition, drawn: pd.DataFrame, chunks: int) -> dict[str, Any]:
    settings = edition.settings
    layers = drawn["layer"].value_counts()
    return {
        "wire": VERSION,
        "edition": edition.edition_date,
        "envelopes": [
            {"id": envelope.id, "label": envelope.label,
             "label_en": envelope.label_en, "radius_m": envelope.radius_m,
             "circle_m": circle_radius_m(envelope, settings.detour_factor),
             "minutes": envelope.minutes, "speed_kmh": envelope.speed_kmh,
             "methods": _methods(edition, envelope.id)}
            for envelope in settings.envelopes
        ],
        "headline": headline(settings),
        "first": say_first(edition),
        "night": NIGHT,
        "detour": settings.detour_factor,
        "kerb_m": settings.kerb_m,
        "meanings": list_meanings(edition),
        "of_part": {"words": OF_PART, "below": part_below(edition)},
        "sharp_m": settings.handoff_max_uncertainty_m,
        "by_road": len(edition.on_network),
        "trial": edition.trial is not None,
        "base": edition.base is not None,
        "labels": edition.labels,
        "stations": {"count": len(drawn), "chunks": chunks,
                     "layers": {layer: int(layers.get(layer, 0)) for layer in LAYERS}},
    }  # fmt: skip


def _methods(edition: Edition, envelope_id: str) -> list[str]:
    """Return how the areas of an envelope were found: ``circle``, ``network`` or both."""
    own = edition.areas["envelope_id"] == envelope_id
    return sorted({str(method) for method in edition.areas.loc[own, "method"]})


def headline(settings: Settings) -> int:
    """Return the number of the envelope that is shown first."""
    return settings.envelopes.index(settings.headline)


def _draw_page(
    edition: Edition, tables: Iterable[str], page_map: PageMap, facts: DataFiles
) -> bytes:
    page = Page(
        template="planner/page.html.j2",
        title=f"{edition.settings.title} · 规划页",
        scripts=(
            *(facts.paths[name] for name in
              ("settings", "districts", "bands", "claims", "gaps", "years", "plan", "report")),
            *(f"assets/{name}" for name in _scripts(edition)),
            *page_map.script("assets"),
        ),
        styles=("assets/planner.css",),
        bounds=first_view(edition),
        words={"edition": edition, "downloads": _downloads(tables)},
    )  # fmt: skip
    return draw_page(page, edition.settings, page_map=page_map)


def _downloads(tables: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return address, Chinese and English label of each published table, and of the record."""
    listed = (path for path in sorted(tables) if not path.startswith(BRIEFS))
    links = [(_relative(path), *_label(path)) for path in listed]
    return [*links, ("../build.json", "构建记录 JSON", "Build record, JSON")]


def _relative(path: str) -> str:
    inside = path.removeprefix("internal/")
    return inside if inside != path else f"../{path}"


def _label(path: str) -> tuple[str, str]:
    return _LABELS.get(path) or (path.rsplit("/", 1)[-1], path.rsplit("/", 1)[-1])
