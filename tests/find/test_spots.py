"""Where a place is said to lie: its address, in the words beside its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

LEAD = "湖州市德清县总工会近日公布消息。\n"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        # A verb says so: a mere place is enough.
        ("英溪社区工会驿站位于武康客运站,骑手都爱来。", "武康客运站"),
        ("英溪社区工会驿站坐落在春晖公园游客中心一楼。", "春晖公园游客中心一楼"),
        ("英溪社区工会驿站揭牌,设在农商银行营业厅,冬暖夏凉。", "农商银行营业厅"),
        ("记者走进位于春晖公园的英溪社区工会驿站。", "春晖公园"),
        ("英溪社区工会驿站由老街口迁至云岫南路菜市场。", "云岫南路菜市场"),
        ("英溪社区工会驿站在春晖小区A座与B座中间一层大厅,大约80平方米。",
         "春晖小区A座与B座中间一层大厅"),
        ("英溪社区工会驿站位于英溪南路107-3,实行24小时开放。", "英溪南路107-3"),
        ("英溪社区工会驿站开门了。驿站落地于农商银行营业厅内部。", "农商银行营业厅内部"),
        # None says so: the words themselves must say where.
        ("英溪社区工会驿站(新华书店东侧)已经开放。", "新华书店东侧"),
        ("县人民医院南门口的英溪社区工会驿站最热闹。", "县人民医院南门口"),
        ("菜市场对面有间英溪社区工会驿站。", "菜市场对面"),
        ("英溪社区工会驿站。汽车站对面,每天都有人。", "汽车站对面"),
        # Times, deeds, plans, former places and whole towns are no address.
        ("英溪社区工会驿站在夏天开放。", ""),
        ("英溪社区工会驿站在县总工会揭牌。", ""),
        ("英溪社区工会驿站(扫码开门)已经开放。", ""),
        ("英溪社区工会驿站(正在选址)明年开放。", ""),
        ("英溪社区工会驿站位于新市镇,骑手都爱来。", ""),
        ("骑手的英溪社区工会驿站最热闹。", ""),
        ("英溪社区工会驿站,附近的人都爱来。", ""),
    ],
)  # fmt: skip
def test_where_a_place_is_said_to_lie(
    text: str, address: str, places: Callable[[str], dict[str, Mention]]
) -> None:
    (place,) = places(LEAD + text).values()
    assert place.address == address


def test_a_neighbours_spot_is_not_the_places(places: Callable[[str], dict[str, Mention]]) -> None:
    found = places(
        LEAD + "英溪社区工会驿站开门了。药店位于汽车站对面。群益社区工会驿站设在邮政支局一楼。"
    )
    assert [place.address for place in found.values()] == ["", "邮政支局一楼"]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("两处爱心驿站分别位于武康客运站、农商银行营业厅。", ["武康客运站", "农商银行营业厅"]),
        ("在武商广场、妇幼保健院设立爱心驿站。", ["武商广场", "妇幼保健院"]),
        ("中国石油武康站、农商银行营业厅两处爱心驿站启用。", ["", ""]),
        # Whole towns, communities and streets of a town are where to look, not where it is.
        ("两处爱心驿站分别位于武康街道、新市镇。", ["", ""]),
        ("在英溪社区、群益社区设立爱心驿站。", ["", ""]),
        ("清和街道、红旗街道各设了一处暖心驿站。", ["", ""]),
        ("武康广场工会驿站、春晖公园工会驿站开门了。", ["", ""]),
    ],
)
def test_a_sentence_that_says_where_places_lie_gives_their_addresses(
    text: str, addresses: list[str], places: Callable[[str], dict[str, Mention]]
) -> None:
    assert [place.address for place in places(LEAD + text).values()] == addresses
