"""geocode: the input rows, and where each is."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.model.records import Skip
from geomap.model.tables import LEDGER
from geomap.pipeline.arriving_rows import read_worksheets
from geomap.pipeline.ask import Asked, Line, Tell, ask_rows
from geomap.pipeline.locate import join_districts, resolve_rows
from geomap.pipeline.reference import Extra, Reference
from geomap.places import Answers, Places, place_stations

GEOCODED = (
    "lon", "lat", "precision", "uncertainty_m", "provider", "matched", "district_code",
    "in_district",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Geocoded:
    """The sheet's columns, ours and hers, its rows with :data:`GEOCODED`, and what was left out."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, object], ...]
    skips: tuple[Skip, ...]
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sheet is placed with beside the folder's own tables."""

    extra: Extra = field(default_factory=Extra)
    limit: int | None = None
    provider: str = ""
    tell: Tell = lambda _: None
    line: Line = field(default_factory=Line)


def geocode_sheet(path: Path, reference: Reference, wish: Wish) -> Geocoded:
    """Return the rows of a sheet with WGS-84 lon, lat (6 decimals), precision and district.

    Raises
    ------
    InputError
        The sheet or the gazetteer cannot be read.
    SettingsError
        The provider is unknown, or has no key.
    """
    incoming = read_worksheets(path, reference)
    rows = pd.concat([each.cleaned.rows for each in incoming], ignore_index=True)
    rows = rows.head(wish.limit) if wish.limit is not None else rows

    def make_places(answers: Answers) -> Places:
        return reference.places(wish.extra, answers)

    asked = None
    if wish.provider:
        asked = ask_rows(rows, reference, wish.provider, make_places, wish.tell, wish.line)
    places = asked.places if asked else make_places(reference.answers)
    placed = place_stations(rows, places)
    joined = pd.concat([rows.drop(columns=list(placed.columns), errors="ignore"), placed], axis=1)
    located = join_districts(joined, resolve_rows(rows, reference.divisions), reference)
    ours = {name for each in incoming for name in each.arriving.sheet.columns}
    written = [
        {name: row.text(name) for name in LEDGER.names if name in ours} | dict(row.others)
        for each in incoming
        for row in each.rows
        if row.number in {*each.cleaned.rows.row}
    ]
    return Geocoded(
        tuple(dict.fromkeys(name for row in written for name in row)),
        tuple(
            {**own, **_facts(facts)}
            for own, facts in zip(written, located.to_dict("records"), strict=False)
        ),
        (
            *(skip for each in incoming for skip in (*each.skips, *each.doubts)),
            *places.skips,
            *(asked.skips if asked else ()),
        ),
        asked,
    )


def _facts(row: Mapping[Hashable, Any]) -> dict[str, object]:
    known = row["lon"] == row["lon"]
    return {
        **{name: row[name] for name in GEOCODED},
        "lon": f"{row['lon']:.6f}" if known else "",
        "lat": f"{row['lat']:.6f}" if known else "",
        "uncertainty_m": f"{row['uncertainty_m']:.0f}" if known else "",
        "in_district": "true" if row["in_district"] and known else "false",
    }
