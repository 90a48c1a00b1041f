"""Enumerations whose elements are stations: A社区、B公园工会驿站; 东门站、桥头站和公园站."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geomap.find import phrases
from geomap.find.drafts import Draft, Group, compose
from geomap.find.elements import IS_DIVISION, last_place, split_list
from geomap.find.head import Head, Heads
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.numbers import read_number

#: 提供了休息取暖的“温馨港湾”, 成了…的工作站、…的暖心站, 打造成宣传站、前哨站: figures of speech.
FIGURE = re.compile(
    r"(?:提供|成了|成为|堪称|不愧是|犹如|就像|[办当]成)[^,。;:!?]*$|(?:打造|变|转化)成[^,。;:!?]*、[^,。;:!?]*$"
)
#: 歇脚点分别设在:A、B;C、D职工之家 names its head before the colon.
_LISTS = re.compile(r"(?:设在|位于|分别[是为在]|如下|包括):[^。!?\n]*\Z")
#: An enumeration of places is no longer (characters).
_REACH = 120
_CLAUSE_START = re.compile(r"[,。;:!?\n](?=[^,。;:!?\n]*\Z)")
_STOPS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,10}站[、和与及])+[\u4e00-\u9fff]{2,8}站(?![\u4e00-\u9fff]{0,2}线)"
)
#: 等4个服务站: each of them is one.
_OF_THEM = re.compile(r"等?(?P<n>[\d两三四五六七八九十]+)[个处家座][^,。;、]{0,8}[站点]")
_TRAFFIC = re.compile(
    r"(?:公交|地铁|高铁|火车|客运|汽车|加油|加气|充电|换电|服务|收费|工作|变电|快递|配送|网|小|[东西南北])站$"
)


def find_stops(layout: Layout, heads: Heads, lexicon: Lexicon) -> list[Draft]:
    """东门站、桥头站和公园站 in a text about riders: each is the name of a place."""
    drafts: list[Draft] = []
    text = layout.text
    for group, found in enumerate(_STOPS.finditer(text)):
        start, end = layout.sentence_at(found.start())
        as_one = phrases.AS_ONE.search(text, found.end(), end)
        if as_one or FIGURE.search(text, start, found.end()):
            continue  # 打造成宣传站、前哨站: what one house is to be
        position = found.start()
        parts = re.split("([、和与及])", found.group())
        number = _OF_THEM.match(text, found.end())
        counted = number is not None and 2 * read_number(number["n"]) == len(parts) + 1
        for part in parts:
            words = last_place(part, lexicon)
            at = position + max(part.rfind(words), 0)
            position += len(part)
            others = lexicon.no_head.search(words) or _TRAFFIC.search(words)
            if len(words) < 3 or not (
                counted or (others is None and not heads.touching(at, at + len(words)))
            ):
                continue
            stem, span = words.removesuffix("站"), (at, at + len(words))
            together = Group("stops", group)
            drafts.append(Draft(words, "station", *span, "list-before", stem, group=together))
    return drafts


def find_sharing(
    layout: Layout, heads: Heads, named: Sequence[Draft], lexicon: Lexicon
) -> list[Draft]:
    """The places that share the head of a named one behind them: A社区、B公园、C广场工会驿站."""
    drafts: list[Draft] = []
    for group, draft in enumerate(named):
        head = next(iter(heads.touching(draft.end - 1, draft.end)), None)
        if head is None or not lexicon.is_place(draft.specific):
            continue
        if _LISTS.search(layout.text, layout.line_at(draft.start).start, draft.start):
            continue
        start = _CLAUSE_START.search(layout.text, draft.start - _REACH, draft.start)
        before = layout.text[start.end() if start else max(draft.start - _REACH, 0) : draft.start]
        shared = list(_sharing(before, draft, head, heads, lexicon))
        if shared:
            draft.group = draft.group or Group("shared", group)
        for place, start_at in shared:
            drafts.append(
                Draft(
                    compose(place, head.words),
                    head.kind,
                    start_at,
                    start_at + len(place),
                    "list-before",
                    place,
                    group=draft.group,
                    status=draft.status,
                )
            )
    return drafts


def _sharing(
    before: str, draft: Draft, head: Head, heads: Heads, lexicon: Lexicon
) -> Iterator[tuple[str, int]]:
    """The elements of the enumeration that ends before ``draft``, and where they stand."""
    parts = split_list(before, lexicon)
    if len(parts) < 3 or parts[-1]:
        return
    position = draft.start
    for part, mark in zip(parts[-3::-2], parts[-2::-2], strict=False):
        position -= len(mark) + len(part)
        place = last_place(part, lexicon)
        at = position + part.rfind(place)
        if not place or not lexicon.is_place(place) or IS_DIVISION.match(place):
            return
        if lexicon.facilities(place) or heads.touching(at, at + len(place)):
            return
        yield place, at
