"""Public holidays and make-up workdays (调休) of mainland China, and until when they are known.

The State Council announces a year's holidays each November; PyPI ``chinesecalendar`` carries
them. Days off in lieu count as holidays here, as the notices count them (放假); weekends outside
the announced holidays do not. opening-hours-py's own calendar of China lacks the days in lieu
(5 October 2026 is a working day to it), so it is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TypedDict

from chinese_calendar import constants, get_holiday_detail


@dataclass(frozen=True, slots=True)
class Calendar:
    """Special days of the years from ``known_from`` to ``known_until`` (both inclusive)."""

    known_from: date
    known_until: date
    holidays: frozenset[date]
    makeup_days: frozenset[date]


class CalendarTable(TypedDict):
    """The calendar as it goes into the page: ISO dates, holidays as inclusive ranges."""

    known_from: str
    known_until: str
    holidays: list[list[str]]
    makeup_days: list[str]


@cache
def read_calendar(first_year: int = 2004) -> Calendar:
    """Holidays from 1 January of ``first_year`` (2004 at the earliest) to the last known year."""
    first = date(max(first_year, 2004), 1, 1)
    last = date(max(constants.holidays).year, 12, 31)
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    named = [(day, is_off) for day in days for is_off, name in [get_holiday_detail(day)] if name]
    return Calendar(
        first,
        last,
        frozenset(day for day, is_off in named if is_off),
        frozenset(day for day, is_off in named if not is_off and day.weekday() >= 5),
    )


def calendar_table(first_year: int | None = None) -> CalendarTable:
    """The calendar from ``first_year`` on, ready for JSON; None: the last two known years."""
    calendar = read_calendar(first_year or max(constants.holidays).year - 1)
    return CalendarTable(
        known_from=calendar.known_from.isoformat(),
        known_until=calendar.known_until.isoformat(),
        holidays=[[day.isoformat() for day in span] for span in _find_spans(calendar.holidays)],
        makeup_days=[day.isoformat() for day in sorted(calendar.makeup_days)],
    )


def _find_spans(days: Iterable[date]) -> list[tuple[date, date]]:
    spans: list[tuple[date, date]] = []
    for day in sorted(days):
        if spans and spans[-1][1] + timedelta(1) == day:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans
