"""Opening hours as rules, and the part of the OSM syntax that we read and write ourselves.

What the OSM specification calls a rule sequence is one :class:`Rule` here. Selectors that no
station of the documents uses (weeks of the year, years, sunrise, the first Monday of a month,
open ends, fallback rules, school holidays) are not read: such hours stay text and count as
unknown, in the build and in the browser alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

DAY_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTH_NAMES = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
ALL_DAYS = frozenset(range(7))
WORKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
DAY_MIN = 24 * 60
#: Most days a month can have: 29 February is a day like any other here.
MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: on these days, within these dates, at these minutes, the door is in this state.

    Attributes
    ----------
    days : weekdays, 0 Monday to 6 Sunday. Empty together with ``holidays`` false: every day.
    holidays : the rule holds on public holidays (``PH``).
    dates : inclusive ranges of month * 100 + day; from > to wraps over the new year. Empty: all.
    times : (start, end) in minutes since midnight, end exclusive and past 1440 when it runs
        into the next day. Empty: the whole day.
    state : ``open``, ``closed`` or ``unknown``. A comment without ``open`` makes it unknown.
    additional : the rule adds to those before it (``,``) instead of replacing them (``;``).
    """

    days: frozenset[int] = frozenset()
    holidays: bool = False
    dates: tuple[tuple[int, int], ...] = ()
    times: tuple[tuple[int, int], ...] = ()
    state: str = "open"
    comment: str = ""
    additional: bool = False


_TOKEN = re.compile(
    r"\s+|(?P<text>\"[^\"]*\")|(?P<always>24/7)|(?P<time>\d{1,2}:\d{2})"
    r"|(?P<day>Mo|Tu|We|Th|Fr|Sa|Su)\b|(?P<holiday>PH)\b"
    r"|(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
    r"|(?P<state>off|closed|open|unknown)\b|(?P<number>\d{1,2})(?!\d)|(?P<mark>[-,;:])",
    re.IGNORECASE,
)


def read_rules(osm: str) -> tuple[Rule, ...] | None:
    """Rules of an OSM ``opening_hours`` text, or None where it says more than we read."""
    tokens = _split_tokens(osm)
    return None if tokens is None else _Reader(tokens).read()


def _split_tokens(osm: str) -> list[tuple[str, str]] | None:
    tokens, at = [], 0
    while at < len(osm):
        match = _TOKEN.match(osm, at)
        if match is None:
            return None
        if match.lastgroup:
            tokens.append((match.lastgroup, match.group()))
        at = match.end()
    return tokens


class _NotReadError(Exception):
    """The text leaves the part of the syntax that we read."""


class _Reader:
    """Reads tokens from left to right; every method leaves ``at`` behind what it took."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def read(self) -> tuple[Rule, ...] | None:
        rules: list[Rule] = []
        additional = False
        try:
            while self.at < len(self.tokens):
                rules.append(self.read_rule(additional))
                if self.at == len(self.tokens):
                    break
                additional = self.take("mark") == ","
        except _NotReadError:
            return None
        return tuple(rules) or None

    def peek(self, ahead: int = 0) -> tuple[str, str]:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else ("", "")

    def take(self, kind: str) -> str:
        if self.peek()[0] != kind:
            raise _NotReadError
        self.at += 1
        return self.tokens[self.at - 1][1]

    def skip(self, mark: str) -> bool:
        found = self.peek() == ("mark", mark)
        self.at += found
        return found

    def read_rule(self, additional: bool) -> Rule:
        start = self.at
        if self.peek()[0] == "always":
            self.at += 1
            days, holidays, dates, times = ALL_DAYS, False, [], [(0, DAY_MIN)]
        else:
            dates = self.read_dates()
            days, holidays = self.read_days()
            times = self.read_times()
        state, comment = self.read_state()
        if self.at == start or self.peek() not in (("", ""), ("mark", ";"), ("mark", ",")):
            raise _NotReadError
        return Rule(
            days=days, holidays=holidays, dates=tuple(dates), times=tuple(times),
            state=state, comment=comment, additional=additional,
        )  # fmt: skip

    def read_dates(self) -> list[tuple[int, int]]:
        dates: list[tuple[int, int]] = []
        while self.peek()[0] == "month":
            dates.append(self.read_date_range())
            if self.peek(1)[0] != "month" or not self.skip(","):
                break
        if dates:
            self.skip(":")
        return dates

    def read_date_range(self) -> tuple[int, int]:
        month, day = self.read_date()
        if not self.skip("-"):
            return month * 100 + (day or 1), month * 100 + (day or MONTH_LENGTHS[month - 1])
        last, last_day = month, day
        if self.peek()[0] == "month":
            last, last_day = self.read_date()
        else:
            last_day = int(self.take("number"))
        if (day == 0) != (last_day == 0):
            raise _NotReadError
        return month * 100 + (day or 1), last * 100 + (last_day or MONTH_LENGTHS[last - 1])

    def read_date(self) -> tuple[int, int]:
        month = MONTH_NAMES.index(self.take("month").title()) + 1
        day = int(self.take("number")) if self.peek()[0] == "number" else 0
        if day > MONTH_LENGTHS[month - 1]:
            raise _NotReadError
        return month, day

    def read_days(self) -> tuple[frozenset[int], bool]:
        days: set[int] = set()
        holidays = False
        while self.peek()[0] in ("day", "holiday"):
            if self.peek()[0] == "holiday":
                self.at += 1
                holidays = True
            else:
                days |= self.read_day_range()
            if self.peek(1)[0] not in ("day", "holiday") or not self.skip(","):
                break
        return frozenset(days), holidays

    def read_day_range(self) -> set[int]:
        first = last = DAY_NAMES.index(self.take("day").title())
        if self.skip("-"):
            last = DAY_NAMES.index(self.take("day").title())
        return {day % 7 for day in range(first, last + 1 + 7 * (last < first))}

    def read_times(self) -> list[tuple[int, int]]:
        times: list[tuple[int, int]] = []
        while self.peek()[0] == "time":
            start = self.read_time()
            if not self.skip("-"):
                raise _NotReadError
            end = self.read_time()
            times.append((start, end if end > start else end + DAY_MIN))
            if self.peek(1)[0] != "time" or not self.skip(","):
                break
        return times

    def read_time(self) -> int:
        hour, minute = self.take("time").split(":")
        if int(minute) > 59 or int(hour) > 48:
            raise _NotReadError
        return int(hour) * 60 + int(minute)

    def read_state(self) -> tuple[str, str]:
        kind, word = self.peek()
        if kind == "state":
            self.at += 1
            state = "closed" if word.lower() == "off" else word.lower()
            comment = self.take("text")[1:-1] if self.peek()[0] == "text" else ""
            return state, comment
        if kind == "text":
            self.at += 1
            return "unknown", word[1:-1]
        return "open", ""


def write_rules(rules: tuple[Rule, ...]) -> str:
    """The rules in canonical OSM syntax: zero-padded, days as ranges, daily as ``Mo-Su``."""
    osm = ""
    for number, rule in enumerate(rules):
        osm += (", " if rule.additional else "; ") if number else ""
        osm += _write_rule(rule)
    return osm


def _write_rule(rule: Rule) -> str:
    every_day = rule.days == ALL_DAYS or not (rule.days or rule.holidays)
    if every_day and rule.times == ((0, DAY_MIN),) and not rule.dates:
        parts = ["24/7"]
    else:
        dates = ",".join(_write_dates(*pair) for pair in rule.dates)
        times = ",".join(f"{_write_minute(start)}-{_write_end(end)}" for start, end in rule.times)
        parts = [dates, _write_days(rule), times]
    return " ".join(part for part in [*parts, _write_state(rule)] if part)


def _write_dates(first: int, last: int) -> str:
    """A range of dates as OSM writes it: ``May-Sep`` or ``May 01-Oct 07``."""
    (month, day), (to_month, to_day) = divmod(first, 100), divmod(last, 100)
    names = MONTH_NAMES[month - 1], MONTH_NAMES[to_month - 1]
    if day == 1 and to_day == MONTH_LENGTHS[to_month - 1]:
        return names[0] if month == to_month else "-".join(names)
    if first == last:
        return f"{names[0]} {day:02d}"
    return f"{names[0]} {day:02d}-{names[1]} {to_day:02d}"


def _write_days(rule: Rule) -> str:
    if not rule.days and not rule.holidays:
        return "" if rule.dates else "Mo-Su"
    if rule.days == ALL_DAYS and rule.dates and not rule.holidays:
        return ""
    numbered = enumerate(sorted(rule.days))
    runs = [[d for _, d in run] for _, run in groupby(numbered, lambda pair: pair[1] - pair[0])]
    names = [
        DAY_NAMES[run[0]] if len(run) == 1 else f"{DAY_NAMES[run[0]]}-{DAY_NAMES[run[-1]]}"
        for run in runs
    ]
    return ",".join([*names, *(["PH"] if rule.holidays else [])])


def _write_end(end: int) -> str:
    return _write_minute(end - DAY_MIN if DAY_MIN < end < 2 * DAY_MIN else end)


def _write_minute(minute: int) -> str:
    """``HH:MM`` of a minute since midnight; 24:00 and later stay as they are."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _write_state(rule: Rule) -> str:
    comment = f'"{rule.comment}"' if rule.comment else ""
    word = {"closed": "off", "unknown": "unknown", "open": "open" if comment else ""}[rule.state]
    if rule.state == "unknown" and comment and not rule.times:
        word = ""
    return f"{word} {comment}".strip()
