"""Any sheet as rows of text: CSV in any Chinese encoding, or .xlsx, headings in two languages.

A sheet is read as text; :mod:`geomap.stations.ledger` decides what the text means. Rows keep the
number a spreadsheet shows, so that every message leads back to the cell.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from geomap.files.foreign import parsing, read_file
from geomap.files.limits import MAX_FILE_BYTES
from geomap.model.records import Finding, InputError
from geomap.sheets.csv_writing import unescape_formula
from geomap.sheets.grid import Grid, collect_rows, fill_down
from geomap.sheets.web_page import is_web_page, read_web_page
from geomap.sheets.workbooks import is_workbook, read_workbook

#: Rows above the headings that a sheet may have (a title, a date, an empty line).
TITLE_ROWS = 10
#: A line with its end, as the csv module wants them; none of them is built twice.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
#: Stands behind the last line; no text that we read holds it.
_END = "\0"
#: What parts the cells of a table in plain text: bars, two blanks or an ideographic one, one blank.
_BARS = re.compile(r"\s*[|｜]\s*")
_WIDE = re.compile(r"[ \t]{2,}|\s*\u3000\s*")
_BLANK = re.compile(r"\s+")
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
    cells that were left out because they lie beyond a limit. ``title`` is the worksheet's.
    """

    file: str
    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]
    merged: tuple[tuple[int, int, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    title: str = ""


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
    (read,) = read_grids(path, most=1)
    return _read_grid(path.name, read, headings)


def read_sheets(path: Path, headings: Mapping[str, str]) -> list[Sheet]:
    """Return every worksheet that has names of stations; the only one of a CSV in any case.

    Raises
    ------
    InputError
        As :func:`read_sheet`, of the first worksheet, where none has names.
    """
    grids = read_grids(path)
    if len(grids) == 1:
        return [_read_grid(path.name, grids[0], headings)]
    wanted = {plain_heading(word) for word, column in headings.items() if column == "name"}
    with_it = [grid for grid in grids
               if any(plain_heading(cell) in wanted
                      for cells in grid.rows[:TITLE_ROWS] for cell in cells)]  # fmt: skip
    return [_read_grid(path.name, grid, headings) for grid in with_it or grids[:1]]


def _read_grid(file: str, read: Grid, headings: Mapping[str, str]) -> Sheet:
    grid = read.rows
    if not any(any(cells) for cells in grid):
        raise refuse_empty(file)
    known = {plain_heading(written): column for written, column in headings.items()}
    top = _find_headings(grid, known)
    if top is None:
        raise refuse_headings(file, dict.fromkeys(headings.values()))
    names = [known.get(plain_heading(cell), "") for cell in grid[top]]
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    if repeated:
        raise InputError(
            f"{file}:{top + 1}: two columns mean {', '.join(repeated)}; keep one",
            code="heading-repeated", where=f"{file}:{top + 1}", detail="、".join(repeated),
        )  # fmt: skip
    for cells in grid[top + 1 :]:
        cells += [""] * (len(names) - len(cells))
    spans = [span for span in fill_down(read, top + 1) if any(names[span[2] :][:1])]
    merged = tuple((first + 1, last + 1, names[at]) for first, last, at in spans)
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
    return Sheet(file, columns, unknown, rows, merged, tuple(read.outside), read.title)


def refuse_empty(file: str) -> InputError:
    """Return the error of a file without a filled cell."""
    return InputError(
        f"{file}: the file is empty; it needs a line of headings", code="sheet-empty", where=file
    )


def refuse_headings(file: str, columns: Iterable[str]) -> InputError:
    """Return the error of a file without headings; ``columns`` are those it may name."""
    return InputError(
        f"{file}: no line with known headings in the first {TITLE_ROWS} rows; "
        f"name the columns as in {', '.join([*columns][:4])} …",
        code="headings-missing", where=file,
    )  # fmt: skip


def read_grids(path: Path, *, most: int | None = None) -> list[Grid]:
    """Return the worksheets of a file as text, at most ``most``; a CSV is one.

    Raises
    ------
    InputError
        The file cannot be read, or is too large.
    """
    raw = read_file(path)
    if is_workbook(path.name, raw):
        return read_workbook(path.name, raw, most=most)
    if is_web_page(raw):
        unreadable = InputError(f"{path.name}: a web page whose table cannot be read; copy it into "
                                "a sheet", code="csv-unreadable", where=path.name)  # fmt: skip
        with parsing(unreadable):
            return [read_web_page(path.name, raw)]
    return [_read_csv(path.name, raw)]


def _read_csv(name: str, raw: bytes) -> Grid:
    text = decode(name, raw)
    # A title may stand above the headings: the separator is what the first lines have most of.
    top = "\n".join(text.split("\n", TITLE_ROWS)[:TITLE_ROWS])
    separator = max(",\t;", key=top.count)
    if (parted := _by_blanks(text, separator)) is not None:
        return collect_rows(name, parted, str)
    if text.lstrip().startswith("<"):
        raise InputError(
            f"{name}: is a web page or XML, as some systems export it under the name .xls; open it "
            "in Excel or WPS and save it as .xlsx",
            code="sheet-is-page", where=name,
        )  # fmt: skip
    lines = (line.group() for line in _LINE.finditer(text))
    unreadable = InputError(f"{name}: not readable as CSV", code="csv-unreadable", where=name)
    with parsing(unreadable):
        return collect_rows(name, _parse_lines(name, lines, separator), unescape_formula)


def _parse_lines(name: str, lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """Yield the rows; a quote that nobody closed would take the rows behind it into its cell."""
    taken: list[str] = []

    def take() -> Iterator[str]:
        for line in chain(lines, (_END,)):
            taken.append(line)
            yield line

    for number, cells in enumerate(csv.reader(take(), delimiter=separator), start=1):
        if cells == [_END]:
            return
        if len(taken) > 1 and not _is_quoted(taken, separator):
            opened = next((cell for cell in cells if "\n" in cell), cells[-1])
            raise InputError(
                f"{name}:{number}: a quote opens a cell and is never closed, so all rows behind it "
                'would be one cell; delete the " or add the second one',
                code="quote-open", where=f"{name}:{number}", detail=opened.strip(_END)[:40],
            )  # fmt: skip
        taken.clear()
        yield cells


def _is_quoted(lines: list[str], separator: str) -> bool:
    """Whether lines are one row: its quotes end where cells do, and none is of the next row."""
    try:
        return _END not in lines and bool([*csv.reader(lines, delimiter=separator, strict=True)])
    except csv.Error:
        return False


def _by_blanks(text: str, separator: str) -> list[list[str]] | None:
    """Return the lines of a table whose cells blanks or bars part, as chats paste it; else None.

    Most lines must have as many cells as the line with most of them, which no comma parts.
    """
    lines = [line.strip() for line in text.splitlines()]
    filled = [line for line in lines if line]
    if not filled or 2 * sum(separator in line for line in filled) > len(filled):
        return None
    for gap in (_BARS, _WIDE, _BLANK):
        rows = [gap.split(line.strip("|｜ ")) if line else [] for line in lines]
        widths = [len(row) for row in rows if len(row) > 1]
        most = max(widths, default=0)
        usual = max(widths, key=widths.count, default=0)
        if usual > 2 and usual == most and 2 * widths.count(usual) > len(filled):
            return [[] if {*"".join(row)} <= {*"-: "} else row for row in rows]
    return None


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


def plain_heading(text: str) -> str:
    """Return a heading half-width, in lower case, without spaces and marks around it."""
    plain = unicodedata.normalize("NFKC", text.replace("\ufeff", ""))
    return "".join(plain.split()).lower().strip("*:")


def _find_headings(grid: list[list[str]], known: Mapping[str, str]) -> int | None:
    hits = [
        len({known[plain_heading(cell)] for cell in cells if plain_heading(cell) in known})
        for cells in grid[:TITLE_ROWS]
    ]
    best = max(hits, default=0)
    return hits.index(best) if best else None
