"""A newspaper page is several stories: where each begins, its headline and its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geomap.model.records import Story
from geomap.text.script import simplify

#: What opens the first paragraph of a news story.
_DATELINE = re.compile(
    r"[ \t\u3000#*]*(?:本报讯|本网讯|本刊讯|本台讯|新华社|中新网|中工网|[^,。::\s]{2,"
    r"8}(?:日报|晚报|新闻|网|报|客户端)?讯[ \u3000(,]|"
    r"[^,。]{0,12}(?:记者|通讯员)[^,。]{1,20}报道|□[ \u3000]*本报记者)"
)
#: What opens a paragraph of a digest, where every paragraph is a story of its own.
_DIGEST = re.compile(
    r"[ \t\u3000]*(?:[\u4e00-\u9fff]{2,8}[市区縣县區鎮镇](?!里|場|场)|近日|日前|昨日|"
    r"昨天|今天|近期|连日来|春节前夕|节前|\d{1,2}月\d{1,2}日|\d{1,2}日|\d{1,"
    r"2}月[上中下]旬|截至)[,起上下,]?"
)
#: 【沭阳 花乡夜灯】江苏沭阳县…: a paragraph of a digest that names its own place or sender.
_BRACKETED = re.compile(r"[^【\w]{0,4}[\d\-: ./]{0,14}【[^】]{2,16}】(?=.{12})")
_CREDIT = re.compile(r"[ \t\u3000]*据?《[^》]{2,12}》[ \u3000]*$")
_RULE = re.compile(r"[ \t]*(?:[-=*_—]{3,}|广告)[ \t]*$")
_CAPTION = re.compile(r"(?:摄|摄影报道|/图)\)?$|^图为|^(?:本报)?(?:记者|通讯员) ")
_DATE = re.compile(r"((?:19|20)\d{2})[-年./](\d{1,2})[-月./](\d{1,2})日?(?!\d)")
_SENTENCE = re.compile(r"[,。!?;]")
_ITEM = re.compile(r"[ \t\u3000]*(?:[-*•·●○■▍▶📍|【(]|\d{1,3}[.、)]|[①-⑳]|[^,。;]{2,8}:)")
_FEWEST_BRACKETED = 3
#: Of a list in sections, whose items have labels, no line is a story.
_LABELLED = re.compile(r"^[^,。]{0,4}(?:地址|位置|(?:开放|服务)时间)[:：]")
#: Headlines are short (characters); up to this many lines of them stand above a story.
_HEADLINE, _HEADLINES = 48, 4
#: A headline between two paragraphs that opens a story without a date line is shorter still.
_TITLE = 30


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def is_heading(self) -> bool:
        """Short, no sentence in it, not an item of a list."""
        plain = simplify(self.text).strip(" #")
        if not plain or len(plain) > _HEADLINE or _ITEM.match(plain) or "\t" in plain:
            return False
        if _CAPTION.search(plain):
            return False
        return not plain.endswith(("。", ";", "、")) and len(_SENTENCE.findall(plain)) <= 1

    @property
    def is_body(self) -> bool:
        """A paragraph of prose."""
        return len(self.text) >= 40 and bool(_SENTENCE.search(simplify(self.text)))


def split_stories(text: str, start: int, title: str, date: str) -> tuple[Story, ...]:
    """Stories of ``text[start:]``; offsets are those of ``text``.

    Parameters
    ----------
    start : where the text after the front matter begins.
    title : the document's own title; empty: the first line.
    date : ISO 8601 or empty, for stories without a day of their own.
    """
    lines = list(_lines(text, start))
    firsts = sorted({0, *_beginnings(lines)})
    stories = []
    for number, (first, after) in enumerate(zip(firsts, [*firsts[1:], len(lines)], strict=True)):
        if first >= len(lines):
            break
        begin = lines[first].start if first else start
        end = lines[after].start if after < len(lines) else len(text)
        heading = title if number == 0 and title else _headline(lines[first:after])
        stories.append(Story(number, heading, text[begin:end], begin, date))
    return tuple(story for story in stories if story.text.strip())


def find_date(text: str) -> str:
    """The day a document states of itself (ISO 8601): near its head, else in its last line."""
    head, tail = text[:160], text.rstrip()[-40:]
    for part in (head, tail):
        for year, month, day in _DATE.findall(part):
            if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
                return f"{year}-{int(month):02}-{int(day):02}"
    return ""


def _lines(text: str, start: int) -> Iterator[_Line]:
    position = start
    for raw in text[start:].splitlines(keepends=True):
        if raw.strip(" \t\r\n\u3000\f"):
            yield _Line(position, raw.rstrip("\r\n"))
        position += len(raw)


def _beginnings(lines: list[_Line]) -> list[int]:
    """Numbers of the lines where a further story begins."""
    datelines = [n for n, line in enumerate(lines) if _DATELINE.match(simplify(line.text))]
    if len(datelines) >= 2:
        return [_above(lines, number) for number in datelines] + _titled(lines, datelines[0])
    bracketed = [n for n, line in enumerate(lines) if _BRACKETED.match(simplify(line.text))]
    if len(bracketed) >= _FEWEST_BRACKETED and not any(
        _LABELLED.search(line.text) for line in lines
    ):
        return bracketed
    openings = [
        n for n, line in enumerate(lines) if line.is_body and _DIGEST.match(simplify(line.text))
    ]
    if len(openings) >= 4:
        credits = [n + 1 for n, line in enumerate(lines[:-1]) if _CREDIT.match(simplify(line.text))]
        return openings + credits
    return [n + 1 for n, line in enumerate(lines[:-1]) if _RULE.match(line.text)]


def _above(lines: list[_Line], number: int) -> int:
    """The first of the headlines above a date line."""
    first = number
    while first > 0 and number - first < _HEADLINES and lines[first - 1].is_heading:
        first -= 1
    return first


def _titled(lines: list[_Line], first_dateline: int) -> list[int]:
    """On a page of several stories, a headline between two paragraphs may open one more."""
    return [
        number
        for number in range(first_dateline + 2, len(lines) - 1)
        if lines[number].is_heading
        and len(lines[number].text) <= _TITLE
        and not lines[number - 1].is_heading
        and simplify(lines[number - 1].text).rstrip().endswith(("。", "”", "摄", ")"))
        and any(line.is_body for line in lines[number + 1 : number + 4])
    ]


def _headline(lines: list[_Line]) -> str:
    heads = []
    for line in lines[:_HEADLINES]:
        if not line.is_heading:
            break
        heads.append(line.text.strip(" #\t\u3000"))
    return " ".join(heads)
