"""add: documents | any sheet → find → place → found.csv (machine) and stations.csv (people)."""

from __future__ import annotations

import filecmp
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geomap.documents import printable
from geomap.files.folder import Geodata
from geomap.files.foreign import list_files, read_file, refuse_missing
from geomap.model.records import InputError, Mention, Skip
from geomap.model.tables import CLAIMS, DOCUMENTS, LEDGER, REPORTS, SERVICES, Table
from geomap.pipeline.document_list import document_rows
from geomap.pipeline.locate import place_rows
from geomap.pipeline.reading import read_files
from geomap.pipeline.reference import Reference
from geomap.sheets.csv_writing import serialize_records, write_csv
from geomap.sheets.reading import decode
from geomap.sheets.table_file import read_table
from geomap.stations.found import (
    claim_row,
    mention_row,
    placed_row,
    rows_by_people,
    service_rows,
)
from geomap.stations.merge import merge_mentions
from geomap.stations.reports import is_report, merge_reports, read_texts
from geomap.store.atomic import write_bytes, write_together

Progress = Callable[[str], None]
#: A mailed report is short; a larger file is something else.
_REPORT_BYTES = 1_000_000
#: Sheets go into the ledger; of those that cannot be read the error says how to save them.
SHEET_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".numbers")
#: A table pasted from WPS or WeChat: its first lines have as many tabs each, two at least.
_PASTED_LINES, _PASTED_TABS = 3, 2


@dataclass(frozen=True, slots=True)
class Added:
    """What ``add`` did to found.csv: names of new and changed places, counts, what was left out."""

    documents: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    known: int
    claims: int
    services: int
    skips: tuple[Skip, ...]


def add(paths: Sequence[Path], geodata: Geodata, progress: Progress = lambda _: None) -> Added:
    """Take documents into the folder and read them all again into found.csv.

    Without paths only the folder's own documents are read. Documents from elsewhere are copied
    into ``documents/`` once they were read and searched, so that every quote on the map keeps its
    source and no file enters that cannot be read. One that cannot is a counted skip.

    Raises
    ------
    InputError
        A path does not exist.
    """
    reference = Reference(geodata)
    arriving, skips = arriving_documents(paths, geodata)
    progress("read")
    reading = read_files([*geodata.document_files(), *arriving], reference)
    skips += reading.skips
    places = [place for place in merge_mentions(reading.mentions) if place.mappable]
    progress("place")
    rows = place_found(places, reference)
    old = read_table(geodata.file("found.csv"), LEDGER)
    take_in([path for path in arriving if path not in reading.left_out], geodata)
    files = geodata.document_files()
    names = [path.name for path in files]
    claims = _with_people(
        geodata, "claims.csv", CLAIMS, "doc", names, map(claim_row, reading.claims)
    )
    services = _with_people(
        geodata, "services.csv", SERVICES, "source", names, service_rows(places)
    )
    progress("write")
    listed = document_rows(files, reading.left_out)
    tables = {
        "found.csv": serialize_records(LEDGER.names, rows),
        "claims.csv": serialize_records(CLAIMS.names, claims),
        "services.csv": serialize_records(SERVICES.names, services),
        "documents.csv": serialize_records(DOCUMENTS.names, listed),
    }
    write_together(geodata.root, tables)
    new, changed, known = compare(old, pd.DataFrame(rows, columns=LEDGER.names, dtype=object))
    return Added(reading.documents, new, changed, known, len(claims), len(services), tuple(skips))


def place_found(places: Iterable[Mention], reference: Reference) -> list[dict[str, object]]:
    """Return the places as rows of found.csv, each with where it is and how that is known."""
    rows = [mention_row(place) for place in places]
    rows.sort(key=lambda row: (str(row["station_id"]), str(row["name"])))
    located = place_rows(pd.DataFrame(rows, columns=LEDGER.names, dtype=object), reference)
    return [placed_row(row, place) for row, place in zip(rows, located, strict=True)]


def arriving_documents(paths: Sequence[Path], geodata: Geodata) -> tuple[list[Path], list[Skip]]:
    """Return the documents that the folder does not have, byte for byte, and those it cannot take.

    Raises
    ------
    InputError
        A path does not exist.
    """
    refuse_missing(paths)
    taken = {path.name: path for path in geodata.document_files()}
    arriving: list[Path] = []
    skips: list[Skip] = []
    for source in documents_in(paths):
        other = taken.setdefault(source.name, source)
        if other is source:
            arriving.append(source)
        elif not _is_same(source, other):
            reason = f"another document of that name is {other}; rename one of them"
            where, detail = printable(str(source)), printable(str(other))
            skips.append(Skip("read", where, "document-same-name", reason, detail))
    return arriving, skips


def _is_same(one: Path, other: Path) -> bool:
    """Whether two files hold the same; not where one of them cannot be read."""
    try:
        return one.samefile(other) or filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def take_in(sources: Iterable[Path], geodata: Geodata) -> None:
    """Copy documents that were read into the folder."""
    for source in sources:
        write_bytes(geodata.documents / source.name, read_file(source))


def documents_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are documents: no sheet, and no report of a rider."""
    return [path for path in _files(paths) if not holds_reports(path)]


def holds_reports(path: Path) -> bool:
    """Whether a file is a text with reports of the riders' page."""
    if path.suffix.lower() not in (".txt", ".md", ".eml"):
        return False
    try:
        return is_report(read_file(path, _REPORT_BYTES).decode("utf-8-sig", errors="replace"))
    except InputError:
        return False


def take_reports(paths: Iterable[Path], geodata: Geodata) -> tuple[int, int, int]:
    """Put reports of riders into reports.csv; return how many texts, new reports, unreadable ones.

    Nothing of them shows on the map until a person fills in ``confirmed_on`` there.
    """
    texts = [path for path in _files(paths) if holds_reports(path)]
    if not texts:
        return 0, 0, 0
    reports, lost = read_texts(texts)
    rows, new = merge_reports(read_table(geodata.file("reports.csv"), REPORTS), reports)
    write_csv(geodata.root / "reports.csv", REPORTS.names, rows)
    return len(texts), new, lost


def is_sheet(path: Path) -> bool:
    """Whether a file is a sheet by its name, or a text that was pasted from one."""
    if path.suffix.lower() in SHEET_SUFFIXES:
        return True
    return path.suffix.lower() == ".txt" and path.is_file() and _is_pasted(path)


def _is_pasted(path: Path) -> bool:
    try:
        text = decode(path.name, read_file(path))
    except InputError:
        return False  # the reader of documents says what is wrong with it
    lines = [line for line in text.splitlines() if line.strip()]
    tabs = [line.count("\t") for line in lines[: 2 * _PASTED_LINES]]
    return sum(count >= _PASTED_TABS for count in tabs) >= min(_PASTED_LINES, max(len(tabs), 2))


def _files(paths: Iterable[Path]) -> list[Path]:
    return [path for path in list_files(paths) if path.suffix.lower() not in SHEET_SUFFIXES]


def compare(old: pd.DataFrame, new: pd.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Return the names of new rows, those of changed rows, and how many are known (by id)."""
    before = {str(row.station_id): tuple(map(str, row)) for row in old.itertuples(index=False)}
    after = {str(row.station_id): tuple(map(_text, row)) for row in new.itertuples(index=False)}
    names = {str(row.station_id): str(row.name) for row in new.itertuples(index=False)}
    changed = [key for key, row in after.items() if before.get(key, row) != row]
    added = [key for key in after if key not in before]
    known = len(after) - len(added) - len(changed)
    return tuple(names[key] for key in added), tuple(names[key] for key in changed), known


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _with_people(
    geodata: Geodata,
    name: str,
    table: Table,
    column: str,
    documents: Sequence[str],
    machine: Iterable[dict[str, object]],
) -> list[dict[str, object]]:
    """Return the machine's rows and those of the old file that a person wrote, sorted."""
    people = rows_by_people(read_table(geodata.file(name), table), column, documents)
    rows = [
        {column: "" if value is None else value for column, value in row.items()}
        for row in (*people, *machine)
    ]
    unique = {tuple(str(row[name]) for name in table.names): row for row in rows}
    return [unique[key] for key in sorted(unique)]
