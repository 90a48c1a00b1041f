"""What the columns of a sheet mean: by their headings, and by what their cells look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.utils.cell import get_column_letter

from geomap.arriving.by_cells import MOST_CELLS, has_clock_times, most, refine
from geomap.arriving.headings import Headings, Meaning
from geomap.arriving.values import is_nothing, read_pair
from geomap.model.tables import LEDGER
from geomap.sheets.cells import half_width, read_day
from geomap.sheets.grid import Grid
from geomap.sheets.reading import TITLE_ROWS, plain_heading

#: Columns that several headings may feed together.
_MANY = frozenset(("facility",))
_STATION = re.compile(r"(?:驿站|服务站点?|服务点|之家|小屋|港湾|服务中心|站)(?:\(.*\)|（.*）)?$")
_BRACKETED = re.compile(r"\((.+?)\)")
#: What a heading of hours says besides when: the rest tells it from its neighbours (周末).
_HOURS_WORDS = re.compile(
    r"\s|(?:对外)?(?:开放|营业|服务|运营|作息|工作(?!日))?(?:起止)?(?:时间段?|时段|情况)|\((?:24小时制|必填|选填)\)"
)
_WHEN = re.compile(r"[夏冬春秋月日周假末季]|\d")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its letter and heading, what it means, and what became of it.

    ``label`` is a second heading that belongs to each cell (夏季); ``fate`` is ``read``, ``kept``
    (understood by nobody, so it stays as it is), ``again`` (another column says the same, so it
    stays too), ``number`` (running numbers) or ``empty``. ``has_names``: most cells end as
    names of stations do. ``timed``: a column of hours that tells times of day.
    """

    number: int
    heading: str
    meaning: Meaning
    fate: str
    label: str = ""
    has_names: bool = False
    timed: bool = False

    @property
    def letter(self) -> str:
        """What a spreadsheet calls the column."""
        return get_column_letter(self.number + 1)


@dataclass(frozen=True, slots=True)
class Top:
    """The lines of headings: the first row below them, the headings, and second ones."""

    below: int
    headings: tuple[str, ...]
    labels: tuple[str, ...]


def find_top(grid: Grid, headings: Headings) -> Top | None:
    """Return the headings of a sheet, on one line or on two; None where no line has any."""
    best: tuple[int, int, Top] | None = None
    for number, cells in enumerate(grid.rows[:TITLE_ROWS]):
        one = Top(number + 1, tuple(cells), ("",) * len(cells))
        below = grid.rows[number + 1] if number + 1 < len(grid.rows) else []
        for top in (one, _joined(number, cells, below, headings)):
            if top is not None and (known := _count(top, headings)):
                rank = (known, -top.below, top)
                best = max(best or rank, rank, key=lambda each: each[:2])
    return best[2] if best else None


def _count(top: Top, headings: Headings) -> int:
    """Return how many different things the headings name, one that looks like a cell not."""
    pairs = zip(top.headings, top.labels, strict=True)
    named = {str(_read(head, label, headings)[0]) for head, label in pairs if len(head) <= 30}
    return len(named - {"", "serial"})


def _joined(number: int, upper: list[str], lower: list[str], headings: Headings) -> Top | None:
    """Return two lines as one, where the second completes the first (经纬度 | 经度, 纬度)."""
    width = max(len(upper), len(lower))
    above, below = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    filled = [at for at in range(width) if below[at].strip()]
    carried, last = [], ""
    for at in range(width):
        last = above[at] or (last if below[at].strip() else "")
        carried.append(last)
    added = [at for at in filled if not above[at].strip() or above[at + 1 : at + 2] == [""]]
    plain = all(len(below[at]) <= 20 and read_pair(below[at]) is None for at in filled)
    named = any(str(headings.read(below[at])) for at in filled) or len(added) > 1
    if not filled or not plain or not named or added != filled or len(filled) == width:
        return None
    if any(read_day(below[at]) or half_width(below[at]).strip().isdigit() for at in filled):
        return None
    return Top(number + 2, tuple(carried), tuple(cell.strip() for cell in below))


def _read(heading: str, label: str, headings: Headings) -> tuple[Meaning, str]:
    """Return what two lines of a heading mean together, and the label its cells keep."""
    upper = headings.read(heading)
    if not label:
        return upper, ""
    lower = headings.read(label)
    if lower.column:
        return replace(lower, datum=lower.datum or upper.datum, exact=False), ""
    return upper, label


def read_columns(
    top: Top, rows: Sequence[Sequence[str]], headings: Headings
) -> tuple[SheetColumn, ...]:
    """Return what every column of the sheet is; ``rows`` are those below the headings."""
    width = max([len(top.headings), *map(len, rows)], default=0)
    columns = []
    for at in range(width):
        head, label = (row[at] if at < len(row) else "" for row in (top.headings, top.labels))
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        told = [cell for cell in cells if not is_nothing(cell)][:MOST_CELLS]
        meaning, kept = _read(head, label, headings)
        if head.strip() not in LEDGER.names:  # our own columns hold what they are called
            meaning = refine(meaning, told, headings.words)
        fate = "read" if meaning.column else "kept"
        fate = "number" if meaning.column == "serial" else fate
        written = "/".join(filter(None, (head.strip(), label))) or (
            f"({get_column_letter(at + 1)})"
        )
        if cells or head.strip():
            fate = fate if cells else "empty"
            names = bool(cells) and most(cells, lambda cell: bool(_STATION.search(cell)))
            timed = meaning.column == "opening_hours" and has_clock_times(cells)
            columns.append(SheetColumn(at, written, meaning, fate, kept, names, timed))
    return _once_each(columns)


def _name_by_cells(columns: list[SheetColumn]) -> list[SheetColumn]:
    """Take for the name, where no heading says it, the column whose cells are names of stations."""
    read = {each.meaning.column for each in columns if each.fate == "read"}
    if read & {"name", "new_name", "old_name", "station_id"}:
        return columns
    named = [each for each in columns if each.fate == "kept" and each.has_names]
    return [
        replace(each, meaning=Meaning("name"), fate="read") if each in named[:1] else each
        for each in columns
    ]


def _label_hours(columns: list[SheetColumn]) -> list[SheetColumn]:
    """Give hours of several columns the words that tell them apart (夏季, 周末, 5-9月)."""
    hours = [each for each in columns if each.meaning.column == "opening_hours"]
    timed = any(each.timed for each in hours)
    columns = [replace(each, timed=timed) if each in hours else each for each in columns]
    labels = {each.number: each.label or _when(each.heading) for each in hours}
    if len(hours) < 2 or len({*labels.values()}) < len(hours):
        return columns
    return [replace(each, label=labels.get(each.number, each.label)) for each in columns]


def _when(heading: str) -> str:
    """Return the part of a heading of hours that says when they hold; empty for always."""
    plain = half_width(heading)
    bracketed = _BRACKETED.search(plain)
    for said in (bracketed.group(1) if bracketed else "", _BRACKETED.sub("", plain)):
        rest = _HOURS_WORDS.sub("", said)
        if _WHEN.search(rest):
            return rest
    return ""


def _date_changes(columns: list[SheetColumn]) -> list[SheetColumn]:
    """Take 时间 over days for the day of a change, where the sheet tells changes."""
    read = {each.meaning.column for each in columns if each.fate == "read"}
    told = bool(read & {"change", "after", "new_address", "new_name", "new_hours"})
    dated = Meaning("change_on") if told and "change_on" not in read else Meaning()
    fate = "read" if dated.column else "kept"
    return [
        replace(each, meaning=dated, fate=fate) if each.meaning.column == "day" else each
        for each in columns
    ]


def _once_each(columns: list[SheetColumn]) -> tuple[SheetColumn, ...]:
    """Keep one column for each meaning: the exact heading, else the first; the others stay hers."""
    columns = _name_by_cells(_label_hours(_date_changes(columns)))
    first: dict[str, SheetColumn] = {}
    for column in sorted(columns, key=lambda each: not each.meaning.exact):
        if column.fate == "read":
            first.setdefault(column.meaning.column, column)
    return tuple(
        replace(column, fate="again")
        if column.fate == "read"
        and column.meaning.column not in _MANY
        and first[column.meaning.column] is not column
        and not (column.label and _completes(first[column.meaning.column]))
        else column
        for column in columns
    )


def _completes(first: SheetColumn) -> bool:
    """Whether columns with words of their own may stand beside the first of their meaning."""
    return bool(first.label) or first.meaning.column == "opening_hours"


def is_same_heading(cells: Sequence[str], top: Top) -> bool:
    """Whether a row repeats the headings, as on every page of a long list."""
    filled = [(cell, head) for cell, head in zip(cells, top.headings, strict=False) if cell.strip()]
    same = sum(plain_heading(cell) == plain_heading(head) for cell, head in filled)
    return len(filled) > 1 and same == len(filled)
