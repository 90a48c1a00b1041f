"""Hours belong to the place that is their clause's subject, and what is quoted holds them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"


@pytest.mark.parametrize(
    "words",
    [
        "位于武康路,旁边的一家咖啡店每天8:00—20:00开放",
        "附近有一家药店,24小时营业",
        "对面是菜市场,5:00-12:00营业",
        "里设有图书角,图书角每天9:00-21:00开放",
        "的充电桩24小时可用",
        "已启用。骑手小王每天6点到22点跑单,常来这里",
        "启用。6月15日至9月15日,站里每天10:00-16:00免费送绿豆汤",
        "启用。高温期间,站里每天10:00-16:00供应凉茶",
        "计划明年实行24小时开放",
        "启用。小哥说,要是能24小时开放就好了",
        "以前只在9:00-17:00开门",
    ],
)
def test_hours_of_somebody_else_or_of_another_day_are_not_the_doors(
    words: str, places: Places
) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert place.opening_hours == ""


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("每天8:00至20:00开放,隔壁的超市24小时营业", "Mo-Su 08:00-20:00"),
        ("设在便利店内,每天7:00-22:00开放", "Mo-Su 07:00-22:00"),
        ("只有休息室和卫生间,6:00-24:00开放,全年无休", "Mo-Su 06:00-24:00"),
        ("开放时间为7:00-19:00,其中午休室11:30-13:30开放", "Mo-Su 07:00-19:00"),
        ("以前下午五点就锁门,现在每天8:00-22:00开放", "Mo-Su 08:00-22:00"),
    ],
)
def test_the_doors_own_hours_stay(words: str, hours: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert place.opening_hours == hours


def test_a_rooms_owner_named_after_a_house_keeps_its_hours(places: Places) -> None:
    found = places(LEAD + "中国石化武康路加油站暖心驿站已启用。加油站全天24小时开放。")
    assert [place.opening_hours for place in found.values()] == ["24/7"]


def test_every_stated_fact_stands_in_a_quote(places: Places) -> None:
    text = LEAD + "武康广场工会驿站上周启用。驿站每天8:00-20:00开放。站里有微波炉。"
    (place,) = places(text).values()
    quotes = " ".join(evidence.quote for evidence in place.evidence)
    assert place.opening_hours == "Mo-Su 08:00-20:00" and "8:00-20:00" in quotes
    assert place.facilities == ("microwave",) and "微波炉" in quotes
    assert len({evidence.start for evidence in place.evidence}) == len(place.evidence)
