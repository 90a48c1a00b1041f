"""Names in quotes, places pointed at, and words that only look like a place's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("新建武源街“乡音驿站”,刷身份证进门", "武源街“乡音驿站”"),
        ("门楣上写着“金江小哥驿站”,骑手常来", "金江小哥驿站"),
        ("接过空了三年的岗亭,取名“凉亭驿”,为骑手开门", "凉亭驿"),
        ("玻璃房亮着灯,这就是“微光小屋”永丰路口店", "“微光小屋”永丰路口店"),
        ("余英坊南门挂出“骑手之家”的牌子", "余英坊南门骑手之家"),
    ],
)
def test_a_name_in_quotes_is_read_with_the_place_before_it(
    words: str, name: str, places: Places
) -> None:
    assert name in places(LEAD + words + "。")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("雾还没散,武源路口的那间驿站已经亮了灯", "武源路口驿站"),
        ("骑手驿站不少。余英坊交易市场里的那处最热闹", "余英坊交易市场骑手驿站"),
        ("骑手驿站往东走……余英步道拐角处还有一间,是去年改的", "余英步道"),
        ("骑手驿站还打算在余英坊东街再开一间", "余英坊东街骑手驿站"),
    ],
)
def test_a_place_pointed_at_is_one_of_those_told_of(words: str, name: str, places: Places) -> None:
    assert [one for one in places(LEAD + words + "。") if one.startswith(name)]


@pytest.mark.parametrize(
    "words",
    [
        "让驿站真正成为劳动者的“充电桩”“加油站”",
        "第一讲“安全加油站”,讲怎么过路口",
        "每一次出发都有驿站可歇",
        "还有一种“驿站”,其实是推贷款的",
        "最后一讲叫“回家的驿站”",
        "消息见后\n上一篇:余英坊驿站开张",
        "为使驿站布局更合理,作如下调整",
    ],
)
def test_slogans_lectures_and_other_pages_are_no_places(words: str, places: Places) -> None:
    assert not places(LEAD + words + "。")


def test_an_address_beside_a_house_is_not_the_house(places: Places) -> None:
    text = "武源路工会驿站迁至文化路12号(县工人文化宫东侧平房),时间不变。"
    assert list(places(LEAD + text)) == ["武源路工会驿站"]


def test_a_place_that_two_stories_name_is_one(places: Places) -> None:
    text = (
        "德清县工会简报\n第一期\n\n◆余英坊工会驿站搬家\n近日,余英坊工会驿站搬到了一楼,骑手都说方便。\n\n"
        "◆晚上也开\n日前,余英坊工会驿站每天8:00-22:00开放,骑手下了班也能来坐一坐。\n"
        "◆消暑\n昨日,德清县总工会来到余英坊工会驿站看望骑手,送去了凉茶和防暑药品。\n"
        "◆学习\n近日,德清县总工会请来律师为骑手讲课,现场还发了手册和雨衣等物品。\n"
    )
    found = places(text)
    assert list(found) == ["余英坊工会驿站"]
    assert found["余英坊工会驿站"].opening_hours == "Mo-Su 08:00-22:00"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("园区工会的“花乡e家”开到凌晨,骑手都来", ["花乡e家"]),
        ("余英坊地下有“舞阳园区职工e家”,骑手常来", ["舞阳园区职工e家"]),
        ("门楣上写着“莫干歇脚亭·教育路”", ["莫干歇脚亭·教育路"]),
        (
            "将舞阳支行、新市支行、钟管支行的自助银行区改造成“劳动者港湾”",
            ["舞阳支行“劳动者港湾”", "新市支行“劳动者港湾”", "钟管支行“劳动者港湾”"],
        ),
        (
            "劳模驿站分设武康街道春晖路创新楼一楼和新市客运站候车厅",
            ["武康街道春晖路创新楼一楼劳模驿站", "新市客运站候车厅劳模驿站"],
        ),
        (
            "舞阳公园工会驿站有热水。县里还有司机之家一处,在新市货运停车场",
            ["舞阳公园工会驿站", "新市货运停车场司机之家"],
        ),
        (
            "全县户外劳动者综合服务站达到34个;舞阳物流中心服务站已完成改造",
            ["舞阳物流中心服务站"],
        ),
    ],
)
def test_names_that_sentences_share_shorten_or_own(
    words: str, names: list[str], places: Places
) -> None:
    found = [one.replace("“", "").replace("”", "") for one in places(LEAD + words + "。")]
    assert sorted(found) == sorted(name.replace("“", "").replace("”", "") for name in names)


def test_lines_of_a_station_and_what_is_said_of_it_are_items(places: Places) -> None:
    rows = "文昌桥站:饮水机无水。\n汝水公园站:有热水。\n赣东大道站:有空调。\n"
    found = places("德清县工会户外劳动者服务站点巡查情况\n" + rows)
    assert [place.facilities for place in found.values()] == [
        (),
        ("drinking_water",),
        ("air_conditioning",),
    ]
