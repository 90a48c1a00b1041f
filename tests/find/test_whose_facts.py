"""Whose the facts of a news story are: a speaker's place, one heading's, or nobody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
TWO = "绵阳市的驿站\n在涪江广场工会驿站,骑手接过一瓶水。\n"
LIST = "绵阳市的驿站\n入选的分别是涪江广场工会驿站、火炬路口工会驿站和科学城公园工会驿站。\n"


@pytest.mark.parametrize(
    "speech",
    [
        "“驿站有微波炉,还能吹空调!”骑手李某在火炬路口工会驿站歇脚时说。",
        "“这里有微波炉,还能吹空调。”走进火炬路口工会驿站,环卫工王某说。",
    ],
)
def test_what_somebody_says_is_said_of_where_he_is(speech: str, places: Places) -> None:
    found = places(TWO + speech)
    assert {"microwave", "air_conditioning"} <= set(found["火炬路口工会驿站"].facilities)
    assert "microwave" not in found["涪江广场工会驿站"].facilities


@pytest.mark.parametrize(
    "sentence",
    [
        "各级工会整合资源,为骑手提供饮水、热饭、充电。",
        "全国的工会服务站点提供饮水、热饭、充电等服务。",
        "市、区两级总工会靠社会各方出力,为骑手提供饮水、热饭、充电。",
        "各驿站内多配有微波炉、冰箱。",
        "骑手渴望有处充电、热饭。",
    ],
)
def test_what_unions_everywhere_offer_is_no_places(sentence: str, places: Places) -> None:
    assert [m.facilities for m in places(LIST + sentence).values()] == [(), (), ()]


def test_a_name_alone_on_its_line_heads_what_follows(places: Places) -> None:
    found = places(
        "绵阳市的驿站\n1.涪江广场工会驿站\n2.火炬路口工会驿站\n记者昨天去看了。\n"
        "涪江广场工会驿站\n走进屋里,有微波炉、冰箱。\n"
    )
    assert set(found["涪江广场工会驿站"].facilities) == {"fridge", "microwave"}
    assert found["火炬路口工会驿站"].facilities == ()


@pytest.mark.parametrize(
    ("sentence", "hours"),
    [
        ("火炬路口的工会驿站实行24小时开放,其他站点在上班时间开放。", ["", "24/7", ""]),
        ("火炬路口的爱心驿站保持24小时开放,其余的下班关门。", ["", "24/7", ""]),
        ("总工会将发挥24小时、智能化工会驿站作用。", ["", "", ""]),
        ("市总工会积极延伸服务,24小时不间断点亮工会服务的灯光,每个站点都有灯。", ["", "", ""]),
        ("每个站点一般设在24小时营业的门店里。", ["", "", ""]),
    ],
)
def test_hours_of_one_are_no_others(sentence: str, hours: list[str], places: Places) -> None:
    assert [m.opening_hours for m in places(LIST + sentence).values()] == hours


NAMES = ["涪江广场工会驿站", "工会驿站(火炬路口站)", "科学城公园工会驿站"]


@pytest.mark.parametrize("visited", NAMES)
@pytest.mark.parametrize(
    "visit",
    [
        "昨天,记者走进{}喝了杯凉茶。驿站设在居委会内。\n驿站里微波炉、空调都有。",
        "骑手李某推开{}的门,坐下歇脚。\n站内有微波炉,还有空调。",
    ],
)
def test_who_walks_into_one_of_a_list_goes_on_with_that_one(
    visited: str, visit: str, places: Places
) -> None:
    found = places("绵阳市最美驿站名单\n" + "\n".join(NAMES) + "\n" + visit.format(visited))
    told = {name for name, place in found.items() if "microwave" in place.facilities}
    assert set(found) == set(NAMES) and told == {visited}


def test_what_is_said_below_a_list_is_said_of_them_all(places: Places) -> None:
    found = places("绵阳市最美驿站名单\n" + "\n".join(NAMES) + "\n驿站里微波炉、空调都有。")
    assert all("microwave" in place.facilities for place in found.values())


@pytest.mark.parametrize(
    "text",
    [
        "比如绵阳市的工会驿站工人文化宫站、绵阳石油临园加油站工会驿站,广元市的科学城公园工会驿站等,都将正常开放。"
        "不打烊的工会驿站照常提供热饭、充电等服务。",
        "在涪江广场工会驿站,骑手坐着喝茶。\n上午,记者走进火炬路口工会驿站。\n环卫工人常来。\n"
        "下午,快递员到科学城公园工会驿站歇脚。\n“很方便。”\n大街小巷处处有它们。\n"
        "这些温馨的驿站虽小,却设施齐全,有微波炉、充电插排等。",
    ],
)
def test_what_is_said_of_these_is_said_of_each(text: str, places: Places) -> None:
    told = places("绵阳市、广元市的驿站\n" + text).values()
    assert len(told) == 3
    assert all({"charging", "microwave"} <= set(place.facilities) for place in told)


def test_a_dateline_before_a_speech_is_none_of_it(places: Places) -> None:
    speech = "绵阳晚报讯(记者 王某)“能充手机,微波炉还能热饭。”昨天,在火炬路口工会驿站,李某说。"
    found = places(TWO + speech + "驿站开放时间为8:00-17:00。")
    assert found["涪江广场工会驿站"].facilities == ()
    assert set(found["火炬路口工会驿站"].facilities) == {"charging", "microwave"}
    assert found["火炬路口工会驿站"].opening_hours == "Mo-Su 08:00-17:00"


def test_the_sort_before_a_name_says_that_it_never_shuts(places: Places) -> None:
    found = places(
        "绵阳市的驿站\n骑手走进涪城区临园集市的24小时工会驿站(绵工驿站农商银行站)。\n"
        "骑手在涪城区工会驿站(绵工驿站火炬路口站)量血压。"
    )
    hours = {name: place.opening_hours for name, place in found.items()}
    assert hours == {"绵工驿站农商银行站": "24/7", "绵工驿站火炬路口站": ""}
