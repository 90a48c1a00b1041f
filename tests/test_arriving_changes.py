"""Lists of changes by their meaning: verbs, days and details, whatever the columns are called."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from geomap.arriving import Change, read_arriving
from geomap.files.folder import SHIPPED, Geodata
from geomap.hours import parse_hours
from geomap.model.settings import Home
from geomap.model.tables import LEDGER
from geomap.pipeline.merge_sheet import merge_sheets
from geomap.pipeline.reference import Reference
from geomap.sheets.csv_writing import write_csv
from geomap.stations.ledger_file import read_rows

TITLE = ("洛阳市涧西区驿站动态（2025年）",)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(Geodata(SHIPPED))


def write(folder: Path, lines: Sequence[Sequence[str]]) -> Path:
    path = folder / "表.csv"
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def changes(
    folder: Path, lines: Sequence[Sequence[str]], reference: Reference
) -> dict[int, Change]:
    path = write(folder, lines)
    (sheet,) = read_arriving(path, reference.vocabulary, reference.divisions, Home())
    return dict(sheet.changes)


#: What the first column says, and the second; what must come of it.
TOLD = (
    ("换址", "由甲路2号换到乙路7号", "moved", {"address": "乙路7号"}),
    ("挪地方", "乙路11号一层西厅", "moved", {"address": "乙路11号一层西厅"}),
    ("迁移", "新址：丙路6号院东门", "moved", {"address": "丙路6号院东门"}),
    ("搬了", "搬至丙路8号二楼继续服务", "moved", {"address": "丙路8号二楼"}),
    ("更正", "地址写错，应为丁路1号，非丁路7号", "moved", {"address": "丁路1号"}),
    ("易名", "今起称为河畔小哥之家", "renamed", {"name": "河畔小哥之家"}),
    ("换名字", "河畔“蜂巢”驿站", "renamed", {"name": "河畔“蜂巢”驿站"}),
    ("牌匾更换", "今后叫“新就业友好驿站”", "renamed", {"name": "新就业友好驿站"}),
    ("撤站", "租约到期，设备运走", "closed", {}),
    ("没了", "房东不租了", "closed", {}),
    ("摘牌", "年度考核不合格，取消挂牌", "closed", {}),
    ("撤并", "并到河畔驿站", "closed", {}),
    ("停用", "屋面漏水，修缮，4月中旬重新开放", "suspended", {"until": "2025-04"}),
    ("停用", "夜市整治，11月起再开", "suspended", {"until": "2025-11"}),
    ("临时关闭", "线路检修，7月10日前后恢复", "suspended", {"until": "2025-07-10"}),
    ("暂闭", "内部翻新，暂不开门", "suspended", {}),
    ("启用", "修缮结束，重新开门", "reopened", {}),
    ("恢复", "改造完毕", "reopened", {}),
    ("调时", "每天6:30—22:30", "hours", {"hours": "每天6:30-22:30"}),
    ("改时间", "24小时开", "hours", {"hours": "24小时开"}),
    ("延时", "延长服务，早上8点开门，晚上10点关门", "hours", {"hours": "早上8点开门,晚上10点关门"}),
    ("时间调整", "原8:00-18:00，改为周一至周六8:30-19:00，周日不开", "hours",
     {"hours": "周一至周六8:30-19:00,周日不开"}),
)  # fmt: skip


@pytest.mark.parametrize(("what", "more", "kind", "facts"), TOLD)
@pytest.mark.parametrize("heads", [("事由类", "内容"), ("怎么变", "具体说明"), ("处理", "缘由")])
def test_a_change_is_known_by_its_verb(
    heads: tuple[str, str], what: str, more: str, kind: str, facts: dict[str, str],
    tmp_path: Path, reference: Reference,
) -> None:  # fmt: skip
    lines = [TITLE, ("驿站", *heads, "登记人"), ("甲驿站", what, more, "靳")]
    change = changes(tmp_path, lines, reference)[3]
    assert change.kinds == (kind,) and not change.doubtful
    got = {name: getattr(change, name) for name in facts}
    if "hours" in facts:
        want = parse_hours(facts["hours"])
        read = parse_hours(got["hours"])
        assert want and read and read.osm == want.osm
    else:
        assert got == facts


@pytest.mark.parametrize(
    ("heading", "written", "on"),
    [
        ("从哪天起", "3月3日", "2025-03-03"), ("时间", "去年12月（补记）", "2024-12"),
        ("日期", "四月十六日", "2025-04-16"), ("执行日期", "9月1日起", "2025-09-01"),
        ("变化时间", "8月底", "2025-08"), ("哪天", "45722", "2025-03-06"),
    ],
)  # fmt: skip
def test_the_day_of_a_change_in_a_column_of_days(
    heading: str, written: str, on: str, tmp_path: Path, reference: Reference
) -> None:
    lines = [TITLE, ("驿站", "怎么了", heading), ("甲驿站", "撤销", written)]
    assert changes(tmp_path, lines, reference)[3].on == on


def test_a_column_that_seldom_speaks_of_changes_is_no_list_of_them(
    tmp_path: Path, reference: Reference
) -> None:
    lines = [
        ("站名", "要说的", "区县"), ("甲驿站", "周末锁门", "西湖区"),
        ("乙驿站", "只有中午", "西湖区"),
        ("丙驿站", "", "西湖区"), ("丁驿站", "", "西湖区"), ("戊驿站", "", "西湖区"),
    ]  # fmt: skip
    assert changes(tmp_path, lines, reference) == {}


def test_how_a_station_is_built_and_what_it_costs_are_no_changes(
    tmp_path: Path, reference: Reference
) -> None:
    lines = [
        ("西湖区2027年拟建驿站",), ("站名", "方式", "投入"), ("甲驿站", "新建", "30000"),
        ("乙驿站", "改建", "25000"), ("丙驿站", "新建", "42000"),
    ]  # fmt: skip
    (sheet,) = read_arriving(
        write(tmp_path, lines), reference.vocabulary, reference.divisions, Home()
    )
    rows = sheet.sheet.rows
    assert [row.text("status") for row in rows] == ["planned"] * 3 and not sheet.changes
    assert [row.text("opened_on") for row in rows] == [""] * 3
    assert rows[0].others == {"方式": "新建", "投入": "30000"}


def test_a_new_station_in_a_list_of_changes(tmp_path: Path, reference: Reference) -> None:
    lines = [
        TITLE, ("日期", "驿站", "事项", "内容"),
        ("2025/6/20", "丙驿站", "新设", "建设路128号一楼，全天开放"),
        ("2025/6/21", "甲驿站", "撤销", "租约到期"),
    ]  # fmt: skip
    (sheet,) = read_arriving(
        write(tmp_path, lines), reference.vocabulary, reference.divisions, Home()
    )
    row = sheet.sheet.rows[0]
    assert {*sheet.changes} == {4}
    read = [row.text(each) for each in ("opened_on", "address", "opening_hours", "district")]
    assert read == ["2025/6/20", "建设路128号一楼", "全天开放", "涧西区"]


def test_one_station_shut_and_opened_again_in_one_list(
    tmp_path: Path, reference: Reference
) -> None:
    open_now = {"kind": "station", "district": "涧西区", "status": "operating"}
    known = [open_now | {"name": name, "address": "旧路71号"} for name in ("甲驿站", "乙驿站")]
    write_csv(tmp_path / "stations.csv", LEDGER.names, known)
    lines = [
        TITLE, ("日期", "驿站", "事项", "内容"),
        ("2025.3.6", "甲驿站", "停用", "修缮，4月重新开放"),
        ("4月16日", "甲驿站", "启用", "修缮结束"),
        ("5月", "乙驿站", "更正", "地址写错，应为旧路11号"),
    ]  # fmt: skip
    merged = merge_sheets([write(tmp_path, lines)], Geodata(tmp_path))
    first, second = read_rows(tmp_path / "stations.csv", reference.vocabulary.headings)
    assert (first["status"], first["closed_on"], merged.first) == ("operating", "", ())
    assert ("suspended", "operating") in [(edit.old, edit.new) for edit in merged.edits]
    assert second["address"] == "旧路11号" and "更正，原写 旧路71号" in second["note"]


def test_a_new_number_in_a_list_of_changes(tmp_path: Path, reference: Reference) -> None:
    known = {"name": "甲驿站", "kind": "station", "district": "涧西区", "phone": "0379-60000001"}
    write_csv(tmp_path / "stations.csv", LEDGER.names, [known])
    lines = [
        TITLE, ("驿站", "事项", "内容", "预计重新开放时间"),
        ("甲驿站", "电话变更", "由0379-60000001改为0379-60000002", ""),
        ("乙驿站", "暂停", "检修", "7月10日"),
    ]  # fmt: skip
    path = write(tmp_path, lines)
    merge_sheets([path], Geodata(tmp_path))
    first, second = read_rows(tmp_path / "stations.csv", reference.vocabulary.headings)
    assert first["phone"] == "0379-60000002"
    assert (second["status"], second["note"]) == ("suspended", "暂停至 2025-07-10")


def test_a_status_of_in_use_opens_no_closed_station(tmp_path: Path, reference: Reference) -> None:
    shut = {"name": "甲驿站", "kind": "station", "district": "涧西区", "status": "closed"}
    write_csv(tmp_path / "stations.csv", LEDGER.names, [shut])
    lines = [TITLE, ("驿站", "站点状态", "备注"), ("甲驿站", "启用", ""), ("乙驿站", "启用", "")]
    merged = merge_sheets([write(tmp_path, lines)], Geodata(tmp_path))
    first, second = read_rows(tmp_path / "stations.csv", reference.vocabulary.headings)
    assert (first["status"], second["status"]) == ("closed", "operating")
    assert [skip.code for skip in merged.first] == ["reopen-doubted"]


def test_the_name_before_stands_in_the_words(tmp_path: Path, reference: Reference) -> None:
    lines = [TITLE, ("驿站", "变化", "变化说明"), ("夜归人驿站", "更名", "原名“南街驿站”")]
    (sheet,) = read_arriving(
        write(tmp_path, lines), reference.vocabulary, reference.divisions, Home()
    )
    assert sheet.old_names[3] == "南街驿站"


@pytest.mark.parametrize(
    ("title", "towns"),
    [
        ("福州市鼓楼区鼓东街道驿站明细", ["鼓东街道", "鼓东街道"]),
        ("福州市鼓楼区各街道驿站明细", ["", ""]),
    ],
)
def test_the_township_of_a_whole_sheet(
    title: str, towns: list[str], tmp_path: Path, reference: Reference
) -> None:
    lines = [(title,), ("驿站", "电话"), ("甲驿站", "0591-87500601"), ("乙驿站", "")]
    (sheet,) = read_arriving(
        write(tmp_path, lines), reference.vocabulary, reference.divisions, Home()
    )
    assert [row.text("township") for row in sheet.sheet.rows] == towns
    lines[1:] = [("驿站", "街道"), ("甲驿站", "水部街道"), ("乙驿站", "")]
    (sheet,) = read_arriving(
        write(tmp_path, lines), reference.vocabulary, reference.divisions, Home()
    )
    assert [row.text("township") for row in sheet.sheet.rows] == ["水部街道", ""]


def test_a_ledger_of_our_own_columns_is_not_filled_in(tmp_path: Path, reference: Reference) -> None:
    towns = ("温泉街道", "南街街道", "", "")
    lines = [("name", "township"), *((f"{n}驿站", t) for n, t in zip("甲乙丙丁", towns))]  # noqa: B905
    (sheet,) = read_arriving(
        write(tmp_path, lines), reference.vocabulary, reference.divisions, Home()
    )
    assert [row.text("township") for row in sheet.sheet.rows] == [*towns]


#: What sort of change, how it was, how it is now; what must come of it.
TURNED = (
    ("迁址", "甲路2号", "乙路7号一楼", "moved", {"address": "乙路7号一楼"}),
    ("更名", "甲驿站", "河畔“小哥之家”", "renamed", {"name": "河畔“小哥之家”"}),
    ("调整时间", "8:30-17:30", "7:30-20:00", "hours", {"hours": "7:30-20:00"}),
    ("延长开放", "9:00-18:00", "24小时开放", "hours", {"hours": "24小时开放"}),
    ("", "9:00-18:00", "8:00-20:00", "hours", {"hours": "8:00-20:00"}),
    ("停用", "正常开放", "停用（待修）", "suspended", {}),
    ("撤销", "甲路2号", "/", "closed", {}),
)  # fmt: skip


@pytest.mark.parametrize(
    "heads", [("调整前", "调整后"), ("变更前", "变更后"), ("原情况", "新情况")]
)
def test_how_it_was_and_how_it_is(
    heads: tuple[str, str], tmp_path: Path, reference: Reference
) -> None:
    """A column 调整后 is of whatever the row says was changed: an address, a name, hours."""
    rows = [(f"{n}号驿站", what, was, now) for n, (what, was, now, *_) in enumerate(TURNED)]
    found = changes(tmp_path, [TITLE, ("驿站", "调整类型", *heads), *rows], reference)
    for number, (*_, kind, facts) in enumerate(TURNED, start=3):
        assert found[number].kinds == (kind,), TURNED[number - 3]
        assert all(getattr(found[number], name) == text for name, text in facts.items())


def test_why_a_station_is_new_is_not_where_it_is(tmp_path: Path, reference: Reference) -> None:
    lines = [TITLE, ("驿站", "调整类型", "调整前", "调整后", "原因"),
             ("甲驿站", "新增", "/", "乙路402号", "新建"),
             ("乙驿站", "撤销", "丙路1号", "/", "少用"),
             ("丙驿站", "新增", "/", "", "扩面")]  # fmt: skip
    path = write(tmp_path, lines)
    (sheet,) = read_arriving(path, reference.vocabulary, reference.divisions, Home())
    assert [row.cells["address"] for row in sheet.sheet.rows] == ["乙路402号", "", ""]


def test_what_was_updated_is_told_of_the_station(tmp_path: Path, reference: Reference) -> None:
    lines = [TITLE, ("驿站", "事项", "更新内容", "更新人"),
             ("甲驿站", "时间变更", "周末不再开放，仅周一至周五8:30-17:30", "靳"),
             ("乙驿站", "地址变更", "搬到大同路163号", "靳")]  # fmt: skip
    found = changes(tmp_path, lines, reference)
    assert found[3].kinds == ("hours",) and "8:30-17:30" in found[3].hours
    assert found[4].kinds == ("moved",) and found[4].address == "大同路163号"


@pytest.mark.parametrize(
    "heading", ["您负责的驿站叫什么名字？", "贵单位服务站点的名字", "该休息室叫什么"]
)
def test_a_question_asks_for_the_name(heading: str, tmp_path: Path, reference: Reference) -> None:
    path = write(
        tmp_path, [(heading, "在什么位置？"), ("甲驿站", "乙路1号"), ("丙驿站", "丁路2号")]
    )
    (sheet,) = read_arriving(path, reference.vocabulary, reference.divisions, Home())
    assert [row.cells["name"] for row in sheet.sheet.rows] == ["甲驿站", "丙驿站"]
