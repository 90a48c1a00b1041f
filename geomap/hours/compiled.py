"""Hours in the form that the browser gets, and what a week of them is.

The browser has no parser of the OSM syntax: it gets rules as numbers, and evaluates them as said
below; its code is held against tests/reference_hours.py.

The compiled form
-----------------
``{"r": [rule, …], "c": 0 | 1}``. Rules are in order; each is an object with

- ``d``: days as bits, 1 Monday, 2 Tuesday, … 64 Sunday, 128 public holidays. A rule matches a
  day when the bit of its weekday is set, or when the day is a holiday and 128 is set. (Without
  128 a rule holds on holidays as on any other day: ``Mo-Fr`` alone says nothing of them.)
- ``m`` (absent: all year): inclusive ranges ``[from, to]`` of month * 100 + day; from > to wraps
  over the new year.
- ``t`` (absent: the whole day): ``[start, end)`` in minutes since midnight; an end past 1440
  runs into the next day.
- ``s`` (absent: ``"o"``): ``"o"`` open, ``"c"`` closed, ``"u"`` unknown.
- ``a`` (absent: 0): 1 when the rule adds to those before it instead of replacing them.
- ``w``: the words of an unknown rule, for people.

``c`` is 1 when the hours follow the statutory calendar: then a make-up workday counts as a
workday. Hours that are empty or beyond what we evaluate are ``{"r": [{"d": 127, "s": "u"}],
"c": 0}``: unknown always.

What a day means
----------------
1. *Schedule of a day* (weekday, holiday or not, month * 100 + day): start with nothing; for each
   rule that matches, forget what was laid so far when the rule is open or unknown and not
   additional, or when it is closed and has no ``t``; then lay its times on top. Where nothing
   lies, the door is closed.
2. *State at a minute*: the schedule of today, or, where that is closed, what the schedule of
   yesterday says at minute + 1440. A night belongs to the day it began on: Friday's 22:00-02:00
   is open on Saturday at 01:00 even when Saturday is off. (opening-hours-py closes there.)
3. *Which weekday, holiday or not* can be a list, and the answer is open or closed only where the
   whole list agrees, else unknown (for yesterday too, in all combinations):

   - an ordinary day: its weekday, no holiday;
   - a holiday in the calendar: its weekday, holiday;
   - a make-up workday, when ``c`` is 1: Monday to Friday, no holiday. The State Council does not
     say which weekday is made up, so hours that differ from Monday to Friday are unknown. When
     ``c`` is 0 a make-up day is a Saturday or Sunday like any other;
   - a day outside ``known_from`` to ``known_until``, when a rule has bit 128: the ordinary day,
     the holiday, and, when ``c`` is 1 and it is a weekend, the make-up day.

Why ``PH off`` turns ``c`` on: whoever is closed on the holidays of the State Council's notice
follows the notice, and the same notice orders the make-up days. 工作日 is that notice's word and
is read as ``Mo-Fr …; PH off``. Where holidays are days like any other (``Mo-Fr,PH``), or are not
spoken of (``Mo-Fr``), the calendar is not followed and ``c`` is 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, product
from typing import NotRequired, TypedDict

import numpy as np
import numpy.typing as npt

from geomap.hours.rules import DAY_MIN, MONTH_LENGTHS, WORKDAYS, Rule, read_rules

HOLIDAY_BIT = 128
#: Minutes of a day at which the night begins and ends.
NIGHT = (22 * 60, 6 * 60)
STATES = {"o": "open", "c": "closed", "u": "unknown"}
#: (weekday 0 Monday - 6, is a holiday).
DayType = tuple[int, bool]
Segment = tuple[int, int, str]
_DAY_TYPES: tuple[DayType, ...] = tuple(product(range(7), (False, True)))


class CompiledRule(TypedDict):
    """One rule as numbers; see the module's docstring."""

    d: int
    m: NotRequired[list[list[int]]]
    t: NotRequired[list[list[int]]]
    s: NotRequired[str]
    a: NotRequired[int]
    w: NotRequired[str]


class CompiledHours(TypedDict):
    """Hours as numbers; see the module's docstring."""

    r: list[CompiledRule]
    c: int


@lru_cache(maxsize=4096)
def compile_hours(osm: str) -> CompiledHours:
    """The compiled form of OSM hours; do not change what comes back, it is cached."""
    rules = read_rules(osm)
    if rules is None:
        return {"r": [{"d": 127, "s": "u"}], "c": 0}
    follows = any(rule.holidays and not rule.days & WORKDAYS for rule in rules)
    return {"r": [_compile_rule(rule) for rule in rules], "c": int(follows)}


def _compile_rule(rule: Rule) -> CompiledRule:
    bits = sum(1 << day for day in rule.days) + HOLIDAY_BIT * rule.holidays
    compiled = CompiledRule(d=bits or 127)
    if rule.dates:
        compiled["m"] = [list(pair) for pair in rule.dates]
    if rule.times:
        compiled["t"] = [list(pair) for pair in rule.times]
    if rule.state != "open":
        compiled["s"] = rule.state[0]
    if rule.additional:
        compiled["a"] = 1
    if rule.comment:
        compiled["w"] = rule.comment
    return compiled


def apply_rules(hours: CompiledHours, kind: DayType, month_day: int) -> list[Segment]:
    """Return what the rules say of one day, in order; the last that covers a minute counts.

    Returns
    -------
    Segments (start, end, ``o`` | ``c`` | ``u``), minutes since midnight of that day.
    """
    weekday, is_holiday = kind
    laid: list[Segment] = []
    for rule in hours["r"]:
        bits = 1 << weekday | HOLIDAY_BIT * is_holiday
        if not rule["d"] & bits or not _in_season(rule, month_day):
            continue
        state = rule.get("s", "o")
        whole_day_off = state == "c" and "t" not in rule  # takes the night with it
        if whole_day_off or (state != "c" and not rule.get("a", 0)):
            laid = []
        laid += [(start, end, state) for start, end in rule.get("t", [[0, DAY_MIN]])]
    return laid


def _in_season(rule: CompiledRule, month_day: int) -> bool:
    return not rule.get("m") or any(
        low <= month_day <= high if low <= high else month_day >= low or month_day <= high
        for low, high in rule["m"]
    )


def merge_schedules(today: list[Segment], yesterday: list[Segment]) -> list[Segment]:
    """Return the states of a day from 00:00 to 24:00 as segments that touch.

    Returns
    -------
    Segments (start, end, ``open`` | ``closed`` | ``unknown``) in minutes since midnight; two
    neighbours always differ.
    """
    edges = {0, DAY_MIN, *(edge for segment in today for edge in segment[:2])}
    edges |= {edge - DAY_MIN for segment in yesterday for edge in segment[:2]}
    merged: list[Segment] = []
    for start, end in pairwise(sorted(edge for edge in edges if 0 <= edge <= DAY_MIN)):
        state = STATES[_state_at(today, start, _state_at(yesterday, start + DAY_MIN, "c"))]
        if merged and merged[-1][2] == state:
            merged[-1] = (merged[-1][0], end, state)
        else:
            merged.append((start, end, state))
    return merged


def _state_at(laid: list[Segment], minute: int, beneath: str) -> str:
    for start, end, state in reversed(laid):
        if start <= minute < end:
            return beneath if state == "c" else state
    return beneath


@lru_cache(maxsize=4096)
def week_hours(osm: str) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which hours of a week without holidays the door is open throughout, and which it may be.

    Where seasons differ, an hour is open only when it is in every season.

    Returns
    -------
    Two read-only arrays of shape (7, 24), Monday first: open throughout [h:00, h+1:00), and
    unknown (no minute is known to be closed, and not every one is known to be open).
    """
    hours = compile_hours(osm)
    is_open = np.ones((7, 24), dtype=bool)
    is_possible = np.zeros((7, 24), dtype=bool)
    for month_day in _sample_seasons(hours):
        for weekday in range(7):
            minutes = _week_day_minutes(hours, weekday, month_day).reshape(24, 60)
            is_open[weekday] &= (minutes == 1).all(axis=1)
            is_possible[weekday] |= (minutes != 0).all(axis=1)
    is_unknown = is_possible & ~is_open
    for array in (is_open, is_unknown):
        array.flags.writeable = False
    return is_open, is_unknown


@lru_cache(maxsize=4096)
def may_open_at_night(osm: str) -> bool:
    """Whether the door may be open at some minute of :data:`NIGHT`, in any season or holiday.

    Empty hours are unknown, so they may.
    """
    begin, end = NIGHT
    return any(
        state != "closed"
        for states in _every_day(compile_hours(osm))
        for start, until, state in states
        if start < end or until > begin
    )


@lru_cache(maxsize=4096)
def is_always_open(osm: str) -> bool:
    """Whether the door is open at every minute, in any season and holiday; unknown is not open."""
    days = _every_day(compile_hours(osm))
    return all(state == "open" for states in days for _, _, state in states)


def _every_day(hours: CompiledHours) -> Iterator[list[Segment]]:
    """Every day that can be: of each season and weekday, it and the day before holidays or not."""
    for month_day, kind, before in product(_sample_seasons(hours), _DAY_TYPES, _DAY_TYPES):
        if kind[0] == (before[0] + 1) % 7:
            yield merge_schedules(*(apply_rules(hours, each, month_day) for each in (kind, before)))


def _sample_seasons(hours: CompiledHours) -> list[int]:
    """One day (month * 100 + day) of every stretch of the year with the same rules."""
    firsts = {101}
    for low, high in (pair for rule in hours["r"] for pair in rule.get("m", [])):
        firsts |= {low, _next_day(high)}
    return sorted(firsts)


def _next_day(month_day: int) -> int:
    month, day = divmod(month_day, 100)
    return month_day + 1 if day < MONTH_LENGTHS[month - 1] else (month % 12 + 1) * 100 + 1


def _week_day_minutes(hours: CompiledHours, weekday: int, month_day: int) -> npt.NDArray[np.int8]:
    """State of each minute, shape (1440,): 0 closed, 1 open, 2 unknown."""
    minutes = np.zeros(DAY_MIN, dtype=np.int8)
    today = apply_rules(hours, (weekday, False), month_day)
    yesterday = apply_rules(hours, ((weekday - 1) % 7, False), month_day)
    for start, end, state in merge_schedules(today, yesterday):
        minutes[start:end] = {"closed": 0, "open": 1, "unknown": 2}[state]
    return minutes
