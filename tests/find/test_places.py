"""Which places a text names, printed or composed, and which words are no place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("骑手来到金园社区户外劳动者驿站,喝水歇脚。", ["金园社区户外劳动者驿站"]),
        ("岳王路“爱心驿家”已经启用。", ["岳王路“爱心驿家”"]),
        ("“工会驿站·百荷公园”日前运营。", ["工会驿站·百荷公园"]),
        (
            "西安社区职工活动中心户外劳动者服务站点投用。",
            ["西安社区职工活动中心户外劳动者服务站点"],
        ),
        ("郑和公园工会驿站开在游客中心。", ["郑和公园工会驿站"]),
        ("饿了么配送站骑手驿站已经开放。", ["饿了么配送站骑手驿站"]),
    ],
)
def test_printed_names(text: str, names: list[str], places: Places) -> None:
    assert list(places(LEAD + text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "在玲珑街道、青山湖科技城等地设立爱心驿家。",
            ["玲珑街道爱心驿家", "青山湖科技城爱心驿家"],
        ),
        (
            "3个爱心驿站分别位于武商广场、妇幼保健院附近、荣怀学校周边。",
            ["武商广场爱心驿站", "妇幼保健院附近爱心驿站", "荣怀学校周边爱心驿站"],
        ),
        ("万达广场边上多了座小木屋,是新推出的“工会驿站”。", ["万达广场工会驿站"]),
        ("金沙窝社区把闲置集装箱改成“红心服务站”。", ["金沙窝社区红心服务站"]),
        (
            "梅山、焦岗湖两对服务区共4处“司机之家”通过验收。",
            ["梅山服务区司机之家", "焦岗湖服务区司机之家"],
        ),
        ("清和街道、红旗街道各设了一处暖心驿站。", ["清和街道暖心驿站", "红旗街道暖心驿站"]),
        ("世贸城旁的劳动者港湾已经开门。", ["世贸城劳动者港湾"]),
    ],
)
def test_composed_names(text: str, names: list[str], places: Places) -> None:
    assert sorted(places(LEAD + text)) == sorted(names)


@pytest.mark.parametrize(
    "text",
    [
        "区总工会副主席在会上说,要依托职工之家、暖心驿站等阵地做好服务。",
        "读书是她的精神驿站、心灵港湾,累了就来“充电”。",
        "点击“职工之家”公众号,再点“爱心驿站”,就能看到地图。",
        "社区卫生服务站、快递站点、中石化加油站、电动汽车充电站都在施工。",
        "我司承接广州等地工会爱心驿站改造,欢迎来电洽谈,包安装。",
        "会议部署了户外劳动者服务站点建设工作,要求各街道办好驿站。",
        "这是慰问活动的首站,“一站式”服务让职工感到工会大家庭的温暖。",
    ],
)
def test_no_places(text: str, places: Places) -> None:
    assert places(LEAD + text) == {}


def test_a_list_of_addresses_takes_its_name_from_the_introduction(places: Places) -> None:
    found = places(
        "城管爱心驿站开放告示\n全市城管爱心驿站位置公布如下:\n1.园林大道31号(文峰公园北大门斜对面)"
        "\n"
        "2.滨江公厕(合江楼斜对面)\n驿站配空调。开放时间:工作日8:00-18:00。\n宜都城管\n"
    )
    assert list(found) == ["园林大道城管爱心驿站", "滨江公厕城管爱心驿站"]
    first = found["园林大道城管爱心驿站"]
    assert first.address == "园林大道31号(文峰公园北大门斜对面)"
    assert first.district == "宜都市"
    assert {m.opening_hours for m in found.values()} == {"Mo-Fr 08:00-18:00; PH off"}
    assert {m.facilities for m in found.values()} == {("air_conditioning",)}


def test_branches_of_a_chain(places: Places) -> None:
    found = places("泰兴今年又有门店报名“餐饮业爱心驿站”:\n仁和楼:总店、石桥店\n君悦大酒店\n")
    assert list(found) == ["仁和楼总店爱心驿站", "仁和楼石桥店爱心驿站", "君悦大酒店爱心驿站"]


@pytest.mark.parametrize("mark", ["\t", " | ", "   "])
def test_tables_by_column(mark: str, places: Places) -> None:
    rows = [
        ["名称", "地址", "开放时间"],
        ["金园驿站", "金园路1号", "24小时"],
        ["银河驿站", "银河路2号", "9:00-17:00"],
    ]
    found = places("文登区户外劳动者驿站一览\n" + "\n".join(mark.join(row) for row in rows))
    assert {name: (m.address, m.opening_hours) for name, m in found.items()} == {
        "金园驿站": ("金园路1号", "24/7"),
        "银河驿站": ("银河路2号", "Mo-Su 09:00-17:00"),
    }


def test_a_table_pasted_cell_by_cell(places: Places) -> None:
    cells = [
        "序号",
        "站点名称",
        "地址",
        "1",
        "金园社区驿站",
        "金园路1号",
        "2",
        "银河社区驿站",
        "银河路2号",
    ]
    found = places("文登区户外劳动者服务站点公告\n" + "\n".join(cells))
    assert {name: m.address for name, m in found.items()} == {
        "金园社区驿站": "金园路1号",
        "银河社区驿站": "银河路2号",
    }


def test_one_place_told_twice_is_one(places: Places) -> None:
    found = places(
        LEAD
        + "骑手“工享家”户外劳动者服务站点建成。以骑手“工享家”户外劳动者服务站点为例,里面有冰箱。"
    )
    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("今年将在江南时代广场设立工会驿站。", "planned"),
        ("城北公厕改造成了工会驿站。", "converted"),
        ("城北公园工会驿站自4月1日起停止使用。", "closed"),
        ("城北公园工会驿站已经启用。", "operating"),
    ],
)
def test_status(text: str, status: str, places: Places) -> None:
    (place,) = places(LEAD + text).values()
    assert place.status == status


def test_unions_that_one_may_join_and_unions_that_act(places: Places) -> None:
    found = places(
        "杭州市临安区总工会动作不断。区一级组建了跨境电商产业园工会联合会和大学\n\n"
        "生创业园工会联合会,覆盖八十家企业。区总工会主席出席了会议,街道总工会负责人也到场。"
    )
    assert list(found) == ["跨境电商产业园工会联合会", "大学生创业园工会联合会"]
    assert {m.kind for m in found.values()} == {"union_branch"}
