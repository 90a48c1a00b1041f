"""check SHEET: what a clerk should look at in any sheet, each finding at her own cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geomap.arriving import Arriving, read_arriving
from geomap.arriving.arrived import cell_name
from geomap.divisions import Divisions
from geomap.model.records import Finding
from geomap.model.tables import OPEN_STATUSES
from geomap.pipeline.anchors import judge_datum, unstated
from geomap.pipeline.arriving_rows import Incoming, clean_incoming, find_refusals
from geomap.pipeline.locate import locate_written
from geomap.pipeline.private import find_private_rows
from geomap.pipeline.reference import Reference
from geomap.places.datum import NAMES, Datum
from geomap.places.far import metres_too_far
from geomap.stations.answers import read_answers
from geomap.stations.duplicates import DuplicatePair, SourcedRow, find_duplicates
from geomap.stations.plausibility import find_implausible

#: Two doors of one list nearer than this are asked about.
_CLOSE_M = 15.0
#: What a pair of rows shares → the column that says so, the code.
_SHARED = (
    ("address", "address", "address-repeated"),
    ("name", "name", "name-repeated"),
    ("host", "name", "maybe-same"),
)
#: Columns of this heading hold what add has set aside.
_SET_ASIDE = "（原表）"


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file's worksheets as they are read, every finding in the order of their cells, the ids."""

    sheets: tuple[Arriving, ...]
    findings: tuple[Finding, ...]
    ids: frozenset[str]


def inspect_sheet(path: Path, reference: Reference, today: str) -> Inspected:
    """Return every finding of a file of any clerk's headings, read as ``add`` reads it.

    ``today`` (ISO 8601, Asia/Shanghai) tells a day that has not come, or is long ago.

    Raises
    ------
    InputError
        The file cannot be read, is empty, or has no known heading on any worksheet.
    """
    home = reference.settings.home
    sheets = read_arriving(path, reference.vocabulary, reference.divisions, home)
    incoming = [clean_incoming(sheet, reference) for sheet in sheets]
    findings = [finding for each in incoming for finding in _inspect(each, reference, today)]
    ids = frozenset(id for each in incoming for id in each.cleaned.rows.station_id)
    return Inspected(sheets, tuple(findings), ids)


def _inspect(incoming: Incoming, reference: Reference, today: str) -> list[Finding]:
    arriving, rows = incoming.arriving, incoming.cleaned.rows
    file = arriving.sheet.file
    refused = find_refusals(arriving)
    said = {
        *refused,
        *_headings(arriving),
        *(each.as_finding() for each in (*incoming.skips, *incoming.doubts)),
        *_place_findings(file, rows, reference),
        *_datum_findings(incoming, rows, reference),
        *_future_findings(file, rows, today),
        *_elsewhere(file, incoming, reference.divisions),
        *find_implausible(rows, file, today, 2 * reference.settings.confirm_days),
        *_repeated(file, incoming, read_answers(reference.geodata.root).answered),
        *find_private_rows(file, rows, reference),
    }
    placed = {arriving.with_cell(each) for each in said}
    return sorted(placed, key=lambda each: (each.row, each.column, each.code, each.message))


def _headings(arriving: Arriving) -> Iterator[Finding]:
    """Name the columns that nobody understands; those that ``add`` wrote itself are no fault."""
    for column in arriving.columns:
        if column.fate == "kept" and not column.heading.endswith(_SET_ASIDE):
            message = "unknown column; it is not read"
            cell = cell_name(arriving.title, column.letter, arriving.heading_row)
            yield Finding(
                arriving.sheet.file, arriving.heading_row, column.heading, "heading-unknown",
                message, "", cell, column.heading,
            )  # fmt: skip


def _place_findings(file: str, rows: pd.DataFrame, reference: Reference) -> Iterator[Finding]:
    """Return what placing says of the rows: unknown or ambiguous district, outside, too far …"""
    located = locate_written(rows, reference)
    for skip in (*located.skips, *located.warnings):
        if skip.where.startswith(f"{file}:"):
            yield skip.as_finding()
    yield from _town_findings(file, located.rows, reference)


def _town_findings(
    file: str, stations: gpd.GeoDataFrame, reference: Reference
) -> Iterator[Finding]:
    """Name townships that the stated district has not, and points far from the stated one."""
    places = reference.places()
    for row in stations[stations.township != ""].to_dict("records"):
        stated = (row[name] for name in ("province", "city", "district", "township"))
        meant, town = reference.divisions.resolve(*stated), row["township"]
        is_exact = row["precision"] == "exact" and meant.townships
        metres = is_exact and metres_too_far(row["lon"], row["lat"], meant.townships, places)
        if metres:
            detail = f"{town} {metres / 1000:.0f} km"
            message = f"the point is {metres / 1000:.0f} km from {town}"
            yield Finding(file, int(row["row"]), "lon", "township-far", message, detail)
        known = meant.townships or any(town in places.county(c).towns for c in meant.codes)
        if len(meant.districts) == 1 and not known and re.search("(?:街道|镇|乡)$", town):
            message = f"{town!r} is no township of {meant.districts[0].name}"
            yield Finding(file, int(row["row"]), "township", "township-unknown", message)


def _datum_findings(
    incoming: Incoming, rows: pd.DataFrame, reference: Reference
) -> Iterator[Finding]:
    """Return the datum that a whole list is more plausibly on than on the one it states."""
    sheet = incoming.arriving.sheet
    asked = {row.number for row in unstated(sheet.rows)}
    known = rows[rows.lon.notna() & ~rows.row.isin(asked)]
    for stated, group in known.groupby("datum", sort=True):
        better = judge_datum(group, reference).better_than(Datum(str(stated)))
        if better:
            said = NAMES[Datum(str(stated))]
            message = f"these {len(group)} rows say {said}, but {NAMES[better]} fits them better"
            detail = f"{said} → {NAMES[better]} × {len(group)}"
            column = "datum" if "datum" in sheet.columns else "lon"
            yield Finding(sheet.file, 0, column, "datum-suspect", message, detail)


def _future_findings(file: str, rows: pd.DataFrame, today: str) -> Iterator[Finding]:
    """Return days that have not come: verified then, or operating although it opens later."""
    operating = rows.status.isin(OPEN_STATUSES)
    for column, some in (
        ("verified_on", rows), ("opened_on", rows[operating]), ("closed_on", rows)
    ):  # fmt: skip
        for row, day in zip(some.row, some[column], strict=True):
            if day > today:
                message = f"{day} is later than today, {today}"
                yield Finding(file, int(row), column, "date-future", message, day)


def _elsewhere(file: str, incoming: Incoming, divisions: Divisions) -> Iterator[Finding]:
    """Name addresses that write out another district than their row states."""
    for row in incoming.rows:
        stated = divisions.resolve(*(row.text(n) for n in ("province", "city", "district")))
        if not row.text("district") or not stated.districts:
            continue
        for hit in divisions.scan(row.text("address"), stated.codes):
            whole = not (hit.short or hit.ordinary or hit.part or hit.former)
            county = whole and all(place.level == "district" for place in hit.candidates)
            if county and not any(stated.holds(place.code) for place in hit.candidates):
                message = f"{hit.written!r} is not the district that the row states"
                detail = f"{hit.written} ≠ {row.text('district')}"
                yield Finding(file, row.number, "address", "address-elsewhere", message, detail)
                break


def _repeated(
    file: str, incoming: Incoming, answered: Iterable[frozenset[str]]
) -> Iterator[Finding]:
    """Name rows of one sheet that may be one station, once each."""
    listed = [SourcedRow(row.cells, str(row.number), "", True) for row in incoming.rows]
    seen: set[str] = set()
    for pair in find_duplicates(listed, answered, _CLOSE_M):
        if pair.one.where not in seen:
            seen.add(pair.one.where)
            yield _as_finding(file, pair)


def _as_finding(file: str, pair: DuplicatePair) -> Finding:
    metres = [each for each in pair.why if re.fullmatch(r"\d+ m", each)]
    shared = next((each for each in _SHARED if each[0] in pair.why), ("", "lon", "points-close"))
    other = f"{pair.other.row['name']}, {pair.other.where}"
    detail = " ".join(filter(None, (other, *metres)))
    message = f"may be the same as {pair.other.row['name']} in row {pair.other.where}"
    message += f", {metres[0]} away" if metres else ""
    return Finding(file, int(pair.one.where), shared[1], shared[2], message, detail)
