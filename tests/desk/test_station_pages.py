"""A station is added, corrected and closed in a form; other rows and columns stay as they were."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl

from geomap.desk.station_pages import FIELDS
from geomap.stations.ledger_file import read_rows
from tests.desk.window import HEAD, Window

NEW = {"name": "翠苑驿站", "kind": "station", "status": "operating", "access": "outdoor_workers",
       "province": "浙江省", "city": "杭州市", "district": "西湖区", "address": "学院路 77 号",
       "opening_hours": "周一至周五 9:00-17:00"}  # fmt: skip


def test_a_station_is_added_with_plain_words_and_a_source(window: Window) -> None:
    done = window.fill("/station/new", NEW)
    assert done.status_code == 303 and done.location.startswith("/place/")
    row = window.rows()["翠苑驿站"]
    assert (row["kind"], row["status"], row["access"]) == ("驿站", "运营", "户外劳动者")
    assert row["opening_hours"] == NEW["opening_hours"]
    assert row["source"] == window.desk.signature
    assert "翠苑驿站" in window.get("/stations?q=学院路").text


def test_what_may_be_there_already_is_asked_first(window: Window) -> None:
    again = {**NEW, "name": "文三路工会驿站", "address": "文三路 1 号"}
    asked = window.fill("/station/new", again)
    assert asked.status_code == 200 and "文三路驿站" in asked.text and "不是同一个" in asked.text
    assert "文三路工会驿站" not in window.rows()
    assert window.fill("/station/new", {**again, "confirmed": "1"}).status_code == 303
    assert "文三路工会驿站" in window.rows()


def test_a_correction_changes_its_cells_and_no_others(window: Window) -> None:
    before = window.rows()["文三路驿站"]
    form = {name: before[name] for name in FIELDS}
    form |= {"kind": "station", "status": "operating", "opening_hours": "24小时"}
    assert window.fill("/station/A1", form).status_code == 303
    changed = {key for key, text in window.rows()["文三路驿站"].items() if before[key] != text}
    assert changed == {"opening_hours", "source"}
    assert window.rows()["文三路驿站"]["source"] == window.desk.signature


def test_nothing_typed_nothing_written(window: Window) -> None:
    window.fill("/station/A1", {"opening_hours": "24小时"})
    before = (window.folder / "stations.csv").read_bytes()
    window.fill("/station/A1", {"opening_hours": "24小时"})
    assert (window.folder / "stations.csv").read_bytes() == before


def test_a_renamed_station_keeps_its_link(window: Window) -> None:
    [made] = [d.station_id for d in window.desk.survey().doubts if d.name == "北山驿站"]
    window.fill(f"/station/{made}", {"name": "北山街驿站"})
    assert window.rows()["北山街驿站"]["station_id"] == made


def test_a_closed_station_stays_with_its_day(window: Window) -> None:
    page = window.get("/station/A1").text
    version = {"version": page.partition('name="version" value="')[2].partition('"')[0]}
    fields = {**version, "closed_on": "2026-11-20", "reason": "街道电话"}
    assert window.post("/station/A1/close", fields).status_code == 303
    row = window.rows()["文三路驿站"]
    assert (row["status"], row["closed_on"], row["note"]) == ("关闭", "2026-11-20", "街道电话")
    assert row["source"] == f"{window.desk.signature} 关闭"
    rows = window.desk.survey().rows
    assert rows[rows.station_id == "A1"].status.item() == "closed"
    late = window.post("/station/A1/close", fields)
    assert late.status_code == 409 and "别的窗口改过这个站" in late.text


def test_a_row_that_cannot_be_read_is_refused_with_its_cell_and_kept_as_typed(
    window: Window,
) -> None:
    before = (window.folder / "stations.csv").read_bytes()
    asked = window.fill("/station/A1", {"lon": "39.9", "lat": "116.4"})
    assert (
        asked.status_code == 409
        and "经度和纬度写反了" in asked.text
        and 'value="39.9"' in asked.text
    )
    assert (window.folder / "stations.csv").read_bytes() == before
    assert 'value="39.9"' in Window(window.folder).get("/station/A1").text


def test_two_windows_on_two_stations_keep_both_changes(window: Window) -> None:
    other = Window(window.folder)
    seen = window.get("/station/A1").text
    version = seen.partition('name="version" value="')[2].partition('"')[0]
    other.fill("/station/new", NEW)
    done = window.post("/station/A1", {"version": version, "note": "看过"})
    assert done.status_code == 303
    assert "翠苑驿站" in window.rows() and window.rows()["文三路驿站"]["note"] == "看过"


def test_hours_are_said_back(window: Window) -> None:
    told = window.post("/hours", {"hours": "工作日 8:30-11:00 13:30-17:00"}).json
    assert told and "周一至周五" in told["words"] and "13:30-17:00" in told["words"]
    assert "没看懂" in str(window.post("/hours", {"hours": "看情况"}).json)


def test_one_ledger_of_before_is_kept_a_start(window: Window) -> None:
    before = (window.folder / "stations.csv").read_bytes()
    for hours in ("24小时", "每天 9:00-17:00", "周一 9:00-12:00"):
        window.fill("/station/A1", {"opening_hours": hours})
    [kept] = window.folder.glob("*.bak")
    assert kept.read_bytes() == before


def test_a_workbook_is_edited_in_place(window: Window) -> None:
    folder = window.folder
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["西湖区驿站台账"])
    sheet.append([*HEAD.split(","), "负责人"])
    sheet.append(
        ["A1", "文三路驿站", "驿站", "运营", "", "", "西湖区", "", "", "", "", "", "张主任"]
    )
    sheet.column_dimensions["B"].width = 33
    (folder / "stations.csv").unlink()
    book.save(folder / "stations.xlsx")
    shutil.copy(folder / "stations.xlsx", folder.parent / "before.xlsx")
    window.fill("/station/A1", {"opening_hours": "24小时"})
    window.fill("/station/new", NEW)
    sheet = openpyxl.load_workbook(folder / "stations.xlsx").worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][0] == "西湖区驿站台账" and cells[1][1] == "名称"
    assert cells[2][1] == "文三路驿站" and cells[2][11] == "24小时" and cells[2][12] == "张主任"
    assert cells[3][1] == "翠苑驿站" and sheet.column_dimensions["B"].width == 33
    [kept] = folder.glob("stations.xlsx.*.bak")
    assert kept.read_bytes() == (folder.parent / "before.xlsx").read_bytes()
    words = window.desk.reference.vocabulary.headings
    assert [row["name"] for row in read_rows(folder / "stations.xlsx", words)] == [
        "文三路驿站", "翠苑驿站",
    ]  # fmt: skip


def test_the_first_station_of_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    window = Window(tmp_path / "map")
    assert window.get("/").status_code == 200 and window.get("/stations").status_code == 200
    assert window.fill("/station/new", NEW).status_code == 303
    assert [*window.rows()] == ["翠苑驿站"]
