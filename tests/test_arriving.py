"""Any sheet: every cell is understood, kept or named; a change is a change."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from arriving_sheets import CLOSINGS, EXAMPLES, Example

from geomap.arriving import Arriving, read_arriving
from geomap.files.folder import SHIPPED, Geodata
from geomap.model.records import InputError
from geomap.model.settings import Home
from geomap.model.tables import LEDGER
from geomap.pipeline.merge_sheet import Merged, merge_sheets
from geomap.pipeline.reference import Reference
from geomap.sheets.csv_writing import write_csv
from geomap.stations.ledger_file import read_rows

HOME = Home("浙江省", "杭州市", "")


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(Geodata(SHIPPED))


def read(example: Example, folder: Path, reference: Reference) -> Arriving:
    path = example.write(folder)
    (arriving,) = read_arriving(path, reference.vocabulary, reference.divisions, HOME)
    return arriving


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_the_cells_of_a_sheet(example: Example, tmp_path: Path, reference: Reference) -> None:
    rows = read(example, tmp_path, reference).sheet.rows
    read_as = [{name: row.text(name) for name in want} for row, want in zip(rows, example.rows)]  # noqa: B905
    assert len(rows) == len(example.rows) and read_as == [dict(want) for want in example.rows]


def test_the_sheets_are_many_and_differ() -> None:
    assert len({example.name for example in EXAMPLES}) >= 24
    heads = [tuple(map(tuple, example.lines[:2])) for example in EXAMPLES]
    assert len({*map(str, heads)}) == len(EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_every_cell_has_a_fate(example: Example, tmp_path: Path, reference: Reference) -> None:
    arriving = read(example, tmp_path, reference)
    fates = {column.number: column.fate for column in arriving.columns}
    aside = {each.row for each in arriving.asides}
    first = min(row.number for row in arriving.sheet.rows)
    for number, line in enumerate(example.lines, start=1):
        for at, cell in enumerate(line):
            if cell not in (None, "") and number >= first and number not in aside:
                assert fates[at] in ("read", "kept", "again", "number"), (number, at, cell)


def test_a_coordinate_without_a_datum_is_asked_for_once(
    tmp_path: Path, reference: Reference
) -> None:
    text = "名称,区县,经度,纬度\n甲,西湖区,120.1,30.2\n乙,西湖区,120.2,30.3\n"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    (sheet,) = read_arriving(tmp_path / "a.csv", reference.vocabulary, reference.divisions, HOME)
    assert [each.code for each in sheet.sheet.findings] == ["datum-missing"]
    assert [row.text("uncertainty_m") for row in sheet.sheet.rows] == ["700", "700"]


def ledger(folder: Path, *rows: dict[str, str]) -> Geodata:
    write_csv(folder / "stations.csv", LEDGER.names, rows)
    return Geodata(folder)


def add(geodata: Geodata, *texts: str) -> Merged:
    paths = [geodata.root / f"表{number}.csv" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    return merge_sheets(paths, geodata)


def rows_of(geodata: Geodata, reference: Reference) -> dict[str, dict[str, str]]:
    rows = read_rows(geodata.root / "stations.csv", reference.vocabulary.headings)
    return {row["name"]: row for row in rows}


OPEN = {"kind": "station", "district": "西湖区", "status": "operating", "address": "旧路1号",
        "lon": "120.13", "lat": "30.28", "opening_hours": "24/7"}  # fmt: skip


def test_no_closing_and_no_move_leaves_a_station_open_where_it_was(
    tmp_path: Path, reference: Reference
) -> None:
    names = [f"第{number}号{word}驿站" for number in range(len(CLOSINGS)) for word in "东西"]
    geodata = ledger(tmp_path, *(OPEN | {"name": name} for name in names))
    texts = [
        f"名称,区县,{heading}\n" + "".join(f"{name},西湖区,{words}\n" for name in pair)
        for (heading, words, _), pair in zip(CLOSINGS, zip(names[::2], names[1::2]), strict=True)  # noqa: B905
    ]
    merged = add(geodata, *texts)
    rows = rows_of(geodata, reference)
    assert merged.new == 0 and len(rows) == len(names)
    for (_, words, became), pair in zip(CLOSINGS, zip(names[::2], names[1::2]), strict=True):  # noqa: B905
        for name in pair:
            row = rows[name]
            if became == "moved":
                assert (row["address"], row["lon"]) == ("文一路88号", ""), words
            else:
                assert row["status"] == became, words
            assert row["source"], words
    assert [skip.code for skip in merged.first] == ["moved-where"] * 2


def test_a_change_that_fits_no_station_comes_first_in_the_report(tmp_path: Path) -> None:
    geodata = ledger(tmp_path, OPEN | {"name": "甲驿站"})
    merged = add(geodata, "名称,变更情况\n乙驿站,已撤销\n")
    assert [(skip.code, skip.where) for skip in merged.first] == [
        ("change-unmatched", "表0.csv:A2")
    ]
    assert merged.counts if hasattr(merged, "counts") else merged.new == merged.changed == 0


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("名称,区县,状态\n甲驿站（已撤销）,西湖区,\n", []),
        ("关于撤销部分工会驿站的清单（2026年）\n名称,区县,撤销时间\n甲驿站,西湖区,8月1日\n", []),
        ("拟撤销站点名单\n名称,区县\n甲驿站,西湖区\n", ["change-doubted"]),
        ("名称,区县,备注\n甲驿站,西湖区,拟于明年撤销\n", []),
        ("名称,区县,备注\n甲驿站,西湖区,旁边的超市已关闭\n", []),
        ("名称,区县,备注\n甲驿站,西湖区,尚未搬迁\n", []),
    ],
)
def test_whose_closing_it_is_and_whether_it_has_come(
    tmp_path: Path, reference: Reference, text: str, codes: list[str]
) -> None:
    geodata = ledger(tmp_path, OPEN | {"name": "甲驿站"})
    merged = add(geodata, text)
    row = rows_of(geodata, reference)["甲驿站"]
    closed = "（已撤销）" in text or text.startswith("关于")
    assert row["status"] == ("closed" if closed else "operating")
    assert row["closed_on"] == ("2026-08-01" if text.startswith("关于") else "")
    assert [skip.code for skip in merged.first] == codes
    mentioned = [doubt.code for doubt in merged.doubts].count("closing-mentioned")
    assert mentioned == ("拟于" in text or "旁边" in text)


def test_a_change_of_a_place_that_only_documents_know_reaches_it(
    tmp_path: Path, reference: Reference
) -> None:
    geodata = ledger(tmp_path)
    known = {"station_id": "d0123456789", "name": "甲驿站", "kind": "station", "district": "西湖区"}
    write_csv(tmp_path / "found.csv", LEDGER.names, [known])
    merged = add(geodata, "名称,区县,变更情况\n甲驿站,西湖区,已撤销\n")
    row = rows_of(geodata, reference)["甲驿站"]
    assert (row["station_id"], row["status"], merged.new) == ("d0123456789", "closed", 1)
    assert not merged.first


def test_a_workbook_ledger_is_edited_in_place_and_kept(
    tmp_path: Path, reference: Reference
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (
        ("一览",),
        ("编号", "名称", "区县", "开放时间"),
        ("A1", "甲驿站", "西湖区", "24小时"),
    ):
        sheet.append(line)
    sheet.column_dimensions["B"].width = 33
    book.save(tmp_path / "stations.xlsx")
    before = (tmp_path / "stations.xlsx").read_bytes()
    text = "名称,区县,开放时间,负责人\n甲驿站,西湖区,8:00-18:00,老张\n乙驿站,西湖区,=1+1,\n"
    merged = add(Geodata(tmp_path), text)
    assert (merged.new, merged.changed) == (1, 1)
    assert (tmp_path / "stations.xlsx.1.bak").read_bytes() == before
    rows = read_rows(tmp_path / "stations.xlsx", reference.vocabulary.headings)
    told = [(row["name"], row["opening_hours"]) for row in rows]
    assert told == [("甲驿站", "8:00-18:00"), ("乙驿站", "=1+1")]
    assert rows[0]["负责人"] == "老张"
    sheet = openpyxl.load_workbook(tmp_path / "stations.xlsx").worksheets[0]
    assert sheet.column_dimensions["B"].width == 33 and sheet["D4"].data_type == "s"


def write_tabs(path: Path) -> None:
    """A ledger of a cover, two districts' stations, the second with merged cells, and a summary."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "说明"
    book.worksheets[0].append(("本表由各区填报",))
    tabs = {
        "西湖区": (("编号", "名称", "区县", "开放时间"), ("A1", "甲驿站", "西湖区", "24小时")),
        "余杭区": (
            ("余杭区一览",),
            ("名称", "编号", "区县", "街道"),
            ("丙驿站", "B1", "余杭区", "良渚街道"),
            ("丁驿站", "B2", "余杭区", None),
        ),
        "汇总": (("区县", "数量"), ("西湖区", 1), ("合计", "=SUM(B2:B2)")),
    }
    for title, lines in tabs.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book["余杭区"].merge_cells("D3:D4")
    book["汇总"].column_dimensions["B"].width = 41
    book.save(path)


def cells_of(path: Path, title: str) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(path)[title]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_every_tab_of_a_workbook_ledger_is_read_and_written_in_its_place(
    tmp_path: Path, reference: Reference
) -> None:
    path = tmp_path / "stations.xlsx"
    write_tabs(path)
    kept = {title: cells_of(path, title) for title in ("说明", "西湖区", "汇总")}
    merged = add(Geodata(tmp_path), "名称,编号,区县,开放时间\n丁驿站,B2,余杭区,8:00-18:00\n")
    assert (merged.new, merged.changed) == (0, 1)
    assert {title: cells_of(path, title) for title in kept} == kept
    assert cells_of(path, "余杭区")[1:] == [
        ("名称", "编号", "区县", "街道", "开放时间"),
        ("丙驿站", "B1", "余杭区", "良渚街道", None),
        ("丁驿站", "B2", "余杭区", "良渚街道", "8:00-18:00"),
    ]
    add(Geodata(tmp_path), "名称,区县\n戊驿站,西湖区\n")
    assert cells_of(path, "西湖区")[2][:3] == (None, "戊驿站", "西湖区")
    assert cells_of(path, "汇总") == kept["汇总"] and cells_of(path, "说明") == kept["说明"]
    names = [row["name"] for row in read_rows(path, reference.vocabulary.headings)]
    assert names == ["甲驿站", "戊驿站", "丙驿站", "丁驿站"]
    assert openpyxl.load_workbook(path)["汇总"].column_dimensions["B"].width == 41


def test_every_worksheet_is_read_or_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number, line in enumerate((("名称", "区县"), ("颜色", "大小"), ("站名", "区县"))):
        sheet = book.create_sheet(f"表{number}")
        sheet.append(line)
        sheet.append((f"{number}号驿站", "西湖区"))
    book.save(tmp_path / "a.xlsx")
    merged = merge_sheets([tmp_path / "a.xlsx"], ledger(tmp_path))
    read = [(each.title, bool(each.columns)) for each in merged.sheets]
    assert merged.new == 2 and read == [("表0", True), ("表1", False), ("表2", True)]


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def ods(path: Path, rows: str) -> Path:
    """Save a spreadsheet of LibreOffice as small as one can be."""
    head = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        '<office:body><office:spreadsheet><table:table table:name="表">'
    )
    tail = "</table:table></office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", MANIFEST)
        parts.writestr("content.xml", head + rows + tail)
    return path


CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def test_a_sheet_of_libreoffice_is_read(tmp_path: Path, reference: Reference) -> None:
    lines = (("名称", "区县"), ("甲驿站", "西湖区"))
    rows = "".join(
        "<table:table-row>" + "".join(CELL.format("", text) for text in line) + "</table:table-row>"
        for line in lines
    )
    path = ods(tmp_path / "a.ods", rows)
    (arriving,) = read_arriving(path, reference.vocabulary, reference.divisions, HOME)
    assert arriving.title == "表" and arriving.sheet.rows[0].text("name") == "甲驿站"


def test_a_cell_that_is_repeated_for_ever_is_refused(tmp_path: Path, reference: Reference) -> None:
    cell = CELL.format(' table:number-columns-repeated="16384"', "x")
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    path = ods(tmp_path / "a.ods", row)
    with pytest.raises(InputError) as caught:
        read_arriving(path, reference.vocabulary, reference.divisions, HOME)
    assert caught.value.code == "sheet-too-large"


def test_a_later_list_does_not_open_a_closed_station(tmp_path: Path, reference: Reference) -> None:
    shut = OPEN | {"name": "甲驿站", "status": "closed", "closed_on": "2026-08-01"}
    geodata = ledger(tmp_path, shut)
    merged = add(geodata, "名称,区县,状态\n甲驿站,西湖区,运营\n")
    assert rows_of(geodata, reference)["甲驿站"]["status"] == "closed"
    assert [skip.code for skip in merged.first] == ["reopen-doubted"]
    add(geodata, "名称,区县,变更情况\n甲驿站,西湖区,2026年10月恢复开放\n")
    assert rows_of(geodata, reference)["甲驿站"]["status"] == "operating"


def test_a_new_name_and_new_hours_keep_the_station(tmp_path: Path, reference: Reference) -> None:
    geodata = ledger(tmp_path, OPEN | {"name": "甲驿站"}, OPEN | {"name": "乙驿站"})
    merged = add(
        geodata,
        "原名称,新名称,区县\n甲驿站,城东驿站,西湖区\n",
        "名称,区县,变更情况\n乙驿站,西湖区,开放时间调整为9:00-18:00\n",
    )
    rows = rows_of(geodata, reference)
    assert {*rows} == {"城东驿站", "乙驿站"} and rows["城东驿站"]["station_id"].startswith("d")
    assert rows["乙驿站"]["opening_hours"] == "9:00-18:00"
    assert ("24/7", "9:00-18:00") in [(edit.old, edit.new) for edit in merged.edits]


def test_empty_cells_take_nothing_away_and_overwritten_ones_are_named(
    tmp_path: Path, reference: Reference
) -> None:
    geodata = ledger(tmp_path, OPEN | {"name": "甲驿站", "phone": "0571-1"})
    merged = add(geodata, "名称,区县,开放时间,电话,负责人\n甲驿站,西湖区,8:00-17:00,,老张\n")
    row = rows_of(geodata, reference)["甲驿站"]
    assert (row["opening_hours"], row["phone"], row["负责人"]) == ("8:00-17:00", "0571-1", "老张")
    assert [(edit.where, edit.old) for edit in merged.edits] == [("表0.csv:C2", "24/7")]
    assert add(geodata, "名称,区县,开放时间\n甲驿站,西湖区,8:00-17:00\n").known == 1


def test_a_coordinate_is_taken_whole_or_not_at_all(tmp_path: Path, reference: Reference) -> None:
    geodata = ledger(tmp_path, OPEN | {"name": "甲驿站", "datum": "gcj02", "uncertainty_m": "50"})
    merged = add(geodata, "名称,区县,经度,纬度\n甲驿站,西湖区,120.2,30.3\n")
    row = rows_of(geodata, reference)["甲驿站"]
    assert (row["lon"], row["datum"], row["uncertainty_m"]) == ("120.13", "gcj02", "50")
    assert "coordinate-kept" in [skip.code for skip in merged.doubts]
    add(geodata, "name,district,lon,lat\n甲驿站,西湖区,120.2,30.3\n")
    row = rows_of(geodata, reference)["甲驿站"]
    assert (row["lon"], row["datum"], row["uncertainty_m"]) == ("120.2", "", "")


def test_a_sheet_that_cannot_be_read_costs_only_itself(
    tmp_path: Path, reference: Reference
) -> None:
    geodata = ledger(tmp_path, OPEN | {"name": "甲驿站"})
    merged = add(geodata, "颜色,大小\n红,1\n", "名称,区县\n丙驿站,西湖区\n")
    assert [skip.code for skip in merged.unread] == ["headings-missing"] and merged.new == 1


def test_an_unknown_kind_keeps_its_row(tmp_path: Path, reference: Reference) -> None:
    geodata = ledger(tmp_path)
    merged = add(geodata, "名称,区县,类型\n甲驿站,西湖区,共建点\n星光超市,西湖区,飞船\n")
    rows = rows_of(geodata, reference)
    assert [rows[name]["kind"] for name in ("甲驿站", "星光超市")] == ["station", "飞船"]
    assert [each.code for each in merged.doubts].count("kind-unknown") == 2


def test_what_may_be_one_place_is_named_with_both_sources(
    tmp_path: Path, reference: Reference
) -> None:
    known = OPEN | {"name": "甲驿站", "source": "名册", "address": "文三路100号", "datum": "gcj02"}
    geodata = ledger(tmp_path, known)
    text = "名称,区县,地址,坐标（高德）\n"
    text += (
        '乙小屋,西湖区,文三路100号,\n丙小屋,西湖区,,"120.1301,30.28"\n丁小屋,西湖区,,"120.2,30.2"\n'
    )
    merged = add(geodata, text)
    assert merged.new == 3
    pairs = [(pair.one.where, pair.why) for pair in merged.alike]
    assert pairs == [("表0.csv:A2", ("address",)), ("表0.csv:A3", ("10 m",))]
    assert {(pair.other.row["name"], pair.other.source) for pair in merged.alike} == {
        ("甲驿站", "名册")
    }
