"""The cells of a sheet as text, within the limits; what lies beyond them is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from openpyxl.utils.cell import get_column_letter

from geomap.files.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_STRAYS
from geomap.model.records import Finding, InputError

#: First row, last row and column of a merged cell, from 0.
Span = tuple[int, int, int]
_EXCEL_ROWS, _EXCEL_COLUMNS = 1_048_576, 16_384
_Value = TypeVar("_Value")


@dataclass(slots=True)
class Grid:
    """The cells of a sheet as they are read, within the limits, and what lies beyond them.

    ``title`` is what stands on the worksheet's tab.
    """

    file: str
    rows: list[list[str]] = field(default_factory=list)
    outside: list[Finding] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    title: str = ""


def collect_rows(
    name: str, rows: Iterable[Sequence[_Value]], as_text: Callable[[_Value], str]
) -> Grid:
    """Return the rows as text; a stray cell far outside and an over-long text are named instead.

    Raises
    ------
    InputError
        There are more cells, or more strays, than a sheet of this kind can have.
    """
    grid = Grid(name)
    cells = 0
    for number, values in enumerate(rows, start=1):
        cells += len(values)
        texts = [as_text(value) for value in values[:MAX_COLUMNS]]
        _note_outside(grid, number, texts, values[MAX_COLUMNS:])
        if number <= MAX_ROWS:
            grid.rows.append(texts)
        if cells > MAX_CELLS or number > _EXCEL_ROWS or len(grid.outside) > MAX_STRAYS:
            raise too_large(name)
    return grid


def cell_at(cells: Sequence[str], column: int) -> str:
    """Return the stripped text of a column, from 0; empty beyond the end of a row."""
    return cells[column].strip() if column < len(cells) else ""


def fill_down(grid: Grid, below: int) -> list[Span]:
    """Write each cell that spans rows into all of them, as it reads on the screen; return those.

    Parameters
    ----------
    below : the first row below the headings, from 0.
    """
    filled = []
    for first, last, column in grid.spans:
        if below <= first < len(grid.rows) and column < len(grid.rows[first]):
            filled.append((first, last, column))
            for cells in grid.rows[first + 1 : last + 1]:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = grid.rows[first][column]
    return filled


def too_large(name: str) -> InputError:
    """Return the error of a sheet beyond the limits."""
    return InputError(
        f"{name}: more than {MAX_ROWS} rows, {MAX_COLUMNS} columns or {MAX_CELLS} cells; "
        "split the sheet, or delete the empty columns and rows behind the table",
        code="sheet-too-large", where=name, detail=f"{MAX_ROWS} × {MAX_COLUMNS}",
    )  # fmt: skip


def _note_outside(grid: Grid, number: int, texts: list[str], beyond: Sequence[object]) -> None:
    """Name what of a row lies outside the limits; an over-long text leaves an empty cell."""
    for column, text in enumerate(texts, start=1):
        if len(text) > MAX_CELL:
            texts[column - 1] = ""
            message = f"{len(text)} characters in one cell, not read; a quotation mark may be open"
            grid.outside.append(
                Finding(grid.file, number, get_column_letter(column), "cell-too-long", message)
            )
    stray = len(texts) + len(beyond) if any(beyond) else len(texts) if any(texts) else 0
    if any(beyond) or (stray and number > MAX_ROWS):
        message = "a cell far outside the table, not read; delete it"
        letters = get_column_letter(min(stray, _EXCEL_COLUMNS))
        grid.outside.append(Finding(grid.file, number, letters, "cell-outside", message))
