"""The evidence rule: what is not quoted verbatim from the document's own story is dropped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geomap.hours import parse_hours
from geomap.model.records import Document, Evidence, Story
from geomap.second_reader.answer import Claimed, ClaimedPlace
from geomap.second_reader.prompt import QUOTED, WORDS
from geomap.stations.names import GENERIC

DIVISIONS = ("province", "city", "district", "township", "community")
#: Longest name, division, address and other quote (characters); what is longer is a sentence.
_LONGEST = {"name": 60, "address": 100, **dict.fromkeys(DIVISIONS, 20)}
_ANY_QUOTE = 200
_MEASURE = r"(?:个|家|座|处|间|所|批|台|辆)"
_DIGITS = "一二三四五六七八九十百千万两"
#: A number that counts: 178个, 三十余家, 几处; but 第一家 is one place, 万家丽 and 三家村 names.
_MANY = rf"(?:\d[\d,\uff0c]*|[{_DIGITS}]{{2,}})[余多]?{_MEASURE}"
_COUNT_AHEAD = re.compile(
    rf"(?:{_MANY}|[二三四五六七八九十两几数多]{_MEASURE}|[百千万][余多]?个)[“\"「\s]*\Z"
)
_COUNT_INSIDE = re.compile(rf"\A(?:{_MANY}|[{_DIGITS}几数多][余多]?个)")
_HAN = re.compile("[\u4e00-\u9fff]")
_PROSE = re.compile("[,。;!?\uff0c\uff1b\uff01\uff1f\n\r\t]")
_SENTENCE_END = "。!?\uff01\uff1f\n"


@dataclass(frozen=True, slots=True)
class Fact:
    """A proven fact: ``value`` as we write it, ``start`` and ``end`` in ``Document.text``."""

    column: str
    value: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proven:
    """A place whose name and kind stand in the document; the first fact is its name."""

    story: Story
    facts: tuple[Fact, ...]

    def value(self, column: str) -> str:
        """The fact's value, empty where the document is silent."""
        return next((fact.value for fact in self.facts if fact.column == column), "")


def verify(document: Document, places: Iterable[ClaimedPlace]) -> tuple[list[Proven], int]:
    """Places that the document proves, in the order claimed, and how many claims it does not."""
    proven: list[Proven] = []
    dropped = 0
    for place in places:
        held = _verify_place(document, place)
        if held is None:
            dropped += 1 + len(place.facts)
        else:
            proven.append(held)
            dropped += 1 + len(place.facts) - len(held.facts)
    return proven, dropped


def sentence(document: Document, fact: Fact) -> Evidence:
    """The sentence around a fact, inside its line, as evidence."""
    text = document.text
    start = max(text.rfind(mark, 0, fact.start) for mark in _SENTENCE_END) + 1
    ends = [at for mark in _SENTENCE_END if (at := text.find(mark, fact.end)) >= 0]
    end = min(ends, default=len(text) - 1) + 1
    start = max(start, fact.start - _ANY_QUOTE)
    end = min(end, fact.end + _ANY_QUOTE)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    words = text[start:end].rstrip()
    return Evidence(document.id, words, start, start + len(words), _day(document, fact))


def evidence(document: Document, fact: Fact) -> Evidence:
    """The fact's own characters."""
    return Evidence(document.id, fact.quote, fact.start, fact.end, _day(document, fact))


def _day(document: Document, fact: Fact) -> str:
    dates = [s.date for s in document.stories if s.start <= fact.start < s.start + len(s.text)]
    return (dates[0] if dates else "") or document.date


def _verify_place(document: Document, place: ClaimedPlace) -> Proven | None:
    found = _find_name(document, place.name)
    if found is None:
        return None
    story, start = found
    name = Fact("name", place.name, place.name, start, start + len(place.name))
    facts: dict[tuple[str, str], Fact] = {}
    for claimed in place.facts:
        fact = _verify_fact(document, story, start, claimed)
        if fact is not None:
            key = (fact.column, fact.value if fact.column == "facility" else "")
            facts.setdefault(key, fact)
    areas = {fact.value for fact in facts.values() if fact.column in DIVISIONS}
    if ("kind", "") not in facts or name.value in areas:
        return None
    return Proven(story, (name, *facts.values()))


def _find_name(document: Document, name: str) -> tuple[Story, int] | None:
    """The first place in a story where the name stands and nobody counts it."""
    if not _is_name(name):
        return None
    for story in document.stories:
        for at in _occurrences(document.text, name, story.start, story.start + len(story.text)):
            if not _COUNT_AHEAD.search(document.text[max(0, at - 16) : at]):
                return story, at
    return None


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= _LONGEST["name"] or not _HAN.search(name) or _PROSE.search(name):
        return False
    if _COUNT_INSIDE.match(name) or any(unicodedata.category(c).startswith("C") for c in name):
        return False
    rest = name
    for word in GENERIC:  # 爱心驿站 says what it is, not which one
        rest = rest.replace(word, "")
    return bool(re.search(r"\w", rest))


def _verify_fact(document: Document, story: Story, near: int, claimed: Claimed) -> Fact | None:
    value = _value(claimed)
    if not value or not 2 <= len(claimed.quote) <= _LONGEST.get(claimed.fact, _ANY_QUOTE):
        return None
    spans = [(story.start, story.start + len(story.text))]
    if claimed.fact in DIVISIONS:  # a title before the first story says where all of them are
        spans.append((0, document.stories[0].start))
    found = [at for span in spans for at in _nearest(document.text, claimed.quote, near, *span)]
    if not found:
        return None
    at = min(found, key=lambda position: (abs(position - near), position))
    return Fact(claimed.fact, value, claimed.quote, at, at + len(claimed.quote))


def _value(claimed: Claimed) -> str:
    """The value as we write it; empty where the claim cannot be one."""
    if claimed.fact in WORDS:
        return claimed.value if claimed.value in WORDS[claimed.fact] else ""
    if claimed.fact == "opening_hours":
        hours = parse_hours(claimed.quote)
        return hours.osm if hours else ""
    is_words = _HAN.search(claimed.quote) and not _PROSE.search(claimed.quote)
    return claimed.quote if claimed.fact in QUOTED and is_words else ""


def _nearest(text: str, words: str, near: int, start: int, end: int) -> list[int]:
    """Where the words stand last before, and first from, a position of a stretch."""
    near = min(max(near, start), end)
    before = text.rfind(words, start, min(near + len(words) - 1, end))
    return [at for at in (before, text.find(words, near, end)) if at >= 0]


def _occurrences(text: str, words: str, start: int, end: int) -> Iterator[int]:
    at = text.find(words, start, end)
    while words and at >= 0:
        yield at
        at = text.find(words, at + 1, end)
