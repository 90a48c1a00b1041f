"""The places of one enumeration, as drafts of what stands there."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from geomap.find import phrases
from geomap.find.drafts import Draft, Group, compose, place_words, tidy_name
from geomap.find.elements import (
    IS_DIVISION,
    are_stems,
    clean_element,
    last_place,
    shared_ending,
    split_list,
)
from geomap.find.head import Head, Heads
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.numbers import read_number
from geomap.find.pointed import whole_place

_SET_UP = re.compile(
    r"、.*?(?:等(?P<of>[两三四五六七八九十]|\d{1,2})(?:个|家|座|间|处)|"
    r"[^\d第](?P<n>[两三四五六七八九十]|\d{1,2})(?:个|家|座|间|处)[^、]{0,8}$)"
)
#: 东孚、马巷两个超限检测站: each is one of them.
_OF_A_KIND = re.compile(
    r"(?P<n>[两三四五六七八九十]|\d{1,2})(?:个|座|家|处|所)(?P<kind>[\u4e00-\u9fff]{2,8}站|[\u4e00-\u9fff]{1,6}(?:所|园|院|厂|校|场|馆))$"
)
#: 一套桌椅、一台微波炉: what is counted one by one is no place.
_THING = re.compile(r"\s*[一1](?:个|套|台|张|间|把|组|块|部|盏|条|批)")
#: 渝中区解放碑: what is told behind its division is a place.
_IN_DIVISION = re.compile(
    r"[\u4e00-\u9fff]{1,5}[区县市](?![区县市内总])[\u4e00-\u9fff]{2,6}(?<![区县市局会])$"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules of a story look at: its text, its heads, and the stations told so far."""

    layout: Layout
    lexicon: Lexicon
    heads: Heads
    told: list[Draft]
    listed: bool

    def last_told(self, position: int) -> Draft | None:
        """The station told last before a position."""
        number = bisect_left(self.told, position, key=start_of)
        return self.told[number - 1] if number else None


def where_built(context: Context, head: Head, lead: str) -> str:
    """Where the host stands; who merely built it (区城管局新建的) is not where it is."""
    if not phrases.BUILDER.search(head.host):
        return place_words(head.host, context.lexicon)
    for found in reversed(list(phrases.INSIDE.finditer(lead))):
        words = last_place(found["place"], context.lexicon)
        if words and context.lexicon.is_place(words):
            return words
    return ""


def start_of(draft: Draft) -> int:
    """Where a draft begins."""
    return draft.start


def elements_of(
    context: Context, head: Head, found: re.Match[str], base: int, rule: str, group: int
) -> list[Draft]:
    """The places of an enumeration; the last one's ending serves those that have none."""
    drafts, any_told = [], False
    position = base + found.start("list")
    parts = split_list(found["list"], context.lexicon)
    if sum(_THING.match(part) is not None for part in parts[::2]) > 1:
        return []
    words, counted = _told(found, parts[::2], rule, context.lexicon)
    numbered = _is_numbered(found, words)
    if not (counted or numbered) and _are_sorts(words, context.lexicon):
        return []
    ending = "" if counted else shared_ending(words, context.lexicon)
    offsets = list(accumulate(map(len, parts), initial=0))[:-1:2]
    if counted:
        offsets = [
            at + part.rfind(w) for at, part, w in zip(offsets, parts[::2], words, strict=True)
        ]
    for word, offset in zip(words, offsets, strict=True):
        if phrases.FLOOR.match(word) or phrases.ON_FLOOR.match(word):
            named = whole_place(context.layout.text, word, position + offset, context.lexicon)
            if not (phrases.FLOOR.match(named) or phrases.ON_FLOOR.match(named)):
                drafts.append(
                    place_draft(context, head, named, position + offset, rule, group, len(word))
                )
            continue
        if not word or word.count("(") != word.count(")"):
            continue
        whole = word.endswith(ending) or (
            context.lexicon.is_place(word) and not (ending and are_stems([word]))
        )
        full = word if whole else word + ending
        known = context.lexicon.is_place(full) and not IS_DIVISION.match(full)
        if re.search(
            (
                r"\d+(?:个|家|处|座)|大多|[一二两三四五六七八九十]"
                r"家(?![镇村社街路庄营桥屯湾])|[省市]总工会$"
            ),
            full,
        ) or (not known and context.lexicon.facilities(full)):
            continue
        divided = found.re is phrases.LIST_OF and _IN_DIVISION.match(full)
        told = known or counted or numbered or divided
        if not told and (rule != "colon" or len(words) < 3):
            continue
        if context.heads.touching(position + offset, position + offset + len(word)):
            continue
        any_told = any_told or bool(told)
        drafts.append(place_draft(context, head, full, position + offset, rule, group, len(word)))
    # Behind a colon with no place among them all stands what somebody does: 工会管建设、宣传、指导.
    return drafts if any_told or rule != "colon" else []


def _is_numbered(found: re.Match[str], words: list[str]) -> bool:
    """Whether as many are set up as were named (在A、B、C新建3个): each of them is a place."""
    number = _SET_UP.search(found.group())
    return number is not None and 1 < read_number(number["of"] or number["n"]) == len(words)


def _are_sorts(words: list[str], lexicon: Lexicon) -> bool:
    """快餐店、商场、公园等地: sorts of places, and none of them."""
    told = [word for word in words if word]
    return len(told) > 1 and 2 * sum(map(lexicon.is_sort, told)) >= len(told)


def _told(
    found: re.Match[str], parts: list[str], rule: str, lexicon: Lexicon
) -> tuple[list[str], bool]:
    """The words of an enumeration, and whether it counts itself (米市巷、大关、和睦三处)."""
    kind = _OF_A_KIND.search(parts[-1])
    if kind and len(parts) > 1 and read_number(kind["n"]) == len(parts):
        parts = [*parts[:-1], parts[-1][: kind.start()]]
        return [last_place(p, lexicon) + kind["kind"] for p in parts], True
    words = [clean_element(part, lexicon) for part in parts]
    number = found.groupdict().get("n")
    more = found["list"].endswith("等") and 2 <= len(words) < read_number(number or "零")
    if number is not None and (more or read_number(number) == len(words)):
        stems = [last_place(p, lexicon) or w or p for p, w in zip(parts, words, strict=True)]
        return [stem.rpartition("的")[2].removesuffix("等") for stem in stems], True
    if rule == "list-before" and words[-1] and not lexicon.is_place(words[-1]):
        words[-1] = _shortened(words[-1], lexicon)
    return words, False


def _shortened(words: str, lexicon: Lexicon) -> str:
    """横港村书房内嵌: the longest beginning that is a place; the words where there is none."""
    for length in range(len(words) - 1, 3, -1):
        if lexicon.is_place(words[:length]):
            return words[:length]
    return words


def offset_of(found: re.Match[str], group: str, words: str) -> int:
    """Where the words that remained of a group stand."""
    return found.start(group) + max(found[group].rfind(words), 0)


def place_draft(
    context: Context,
    head: Head,
    place: str,
    start: int,
    rule: str,
    group: int | None,
    length: int = 0,
) -> Draft:
    """The draft of what stands at a place, planned where its clause says so."""
    text = context.layout.text
    sentence = context.layout.sentence_at(head.start)
    clause = text[
        max(sentence[0], start - 12) : max(
            head.end if head.start >= start else 0, start + len(place) + 16
        )
    ]
    planned = phrases.PLANNED.search(clause) and not phrases.DONE.search(clause)
    return Draft(
        name=compose(place, head.words),
        kind=head.kind,
        start=start,
        end=start + (length or len(place)),
        rule=rule,
        specific=tidy_name(place),
        group=None if group is None else Group("sentence", group),
        status="planned" if planned else "operating",
    )
