"""Sorts of places, roles, slogans and whole unions are no stations; printed names are, whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n骑手、环卫工人有了歇脚的地方。\n"


@pytest.mark.parametrize(
    "words",
    [
        "县总工会在电动自行车充电站、快递中转站、建筑工地等重点区域建设溪蜂驿站",
        "依托行政机关、企事业单位、沿街网点建立“暖心驿站”,免费开放",
        "把工会驿站打造成凝心聚力的宣传站、关心职工的前哨站、传递温情的接力站",
        "使工会驿站成为能量补给中转站、政策宣讲宣传站、帮扶前哨站“三站合一”的阵地",
        "工会驿站多了,让户外劳动者在城里有一处温暖的港湾",
        "骑手走进“工会驿站”:“带来的饭菜先搁柜子里,歇的时候热一热”",
        "工会驿站如今是附近骑手跑单路上的“补给站”",
        "工会驿站建成了,这里成了我们的“第二个家”",
        "“工会添暖、溪驿迎春”,各个工会驿站忙了起来",
        "德清县总工会“爱心驿家”为户外劳动者敞开大门",
        "2018年,与邮政合作,在全县39个邮政网点设置惠民邮路驿站",
        "利用城管岗亭设置12个暖心驿站",
        "在工会驿站,在城市书房,在街头巷尾,处处都有温度",
        "“我们公司门口就有一个驿站,很方便。”骑手说",
        "“公厕+驿站”“社区+驿站”等共建模式不断涌现",
        "涌现出“警保驿站”“健康驿站”“红领驿站”等特色驿站",
        "县总工会叫响“溪心驿站”品牌,“溪心驿站”已覆盖全部街道",
        "选树一批群众口碑好的示范性驿站",
        "驿站由镇里和商铺合办:镇里管选址、采购、培训,商铺管打扫、补货、登记",
        "县总工会引导工会驿站创新特色服务项目,打造一站多能的暖心驿站",
    ],
)
def test_sorts_roles_and_slogans_are_no_places(words: str, places: Places) -> None:
    assert not [one for one in places(LEAD + words + "。") if not one.endswith("总工会")]


def test_what_a_page_links_to_is_no_list_of_stations(places: Places) -> None:
    links = "• 余英网客户端\n• 余英网微信号\n• 余英网微博号\n• 外媒视角\n"
    assert not places(LEAD + "工会驿站欢迎骑手。\n相关新闻\n" + links)


@pytest.mark.parametrize(
    "lines",
    [
        "驿站服务项目:\n1.免费饮水\n2.法律咨询角\n3.阅读角\n4.心理驿站",
        "今年重点任务\n1.打造品牌驿站5家\n2.优秀驿站评选\n3.小驿站里的大温暖",
        "热点新闻\n1.县总工会打造“15分钟服务圈”\n2.职工之家建设现场会召开\n3.工会驿站暖人心",
    ],
)
def test_offers_tasks_and_headlines_are_no_list_of_stations(lines: str, places: Places) -> None:
    assert not places(LEAD + "工会驿站欢迎骑手。\n\n" + lines + "\n")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "武康街道联合余英超市、溪湾酒店设立小哥驿站",
            {"余英超市小哥驿站", "溪湾酒店小哥驿站"},
        ),
        ("记者来到武源街道的一处驿站,这里有空调", {"武源街道驿站"}),
        (
            "县总工会在县中医院、余英派出所、武源环卫管理站、溪湾停车场设立了4处驿站",
            {"县中医院驿站", "余英派出所驿站", "武源环卫管理站驿站", "溪湾停车场驿站"},
        ),
        (
            "全县首个“货车司机之家”在余英工业园溪瑞物流园区建成并投入使用",
            {"余英工业园溪瑞物流园区货车司机之家"},
        ),
        (
            "首批服务站上线,包括职工之家站、余英环卫站、武源西区站、溪南服务站等4个服务站",
            {"职工之家站", "余英环卫站", "武源西区站", "溪南服务站"},
        ),
        ("武康镇总工会暖心驿站服务站位于武源街北侧", {"武康镇总工会暖心驿站服务站"}),
        ("户外劳动者爱心驿站(余英加油站站)向骑手送上月饼", {"户外劳动者爱心驿站(余英加油站站)"}),
        ("户外劳动者爱心驿站(余英街菜鸟驿站)送上月饼", {"户外劳动者爱心驿站(余英街菜鸟驿站)"}),
        (
            "工会驿站——德清县余英社区站位于溪湾小区内,有座椅、驿站咖啡",
            {"工会驿站——德清县余英社区站"},
        ),
        ("武康街道的全县首个工会驿站同日投用", {"武康街道工会驿站"}),
        ("溪坞庄驿站举办活动,东彩驿站举办“爱心早餐”活动", {"溪坞庄驿站", "东彩驿站"}),
        ("全县第二家“城市港湾”在余英垃圾中转站交付使用", {"余英垃圾中转站城市港湾"}),
    ],
)
def test_a_printed_name_is_whole(words: str, names: set[str], places: Places) -> None:
    assert names <= set(places(LEAD + words + "。"))


def test_a_line_of_a_sort_and_a_bracket_has_its_name_there(places: Places) -> None:
    text = LEAD + "样样配齐\n\n户外职工爱心驿站(余英蜂巢)\n\n冰箱、微波炉\n把这里当歇脚处"
    assert "户外职工爱心驿站(余英蜂巢)" in places(text)


def test_the_same_place_told_longer_and_shorter_is_one(places: Places) -> None:
    text = "湖州市公路局余英公路段黎元坪道班、武源公路段引镇道班2个工会驿站通过验收。"
    found = places(LEAD + "余英公路段黎元坪工会驿站内有空调。\n" + text)
    assert len([name for name in found if "黎元坪" in name]) == 1


def test_a_short_form_and_a_centre_that_is_an_address_are_no_further_places(
    places: Places,
) -> None:
    text = "武康物流园区内,有全县首个“溪驿家·货车司机之家”(以下简称司机之家)。"
    assert "武康物流园区司机之家" not in places(LEAD + text)
    text = "余英职工之家站位于德清经开区总工会一楼职工服务中心,职工可休息。"
    assert not [name for name in places(LEAD + text) if name.endswith("职工服务中心")]
