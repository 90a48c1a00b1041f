"""The compiled hours against a calculation of its own: opening-hours-py and chinesecalendar.

The other calculation shares nothing with geomap: PH is written out as the dates of 2026, and a
make-up day is looked up as ordinary weekdays of the same month.
"""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import chinese_calendar
import numpy as np
import numpy.typing as npt
import pytest
from opening_hours import OpeningHours, State

from geomap.hours import calendar_table, compile_hours, week_hours
from geomap.hours.calendar import read_calendar
from tests.reference_hours import day_states, open_state

FORMS = tomllib.loads((Path(__file__).parent / "hours_forms.toml").read_text("utf-8"))["forms"]
CALENDAR = read_calendar(2026)
YEAR = [date(2026, 1, 1) + timedelta(days) for days in range(365)]
HOLIDAYS = [day for day in YEAR if all(chinese_calendar.get_holiday_detail(day))]
MAKEUP_DAYS = [day for day in YEAR if day.weekday() > 4 and chinese_calendar.is_workday(day)]
AROUND = sorted({
    day + timedelta(shift) for day in HOLIDAYS + MAKEUP_DAYS for shift in range(-2, 3)
    if (day + timedelta(shift)).year == 2026
})  # fmt: skip
#: What our evaluator does not evaluate at all, and where it knowingly differs (a night belongs to
#: the day it began on).
BEYOND = ("sunrise", "Mo[1]")
CODES = {"closed": 0, "open": 1, "unknown": 2}
Minutes = npt.NDArray[np.int8]


def write_out_holidays(osm: str) -> str:
    """The rules with PH as a list of dates, which opening-hours-py understands as it stands."""
    dates = ",".join(f"2026 {day:%b} {day.day}" for day in HOLIDAYS)
    rules = []
    for rule in osm.split("; "):
        days, _, rest = rule.partition(" ")
        if "PH" not in days:
            rules.append(rule)
            continue
        others = days.removesuffix("PH").rstrip(",")
        rules += [f"{others} {rest}"] if others else []
        rules.append(f"{dates} {rest}")
    return "; ".join(rules)


@cache
def ask_day(osm: str, day: date) -> Minutes:
    """State of each minute of a day as opening-hours-py has it; a remark makes open unknown."""
    midnight = datetime.combine(day, datetime.min.time())
    minutes = np.full(1440, -1, dtype=np.int8)
    hours = OpeningHours(write_out_holidays(osm), auto_country=False, auto_timezone=False)
    for start, end, state, remark in hours.intervals(midnight, midnight + timedelta(1)):
        code = 0 if state == State.CLOSED else 1 if state == State.OPEN and not remark else 2
        low = max(0, int((start - midnight).total_seconds() // 60))
        high = min(1440, int((end - midnight).total_seconds() // 60)) if end else 1440
        minutes[low:high] = code
    return minutes


@cache
def expect_day(osm: str, day: date) -> Minutes:
    """The same with make-up workdays: open or closed only where Monday to Friday agree."""
    follows = any("PH" in rule and not re.match("(Mo|Tu|We|Th|Fr)", rule)
                  for rule in osm.split("; "))  # fmt: skip
    if day not in MAKEUP_DAYS or not follows:
        return ask_day(osm, day)
    week = []
    for weekday in range(5):
        week.append(min(
            (other for other in YEAR if other.weekday() == weekday and other.month == day.month
             and other not in HOLIDAYS and other - timedelta(1) not in HOLIDAYS),
            key=lambda other: abs(other - day),
        ))  # fmt: skip
    answers = np.array([ask_day(osm, other) for other in week])
    return np.where((answers == answers[0]).all(axis=0), answers[0], 2).astype(np.int8)


def our_day(osm: str, day: date) -> Minutes:
    minutes = np.full(1440, -1, dtype=np.int8)
    for start, end, state in day_states(compile_hours(osm), CALENDAR, day):
        minutes[start:end] = CODES[state]
    return minutes


@pytest.mark.parametrize("osm", sorted(set(FORMS.values())))
def test_every_minute_around_holidays_agrees(osm: str) -> None:
    if osm.startswith(BEYOND):
        assert all((our_day(osm, day) == 2).all() for day in AROUND)
        return
    for day in AROUND:
        ours, theirs = our_day(osm, day), expect_day(osm, day)
        wrong = np.flatnonzero(ours != theirs)
        assert not wrong.size, (day, wrong[:3], ours[wrong[:3]], theirs[wrong[:3]])


def test_all_special_days_of_2026_are_around() -> None:
    assert (len(HOLIDAYS), len(MAKEUP_DAYS)) == (33, 6)
    assert set(CALENDAR.holidays) == set(HOLIDAYS)
    assert set(CALENDAR.makeup_days) == set(MAKEUP_DAYS)
    assert date(2026, 10, 5) in HOLIDAYS  # in lieu, which opening-hours-py does not know


def test_calendar_table_goes_through_json_whole() -> None:
    table = json.loads(json.dumps(calendar_table(2025)))
    spans = [[date.fromisoformat(day) for day in span] for span in table["holidays"]]
    days = {low + timedelta(n) for low, high in spans for n in range((high - low).days + 1)}
    assert days == set(read_calendar(2025).holidays)
    assert (table["known_from"], table["known_until"][5:]) == ("2025-01-01", "12-31")
    assert "2026-10-10" in table["makeup_days"]


@pytest.mark.parametrize(
    ("osm", "moment", "state"),
    [
        ("Mo-Fr 08:00-18:00; PH off", "2026-10-10 10:00", "open"),  # make-up Saturday
        ("Mo-Fr 08:00-18:00", "2026-10-10 10:00", "closed"),  # nothing said of the calendar
        ("Mo-Fr 08:00-18:00", "2026-10-01 10:00", "open"),
        ("Mo-Fr,PH 08:00-18:00", "2026-10-10 10:00", "closed"),
        ("Mo-Fr,PH 08:00-18:00", "2026-10-03 10:00", "open"),
        ("Mo-Th 08:00-18:00; Fr 08:00-16:00; PH off", "2026-10-10 17:00", "unknown"),
        ("Mo-Th 08:00-18:00; Fr 08:00-16:00; PH off", "2026-10-10 19:00", "closed"),
        ("Sa-Su 10:00-16:00; PH off", "2026-10-10 11:00", "closed"),  # a workday then
        ("Mo-Fr 08:00-18:00; PH off", "2027-01-04 10:00", "unknown"),  # notice not known yet
        ("Mo-Fr 08:00-18:00; PH off", "2027-01-04 20:00", "closed"),
        ("Mo-Fr 08:00-18:00; PH off", "2027-01-02 10:00", "unknown"),
        ("Mo-Fr 08:00-18:00", "2027-01-04 10:00", "open"),
        ("Mo-Su 08:00-18:00", "2027-01-01 10:00", "open"),
        ('Th "下午"', "2026-11-19 15:00", "unknown"),
        ('Th "下午"', "2026-11-20 15:00", "closed"),
        ("", "2026-11-20 15:00", "unknown"),
        ("gibberish", "2026-11-20 15:00", "unknown"),
        ("Su-Th 18:00-02:00; Fr-Sa 18:00-04:00", "2026-11-20 01:00", "open"),  # Thursday's night
        ("Fr 22:00-02:00; Sa off", "2026-11-21 01:00", "open"),
        ("Mo-Fr 18:00-02:00; PH off", "2026-10-01 01:00", "open"),  # the eve's night
        ("Mo-Fr 18:00-02:00; PH off", "2026-10-08 01:00", "closed"),
        ("Mo-Su 22:00-02:00", "2026-11-20 02:00", "closed"),
        ("Mo-Su 22:00-02:00", "2026-11-20 01:59", "open"),
        ("Mo 08:00-08:00", "2026-11-24 07:59", "open"),
        ("24/7; Sa 12:00-13:00 off", "2026-11-21 12:30", "closed"),
        ("Nov 15-Feb 28 08:00-09:00", "2026-11-14 08:30", "closed"),
        ("Nov 15-Feb 28 08:00-09:00", "2026-02-28 08:30", "open"),
    ],
)
def test_state_at_a_moment(osm: str, moment: str, state: str) -> None:
    assert open_state(osm, datetime.fromisoformat(moment), CALENDAR) == state


def test_segments_fill_the_day_and_differ() -> None:
    for osm in set(FORMS.values()):
        for day in AROUND[::5]:
            segments = day_states(compile_hours(osm), CALENDAR, day)
            assert (segments[0][0], segments[-1][1]) == (0, 1440)
            for before, after in pairwise(segments):
                assert before[1] == after[0]
                assert before[2] != after[2]


def test_compiled_form_is_plain_json_and_small() -> None:
    hours = compile_hours("Mo-Fr 08:00-18:00; May-Sep Sa 09:00-12:00; PH off")
    assert (
        json.loads(json.dumps(hours))
        == hours
        == {
            "r": [
                {"d": 31, "t": [[480, 1080]]},
                {"d": 32, "m": [[501, 930]], "t": [[540, 720]]},
                {"d": 128, "s": "c"},
            ],
            "c": 1,
        }
    )


@pytest.mark.parametrize(
    ("osm", "weekday", "open_hours", "unknown_hours"),
    [
        ("Mo-Su 07:30-19:30", 0, range(8, 19), ()),
        ("24/7; PH off", 3, range(24), ()),
        ("Mo-Fr 22:00-02:00", 5, range(2), ()),
        ('Th "下午"', 3, (), range(24)),
        ('Th "下午"', 4, (), ()),
        ("May-Sep 08:00-20:00; Oct-Apr 08:00-18:00", 2, range(8, 18), (18, 19)),
        ('Mo-Su 08:30-18:00, Mo-Su 08:00-08:30 unknown "夏季"', 6, range(9, 18), (8,)),
        ("", 1, (), range(24)),
    ],
)
def test_week_hours(osm: str, weekday: int, open_hours: range, unknown_hours: range) -> None:
    is_open, is_unknown = week_hours(osm)
    assert is_open.shape == is_unknown.shape == (7, 24)
    assert list(np.flatnonzero(is_open[weekday])) == list(open_hours)
    assert list(np.flatnonzero(is_unknown[weekday])) == list(unknown_hours)
