"""Totals that a text says in passing, with the head told before or in other words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.find import Findings

Find = Callable[[str], Findings]

HEAD = "开州区总工会在街头办起工友驿站，骑手随时可进。\n"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("至此，三批共29家。", 29),
        ("区总工会说全区57个点，你各人在地图上画嘛。", 57),
        ("两批加起来一共41处，城里占了大半。", 41),
        ("拢共17间，山区也有。", 17),
        ("目前对外开放的一共6间，下面讲其中4间。", 6),
        ("工友驿站今年报上来16处，本栏只登跑过的。", 16),
        ("全区这样的站点总共63个。", 63),
        ("【21个】全区工友驿站的总数。", 21),
        ("工友驿站在全区已经铺开38间。", 38),
    ],
)
def test_a_total_is_a_count(words: str, number: int, find: Find) -> None:
    told = {(m.count, m.status) for m in find(HEAD + words).mentions if not m.mappable}
    assert told == {(number, "operating")}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("2026年计划新建15个、改造提升20个。", {15, 20}),
        ("城北片年底前还要添2处，位置没定。", {2}),
        ("明年打算再开8间。", {8}),
        ("下半年准备再建5个，选址已定。", {5}),
        ("区里的意思，年内还想增设12个点。", {12}),
    ],
)
def test_what_is_to_come_is_planned(words: str, numbers: set[int], find: Find) -> None:
    told = {(m.count, m.status) for m in find(HEAD + words).mentions if not m.mappable}
    assert told == {(number, "planned") for number in numbers}


@pytest.mark.parametrize(
    "words",
    [
        "工友驿站里有床位12个。",
        "工友驿站设停车位80个，不收钱。",
        "学院路环卫三所工人休息室也能进。",
        "活动走遍全区57个村。",
        "晚会共有节目12个，持续两小时。",
        "驿站每月换桶装水40桶，共用杯子30个。",
        "全区57个点单平台参加会议。",
    ],
)
def test_other_things_are_no_stations(words: str, find: Find) -> None:
    assert not [m.count for m in find(HEAD + words).mentions if not m.mappable]


def test_a_tender_names_no_place_but_tells_how_many(find: Find) -> None:
    text = (
        "金湖县总工会工会驿站设备采购项目竞争性磋商公告\n"
        "潜在供应商应在平台获取采购文件。\n"
        "采购需求：为全县18个工会驿站购置饮水机18台。交货地点：东湖广场工会驿站。"
    )
    assert [(m.count, m.mappable) for m in find(text).mentions] == [(18, False)]
