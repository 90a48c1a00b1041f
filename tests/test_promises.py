"""Claims are judged like with like: what is true is confirmed, what is false never is."""

from __future__ import annotations

import pandas as pd
import pytest

from geomap.model.settings import ENVELOPES
from geomap.stations.promises import find_envelope
from geomap.stations.tally import judge_claims

CODE = "110107"
ALWAYS, BY_DAY, UNKNOWN = "24/7", "Mo-Su 08:00-18:00", ""


def make_stations(operating: int, planned: int = 0, hours: str = BY_DAY) -> pd.DataFrame:
    rows = [("station", "operating", hours)] * operating + [("station", "planned", "")] * planned
    return pd.DataFrame(rows, columns=["kind", "status", "opening_hours"]).assign(
        district_code=CODE, access="public"
    )


def make_claims(*rows: tuple[str, str, int | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"doc": "a.md", "province": "", "city": "", "district": "石景山区", "kind": kind,
             "claim": words, "count": count, "as_of": "2021", "quote": f"全区{words}。",
             "district_code": CODE}
            for kind, words, count in rows
        ]
    )  # fmt: skip


def make_shares(low: float, high: float) -> pd.DataFrame:
    values = {
        f"{envelope.id}_{name}": value
        for envelope in ENVELOPES
        for name, value in (("share_low", low), ("share", (low + high) / 2), ("share_high", high))
    }
    return pd.DataFrame(values, index=pd.Index([CODE], name="district_code"))


def judge(stations: pd.DataFrame, shares: pd.DataFrame, *rows: tuple[str, str, int | None]) -> str:
    judged = judge_claims(make_claims(*rows), stations, shares)
    assert judged["rests"].str.len().min() > 0
    return str(judged["verdict"].iloc[0])


NUMBERS = range(1, 6)
PROMISES = ("骑行10分钟就有", "10分钟服务圈", "服务半径1公里", "步行15分钟服务圈", "10分钟可达")


@pytest.mark.parametrize("number", NUMBERS)
def test_thirty_true_claims_are_confirmed(number: int) -> None:
    counted = ("station", f"{number}个驿站", number)
    full, part = make_shares(0.97, 0.99), make_shares(0.2, 0.4)
    stations = make_stations(number, planned=number)
    verdicts = [
        judge(stations, part, counted),
        judge(make_stations(number + 3), part, counted),
        judge(stations, part, ("planned", f"计划新建{number}个", number)),
        judge(stations, full, ("reach", PROMISES[number - 1], None), counted),
        judge(
            make_stations(number, hours=ALWAYS), part, ("station", f"{number}个24小时驿站", number)
        ),
        judge(make_stations(number, hours=ALWAYS), part, ("station", "驿站24小时开放", None)),
    ]
    assert verdicts == ["confirmed"] * 6


@pytest.mark.parametrize("number", NUMBERS)
def test_thirty_false_claims_are_never_confirmed(number: int) -> None:
    more = ("station", f"{number + 1}个驿站", number + 1)
    same = ("station", f"{number}个驿站", number)
    part = make_shares(0.2, 0.4)
    stations = make_stations(number, planned=number)
    verdicts = [
        judge(stations, part, more),
        judge(stations, part, ("planned", f"计划新建{number + 1}个", number + 1)),
        judge(stations, part, ("reach", PROMISES[number - 1], None), same),
        judge(stations, part, ("station", f"{number}个24小时驿站", number)),
        judge(stations, part, ("station", "驿站24小时开放", None)),
        judge(stations, part, same, ("station", f"{number + 9}个驿站", number + 9)),
    ]
    assert verdicts == ["partly", "partly"] + ["contradicted"] * 4


def test_a_count_says_which_places_it_was_held_against() -> None:
    stations = make_stations(3, planned=2)
    claims = make_claims(("station", "9个驿站", 9), ("planned", "计划新建9个", 9))
    rests = judge_claims(claims, stations, make_shares(0.2, 0.4))["rests"].tolist()
    assert rests == ["图上在用的同类（不论谁可进） 3 个", "图上规划中的 2 个"]


def test_what_nobody_can_know_stays_unknown() -> None:
    some, part = make_stations(2, hours=UNKNOWN), make_shares(0.0, 0.4)
    assert judge(some, part, ("station", "驿站24小时开放", None)) == "unknown"
    assert judge(some, part, ("added", "新增2个", 2)) == "unknown"
    assert (
        judge(some, part, ("reach", "骑行10分钟就有", None)) == "unknown"
    )  # the list is not whole
    assert judge(some, part, ("reach", "骑行20分钟就有", None)) == "unknown"  # no such envelope
    town = make_claims(("reach", "骑行10分钟就有", None)).assign(quote="镇区骑行10分钟就有。")
    judged = judge_claims(town, some, make_shares(0.99, 1.0))
    assert judged["verdict"].tolist() == ["unknown"] and "镇街" in judged["rests"][0]
    unmeasured = judge_claims(make_claims(("reach", "骑行10分钟就有", None)), some)
    assert unmeasured["verdict"].tolist() == ["unknown"]


def test_of_doors_that_the_map_lacks_nobody_knows() -> None:
    part, every = make_shares(0.2, 0.4), ("station", "驿站24小时开放", None)
    counted = ("station", "23个驿站", 23)
    assert judge(make_stations(2, hours=ALWAYS), part, every, counted) == "partly"
    assert judge(make_stations(2, hours=UNKNOWN), part, every, counted) == "unknown"
    assert judge(make_stations(2, hours=BY_DAY), part, every, counted) == "contradicted"


@pytest.mark.parametrize(
    "words, found",
    [
        ("骑行10分钟就有", "ebike_10min_15kmh"), ("步行15分钟服务圈", "standard_1km"),
        ("服务半径1公里", "standard_1km"), ("步行10分钟", None), ("3公里", None), ("就近", None),
    ],
)  # fmt: skip
def test_a_promise_is_of_the_envelope_of_its_own_measure(words: str, found: str | None) -> None:
    envelope = find_envelope(words, ENVELOPES)
    assert (envelope.id if envelope else None) == found
