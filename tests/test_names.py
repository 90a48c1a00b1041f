"""Names: what makes two of them one place, and the id made from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.stations.names import Place, is_same_place, make_station_id, normalise_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("金园社区户外劳动者驿站", "金园社区“工会驿站”"),
        ("金園社區戶外勞動者驛站", "金园社区户外劳动者服务站"),
        ("统(tǒng)建楼驿站", "统建楼驿站"),
        ("HONG空间驿站", "hong空间爱心驿站"),
    ],
)
def test_one_normal_form(one: str, other: str) -> None:
    assert normalise_name(one) == normalise_name(other)


def test_divisions_before_the_name_are_left_out() -> None:
    where = {"province": "浙江省", "city": "杭州市", "district": "临安区"}
    assert normalise_name("杭州市临安区玲珑街道爱心驿家", **where) == "玲珑街道"
    assert normalise_name("长宁路驿站", district="长宁区") == "长宁路"


def test_general_names_keep_their_words() -> None:
    assert normalise_name("职工之家")
    assert normalise_name("职工之家") != normalise_name("司机之家")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Place("玲珑街道驿站", district="临安区"), Place("临安区玲珑街道驿站"), True),
        (Place("玲珑街道驿站", district="临安区"), Place("玲珑街道驿站", district="余杭区"), False),
        (Place("玲珑街道驿站", district="临安"), Place("玲珑街道驿站", district="临安区"), True),
        (Place("1号门驿站"), Place("2号门驿站"), False),
        (Place("文化中心24小时工会驿站"), Place("文化中心工会驿站"), True),
    ],
)
def test_same_place(one: Place, other: Place, same: bool) -> None:
    assert is_same_place(one, other) is same
    assert is_same_place(other, one) is same


def test_id_does_not_depend_on_script_or_general_words() -> None:
    made = make_station_id("金园社区驿站", "山东省", "威海市", "文登区", "")
    assert made == make_station_id("金園社區工會驛站", "山东", "威海", "文登", "")
    assert made[0] == "d"
    assert len(made) == 11
    assert made != make_station_id("金园社区驿站", "山东省", "威海市", "环翠区", "")


@given(st.text(alphabet="金园社区工会驿站职之家24小时A(b)“”·一2", min_size=1, max_size=20))
def test_normalising_twice_is_normalising_once(name: str) -> None:
    once = normalise_name(name)
    assert normalise_name(once) == once
