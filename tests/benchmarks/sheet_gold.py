"""What a row of a clerk's sheet has become, held against what its gold says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.arriving.values import is_nothing, read_mark
from geomap.hours.calendar import Calendar
from geomap.hours.compiled import compile_hours
from geomap.model.tables import LEDGER
from geomap.pipeline.merge_sheet import Merged
from geomap.sheets.reading import read_grids
from tests.reference_hours import day_states

Gold = Mapping[str, Any]
#: (tab, row) of a cell's row.
At = tuple[str, int]
AREAS = ("province", "city", "district", "township")
_DAYS = ("opened_on", "closed_on", "verified_on")
#: What a row must not have where its sheet says nothing of it.
_BEYOND = ("lon", "lat", "opening_hours", "facilities", "phone", *_DAYS)
_SHUT = ("closed", "suspended")
#: Station seeded before a sheet of changes → what it is before the change.
BEFORE = {"address": "旧址路1号", "opening_hours": "06:06-23:06", "status": "operating"}


@dataclass
class Tally:
    """Counts by field, and the faults in words."""

    cells: Counter[tuple[str, str]]
    others: Counter[str]
    told: list[str]

    def cell(self, field: str, verdict: str, at: str, want: object, got: object) -> None:
        self.cells[field, verdict] += 1
        if verdict != "right":
            self.told.append(f"{at} {field}: {verdict}: want {want!r}, got {got!r}")

    def count(self, name: str, good: bool, told: str) -> None:
        self.others[name] += 1
        self.others[f"{name} right"] += good
        if not good:
            self.told.append(f"{told}: {name}: no")


@dataclass
class Read:
    """A file after ``add``: the ledger as written and as cleaned, by the row of the sheet."""

    merged: Merged
    written: dict[At, dict[str, str]]
    cleaned: dict[At, dict[str, Any]]
    seeded: list[dict[str, str]]
    seeded_clean: list[dict[str, Any]]
    named: dict[At, str]
    #: Which of the seeded rows each change is of; several may be of one.
    seed_of: list[int]

    def as_of(self, seed: int, at: At) -> tuple[dict[str, str], dict[str, Any]]:
        """Return a seeded row, as written and as cleaned, before the changes further down."""
        undone = {
            edit.column: edit.old
            for edit in reversed(self.merged.edits)
            if self.seed_of.count(seed) > 1
            and edit.name == self.seeded[seed]["name"]
            and int(re.findall(r"\d+", edit.where)[-1]) > at[1]
        }
        return self.seeded[seed] | undone, self.seeded_clean[seed] | undone


def judge(path: Path, gold: list[Gold], read: Read, tally: Tally, calendar: Calendar) -> None:
    """Compare every line of gold with what became of its row."""
    seeds = 0
    for line in gold:
        at = (line["sheet"] or "", line["row"])
        told = f"{path.name}:{line['sheet'] or ''}!{line['row']}"
        if line.get("skip"):
            tally.count("rows that are no stations", at not in read.written, told)
        elif "expect" in line:
            row, clean = read.written.get(at, {}), read.cleaned.get(at, {})
            _judge_row(line, row, clean, told, tally, calendar)
        if "change" in line and "expect" not in line:
            row, clean = read.as_of(read.seed_of[seeds], at)
            _judge_change(line, row, clean, read.named[at], told, tally, calendar)
            seeds += 1
    known = {(line["sheet"] or "", line["row"]) for line in gold}
    for at in read.written.keys() - known:
        tally.count("rows that are no stations", False, f"{path.name}:{at}")
    _judge_fates(path, gold, read, tally)


def _judge_row(
    line: Gold, row: Mapping[str, str], clean: Mapping[str, Any], told: str, tally: Tally,
    calendar: Calendar,
) -> None:  # fmt: skip
    expect, also = line["expect"], line.get("also", {})
    for field, want in expect.items():
        verdict = "missing"
        for each in (want, *also.get(field, ())):
            found = _verdict(field, each, row, clean, expect, calendar)
            verdict = "right" if "right" in (found, verdict) else found
        tally.cell(field, verdict, told, want, row.get(field) or clean.get(field))
    for heading, text in line.get("kept", {}).items():
        own = row.get(heading, "") or row.get(heading + "（原表）", "")
        here = _plain(own) == _plain(text) or _plain(row.get("station_id", "")) == _plain(text)
        there = any(_plain(text) in _plain(each) for each in row.values())
        verdict = "right" if here else "elsewhere" if there else "missing"
        tally.cell("(kept)", verdict, told, f"{heading}={text}", own)
    for field in _BEYOND:
        got = clean.get(field)
        if got and field not in expect and not pd.isna(got):
            good = [*also.get(field, ()), *line.get("kept", {}).values()]
            good = [*good, *expect.values()] if field == "closed_on" else good
            if not any(str(got)[:7] in str(each) for each in good) and field != "closed_on":
                tally.cell(field, "false", told, "nothing", got)
    if "status" not in expect and clean.get("status") in _SHUT and "change" not in line:
        tally.cell("status", "false", told, "nothing", clean["status"])
    if expect.get("status") in _SHUT:
        tally.count("closings shut", clean.get("status") not in ("operating", "converted"), told)
    for field, text in line.get("must_not", {}).items():
        if _plain(row.get(field, "")) == _plain(text):
            tally.cell(field, "false", told, f"not {text}", row[field])


def _verdict(
    field: str, want: Any, row: Mapping[str, str], clean: Mapping[str, Any], expect: Gold,
    calendar: Calendar,
) -> str:  # fmt: skip
    """Return ``right``, ``missing`` or ``false``."""
    got: Any = row.get(field, "").strip()
    if not row:
        return "missing"
    if field in ("lon", "lat"):
        return "missing" if not got else _right(abs(float(got) - want) < 1.5e-6)
    if field == "datum":
        unsure = float(row["uncertainty_m"] or 0) >= 500
        if not got or want is None:
            return _right(unsure and not got) if want is None else "missing"
        return _right(clean.get("datum") == want)
    if field == "opening_hours":
        said = [compare_hours(each, clean.get(field) or "", calendar) for each in _workdays(want)]
        return min(said, key=("right", "missing", "false").index)
    if field == "facilities":
        keys = set(filter(None, str(clean.get(field) or "").split(";")))
        return "right" if keys == set(want) else "missing" if keys < set(want) else "false"
    if field == "note":
        return "right" if any(_plain(want) in _plain(each) for each in row.values()) else "missing"
    if field in _DAYS or field in ("kind", "status", "access"):
        got = str(clean.get(field) or "")
    if not got:
        return "missing"
    if field in _DAYS:
        return _right(got in (want, f"{want}-01", f"{want}-01-01"))
    if field in AREAS:
        return _right(got == want or (len(got) > 1 and want.startswith(got)))
    if field == "phone":
        return _right(re.sub(r"\D", "", got) == re.sub(r"\D", "", want))
    if field == "address":
        return _right(_bare(got, expect) == _bare(want, expect))
    return _right(_plain(got) == _plain(want))


def _right(good: bool) -> str:
    return "right" if good else "false"


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", str(text))


def _bare(address: str, expect: Gold) -> str:
    plain = _plain(address)
    for level in AREAS[:3]:
        plain = plain.removeprefix(expect.get(level, ""))
    return plain


def _workdays(osm: str) -> tuple[str, ...]:
    """Return hours, and the same closed on holidays: 工作日 is Mo-Fr with or without."""
    return (osm, f"{osm}; PH off") if "Mo-Fr" in osm and "PH" not in osm else (osm,)


def compare_hours(want: str, got: str, calendar: Calendar) -> str:
    """Compare two hours in OSM syntax over a year: a state that is not known claims nothing."""
    verdict = "right"
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(number)
        one, other = (_quarters(each, calendar, day) for each in (want, got))
        for mine, theirs in zip(one, other, strict=True):
            if theirs != mine and theirs != "unknown":
                return "false"
            verdict = verdict if theirs == mine else "missing"
    return verdict


def _quarters(osm: str, calendar: Calendar, day: date) -> list[str]:
    states = day_states(compile_hours(osm), calendar, day)
    return [
        next(state for start, end, state in states if start <= minute < end)
        for minute in range(0, 1440, 5)
    ]


def _judge_change(
    line: Gold, row: Mapping[str, str], clean: Mapping[str, Any], named: str, told: str,
    tally: Tally, calendar: Calendar,
) -> None:  # fmt: skip
    """Say whether a change stands in the ledger, and whether anything is open at the old place."""
    good = True
    for field, want in line.get("to", {}).items():
        verdict = _verdict(field, want, row, clean, line.get("where", {}), calendar)
        for each in line.get("also", {}).get(field, ()):
            again = _verdict(field, each, row, clean, line.get("where", {}), calendar)
            verdict = "right" if "right" in (again, verdict) else verdict
        tally.cell(f"to {field}", verdict, told, want, row[field])
        good &= verdict == "right"
    on = line.get("on", "")
    dated = not on or str(clean.get("closed_on")).startswith(on) or on in row["source"]
    back = line.get("reopens", "")
    tally.cell("on", "right" if dated else "missing", told, on, row["source"])
    if back:
        tally.cell(
            "reopens", "right" if back in row["note"] else "missing", told, back, row["note"]
        )
    tally.count("changes applied", good, told)
    if not good:
        tally.count("changes not applied that are named", bool(named), told)
    if line["change"] in ("close", "suspend", "move"):
        moved = row["address"] != BEFORE["address"]
        tally.count("closings shut", moved or clean["status"] not in ("operating",), told)


_FEEDS = {
    "coordinate": ("lon",), "division": AREAS, "opens": ("opening_hours",),
    "closes": ("opening_hours",), "days": ("opening_hours",), "is_public": ("access",),
    "is_operating": ("status",), "is_closed": ("status",), "facility": ("facilities",),
}  # fmt: skip


def _judge_fates(path: Path, gold: list[Gold], read: Read, tally: Tally) -> None:
    """Say of every cell that holds anything whether it was used, kept or named."""
    grids = {grid.title: grid.rows for grid in read_grids(path)}
    tables = sorted(read.merged.sheets, key=lambda each: each.heading_row)
    seeds = (read.seeded[seed] for seed in read.seed_of)
    for line in gold:
        if line.get("skip"):
            continue
        at = (line["sheet"] or "", line["row"])
        row = read.written.get(at, {}) if "expect" in line else next(seeds)
        above = [each for each in tables if each.title == at[0] and each.heading_row < at[1]]
        columns = {column.number: column for column in above[-1].columns} if above else {}
        for number, text in enumerate(grids[at[0]][at[1] - 1]):
            column = columns.get(number)
            if text.strip() and text.strip() != "\0":
                fate = _fate(column, text, row, read.named[at])
                told = f"{path.name}:{at[0]}!{at[1]} {column and column.heading}={text[:40]!r}"
                tally.count("cells with a stated fate", bool(fate), told)
                tally.others[f"fate {fate or 'lost'}"] += 1


def _fate(column: Any, text: str, row: Mapping[str, str], named: str) -> str:
    if column is None:
        return ""
    if column.fate == "number":
        return "used"
    if any(_plain(text) in _plain(each) for each in row.values()):
        return "kept" if column.fate in ("kept", "again") else "used"
    if f"{column.letter}" in re.findall(r"[:!]([A-Z]+)\d+ ", named):
        return "named"
    if column.fate != "read" or not row:
        return "named" if not row and named else ""
    fields = _FEEDS.get(column.meaning.column, (column.meaning.column,))
    if any(row.get(field) for field in fields) or read_mark(text) is False or is_nothing(text):
        return "used"
    return "used" if fields[0] not in LEDGER.names else ""
