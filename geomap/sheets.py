"""Any sheet as rows of text: CSV in any Chinese encoding, or .xlsx, headings in two languages.

A sheet is read as text; :mod:`geomap.ledger` decides what the text means. Rows keep the number
a spreadsheet shows, so that every message leads back to the cell.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils.cell import column_index_from_string

from geomap.csv_writing import unguard
from geomap.foreign import parsing, read_file, refuse_bomb
from geomap.grid import Grid, Span, take_rows, too_large
from geomap.limits import MAX_CELLS, MAX_FILE_BYTES
from geomap.records import Finding, InputError

#: Rows above the headings that a sheet may have (a title, a date, an empty line).
_TITLE_ROWS = 10
_ZIP_MAGIC = b"PK\x03\x04"
#: .xls and WPS's .et; an .xlsx with a password is wrapped in it too.
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
#: A line with its end, as the csv module wants them; none of them is built twice.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
#: The module's own limit of a field (131,072) would refuse the whole sheet without naming a row.
csv.field_size_limit(MAX_FILE_BYTES)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, its cells by column, and unknown columns'."""

    number: int
    cells: Mapping[str, str]
    others: Mapping[str, str] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """Return the stripped text of a column; empty where the sheet lacks it."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read: the file's name, the known columns it has, unknown headings, its rows.

    ``merged`` are cells that span several rows: first row, last row, column. ``findings`` name the
    cells that were left out because they lie beyond a limit.
    """

    file: str
    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]
    merged: tuple[tuple[int, int, str], ...] = ()
    findings: tuple[Finding, ...] = ()


def read_sheet(path: Path, headings: Mapping[str, str]) -> Sheet:
    """Return the rows of ``path`` under the column names that ``headings`` leads to.

    Parameters
    ----------
    headings : heading as people write it (any case, spaces ignored) → column name.

    Raises
    ------
    InputError
        The file cannot be read, is too large, is empty, or has no line with a known heading.
    """
    read = _read_grid(path)
    grid = read.rows
    if not any(any(cells) for cells in grid):
        raise InputError(
            f"{path.name}: the file is empty; it needs a line of headings",
            code="sheet-empty", where=path.name,
        )  # fmt: skip
    known = {_heading(written): column for written, column in headings.items()}
    top = _find_headings(grid, known)
    if top is None:
        raise InputError(
            f"{path.name}: no line with known headings in the first {_TITLE_ROWS} rows; "
            f"name the columns as in {', '.join(list(dict.fromkeys(headings.values()))[:4])} …",
            code="headings-missing", where=path.name,
        )  # fmt: skip
    names = [known.get(_heading(cell), "") for cell in grid[top]]
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    if repeated:
        raise InputError(
            f"{path.name}:{top + 1}: two columns mean {', '.join(repeated)}; keep one",
            code="heading-repeated", where=f"{path.name}:{top + 1}", detail="、".join(repeated),
        )  # fmt: skip
    for cells in grid[top + 1 :]:
        cells += [""] * (len(names) - len(cells))
    merged = _fill_down(grid, names, [span for span in read.spans if span[0] > top])
    unknown = tuple(cell for cell, name in zip(grid[top], names, strict=True) if cell and not name)
    rows = tuple(
        Row(
            number,
            {name: cell for name, cell in zip(names, cells, strict=False) if name},
            {
                head: cell
                for head, name, cell in zip(grid[top], names, cells, strict=False)
                if head and not name
            },
        )
        for number, cells in enumerate(grid[top + 1 :], start=top + 2)
        if any(cell.strip() for cell in cells)
    )
    columns = tuple(name for name in names if name)
    return Sheet(path.name, columns, unknown, rows, merged, tuple(read.outside))


def _fill_down(
    grid: list[list[str]], names: list[str], spans: Iterable[Span]
) -> tuple[tuple[int, int, str], ...]:
    """Write a cell that spans rows into each of them: so it reads on the screen."""
    filled = []
    for first, last, column in spans:
        if column < len(names) and names[column] and first < len(grid):
            filled.append((first + 1, last + 1, names[column]))
            for cells in grid[first + 1 : last + 1]:
                cells[column] = grid[first][column]
    return tuple(filled)


def _read_grid(path: Path) -> Grid:
    raw = read_file(path)
    if raw.startswith(_OLE_MAGIC):
        raise InputError(
            f"{path.name}: an old .xls workbook, or one with a password; save it as .xlsx or CSV",
            code="workbook-old", where=path.name,
        )  # fmt: skip
    if raw.startswith(_ZIP_MAGIC) or path.suffix.lower() in (".xlsx", ".xlsm"):
        return _read_workbook(path.name, raw)
    return _read_csv(path.name, raw)


def _read_csv(name: str, raw: bytes) -> Grid:
    text = decode(name, raw)
    first = text.partition("\n")[0]
    separator = max(",\t;", key=first.count)
    lines = (line.group() for line in _LINE.finditer(text))
    unreadable = InputError(f"{name}: not readable as CSV", code="csv-unreadable", where=name)
    with parsing(unreadable):
        return take_rows(name, csv.reader(lines, delimiter=separator, strict=False), unguard)


def decode(name: str, raw: bytes) -> str:
    """Return the text of a CSV: UTF-8 (BOM or not), UTF-16 with BOM, else GB18030.

    Raises
    ------
    InputError
        The bytes are none of these, or hold NUL: no text file.
    """
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(
        f"{name}: not a text file in UTF-8 or GB18030; save it as CSV UTF-8 or .xlsx",
        code="encoding-unknown", where=name,
    )  # fmt: skip


def _read_workbook(name: str, raw: bytes) -> Grid:
    damaged = InputError(
        f"{name}: a damaged .xlsx; save it again", code="workbook-damaged", where=name
    )
    with parsing(damaged):
        refuse_bomb(raw, name)
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # Stated dimensions may be of a billion cells; without them each row has its own width.
        sheet.reset_dimensions()
        grid = take_rows(name, sheet.iter_rows(values_only=True), _cell_text)
        grid.spans = _read_spans(raw, book.sheetnames[0])
        if sum(min(last, len(grid.rows)) - first for first, last, _ in grid.spans) > MAX_CELLS:
            raise too_large(name)
        return grid


def _read_spans(raw: bytes, title: str) -> list[Span]:
    """Return the merged cells of a worksheet that span rows; a streaming reader skips them."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        book = parts.read("xl/workbook.xml").decode("utf-8")
        links = parts.read("xl/_rels/workbook.xml.rels").decode("utf-8")
        name = re.escape(escape(title, {'"': "&quot;"}))
        sheet = re.search(rf'<[^<>]*sheet [^<>]*name="{name}"[^<>]*r:id="([^"]+)"', book)
        tags = re.findall(r"<Relationship [^<>]*>", links)
        ids = {_attribute(tag, "Id"): _attribute(tag, "Target").lstrip("/") for tag in tags}
        target = ids.get(sheet.group(1), "") if sheet else ""
        path = target if target.startswith("xl/") else f"xl/{target}"
        text = parts.read(path).decode("utf-8", "replace") if path in parts.namelist() else ""
    cells = re.findall(r'<mergeCell ref="([A-Z]+)(\d+):[A-Z]+(\d+)"', text)
    spans = ((int(top), int(last), column_index_from_string(left)) for left, top, last in cells)
    tall = [(top - 1, last - 1, left - 1) for top, last, left in spans if last > top > 0]
    return sorted(tall)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _heading(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.replace("\ufeff", ""))
    return "".join(plain.split()).lower().strip("*:")


def _find_headings(grid: list[list[str]], known: Mapping[str, str]) -> int | None:
    hits = [
        len({known[_heading(cell)] for cell in cells if _heading(cell) in known})
        for cells in grid[:_TITLE_ROWS]
    ]
    best = max(hits, default=0)
    return hits.index(best) if best else None
