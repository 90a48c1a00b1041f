"""A head behind several places is the head of each; what is counted is told of its own division."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.find import Findings
from geomap.model.records import Mention

Find = Callable[[str], Findings]
Places = Callable[[str], dict[str, Mention]]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "师惠邻里中心、方洲公园、玲珑广场工会驿站均可充电",
            ["师惠邻里中心工会驿站", "方洲公园工会驿站", "玲珑广场工会驿站"],
        ),
        ("龙江、颐和路、宁海路等5家工会驿站启用", ["龙江", "颐和路", "宁海路"]),
        ("走进颐和路社区和金川社区工会驿站", ["颐和路社区工会驿站", "金川社区工会驿站"]),
    ],
)
def test_the_head_behind_a_list_is_each_ones(words: str, names: list[str], places: Places) -> None:
    found = list(places(f"南京市鼓楼区总工会消息\n{words}。"))
    assert [name for name in names if not any(one.startswith(name) for one in found)] == []
    assert len(found) == len(names)


@pytest.mark.parametrize(
    "words",
    [
        "金台区、渭滨区分别建有爱心驿家86家、92家",
        "配齐微波炉、冰箱、雨伞的工会驿站",
        "各地推出服务,从成都的“骑手驿站”到各县的小哥之家",
        "要求把驿站建成温馨港湾",
        "提高驿站管理员的本领",
    ],
)
def test_divisions_things_and_wishes_are_no_places(words: str, places: Places) -> None:
    assert not places(f"宝鸡市总工会消息\n宝鸡市总工会{words}。")


def test_a_short_form_is_the_place_it_begins(places: Places) -> None:
    text = "南京市鼓楼区在龙江体育馆、湖南路步行街、颐和路社区等5家户外劳动者驿站配了饮水机。\n"
    found = places(text + "其中龙江、颐和路两家驿站每天8:00至20:00开放。")
    hours = {name[:3]: place.opening_hours for name, place in found.items()}
    assert hours == {
        "龙江体": "Mo-Su 08:00-20:00",
        "湖南路": "",
        "颐和路": "Mo-Su 08:00-20:00",
    }


@pytest.mark.parametrize(
    "text",
    [
        "芳古园社区养老服务驿站开业，丰台区总工会送去祝贺。",
        "鄞州区青年人才驿站启用，区总工会参与建设。",
        "成都锦城湖驿站每天接待游客上千人，提供咖啡、简餐。",
    ],
)
def test_stations_of_others_are_none_of_ours(text: str, places: Places) -> None:
    assert not places(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "截至目前，越城区、柯桥区和上虞区分别建有爱心驿家86家、92家和71家。",
            {("越城区", 86), ("柯桥区", 92), ("上虞区", 71)},
        ),
        (
            "绍兴市已建成爱心驿家150家，其中越城区86家、柯桥区64家。",
            {("", 150), ("越城区", 86), ("柯桥区", 64)},
        ),
        ("绍兴市爱心驿家从48个增加到205个。", {("", 205)}),
        ("绍兴市新建爱心驿家26处，改造提升41处。", {("", 26), ("", 41)}),
    ],
)
def test_each_number_is_told_of_its_own_division(
    text: str, told: set[tuple[str, int]], find: Find
) -> None:
    assert {(c.district, c.count) for c in find(f"绍兴市总工会消息\n{text}").claims} == told


def test_a_tables_columns_say_what_its_numbers_are(find: Find) -> None:
    rows = "任城区 58 10\n兖州区 32 6\n曲阜市 27 5"
    text = f"济宁市各县市区工会驿站数量\n县市区 已建成 2027年计划\n{rows}\n"
    told = {(c.district, c.kind, c.count) for c in find(text).claims}
    assert told == {
        ("任城区", "station", 58), ("任城区", "planned", 10),
        ("兖州区", "station", 32), ("兖州区", "planned", 6),
        ("曲阜市", "station", 27), ("曲阜市", "planned", 5),
    }  # fmt: skip


def test_a_lake_behind_its_city_is_no_district_of_another(places: Places) -> None:
    (place,) = places("武汉东湖高新区总工会在佛祖岭社区设立的暖心驿站启用。").values()
    assert (place.city, place.district) == ("武汉市", "")


def test_a_development_zone_says_its_city_and_no_district(places: Places) -> None:
    (place,) = places("苏州工业园区总工会在湖东邻里中心设立的暖心驿站启用。").values()
    assert (place.province, place.city, place.district) == ("江苏省", "苏州市", "")
