"""Forms that sheets come in: each rule of the door with variants that no set of ours has."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from geomap.arriving import Arriving, read_arriving
from geomap.files.folder import SHIPPED, Geodata
from geomap.hours import parse_hours
from geomap.model.settings import Home
from geomap.pipeline.arriving_rows import read_worksheets
from geomap.pipeline.reference import Reference

Lines = Sequence[Sequence[str]]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(Geodata(SHIPPED))


def write(folder: Path, lines: Lines, name: str = "表.csv") -> Path:
    path = folder / name
    separator = "\t" if name.endswith((".tsv", ".txt")) else ","
    quoted = (
        (f'"{cell}"' if "," in cell or "\n" in cell else cell for cell in line) for line in lines
    )
    path.write_text("\n".join(separator.join(line) for line in quoted), encoding="utf-8")
    return path


def read(folder: Path, lines: Lines, reference: Reference) -> Arriving:
    path = write(folder, lines)
    (sheet,) = read_arriving(path, reference.vocabulary, reference.divisions, Home())
    return sheet


def column_of(folder: Path, lines: Lines, column: str, reference: Reference) -> list[str]:
    return [row.text(column) for row in read(folder, lines, reference).sheet.rows]


def hours_of(folder: Path, lines: Lines, reference: Reference) -> list[str]:
    parsed = map(parse_hours, column_of(folder, lines, "opening_hours", reference))
    return [each.osm if each else "" for each in parsed]


HOURS: tuple[tuple[Lines, str], ...] = (
    ([("站名", "夏季时间（6-8月）", "冬季时间（9-5月）"), ("甲驿站", "6:00-20:00", "7:00-18:00")],
     "Jun-Aug 06:00-20:00; Sep-May 07:00-18:00"),
    ([("站名", "工作日时段", "双休日时段"), ("甲驿站", "9:00-18:00", "休息")],
     "Mo-Fr 09:00-18:00; PH off"),
    ([("站名", "开放时间", "周末开放时间"), ("甲驿站", "9:00-18:00", "10:00-16:00")],
     "Mo-Fr 09:00-18:00; Sa-Su 10:00-16:00"),
    ([("站名", "周末开放时间", "开放时间"), ("甲驿站", "10:00-16:00", "9:00-18:00")],
     "Mo-Fr 09:00-18:00; Sa-Su 10:00-16:00"),
    ([("站名", "工作日开放时间", "周末开放时间"), ("甲驿站", "全天", "全天"),
      ("乙驿站", "8:00-18:00", "")], "24/7"),
    ([("站名", "开放时间", "周末是否开放"), ("甲驿站", "9:00-17:00", "否")], "Mo-Fr 09:00-17:00"),
    ([("站名", "开放时间", "双休日是否开放"), ("甲驿站", "9:00-17:00", "视情况")],
     'Mo-Fr 09:00-17:00; Sa-Su "周末视情况"'),
    ([("站名", "开放时间", "节假日是否营业"), ("甲驿站", "9:00-17:00", "不营业")],
     "Mo-Su 09:00-17:00; PH off"),
    ([("站名", "开门时间", "关门时间", "周六日是否开放"), ("甲驿站", "8:00", "17:00", "×")],
     "Mo-Fr 08:00-17:00"),
    ([("站名", "开放时间", "备注"), ("甲驿站", "8:00-18:00", "周一闭馆")], "Tu-Su 08:00-18:00"),
    ([("站名", "开放时间", "备注"), ("甲驿站", "8:00-18:00", "法定节假日休息。")],
     "Mo-Su 08:00-18:00; PH off"),
    ([("站名", "几点到几点"), ("甲驿站", "早7晚9")], "Mo-Su 07:00-21:00"),
    ([("站名", "开放时间", "是否24小时"), ("甲驿站", "", "是"), ("乙驿站", "9:00", "否")],
     "24/7"),
    ([("站名", "开放时间", "能否24小时使用"), ("甲驿站", "9:00-17:00", "是")], "Mo-Su 09:00-17:00"),
    # 全天 beside times of day is round the clock; where half days are told it is a day's work.
    ([("站名", "开放时间"), ("甲驿站", "全天"), ("乙驿站", "8:00-18:00")], "24/7"),
    ([("站名", "开放时间"), ("甲驿站", "全天"), ("乙驿站", "8:00-12:00半天")], 'Mo-Su "全天"'),
    ([("站名", "开放时间"), ("甲驿站", "全天"), ("乙驿站", "上午")], 'Mo-Su "全天"'),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "osm"), HOURS)
def test_hours_of_several_columns(
    lines: Lines, osm: str, tmp_path: Path, reference: Reference
) -> None:
    assert hours_of(tmp_path, lines, reference)[0] == osm


def test_a_door_shut_at_weekends_is_no_closed_station(tmp_path: Path, reference: Reference) -> None:
    heads = ("周末是否开放", "节假日是否开放", "夜间是否开放", "春节期间是否开放", "雨天是否开放")
    lines = [("站名", "开放时间", *heads), ("甲驿站", "9:00-17:00", *("否",) * 5)]
    sheet = read(tmp_path, lines, reference)
    (row,) = sheet.sheet.rows
    assert row.text("status") == "" and not sheet.changes
    assert [row.others[head] for head in heads] == ["否"] * 5


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("饮水机+充电+空调", "air_conditioning;charging;drinking_water"),
        ("水/微波炉/坐的地方", "drinking_water;microwave"),
        ("饮水机 微波炉 雨伞", "drinking_water;microwave;umbrella"),
        ("热水┋急救药箱┋淋浴间", "drinking_water;first_aid;shower"),
        ("饮水机2台、休息座椅、无空调", "drinking_water;rest"),
        ("免费WiFi、暂无微波炉、充电宝(坏)", "wifi"),
        ("图书·健身器材·电视机", "books;gym;tv"),
    ],
)
def test_facilities_in_one_cell(
    written: str, keys: str, tmp_path: Path, reference: Reference
) -> None:
    path = write(tmp_path, [("站名", "区", "设施"), ("甲驿站", "西湖区", written)])
    (incoming,) = read_worksheets(path, reference)
    assert incoming.cleaned.rows.facilities.tolist() == [keys]


def test_a_column_of_facilities_whatever_its_heading(tmp_path: Path, reference: Reference) -> None:
    for heading in ("提供些啥", "有啥用的", "硬件", "便民服务项", "屋里有"):
        rows = (("甲驿站", "饮水机、微波炉、咖啡"), ("乙驿站", "饮水机/空调"))
        path = write(tmp_path, [("站名", heading), *rows])
        (sheet,) = read_arriving(path, reference.vocabulary, reference.divisions, Home())
        assert [row.text("facilities") for row in sheet.sheet.rows] == [rows[0][1], rows[1][1]]


@pytest.mark.parametrize(
    ("written", "access"),
    [
        ("面向社会开放", "public"), ("户外劳动者及市民", "public"), ("本楼宇员工", "employees"),
        ("持证会员", "members"), ("货车司机", "outdoor_workers"), ("不对社会开放", "unknown"),
        ("非会员", "unknown"), ("找张姐", "unknown"), ("会员及本单位员工", "unknown"),
    ],
)  # fmt: skip
def test_who_may_enter(written: str, access: str, tmp_path: Path, reference: Reference) -> None:
    path = write(tmp_path, [("站名", "区", "开放对象"), ("甲驿站", "西湖区", written)])
    (incoming,) = read_worksheets(path, reference)
    assert incoming.cleaned.rows.access.tolist() == [access]


@pytest.mark.parametrize(
    ("cell", "lon", "datum"),
    [
        ("https://uri.amap.com/marker?position=120.1301,30.2801", "120.1301", "gcj02"),
        ("腾讯地图 30.2801,120.1301", "120.1301", "gcj02"),
        ("120.1301,30.2801（百度）", "120.1301", "bd09"),
        ("http://api.map.baidu.com/marker?location=30.2801,120.1301", "120.1301", "bd09"),
        ("geo:30.2801,120.1301", "120.1301", "wgs84"),
        ("【高德地图】我在这里 https://surl.amap.com/abc", "", ""),
        ("两个点 120.1301,30.2801 120.2301,30.2801", "", ""),
    ],
)  # fmt: skip
def test_a_column_of_what_map_apps_copy(
    cell: str, lon: str, datum: str, tmp_path: Path, reference: Reference
) -> None:
    lines = [("站名", "位置分享"), *(("乙驿站", "120.11,30.21"),) * 3, ("甲驿站", cell)]
    sheet = read(tmp_path, lines, reference)
    row = sheet.sheet.rows[-1]
    assert (row.text("lon"), row.text("datum")) == (lon, datum)
    assert cell in row.others.values() and (lon or sheet.sheet.findings)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("45413", "2024-05-01"), ("24/05/01", "2024-05-01"), ("23.9.30", "2023-09-30"),
        ("5月6日", "2024年5月6日"), ("05/01/24", "05/01/24"), ("24/13/01", "24/13/01"),
    ],
)  # fmt: skip
def test_days_as_spreadsheets_show_them(
    written: str, day: str, tmp_path: Path, reference: Reference
) -> None:
    lines = [("西湖区2024年驿站表",), ("站名", "挂牌时间"), ("甲驿站", written)]
    assert column_of(tmp_path, lines, "opened_on", reference) == [day]


CHANGES: tuple[tuple[Sequence[str], Sequence[str], tuple[str, ...], dict[str, str]], ...] = (
    (("变更类型", "变更前", "变更后"), ("搬迁", "甲路1号", "乙路2号"), ("moved",),
     {"address": "乙路2号"}),
    (("事项", "变动前", "变动后"), ("改名", "甲", "城东驿站"), ("renamed",), {"name": "城东驿站"}),
    (("变更类型", "变更前", "变更后"), ("时间调整", "8点", "9:00-18:00"), ("hours",),
     {"hours": "9:00-18:00"}),
    (("变更类型", "变更前", "变更后"), ("撤销", "甲路1号", "/"), ("closed",), {}),
    (("变更类型", "变更后"), ("暂停", "装修，预计2024年8月底恢复"), ("suspended",),
     {"until": "2024-08"}),
    (("原开放时间", "调整后开放时间"), ("8:00-18:00", "暂停开放"), ("suspended",), {}),
    (("变动情况", "时间"), ("改名城东驿站", "2024.4"), ("renamed",),
     {"name": "城东驿站", "on": "2024-04"}),
    (("情况说明",), ("并入城东驿站",), ("closed",), {}),
    (("情况说明",), ("已与城东驿站合并至新址",), ("closed",), {}),
    (("状态",), ("停用（装修）",), ("suspended",), {}),
    (("备注",), ("3月1日至5月31日暂停",), ("suspended",), {}),
    (("状态",), ("停用（已拆除，不再装修）",), ("closed",), {}),
    (("目前状态",), ("关停（消防改造）",), ("suspended",), {}),
)  # fmt: skip


@pytest.mark.parametrize(("heads", "cells", "kinds", "facts"), CHANGES)
def test_changes_in_columns_of_their_own(
    heads: Sequence[str], cells: Sequence[str], kinds: tuple[str, ...], facts: dict[str, str],
    tmp_path: Path, reference: Reference,
) -> None:  # fmt: skip
    sheet = read(tmp_path, [("站名", "区", *heads), ("甲驿站", "西湖区", *cells)], reference)
    change = sheet.changes[2]
    assert change.kinds == kinds
    assert {name: getattr(change, name) for name in facts} == facts


@pytest.mark.parametrize(
    ("title", "status", "on"),
    [
        ("西湖区2027年驿站建设计划表", "planned", ""), ("拟建驿站名单", "planned", ""),
        ("驿站规划布局一览", "planned", ""), ("建设计划完成情况表", "", ""),
        ("驿站工作进度表", "", ""),
        ("待建站点", "planned", ""),
    ],
)  # fmt: skip
def test_a_list_of_what_is_to_be_built(
    title: str, status: str, on: str, tmp_path: Path, reference: Reference
) -> None:
    lines = [(title,), ("站名", "区"), ("甲驿站", "西湖区")]
    assert column_of(tmp_path, lines, "status", reference) == [status]


@pytest.mark.parametrize(
    ("title", "on"),
    [
        ("自2026年11月15日起执行", "2026-11-15"), ("从2026年5月1日开始调整", "2026-05-01"),
        ("2026年5月1日实施", "2026-05-01"), ("2026年5月1日印发", ""),
        ("自2026年5月1日起、2026年6月1日起执行", ""),
    ],
)  # fmt: skip
def test_the_day_that_a_sheet_of_changes_holds_from(
    title: str, on: str, tmp_path: Path, reference: Reference
) -> None:
    lines = [(title,), ("站名", "区", "新开放时间"), ("甲驿站", "西湖区", "9:00-18:00")]
    sheet = read(tmp_path, lines, reference)
    assert (sheet.changes or {})[3].on == on


@pytest.mark.parametrize(
    ("towns", "read_as"),
    [
        (("北山街道", "", "古荡街道", ""), ("北山街道", "北山街道", "古荡街道", "古荡街道")),
        (("北山街道", "", "北山街道", ""), ("北山街道", "", "北山街道", "")),
        (("", "北山街道", "", "古荡街道"), ("", "北山街道", "", "古荡街道")),
        (("北山街道", "", "", ""), ("北山街道", "", "", "")),
        (("北山街道", "同上", "古荡街道", "〃"), ("北山街道", "北山街道", "古荡街道", "古荡街道")),
    ],
)
def test_a_merging_that_the_sheet_forgot(
    towns: Sequence[str], read_as: Sequence[str], tmp_path: Path, reference: Reference
) -> None:
    rows = [(f"{name}驿站", town) for name, town in zip("甲乙丙丁", towns, strict=True)]
    lines = [("站名", "街道"), *rows]
    sheet = read(tmp_path, lines, reference)
    assert [row.text("township") for row in sheet.sheet.rows] == list(read_as)
    filled = [bool(town) for town in read_as] != [bool(town) for town in towns]
    assert bool(sheet.sheet.merged) == filled


@pytest.mark.parametrize(
    "text",
    [
        "名称　区　开放时间\n甲驿站　西湖区　9:00-12:00,14:00-18:00\n乙驿站　西湖区　24小时",
        "名称  区  开放时间\n甲驿站   西湖区  9:00-12:00,14:00-18:00\n乙驿站  西湖区  24小时",
        "| 名称 | 区 | 开放时间 |\n| --- | --- | --- |\n"
        "| 甲驿站 | 西湖区 | 9:00-12:00,14:00-18:00 |",
        "名称|区|开放时间\n甲驿站|西湖区|9:00-12:00,14:00-18:00",
        "西湖区名单（8月）\n\n名称 区 开放时间\n"
        "甲驿站 西湖区 9:00-12:00,14:00-18:00\n乙驿站 西湖区 24小时",
    ],
)
def test_a_table_that_blanks_or_bars_part(text: str, tmp_path: Path, reference: Reference) -> None:
    path = tmp_path / "粘贴.txt"
    path.write_text(text, encoding="utf-8")
    (sheet,) = read_arriving(path, reference.vocabulary, reference.divisions, Home())
    row = sheet.sheet.rows[0]
    assert [row.text(each) for each in ("name", "district", "opening_hours")] == [
        "甲驿站", "西湖区", "9:00-12:00,14:00-18:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "areas"),
    [
        ("浙江省杭州市西湖区文三路1号", ("浙江省", "杭州市", "西湖区")),
        ("杭州市西湖区文三路1号", ("浙江省", "杭州市", "西湖区")),
        ("北京市朝阳区望京街1号", ("北京市", "北京市", "朝阳区")),
        ("文三路1号（西湖区政府旁）", ("", "", "")),
        ("杭州市文三路1号", ("", "", "")),
        ("上海路南京市场1号", ("", "", "")),
    ],
)
def test_areas_that_an_address_begins_with(
    address: str, areas: tuple[str, ...], tmp_path: Path, reference: Reference
) -> None:
    (row,) = read(tmp_path, [("站名", "地址"), ("甲驿站", address)], reference).sheet.rows
    assert tuple(row.text(each) for each in ("province", "city", "district")) == areas


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("李强 13800000211", "13800000211"), ("管委会 0531-88000213", "0531-88000213"),
        ("王芳13900000172", "13900000172"), ("0571-88880000转8012", "0571-88880000转8012"),
        ("前台：88880000", "88880000"), ("0571-88880000", "0571-88880000"),
    ],
)  # fmt: skip
def test_a_number_with_a_name_beside_it(
    cell: str, phone: str, tmp_path: Path, reference: Reference
) -> None:
    lines = [("站名", "区", "管理员及电话"), ("甲驿站", "西湖区", cell)]
    (row,) = read(tmp_path, lines, reference).sheet.rows
    assert row.text("phone") == phone
    assert cell in (phone, *row.others.values())


def test_sections_and_words_below_a_list(tmp_path: Path, reference: Reference) -> None:
    lines = [
        ("名称", "地址", "状态"), ("一、北山街道（2个）", "", ""), ("甲驿站", "文三路1号", "在用"),
        ("古荡街道：", "", ""), ("乙驿站", "文二路2号", "在用"),
        ("以上共2个，有错漏请说一声", "", ""),
        ("2026年11月整理", "", ""),
    ]  # fmt: skip
    sheet = read(tmp_path, lines, reference)
    assert [row.text("township") for row in sheet.sheet.rows] == ["北山街道", "古荡街道"]
    assert [each.kind for each in sheet.asides] == ["section", "section", "note", "note"]


def test_a_district_that_is_no_more_is_taken_from_the_title(
    tmp_path: Path, reference: Reference
) -> None:
    lines = [("重庆市渝北区驿站名单",), ("站名", "地址"), ("甲驿站", "空港大道1号")]
    (row,) = read(tmp_path, lines, reference).sheet.rows
    assert [row.text(each) for each in ("province", "city", "district")] == [
        "重庆市", "重庆市", "渝北区",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("建北街道职工之家", "workers_home"), ("城东工会驿站", ""), ("甲", ""),
        ("区职工服务中心", "service_center"), ("前门农民工之家", "workers_home"),
    ],
)  # fmt: skip
def test_a_kind_that_only_the_name_says(
    name: str, kind: str, tmp_path: Path, reference: Reference
) -> None:
    path = write(tmp_path, [("名称", "区"), (name, "西湖区")])
    (incoming,) = read_worksheets(path, reference)
    assert incoming.kinds.get(2, "") == kind
