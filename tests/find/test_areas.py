"""The area of a story and of its places: the finest that the text states, else empty."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.find import Findings
from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]


@pytest.mark.parametrize(
    ("text", "city", "district"),
    [
        (
            "绍兴新增9处歇脚站\n绍兴市总工会昨天说,揭牌仪式在越城区一家邮局举行。绍兴市今年新增"
            "9处工会驿站。\n这几处工会驿站分别位于:龙华寺停车场、鲁迅路邮局、北海公交站。",
            "绍兴市",
            "",
        ),
        (
            "绍兴市总工会与诸暨市总工会交流。绍兴市总工会建成工会驿站320家。\n"
            "绍兴市总工会还在东湖路设了鲁迅书店工会驿站,已经启用。",
            "绍兴市",
            "",
        ),
        (
            "绍兴市柯桥区歇脚站上新\n绍兴市柯桥区总工会近日公布,轻纺城北门工会驿站、"
            "瓜渚湖公交站工会驿站已经启用。绍兴市总工会前来指导。",
            "绍兴市",
            "柯桥区",
        ),
    ],
)
def test_a_district_named_in_passing_is_not_the_storys(
    text: str, city: str, district: str, places: Places
) -> None:
    found = places(text).values()
    assert {(m.city, m.district) for m in found} == {(city, district)}


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("浙江建成工会驿站6062个,嘉兴、湖州、桐乡大桥街工会驿站都开放。", ("浙江省", "", "")),
        ("嘉兴已建成工会驿站449家。嘉兴市总工会说,平湖市也有。", ("浙江省", "嘉兴市", "")),
        ("平湖已建成工会驿站49家。平湖市总工会是嘉兴最早的。", ("浙江省", "嘉兴市", "平湖市")),
    ],
)
def test_a_count_is_the_storys(
    text: str, area: tuple[str, str, str], find: Callable[[str], Findings]
) -> None:
    (count,) = (m for m in find(text).mentions if not m.mappable)
    assert (count.province, count.city, count.district) == area


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        (
            "湖南400家驿站不打烊。比如株洲市的神农湖工会驿站、清水塘加油站工会驿站,"
            "湘潭市的韶山桥工会驿站、板塘公园工会驿站都开放。",
            ["株洲市", "株洲市", "湘潭市", "湘潭市"],
        ),
        (
            "湖南各地都有:株洲市的神农湖工会驿站、清水塘加油站工会驿站,衡阳市的岳屏公园工会驿站。",
            ["株洲市", "株洲市", "衡阳市"],
        ),
    ],
)
def test_whose_the_first_is_said_to_be_are_those_behind_it(
    text: str, cities: list[str], places: Places
) -> None:
    assert [m.city for m in places(text).values()] == cities


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("江北区的骑手有地方歇了。观音桥步行街工会驿站、石马河立交工会驿站已经启用。", "重庆市"),
        ("江北区的骑手有地方歇了。慈城古镇口工会驿站、庄桥菜场工会驿站已经启用。", "宁波市"),
        ("江北区的骑手有地方歇了。步行街工会驿站、立交工会驿站已经启用。", ""),
    ],
)
def test_townships_tell_homonyms_apart(text: str, city: str, places: Places) -> None:
    assert {m.city for m in places(text).values()} == {city}


def test_a_zone_is_no_district_of_its_city(places: Places) -> None:
    found = places(
        "苏州又有两处驿站启用。苏州工业园区荷塘路口的工会驿站很热闹。"
        "吴江区的鲈乡公园工会驿站、吴江区垂虹路工会驿站也有空调。"
    )
    areas = {name: (m.district, m.township) for name, m in found.items()}
    assert areas["苏州工业园区荷塘路口工会驿站"] == ("", "苏州工业园区")
    assert areas["鲈乡公园工会驿站"][0] == "吴江区"


def test_a_zone_named_after_its_district_lies_in_it(places: Places) -> None:
    found = places(
        "昌平区总工会验收职工之家\n验收组来到崔村镇职工之家、昌平科技园区职工之家、阳坊镇职工之家。"
    )
    zone = found["昌平科技园区职工之家"]
    assert (zone.district, zone.township) == ("昌平区", "昌平科技园区")


@pytest.mark.parametrize(
    ("name", "district"),
    [
        ("马巷加油站", "翔安区"),
        ("杏林公交枢纽", "集美区"),
        ("马巷路加油站", ""),
        ("“马巷汇”", ""),
        ("环岛马巷加油站", ""),
    ],
)
def test_a_short_town_opens_a_place_of_its_city(name: str, district: str, places: Places) -> None:
    (place,) = places(f"厦门的驿站\n厦门市总工会消息,{name}工会驿站已经启用。").values()
    assert (place.city, place.district) == ("厦门市", district)


@pytest.mark.parametrize(
    ("name", "district"), [("“红雁塔”书店", ""), ("“小灞桥”书店", ""), ("雁塔区书店", "雁塔区")]
)
def test_the_middle_of_a_nickname_is_no_division(name: str, district: str, places: Places) -> None:
    found = places(f"西安的驿站\n西安市总工会消息,{name}工会驿站、西安市钟楼书店工会驿站已经启用。")
    assert next(iter(found.values())).district == district


@pytest.mark.parametrize(
    ("name", "township"),
    [
        ("低塘司机工会驿站", "低塘街道"),
        ("低塘农商银行工会驿站", ""),
        ("书香低塘分馆工会驿站", ""),
        ("低塘街道文化广场工会驿站", "低塘街道"),
    ],
)
def test_what_is_called_after_a_town_need_not_lie_in_it(
    name: str, township: str, places: Places
) -> None:
    (place,) = places(f"余姚市的驿站\n宁波余姚市总工会说,{name}启用。").values()
    assert (place.district, place.township) == ("余姚市", township)


def test_a_town_in_one_places_sentence_is_not_the_others(places: Places) -> None:
    found = places(
        "余姚市的驿站\n余姚市总工会新设三处驿站。\n客运西站工会驿站位于低塘街道,骑手都爱来。\n"
        "龙泉广场工会驿站有空调。\n体育馆工会驿站有冰箱。"
    )
    assert [place.township for place in found.values()] == ["低塘街道", "", ""]


def test_an_old_county_town_is_no_county(places: Places) -> None:
    found = places("太原市的驿站\n太原古县城工匠大院工会驿站启用,太原市晋源区共有20个这样的驿站。")
    assert [m.city for m in found.values()] == ["太原市"]


def test_a_bank_branch_for_a_community_is_no_community(places: Places) -> None:
    found = places("余姚市的驿站\n余姚市总工会说,宁波银行余姚幸福苑社区支行工会驿站启用。")
    assert [place.community for place in found.values()] == [""]
