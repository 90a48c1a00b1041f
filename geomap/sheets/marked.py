"""A clerk's own sheet back: cells that need a look are coloured, each with a note of why."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from geomap.files.foreign import parsing, read_file
from geomap.model.records import InputError
from geomap.sheets.reading import read_grids
from geomap.sheets.workbook_writing import cell_text, serialize_workbook
from geomap.sheets.workbooks import ZIP_MAGIC

_LOOK = PatternFill("solid", fgColor="FFEB9C")
_HEAD = PatternFill("solid", fgColor="E7EEF7")
_AUTHOR = "geomap"
#: Spreadsheets refuse longer names of sheets.
_LONGEST_TITLE = 31
#: Points: a note is as wide as about 20 Chinese characters.
_WIDTH, _LINE = 300, 18


@dataclass(frozen=True, slots=True)
class Mark:
    """A note: the cell as a spreadsheet calls it (Sheet1!G2; empty: the whole file), the words."""

    cell: str
    heading: str
    text: str


def annotate_workbook(path: Path, marks: Sequence[Mark], title: str, head: Sequence[str]) -> bytes:
    """Return the sheet of ``path`` as a workbook with notes, behind a first sheet that lists them.

    An .xlsx keeps its looks and formulas; anything else becomes one with the same cells.

    Parameters
    ----------
    title : of the first sheet.
    head : its headings: worksheet, cell, column, what to look at.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    raw = read_file(path)
    is_ours = raw.startswith(ZIP_MAGIC) and path.suffix.lower() in (".xlsx", ".xlsm")
    damaged = InputError(f"{path.name}: a damaged .xlsx; save it again",
                         code="workbook-damaged", where=path.name)  # fmt: skip
    with parsing(damaged):
        book = openpyxl.load_workbook(io.BytesIO(raw)) if is_ours else _copy(path)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        for mark in marks:
            worksheet, _, cell = mark.cell.rpartition("!")
            sheet = sheets.get(worksheet) or book.worksheets[0]
            if cell:
                _note(sheet, cell, mark.text)
        _list(book, marks, _free_title(title, book.sheetnames), head)
        return serialize_workbook(book)


def _copy(path: Path) -> openpyxl.Workbook:
    """Return the cells of a .csv, .xls or .ods as a workbook, all of them text."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, grid in enumerate(read_grids(path), start=1):
        title = grid.title[:_LONGEST_TITLE] or path.stem[:_LONGEST_TITLE]
        sheet = book.create_sheet(_plain_title(title) or f"Sheet{number}")
        for at, cells in enumerate(grid.rows, start=1):
            for column, text in enumerate(cells, start=1):
                if text:
                    _write(sheet.cell(at, column), text)
        for first, last, column in grid.spans:
            sheet.merge_cells(None, first + 1, column + 1, last + 1, column + 1)
    return book


def _write(cell: Cell | MergedCell, text: str) -> None:
    if isinstance(cell, Cell):
        cell.value = cell_text(text)
        cell.data_type = "s"  # never a formula


def _note(sheet: Worksheet, at: str, text: str) -> None:
    cell = sheet[at]
    if isinstance(cell, MergedCell):
        area = next(each for each in sheet.merged_cells.ranges if at in each)
        cell = sheet.cell(area.min_row, area.min_col)
    before = f"{cell.comment.text}\n" if cell.comment else ""
    lines = before + text
    height = _LINE * (2 + lines.count("\n") + len(lines) // 20)
    cell.comment = Comment(cell_text(lines), _AUTHOR, height=height, width=_WIDTH)
    cell.fill = _LOOK


def _list(book: openpyxl.Workbook, marks: Iterable[Mark], title: str, head: Sequence[str]) -> None:
    titles = book.sheetnames
    sheet = book.create_sheet(title, 0)
    for column, (text, width) in enumerate(zip(head, (16, 8, 16, 90), strict=True), start=1):
        cell = sheet.cell(1, column, text)
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[cell.column_letter].width = width
    for row, mark in enumerate(marks, start=2):
        worksheet, _, at = mark.cell.rpartition("!")
        worksheet = worksheet or titles[0]
        for column, text in enumerate((worksheet, at, mark.heading, mark.text), start=1):
            _write(sheet.cell(row, column), text)
        if at:
            quoted = worksheet.replace("'", "''")
            sheet.cell(row, 2).hyperlink = f"#'{quoted}'!{at}"
            sheet.cell(row, 2).font = Font(color="0563C1", underline="single")
    sheet.freeze_panes = "A2"
    book.active = 0
    for each in book.worksheets[1:]:
        each.sheet_view.tabSelected = False


def _free_title(title: str, taken: Sequence[str]) -> str:
    return next(
        name for name in (title, *(f"{title}{n}" for n in range(2, 999))) if name not in taken
    )


def _plain_title(title: str) -> str:
    """Return a name that a worksheet may have."""
    return "".join("_" if each in "\\/*?:[]" else each for each in title)
