"""The rows of a worksheet whose columns are known: what each says of its station."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils.cell import get_column_letter

from geomap.arriving.arrived import Arriving, cell_name
from geomap.arriving.asides import Aside, section_area
from geomap.arriving.cells import RowCells, read_cells, resolve_datum
from geomap.arriving.changes import (
    IS_NEW,
    Change,
    effective_day,
    is_address,
    is_plan,
    mentions_closing,
    old_name,
    read_change,
    split_name,
    title_change,
)  # fmt: skip
from geomap.arriving.columns import SheetColumn
from geomap.arriving.headings import Meaning, find_datum
from geomap.arriving.home import fill_home, find_home, find_town, find_year
from geomap.arriving.packed import unpack
from geomap.arriving.values import PHONE, find_status, read_mark, says_operating
from geomap.divisions import Divisions
from geomap.model.records import Finding
from geomap.model.settings import Home
from geomap.model.tables import LEDGER
from geomap.model.vocabulary import Vocabulary
from geomap.places.datum import Datum
from geomap.sheets.cells import half_width
from geomap.sheets.grid import Grid, cell_at
from geomap.sheets.reading import Row, Sheet

_TOLD_OF_NEW = (Meaning("address"), Meaning("opening_hours"))


@dataclass(slots=True)
class Worksheet:
    """One table of a worksheet whose columns are known; ``above`` are the titles before its own."""

    file: str
    grid: Grid
    columns: tuple[SheetColumn, ...]
    asides: tuple[Aside, ...]
    title: str
    above: str
    words: Vocabulary
    divisions: Divisions
    around: Home
    heading_row: int

    def read(
        self, stations: list[tuple[int, list[str]]], merged: list[tuple[int, int, int]]
    ) -> Arriving:
        """Return what the rows say; ``merged`` are spans of cells that were filled in."""
        areas, evidence, is_ours = self._areas(), self._datum_evidence, self._is_ours
        year = find_year(self.title) or find_year(self.above)
        rows: list[Row] = []
        changes: dict[int, Change] = {}
        old_names: dict[int, str] = {}
        findings = [*self.grid.outside]
        asked: list[int] = []
        all_day: list[tuple[int, int]] = []
        for number, texts in stations:
            row = read_cells(texts, self.columns, self.divisions)
            self._complete_days(row, year)
            if row.all_day is not None:
                all_day.append((number, row.all_day))
            home, town = areas[number]
            row.cells["township"] = row.cells["township"] or town
            if resolve_datum(row, evidence, is_ours):
                asked.append(number)
            change = self._change(row, year)
            fill_home(row.cells, home, self.divisions)
            if change:
                changes[number] = change
                findings += self._unread_days(number, row, change)
            else:
                self._take_new(row)
                self._keep_facts(row, texts)
            if not change and (closing := self._closing_words(row)):
                at, words = closing
                message = f"{words[:80]!r} speaks of a closing or a move; is it this station's?"
                findings.append(self._finding(number, at, "closing-mentioned", message))
            old_names[number] = row.facts.get("old_name", "") or (
                old_name(change) if change else ""
            )
            findings += [self._finding(number, at, code, told) for at, code, told in row.problems]
            rows.append(Row(number, row.cells, row.others))
        findings += self._ask_for_datum(asked)
        findings += self._note_all_day(all_day)
        named = {column.number: column.meaning.column for column in self.columns}
        spans = tuple((first, last, named.get(at, "")) for first, last, at in merged)
        ours = dict.fromkeys(c.meaning.column for c in self.columns if c.fate == "read")
        sheet = Sheet(self.file, tuple(ours), (), tuple(rows), spans, tuple(findings))
        return Arriving(
            self.grid.title, sheet, self.columns, self.asides, changes, old_names, self.heading_row
        )

    def _areas(self) -> Mapping[int, tuple[Home, str]]:
        """Return the area of each row, and the township of the section it stands in.

        The area is its section's, the title's, the tab's, or the map's.
        """
        tab = find_home(self.grid.title, self.divisions, self.around)
        above = find_home(self.above, self.divisions, self.around).within(tab)
        title = find_home(self.title, self.divisions, above.within(self.around)).within(above)
        title = title.within(self.around)
        sections = {each.row: each.text for each in self.asides if each.kind == "section"}
        texts = (self.title, self.grid.title, self.above)
        said = any(c.meaning.column == "township" and c.fate == "read" for c in self.columns)
        towns = () if said else (find_town(text, self.divisions, title) for text in texts)
        whole = next(filter(None, towns), "")
        areas, home, town = {}, title, whole
        for number in range(1, len(self.grid.rows) + 1):
            if text := sections.get(number):
                home = find_home(text, self.divisions, title).within(title)
                area = section_area(text)
                town = area if re.search("(?:街道|镇|乡)$", area) else whole
            areas[number] = home, town
        return areas

    @staticmethod
    def _complete_days(row: RowCells, year: str) -> None:
        """Give a day without a year that of the title."""
        for column in ("opened_on", "closed_on", "verified_on"):
            if year and re.fullmatch(r"\d{1,2}月(?:\d{1,2}日)?", row.cells[column]):
                row.cells[column] = f"{year}年{row.cells[column]}"

    def _note_all_day(self, rows: list[tuple[int, int]]) -> Iterator[Finding]:
        if rows:
            number, at = rows[0]
            message = f"全天 in {len(rows)} rows is taken as 24 hours; if not, write the times"
            yield self._finding(number, at, "hours-all-day", message, f"× {len(rows)}")

    @property
    def _datum_evidence(self) -> str:
        """The datum that the title or a note names beside the word for coordinates."""
        texts = [
            self.title,
            self.above,
            *(each.text for each in self.asides if each.kind == "note"),
        ]
        if {"typecode", "adname"} <= {each.heading.lower() for each in self.columns}:
            return Datum.GCJ02.value  # the columns of AMap's own search for places
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
        known = find_status(status, self.words.statuses)
        if known and status.lower() not in self.words.statuses:
            row.cells["status"] = known
        said = "" if known in ("operating", "planned", "converted", "unknown") else status
        dated = next((c.heading for c in self.columns if c.meaning.column == "change_on"), "")
        dated = (
            dated if row.facts.get("change_on") and mentions_closing(dated, patterns) else ""
        )  # 撤销时间: a day there says it is so
        told = self._change_words(row.facts.get("change", ""))
        plain = ";".join(filter(None, (said, bracketed, told or dated)))
        plain = plain or title_change(self.title, patterns) if not known else plain
        plain = plain or ("" if known else title_change(self.grid.title, patterns))
        if not (known or status or plain) and is_plan(self.title):
            row.cells["status"] = "planned"
        things = {
            c.heading for c in self.columns if c.meaning.facility
        }  # a broken oven shuts nothing
        free = [text for heading, text in row.others.items() if heading not in things]
        free.insert(0, row.cells["note"])
        if plain == known and known in ("closed", "suspended"):
            plain = {"closed": "撤销", "suspended": "暂停"}[known]
        change = read_change(plain, free, row.facts, year, patterns, effective_day(self.title))
        if change and not known and status and not change.doubtful:
            row.cells["status"] = ""
        elif not known and says_operating(status):
            row.cells["status"] = "operating"
        return change

    def _change_words(self, text: str) -> str:
        """Return what the column for changes says, with a heading that says it: 停用原因."""
        head = next((c.heading for c in self.columns if c.meaning.column == "change"), "")
        if text in ("启用", "开放"):
            return "恢复开放"  # in a list of changes; as a status it says no change
        why = head.endswith("原因") and text and read_mark(text) is not False
        return f"{head}: {text}" if why else text

    def _take_new(self, row: RowCells) -> None:
        """Take what a list of changes tells besides: a new number; of a new station all it says."""
        words = half_width(
            ";".join(row.facts.get(each, "") for each in ("change", "detail", "after"))
        )
        numbers = PHONE.findall(words) if re.search("电话|热线|号码", words) else []
        row.cells["phone"] = row.cells["phone"] or (numbers[-1] if numbers else "")
        if is_plan(self.title) or not IS_NEW.match(row.facts.get("change", "")):
            return
        told = {"opened_on": row.facts.get("change_on", "")}
        for name in ("after", "detail"):
            found = unpack(row.facts.get(name, ""), _TOLD_OF_NEW)
            if found.get("address") and not is_address(found["address"]):
                del found["address"]  # 新建 says why, and not where
            told = found | told
        row.cells |= {name: text for name, text in told.items() if not row.cells[name]}

    def _keep_facts(self, row: RowCells, texts: Sequence[str]) -> None:
        """Keep in columns of hers what a row that has not changed says in columns for changes."""
        for column in self.columns:
            if column.fate == "read" and column.meaning.column in row.facts:
                text = cell_at(texts, column.number)
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
        letter = column.letter if column else get_column_letter(at + 1)
        cell = cell_name(self.grid.title, letter, number)
        named = column.meaning.column or column.heading if column else ""
        heading = column.heading if column else ""
        return Finding(self.file, number, named, code, message, detail, cell, heading)
