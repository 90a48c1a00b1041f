"""What other programs export: questionnaires, shared tables, a map's search, a portal, a form."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from geomap.files.folder import SHIPPED, Geodata
from geomap.model.records import InputError
from geomap.pipeline.any_ledger import read_people
from geomap.pipeline.merge_sheet import merge_sheets
from geomap.pipeline.reference import Reference

Line = Sequence[object]
WEST = "西湖区"
QUESTIONNAIRE: Sequence[Line] = (
    ("序号", "提交答卷时间", "来自IP", "1、驿站名称：", "2、所在区县", "4、驿站目前是否正常开放？",
     "5、每天几点到几点开放（例：8:00-20:00）", "6、(饮水机)", "6、(微波炉)",
     "7、请在地图上标记位置", "8、停用原因"),
    (1, "2026/10/8 9:12", "1.1.1.1", "甲驿站", WEST, "是", "8:00-20:00", 1, 0,
     "文三路1号[120.130112,30.280133]", "(空)"),
    (2, "2026/10/8 9:13", "1.1.1.1", "乙驿站", WEST, "否", "9:00-17:00", 1, 1,
     "文二路2号[120.140112,30.290133]", "(跳过)"),
    (3, "2026/10/8 9:14", "1.1.1.1", "丙驿站", WEST, "否，已不在此处", "9:00-17:00", 0, 0,
     "(空)", "房屋到期"),
    (4, "2026/10/8 9:15", "1.1.1.1", "丁驿站", WEST, "", "9:00-17:00", 0, 0, "(空)", "空调改造"),
)  # fmt: skip
SHARED: Sequence[Line] = (
    ("站点名称", "区", "运营状态(单选)", "开放时段", "最后修改时间"),
    ("甲驿站", WEST, "✅运营中", "周一~周日 08:00~20:00", "2026-10-08 10:00"),
    ("乙驿站", WEST, "⛔已关停", "08:00~20:00", "2026-10-08 10:00"),
    ("丙驿站", WEST, "🔧维护中", "08:00~20:00", "2026-10-08 10:00"),
    ("丁驿站", WEST, "❌", "08:00~20:00", "2026-10-08 10:00"),
    ("戊驿站", WEST, "待开放", "08:00~20:00", "2026-10-08 10:00"),
)
MAP_SEARCH: Sequence[Line] = (
    ("id", "name", "type", "typecode", "address", "location", "pname", "cityname", "adname", "tel",
     "opentime2"),
    ("B1", "甲工会驿站", "社会团体", "130501", "文三路1号", "120.130112,30.280133", "浙江省",
     "杭州市", WEST, "[]", "周一至周五 09:00-17:00"),
    ("B2", "乙工会驿站(暂停营业)", "社会团体", "130501", "[]", "120.140112,30.290133", "浙江省",
     "杭州市", WEST, "[]", "24小时营业"),
)  # fmt: skip
PORTAL: Sequence[Line] = (
    ("户外劳动者服务站点信息查询导出",), ("导出时间：2026-10-01 12:00:00",),
    ("站点编码", "站点名称", "所属区划", "经度坐标", "纬度坐标", "服务时间(夏令时)",
     "服务时间(冬令时)", "是否注销", "注销时间"),
    ("A1", "甲驿站", "浙江省杭州市西湖区", "120.130112", "30.280133", "8:00-18:00", "8:30-17:30",
     "否", ""),
    ("A2", "乙驿站", "浙江省杭州市西湖区", "120.140112", "30.290133", "8:00-18:00", "8:30-17:30",
     "是", "2026-03-01"),
    ("A3", "丙驿站", "浙江省杭州市西湖区", "0", "0", "--", "--", "否", ""),
)  # fmt: skip
FORM: Sequence[Line] = (
    ("户外劳动者驿站信息登记表",), ("驿站名称", "甲驿站", "所属区县", WEST),
    ("详细地址", "文三路1号", "联系电话", "0571-88880000"), ("经度", "120.1301", "纬度", "30.2801"),
    ("开放时间", "8:00-20:00", "状态", "在用"), ("备注", ""),
)  # fmt: skip
#: How else clerks say that a door is shut, or somewhere else; what must come of it.
SAID = (
    ("已清退", "closed"), ("房屋被征收，站点腾退", "closed"), ("闭站", "closed"),
    ("合同到期不再续租", "closed"), ("挪到隔壁邮局", "moved"), ("已迁出", "unknown"),
    ("改作仓库", "closed"), ("移交街道另作他用", "closed"), ("停摆", "suspended"),
    ("暂缓开放", "suspended"), ("长期锁门", "closed"), ("已不存在", "closed"),
    ("未开放", "unknown"), ("待定", "unknown"), ("换了地方", "unknown"),
)  # fmt: skip


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(Geodata(SHIPPED))


def add(folder: Path, lines: Sequence[Line], reference: Reference) -> dict[str, dict[str, object]]:
    """Return what the ledger says after a workbook was added, by name."""
    book = openpyxl.Workbook()
    for line in lines:
        book.worksheets[0].append(list(line))
    path = folder / "导出.xlsx"
    book.save(path)
    merge_sheets([path], Geodata(folder))
    rows = read_people(folder / "stations.csv", reference).rows.to_dict("records")
    return {str(row["name"]): {str(key): value for key, value in row.items()} for row in rows}


def test_a_questionnaire(tmp_path: Path, reference: Reference) -> None:
    rows = add(tmp_path, QUESTIONNAIRE, reference)
    assert [row["status"] for row in rows.values()] == [
        "operating", "suspended", "closed", "suspended",
    ]  # fmt: skip
    first = rows["甲驿站"]
    assert (first["lon"], first["uncertainty_m"]) == (120.130112, 700.0)
    assert first["opening_hours"] == "Mo-Su 08:00-20:00"
    assert [row["facilities"] for row in rows.values()] == [
        "drinking_water", "drinking_water;microwave", "", "",
    ]  # fmt: skip


def test_a_shared_table(tmp_path: Path, reference: Reference) -> None:
    rows = add(tmp_path, SHARED, reference)
    assert [row["status"] for row in rows.values()] == [
        "operating", "closed", "suspended", "unknown", "unknown",
    ]  # fmt: skip
    assert not any(row["verified_on"] for row in rows.values())


def test_the_search_of_a_map(tmp_path: Path, reference: Reference) -> None:
    rows = add(tmp_path, MAP_SEARCH, reference)
    assert [(row["datum"], row["district"], row["phone"]) for row in rows.values()] == [
        ("gcj02", WEST, "")
    ] * 2
    assert rows["乙工会驿站"]["status"] == "suspended" and rows["乙工会驿站"]["address"] == ""


def test_a_portal(tmp_path: Path, reference: Reference) -> None:
    rows = add(tmp_path, PORTAL, reference)
    assert [row["status"] for row in rows.values()] == ["operating", "closed", "operating"]
    assert rows["乙驿站"]["closed_on"] == "2026-03-01"
    assert rows["甲驿站"]["lat"] == 30.280133 and rows["甲驿站"]["uncertainty_m"] == 700.0
    assert rows["丙驿站"]["lon"] != 0 and rows["丙驿站"]["opening_hours"] == ""


def test_a_form_is_no_list(tmp_path: Path, reference: Reference) -> None:
    with pytest.raises(InputError) as refused:
        add(tmp_path, FORM, reference)
    assert refused.value.code == "sheet-form"


@pytest.mark.parametrize("heading", ["目前情况", "备注"])
def test_other_words_for_a_shut_door(heading: str, tmp_path: Path, reference: Reference) -> None:
    lines = [("站名", "区", "地址", heading)]
    lines += [(f"{n}号驿站", WEST, "旧路1号", said) for n, (said, _) in enumerate(SAID)]
    rows = add(tmp_path, lines, reference)
    for (said, status), row in zip(SAID, rows.values(), strict=True):
        if status == "moved":
            assert row["address"] == "隔壁邮局"
        elif heading != "备注" or status != "unknown":
            assert row["status"] == status, said
