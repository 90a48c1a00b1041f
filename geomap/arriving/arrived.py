"""One worksheet in our columns, with what became of every part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from geomap.arriving.asides import Aside
from geomap.arriving.changes import Change
from geomap.arriving.columns import SheetColumn
from geomap.model.records import Finding
from geomap.sheets.reading import Sheet


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
    changes: Mapping[int, Change] = field(default_factory=dict)
    old_names: Mapping[int, str] = field(default_factory=dict)
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
        cell = cell_name(self.title, column.letter, row)
        return replace(finding, cell=cell, heading=column.heading)

    def cell(self, row: int, column: str) -> str:
        """Return what a spreadsheet calls the cell of one of our columns."""
        letter = next((each.letter for each in self.columns if _feeds(each, column)), "")
        return cell_name(self.title, letter, row)


def cell_name(title: str, letter: str, row: int) -> str:
    """Return what a spreadsheet calls a cell: Sheet1!G2, or G2 where the sheet has no title."""
    return f"{title}!{letter}{row}" if title else f"{letter}{row}"


_FED_BY = {
    "lon": ("coordinate",), "lat": ("coordinate",), "access": ("is_public",),
    "status": ("is_operating", "is_closed", "change"), "facilities": ("facility",),
    "opening_hours": ("opens", "new_hours"), "district": ("division",),
    "address": ("new_address",), "name": ("new_name",),
}  # fmt: skip


def _feeds(column: SheetColumn, ours: str) -> bool:
    return column.fate == "read" and column.meaning.column in (ours, *_FED_BY.get(ours, ()))
