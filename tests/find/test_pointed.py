"""Places told by a common noun, pointed at, seen in a scene, or named in a bracket."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention

Places = Callable[[str], dict[str, Mention]]
LEAD = "湖州市德清县总工会近日公布消息。\n"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (
            "余英理工学院北校区边上的人发现,校区公交站旁多了一间工会驿站",
            "余英理工学院北校区公交站工会驿站",
        ),
        (
            "步行街南头是溪塔银行武源支行营业大厅,工会驿站就设在大厅里",
            "溪塔银行武源支行营业大厅工会驿站",
        ),
        ("骑手等在武源路汽修厂区门外,厂区食堂旁新设了一处工会驿站", "武源路汽修厂区食堂工会驿站"),
        ("校区公交站旁多了一间工会驿站", "校区公交站工会驿站"),
        ("武源公园门口多了一间工会驿站", "武源公园工会驿站"),
    ],
)
def test_a_common_noun_stands_for_the_name_before_it(words: str, name: str, places: Places) -> None:
    assert [one.split("24小时")[0] for one in places(LEAD + words + "。")] == [name]


def test_a_noun_that_the_story_gave_a_name_is_no_second_place(places: Places) -> None:
    text = "记者看到,网约车蓄车区的工会驿站开了门。司机等客久,机场就在蓄车区建起了工会驿站。"
    assert list(places(LEAD + text)) == ["网约车蓄车区工会驿站"]


def test_a_noun_alone_beside_a_named_station_is_none(places: Places) -> None:
    text = "口岸上的“司机之家”\n李某\n在余英物流园区“司机之家”,司机能喝热水。"
    assert list(places(LEAD + text)) == ["余英物流园区“司机之家”"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("余英东路的这处城管驿站里,4名环卫工人正在吃饭", "余英东路城管驿站"),
        ("武源路路边,一座橙红色的工会驿站门口,骑手正往里走", "武源路工会驿站"),
        ("余英市场门口,一间蓝色的工会驿站亮着灯", "余英市场工会驿站"),
    ],
)
def test_what_is_pointed_at_or_seen_stands_there(words: str, name: str, places: Places) -> None:
    assert name in places(LEAD + words + "。")


@pytest.mark.parametrize(
    "words",
    [
        "余英坊驿站开了门。这处驿站有空调,武源东路的这处驿站也常有人来",
        "德清县的这处工会驿站里很热闹",
        "市场门口,一位骑手走进工会驿站",
    ],
)
def test_what_is_pointed_back_at_is_no_further_place(words: str, places: Places) -> None:
    found = {one for one in places(LEAD + words + "。") if "总工会" not in one}
    assert found <= {"余英坊驿站"}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("骑手走进武源集市的24小时工会驿站(溪工驿站农商银行站)", {"溪工驿站农商银行站"}),
        ("骑手在武源集市的工会驿站(余英坊一楼)歇脚", {"武源集市工会驿站"}),
    ],
)
def test_a_bracket_may_hold_the_name(words: str, names: set[str], places: Places) -> None:
    assert set(places(LEAD + words + "。")) == names


def test_a_bank_of_construction_is_no_verb_and_inside_is_no_name(places: Places) -> None:
    text = "设了两处“户外劳动者微站点”,分别位于建设银行武源支行和溪塔饭店内。"
    assert set(places(LEAD + text)) == {
        "建设银行武源支行户外劳动者微站点",
        "溪塔饭店户外劳动者微站点",
    }
