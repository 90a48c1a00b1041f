"""The layout of a story in clean text: lines, items of lists, labelled lines, sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_MARKER = re.compile(
    r"[ \t\u3000]*(?:(?:[-*•·→]|[\u2460-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]"
    r"|[(]?图?[\d一二三四五六七八九十]{1,3}[)]|\d{1,3}\s*、|\d{1,3}\s*[.](?!\d)|\d{1,"
    r"3}[ \t]+(?=[\u4e00-\u9fff])|"
    r"第[一二三四五六七八九十\d]{1,3}[站处家个][::、]?|[一二三四五六七八九十]{1,3}[、.]"
    r"|(?:站点|点位|驿站)[一二三四五六七八九十\d]{1,3}(?=[::、 ])[::、]?|[▎▏▍▌◎☞►▶]"
    r"|【|#{1,4} ?)[ \t\u3000]*)+"
)
_LABEL = re.compile(
    r"[ \t\u3000]*(?:(?P<label>[\u4e00-\u9fff]{2,6})[::]|"
    r"(?P<bare>(?:详细|具体)?地址|位置|(?:开放|服务|营业)时间)[ \t]*[|丨/])[ \t]*(?P<value>.*)$"
)
#: A pin before a name marks an item, before anything else an address.
_HEADED = re.compile(r"驿站|驿家|小站|之家|港湾|接力站|服务站")
_SENTENCE_END = re.compile(r"[。!?;;\n]+[”)]?")


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


@dataclass(frozen=True, slots=True)
class Layout:
    """Lines and sentences of one story."""

    text: str
    lines: tuple[Line, ...]
    title_end: int

    def line_at(self, position: int) -> Line:
        """The line that holds a position."""
        for line in self.lines:
            if position <= line.end:
                return line
        return self.lines[-1]

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence around a position."""
        start = 0
        for found in _SENTENCE_END.finditer(self.text):
            if found.end() > position:
                return start, found.end()
            start = found.end()
        return start, len(self.text)

    def sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        """The sentences between two positions."""
        spans = []
        position = start
        for found in _SENTENCE_END.finditer(self.text, start, end):
            spans.append((position, found.end()))
            position = found.end()
        return [*spans, (position, end)] if position < end else spans


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
    lines = _pinned(text, lines)
    return Layout(text, tuple(lines), _title_end(text, lines, title_lines))


def _line(content: str, start: int, headings: dict[str, str], first: bool) -> Line:
    marker = _MARKER.match(content)
    lead = marker.end() if marker else len(content) - len(content.lstrip(" \t\u3000"))
    label = _LABEL.match(content[lead:])
    words = (label["label"] or label["bare"]) if label else ""
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
