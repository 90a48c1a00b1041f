"""The rows of an arriving sheet, cleaned as the ledger's are; a bad cell does not cost its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from geomap.arriving import Arriving, read_arriving
from geomap.find import Lexicon, read_lexicon
from geomap.find.heads import find_heads
from geomap.model.records import Finding, InputError, Skip
from geomap.model.tables import LEDGER
from geomap.model.vocabulary import Vocabulary
from geomap.pipeline.anchors import guess_datum
from geomap.pipeline.reference import Reference
from geomap.sheets.reading import Row, plain_heading
from geomap.sheets.table_file import Checked
from geomap.stations.ledger import clean_sheet, id_faults
from geomap.text.script import simplify

#: Faults of a cell that a row can do without; the cell stays in a column of the clerk's own.
_CELLS = {
    "coordinate-unreadable": ("lon", "lat"), "coordinate-half": ("lon", "lat"),
    "coordinate-impossible": ("lon", "lat"), "lonlat-swapped": ("lon", "lat"),
    "datum-unknown": ("datum", "lon", "lat"), "access-unknown": ("access",),
}  # fmt: skip


#: Columns that can say which station a row is about.
_NAMED_BY = frozenset(("name", "station_id", "old_name", "new_name"))


@dataclass(frozen=True, slots=True)
class Incoming:
    """One worksheet's rows; ``usable`` are the numbers of those that can stand alone.

    ``cleaned`` has the usable ones as the map half wants them, ``kinds`` what names say of rows
    that state no kind.
    """

    arriving: Arriving
    rows: tuple[Row, ...]
    usable: frozenset[int]
    skips: tuple[Skip, ...]
    doubts: tuple[Skip, ...]
    applied: set[int]
    cleaned: Checked
    kinds: Mapping[int, str]

    def is_lost(self, skip: Skip) -> bool:
        """Whether the row of a skip was not taken as a change of a known station either."""
        return skip.as_finding().row not in self.applied


def read_worksheets(
    path: Path, reference: Reference, named_by: frozenset[str] = _NAMED_BY
) -> list[Incoming]:
    """Return the worksheets of a file, cleaned.

    Raises
    ------
    InputError
        As :func:`geomap.arriving.read_arriving`; no column names the stations, or an id is
        invalid or given twice.
    """
    home = reference.settings.home
    sheets = read_arriving(path, reference.vocabulary, reference.divisions, home)
    refused = {number: find_refusals(sheet, named_by) for number, sheet in enumerate(sheets)}
    counts = [number for number, faults in refused.items() if faults[:1] and _counts(faults)]
    if all(number in counts for number, sheet in enumerate(sheets) if sheet.columns):
        counts = []  # no table of stations beside them: then their fault is the file's
    for number, faults in refused.items():
        if faults and number not in counts:
            raise InputError("\n".join(map(str, faults)), findings=tuple(faults),
                             where=path.name, code=faults[0].code)  # fmt: skip
    return [
        _left_out(sheet, refused[number]) if number in counts else clean_incoming(sheet, reference)
        for number, sheet in enumerate(sheets)
    ]


def _counts(faults: Sequence[Finding]) -> bool:
    """Whether a table lacks names alone, as one of counts by street beside the list does."""
    return all(fault.code == "column-missing" for fault in faults)


def _left_out(arriving: Arriving, faults: Iterable[Finding]) -> Incoming:
    """Return a table that names no station: none of its rows, and one word that says so."""
    skips = tuple(arriving.with_cell(fault).as_skip("ledger") for fault in faults)
    empty = replace(arriving, sheet=replace(arriving.sheet, rows=()), changes={})
    none = Checked(pd.DataFrame(columns=LEDGER.names, dtype=object))
    return Incoming(empty, (), frozenset(), skips, (), set(), none, {})


def clean_incoming(arriving: Arriving, reference: Reference) -> Incoming:
    """Return the same of a worksheet that ``add`` may refuse (:func:`find_refusals`)."""
    words = reference.vocabulary
    arriving = guess_datum(arriving, reference)
    lexicon = read_lexicon(reference.geodata.file("words.toml"))
    kinds: list[Finding] = []
    rows = [_with_kind(row, words, lexicon, arriving, kinds) for row in arriving.sheet.rows]
    first = clean_sheet(replace(arriving.sheet, rows=tuple(rows)), words)
    faults: dict[int, list[Finding]] = {}
    for skip in first.skips:
        faults.setdefault(skip.as_finding().row, []).append(skip.as_finding())
    known = frozenset(plain_heading(word) for word in words.headings)
    kept = [_set_aside(row, faults.get(row.number, ()), known) for row in rows]
    again = first if kept == rows else clean_sheet(replace(arriving.sheet, rows=tuple(kept)), words)
    rows = kept
    lost = {skip.as_finding() for skip in again.skips if skip.code != "kind-unknown"}
    named = dict.fromkeys([*again.findings, *first.findings, *kinds])
    doubts = [each for each in named if each not in lost]
    out = {each.row for each in lost}
    told = {each.row for each in doubts if each.code == "kind-unknown"}
    return Incoming(
        arriving,
        tuple(rows),
        frozenset({row.number for row in rows} - out) | (told - out),
        tuple(arriving.with_cell(each).as_skip("ledger") for each in named if each in lost),
        tuple(arriving.with_cell(each).as_skip("ledger") for each in doubts),
        set(),
        again,
        {
            row.number: kind
            for row in rows
            if not row.text("kind") and (kind := _named_kind(row, lexicon)) != "station"
        },
    )


def find_refusals(arriving: Arriving, named_by: frozenset[str] = _NAMED_BY) -> list[Finding]:
    """Return what lets ``add`` refuse a worksheet whole: no names, an id that is none or twice."""
    sheet = arriving.sheet
    meant = {column.meaning.column for column in arriving.columns}
    if arriving.columns and not named_by & meant:
        message = "the column name is missing; add it"
        row = arriving.heading_row
        return [Finding(sheet.file, row, "name", "column-missing", message)]
    return [arriving.with_cell(fault) for fault in id_faults(sheet)]


def _with_kind(
    row: Row, words: Vocabulary, lexicon: Lexicon, arriving: Arriving, findings: list[Finding]
) -> Row:
    """Return the row with the kind that its name says, where its own word is unknown."""
    written = row.text("kind")
    if not written or written in words.kinds or written.lower() in words.kinds:
        return row
    kind = _named_kind(row, lexicon)
    if not kind:
        return row  # nobody knows what it is: the row stays as written, and is named
    message = f"{written[:80]!r} is unknown; the name says {kind}"
    findings.append(Finding(arriving.sheet.file, row.number, "kind", "kind-unknown", message))
    return Row(row.number, {**row.cells, "kind": kind}, {**row.others, "类型（原表）": written})


def _named_kind(row: Row, lexicon: Lexicon) -> str:
    """Return the one kind that the name says; empty where it says none, or several."""
    kinds = {head.kind for head in find_heads(simplify(row.text("name")), lexicon, [])}
    return kinds.pop() if len(kinds) == 1 else ""


def _set_aside(row: Row, faults: Iterable[Finding], known: frozenset[str]) -> Row:
    """Return the row without the cells that cannot be read; they stay in columns of hers."""
    cells, others = dict(row.cells), dict(row.others)
    for fault in faults:
        for column in _CELLS.get(fault.code, ()):
            if cells.get(column):
                others[f"{column}（原表）"] = cells[column]
                cells[column] = "unknown" if column == "access" else ""
    own = {
        f"{name}（原表）" if plain_heading(name) in known else name: text
        for name, text in others.items()
    }
    return Row(row.number, cells, own)
