"""What the columns of a sheet mean: by their headings, and by what their cells look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.utils.cell import get_column_letter

from geomap.arriving.by_cells import MOST_CELLS, looks, refine
from geomap.arriving.headings import Headings, Meaning, is_of_others
from geomap.arriving.packed import find_parts, unpack
from geomap.arriving.top import Top, read_path
from geomap.arriving.values import is_ditto, is_nothing
from geomap.model.tables import LEDGER
from geomap.sheets.cells import half_width

#: Columns that several headings may feed together.
_MANY = frozenset(("facility", "detail"))
#: What stands over more words of a change.
_MORE = re.compile("内容|说明|原因|缘由|事由|理由|详情|具体|描述|结果|什么|怎么")
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
    stays too), ``number`` (running numbers) or ``empty``. ``looks``: what most cells look like.
    ``source`` is the number of the column whose cells hold it among others; itself elsewhere.
    """

    number: int
    heading: str
    meaning: Meaning
    fate: str
    label: str = ""
    looks: frozenset[str] = frozenset()
    source: int = -1

    @property
    def letter(self) -> str:
        """What a spreadsheet calls the column."""
        return get_column_letter((self.number if self.source < 0 else self.source) + 1)


def read_columns(
    top: Top, rows: Sequence[list[str]], headings: Headings
) -> tuple[SheetColumn, ...]:
    """Return what every column of the sheet is; ``rows`` are those below the headings."""
    width = max([len(top.paths), *map(len, rows)], default=0)
    columns: list[SheetColumn] = []
    for at in range(width):
        path = top.paths[at] if at < len(top.paths) else ()
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        written = _written(at, top)
        if not cells and not path:
            continue
        if parts := find_parts(path[-1] if path else "", cells[:MOST_CELLS], headings):
            columns.append(SheetColumn(at, written, Meaning(), "kept"))
            first = max(width, *(column.number + 1 for column in columns))
            columns += _unpacked(at, first, written, parts, rows, headings)
        else:
            column = _read_column(at, path, written, cells, headings)
            seldom = frozenset(("changes",) if 2 * len(cells) < len(rows) else ())
            columns.append(replace(column, looks=column.looks - seldom))
    return _once_each(columns)


def _unpacked(
    at: int, first: int, written: str, parts: Sequence[Meaning], rows: Sequence[list[str]],
    headings: Headings,
) -> list[SheetColumn]:  # fmt: skip
    """Return a column for each of several facts that cells hold; their texts go behind the row."""
    for row in rows:
        found = unpack(row[at], parts, headings) if at < len(row) else {}
        row += [""] * (first - len(row))
        row += [found.get(part.column, "") for part in parts]
    return [
        SheetColumn(first + number, written, replace(part, exact=False), "read", source=at)
        for number, part in enumerate(parts)
    ]


def _read_column(
    at: int, path: Sequence[str], written: str, cells: Sequence[str], headings: Headings
) -> SheetColumn:
    told = [cell for cell in cells if not (is_nothing(cell) or is_ditto(cell))][:MOST_CELLS]
    meaning, label = read_path(path, headings)
    if path[-1:] not in [(name,) for name in LEDGER.names]:  # our own hold what they are called
        meaning = refine(meaning, written, told, headings.words)
    fate = "read" if meaning.column else "kept"
    fate = "number" if meaning.column == "serial" else fate
    return SheetColumn(
        at,
        written,
        meaning,
        fate if cells else "empty",
        label,
        looks(written, told, headings.words),
    )


def _written(at: int, top: Top) -> str:
    """Return what a column is called: its own line, with those above where others have the same."""
    path = top.paths[at] if at < len(top.paths) else ()
    alone = sum(each[-1:] == path[-1:] for each in top.paths) == 1
    return (path[-1] if alone else "/".join(path)) if path else f"({get_column_letter(at + 1)})"


def _name_by_cells(columns: list[SheetColumn]) -> list[SheetColumn]:
    """Take for the name, where no heading says it, the column whose cells are names of stations."""
    read = {each.meaning.column for each in columns if each.fate == "read"}
    if read & {"name", "new_name", "old_name"}:
        return columns
    named = [c for c in columns if ("names" in c.looks and c.fate == "kept") or c.meaning.by_cells]
    named = [c for c in named if "names" in c.looks and not is_of_others(c.heading)][:1]
    return [
        replace(each, meaning=Meaning("name"), fate="read") if each in named else each
        for each in columns
    ]


def _pair_moments(columns: list[SheetColumn]) -> list[SheetColumn]:
    """Take two columns of one time of day each for when the door opens and closes."""
    two = [each for each in columns if "moment" in each.looks and each.fate in ("read", "kept")]
    if len(two) != 2 or {each.meaning.column for each in two} == {"opens", "closes"}:
        return columns
    ends = dict(zip((each.number for each in two), ("opens", "closes"), strict=True))
    return [
        replace(each, meaning=Meaning(ends[each.number], exact=True), fate="read", label="")
        if each.number in ends
        else each
        for each in columns
    ]


def _label_hours(columns: list[SheetColumn]) -> list[SheetColumn]:
    """Give hours of several columns the words that tell them apart (夏季, 周末, 5-9月)."""
    hours = [each for each in columns if each.meaning.column == "opening_hours"]
    looks = frozenset().union(*(each.looks for each in hours)) & {"moments"}
    columns = [replace(c, looks=c.looks | looks) if c in hours else c for c in columns]
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


def _find_changes(columns: list[SheetColumn]) -> list[SheetColumn]:
    """Take the column whose cells say changes for that, and those that tell more of them."""
    named = any(c.meaning.column in ("name", "old_name") for c in columns)
    unlike = {"days"} if named else {"days", "names"}
    free = [c for c in columns if c.fate == "kept" or (c.fate == "read" and _is_open(c.meaning))]
    free = [c for c in free if not is_of_others(c.heading) and not c.looks & unlike]
    free = [c for c in free if not c.meaning.facility]
    told = [c for c in columns if c.meaning.column == "change" and c.fate == "read"]
    first = (told or [c for c in free if "changes" in c.looks])[:1]
    if not first:
        return columns
    later = [c for c in (*told, *free) if c not in first]
    later = [c for c in later if c in told or _MORE.search(c.heading) or "changes" in c.looks]
    meant = {c.number: "detail" for c in later}
    if first[0].meaning.column != "status":
        meant[first[0].number] = "change"
    return [
        replace(c, meaning=Meaning(meant[c.number]), fate="read") if c.number in meant else c
        for c in columns
    ]


def _is_open(meaning: Meaning) -> bool:
    """Whether a column may tell changes in spite of what it was taken for."""
    return meaning.by_cells or (meaning.column == "note" and not meaning.exact)


def _date_changes(columns: list[SheetColumn]) -> list[SheetColumn]:
    """Take a column of days that says no more for the day of a change, where changes are told."""
    read = {each.meaning.column for each in columns if each.fate == "read"}
    told = read & {"change", "detail", "after", "new_address", "new_name", "new_hours"}
    days = [c for c in columns if "days" in c.looks and c.fate == "kept"] if told else []
    days = [c for c in days if not is_of_others(c.heading) and "change_on" not in read][:1]
    return [
        replace(c, meaning=Meaning("change_on"), fate="read") if c in days else c for c in columns
    ]


def _once_each(columns: list[SheetColumn]) -> tuple[SheetColumn, ...]:
    """Keep one column for each meaning: the exact heading, else the first; the others stay hers."""
    columns = _date_changes(_find_changes(_pair_moments(columns)))
    columns = _name_by_cells(_label_hours(columns))
    first: dict[str, SheetColumn] = {}
    for column in sorted(columns, key=_rank):
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


def _rank(column: SheetColumn) -> tuple[bool, bool, int]:
    """Return who of one meaning comes first: the exact heading, what has one, the latest year."""
    year = re.search(r"(20\d\d)年", column.heading)
    return not column.meaning.exact, column.meaning.by_cells, -int(year.group(1)) if year else 0


def _completes(first: SheetColumn) -> bool:
    """Whether columns with words of their own may stand beside the first of their meaning."""
    return bool(first.label) or first.meaning.column == "opening_hours"
