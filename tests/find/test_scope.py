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
