"""The folder's ledger as written, stations.csv or stations.xlsx: read, and written in place."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from geomap.files.foreign import parsing, read_file
from geomap.model.records import InputError
from geomap.model.tables import LEDGER
from geomap.sheets.csv_writing import serialize_records
from geomap.sheets.reading import TITLE_ROWS, Sheet, plain_heading, read_sheets
from geomap.sheets.template import HEADINGS
from geomap.sheets.workbooks import cell_text
from geomap.store.atomic import keep_backup, write_bytes

#: Under these a row keeps the number that its spreadsheet shows, and the title of its worksheet;
#: they are never written.
ROW, _TAB = "\0row", "\0tab"


def read_rows(path: Path, headings: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the rows as written, our columns first, then a clerk's own; none without a file.

    Of a workbook those of every worksheet that has names of stations.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    return _rows_of(read_sheets(path, headings)) if path.exists() else []


def _rows_of(sheets: Iterable[Sheet]) -> list[dict[str, str]]:
    return [
        {name: row.text(name) for name in LEDGER.names}
        | dict(row.others)
        | {ROW: str(row.number), _TAB: sheet.title}
        for sheet in sheets
        for row in sheet.rows
    ]


def place_of_row(file: str, row: Mapping[str, str]) -> str:
    """Return where a row stands: file:row, of a workbook's further worksheets with their title."""
    return ":".join(filter(None, (file, row.get(_TAB, ""), row.get(ROW, ""))))


def write_rows(
    path: Path,
    rows: Sequence[Mapping[str, str]],
    headings: Mapping[str, str],
    *,
    keep: bool = True,
) -> Path | None:
    """Write the ledger in place; return where the one of before was kept, byte for byte.

    Without ``keep`` it is not kept: whoever edits cell by cell keeps the first of them.
    A workbook keeps its headings, order, widths and colours: only what differs is written, each
    row on its own worksheet, new ones below those of the first with stations.
    """
    kept = keep_backup(path) if keep and path.exists() else None
    others = dict.fromkeys(name for row in rows for name in row if name not in LEDGER.names)
    for mark in (ROW, _TAB):
        others.pop(mark, None)
    if path.suffix == ".csv":
        write_bytes(path, serialize_records([*LEDGER.names, *others], rows))
    else:
        write_bytes(path, _workbook_bytes(path, rows, [*LEDGER.names, *others], headings))
    return kept


def _workbook_bytes(
    path: Path,
    rows: Iterable[Mapping[str, str]],
    names: Sequence[str],
    headings: Mapping[str, str],
) -> bytes:
    known = {plain_heading(word): column for word, column in headings.items()}
    damaged = InputError(f"{path.name}: a damaged .xlsx; save it again", code="workbook-damaged",
                         where=path.name)  # fmt: skip
    with parsing(damaged):
        book = openpyxl.load_workbook(io.BytesIO(read_file(path)))
        for title, own in _changed(path, rows, headings).items():
            sheet = book[title]
            _split_merged(sheet)
            top, columns = _find_columns(sheet, known)
            last = sheet.max_row
            for row in own:
                last = last if ROW in row else last + 1
                number = int(row.get(ROW, last))
                for name in names:
                    _put(sheet, top, columns, number, name, row.get(name, ""))
        written = io.BytesIO()
        book.save(written)
    return written.getvalue()


def _changed(
    path: Path, rows: Iterable[Mapping[str, str]], headings: Mapping[str, str]
) -> dict[str, list[Mapping[str, str]]]:
    """Return the rows that are new or not as the file has them, by the title of their worksheet."""
    sheets = read_sheets(path, headings)
    written = {(row[_TAB], row[ROW]): row for row in _rows_of(sheets)}
    changed: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        if written.get((row.get(_TAB, ""), row.get(ROW, ""))) != row:
            changed.setdefault(row.get(_TAB, sheets[0].title), []).append(row)
    return changed


def _find_columns(sheet: Worksheet, known: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """Return the row of the headings and the column of each name."""
    best: tuple[int, dict[str, int]] = (1, {})
    top = sheet.iter_rows(max_row=min(sheet.max_row, TITLE_ROWS))
    for number, cells in enumerate(top, start=1):
        texts = {str(cell.value): cell.column for cell in cells if cell.value is not None}
        named = {known.get(plain_heading(text), text): at for text, at in texts.items()}
        if len({*named} & {*known.values()}) > len({*best[1]} & {*known.values()}):
            best = number, named
    return best


def _put(
    sheet: Worksheet, top: int, columns: dict[str, int], number: int, name: str, text: str
) -> None:
    if name not in columns and text:
        columns[name] = max([sheet.max_column, *columns.values()], default=0) + 1
        sheet.cell(top, columns[name], HEADINGS.get(name, name))
    if name in columns:
        cell = sheet.cell(number, columns[name])
        if not isinstance(cell, MergedCell) and cell_text(cell.value).strip() != text:
            cell.value = text or None
            cell.data_type = "s" if text else "n"  # never a formula


def _split_merged(sheet: Worksheet) -> None:
    """Write a cell that spans rows into each of them, so that every row can change alone."""
    for area in list(sheet.merged_cells.ranges):
        if area.max_row > area.min_row:
            value = sheet.cell(area.min_row, area.min_col).value
            sheet.unmerge_cells(area.coord)
            for number in range(area.min_row, area.max_row + 1):
                sheet.cell(number, area.min_col).value = value
