"""Columns, lines and tables that are known by what they look like, whatever they are called."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from geomap.arriving import Arriving, read_arriving
from geomap.arriving.days import is_day, read_date
from geomap.files.folder import SHIPPED, Geodata
from geomap.hours import parse_hours
from geomap.model.records import InputError
from geomap.model.settings import Home
from geomap.pipeline.arriving_rows import read_worksheets
from geomap.pipeline.reference import Reference
from geomap.sheets.reading import read_grids

Lines = Sequence[Sequence[str]]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(Geodata(SHIPPED))


def tables(folder: Path, lines: Lines, reference: Reference) -> tuple[Arriving, ...]:
    path = folder / "表.csv"
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    path.write_text(text, encoding="utf-8")
    return read_arriving(path, reference.vocabulary, reference.divisions, Home())


def rows(folder: Path, lines: Lines, columns: str, reference: Reference) -> list[list[str]]:
    (sheet,) = tables(folder, lines, reference)
    return [[row.text(column) for column in columns.split()] for row in sheet.sheet.rows]


HEADS: tuple[tuple[Lines, str, list[str]], ...] = (
    # three lines: a wide heading stands over what goes on in it
    ([("序号", "概况", "", "位置", "", "", "", "", "", "值班"),
      ("", "站点名称", "街镇", "东经", "", "", "北纬", "", "", "电话"),
      ("", "", "", "度", "分", "秒", "度", "分", "秒", ""),
      ("1", "甲驿站", "北山街道", "120", "7", "48.5", "30", "16", "4", "0571-88880000")],
     "name township lon lat phone",
     ["甲驿站", "北山街道", "120.130139", "30.267778", "0571-88880000"]),
    # two lines under a title, and a column of counts that has no fact
    ([("西湖区驿站考核表", "", "", "", "", ""), ("站名", "坐标（百度）", "", "评分", "", "备注"),
      ("", "经", "纬", "得分", "等次", ""), ("甲驿站", "120.13", "30.28", "96", "优", "")],
     "name lon lat datum district", ["甲驿站", "120.13", "30.28", "bd09", "西湖区"]),
    # two languages in one cell
    ([("No.\n序号", "Name\n站名", "Since\n启用", "Lat.\n纬度", "Lng.\n经度"),
      ("1", "甲驿站", "2021-03", "30.28", "120.13")],
     "name opened_on lon lat", ["甲驿站", "2021-03", "120.13", "30.28"]),
    ([("站名", "3、配有哪些设施（可多选）？(饮水机)", "3、配有哪些设施（可多选）？(雨伞)"),
      ("甲驿站", "1", "0"), ("乙驿站", "1", "1")], "facilities", ["drinking_water"]),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "columns", "want"), HEADS)
def test_headings_on_several_lines_and_in_two_languages(
    lines: Lines, columns: str, want: list[str], tmp_path: Path, reference: Reference
) -> None:
    assert rows(tmp_path, lines, columns, reference)[0] == want


LOOKS = (
    ("address", "在啥地方", ("文三路1号", "解放东路与一环交叉口", "G60沪昆高速K120")),
    ("opening_hours", "啥时候有人", ("8:00-20:00", "全天", "早上七点到晚上九点")),
    ("access", "谁能进", ("任何人", "骑手", "工会会员")),
    ("status", "灯", ("🟢 运营中", "🔴 已关停", "⚪ 筹建中")),
    ("phone", "打哪个号", ("0571-88880000", "前台 13900000172", "400-8000-172")),
    ("township", "归哪里管", ("北山街道", "三墩镇", "古荡街道")),
    ("district", "县域", ("西湖区", "桐庐县", "上城区")),
    ("facilities", "屋里", ("饮水 微波炉", "充电、雨伞", "空调/WiFi")),
    ("verified_on", "最近一回巡查", ("2026/4/1", "2026/5/2", "2026/6/3")),
    ("opened_on", "开张日", ("2026/4/1", "2025.12", "24年9月")),
)


@pytest.mark.parametrize(("column", "heading", "cells"), LOOKS)
def test_a_column_is_what_its_cells_are(
    column: str, heading: str, cells: Sequence[str], tmp_path: Path, reference: Reference
) -> None:
    names = ("甲驿站", "乙驿站", "丙驿站")
    lines = [("站名", heading), *zip(names, cells, strict=True)]
    read = rows(tmp_path, lines, column, reference)
    assert [bool(each) for (each,) in read] == [True] * 3
    # The same cells under a heading that is about somebody else are no facts of a station.
    other = [("站名", f"建设单位{heading}"), *zip(names, cells, strict=True)]
    if column in ("address", "access", "township", "phone"):
        assert [each for (each,) in rows(tmp_path, other, column, reference)] == [""] * 3


def test_what_a_heading_says_goes_before_what_cells_look_like(
    tmp_path: Path, reference: Reference
) -> None:
    lines = [("站名", "附近地标", "地址"), ("甲驿站", "文一路口", "文三路1号")]
    (sheet,) = tables(tmp_path, lines, reference)
    assert sheet.sheet.rows[0].text("address") == "文三路1号"
    assert sheet.sheet.rows[0].others == {"附近地标": "文一路口"}


def test_the_name_is_known_by_its_cells_beside_a_number(
    tmp_path: Path, reference: Reference
) -> None:
    lines = [("站点编码", "简写"), ("A1", "甲驿站"), ("A2", "乙休息点")]
    assert rows(tmp_path, lines, "name", reference) == [["甲驿站"], ["乙休息点"]]


@pytest.mark.parametrize(
    ("heads", "cells", "osm"),
    [
        (("开", "关"), ("7:30", "21:00"), "Mo-Su 07:30-21:00"),
        (("几点开门", "几点锁门"), ("早上8点", "晚上9点半"), "Mo-Su 08:00-21:30"),
        (("每周开放日", "开门", "关门"), ("周一、周三", "9:00", "17:00"), "Mo,We 09:00-17:00"),
        (("昼夜开放", "开门", "关门"), ("是", "", ""), "24/7"),
        (("开放",), ("常年不打烊",), "24/7"),
    ],
)
def test_hours_by_their_looks(
    heads: Sequence[str], cells: Sequence[str], osm: str, tmp_path: Path, reference: Reference
) -> None:
    others = ("是",) if heads[0] == "昼夜开放" else ()
    more = ("丙驿站", *others, *("8:00", "18:00")[: len(heads)])
    more = more if len(heads) > 1 else ("丙驿站", "8:00-18:00")
    more = (more[0], "周二、周三", *more[1:]) if "日" in heads[0] else more
    read = rows(
        tmp_path, [("站名", *heads), ("甲驿站", *cells), more, more], "opening_hours", reference
    )
    parsed = parse_hours(read[0][0])
    assert parsed and parsed.osm == osm


PACKED: tuple[tuple[Sequence[str], Sequence[str], dict[str, str]], ...] = (
    (("街道和站名",), ("北山街道\n甲驿站",), {"township": "北山街道", "name": "甲驿站"}),
    (("镇街、驿站名称",), ("三墩镇甲驿站",), {"township": "三墩镇", "name": "甲驿站"}),
    (("站名", "地址及电话"), ("甲驿站", "文三路1号 TEL:0571-88880000"),
     {"address": "文三路1号", "phone": "0571-88880000"}),
    (("站名", "详细地址"), ("甲驿站", "文三路1号（13900000172）"),
     {"address": "文三路1号", "phone": "13900000172"}),
    (("站名", "开放时间与设施"), ("甲驿站", "9:00-12:00、14:00-17:00；饮水机、雨伞"),
     {"opening_hours": "9:00-12:00、14:00-17:00", "facilities": "饮水机、雨伞"}),
    (("区县", "登记内容"), ("西湖区", "名称：甲驿站\n地址：文三路1号\n开放时间：全天",),
     {"name": "甲驿站", "address": "文三路1号", "opening_hours": "全天"}),
    (("站名", "信息"), ("甲驿站", "电话:0571-88880000；位置:文三路1号"),
     {"phone": "0571-88880000", "address": "文三路1号"}),
)  # fmt: skip


@pytest.mark.parametrize(("heads", "cells", "want"), PACKED)
def test_several_facts_in_one_cell(
    heads: Sequence[str], cells: Sequence[str], want: dict[str, str], tmp_path: Path,
    reference: Reference,
) -> None:  # fmt: skip
    (sheet,) = tables(tmp_path, [heads, cells, cells], reference)
    row = sheet.sheet.rows[0]
    assert {column: row.text(column) for column in want} == want
    # The cell itself stays whole in a column of hers, and both are told by its own letter.
    assert cells[-1] in row.others.values()
    assert {each.letter for each in sheet.columns} == {*"AB"[: len(heads)]}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (("示例", "某某驿站", "××路1号"), "note"), (("2", "测试", "测试"), "note"),
        (("甲", "1", "2"), "heading"), (("(1)", "(2)", "(3)"), "heading"),
        (("共3个", "", ""), "total"), (("*** 共 8 条记录 ***", "", ""), "total"),
        (("2", "乙驿站", "文三路2号"), ""), (("3", "测试中心驿站", "文三路2号"), ""),
    ],
)  # fmt: skip
def test_lines_that_are_no_stations(
    line: Sequence[str], kind: str, tmp_path: Path, reference: Reference
) -> None:
    lines = [("序号", "站名", "地址"), ("1", "甲驿站", "文三路1号"), line]
    (sheet,) = tables(tmp_path, lines, reference)
    assert [each.kind for each in sheet.asides] == ([kind] if kind else [])
    assert len(sheet.sheet.rows) == (1 if kind else 2)


def test_a_second_table_under_the_first(tmp_path: Path, reference: Reference) -> None:
    lines = [
        ("杭州市西湖区驿站名录（2025年）", "", "", ""), ("站名", "地址", "开放时间", "电话"),
        ("甲驿站", "文三路1号", "全天", "0571-88880000"), ("一、北山街道", "", "", ""),
        ("乙驿站", "文三路2号", "8:00-18:00", ""), ("", "", "", ""),
        ("二、今年的变动", "", "", ""), ("原站名", "区县", "变更情况", "变更日期"),
        ("丙驿站", "西湖区", "已撤销", "2025-03-01"),
    ]  # fmt: skip
    first, second = tables(tmp_path, lines, reference)
    assert [row.text("name") for row in first.sheet.rows] == ["甲驿站", "乙驿站"]
    assert {*(second.changes or {})} == {9} and second.old_names == {9: "丙驿站"}
    assert not first.changes and second.heading_row == 8


@pytest.mark.parametrize(
    ("lon", "lat", "want", "codes"),
    [
        ("30.28", "120.13", ["120.13", "30.28"], ["lonlat-turned"]),
        ("120.13", "30.28", ["120.13", "30.28"], []),
        ("30.28", "30.29", ["30.28", "30.29"], []),
        ("200.1", "120.13", ["200.1", "120.13"], []),
    ],
)
def test_degrees_that_changed_places(
    lon: str, lat: str, want: list[str], codes: list[str], tmp_path: Path, reference: Reference
) -> None:
    lines = [("站名", "高德经度", "高德纬度"), ("乙驿站", "120.1", "30.2"), ("甲驿站", lon, lat)]
    (sheet,) = tables(tmp_path, lines, reference)
    assert [sheet.sheet.rows[1].text(each) for each in ("lon", "lat")] == want
    assert [each.code for each in sheet.sheet.findings] == codes


def test_the_latest_year_of_a_fact_is_the_fact(tmp_path: Path, reference: Reference) -> None:
    lines = [("站名", "2024年地址", "2025年地址"), ("甲驿站", "文三路1号", "文一路8号")]
    assert rows(tmp_path, lines, "address", reference) == [["文一路8号"]]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("9月1日起", "2025-09-01"), ("9.8", "2025-09-08"), ("8月底", "2025-08"),
        ("25年2月", "2025-02"), ("十二月二十六日", "2025-12-26"), ("去年12月（补记）", "2024-12"),
        ("二〇二四年三月", "2024-03"), ("10月中旬", "2025-10"), ("24.9.1", "2024-09-01"),
        ("45722", "2025-03-06"), ("13月", "13月"), ("第3批", "第3批"), ("36", "36"),
    ],
)  # fmt: skip
def test_days_in_many_forms(written: str, day: str) -> None:
    assert read_date(written, "2025") == day
    assert is_day(written) == (day != written)


def page(rows: str, charset: str = "gb2312") -> bytes:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"<html><head>{head}</head><body><table>{rows}</table></body></html>".encode(charset)


def test_a_web_page_that_is_called_a_workbook(tmp_path: Path, reference: Reference) -> None:
    path = tmp_path / "导出.xls"
    cells = "<tr><td rowspan=2>西湖区</td><td>甲驿站</td></tr><tr><td>乙<br>驿站&nbsp;</td></tr>"
    path.write_bytes(page(f"<tr><th>区县</th><th>站名</th></tr>{cells}"))
    (grid,) = read_grids(path)
    assert grid.rows == [["区县", "站名"], ["西湖区", "甲驿站"], ["西湖区", "乙\n驿站"]]
    (sheet,) = read_arriving(path, reference.vocabulary, reference.divisions, Home())
    assert sheet.sheet.rows[1].number == 3
    path.write_bytes(b"<html><tr" + bytes(range(256)))
    with pytest.raises(InputError):
        read_arriving(path, reference.vocabulary, reference.divisions, Home())


def test_counts_by_street_beside_the_list_cost_only_themselves(
    tmp_path: Path, reference: Reference
) -> None:
    book = openpyxl.Workbook()
    tabs = {"统计": (("街道", "总数", "备注"), ("北山街道", 3, "")),
            "明细": (("街道", "站名"), ("北山街道", "甲驿站"))}  # fmt: skip
    for title, lines in tabs.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")
    counts, listed = read_worksheets(tmp_path / "a.xlsx", reference)
    assert [skip.code for skip in counts.skips] == ["column-missing"] and not counts.rows
    assert [row.text("name") for row in listed.rows] == ["甲驿站"]
    book.remove(book["明细"])
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(InputError) as caught:
        read_worksheets(tmp_path / "b.xlsx", reference)
    assert caught.value.code == "column-missing"
