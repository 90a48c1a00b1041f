"""Any sheet becomes rows of text that lead back to their cell."""

from pathlib import Path

import openpyxl
import pytest

from geomap.model.records import InputError
from geomap.sheets.reading import read_sheet

HEADINGS = {"name": "name", "名称": "name", "lon": "lon", "经度": "lon", "lat": "lat"}


def write(folder: Path, text: str, encoding: str = "utf-8", name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_chinese_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    sheet = read_sheet(write(tmp_path, "名称,经度\n新市驿站,120.3\n", encoding), HEADINGS)
    assert sheet.rows[0].cells == {"name": "新市驿站", "lon": "120.3"}


def test_rows_keep_the_number_a_spreadsheet_shows(tmp_path: Path) -> None:
    text = "工会驿站一览表\n\n名称,经度\n甲,1\n\n乙,2\n"
    sheet = read_sheet(write(tmp_path, text), HEADINGS)
    assert [(row.number, row.text("name")) for row in sheet.rows] == [(4, "甲"), (6, "乙")]


def test_columns_may_come_in_any_order_and_unknown_ones_are_named(tmp_path: Path) -> None:
    sheet = read_sheet(write(tmp_path, "lat;颜色;Name\n30;红;甲\n"), HEADINGS)
    assert sheet.columns == ("lat", "name") and sheet.unknown == ("颜色",)


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["名称", "经度"])
    book.worksheets[0].append(["甲", 120])
    book.save(tmp_path / "a.xlsx")
    assert read_sheet(tmp_path / "a.xlsx", HEADINGS).rows[0].cells == {"name": "甲", "lon": "120"}


@pytest.mark.parametrize(
    "raw, message",
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
        (b"PK\x03\x04broken", "damaged .xlsx"),
        (b"\xd0\xcf\x11\xe0old", "old .xls"),
        ("颜色,大小\n红,1\n".encode(), "no line with known headings"),
        (b"name,name\na,b\n", "two columns mean name"),
        (b'name,lon\na,1\nb,"2\nc,3\nd,4\n', r"a\.csv:3: a quote opens a cell"),
        (b'name,lon\na,"1', r"a\.csv:2: a quote opens a cell"),
        (b"\n<html><p>name</p></html>", "is a web page or XML"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "is a web page or XML"),
    ],
)
def test_a_file_that_is_no_sheet_gives_one_clear_error(
    tmp_path: Path, raw: bytes, message: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=message):
        read_sheet(path, HEADINGS)


def test_a_missing_file_gives_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: cannot be opened"):
        read_sheet(tmp_path / "none.csv", HEADINGS)


def test_a_cell_that_spans_rows_counts_for_each_of_them_and_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("甲 & 乙", 0)
    sheet = book.worksheets[0]
    for row in (("一览表", None), ("名称", "经度"), ("甲", 1), ("乙", None), ("丙", 3)):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "a.xlsx")
    read = read_sheet(tmp_path / "a.xlsx", HEADINGS)
    assert [row.text("lon") for row in read.rows] == ["1", "1", "3"]
    assert read.merged == ((3, 4, "lon"),)


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.xlsx"])
def test_an_old_workbook_is_told_how_to_be_saved(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(InputError) as caught:
        read_sheet(tmp_path / name, HEADINGS)
    assert caught.value.code == "workbook-old" and caught.value.where == name


def test_cells_beyond_the_limits_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["名称", "经度"], ["甲", 120], ["长" * 32_000, 121]):
        sheet.append(row)
    sheet["ZZ3"], sheet["C400000"] = "x", "y"
    book.save(tmp_path / "a.xlsx")
    read = read_sheet(tmp_path / "a.xlsx", HEADINGS)
    assert [row.text("lon") for row in read.rows] == ["120", "121"]
    found = [(each.row, each.column, each.code) for each in read.findings]
    assert found == [(3, "ZZ", "cell-outside"), (400_000, "C", "cell-outside")]


def test_a_cell_without_end_costs_no_more_than_itself(tmp_path: Path) -> None:
    text = f"名称,经度\n甲,{'1' * 140_000}\n乙,2\n"
    read = read_sheet(write(tmp_path, text), HEADINGS)
    assert [row.text("lon") for row in read.rows] == ["", "2"]
    assert [(each.row, each.column, each.code) for each in read.findings] == [
        (2, "B", "cell-too-long")
    ]
