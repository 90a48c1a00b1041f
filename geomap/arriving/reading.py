"""Any sheet in: its worksheets, what became of each column, and of each row that is no station."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from geomap.arriving.arrived import Arriving
from geomap.arriving.asides import Aside, aside_kind
from geomap.arriving.columns import SheetColumn, read_columns
from geomap.arriving.headings import Headings
from geomap.arriving.top import Top, find_next, find_top
from geomap.arriving.values import is_ditto
from geomap.arriving.worksheet import Worksheet
from geomap.divisions import Divisions
from geomap.model.records import Finding, InputError
from geomap.model.settings import Home
from geomap.model.tables import LEDGER
from geomap.model.vocabulary import Vocabulary
from geomap.sheets.grid import Grid, cell_at, fill_down
from geomap.sheets.reading import Sheet, read_grids, refuse_empty, refuse_headings

_AREAS = ("province", "city", "district", "township", "division")


def read_arriving(
    path: Path, words: Vocabulary, divisions: Divisions, home: Home
) -> tuple[Arriving, ...]:
    """Return the worksheets of a file that hold anything.

    Parameters
    ----------
    home : the area of the map, for rows whose sheet names none.

    Raises
    ------
    InputError
        The file cannot be read, is empty, or has no known heading on any worksheet.
    """
    grids = [grid for grid in read_grids(path) if any(any(cells) for cells in grid.rows)]
    if not grids:
        raise refuse_empty(path.name)
    headings = Headings(words)
    arriving = tuple(
        each for grid in grids for each in _read_grid(path.name, grid, headings, divisions, home)
    )
    if not any(each.columns for each in arriving):
        for form in (found for each in arriving for found in each.sheet.findings):
            raise InputError(str(form), code=form.code, where=path.name, findings=(form,))
        raise refuse_headings(path.name, LEDGER.names[1:])
    return arriving


def _read_grid(
    file: str, grid: Grid, headings: Headings, divisions: Divisions, home: Home
) -> Iterator[Arriving]:
    """Yield the tables of a worksheet, one under the other."""
    top, above = find_top(grid, headings), ""
    if top is None:
        yield Arriving(grid.title, Sheet(file, (), (), ()))
    while top is not None:
        later = find_next(grid, top, headings)
        end = _title_row(grid, later) if later else len(grid.rows)
        part = replace(grid, rows=grid.rows[:end], outside=[] if above else grid.outside)
        title = _title(grid, _title_row(grid, top) if above else 0, top)
        yield _read_table(file, part, top, (title, above), headings, divisions, home)
        top, above = later, " ".join(filter(None, (above, title)))


def _read_table(
    file: str, grid: Grid, top: Top, titles: tuple[str, str], headings: Headings,
    divisions: Divisions, home: Home,
) -> Arriving:  # fmt: skip
    if _is_form(grid, top, headings):
        message = "a form of one station; make a list of it, one line of headings, a row a station"
        form = Finding(file, top.below, "", "sheet-form", message)
        return Arriving(grid.title, Sheet(file, (), (), (), findings=(form,)))
    asides, kept = _sort_rows(grid, top)
    merged = [(first + 1, last + 1, at) for first, last, at in fill_down(grid, top.below)]
    stations = [(number, grid.rows[number - 1]) for number in kept]
    columns = read_columns(top, [cells for _, cells in stations], headings)
    merged += _fill_blanks(stations, columns, bool(grid.spans))
    _repeat_above(stations, columns)
    return Worksheet(
        file, grid, columns, asides, *titles, headings.words, divisions, home, top.below
    ).read(stations, merged)


def _is_form(grid: Grid, top: Top, headings: Headings) -> bool:
    """Whether the rows below the headings begin with headings too (名称 | 甲 / 地址 | 乙路)."""
    firsts = [next((c for c in row if c.strip()), "") for row in grid.rows[top.below :]]
    firsts = [cell for cell in firsts if cell]
    known = {headings.find_exact(cell) for cell in firsts} - {None}
    return len(known) > 2 and 2 * len(known) > len(firsts)


def _sort_rows(grid: Grid, top: Top) -> tuple[tuple[Aside, ...], list[int]]:
    """Return the rows that are no stations, and the numbers of those that are."""
    asides, kept = [], []
    for number, cells in enumerate(grid.rows[top.below :], start=top.below + 1):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if filled and (kind := aside_kind(cells, filled, top)):
            asides.append(Aside(number, kind, filled[0]))
        elif filled:
            kept.append(number)
    return tuple(asides), kept


def _title_row(grid: Grid, top: Top) -> int:
    """Return the row, from 0, at which the title above headings begins, else the headings."""
    row = top.first
    while row and sum(bool(cell.strip()) for cell in grid.rows[row - 1]) == 1:
        row -= 1
    return row


def _title(grid: Grid, first: int, top: Top) -> str:
    """Return what stands above the headings of a table, from a row on."""
    texts = [cell for row in grid.rows[first : top.first] for cell in row if cell.strip()]
    return " ".join(dict.fromkeys(texts))


def _fill_blanks(
    stations: list[tuple[int, list[str]]], columns: Iterable[SheetColumn], has_spans: bool
) -> list[tuple[int, int, int]]:
    """Fill in what a merged cell of a division left blank where its sheet forgot the merging.

    So it is where every name stands in one run from the first row on; two runs of one name say
    that each row states its own.
    """
    filled: list[tuple[int, int, int]] = []
    for column in columns:
        area = column.fate == "read" and column.meaning.column in _AREAS
        area = area and column.heading not in LEDGER.names  # a ledger's own rows say all they know
        cells = [cell_at(row, column.number) for _, row in stations]
        names = [cell for cell in cells if cell]
        grouped = len({*names}) == len(names) > 1 and cells[0]
        if not area or has_spans or not grouped or len(names) == len(cells):
            continue
        first, above = 0, ""
        for (number, row), cell in zip(stations, cells, strict=True):
            if cell:
                first, above = number, cell
            else:
                row += [""] * (column.number + 1 - len(row))
                row[column.number] = above
                filled = [span for span in filled if span[::2] != (first, column.number)]
                filled.append((first, number, column.number))
    return filled


def _repeat_above(stations: list[tuple[int, list[str]]], columns: Iterable[SheetColumn]) -> None:
    """Write out 同上: the cell above in its column."""
    for column in columns:
        above = ""
        for _, row in stations if column.fate == "read" else ():
            text = cell_at(row, column.number)
            if above and is_ditto(text):
                row[column.number] = above
            above = row[column.number].strip() if text else ""
