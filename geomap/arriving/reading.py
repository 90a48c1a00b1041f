"""Any sheet in: its worksheets, what became of each column, and of each row that is no station."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl.utils.cell import get_column_letter

from geomap.arriving.asides import Aside, aside_kind
from geomap.arriving.cells import RowCells, fill_home, read_cells, settle_datum
from geomap.arriving.changes import (
    Change,
    mentions_closing,
    read_change,
    split_name,
    title_change,
)  # fmt: skip
from geomap.arriving.columns import SheetColumn, Top, find_top, read_columns
from geomap.arriving.headings import Headings, find_datum
from geomap.arriving.home import find_home, find_year
from geomap.arriving.values import read_mark
from geomap.divisions import Divisions
from geomap.model.records import Finding, InputError
from geomap.model.settings import Home
from geomap.model.tables import LEDGER
from geomap.model.vocabulary import Vocabulary
from geomap.sheets.grid import Grid
from geomap.sheets.reading import Row, Sheet, read_grids


@dataclass(frozen=True, slots=True)
class Arriving:
    """One worksheet in our columns, and what became of every part of it.

    ``sheet`` has the stations' rows, ``changes`` what a row says has changed, by row number;
    ``old_names`` the names before. ``columns`` is empty where no headings were found: then nothing
    was read. ``heading_row`` is the lowest line of headings, as a spreadsheet counts.
    """

    title: str
    sheet: Sheet
    columns: tuple[SheetColumn, ...] = ()
    asides: tuple[Aside, ...] = ()
    changes: Mapping[int, Change] | None = None
    old_names: Mapping[int, str] | None = None
    heading_row: int = 1

    def with_cell(self, finding: Finding) -> Finding:
        """Return a finding with the cell that it is about, as the clerk's own sheet calls it.

        What has no column of its own (a district that the title states) is at the station's name.
        """
        if finding.cell or not self.columns:
            return finding
        wanted = (finding.column, "name", "new_name", "old_name")
        fed = (each for want in wanted for each in self.columns if _feeds(each, want))
        column = next(fed, self.columns[0])
        row = finding.row or self.heading_row
        return replace(finding, cell=self.cell_of(column.letter, row), heading=column.heading)

    def cell_of(self, letter: str, row: int) -> str:
        """Return what a spreadsheet calls a cell: Sheet1!G2, or G2 of a CSV."""
        return f"{self.title}!{letter}{row}" if self.title else f"{letter}{row}"

    def cell(self, row: int, column: str) -> str:
        """Return what a spreadsheet calls the cell of one of our columns."""
        letter = next((each.letter for each in self.columns if _feeds(each, column)), "")
        return self.cell_of(letter, row)


_FED_BY = {
    "lon": ("coordinate",), "lat": ("coordinate",), "access": ("is_public",),
    "status": ("is_operating", "is_closed", "change"), "facilities": ("facility",),
    "opening_hours": ("opens", "new_hours"), "district": ("division",),
    "address": ("new_address",), "name": ("new_name",),
}  # fmt: skip


def _feeds(column: SheetColumn, ours: str) -> bool:
    return column.fate == "read" and column.meaning.column in (ours, *_FED_BY.get(ours, ()))


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
        raise InputError(
            f"{path.name}: the file is empty; it needs a line of headings",
            code="sheet-empty", where=path.name,
        )  # fmt: skip
    reader = _Reader(path.name, words, divisions, home)
    arriving = tuple(reader.read(grid) for grid in grids)
    if not any(each.columns for each in arriving):
        raise InputError(
            f"{path.name}: no line with known headings in the first rows; "
            f"name the columns as in {', '.join(LEDGER.names[1:5])} …",
            code="headings-missing", where=path.name,
        )  # fmt: skip
    return arriving


class _Reader:
    """Reads the worksheets of one file."""

    def __init__(self, file: str, words: Vocabulary, divisions: Divisions, home: Home) -> None:
        self._file, self._words, self._divisions, self._home = file, words, divisions, home
        self._headings = Headings(words)

    def read(self, grid: Grid) -> Arriving:
        top = find_top(grid, self._headings)
        if top is None:
            return Arriving(grid.title, Sheet(self._file, (), (), ()))
        asides, kept = self._sort_rows(grid, top)
        merged = _fill_down(grid, top)
        stations = [(number, grid.rows[number - 1]) for number in kept]
        columns = read_columns(top, [cells for _, cells in stations], self._headings)
        titles = [cell for row in grid.rows[: top.below] for cell in row if cell.strip()]
        titles = [text for text in titles if text not in (*top.headings, *top.labels)]
        return _OneSheet(
            self._file, grid, columns, asides, " ".join(dict.fromkeys(titles)),
            self._words, self._divisions, self._home, top.below,
        ).read(stations, merged)  # fmt: skip

    def _sort_rows(self, grid: Grid, top: Top) -> tuple[tuple[Aside, ...], list[int]]:
        """Return the rows that are no stations, and the numbers of those that are."""
        asides, kept = [], []
        for number, cells in enumerate(grid.rows[top.below :], start=top.below + 1):
            filled = [cell.strip() for cell in cells if cell.strip()]
            if filled:
                kind = aside_kind(cells, filled, top)
                if kind:
                    asides.append(Aside(number, kind, filled[0]))
                else:
                    kept.append(number)
        return tuple(asides), kept


def _fill_down(grid: Grid, top: Top) -> list[tuple[int, int, int]]:
    """Write a cell that spans rows into each of them: so it reads on the screen."""
    filled = []
    for first, last, column in grid.spans:
        if first >= top.below and first < len(grid.rows) and column < len(grid.rows[first]):
            filled.append((first + 1, last + 1, column))
            for cells in grid.rows[first + 1 : last + 1]:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = grid.rows[first][column]
    return filled


@dataclass(slots=True)
class _OneSheet:
    """One worksheet whose columns are known."""

    file: str
    grid: Grid
    columns: tuple[SheetColumn, ...]
    asides: tuple[Aside, ...]
    title: str
    words: Vocabulary
    divisions: Divisions
    around: Home
    heading_row: int

    def read(
        self, stations: list[tuple[int, list[str]]], merged: list[tuple[int, int, int]]
    ) -> Arriving:
        homes = self._homes()
        year = find_year(self.title)
        rows: list[Row] = []
        changes: dict[int, Change] = {}
        old_names: dict[int, str] = {}
        findings = [*self.grid.outside]
        asked: list[int] = []
        for number, texts in stations:
            row = read_cells(texts, self.columns, self.divisions)
            if settle_datum(row, self._datum_evidence, self._is_ours):
                asked.append(number)
            change = self._change(row, year)
            fill_home(row, homes[number], self.divisions)
            if change:
                changes[number] = change
                findings += self._unread_days(number, row, change)
            else:
                self._keep_facts(row, texts)
            if not change and (closing := self._closing_words(row)):
                at, words = closing
                message = f"{words[:80]!r} speaks of a closing or a move; is it this station's?"
                findings.append(self._finding(number, at, "closing-mentioned", message))
            old_names[number] = row.facts.get("old_name", "")
            findings += [self._finding(number, at, code, told) for at, code, told in row.problems]
            rows.append(Row(number, row.cells, row.others))
        findings += self._ask_for_datum(asked)
        named = {column.number: column.meaning.column for column in self.columns}
        spans = tuple((first, last, named.get(at, "")) for first, last, at in merged)
        ours = dict.fromkeys(c.meaning.column for c in self.columns if c.fate == "read")
        sheet = Sheet(self.file, tuple(ours), (), tuple(rows), spans, tuple(findings))
        return Arriving(
            self.grid.title, sheet, self.columns, self.asides, changes, old_names, self.heading_row
        )

    def _homes(self) -> Mapping[int, Home]:
        """Return the area of each row: its section's, the title's, the tab's, or the map's."""
        tab = find_home(self.grid.title, self.divisions, self.around)
        title = find_home(self.title, self.divisions, self.around).within(tab)
        title = title.within(self.around)
        sections = {each.row: each.text for each in self.asides if each.kind == "section"}
        homes, home = {}, title
        for number in range(1, len(self.grid.rows) + 1):
            if number in sections:
                home = find_home(sections[number], self.divisions, title).within(title)
            homes[number] = home
        return homes

    @property
    def _datum_evidence(self) -> str:
        """The datum that the title or a note names beside the word for coordinates."""
        texts = [self.title, *(each.text for each in self.asides if each.kind == "note")]
        about = [text for text in texts if re.search("坐标|经纬度|定位", text)]
        return find_datum(" ".join(about))

    @property
    def _is_ours(self) -> bool:
        """Whether a datum left empty means WGS-84: our own columns, or one for the datum."""
        headings = {each.heading for each in self.columns if each.fate == "read"}
        named = any(each.meaning.column == "datum" for each in self.columns)
        return named or headings <= {*LEDGER.names}

    def _ask_for_datum(self, rows: list[int]) -> Iterator[Finding]:
        if rows:
            at = next(c.number for c in self.columns if c.meaning.column in ("lon", "coordinate"))
            message = (
                f"{len(rows)} coordinates, and nothing says which app or device they are from; "
                "they are taken as 700 m unsure"
            )
            yield self._finding(rows[0], at, "datum-missing", message, f"× {len(rows)}")

    def _change(self, row: RowCells, year: str) -> Change | None:
        """Return what the row says has changed; words that a status has for it are taken out."""
        patterns = self.words.changes
        row.cells["name"], bracketed = split_name(row.cells["name"], patterns)
        status = row.cells["status"]
        known = self.words.statuses.get(status, self.words.statuses.get(status.lower(), ""))
        said = "" if known in ("operating", "planned", "converted", "unknown") else status
        dated = next((c.heading for c in self.columns if c.meaning.column == "change_on"), "")
        dated = (
            dated if row.facts.get("change_on") and mentions_closing(dated, patterns) else ""
        )  # 撤销时间: a day there says it is so
        told = row.facts.get("change", "")
        plain = ";".join(filter(None, (said, bracketed, told or dated)))
        plain = plain or title_change(self.title, patterns) if not known else plain
        free = [row.cells["note"], *row.others.values()]
        if plain == known and known in ("closed", "suspended"):
            plain = {"closed": "撤销", "suspended": "暂停"}[known]
        change = read_change(plain, free, row.facts, year, patterns)
        if change and not known and status and not change.doubtful:
            row.cells["status"] = ""
        elif not known and _stands(status):
            row.cells["status"] = "operating"
        return change

    def _keep_facts(self, row: RowCells, texts: Sequence[str]) -> None:
        """Keep in columns of hers what a row that has not changed says in columns for changes."""
        for column in self.columns:
            if column.fate == "read" and column.meaning.column in row.facts:
                text = texts[column.number].strip() if column.number < len(texts) else ""
                row.others |= {column.heading: text} if text else {}

    def _unread_days(self, number: int, row: RowCells, change: Change) -> Iterator[Finding]:
        for fact, read in (("change_on", change.on), ("until", change.until)):
            if row.facts.get(fact) and not read:
                at = next(c.number for c in self.columns if c.meaning.column == fact)
                message = f"{row.facts[fact][:80]!r} is no day; write 2026-11-20"
                yield self._finding(number, at, "date-unreadable", message)

    def _closing_words(self, row: RowCells) -> tuple[int, str] | None:
        """Return the number of the column, and the words there that speak of a closing."""
        texts = {"note": row.cells["note"]}
        others = [each for each in row.others.items() if read_mark(each[1]) is not False]
        texts |= {heading: f"{heading}: {text}" for heading, text in others}
        spoken = (t for t in texts.items() if mentions_closing(t[1], self.words.changes))
        name, words = next(spoken, ("", ""))
        at = (c.number for c in self.columns if name in (c.heading, c.meaning.column))
        return (next(at, 0), words) if words else None

    def _finding(self, number: int, at: int, code: str, message: str, detail: str = "") -> Finding:
        column = next((c for c in self.columns if c.number == at), None)
        letter = get_column_letter(at + 1)
        cell = f"{self.grid.title}!{letter}{number}" if self.grid.title else f"{letter}{number}"
        named = column.meaning.column or column.heading if column else ""
        heading = column.heading if column else ""
        return Finding(self.file, number, named, code, message, detail, cell, heading)


def _stands(status: str) -> bool:
    """Whether words that are in no list say plainly that a station operates (正常对外开放)."""
    words = re.search(r"正常|在用|运[营行]|开放|营业|投用|启用", status)
    return bool(words) and not re.search(r"[未不没非停暂待拟筹无]|[?？]", status)
