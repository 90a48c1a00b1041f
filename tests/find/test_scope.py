"""Where a place is: the story decides, its own words first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.divisions import Divisions
from geomap.find.area import Area
from geomap.find.scope import read_scope
from geomap.model.records import Mention


@pytest.mark.parametrize(
    ("text", "city", "district"),
    [
        ("辽宁省朝阳市双塔区总工会消息", "朝阳市", "双塔区"),
        ("北京市总工会和朝阳区总工会联合举办", "北京市", "朝阳区"),
        ("丽水莲都首批小哥驿站上线", "丽水市", "莲都区"),
        ("景宁县总工会专门开设了培训班", "丽水市", "景宁畲族自治县"),
        ("在广粤路桥下,虹口出了张地图", "上海市", "虹口区"),
        ("落实各项政策和政务公开,德清县总工会", "湖州市", "德清县"),
        ("青岛市民在海边散步", "青岛市", ""),
    ],
)
def test_what_a_story_is_about(text: str, city: str, district: str, divisions: Divisions) -> None:
    main = read_scope(text, 0, divisions, Area())[0].main
    assert (main.city, main.district) == (city, district)


def test_a_former_name_stays_as_written(divisions: Divisions) -> None:
    main = read_scope("杭州市江干区已建爱心驿家26家", 0, divisions, Area())[0].main
    assert (main.city, main.district) == ("杭州市", "江干区")


def test_each_item_of_a_list_has_its_own_district(
    places: Callable[[str], dict[str, Mention]],
) -> None:
    found = places(
        "双鸭山市最美驿站:市税务局工会驿站、宝清县农行工会驿站、饶河县邮储银行工会驿站。"
    )
    assert [m.district for m in found.values()] == ["", "宝清县", "饶河县"]
    assert {m.city for m in found.values()} == {"双鸭山市"}


def test_a_name_counts_only_inside_its_story(
    places: Callable[[str], dict[str, Mention]],
) -> None:
    found = places(
        "德清开了驿站\n\n本报讯(记者 甲乙) 德清县总工会新开武康广场工会驿站,骑手都说好用。\n\n"
        "安吉办了培训\n\n本报讯(记者 丙丁) 安吉县总工会新开昌硕广场工会驿站,骑手也说好用。\n"
    )
    assert {name: m.district for name, m in found.items()} == {
        "武康广场工会驿站": "德清县",
        "昌硕广场工会驿站": "安吉县",
    }


@pytest.mark.parametrize(
    ("text", "city", "district"),
    [
        ("盐城新添一批工会驿站", "盐城市", ""),
        ("蒙城总工会的人来看驿站", "亳州市", "蒙城县"),
        ("榕城的骑手有了新去处", "", ""),
        ("工会给骑手的礼包价值连城", "", ""),
        ("骑手常去洛阳道上的驿站", "", ""),
        ("洛阳道路结冰,骑手停下来歇脚", "洛阳市", ""),
        ("杭州机场又添两处驿站", "杭州市", ""),
        ("白云机场旁的驿站", "", ""),
    ],
)
def test_what_a_short_name_proves(
    text: str, city: str, district: str, divisions: Divisions
) -> None:
    main = read_scope(text, 0, divisions, Area())[0].main
    assert (main.city, main.district) == (city, district)


@pytest.mark.parametrize(
    ("text", "districts"),
    [
        (
            "分别是沛县歌风广场工会驿站、城东公交站工会驿站、丰县凤鸣公园工会驿站、"
            "邳州市银杏湖工会驿站。",
            ["沛县", "", "丰县", "邳州市"],
        ),
        (
            "入选的是高铁东站工会驿站、沛县歌风广场工会驿站、徐州市铜山区牡丹园工会驿站、"
            "云西社区工会驿站。",
            ["", "沛县", "铜山区", ""],
        ),
        (
            "沛县新开了歌风广场工会驿站、汤沐路口工会驿站、汉街东门工会驿站。",
            ["沛县", "沛县", "沛县"],
        ),
        (
            "沛县、丰县、邳州市都来学习。邳州市银杏湖工会驿站已经开放。",
            ["邳州市"],
        ),
        (
            "沛县有歌风广场工会驿站、汤沐路口工会驿站;丰县有凤鸣公园工会驿站、书院工会驿站。",
            ["沛县", "沛县", "丰县", "丰县"],
        ),
        (
            "骑手在凤鸣公园工会驿站喝水。市里有沛县歌风广场工会驿站、丰县凤鸣公园工会驿站、"
            "邳州市银杏湖工会驿站。",
            ["丰县", "沛县", "邳州市"],
        ),
    ],
)
def test_an_item_keeps_its_district_to_itself(
    text: str, districts: list[str], places: Callable[[str], dict[str, Mention]]
) -> None:
    found = places("徐州工会驿站上新\n徐州市总工会近日发布消息。\n" + text)
    assert [m.district for m in found.values()] == districts
    assert {m.city for m in found.values()} == {"徐州市"}
