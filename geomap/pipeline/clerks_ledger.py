"""A ledger with a clerk's own headings, understood as an arriving sheet is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from geomap.arriving import Arriving
from geomap.model.tables import LEDGER
from geomap.pipeline.apply_change import change_cells
from geomap.pipeline.arriving_rows import Incoming, read_worksheets
from geomap.pipeline.reference import Reference
from geomap.sheets.reading import Row
from geomap.sheets.table_file import Checked
from geomap.stations.ledger import clean_sheet


def understand_ledger(path: Path, reference: Reference) -> Checked:
    """Return the usable rows of all worksheets, the skipped ones and every finding."""
    incoming = read_worksheets(path, reference, frozenset(("name",)))
    parts = [_as_it_stands(each, reference) for each in incoming]
    return Checked(
        pd.concat([part.rows for part in parts], ignore_index=True),
        tuple(skip for each in incoming for skip in each.skips),
        tuple(doubt for each in incoming for doubt in each.doubts),
        tuple(note.as_finding() for each in incoming for note in (*each.skips, *each.doubts)),
    )


def _as_it_stands(incoming: Incoming, reference: Reference) -> Checked:
    """Return the cleaned rows; what says what has become of a station is applied to it.

    A status that is readable stands, whatever a note says: the ledger is what a person wrote last.
    """
    changes = incoming.arriving.changes
    rows = tuple(
        _applied(row, incoming.arriving) if row.number in changes else row for row in incoming.rows
    )
    if rows == incoming.rows:
        return incoming.cleaned
    return clean_sheet(replace(incoming.arriving.sheet, rows=rows), reference.vocabulary)


def _applied(row: Row, arriving: Arriving) -> Row:
    change = arriving.changes[row.number]
    if change.doubtful or row.text("status"):
        return row
    cells = {name: row.text(name) for name in LEDGER.names}
    return replace(row, cells=cells | change_cells(cells, change, cells | {"address": ""}))
