"""Further ways in which running text says where a station is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县骑手累了就进工友驿站歇脚，总工会说。\n"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("乾元镇邮政网点也挂了“工友驿站”的牌，里面两把椅子", {"乾元镇邮政网点"}),
        ("农行营业厅门口挂上了工友驿站的牌子", {"农行营业厅"}),
        ("第7间喺江滨长廊，月底见", {"江滨长廊"}),
        ("第四处设在武源路加油站旁，还没开门", {"武源路加油站旁"}),
        ("另有余英坊停车场一处，正在装修", {"余英坊停车场"}),
        ("还有新市镇客运站一间，国庆见", {"新市镇客运站"}),
        ("英溪街道要在康泰街开一间工友驿站，房子找着了", {"康泰街"}),
        ("林业局岔道口那个工友驿站换地方了", {"林业局岔道口"}),
        ("再远，就数景区停车场东头的那一间，热水管够", {"景区停车场东头"}),
        ("英溪江畔的工友驿站升级完毕", {"英溪江畔"}),
        ("乌牛街、丹江街、白源街三个街道工友驿站只在工作日开", {"乌牛街", "丹江街", "白源街"}),
        (
            "古码头、鲁桥镇航运公司、留庄镇渡口三处船工驿站,早6点至晚9点开",
            {"古码头", "航运公司", "留庄镇渡口"},
        ),
        (
            "首批工友驿站5处，分别设在：凤凰街社区服务大厅、楚萍路公厕管理房；"
            "八一街师附小对面岗亭、金三角市场；高坑镇火车站广场",
            {
                "凤凰街社区服务大厅",
                "楚萍路公厕管理房",
                "八一街师附小对面岗亭",
                "金三角市场",
                "高坑镇火车站广场",
            },
        ),
    ],
)
def test_where_a_station_is(words: str, names: set[str], places: Places) -> None:
    found = list(places(LEAD + words + "。"))
    assert {name for name in names if not any(name in one for one in found)} == set(), found
    assert len(found) == len(names), found


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("◎报刊亭 → 橙意小屋", "橙意小屋"),
        ("公厕二楼→环卫工人休息间", "环卫工人休息间"),
        ("▶ 农机站门卫室 ➜ 歇伙铺", "歇伙铺"),
        ("旧岗亭 -> “凉亭驿”", "凉亭驿"),
    ],
)
def test_a_heading_says_what_a_house_became(heading: str, name: str, places: Places) -> None:
    text = f"溆浦县总工会把几处老房子改成了驿站。\n\n{heading}\n"
    text += "低庄镇那座空屋，如今每天8:00到18:00开。"
    assert [one for one in places(text) if name in one]


@pytest.mark.parametrize(
    "words",
    [
        "◎老礼堂 → ？\n老礼堂要先做鉴定。",
        "商场那个老板人很好",
        "公司要在县城开一间咖啡馆",
        "另有志愿者一处一处地走访",
        "第三间教室设在工会二楼",
    ],
)
def test_other_turns_compose_nothing(words: str, places: Places) -> None:
    assert not places(LEAD + words + "。")


@pytest.mark.parametrize("name", ["三洲暖新小筑", "黄姚暖新小筑"])
def test_an_item_named_after_its_town(name: str, places: Places) -> None:
    text = "佛山高明荷城“暖新小筑”位置\n荷城街道总工会搭了3间。\n"
    text += f"1/ 沧江路暖新小筑——报刊亭\n2/ {name}——派出所斜对面\n3/ 荷香路暖新小筑——158号铺"
    assert name in places(text)
