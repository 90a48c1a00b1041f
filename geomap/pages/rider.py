"""The riders' page: nearest, open on arrival, take me there.

The page loads an overview (districts and the first rows); a district's stations are a classic
script of their own, loaded when somebody looks there. Addresses of an edition's files hold its
mark, so files of two editions can never meet in one page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geomap.edition import Edition
from geomap.hours import compile_hours
from geomap.pages.assets import TEMPLATES, read_assets
from geomap.pages.columns import NOWHERE, encode_part, list_public
from geomap.pages.facts import data_script, to_json
from geomap.pages.frame import CHINA, Page, draw_page
from geomap.pages.lookup import index_ids, index_pairs, list_readings, split_pairs
from geomap.pages.offline import draw_offline
from geomap.pages.outlines import draw_district, draw_fine_lines, draw_first_lines
from geomap.pages.overview import encode_overview, first_rows, list_districts
from geomap.pages.rider_words import ACCESS_WORDS, FACILITY_WORDS, KIND_WORDS, PRECISION_WORDS
from geomap.pages.static_list import list_static

#: Browser code, in the order it runs; one bundle, because every request costs 150 ms.
SCRIPTS = (
    "gcj02.js", "places.js", "clock.js", "hours.js", "columns.js", "store.js", "judge.js",
    "nearest.js", "state.js", "sheet.js", "copy.js", "rows.js", "answer.js", "handoff.js",
    "qr.js", "report.js", "union.js", "station.js", "search.js", "lines.js", "layer.js",
    "locate.js", "offline.js", "rider.js",
)  # fmt: skip
_WORDS = {
    "facility": FACILITY_WORDS, "kind": KIND_WORDS, "access": ACCESS_WORDS,
    "precision": PRECISION_WORDS,
}  # fmt: skip
#: Kinds a rider filters by; a branch is in "my union" only.
_FILTER_KINDS = {
    kind: KIND_WORDS[kind] for kind in ("workers_home", "service_center", "mobile_station")
}


@dataclass(frozen=True, slots=True)
class _Public:
    """The public rows of an edition, and its districts that hold one."""

    edition: Edition
    rows: pd.DataFrame
    districts: pd.DataFrame

    @property
    def numbers(self) -> dict[str, int]:
        """Code of a district → its place in the overview."""
        return {code: number for number, code in enumerate(self.districts["code"])}


def draw_rider(edition: Edition) -> dict[str, bytes]:
    """Return path → bytes of the riders' page and all that it loads, below ``public/``.

    Parameters
    ----------
    edition : the built tables; only public rows leave this function.
    """
    rows = list_public(edition.stations)
    public = _Public(edition, rows, list_districts(rows, edition))
    values = draw_values(public)
    assets = draw_assets()
    mark, code = _mark(values, assets), _code_folder(assets)
    overview = encode_overview(edition, rows, public.districts, compile_hours)
    overview |= {"words": _WORDS, "lines": draw_first_lines(edition.districts)}
    overview["fine"] = sorted(name[6:] for name in values if name.startswith("lines/"))
    files = {
        f"assets/{mark}/{name}.js": data_script(name, value | {"mark": mark})
        for name, value in (values | {"overview": overview}).items()
    }
    files |= {f"{code}/{name}": content for name, content in assets.items()}
    files["index.html"] = draw_page(_page(public, mark, code), edition.settings)
    files |= draw_offline(files, mark, code, edition.settings.title)
    return {f"public/{path}": content for path, content in sorted(files.items())}


def draw_values(public: _Public) -> dict[str, dict[str, Any]]:
    """Return name → JSON of every file that the page loads on demand."""
    values: dict[str, dict[str, Any]] = {}
    shapes = public.edition.districts.set_index("district_code").geometry
    for code, rows in public.rows.groupby("code", sort=True):
        part = encode_part(str(code), rows, public.edition.services, compile_hours)
        values[f"part/{code}"] = part.columns
        shape = shapes[code] if code in shapes.index else None
        values[f"more/{code}"] = {"facts": part.more, "shape": draw_district(shape)}
    for province, lines in draw_fine_lines(public.edition.districts).items():
        values[f"lines/{province}"] = lines
    return values | _draw_lookup(public)


def _draw_lookup(public: _Public) -> dict[str, dict[str, Any]]:
    rows, numbers = public.rows, public.numbers
    names = {numbers[str(code)]: [*group["name"].str[:80], *group["town"].str[:80].unique()]
             for code, group in rows.groupby("code")}  # fmt: skip
    own = public.districts[["name", "city", "province"]].to_numpy().ravel()
    every = [*own, *(text for texts in names.values() for text in texts)]
    pairs = split_pairs(index_pairs(names), len(public.districts))
    ids = index_ids({i: numbers[c] for i, c in zip(rows["station_id"], rows["code"], strict=True)})
    return {
        "readings": {"readings": list_readings(every), "files": sorted(pairs)},
        **{f"pairs/{letter}": {"pairs": found} for letter, found in pairs.items()},
        **{f"ids/{number}": found | {"files": len(ids)} for number, found in enumerate(ids)},
    }


def draw_assets() -> dict[str, bytes]:
    """Return name → bytes of Leaflet, the common files, and our code as one script and style."""
    folder = TEMPLATES / "app"
    code = "\n".join((folder / name).read_text(encoding="utf-8") for name in SCRIPTS)
    common = {path.removeprefix("assets/"): content for path, content in read_assets().items()}
    style = (folder / "rider.css").read_bytes()
    return common | {"rider.js": code.encode(), "rider.css": style}


def _code_folder(assets: Mapping[str, bytes]) -> str:
    """Folder of the code: its address changes with its content, so a kept copy is never stale."""
    seen = hashlib.sha256()
    for name in sorted(assets):
        seen.update(name.encode() + assets[name])
    return f"assets/c{seen.hexdigest()[:10]}"


def _mark(values: Mapping[str, Any], assets: Mapping[str, bytes]) -> str:
    """What names an edition: changed facts or changed code make another one."""
    seen = hashlib.sha256(to_json(values).encode())
    for path in sorted(assets):
        seen.update(assets[path])
    return "e" + seen.hexdigest()[:10]


def _page(public: _Public, mark: str, code: str) -> Page:
    edition, settings = public.edition, public.edition.settings
    first = first_rows(public.rows, settings.handoff_max_uncertainty_m)
    return Page(
        template="rider/page.html.j2",
        title=settings.title,
        title_en="Union stations for riders",
        scripts=(f"assets/{mark}/overview.js", f"{code}/rider.js"),
        styles=(f"{code}/rider.css",),
        assets=code,
        bounds=_bounds(public.rows),
        offline=True,
        words={
            "title": settings.title,
            "rows": list_static(first, settings.handoff_max_uncertainty_m),
            "kinds": _FILTER_KINDS,
            "edition_date": edition.edition_date,
        },
    )


def _bounds(rows: pd.DataFrame) -> tuple[float, float, float, float]:
    """West, south, east, north of what is placed in a district; with a margin of 1 km."""
    placed = rows[rows["lon"].notna() & rows["code"].ne(NOWHERE)]
    placed = placed if len(placed) else rows[rows["lon"].notna()]
    if placed.empty:
        return CHINA
    lon, lat = placed["lon"], placed["lat"]
    return (lon.min() - 0.01, lat.min() - 0.01, lon.max() + 0.01, lat.max() + 0.01)
