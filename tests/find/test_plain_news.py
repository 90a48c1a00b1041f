"""Names as plain news prints them: edges, sorts that are no place, brands, scattered stations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("武源路社区的暖新禾彩爱心驿站,空调、冰箱都有", "暖新禾彩爱心驿站"),
        ("在余英坊社区户外劳动者微站点,骑手常来喝水", "余英坊社区户外劳动者微站点"),
        ("余英坊爱心小屋点亮街角", "余英坊爱心小屋"),
        ("柯师傅走进武源路的“溪语”暖城驿站,倒杯温水坐下", "“溪语”暖城驿站"),
        (
            "一共评上两家,分别是余英城商圈户外劳动者服务站点、武源桥户外劳动者服务站",
            "余英城商圈户外劳动者服务站点",
        ),
        ("视频里余英坊驿站关着门", "余英坊驿站"),
        ("驿站不少,大家叫“贴心驿站”的余英坊驿站最热闹", "余英坊驿站"),
    ],
)
def test_a_name_begins_and_ends_where_it_is_printed(words: str, name: str, places: Places) -> None:
    assert name in places(LEAD + "暖城驿站多了。\n" + words + "。")


@pytest.mark.parametrize(
    "words",
    [
        "画面里驿站关着门,骑手站在门外",
        "镜头中驿站灯亮着",
        "大家管驿站叫“暖心驿站”“贴心驿站”“称心驿站”",
        "骑手们称它们为“舒心驿站”“省心驿站”",
        "县里把“品质小暖驿站”当成一件大事来抓",
        "各级总工会靠工会职工服务中心(站)和社会各方出力办驿站",
        "遍布主干街路、热门商圈、湿地景区的465家工会驿站都敞开了",
        "散布在公园、广场的80家工会驿站都敞开了",
        "回复【纳凉】,可查全市人防纳凉点、各街道清凉驿站地址和开放时间",
        "另外还有约200处“小溪蜂驿站”,德清县小溪蜂驿站都能歇脚",
        "热门商圈驿站、重点商圈驿站都要建好",
    ],
)
def test_sorts_of_stations_and_what_people_call_them_are_no_places(
    words: str, places: Places
) -> None:
    assert not [one for one, place in places(LEAD + words + "。").items() if "总工会" not in one]


def test_names_in_a_row_that_are_not_praise_stay(places: Places) -> None:
    found = places(LEAD + "骑手常去余英坊“溪心驿站”、武源桥“暖心驿站”。")
    assert set(found) == {"余英坊“溪心驿站”", "武源桥“暖心驿站”"}


def test_a_place_that_can_be_looked_up_by_its_name_is_one(places: Places) -> None:
    assert "余英坊驿站" in places(LEAD + "扫码可查看余英坊驿站地址。")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("骑手推开武源路四段加油站内的“加油驿站”大门", {"武源路四段加油站驿站"}),
        ("快递员小张指着身后的城北工会驿站说,天天来", {"城北工会驿站"}),
        ("在溪塔巷子工会驿站值班的志愿者说,人多了", {"溪塔巷子工会驿站"}),
        (
            "德清县余英碑、吴兴区溪塔坪、南浔区武源广场等地的工会驿站都已开放",
            {"德清县余英碑工会驿站", "吴兴区溪塔坪工会驿站", "南浔区武源广场工会驿站"},
        ),
        (
            "骑手常去的是余英步行街工会驿站、溪塔碑工会驿站和武源坪户外劳动者驿站",
            {"余英步行街工会驿站", "溪塔碑工会驿站", "武源坪户外劳动者驿站"},
        ),
        ("我天天都来中心广场的那个工会驿站", {"中心广场工会驿站"}),
        (
            "总工会在余英塘、溪塔坪、心连心广场新建3个工会驿站",
            {"余英塘工会驿站", "溪塔坪工会驿站", "心连心广场工会驿站"},
        ),
        ("总工会在小巷、闹市、车流密集处新建30个工会驿站", set()),
        ("快餐店、商场、公园等地的工会驿站都已开放", set()),
        ("吴兴区、南浔区、德清县等地的工会驿站都已开放", set()),
        ("骑手推开“加油驿站”大门", set()),
        ("温馨的工会驿站和整洁的服务站点让人安心", set()),
        ("县里的工会驿站和爱心驿站值班的人不多", set()),
    ],
)
def test_where_a_name_begins_and_who_says_so(words: str, names: set[str], places: Places) -> None:
    found = places(LEAD + words + "。").items()
    assert {one for one, place in found if place.kind != "union_branch"} == names
