"""A clerk's own file comes back with coloured cells and notes in her own words."""

from pathlib import Path

import openpyxl
import pytest
from planted_faults import LAYOUTS, Layout

from geomap.cli import main
from geomap.files.folder import SHIPPED, Geodata
from geomap.pipeline.reference import Reference
from geomap.sheets.reading import read_grids


@pytest.mark.parametrize("layout", LAYOUTS[:4:3], ids=lambda each: each.file)
def test_every_finding_is_a_note_in_its_cell(
    layout: Layout, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = layout.write(tmp_path, Reference(Geodata(SHIPPED)).places(), faulty=True)
    before = sheet.read_bytes()
    out = tmp_path / "标好的.xlsx"
    assert main(["check", str(sheet), "--marked", str(out)]) == 3
    assert sheet.read_bytes() == before and "标好的表" in capsys.readouterr().out
    book = openpyxl.load_workbook(out)
    listed, marked = book.worksheets
    noted = {c.coordinate: c for row in marked.iter_rows() for c in row if c.comment}
    for slip in layout.slips:
        cell = layout.cell(slip.station, next(iter(slip.cells))).rpartition("!")[2]
        assert noted[cell].fill.fgColor.rgb.endswith("FFEB9C"), cell
        assert any("\u4e00" <= letter <= "\u9fff" for letter in noted[cell].comment.text)
    rows = list(listed.iter_rows(min_row=2, values_only=True))
    assert {row[1] for row in rows} == set(noted) and listed.title == "检查结果"
    cells = [[str(c.value or "") for c in row] for row in marked.iter_rows()]
    (grid,) = read_grids(sheet)
    width = len(layout.headings)
    assert [[*row, *[""] * (width - len(row))] for row in grid.rows] == cells


def test_a_marked_sheet_takes_nobodys_place_and_is_the_same_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text("名称,区县,电话\n=1+1,德清县,123456789\n", encoding="utf-8")
    mine = tmp_path / "b.xlsx"
    mine.write_bytes(b"mine")
    assert main(["check", str(sheet), "--marked", str(mine)]) == 1
    assert mine.read_bytes() == b"mine"
    assert main(["check", str(sheet), "--marked", str(mine), "--force"]) == 3
    assert (tmp_path / "b.xlsx.1.bak").read_bytes() == b"mine"
    first = mine.read_bytes()
    assert main(["check", str(sheet), "--marked", str(mine)]) == 3 and mine.read_bytes() == first
    name = openpyxl.load_workbook(mine).worksheets[1]["A2"]
    assert (name.value, name.data_type) == ("=1+1", "s")
    sheet.write_text("名称,区县,电话\n甲\ufffe\x01驿站,德清县,12\uffff\n", encoding="utf-8")
    assert main(["check", str(sheet), "--marked", str(tmp_path / "c.xlsx")]) == 3
    assert openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[1]["A2"].value == "甲驿站"
    assert main(["check", str(sheet), "--marked", str(tmp_path / "b.csv")]) == 1
