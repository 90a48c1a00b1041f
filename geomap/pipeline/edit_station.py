"""One station, opened and saved by a person: what was typed goes into the ledger, and no more.

Two people may have the ledger open. A station is saved only where its row still is what the
person saw; other rows may have changed meanwhile, and keep their changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from geomap.arriving.cells import NO_DATUM_M
from geomap.model.records import InputError, Skip
from geomap.model.tables import LEDGER
from geomap.pipeline.apply_change import PLACE
from geomap.pipeline.locate import locate_written
from geomap.pipeline.reference import Reference
from geomap.pipeline.take_rows import ADOPTED
from geomap.sheets.cells import read_day
from geomap.sheets.reading import Row, Sheet
from geomap.sheets.table_file import Checked
from geomap.stations.duplicates import DuplicatePair, SourcedRow, find_duplicates
from geomap.stations.ledger import clean_sheet
from geomap.stations.ledger_file import read_rows, write_rows
from geomap.stations.names import made_id
from geomap.store.lock import lock_tables

#: What a person's row never takes over from documents: how a machine placed it is no person's word.
_OWN = (*PLACE, "verified_on", "source")


@dataclass(frozen=True, slots=True)
class Opened:
    """A station as a person sees it: ``cells`` as written, and what changes when they do.

    ``is_machine`` says that only documents know it; saved, it becomes a row of the ledger.
    """

    station_id: str
    cells: Mapping[str, str]
    version: str
    is_machine: bool = False


def new_station() -> Opened:
    """Return a station that is not in the ledger yet."""
    return Opened("", dict.fromkeys(LEDGER.names, ""), "")


def open_station(station_id: str, reference: Reference) -> Opened:
    """Return the station of that id: the ledger's row, else what documents say of it.

    Raises
    ------
    InputError
        ``station-gone``: there is none.
    """
    geodata, headings = reference.geodata, reference.vocabulary.headings
    for name, is_machine in (("stations.csv", False), ("found.csv", True)):
        for row in read_rows(geodata.file(name), headings):
            if _id_of(row) == station_id:
                cells = {name: row[name] for name in LEDGER.names}
                if is_machine:
                    cells |= dict.fromkeys(_OWN, "")
                return Opened(station_id, cells, _version(row), is_machine)
    raise InputError(
        f"{station_id}: no such station; find it in the list again",
        code="station-gone", where=station_id,
    )  # fmt: skip


def check_cells(cells: Mapping[str, str], reference: Reference) -> tuple[Skip, ...]:
    """Return what a person should look at in a row before it is saved.

    Raises
    ------
    InputError
        The row cannot be used as it is; every cell that stands in the way is named.
    """
    ledger = _clean(cells, reference)
    located = locate_written(ledger.rows, reference)
    return (*ledger.warnings, *located.skips, *located.warnings)


def _clean(cells: Mapping[str, str], reference: Reference) -> Checked:
    row = Row(0, dict(cells), {})
    sheet = Sheet(reference.geodata.file("stations.csv").name, tuple(cells), (), (row,))
    ledger = clean_sheet(sheet, reference.vocabulary)
    if ledger.skips:
        faults = tuple(skip.as_finding() for skip in ledger.skips)
        raise InputError("\n".join(map(str, faults)), findings=faults, code=faults[0].code)
    return ledger


def save_station(
    opened: Opened, typed: Mapping[str, str], source: str, reference: Reference, *, keep: bool
) -> str:
    """Write what a person typed into the ledger, and return the station's id.

    Cells that were not typed stay as they are.

    Parameters
    ----------
    opened : the station as the person saw it; :func:`new_station` for a new row.
    typed : column → text.
    source : who says so and when; put behind what the row's source says already.
    keep : whether the ledger of before is kept as a numbered ``.bak``.

    Raises
    ------
    InputError
        ``station-changed``: the row is not what the person saw; or the row cannot be used.
    """
    geodata, headings = reference.geodata, reference.vocabulary.headings
    path = geodata.file("stations.csv")
    with lock_tables(geodata.root):
        now = open_station(opened.station_id, reference) if opened.station_id else opened
        if now.version != opened.version:
            raise InputError(
                f"{opened.station_id}: another window changed this station meanwhile",
                code="station-changed", where=opened.cells["name"],
            )  # fmt: skip
        new = _new_cells(now, typed, source)
        base = _adopted(now) if now.is_machine else dict(now.cells)
        row = base | new
        _clean(row, reference)
        rows = read_rows(path, headings)
        at = next((n for n, each in enumerate(rows) if _id_of(each) == now.station_id), None)
        if not now.station_id or at is None:
            rows.append(row)
        elif new:
            rows[at].update(new)
        if new:
            write_rows(path, rows, headings, keep=keep)
        return _id_of(row)


def _new_cells(now: Opened, typed: Mapping[str, str], source: str) -> dict[str, str]:
    """Return the cells that get another value; nothing where nothing was changed."""
    new = {name: text for name, text in typed.items() if text != now.cells[name]}
    if {"lon", "lat"} & new.keys() and not typed.get("uncertainty_m"):
        new["uncertainty_m"] = ""  # how sure the old point was says nothing of the new one
    if not new and source in now.cells["source"]:
        return {}
    if (
        {"name", "province", "city", "district", "township"} & new.keys()
        and now.station_id
        and not now.cells["station_id"]
    ):
        new["station_id"] = now.station_id  # the made id hangs on them: links stay alive
    before = now.cells["source"]
    if source not in before:
        new["source"] = " | ".join(filter(None, (before, source)))
    return new


def _adopted(now: Opened) -> dict[str, str]:
    """Return the ledger's row of a place that only documents know: the rest joins by its id."""
    kept = {name: now.cells[name] for name in ADOPTED}
    return dict.fromkeys(LEDGER.names, "") | kept | {"station_id": now.station_id}


def point_cells(lon: str, lat: str, datum: str, uncertainty_m: str = "") -> dict[str, str]:
    """Return the cells of a point; one whose datum nobody knows is 700 m unsure."""
    unsure = uncertainty_m if datum else NO_DATUM_M
    return {"lon": lon, "lat": lat, "datum": datum, "uncertainty_m": unsure}


def closing_cells(opened: Opened, day: str, reason: str) -> dict[str, str]:
    """Return the cells of a station that closed for good on a day, and why.

    Raises
    ------
    InputError
        ``closed-day-missing``: the day is none.
    """
    on = read_day(day)
    if not on:
        raise InputError("write the day it closed", code="closed-day-missing")
    told = " ".join(filter(None, (opened.cells["note"], reason.strip())))
    return {"status": "关闭", "closed_on": on, "note": told}


def alike_to(row: Mapping[str, str], reference: Reference) -> tuple[DuplicatePair, ...]:
    """Return the stations that a new row may be one place with."""
    geodata, headings = reference.geodata, reference.vocabulary.headings
    known = [SourcedRow(row, geodata.file("stations.csv").name, "", True)]
    for name in ("stations.csv", "found.csv"):
        for each in read_rows(geodata.file(name), headings):
            known.append(SourcedRow(each, geodata.file(name).name, "", False))
    return tuple(find_duplicates(known))


def _id_of(row: Mapping[str, str]) -> str:
    return row["station_id"] or made_id(row)


def _version(row: Mapping[str, str]) -> str:
    cells = [row[name] for name in LEDGER.names]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()
