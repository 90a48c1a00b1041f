"""add SHEET: rows of any sheet go into the ledger; what is there already is recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.arriving import Arriving
from geomap.files.folder import Geodata
from geomap.model.records import InputError, Skip
from geomap.pipeline.apply_change import Edit
from geomap.pipeline.arriving_rows import Incoming, read_worksheets
from geomap.pipeline.ledger_rows import LedgerRows
from geomap.pipeline.reference import Reference
from geomap.pipeline.take_rows import Taking
from geomap.stations.answers import ask, read_answers, write_answers
from geomap.stations.duplicates import DuplicatePair, SourcedRow, find_duplicates
from geomap.stations.ledger_file import ROW, place_of_row, read_rows, write_rows


@dataclass(frozen=True, slots=True)
class Merged:
    """How many rows of the sheets were new, changed a ledger row, or were known already.

    ``first`` are what a clerk must look at before anything else: closings and moves that could not
    be applied, stations that a sheet would open again. ``edits`` name every cell that changed,
    ``entered`` every new row (where, name), ``alike`` what may be one place, ``sheets`` what became
    of every column. ``doubts`` are about rows that were taken, ``unread`` the files that could not
    be read. ``kept`` is where the ledger of before was put, byte for byte; None where there was
    none.
    """

    new: int
    changed: int
    known: int
    skips: tuple[Skip, ...]
    doubts: tuple[Skip, ...] = ()
    first: tuple[Skip, ...] = ()
    edits: tuple[Edit, ...] = ()
    entered: tuple[tuple[str, str], ...] = ()
    alike: tuple[DuplicatePair, ...] = ()
    unread: tuple[Skip, ...] = ()
    sheets: tuple[Arriving, ...] = ()
    kept: Path | None = None


def merge_sheets(paths: Sequence[Path], geodata: Geodata) -> Merged:
    """Write the usable rows of the sheets into the ledger, as written, and count them.

    A row with the station_id of a ledger row, or of the same place, fills and updates that row
    with what it says; empty cells change nothing. A row that says what has changed (moved, closed
    …) is applied as that. Rows that cannot be used are skipped and named; so is a file that cannot
    be read, when there are others.

    Raises
    ------
    InputError
        No sheet can be read, or the ledger cannot be.
    """
    reference = Reference(geodata)
    headings = reference.vocabulary.headings
    path = geodata.file("stations.csv")
    answers = read_answers(geodata.root)
    ledger = LedgerRows(read_rows(path, headings), answers.same)
    found = LedgerRows(read_rows(geodata.file("found.csv"), headings))
    incoming, faults = _read_all(paths, reference)
    taking = Taking(ledger, found, reference)
    for each in incoming:
        taking.take(each)
    kept = None
    if taking.counts["new"] or taking.counts["changed"] or not path.exists():
        kept = write_rows(path, ledger.rows, headings)
    alike = find_duplicates(_known(path.name, taking), answers.answered)
    write_answers(geodata.root, ask(answers, alike))
    return Merged(
        **taking.counts,
        skips=tuple(skip for each in incoming for skip in each.skips if each.is_lost(skip)),
        doubts=(*(doubt for each in incoming for doubt in each.doubts), *taking.doubts),
        first=tuple(taking.first),
        edits=tuple(taking.edits),
        entered=tuple(
            (where, ledger.rows[number]["name"]) for number, where in taking.entered.items()
        ),
        alike=tuple(alike),
        unread=tuple(
            skip
            for fault in faults
            for skip in (
                *(each.as_skip("read") for each in fault.findings),
                *(
                    [Skip("read", fault.where or path.name, fault.code, str(fault), fault.detail)]
                    if not fault.findings
                    else []
                ),
            )
        ),
        sheets=tuple(each.arriving for each in incoming),
        kept=kept,
    )


def _read_all(
    paths: Sequence[Path], reference: Reference
) -> tuple[list[Incoming], list[InputError]]:
    """Read every file before the first row is taken; one that cannot be read costs itself."""
    incoming: list[Incoming] = []
    faults: list[InputError] = []
    for path in paths:
        try:
            incoming += read_worksheets(path, reference)
        except InputError as error:
            faults.append(error)
    if len(faults) == 1 and len(paths) == 1:
        raise faults[0]
    if len(faults) == len(paths):
        raise InputError("\n".join(map(str, faults)), faults=tuple(faults))
    return incoming, faults


def _known(file: str, taking: Taking) -> list[SourcedRow]:
    """Return the rows of the ledger and of found.csv, which the sheets' new rows may repeat."""
    rows = taking.ledger.rows
    listed = []
    for number, row in enumerate(rows):
        where = taking.entered.get(number, place_of_row(file, row))
        listed.append(SourcedRow(row, where, row["source"], number in taking.entered))
    machine = [row for row in taking.found.rows if taking.ledger.number_of(row) is None]
    for row in machine:
        source = row["source"].partition("「")[0]
        listed.append(SourcedRow(row, f"found.csv:{row[ROW]}", source, False))
    return listed if taking.entered else []
