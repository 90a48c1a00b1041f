"""The hours of a door out of all that was said of it: one statement, or parts that fit together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from geomap.find.times import Times
from geomap.hours.rules import MONTH_LENGTHS, WORKDAYS, Rule, read_rules

#: 仅周六、周日; 4月至10月…,其余时间不开: few days or months, and sure.
_ONLY = re.compile("仅|只|(?:其[余他它][^,。;]{0,3}|[淡旺冬夏]季|入[冬夏]后?)(?:不|关|停|休)")
#: Fewer weekdays are a course's, a counsellor's or a holiday's, or half of what was said.
_FEWEST_WORKDAYS = 3
_HOLIDAY = 7
_DAILY = re.compile(r"Mo-Su (?P<span>(?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d))")
#: Two spans of one door stand within so many characters.
_NEAR = 16


def door_hours(told: Sequence[Times]) -> Times | None:
    """What all statements agree on; nothing where they contradict or are the half of something.

    What was said of the place itself goes before what was said of several, sure words before
    vague ones.
    """
    own = [times for times in told if not times.shared] or list(told)
    own = [times for times in own if '"' not in times.osm] or own
    distinct = list({_plain(times.osm): times for times in reversed(own)}.values())[::-1]
    if not distinct:
        return None
    best = distinct[0] if len(distinct) == 1 else _together(distinct)
    if best is None or not (_ONLY.search(best.words) or _is_whole(best.osm)):
        return None
    return replace(best, osm="24/7") if best.osm.startswith("24/7") else best


def _plain(osm: str) -> str:
    return "24/7" if osm.startswith("24/7") else osm.removesuffix("; PH off")


def _together(parts: list[Times]) -> Times | None:
    """Statements of different days or seasons as one (周一至周六 on one line, 周日 on the next)."""
    if halves := _halves(parts):
        return halves
    rules = [[rule for rule in read_rules(times.osm) or () if _is_open(rule)] for times in parts]
    for one, other in combinations(rules, 2):
        if any(_days(a) & _days(b) and _dates(a) & _dates(b) for a in one for b in other):
            return None
    if not all(rules):
        return None
    osm = "; ".join(times.osm.removesuffix("; PH off") for times in parts)
    return replace(parts[0], osm=osm, words=";".join(times.words for times in parts))


def _halves(parts: Sequence[Times]) -> Times | None:
    """Two spans of every day, one right after the other, as one: 6点半开,10点半关,下午2点再开…"""
    one, other = parts[0], parts[-1]
    near = len(parts) == 2 and 0 <= other.start - one.end <= _NEAR
    spans = [_DAILY.fullmatch(times.osm) for times in parts]
    first, last = spans[0], spans[-1]
    if not near or first is None or last is None or first["end"] > last["start"]:
        return None
    words = f"{one.words};{other.words}"
    return replace(one, end=other.end, osm=f"{one.osm},{last['span']}", words=words)


def _is_open(rule: Rule) -> bool:
    return rule.state == "open"


def _days(rule: Rule) -> frozenset[int]:
    """Weekdays, and 7 for public holidays: a rule of every day holds on them too."""
    named = rule.days | ({_HOLIDAY} if rule.holidays else set())
    return frozenset(range(_HOLIDAY + 1)) if len(named) in (0, _HOLIDAY) else named


def _dates(rule: Rule) -> set[int]:
    """The days of the year (month * 100 + day) that a rule holds on."""
    ranges = rule.dates or ((101, 1231),)
    return {
        month * 100 + day
        for month, length in enumerate(MONTH_LENGTHS, 1)
        for day in range(1, length + 1)
        if any(
            first <= month * 100 + day <= last
            if first <= last
            else month * 100 + day >= first or month * 100 + day <= last
            for first, last in ranges
        )
    }


def _is_whole(osm: str) -> bool:
    """Whether the hours speak of working days and of the whole year, or are vague anyway."""
    rules = read_rules(osm)
    if rules is None:
        return True
    if any(rule.state == "unknown" for rule in rules):
        if not any(rule.times for rule in rules):
            return True
        days = frozenset[int]().union(*(_days(rule) for rule in rules))
        return len(days & WORKDAYS) >= _FEWEST_WORKDAYS
    opened = [rule for rule in rules if _is_open(rule)]
    days = frozenset[int]().union(*(_days(rule) for rule in opened)) & WORKDAYS
    dates = set[int]().union(*(_dates(rule) for rule in opened))
    return len(days) >= _FEWEST_WORKDAYS and len(dates) == sum(MONTH_LENGTHS)
