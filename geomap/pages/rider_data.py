"""The data files of the riders' page: one script a district, an overview, and the search index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from geomap.hours import compile_hours
from geomap.model.counting import LISTED_ROLES, standing_table
from geomap.model.edition import Edition
from geomap.pages.base_map import draw_base
from geomap.pages.columns import (
    Columns,
    encode_parts,
    encode_rows,
    list_public,
    read_columns,
    read_facts,
)
from geomap.pages.everywhere import (
    WIDE_DEGREES,
    draw_country,
    draw_crossings,
    draw_districts,
    draw_named,
    outline_provinces,
)
from geomap.pages.latin_names import spell_divisions
from geomap.pages.lookup import index_ids, index_pairs, list_readings, split_pairs
from geomap.pages.outlines import (
    draw_exactly,
    draw_fine_lines,
    draw_first_lines,
    outline_districts,
)
from geomap.pages.overview import (
    encode_facets,
    encode_names,
    encode_overview,
    first_rows,
    list_districts,
)
from geomap.pages.streets import draw_streets

#: Letters of a name that the search index reads; 10,000 are a fault of the source.
_INDEXED_LENGTH = 80
#: Editions with more districts send names and counts by facility only when somebody asks.
SMALL_DISTRICTS = 60
#: Editions with more townships leave them in Chinese: the names would weigh over 60 KB.
SPELT_TOWNS = 3000
#: Columns whose keys the riders' page says in words.
_SAID = ("facility", "kind", "access", "precision")


@dataclass(frozen=True, slots=True)
class Public:
    """The public rows of an edition, their columns, and the districts that hold one."""

    edition: Edition
    rows: pd.DataFrame
    columns: Columns
    districts: pd.DataFrame

    @property
    def first(self) -> pd.DataFrame:
        """The rows that the page lists before it knows a place."""
        return first_rows(self.rows, self.edition.settings.handoff_max_uncertainty_m)


def read_public(edition: Edition) -> Public:
    """Return what of ``edition`` riders may see."""
    rows = list_public(edition.stations)
    columns = read_columns(rows, compile_hours)
    return Public(edition, rows, columns, list_districts(rows, edition))


def draw_values(public: Public) -> dict[str, dict[str, Any]]:
    """Return name → JSON of every data file, ``overview`` first."""
    base = outline_districts(public.edition)
    fine = {f"lines/{code}": lines for code, lines in draw_fine_lines(base).items()}
    around = _draw_around(public)
    overview = encode_overview(public.edition, public.districts) | {
        "first": _first(public),
        "law": _law(public.rows),
        "words": {column: public.edition.labels[column] for column in _SAID},
        "lines": draw_first_lines(base, public.edition.provinces),
    }
    streets = _draw_streets(public)
    parts = _draw_parts(public)
    if towns := [name.removeprefix("more/") for name, part in parts.items() if "towns" in part]:
        overview["towns"] = towns
    more = {"names": encode_names(public.districts), "facets": encode_facets(public.districts)}
    if len(public.districts) <= SMALL_DISTRICTS:
        overview, more = overview | more, {}
    return {
        "overview": overview,
        **more,
        **parts,
        **fine,
        **around,
        **_draw_lookup(public),
        "latin": {"names": _draw_latin(public)},
        **streets,
    }


def _draw_around(public: Public) -> dict[str, dict[str, Any]]:
    """Every district and the ground by name; the country, where the edition is seen from afar."""
    edition, everywhere = public.edition, public.edition.everywhere
    found = {}
    if edition.named is not None and len(edition.named):
        found["ground"] = draw_named(edition.named, edition.sensitive)
        if edition.crossings is not None and len(edition.crossings):
            found["crossings"] = draw_crossings(edition.crossings, edition.named, edition.sensitive)
    if everywhere is None or everywhere.empty:
        return found
    found["everywhere"] = draw_districts(everywhere)
    placed = public.rows[["lon", "lat"]].dropna()
    if len(placed) and (placed.max() - placed.min()).max() > WIDE_DEGREES:
        provinces = edition.provinces
        provinces = outline_provinces(everywhere) if provinces is None else provinces
        found["lines/country"] = draw_country(provinces, everywhere)
    return found


def _law(rows: pd.DataFrame) -> dict[str, Any]:
    """What rows of this edition are (:mod:`geomap.model.counting`), so that no page decides."""
    triples = rows[["kind", "status", "access"]].itertuples(index=False, name=None)
    return {"roles": standing_table(triples), "listed": LISTED_ROLES}


def has_streets(public: Public) -> bool:
    """Return whether the page goes by road: with a network, and somewhere to go."""
    return public.edition.streets is not None and bool(public.rows["lon"].notna().any())


def _draw_streets(public: Public) -> dict[str, dict[str, Any]]:
    graph = public.edition.streets
    if graph is None or not has_streets(public):
        return {}
    places = public.rows[["lon", "lat"]].to_numpy(float)
    streets = draw_streets(graph, places, public.edition.settings.snap_m)
    base = public.edition.base
    return streets if base is None else streets | draw_base(base, places, public.edition.sensitive)


def _first(public: Public) -> dict[str, Any]:
    numbers, places = _numbers(public), _places(public)
    first = public.first
    codes = list(dict.fromkeys(first["code"]))
    return encode_rows(public.columns, first.index.to_numpy()) | {
        "district": [numbers[code] for code in first["code"]],
        "places": {str(numbers[code]): places[code] for code in codes},
    }


def _places(public: Public) -> dict[str, list[str]]:
    """Code of a district → province, city and name."""
    names = public.districts[["province", "city", "name"]].to_numpy().tolist()
    return dict(zip(public.districts["code"], names, strict=True))


def _numbers(public: Public) -> dict[str, int]:
    """Code of a district → its place in the overview."""
    return {str(code): number for number, code in enumerate(public.districts["code"])}


def _draw_parts(public: Public) -> dict[str, dict[str, Any]]:
    facts = read_facts(public.rows, public.edition.services, public.edition.photos)
    polygons = public.edition.districts.drop_duplicates("district_code")
    shapes = dict(zip(polygons["district_code"], polygons.geometry, strict=True))
    drawn = draw_exactly([shapes.get(code) for code in public.columns.parts])
    places = _places(public)
    values: dict[str, dict[str, Any]] = {}
    for shape, (code, part) in zip(drawn, encode_parts(public.columns).items(), strict=True):
        values[f"part/{code}"] = part | {"place": places[code]}
        towns = _draw_towns(public, *public.columns.parts[code])
        values[f"more/{code}"] = {"facts": facts[code], "shape": shape, **towns}
    return values


def _draw_towns(public: Public, start: int, end: int) -> dict[str, Any]:
    """Outlines of the townships that rows of a part are known to, and whose each is; or nothing."""
    known = public.edition.townships
    if not known:
        return {}
    rows = public.rows.iloc[start:end]
    rows = rows[rows["precision"].eq("township")]
    matched = (text.partition("（")[0] for text in rows["matched"])
    keys = dict(zip(rows["station_id"], zip(rows["code"], matched, strict=True), strict=True))
    found = sorted({key for key in keys.values() if key in known})
    whose = {station: found.index(key) for station, key in keys.items() if key in known}
    return {"towns": draw_exactly([known[key] for key in found]), "town": whose} if found else {}


def _draw_lookup(public: Public) -> dict[str, dict[str, Any]]:
    numbers, columns = _numbers(public), public.columns
    towns = [town[:_INDEXED_LENGTH] for town in public.rows["town"]]
    names = [name[:_INDEXED_LENGTH] for name in columns.names]
    texts = {
        numbers[code]: {*names[start:end], *towns[start:end]}
        for code, (start, end) in columns.parts.items()
    }
    own = public.districts[["name", "city", "province"]].to_numpy().ravel()
    pairs = split_pairs(index_pairs(texts), len(public.districts))
    codes = public.rows["code"]
    ids = index_ids({name: numbers[c] for name, c in zip(columns.ids, codes, strict=True)})
    return {
        "readings": {"readings": list_readings([*own, *names, *towns])},
        **{f"pairs/{letter}": {"pairs": found} for letter, found in pairs.items()},
        **{f"ids/{number}": found for number, found in enumerate(ids)},
        "aliases": {"now": _aliases(public)},
    }


def _draw_latin(public: Public) -> dict[str, str]:
    """The edition's own divisions, and the provinces and cities around, for the English page.

    Townships of a large edition are too many for a file that is read at once.
    """
    own = public.districts.rename(columns={"name": "district"})
    towns = public.rows[["town"]].drop_duplicates().set_axis(["township"], axis=1)
    towns = towns if len(towns) <= SPELT_TOWNS else towns.iloc[:0]
    everywhere = public.edition.everywhere
    around = [] if everywhere is None else [everywhere[["province", "city"]]]
    return spell_divisions([own[["province", "city", "district"]], towns, *around])


def _aliases(public: Public) -> dict[str, str]:
    """Old id → today's, of the stations that the page shows: a link of before still finds them."""
    known = set(public.columns.ids)
    old = sorted(public.edition.aliases.items())
    return {before: now for before, now in old if now in known and before not in known}
