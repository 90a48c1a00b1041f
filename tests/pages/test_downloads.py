"""Tables for a planner's own tools: Chinese headings, layers, the same bytes every time."""

import io
from xml.etree import ElementTree

import openpyxl
import pyogrio

from geomap.pages.downloads import draw_downloads, draw_geopackage, draw_style, draw_workbook
from geomap.pages.published import district_columns
from tests.editions import make_edition, make_rows, make_station


def test_the_workbook_has_chinese_headings_and_every_row():
    edition = make_edition()
    book = openpyxl.load_workbook(io.BytesIO(draw_workbook(edition)))
    assert book.sheetnames == ["区县", "站点", "文中说法"]
    for sheet, table in zip(book.worksheets, (edition.districts, edition.stations, edition.claims),
                            strict=True):  # fmt: skip
        heads = [cell.value for cell in sheet[1]]
        assert sheet.max_row == len(table) + 1 and len(set(heads)) == len(heads)
        assert all(any("一" <= sign <= "龥" for sign in head) for head in heads)
    districts = book["区县"]
    assert districts.max_column == len(district_columns(edition.settings))
    row = dict(zip((c.value for c in districts[1]), (c.value for c in districts[3]), strict=True))
    assert row["区县"] == "石景山区" and row["人口"] == 567851 and row["文中站点数"] == 23


def test_no_cell_of_the_workbook_is_a_live_formula():
    edition = make_edition([make_station("a", name="=1+1"), make_station("b", name="@x")])
    sheet = openpyxl.load_workbook(io.BytesIO(draw_workbook(edition)))["站点"]
    assert [sheet.cell(row, 2).value for row in (2, 3)] == ["'=1+1", "'@x"]
    assert {sheet.cell(row, 2).data_type for row in (2, 3)} == {"s"}


def test_the_geopackage_has_the_layers_and_no_clock(tmp_path):
    edition = make_edition()
    content = draw_geopackage(edition)
    assert content == draw_geopackage(make_edition())
    path = tmp_path / "planner.gpkg"
    path.write_bytes(content)
    layers = pyogrio.list_layers(path)[:, 0].tolist()
    assert layers == ["stations", "districts", "areas"]
    stations = pyogrio.read_dataframe(path, layer="stations")
    assert sorted(stations["station_id"]) == sorted(edition.stations["station_id"])
    assert stations.crs.to_epsg() == 4326


def test_what_no_spreadsheet_can_hold_is_left_out():
    edition = make_edition([make_station("a", name="夜\x01\x1b驿站")])
    sheet = openpyxl.load_workbook(io.BytesIO(draw_workbook(edition)))["站点"]
    assert sheet.cell(2, 2).value == "夜驿站"
    assert b"SQLite" in draw_geopackage(edition)[:16]


def test_the_style_names_every_status_once():
    root = ElementTree.fromstring(draw_style())
    values = [each.get("value") for each in root.iter("category")]
    assert values == ["operating", "converted", "planned", "suspended", "closed", "unknown"]
    assert len(list(root.iter("symbol"))) == len(values)


def test_of_a_huge_map_nothing_is_drawn(monkeypatch):
    monkeypatch.setattr("geomap.pages.downloads.MOST_STATIONS", 1)
    assert draw_downloads(make_edition(make_rows())) == {}
