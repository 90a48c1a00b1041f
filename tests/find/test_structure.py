"""What a text is made of is read before its phrases: lists, verbs before names, homonyms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.model.records import Mention
from geomap.text.script import clean

Places = Callable[[str], dict[str, Mention]]
HEADED = "杭州市拱墅区总工会"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            f"{HEADED}新增的米市巷、大关、和睦三处暖心驿站同时启用。",
            {"米市巷暖心驿站", "大关暖心驿站", "和睦暖心驿站"},
        ),
        (f"常来和睦路爱心驿站的骑手说,{HEADED}来过。", {"和睦路爱心驿站"}),
        (f"{HEADED}同时设大关路爱心驿站。", {"大关路爱心驿站"}),
        ("富阳区总工会在湖源乡设窈口爱心驿站。窈口爱心驿站有空调。", {"窈口爱心驿站"}),
        (f"{HEADED}在大关路;湖墅路;和睦公园等地设立爱心驿站。", {"大关路", "湖墅路", "和睦公园"}),
    ],
)
def test_names_of_a_sentence(text: str, names: set[str], places: Places) -> None:
    found = {name for name, place in places(text).items() if place.kind == "station"}
    assert {name if "驿站" in name else name + "爱心驿站" for name in names} == found


def test_a_member_of_a_list_takes_no_township_of_another(places: Places) -> None:
    found = places("海淀区总工会在中关村、学院路、上地3个爱心驿站添置微波炉。")
    assert found["学院路爱心驿站"].township == ""
    assert found["上地爱心驿站"].township == "上地街道"


@pytest.mark.parametrize(
    "text",
    [
        "成都天府新区总工会建成华阳暖心驿站,骑手在此歇脚。",
        "河北雄安新区总工会的容东爱心驿站投用。",
    ],
)
def test_two_words_side_by_side_name_no_district(text: str, places: Places) -> None:
    """成华 of 建成华阳, 安新 of 雄安新区."""
    assert {place.district for place in places(text).values()} == {""}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("已有 17 处。", "已有17处。"),
        (
            "【快讯】区总工会在大关路建成一处爱心驿站,骑手可以歇脚。",
            "区总工会在大关路建成一处爱心驿站,骑手可以歇脚。",
        ),
        ("【西湖区】总工会在大关路建成一处爱心驿站,骑手可以歇脚。", None),
        ("开门了.每天8:00到20:00.", "开门了。每天8:00到20:00。"),
        ("1.5公里", None),
        ('叫做"暖巢"', "叫做“暖巢”"),
        ("备有饮水机;微波炉;雨伞。", "备有饮水机、微波炉、雨伞。"),
        ("白天开放,有人值守;晚上关门,无人值守。", None),
    ],
)
def test_typed_marks_are_read_as_print(typed: str, printed: str | None) -> None:
    assert clean(typed).text == (typed if printed is None else printed)
