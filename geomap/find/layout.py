"""The layout of a story in clean text: lines, items of lists, labelled lines, sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from geomap.find.spans import between

_MARKER = re.compile(
    r"[ \t\u3000]*(?:(?:[-*•·→]|[\u2460-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]"
    r"|[(]?图?[\d一二三四五六七八九十]{1,3}[)]|\d{1,3}\s*[、/](?!\d)|\d{1,3}\s*[.](?!\d)|\d{1,"
    r"3}[ \t]+(?=[\u4e00-\u9fff])|"
    r"第[一二三四五六七八九十\d]{1,3}[站处家个][::、]?|[一二三四五六七八九十]{1,3}[、.]"
    r"|(?:站点|点位|驿站)[一二三四五六七八九十\d]{1,3}(?=[::、 ])[::、]?|[▎▏▍▌◎☞►▶]"
    r"|【|#{1,4} ?)[ \t\u3000]*)+"
)
_LABEL = re.compile(
    r"[ \t\u3000]*(?:(?P<label>[\u4e00-\u9fff](?:[ \u3000]{0,4}[\u4e00-\u9fff]){1,5})[::]|"
    r"(?P<bare>(?:详细|具体)?地址|位置|(?:开放|服务|营业)时间)[ \t]*[|丨/])[ \t]*(?P<value>.*)$"
)
#: A pin before a name marks an item, before anything else an address.
_HEADED = re.compile(r"驿站|驿家|小站|之家|港湾|接力站|服务站")
_SENTENCE_END = re.compile(r"[。!?;;\n]+[”)]?")
#: A name of a place, and where it is or when it is open.
SAYS_WHERE = re.compile(
    r"(?P<name>[^:,。;\s\d|]{2,14}[站点屋亭驿家处湾吧角栈室]):(?=[^:\n]{0,40}(?:[路街巷道镇村]|\d号|楼|旁|门|\d:\d\d|全天))"
)
#: 文昌桥站:饮水机无水 may be such a line too, where each of several says something of its station.
_OF_STATION = re.compile(r"(?P<name>[^:,。;\s\d|]{2,10}(?<!服务)站):(?=[^:\n]{2})")
_FEWEST_ROWS = 3
#: A longer sentence is none (characters): the longest of the labelled articles has 186. What has
#: no stop is cut here, so that what is read around each place of it stays small.
_LONGEST_SENTENCE = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``start`` to ``end`` in clean text, ``body`` where the text after a marker starts.

    ``label`` is the column a label means (地址: → address), empty where there is none.
    """

    start: int
    end: int
    body: int
    marked: bool
    label: str
    value: int


@dataclass(frozen=True)
class Layout:
    """Lines and sentences of one story."""

    text: str
    lines: tuple[Line, ...]
    title_end: int

    @cached_property
    def line_starts(self) -> list[int]:
        """Where the lines begin."""
        return [line.start for line in self.lines]

    @cached_property
    def _line_ends(self) -> list[int]:
        return [line.end for line in self.lines]

    @cached_property
    def last_address(self) -> int:
        """Where the last line labelled as an address begins; -1 where there is none."""
        return max((line.start for line in self.lines if line.label == "address"), default=-1)

    @cached_property
    def _stops(self) -> list[int]:
        return self._ends(0, len(self.text))

    def _ends(self, start: int, end: int) -> list[int]:
        """Where the sentences of a stretch end; the last one ends with it."""
        ends: list[int] = []
        for stop in [*(f.end() for f in _SENTENCE_END.finditer(self.text, start, end)), end]:
            ends += [*range(start + _LONGEST_SENTENCE, stop, _LONGEST_SENTENCE), stop]
            start = stop
        return ends

    def number_at(self, position: int) -> int:
        """The number of the line that holds a position."""
        return min(bisect_left(self._line_ends, position), len(self.lines) - 1)

    def line_at(self, position: int) -> Line:
        """The line that holds a position."""
        return self.lines[self.number_at(position)]

    def lines_between(self, start: int, end: int) -> Sequence[Line]:
        """The lines that begin in ``start`` to ``end`` (exclusive)."""
        numbers = between(self.line_starts, start, end)
        return self.lines[numbers.start : numbers.stop]

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence around a position."""
        number = bisect_right(self._stops, position)
        start = self._stops[number - 1] if number else 0
        return start, self._stops[number] if number < len(self._stops) else len(self.text)

    def sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        """The sentences between two positions."""
        return [(a, b) for a, b in pairwise([start, *self._ends(start, end)]) if a < b]


def read_layout(text: str, headings: dict[str, str], title_lines: int) -> Layout:
    """Lines of clean text.

    Parameters
    ----------
    headings : label words to column names (words.toml [headings]).
    title_lines : how many of the first lines may be headlines.
    """
    lines: list[Line] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        content = raw.rstrip("\r\n \t\u3000")
        if content.strip(" \t\u3000"):
            lines.append(_line(content, position, headings, not lines))
        position += len(raw)
    lines = _rows_of_colons(text, _pinned(text, lines))
    return Layout(text, tuple(lines), _title_end(text, lines, title_lines))


def _line(content: str, start: int, headings: dict[str, str], first: bool) -> Line:
    marker = _MARKER.match(content)
    lead = marker.end() if marker else len(content) - len(content.lstrip(" \t\u3000"))
    label = _LABEL.match(content[lead:])
    words = re.sub(r"\s", "", label["label"] or label["bare"]) if label else ""
    column = headings.get(words, "" if first or len(words) > 4 else "other") if label else ""
    value = start + lead + (label.start("value") if label and column else 0)
    if content.strip().startswith("📍") and not column and not _HEADED.search(content):
        column = "address"
    return Line(start, start + len(content), start + lead, marker is not None, column, value)


def _pinned(text: str, lines: list[Line]) -> list[Line]:
    """Pins one below the other, or below a heading in brackets, mark places, not addresses."""
    pins = [text.startswith("📍", line.start) and line.label == "address" for line in lines]
    read = []
    for number, line in enumerate(lines):
        above = number and (pins[number - 1] or text.startswith("【", lines[number - 1].start))
        below = number + 1 < len(lines) and pins[number + 1]
        listed = pins[number] and (above or below)
        read.append(replace(line, label="", value=line.start) if listed else line)
    return read


def _rows_of_colons(text: str, lines: list[Line]) -> list[Line]:
    """凯旋路站:凯旋下路12号,7:00-22:00: lines of a name and what is said of it are items."""
    read = list(lines)
    rows = [
        SAYS_WHERE.match(text, line.body, line.end) or _OF_STATION.match(text, line.body, line.end)
        for line in lines
    ]
    for first, after in _runs_of(rows):
        names = {row["name"] for row in rows[first:after] if row}
        if after - first >= _FEWEST_ROWS and len(names) == after - first:
            for number in range(first, after):
                line = lines[number]
                read[number] = replace(line, marked=True, label="", value=line.start)
    return read


def _runs_of(rows: Sequence[object]) -> list[tuple[int, int]]:
    """(first, after) of the runs of what is there."""
    edges = [bool(row) for row in (None, *rows, None)]
    turns = [number for number, (a, b) in enumerate(pairwise(edges)) if a != b]
    return list(zip(turns[::2], turns[1::2], strict=True))


def _title_end(text: str, lines: list[Line], most: int) -> int:
    """Where the headlines end: short first lines without a full stop, not items of a list."""
    end = 0
    for line in lines[:most]:
        content = text[line.body : line.end]
        if end and re.search(r"(?:名单|一览表?|清单)$", text[:end]):
            break
        if (
            len(content) > 50
            or "。" in content
            or "\t" in content
            or "|" in content
            or line.label
            or content.endswith((":", ";"))
        ):
            break
        if end and re.search(r"[,;:!。]", content.rstrip("!~")) and not content.startswith("—"):
            break
        if line.marked and not text[line.start : line.body].strip().startswith("#"):
            break
        end = line.end
    return end
