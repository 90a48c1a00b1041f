"""The browser's hours against the build's and against opening-hours-py with chinesecalendar.

Every minute of every day from Christmas 2025 to mid January 2027 in segments, and minute by
minute around the holidays and make-up days of 2026, in phones of three zones.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

import chinese_calendar
import pytest
from opening_hours import OpeningHours

from geomap.hours import calendar_table, compile_hours
from geomap.hours.calendar import read_calendar
from geomap.static_site.page_templates import TEMPLATES
from tests.reference_hours import day_states

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
FORMS = (
    "24/7", "Mo-Su 07:30-19:30", "Mo-Fr 09:00-17:00", "08:30-11:00,13:30-17:00",
    "Mo-Fr 08:30-11:00,13:30-17:00; Sa 09:00-12:00", "Mo-Fr 09:00-17:00; PH off",
    "Mo-Su 22:00-06:00", "Fr 22:00-02:00", "Mo-Fr,PH 09:00-17:00", "Th \"下午\"",
    "Mo-Fr 09:00-17:00; Th \"下午\"", "Mo-Su 00:00-24:00", "Mo,We,Fr 09:00-12:00",
    "Apr-Oct 06:00-21:00; Nov-Mar 07:00-20:00", "Sa,Su 10:00-16:00; PH off",
    "Mo 09:00-17:00; Tu-Fr 10:00-17:00; PH off",
    "Mo-Fr 18:00-24:00", "Mo-Su 12:00-12:30", "sunrise-sunset", "",
)  # fmt: skip
GOLD = Path(__file__).parents[3] / "shared" / "labelled"


@cache
def gold_forms() -> tuple[str, ...]:
    """Every form of hours in the labelled seeds and articles, where they are at hand."""
    found = set()
    for file in sorted(GOLD.glob("*gold.jsonl")) if GOLD.exists() else ():
        for line in file.read_text(encoding="utf-8").splitlines():
            found.add(json.loads(line).get("opening_hours") or "")
    return tuple(sorted(found))


def all_forms() -> list[str]:
    return [*FORMS, *(form for form in gold_forms() if form not in FORMS)]


@pytest.fixture(params=["Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"])
def evaluator(browser, request):
    context = browser.new_context(timezone_id=request.param)
    page = context.new_page()
    page.evaluate("window.geomap = {}")
    for name in ("clock.js", "hours.js"):
        page.add_script_tag(path=TEMPLATES / "app" / name)
    page.evaluate("table => geomap.hours.setCalendar(table)", dict(calendar_table(2025)))
    yield page
    context.close()


def test_every_day_of_a_year_has_the_build_s_segments(evaluator):
    calendar = read_calendar(2025)
    first, epoch = dt.date(2025, 12, 25), dt.date(1970, 1, 1)
    days = [first + dt.timedelta(n) for n in range(390)]
    numbers = [(day - epoch).days for day in days]
    for form in all_forms():
        hours = compile_hours(form)
        theirs = evaluator.evaluate(
            "([hours, days]) => days.map(day => geomap.hours.dayStates(hours, day))",
            [hours, numbers],
        )
        ours = [[list(segment) for segment in day_states(hours, calendar, day)] for day in days]
        assert theirs == ours, form


def special_days() -> list[dt.date]:
    """The days around 2026's holidays and make-up days: each one, the one before and after."""
    found: set[dt.date] = set()
    for number in range(365):
        day = dt.date(2026, 1, 1) + dt.timedelta(number)
        is_off, name = chinese_calendar.get_holiday_detail(day)
        if name or is_off != (day.weekday() >= 5):
            found |= {day + dt.timedelta(step) for step in (-1, 0, 1)}
    return sorted(day for day in found if day.year == 2026)


@cache
def independent_day(form: str, day: dt.date) -> tuple[str, ...]:
    """The 1,440 states of a day by opening-hours-py; chinesecalendar makes the day ordinary."""
    _, name = chinese_calendar.get_holiday_detail(day)
    if "PH off" in form and chinese_calendar.is_workday(day) and day.weekday() >= 5:
        day = dt.date(2026, 3, 18)  # a Wednesday without a holiday stands for a make-up day
    elif "PH off" in form and name:
        return ("closed",) * 1440
    start = dt.datetime.combine(day, dt.time())
    hours = OpeningHours(form.replace("; PH off", ""))
    states: list[str] = []
    for begin, end, state, _ in hours.intervals(start, start + dt.timedelta(1)):
        states += [str(state)] * round((end - begin).total_seconds() / 60)
    return tuple(states)


@pytest.mark.parametrize(
    "form", ["Mo-Su 07:30-19:30", "Mo-Fr 08:30-11:00,13:30-17:00", "Mo-Fr 09:00-17:00; PH off",
             "24/7", "Mo-Su 22:00-06:00"])  # fmt: skip
def test_every_minute_around_the_holidays_agrees_with_an_independent_calculation(evaluator, form):
    days = special_days()
    starts = [dt.datetime.combine(day, dt.time(), SHANGHAI).timestamp() * 1000 for day in days]
    theirs = evaluator.evaluate(
        """([hours, starts]) => starts.map(start => Array.from({length: 1440},
           (_, n) => geomap.hours.at(hours, start + n * 60000).state))""",
        [compile_hours(form), starts],
    )
    assert len(theirs) == len(days) > 30
    for day, states in zip(days, theirs, strict=True):
        assert tuple(states) == independent_day(form, day), (form, day)


@pytest.mark.parametrize(("form", "moment", "state", "until", "opens"), [
    ("Mo-Su 07:30-19:30", "2026-11-20 19:05", "open", "2026-11-20 19:30", None),
    ("Mo-Su 07:30-19:30", "2026-11-20 19:30", "closed", None, "2026-11-21 07:30"),
    ("08:30-11:00,13:30-17:00", "2026-11-20 11:30", "closed", None, "2026-11-20 13:30"),
    ("Mo-Su 22:00-06:00", "2026-11-20 23:59", "open", "2026-11-21 06:00", None),
    ("24/7", "2026-11-20 23:59", "open", None, None),
    ("Mo-Fr 09:00-17:00; PH off", "2026-09-30 18:00", "closed", None, "2026-10-08 09:00"),
    ("Mo-Fr 09:00-17:00; Th \"下午\"", "2026-11-18 18:00", "closed", None, None),
    ("", "2026-11-18 18:00", "unknown", None, None),
])  # fmt: skip
def test_when_a_door_closes_and_opens(evaluator, form, moment, state, until, opens):
    def instant(text):
        written = dt.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
        return int(written.timestamp() * 1000)

    found = evaluator.evaluate(
        "([hours, at]) => geomap.hours.at(hours, at)", [compile_hours(form), instant(moment)]
    )
    assert found["state"] == state
    assert found["until"] == (instant(until) if until else None)
    assert found["next"] == (instant(opens) if opens else None)
