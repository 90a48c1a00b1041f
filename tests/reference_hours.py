"""The reference of what compiled hours mean on a day: the browser's evaluator is held against it.

See :mod:`geomap.hours.compiled` for the rules.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby, product

from geomap.hours import compile_hours
from geomap.hours.calendar import Calendar
from geomap.hours.compiled import (
    HOLIDAY_BIT,
    CompiledHours,
    DayType,
    Segment,
    apply_rules,
    merge_schedules,
)


def day_types(hours: CompiledHours, calendar: Calendar, day: date) -> list[DayType]:
    """Return what a day may be; one type for a day that the calendar knows."""
    weekday = day.weekday()
    speaks_of_holidays = any(rule["d"] & HOLIDAY_BIT for rule in hours["r"])
    makeup: list[DayType] = [(number, False) for number in range(5)]
    if not calendar.known_from <= day <= calendar.known_until:
        types = [(weekday, False)] + [(weekday, True)] * speaks_of_holidays
        return types + makeup * (hours["c"] and weekday >= 5)
    if day in calendar.makeup_days and hours["c"]:
        return makeup
    return [(weekday, day in calendar.holidays)]


def day_states(hours: CompiledHours, calendar: Calendar, day: date) -> list[Segment]:
    """Return the states of one day, Asia/Shanghai, as segments that touch.

    Segments are (start, end, ``open`` | ``closed`` | ``unknown``) in minutes since midnight; what
    the types of today and yesterday do not agree on is unknown.
    """
    schedules = (
        [
            apply_rules(hours, kind, each.month * 100 + each.day)
            for kind in day_types(hours, calendar, each)
        ]
        for each in (day, day - timedelta(1))
    )
    days = [merge_schedules(today, yesterday) for today, yesterday in product(*schedules)]
    minutes = [[s for start, end, s in laid for _ in range(start, end)] for laid in days]
    agreed = [each[0] if len({*each}) == 1 else "unknown" for each in zip(*minutes, strict=True)]
    segments, at = [], 0
    for state, run in groupby(agreed):
        segments.append((at, at := at + len([*run]), state))
    return segments


def open_state(osm: str, moment: datetime, calendar: Calendar) -> str:
    """Return ``open``, ``closed`` or ``unknown`` at a moment of Asia/Shanghai (naive local)."""
    minute = moment.hour * 60 + moment.minute
    states = day_states(compile_hours(osm), calendar, moment.date())
    return next(state for start, end, state in states if start <= minute < end)
