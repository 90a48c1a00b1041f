"""Opening hours: every form of hours_forms.toml, what is none, and the laws of the parser."""

from __future__ import annotations

import json
import re
import tomllib
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import validate

from geomap.hours import find_hours, parse_hours
from geomap.hours.chinese_text import format_hours
from geomap.hours.rules import read_rules, write_rules
from geomap.hours.words import simplify

HERE = Path(__file__).parent
LABELLED = HERE.parents[1] / "shared" / "labelled"
TABLE = tomllib.loads((HERE / "hours_forms.toml").read_text(encoding="utf-8"))
FORMS: dict[str, str] = TABLE["forms"]


@pytest.mark.parametrize(("text", "osm"), FORMS.items())
def test_form_is_read(text: str, osm: str) -> None:
    hours = parse_hours(text)
    assert hours is not None
    assert (hours.osm, hours.words) == (osm, text)


@pytest.mark.parametrize("text", TABLE["no_hours"]["texts"])
def test_other_text_is_no_hours(text: str) -> None:
    assert parse_hours(text) is None
    assert find_hours(f"地址{text}。") == []


@pytest.mark.parametrize("text", TABLE["hours_of_others"]["texts"])
def test_hours_of_something_else_are_only_found(text: str) -> None:
    assert parse_hours(text) is None
    assert find_hours(text) != []


@pytest.mark.parametrize("osm", sorted(set(FORMS.values())))
def test_result_is_osm_syntax_and_stays_as_it_is(osm: str) -> None:
    assert validate(osm)
    again = parse_hours(osm)
    assert again is not None
    assert again.osm == osm


def test_there_are_enough_forms() -> None:
    assert len(FORMS) >= 80
    assert len(TABLE["no_hours"]["texts"]) >= 40


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("每日7:30-19:30", False),
        ("周四下午", True),
        ("8:00-18:00(雨天不开放)", True),
        ("sunrise-sunset", True),
        ('PH "节假日"; Mo 09:00-10:00', True),
        ("Mo-Fr 09:00-17:00; PH off", False),
    ],
)
def test_vague_says_that_something_is_unknown(text: str, vague: bool) -> None:
    hours = parse_hours(text)
    assert hours is not None
    assert hours.vague is vague


def test_found_hours_name_their_characters() -> None:
    text = "服务站有空调。开放时间:工作日8:00-18:00。热线12351,2024年5月1日8:00-12:00有活动。"
    found = find_hours(text)
    assert [(text[hit.start : hit.end], hit.hours.osm) for hit in found] == [
        ("工作日8:00-18:00", "Mo-Fr 08:00-18:00; PH off")
    ]


@given(
    st.text(
        alphabet="周一二五日工作休息上下午早晚点半时分至到-~:0123456789,;()每年夏冬季节假小除外 "
    )
)
def test_whatever_is_read_is_valid_and_canonical(text: str) -> None:
    hours = parse_hours(text)
    if hours is not None:
        assert validate(hours.osm)
        again = parse_hours(hours.osm)
        assert again is not None
        assert again.osm == hours.osm


@given(st.text())
def test_any_text_is_survived_and_keeps_its_length(text: str) -> None:
    parse_hours(text)
    find_hours(text)
    assert len(simplify(text)) == len(text)


@given(start=st.integers(0, 1438), length=st.integers(1, 1439), style=st.sampled_from(
    ["{a}:{b:02d}-{c}:{d:02d}", "{a:02d}:{b:02d}至{c:02d}:{d:02d}", "{a}点{b}分到{c}点{d}分",
     "{a:02d}:{b:02d}~{c:02d}:{d:02d}", "每日{a}时{b:02d}分至{c}时{d:02d}分"]))  # fmt: skip
def test_times_of_one_day_survive_every_style(start: int, length: int, style: str) -> None:
    end = min(start + length, 1439)
    text = style.format(a=start // 60, b=start % 60, c=end // 60, d=end % 60)
    hours = parse_hours(text)
    assert hours is not None
    expected = "24/7" if end - start == 1439 else (
        f"Mo-Su {start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"
    )  # fmt: skip
    assert hours.osm == expected


@pytest.mark.parametrize("osm", ["Mo[1] 10:00-11:00", "week 3", "2026 Mo-Fr", "08:00+", "x", ""])
def test_rules_leave_alone_what_they_do_not_know(osm: str) -> None:
    assert read_rules(osm) is None


def test_rules_are_written_canonically() -> None:
    rules = read_rules("may-sep 8:00-9:00,10:00-11:00; ph,su off; Dec 24-26 Mo 1:00-26:30")
    assert rules is not None
    expected = "May-Sep 08:00-09:00,10:00-11:00; Su,PH off; Dec 24-Dec 26 Mo 01:00-26:30"
    assert write_rules(rules) == expected.replace("26:30", "02:30")


@pytest.mark.skipif(not LABELLED.exists(), reason="the labelled articles are not here")
@pytest.mark.parametrize("name", ["articles", "seeds"])
def test_labelled_hours_are_read(name: str) -> None:
    lines = (LABELLED / f"{name}_gold.jsonl").read_text(encoding="utf-8").splitlines()
    stated = {row["opening_hours"] for row in map(json.loads, lines) if row["opening_hours"]}
    assert stated
    for osm in stated:
        hours = parse_hours(osm)
        assert hours is not None
        assert re.sub("^Mo-Su ", "", hours.osm) == osm


DAYS = {
    "每天": "Mo-Su", "周一至周五": "Mo-Fr", "星期一到星期六": "Mo-Sa", "周二、四": "Tu,Th",
    "双休日": "Sa-Su", "周一至周四、周日": "Mo-Th,Su", "逢周三": "We", "Mon-Fri": "Mo-Fr",
    "週一至週三": "Mo-We", "周末及节假日": "Sa-Su,PH", "平日": "Mo-Fr", "礼拜天": "Su",
    "周一、周三、周五": "Mo,We,Fr",
}  # fmt: skip
TIMES = {
    "9:00-17:00": "09:00-17:00", "早八点至晚六点": "08:00-18:00", "9am-9pm": "09:00-21:00",
    "上午8:30-12:00,下午2:00-5:30": "08:30-12:00,14:00-17:30", "朝九晚五": "09:00-17:00",
    "9点开门,21点关门": "09:00-21:00", "18:00-次日2:00": "18:00-02:00",
    "6:30—8:30、11:00—13:00、17:00—19:00": "06:30-08:30,11:00-13:00,17:00-19:00",
    "24小时": "00:00-24:00", "从9:00开到22:00": "09:00-22:00", "八时至二十时": "08:00-20:00",
}  # fmt: skip


@pytest.mark.parametrize("form", [
    "{d}{t}", "{d} {t}", "{d}:{t}", "{d},{t}", "{d}({t})", "{t}({d})", "{t},{d}", "{t} {d}",
    "开放时间:{d}{t}。", "{d}的{t}", "⏰{d}｜{t}", "{d}{t}开放",
])  # fmt: skip
def test_days_and_times_bind_in_every_order(form: str) -> None:
    for (day, days), (time, times) in product(DAYS.items(), TIMES.items()):
        hours = parse_hours(form.format(d=day, t=time))
        osm = "24/7" if (days, time) == ("Mo-Su", "24小时") else f"{days} {times}"
        assert hours is not None
        assert (hours.osm, hours.words) == (osm, form.format(d=day, t=time))


def test_signs_are_said_in_chinese_and_mean_the_same():
    assert format_hours("Mo-Fr 08:30-11:00,13:30-17:00; PH off") == (
        "周一至周五 08:30-11:00、13:30-17:00；法定节假日休息"
    )
    assert format_hours("24/7") == "24小时开放"
    assert format_hours("Mo-Su 07:30-19:30") == "每天07:30-19:30"
    assert format_hours("Apr-Oct 07:00-21:00") == "4月-10月 07:00-21:00"
    assert format_hours("Nov 15-Mar 15 08:30-17:00") == "11月15日-3月15日 08:30-17:00"
    assert format_hours('Th "下午"') == "周四 下午"
    assert format_hours("Mo-Su sunrise-sunset") == "Mo-Su sunrise-sunset"
    assert format_hours("Mo[1] 09:00-10:00") == "每月第1个周一 09:00-10:00"
    assert format_hours("Mo[-1] 09:00-10:00") == "Mo[-1] 09:00-10:00"
    told = {osm: format_hours(osm) for osm in FORMS.values() if osm}
    read = {osm: parse_hours(said) for osm, said in told.items() if said != osm}
    other = {osm for osm, again in read.items() if again is None or again.osm != osm}
    # Right words that the reader takes for another way to say it, or not at all.
    assert other <= {
        "Mo-Fr 09:00-17:00; Sa-Su off", "Mo-Sa 08:00-20:00; We 10:00-12:00",
        "Mo[1] 09:00-10:00", "Sa-Su,PH off",
    }  # fmt: skip
    assert not any(re.search(r'[A-Za-z"\[\]]', told[osm]) for osm in other)


@pytest.mark.parametrize("written", ['＂x"', '"x＂', "＂ｘ＂", '"', "＂", '"x" "y"', '"Mo" "下午'])
def test_quotation_marks_of_any_width_end_nothing(written: str) -> None:
    parsed = parse_hours(written)
    assert parsed is None or ('"' in parsed.osm and parsed.words == written)


@given(st.text(st.sampled_from('"＂“”9:0-17;,|xＸ二周下午Moff+/ '), max_size=16))
def test_any_words_are_hours_or_nothing(written: str) -> None:
    parsed = parse_hours(written)
    assert parsed is None or parse_hours(parsed.osm) is not None
