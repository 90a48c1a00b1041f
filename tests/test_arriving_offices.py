"""What offices' own lists taught the door, each with words that no list of ours has."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from geomap.arriving import Arriving, read_arriving
from geomap.files.folder import SHIPPED, Geodata
from geomap.hours import parse_hours
from geomap.model.settings import Home
from geomap.model.vocabulary import split_facilities
from geomap.pipeline.reference import Reference

Lines = Sequence[Sequence[str]]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(Geodata(SHIPPED))


@pytest.fixture
def read(tmp_path: Path, reference: Reference):
    def arrive(*lines: Sequence[str], name: str = "表.tsv") -> Arriving:
        path = tmp_path / name
        path.write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
        return read_arriving(path, reference.vocabulary, reference.divisions, Home())[0]

    return arrive


def cells(arrived: Arriving, column: str) -> list[str]:
    return [row.text(column) for row in arrived.sheet.rows]


@pytest.mark.parametrize(
    ("written", "has"),
    [
        ("☑饮水机 ☐微波炉 ☑雨伞", {"drinking_water", "umbrella"}),
        ("✔ 饮水机，□ 空调", {"drinking_water"}),
        ("饮水机2台、微波炉0台", {"drinking_water"}),
        ("饮水机10台、微波炉1台", {"drinking_water", "microwave"}),
        ("☒饮水机 ☐微波炉", {"drinking_water"}),
        ("☑饮水机 ☒微波炉", {"drinking_water"}),
        ("[微波炉][空调]", {"microwave", "air_conditioning"}),
        ("【微波炉】【空调】", {"microwave", "air_conditioning"}),
    ],
)
def test_what_is_not_ticked_or_counted_none_is_no_facility(written, has, reference) -> None:
    assert {key for _, key in split_facilities(written, reference.vocabulary) if key} == has


def test_a_row_of_changes_is_no_line_of_headings(read) -> None:
    arrived = read(
        ("编次", "涉及站点", "变更种类", "具体内容", "自何时"),
        ("1", "甲路工会驿站", "恢复", "整修完毕，恢复对外开放", "9月15日"),
        ("2", "乙路工会驿站", "撤销", "租约期满，予以撤销", "9月5日"),
    )
    assert cells(arrived, "name") == ["甲路工会驿站", "乙路工会驿站"]
    assert {number: change.kinds for number, change in arrived.changes.items()} == {
        2: ("reopened",), 3: ("closed",)
    }  # fmt: skip


def test_who_means_to_open_again_has_closed_all_the_same(read) -> None:
    arrived = read(
        ("站点名称", "变更情况"),
        ("甲路驿站", "因内部改造暂停开放，计划2027年3月恢复"),
        ("乙路驿站", "计划撤销"),
    )
    paused, intended = arrived.changes[2], arrived.changes[3]
    assert paused.kinds == ("suspended",) and not paused.doubtful and paused.until == "2027-03"
    assert intended.doubtful


def test_who_only_means_to_open_again_is_not_open(read) -> None:
    arrived = read(
        ("站点名称", "变更情况"), ("甲路驿站", "计划2027年3月恢复开放"), ("乙路驿站", "已撤销")
    )
    assert arrived.changes[2].doubtful


@pytest.mark.parametrize(
    ("heading", "cells_written", "read_as"),
    [
        ("座位数", ("12座", "8个"), None),
        ("建设年度", ("2023-2024", "2015-2025"), None),
        ("休息日", ("周一", "周二"), None),
        ("保洁日", ("周一", "周二"), None),
        ("微波炉", ("正常使用", "停用"), None),
        ("片区", ("江北地区", "城南地区"), None),
        ("面向谁", ("对外开放", "不对外开放"), "access"),
    ],
)
def test_a_column_of_something_else_says_nothing_of_hours_days_or_state(
    read, heading, cells_written, read_as
) -> None:
    arrived = read(("站名", heading), *zip(("甲驿站", "乙店"), cells_written, strict=True))
    assert cells(arrived, "name") == ["甲驿站", "乙店"] and not arrived.changes
    other = next(column for column in arrived.columns if column.heading == heading)
    assert other.meaning.column == (read_as or "")
    assert other.fate == ("read" if read_as else "kept")
    assert set(cells(arrived, "opening_hours") + cells(arrived, "status")) == {""}


def test_the_state_of_a_register_is_its_own_column(read, reference) -> None:
    arrived = read(
        ("驿站", "登记地址", "登记开放时间", "核查结论", "登记人"),
        ("甲路驿站", "甲路1号", "8:00-18:00", "运行良好", "张三"),
        ("乙路驿站", "乙路2号", "9:00-17:00", "已关停", "张三"),
        ("丙路驿站", "丙路3号", "9:00-17:00", "拟建", "张三"),
    )
    assert cells(arrived, "address") == ["甲路1号", "乙路2号", "丙路3号"]
    assert cells(arrived, "opening_hours") == ["8:00-18:00", "9:00-17:00", "9:00-17:00"]
    status = cells(arrived, "status")
    assert status[0] == "operating" and reference.vocabulary.statuses[status[2]] == "planned"
    assert arrived.changes[3].kinds == ("closed",)


@pytest.mark.parametrize("heading", ["销号日期", "注销时间"])
def test_struck_off_the_register_is_closed(read, heading) -> None:
    arrived = read(("站点", heading), ("甲路驿站", "2024.3.15"), ("乙路驿站", "2024.11.1"))
    assert {change.kinds for change in arrived.changes.values()} == {("closed",)}
    assert arrived.changes[2].on == "2024-03-15"


@pytest.mark.parametrize("heading", ["星期", "开放日类型", "哪几天"])
def test_days_in_one_column_and_times_in_another(read, heading) -> None:
    arrived = read(
        ("站名", heading, "钟点"),
        ("甲路驿站", "周一至周五", "8:30-17:00"),
        ("乙路驿站", "周二、周四", "9:00-16:00"),
    )
    told = [parse_hours(text) for text in cells(arrived, "opening_hours")]
    assert [each and each.osm for each in told] == ["Mo-Fr 08:30-17:00", "Tu,Th 09:00-16:00"]


def test_times_without_colons_in_a_column_of_hours(read) -> None:
    arrived = read(
        ("站名", "开门至关门"), ("甲路驿站", "1000-2300"), ("乙路驿站", "0000-2400"),
        ("丙路驿站", "0730-1830"),
    )  # fmt: skip
    told = [parse_hours(text) for text in cells(arrived, "opening_hours")]
    assert [each and each.osm for each in told] == [
        "Mo-Su 10:00-23:00", "24/7", "Mo-Su 07:30-18:30"
    ]  # fmt: skip


def test_days_off_in_the_note_narrow_the_hours(read) -> None:
    arrived = read(
        ("站名", "开放时间", "备注"),
        ("甲路驿站", "8:30-17:30", "周六周日不开放"),
        ("乙路驿站", "8:30-17:30", "星期一、三休息"),
    )
    told = [parse_hours(text) for text in cells(arrived, "opening_hours")]
    assert [each and each.osm for each in told] == ["Mo-Fr 08:30-17:30", "Tu,Th-Su 08:30-17:30"]


def test_quarters_streets_and_sums_between_the_rows_are_no_stations(read) -> None:
    arrived = read(
        ("类", "驿站", "地址"),
        ("三季度", "", ""),
        ("1", "甲路驿站", "甲路1号"),
        ("三季度小计", "1家", ""),
        ("较上季度", "+1家", ""),
        ("【彭城街道】", "", ""),
        ("2", "乙路驿站", "乙路2号"),
        ("（以上由区总工会提供）", "", ""),
    )
    assert cells(arrived, "name") == ["甲路驿站", "乙路驿站"]
    assert cells(arrived, "township") == ["", "彭城街道"]


def test_a_person_without_a_number_is_no_telephone(read) -> None:
    arrived = read(
        ("站名", "联系人/电话"),
        ("甲路驿站", "王慧/"),
        ("乙路驿站", "李强/0898-65320501"),
        ("丙路驿站", "0898-65320502"),
    )
    assert cells(arrived, "phone") == ["", "0898-65320501", "0898-65320502"]
    assert arrived.sheet.rows[0].others == {"联系人/电话": "王慧/"}


def test_a_column_of_cities_is_known_by_its_cells(read) -> None:
    arrived = read(("市县", "站名"), ("海口市", "甲路驿站"), ("三亚市", "乙路驿站"))
    assert cells(arrived, "city") == ["海口市", "三亚市"]
