"""Tables pasted one cell below the other, whose cells may be wrapped over several lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile

from geomap.find.columns import is_address
from geomap.find.layout import Layout, Line
from geomap.find.lexicon import Lexicon

ROW_NUMBER = re.compile(r"\d{1,4}$")
#: A row has no more lines; what stands below the last one.
_MOST_LINES = 16
_BELOW = re.compile(r"^(?:注|备注|说明|附)[::]|[上下]一[篇条]|。$|.{60}")
_TIMED = re.compile(r"\d[::点时]|全天|24小时|周[一二三四五六日末]|每[天日]|月|随|工作日|开放|开门")
#: Between the hours of one season and the next one.
_SEASONS = re.compile(r"(:\d\d)\n(?=\d+月|周|每|双休)")
#: A line that goes on with the hours above it: 13:30-17:00 below 8:30-11:00.
_HOURS_LINE = re.compile(
    r"(?:周|星期|每[周日天]|工作日|节假日|双休|上午|下午|夏季|冬季|全天|\d{1,2}[::点时])[^,。;]{0,24}。?$"
)
#: 附:驿站地址 heads lines that say in turn who and where.
_WHERE_HEADING = re.compile(r"[^,。;!?]{0,12}(?:地址|位置|名单|一览)(?:如下)?[::]?$")
_WITH_NUMBER = re.compile(r"\d+(?:-\d+)?号|[路街道巷][^,。;]{0,12}\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words and where they start in clean text."""

    text: str
    start: int


def read_numbered(
    layout: Layout, after: int, columns: list[str], lexicon: Lexicon
) -> tuple[list[str], int, list[list[Cell]]]:
    """Rows that a number opens; a cell may be wrapped over several lines."""
    rows: list[list[Cell]] = []
    while after < len(layout.lines):
        lines = [whole_line(layout, layout.lines[after])]
        if not ROW_NUMBER.fullmatch(lines[0].text):
            break
        for above, line in pairwise(layout.lines[after : after + _MOST_LINES]):
            cell = whole_line(layout, line)
            apart = len(lines) >= len(columns) and "\n\n" in layout.text[above.end : line.start]
            if apart or ROW_NUMBER.fullmatch(cell.text) or _BELOW.search(cell.text):
                break
            lines.append(cell)
        if len(lines) < len(columns):
            break
        rows.append(_joined(lines, columns, lexicon))
        after += len(lines)
    return columns, after, rows


def _joined(lines: list[Cell], columns: list[str], lexicon: Lexicon) -> list[Cell]:
    """The lines of a row as its cells: the cut, in order, that fits the columns best."""
    if len(lines) == len(columns):
        return lines
    best: list[tuple[float, list[int]]] = [(0.0, [0])]
    for number, line in enumerate(lines[1:], 1):
        reached: list[tuple[float, list[int]]] = []
        for column in range(
            max(len(columns) - len(lines) + number, 0), min(number + 1, len(columns))
        ):
            ways = [way for way in best if way[1][-1] in (column - 1, column)]
            if ways:
                fit, way = max(ways, key=lambda one: one[0])
                reached.append((fit + _fits(line.text, columns[column], lexicon), [*way, column]))
        best = reached
    way = next(way for _, way in best if way[-1] == len(columns) - 1)
    parts = [
        [line for line, at in zip(lines, way, strict=True) if at == n] for n in range(len(columns))
    ]
    return [
        Cell(
            _SEASONS.sub(r"\1;", "\n".join(c.text for c in cells)).replace("\n", ""), cells[0].start
        )
        for cells in parts
    ]


def _fits(words: str, column: str, lexicon: Lexicon) -> float:
    """How well a line fits a column (at most 2)."""
    if column == "ordinal":
        return -2.0
    if column == "name":
        return 2.0 if lexicon.find_heads(words) else 0.5 * lexicon.is_place(words)
    if column == "address":
        return 2.0 if is_address(words) else float(words[0] == "(" or lexicon.is_place(words))
    if column == "opening_hours":
        return 2.0 if _TIMED.search(words) else 0.0
    if column == "facilities":
        return 2.0 if lexicon.facilities(words) or words in "/-—无" else 0.0
    return 0.5


def whole_line(layout: Layout, line: Line) -> Cell:
    """A line that is one cell."""
    content = layout.text[line.start : line.end]
    return Cell(content.strip(), line.start + len(content) - len(content.lstrip()))


def is_prose(words: str) -> bool:
    """Whether a line is a sentence, and no cell."""
    return len(words) > 60 or words.endswith("。")


def read_wrapped_hours(layout: Layout, after: int, lexicon: Lexicon) -> list[Cell]:
    """The lines that go on with the hours of the row above them."""
    cells = (whole_line(layout, line) for line in layout.lines[after : after + _MOST_LINES])
    goes_on = takewhile(
        lambda c: _HOURS_LINE.match(c.text) and not lexicon.find_heads(c.text), cells
    )
    return list(goes_on)


def join_hours(cells: list[Cell]) -> Cell:
    """The lines of one cell of hours: 星期一至五 and its hours, or hours and further ones."""
    words = ""
    for cell in cells:
        told = cell.text.rstrip("。")
        words += f",{told}" if words[-1:].isdigit() else told
    return Cell(words, cells[0].start)


def read_pairs(
    layout: Layout, number: int, lexicon: Lexicon
) -> tuple[list[str], int, list[list[Cell]]]:
    """Lines below 附驿站地址 that say in turn who has a station and where: two pairs or more."""
    heading = whole_line(layout, layout.lines[number]).text
    rows: list[list[Cell]] = []
    after = number + 1
    if not _WHERE_HEADING.fullmatch(heading):
        return [], number, rows
    for line, below in zip(layout.lines[after::2], layout.lines[after + 1 :: 2], strict=False):
        name, where = whole_line(layout, line), whole_line(layout, below)
        if line.label or below.label or line.marked or not _is_pair(name.text, where.text, lexicon):
            break
        rows.append([name, where])
    if len(rows) < 2:
        return [], number, []
    return ["name", "address"], after + 2 * len(rows), rows


def _is_pair(name: str, where: str, lexicon: Lexicon) -> bool:
    placed = lexicon.is_place(name) or bool(lexicon.find_heads(name))
    said = _WITH_NUMBER.search(where) and not is_prose(where)
    return placed and bool(said) and not _WITH_NUMBER.search(name)
