"""Hours belong to the place that is their clause's subject, and what is quoted holds them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

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


THREE = "枫林社区工会驿站、竹园社区工会驿站、河西社区工会驿站上周启用。"


@pytest.mark.parametrize(
    "words",
    [
        "部分驿站24小时开放",
        "工作日8:30-17:30有工作人员",
        "驿站普遍在8:00-18:00开放",
        "环卫工常来,每天7:00-21:00开放",
        "记者8:00到12:00走访了这些驿站",
    ],
)
def test_hours_that_name_nobody_are_not_everybodys(words: str, places: Places) -> None:
    found = places(LEAD + THREE + words + "。")
    assert [place.opening_hours for place in found.values()] == [""] * 3


@pytest.mark.parametrize("words", ["三处驿站均为每天7:00-21:00开放", "以上站点每天7:00-21:00开放"])
def test_hours_said_of_all_are_everybodys(words: str, places: Places) -> None:
    found = places(LEAD + THREE + words + "。")
    assert [place.opening_hours for place in found.values()] == ["Mo-Su 07:00-21:00"] * 3


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("启用。驿站24小时开放。工作人员说,驿站每天8:00-20:00开放", ""),
        ("24小时驿站启用,暂时每天8:30-16:30开放", "Mo-Su 08:30-16:30"),
        ("启用。\n周一至周六 8:30-17:30\n周日 10:00-16:00", "Mo-Sa 08:30-17:30; Su 10:00-16:00"),
        ("启用。每天12:00-15:00送凉茶", ""),
        ("内的共享厨房每天11:00-13:00开放", ""),
        ("投用仪式10:00开始,11:30结束", ""),
        ("启用。中秋、国庆假期,驿站每天9:00-17:00开放", ""),
        ("启用。周日10:00-16:00开放", ""),
    ],
)
def test_one_statement_of_the_door_or_none(words: str, hours: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert place.opening_hours == hours


def test_two_names_are_one_subject_and_a_clause_ends_where_another_is_named(places: Places) -> None:
    words = "枫林社区工会驿站和竹园社区工会驿站每天8:00-20:00开放,"
    words += "河西社区工会驿站则因维修停用,可去七里桥社区工会驿站,那里24小时开放。"
    hours = {name[:2]: place.opening_hours for name, place in places(LEAD + words).items()}
    daily = "Mo-Su 08:00-20:00"
    assert hours == {"枫林": daily, "竹园": daily, "河西": "", "七里": "24/7"}


def test_a_row_may_point_at_the_row_above(places: Places) -> None:
    rows = ["1.枫林社区工会驿站\n时间:7:00-19:00", "2.竹园社区工会驿站\n时间:同上"]
    found = places(LEAD + "\n".join(rows))
    assert [place.opening_hours for place in found.values()] == ["Mo-Su 07:00-19:00"] * 2


def test_a_headline_of_round_the_clock_yields_to_stated_hours(places: Places) -> None:
    rows = ["1.枫林社区工会驿站,8:30-16:30", "2.竹园社区工会驿站", "3.河西社区工会驿站"]
    found = places("德清县24小时工会驿站名单\n" + "\n".join(rows))
    hours = [place.opening_hours for place in found.values()]
    assert hours == ["Mo-Su 08:30-16:30", "", ""]


@pytest.mark.parametrize(
    "below",
    ["2.望江门憩所:每日8:00-21:00", "【8:00-21:00开放】\n望江门憩所", "望江门憩所每日8:00-21:00"],
)
def test_an_item_that_no_rule_could_name_keeps_its_hours(below: str, places: Places) -> None:
    text = f"1.枫林社区工会驿站:枫林路2号\n{below}\n3.竹园社区工会驿站:竹园路5号"
    found = places(LEAD + text)
    hours = [found[f"{name}社区工会驿站"].opening_hours for name in ("枫林", "竹园")]
    assert hours == ["", ""]


def test_a_second_label_of_a_kind_is_the_next_items(places: Places) -> None:
    text = "枫林社区工会驿站\n地址:枫林路2号\n望江门憩所\n地址:望江路9号\n开放时间:7:00-9:00"
    found = places(LEAD + text)
    assert {name: place.opening_hours for name, place in found.items()} == {
        "枫林社区工会驿站": "",
        "望江门憩所工会驿站": "Mo-Su 07:00-09:00",
    }


def test_a_lunch_break_is_the_doors(places: Places) -> None:
    words = "武康广场工会驿站开放时间8:00-17:00,午休12:00-14:00关闭。"
    (place,) = places(LEAD + words).values()
    assert place.opening_hours == "Mo-Su 08:00-12:00,14:00-17:00"


@pytest.mark.parametrize(
    "words",
    [
        "只在工作日开,早八点到晚五点半",
        "“全天”指24小时均可进入",
        "从早八点守到夜晚八点,厂休的礼拜日只开半日,上午九点到十二点",
    ],
)
def test_hours_read_in_part_are_not_stated(words: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站已启用,{words}。").values()
    assert place.opening_hours in ("", "Mo-Fr 08:00-17:30; PH off")


@pytest.mark.parametrize(
    "words",
    [
        "启用。旁边的咖啡店有沙发和无线网",
        "启用。公园里还有公厕",
        "启用。下一步,站里将增添微波炉",
        "启用。“以前中午只能去快餐店里吃饭喝水歇脚。”老李说",
    ],
)
def test_what_others_have_or_is_wished_for_is_no_facility(words: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert place.facilities == ()


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("早上六点半开,夜里九点半落锁", "Mo-Su 06:30-21:30"),
        ("每日早晨六点半开锁,傍晚六点半落锁", "Mo-Su 06:30-18:30"),
        ("早上6点半开,10点半关,下午2点再开,一直到夜里12点", "Mo-Su 06:30-10:30,14:00-24:00"),
        ("只在工作日开,早八点到晚五点半", "Mo-Fr 08:00-17:30; PH off"),
        ("周二至周日9:00-21:00,周一维护", "Tu-Su 09:00-21:00"),
        ("门锁扫码,通宵不熄灯", "24/7"),
        (
            "四月至十一月七时至十八时,十二月至次年三月八时至十七时",
            "Apr-Nov 07:00-18:00; Dec-Mar 08:00-17:00",
        ),
        ("凌晨4点半亮灯,上午10点关门;下午再开,3点到7点", ""),
        ("每日O6:00-2l:00开放", "Mo-Su 06:00-21:00"),
    ],
)
def test_hours_as_people_tell_them(words: str, hours: str, places: Places) -> None:
    (place,) = places(LEAD + f"武康广场工会驿站{words}。").values()
    assert place.opening_hours == hours
