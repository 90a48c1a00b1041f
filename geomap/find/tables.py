"""Tables: columns by tab, bar or wide space, and tables flattened to a cell a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from operator import add

from geomap.find.columns import (
    LEAST_ROWS,
    guess_columns,
    hours_of_row,
    is_of_hours,
    name_column,
    read_cell,
    with_hours,
)
from geomap.find.drafts import Draft, Group, compose, split_bracket, tidy_name
from geomap.find.head import Head, Heads
from geomap.find.layout import Layout, Line
from geomap.find.lexicon import Lexicon
from geomap.find.stacked import (
    ROW_NUMBER,
    Cell,
    is_prose,
    join_hours,
    read_numbered,
    read_pairs,
    read_wrapped_hours,
    whole_line,
)

_CELLS = re.compile(r"[ \u3000]*(?:\t+|\||[ \u3000]{2,})[ \u3000]*")
_BARS = re.compile(r"\t|\|")
_ORDINAL = ("序号", "编号", "NO", "no", "No.", "序", "号")
_PLANNED = re.compile(r"建设中|在建|筹建|待建|拟建|即将|暂缓|预计")
_TOTAL = re.compile(r"合计|总计|小计|共计")
#: As in the row above.
_DITTO = re.compile(r"同上|〃|″|同前")


def find_tables(
    layout: Layout, heads: Heads, lexicon: Lexicon, theme: str
) -> tuple[list[Draft], list[tuple[int, int]]]:
    """A draft for every row of every table of places, and the spans of these tables."""
    drafts: list[Draft] = []
    spans: list[tuple[int, int]] = []
    headless = [_Headless(layout, lexicon, split) for split in (_cells, _spaced)]
    number = 0
    while number < len(layout.lines):
        columns, after, rows = _table_at(layout, number, lexicon, headless)
        if not columns:
            number += 1
            continue
        columns = with_hours(columns, [[cell.text for cell in row] for row in rows])
        drafts += [d for row in rows if (d := _draft(columns, row, layout, heads, lexicon, theme))]
        spans.append((layout.lines[number].start, layout.lines[after - 1].end))
        number = after
    return drafts, spans


def _table_at(
    layout: Layout, number: int, lexicon: Lexicon, headless: list[_Headless]
) -> tuple[list[str], int, list[list[Cell]]]:
    """(columns, number of the line after the table, rows); no columns where none starts here."""
    cells = _cells(layout, layout.lines[number])
    columns = _columns(cells, lexicon)
    if len(cells) >= 2 and columns:
        return _wide(layout, number, columns, _cells)
    cells = _spaced(layout, layout.lines[number])
    columns = _columns(cells, lexicon)
    if len(cells) >= 3 and columns:
        return _wide(layout, number, columns, _spaced)
    for columns, after, rows in (
        _flat(layout, number, lexicon),
        read_pairs(layout, number, lexicon),
    ):
        if columns:
            return columns, after, rows
    found = (table for tables in headless if (table := tables.at(number)))
    return next(found, ([], number, []))


class _Headless:
    """Lines of as many cells each, parted by spaces or bars, without a heading row.

    What the columns mean is judged from each line to the last that has as many cells: sums over
    those lines, added up once, from the last to the first.
    """

    def __init__(
        self, layout: Layout, lexicon: Lexicon, split: Callable[[Layout, Line], list[Cell]]
    ) -> None:
        self._rows = [[] if line.label else split(layout, line) for line in layout.lines]
        self._tables: dict[int, tuple[list[str], int]] = {}
        after = 0
        for cells, run in groupby(map(len, self._rows)):
            first, after = after, after + len(list(run))
            if 2 <= cells <= 6 and after - first >= LEAST_ROWS:
                self._judge(first, after, lexicon)

    def _judge(self, first: int, after: int, lexicon: Lexicon) -> None:
        tallies = [[0] * 8 for _ in self._rows[first]]
        for number in range(after - 1, first - 1, -1):
            for tally, cell in zip(tallies, self._rows[number], strict=True):
                tally[:] = map(add, tally, read_cell(cell.text, lexicon))
            columns = guess_columns(tallies, after - number)
            if columns and after - number >= LEAST_ROWS:
                self._tables[number] = columns, after

    def at(self, number: int) -> tuple[list[str], int, list[list[Cell]]] | None:
        """The table that begins at a line (see :func:`_table_at`)."""
        if number not in self._tables:
            return None
        columns, after = self._tables[number]
        return columns, after, self._rows[number:after]


def _spaced(layout: Layout, line: Line) -> list[Cell]:
    """The words of a line parted by single spaces: cells where the heading is parted so."""
    content = layout.text[line.start : line.end]
    return [
        Cell(found.group(), line.start + found.start()) for found in re.finditer(r"\S+", content)
    ]


def _wide(
    layout: Layout, number: int, columns: list[str], split: Callable[[Layout, Line], list[Cell]]
) -> tuple[list[str], int, list[list[Cell]]]:
    rows: list[list[Cell]] = []
    after = number + 1
    while after < len(layout.lines):
        row = split(layout, layout.lines[after])
        if len(row) == 1 and set(row[0].text) <= set("-=+: |"):
            after += 1
            continue
        if all(set(cell.text) <= set("-: ") for cell in row):
            after += 1
            continue
        if not 2 <= len(row) <= len(columns):
            break
        if (
            len(row) == len(columns) - 1
            and columns[0] == "ordinal"
            and not ROW_NUMBER.match(row[0].text)
        ):
            row = [Cell("", row[0].start), *row]
        rows.append(_carried(columns, row, rows))
        after += 1
    return columns, after, rows


def _carried(columns: list[str], row: list[Cell], rows: list[list[Cell]]) -> list[Cell]:
    """A merged cell of divisions stands once and holds for the rows below it; so does 同上."""
    if not rows:
        return row
    return [
        above
        if _DITTO.fullmatch(cell.text)
        or (not cell.text and column in ("district", "township", "city"))
        else cell
        for column, cell, above in zip(columns, row, rows[-1], strict=False)
    ]


def _flat(layout: Layout, number: int, lexicon: Lexicon) -> tuple[list[str], int, list[list[Cell]]]:
    """A table whose cells were pasted one below the other: heading lines, then rows of as many."""
    heading: list[Cell] = []
    while number + len(heading) < len(layout.lines) and len(heading) < 9:
        cell = whole_line(layout, layout.lines[number + len(heading)])
        if not lexicon.column(cell.text) and cell.text not in _ORDINAL:
            break
        heading.append(cell)
    columns = _columns(heading, lexicon)
    if len(heading) < 2 or not columns:
        return [], number, []
    after = number + len(heading)
    if columns[0] == "ordinal":
        return read_numbered(layout, after, columns, lexicon)
    rows: list[list[Cell]] = []
    while after + len(heading) <= len(layout.lines):
        row = [whole_line(layout, line) for line in layout.lines[after : after + len(heading)]]
        timed = columns[-1] == "opening_hours"
        if any(is_prose(cell.text) for cell in row[: len(row) - timed]):
            break
        after += len(heading)
        wrapped = read_wrapped_hours(layout, after, lexicon) if timed else []
        rows.append([*row[:-1], join_hours([row[-1], *wrapped])] if timed else row)
        after += len(wrapped)
    return columns, after, rows


def _columns(cells: list[Cell], lexicon: Lexicon) -> list[str]:
    """Column names of a heading row; empty where it is none."""
    names = []
    for cell in cells:
        word = re.sub(r"\s", "", cell.text)
        names.append("ordinal" if word in _ORDINAL else name_column(word, lexicon))
    known = [name for name in names if name and name not in ("ordinal", "opens", "closes")]
    known = [name for name in known if not name.startswith("hours ")]
    first = names.index("ordinal") + 1 if "ordinal" in names[:1] else 0
    told = sum(bool(name) for name in names[first:])
    if "name" not in known and "address" in known and told >= 2 and not names[first]:
        # 地方, 位置, 开门: what stands before where a place is, is what it is called.
        names[first] = "name"
        known.append("name")
    return names if len(known) >= 2 and ("name" in known or "address" in known) else []


def _cells(layout: Layout, line: Line) -> list[Cell]:
    """The cells of a line; an empty one between bars or tabs counts, so that columns stay true."""
    content = layout.text[line.start : line.end]
    framed = content.strip().startswith("|") and content.strip().endswith("|")
    marks = _BARS if "|" in content or "\t" in content else _CELLS
    cells = []
    position = 0
    for found in [*marks.finditer(content), None]:
        end = found.start() if found else len(content)
        words = content[position:end]
        cells.append(Cell(words.strip(), line.start + position + len(words) - len(words.lstrip())))
        position = found.end() if found else end
    if framed:
        return cells[1:-1]
    return cells if marks is _BARS else [cell for cell in cells if cell.text]


def _heads_in(cell: Cell, heads: Heads) -> Sequence[Head]:
    return heads.within(cell.start, cell.start + len(cell.text) + 1)


def _is_whole(name: str, lexicon: Lexicon) -> bool:
    """Whether a cell of names ends like a place to rest: 犁铧尖暖巢, 港湾小院, not 客运站."""
    return (
        len(name) >= 4
        and lexicon.open_end.search(name) is not None
        and not lexicon.no_head.search(name)
        and name[-2:] not in lexicon.place_ends
    )


def _draft(
    columns: list[str],
    row: list[Cell],
    layout: Layout,
    heads: Heads,
    lexicon: Lexicon,
    theme: str,
) -> Draft | None:
    cells = {column: cell for column, cell in zip(columns, row, strict=False) if column}
    words = {column: cell.text for column, cell in cells.items()}
    name, address = words.get("name", ""), words.get("address", "")
    if not name and not address:
        return None
    if not name:
        name, address = split_bracket(address)
    if any(_TOTAL.match(cell.text) for cell in row[:2]):
        return None
    place = cells.get("name") or cells["address"]
    own = _heads_in(place, heads)
    kind = own[-1].kind if own else "station"
    told = _heads_in(cells["kind"], heads) if "kind" in cells else ()
    if not own and told:
        name, kind = compose(name, told[-1].words), told[-1].kind
    elif not own and not (words.get("name") and _is_whole(name, lexicon)):
        if not theme:
            return None
        name = compose(name, theme)
    line, last = layout.line_at(row[0].start or place.start), row[-1]
    if last.start <= layout.line_at(place.start).end:
        line = layout.line_at(place.start)
    return Draft(
        name=tidy_name(name),
        kind=kind,
        start=place.start,
        end=place.start + len(place.text),
        rule="table",
        specific=(own[-1].specific if own else "") or tidy_name(place.text),
        block=(line.start, max(line.end, last.start + len(last.text))),
        group=Group("table"),
        address=address or words.get("address", ""),
        hours_text=hours_of_row(columns, [cell.text for cell in row]),
        hours_told=is_of_hours(columns),
        phone=words.get("phone", ""),
        district=words.get("district", ""),
        township=words.get("township", ""),
        status="planned" if _PLANNED.search("".join(words.values())) else "operating",
    )
