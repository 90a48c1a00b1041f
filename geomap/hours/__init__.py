"""Opening hours of a door: read them, ask them, ship them to the browser.

:func:`parse_hours` reads OSM syntax and plain Chinese. :mod:`.compiled` says how hours are
evaluated and in which form the browser gets them; :mod:`.calendar` knows holidays and make-up
workdays. Times are Asia/Shanghai, which has no summer time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from opening_hours import OpeningHours, validate

from geomap.hours.calendar import calendar_table
from geomap.hours.chinese import find_runs, read_chinese
from geomap.hours.compiled import (
    NIGHT,
    compile_hours,
    is_always_open,
    may_open_at_night,
    week_hours,
)
from geomap.hours.rules import Rule, read_rules, write_rules
from geomap.hours.words import simplify

__all__ = [
    "NIGHT", "FoundHours", "ParsedHours", "calendar_table", "compile_hours", "find_hours",
    "is_always_open", "may_open_at_night", "parse_hours", "week_hours",
]  # fmt: skip

_HAN = re.compile("[\u4e00-\u9fff]")
_BARE_TIMES = re.compile(r"[\d:,;\s-]+")
#: What is longer states no door's hours (characters): the longest form of the tests has 106.
_LONGEST = 1000
_QUOTED = re.compile('"[^"]*"')


@dataclass(frozen=True, slots=True)
class ParsedHours:
    """Hours as read. ``osm`` is canonical OSM syntax, ``words`` the text as it was given.

    ``vague`` says that at some minute the state is unknown, or that the syntax goes beyond what
    we evaluate (``sunrise-sunset``): such hours are unknown throughout.
    """

    osm: str
    words: str
    vague: bool


def parse_hours(text: str) -> ParsedHours | None:
    """Opening hours that a text states, or None where it states none that can be read.

    Parameters
    ----------
    text : a cell of a table or a clause of a document, in OSM ``opening_hours`` syntax or plain
        Chinese. Daily hours come out as ``Mo-Su 07:30-19:30``, round the clock as ``24/7``.
    """
    words = text.strip()
    if not words or len(words) > _LONGEST:
        return None
    if _BARE_TIMES.fullmatch(simplify(words)):  # 9:00-5:00 is not meant as OSM means it
        return _parse_chinese(words)
    return _parse_osm(words) or _parse_chinese(words)


@dataclass(frozen=True, slots=True)
class FoundHours:
    """Hours found in running text: characters ``start`` to ``end`` (exclusive) state ``hours``."""

    start: int
    end: int
    hours: ParsedHours


def find_hours(text: str) -> list[FoundHours]:
    """Every stretch of a running text that states hours, in order.

    Whose hours they are (a door's, a hotline's, an event's) is for the caller to judge from the
    words around; hours right behind a date are an event's and left out.
    """
    read = ((start, end, _parse_chinese(text[start:end])) for start, end in find_runs(text))
    return [FoundHours(start, end, hours) for start, end, hours in read if hours is not None]


def _parse_osm(words: str) -> ParsedHours | None:
    simple = simplify(words)  # as long as ``words``: what is quoted stays as it was
    if _HAN.search(_QUOTED.sub("", simple)):
        return None
    osm = _QUOTED.sub(lambda quoted: f'"{words[quoted.start() + 1 : quoted.end() - 1]}"', simple)
    rules = read_rules(osm)
    if not _says_hours(osm):
        return None
    if rules is not None:
        return _parsed(rules, words)
    if not validate(osm):
        return None
    return ParsedHours(str(OpeningHours(osm)).replace("closed", "off"), words, True)


def _says_hours(osm: str) -> bool:
    """Whether the text has a time, a day or a state: ``2023`` and ``Jan`` alone are no hours."""
    return bool(re.search(r'\d:\d\d|24/7|sunrise|sunset|"|\b(off|closed)\b', osm))


def _parse_chinese(words: str) -> ParsedHours | None:
    rules = read_chinese(words)
    return None if rules is None else _parsed(rules, words)


def _parsed(rules: tuple[Rule, ...], words: str) -> ParsedHours:
    return ParsedHours(write_rules(rules), words, any(rule.state == "unknown" for rule in rules))
