"""Whom a sentence speaks of that names no place: all, as many as were named last, or nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"
TWO = LEAD + "武源广场工会驿站设在武源街,舞阳公园工会驿站设在公园南门。\n"


def facilities(text: str, places: Places) -> dict[str, tuple[str, ...]]:
    return {name[:4]: place.facilities for name, place in places(text).items()}


def test_every_one_is_every_one_though_one_was_named_last(places: Places) -> None:
    text = TWO + "舞阳公园工会驿站每天8:00-20:00开放。每个点位都有微波炉。"
    assert facilities(text, places) == {"武源广场": ("microwave",), "舞阳公园": ("microwave",)}


def test_so_many_are_those_named_last(places: Places) -> None:
    text = TWO + "余英坊工会驿站设在坊口。舞阳公园工会驿站旁就是余英坊工会驿站。两处都有微波炉。"
    assert facilities(text, places) == {
        "武源广场": (),
        "舞阳公园": ("microwave",),
        "余英坊工": ("microwave",),
    }


@pytest.mark.parametrize(
    "words",
    [
        "新市镇的那家面馆有微波炉",
        "下一步,驿站里将增添微波炉",
        "“家里的微波炉坏了。”老李说",
        "⚠️ 换电柜不归我们管",
    ],
)
def test_what_is_told_of_others_is_nobodys(words: str, places: Places) -> None:
    assert set(facilities(TWO + words + "。", places).values()) == {()}


def test_an_answer_says_when_all_open_but_those_with_hours_of_their_own(places: Places) -> None:
    text = (
        LEAD + "问:几点开门?\n答:早8点到晚8点,天天开。有例外:武源广场工会驿站是24小时的;"
        "舞阳公园工会驿站跟着公园作息走。\n问:哪里有?\n答:余英坊工会驿站最近。\n"
    )
    hours = {name[:4]: place.opening_hours for name, place in places(text).items()}
    assert hours == {"武源广场": "24/7", "舞阳公园": "", "余英坊工": "Mo-Su 08:00-20:00"}


def test_lines_of_a_name_and_its_facts_are_items(places: Places) -> None:
    found = places(
        "德清县的4处“歇歇脚”在这里\n德清县总工会整理了骑手常问的几个点:\n"
        "武源路站:武源路12号,7:00—22:00,空调、饮水\n舞阳街站:舞阳街公园东门,全天,饮水、雨伞\n"
        "余英站:余英街停车场东侧,8:00—20:00\n"
    )
    assert [(place.name, place.opening_hours) for place in found.values()] == [
        ("武源路站", "Mo-Su 07:00-22:00"),
        ("舞阳街站", 'Mo-Su "全天"'),
        ("余英站", "Mo-Su 08:00-20:00"),
    ]


def test_an_items_town_is_not_the_others(places: Places) -> None:
    found = places(
        "德清县总工会驿站名单\n武源广场驿站:武源街12号\n舞阳公园驿站:公园东门\n新市镇余英坊驿站:坊口\n"
    )
    assert {name[:4]: place.township for name, place in found.items()} == {
        "武源广场": "", "舞阳公园": "", "新市镇余": "新市镇",
    }  # fmt: skip


def test_who_is_honoured_is_not_founded(places: Places) -> None:
    text = (
        "关于表彰模范职工之家的决定\n授予以下单位“德清县模范职工之家”称号:\n"
        "新市镇行业工会联合会\n舞阳街道联合工会\n"
    )
    assert not places(text)


def test_a_table_parted_by_single_blanks_is_no_text_set_apart(places: Places) -> None:
    found = places(
        "德清县工会驿站名单\n序号 站点名称 所在位置 负责人\n1 武源社区驿站 社区一层 某某\n"
        "2 舞阳剧院驿站 剧院西门 某某\n3 余英园驿站 小区南门 某某\n4 捉马驿站 村委会院内 某某\n"
    )
    assert found["舞阳剧院驿站"].address == "剧院西门"
    assert len(found) == 4
