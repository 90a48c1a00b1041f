"""Tables and lists pasted line by line: wrapped hours, names above addresses, titles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会办起工会驿站,骑手可以歇脚。\n"
TABLE = """歇息人员站名称
地址
开放时间
余英苑户外员工铺
武源路436号7号楼
8:30-11:00
13:30-17:00
溪塔户外员工铺
武源路以东
星期一到星期五。
9:30-17:00
塔山户外员工铺
清溪路57号
6:00-18:00
"""


def test_hours_may_be_wrapped_over_lines(places: Places) -> None:
    found = [places(LEAD + TABLE)[name + "户外员工铺"] for name in ("余英苑", "溪塔", "塔山")]
    assert [one.address for one in found] == ["武源路436号7号楼", "武源路以东", "清溪路57号"]
    hours = [one.opening_hours for one in found]
    assert hours[1:] == ["Mo-Fr 09:30-17:00", "Mo-Su 06:00-18:00"]
    assert "13:30-17:00" in str(hours[0])


def test_a_name_that_opens_with_hours_is_the_next_row(places: Places) -> None:
    rows = "站点名称\n地址\n开放时间\n余英坊驿站\n武源路1号\n8:00-18:00\n"
    rows += "24小时武源驿站\n武源路2号\n全天\n"
    assert [one for one in places(LEAD + rows) if "24小时" in one]


@pytest.mark.parametrize("heading", ["附驿站地址", "驿站位置如下:", "站点一览"])
def test_names_stand_above_their_addresses(heading: str, places: Places) -> None:
    rows = "溪塔银行武源支行\n武源路112号\n溪塔银行余英社区支行\n德清县余英路902号楼2号\n"
    found = places(f"{LEAD}{heading}\n{rows}关键词:工会\n")
    assert {name: one.address for name, one in found.items() if one.kind == "station"} == {
        "溪塔银行武源支行工会驿站": "武源路112号",
        "溪塔银行余英社区支行工会驿站": "德清县余英路902号楼2号",
    }


def test_a_single_pair_or_other_lines_are_no_list(places: Places) -> None:
    text = LEAD + "报名地址\n溪塔银行武源支行\n武源路112号\n欢迎大家前来报名,名额有限。\n"
    assert not [one for one, place in places(text).items() if place.kind == "station"]


@pytest.mark.parametrize("title", ["塔山户外驿站信息表", "塔山驿站汇总表", "塔山驿站名录"])
def test_the_title_of_a_list_is_no_station(title: str, places: Places) -> None:
    found = places(f"{LEAD}{title}\n站点名称\n地址\n余英坊驿站\n武源路1号\n武源桥驿站\n武源路2号\n")
    assert {one for one, place in found.items() if place.kind == "station"} == {
        "余英坊驿站",
        "武源桥驿站",
    }


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "武源快餐东街店里,骑手喝着水。这家店就是首批4家工会驿站之一",
            ["武源快餐东街店工会驿站"],
        ),
        ("溪塔银行武源支行营业厅不大。这座厅也是全县20处驿站之一", ["溪塔银行武源支行营业厅驿站"]),
        ("这家店就是首批4家驿站之一", []),
        ("武源快餐东街店里人多。这家店是老街最早的铺子之一", []),
        ("武源快餐东街店里人多。建驿站是民生实事之一", []),
    ],
)
def test_one_of_the_stations_is_the_place_named_before(
    words: str, names: list[str], places: Places
) -> None:
    found = places(LEAD + words + "。")
    assert [one for one, place in found.items() if place.kind == "station"] == names
