"""Tables for a planner's own tools: Chinese headings, layers, the same bytes every time."""

import io
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import pyogrio
import shapely

from geomap.pages.downloads import draw_downloads, draw_geopackage, draw_workbook
from geomap.pages.published import district_columns
from geomap.pages.qgis_styles import layer_styles, style_stations
from geomap.sheets.workbook_writing import serialize_workbook, sheet_rows
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


def test_shares_are_per_cent_in_the_workbook_and_nothing_else_is():
    sheet = openpyxl.load_workbook(io.BytesIO(draw_workbook(make_edition())))["区县"]
    shown = {head.value: cell.number_format for head, cell in zip(sheet[1], sheet[3], strict=True)
             if cell.value is not None}  # fmt: skip
    shares = {head for head, form in shown.items() if form == "0.0%"}
    assert shares and all("覆盖" in head or "占" in head for head in shares)
    assert shown["人口"] == shown["图上站点"] == shown["面积（平方公里）"] == "General"


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
    assert layers == ["stations", "districts", "areas", "layer_styles"]
    stations = pyogrio.read_dataframe(path, layer="stations")
    assert sorted(stations["station_id"]) == sorted(edition.stations["station_id"])
    assert stations.crs.to_epsg() == 4326


def test_a_countrys_geopackage_is_light(tmp_path, monkeypatch):
    """54 MB of areas stood there beside their GeoParquet, 25 MB of districts at full precision."""
    monkeypatch.setattr("geomap.pages.downloads.MAX_VERTICES", 4)
    monkeypatch.setattr("geomap.pages.downloads.are_light", lambda areas: False)
    edition = make_edition()
    known = edition.districts[edition.districts.geometry.notna()]
    simple = known[["district_code", "geometry"]].iloc[1:].reset_index(drop=True)
    simple.geometry = shapely.envelope(shapely.buffer(simple.geometry.to_numpy(), 0.01))
    path = tmp_path / "planner.gpkg"
    path.write_bytes(draw_geopackage(replace(edition, outlines=simple)))
    assert "areas" not in pyogrio.list_layers(path)[:, 0]
    drawn = pyogrio.read_dataframe(path, layer="districts").set_index("district_code").geometry
    assert len(drawn) == len(edition.districts)
    exact = edition.districts.set_index("district_code").geometry
    for code, shape in simple.set_index("district_code").geometry.items():
        assert drawn[code].equals(shape) and not drawn[code].equals(exact[code])
    first = known["district_code"].iloc[0]
    assert drawn[first].equals(exact[first])  # it has no simple polygon


def test_rows_written_by_columns_are_the_rows():
    columns = [["a", None, " <b> & ]]>"], [1, None, -0.1], [None, None, 1e-7]]
    book = openpyxl.Workbook(write_only=True)
    book.create_sheet("空")
    book.create_sheet("表").append(["题"])
    written = serialize_workbook(book, {"表": sheet_rows(columns)})
    sheet = openpyxl.load_workbook(io.BytesIO(written))["表"]
    rows = [tuple(cell for cell in row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert rows == list(zip(*columns, strict=True))


def test_what_no_spreadsheet_can_hold_is_left_out():
    edition = make_edition([make_station("a", name="夜\x01\x1b驿站")])
    sheet = openpyxl.load_workbook(io.BytesIO(draw_workbook(edition)))["站点"]
    assert sheet.cell(2, 2).value == "夜驿站"
    assert b"SQLite" in draw_geopackage(edition)[:16]


def test_the_style_names_every_status_once():
    root = ElementTree.fromstring(style_stations())
    values = [each.get("value") for each in root.iter("category")]
    assert values == ["operating", "converted", "planned", "suspended", "closed", "unknown"]
    assert len(list(root.iter("symbol"))) == len(values)


def test_of_a_huge_map_nothing_is_drawn(monkeypatch):
    monkeypatch.setattr("geomap.pages.downloads.MOST_STATIONS", 1)
    assert draw_downloads(make_edition(make_rows())) == {}


PLAN = {
    "actions": [
        {"rank": 1, "action": "new_site", "id": "c1", "name": "", "place": "八角街道以东",
         "lon": 116.21, "lat": 39.91, "gain": 500.0, "cost": 90_000, "reason": "多覆盖 500 人"},
    ],
    "alternatives": [
        {"instead_of": 1, "action": "open_planned", "id": "d03", "name": "规划驿站", "place": "",
         "lon": 116.22, "lat": 39.93, "loss": 20.5, "cost": None},
    ],
}  # fmt: skip


def test_the_plan_is_a_sheet_and_a_layer(tmp_path):
    edition = make_edition(plan=PLAN)
    sheet = openpyxl.load_workbook(io.BytesIO(draw_workbook(edition)))["计划"]
    first, second = (dict(zip((c.value for c in sheet[1]), (c.value for c in sheet[row]),
                              strict=True)) for row in (2, 3))  # fmt: skip
    assert (first["次序"], first["地点"], first["费用（元）"]) == (1, "八角街道以东", 90_000)
    assert (second["可替换第几项"], second["替换后少"], second["费用（元）"]) == (1, 20.5, None)
    path = tmp_path / "planner.gpkg"
    path.write_bytes(draw_geopackage(edition))
    layer = pyogrio.read_dataframe(path, layer="plan")
    assert [(point.x, point.y) for point in layer.geometry] == [(116.21, 39.91), (116.22, 39.93)]
    assert layer["id"].tolist() == ["c1", "d03"] and layer["rank"].tolist()[0] == 1


def test_a_workbook_says_keys_in_words():
    edition = make_edition(plan=PLAN)
    book = openpyxl.load_workbook(io.BytesIO(draw_workbook(edition)))
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)
        for cell in row if cell is not None
    ]  # fmt: skip
    assert {"运行", "骑手可进", "驿站", "规划中", "新设站点"} <= {*cells}
    columns = ("kind", "status", "access", "precision", "action", "verdict")
    keys = {key for name in columns for key in edition.labels[name]}
    assert not keys & {*cells}


def test_every_layer_has_a_style_that_names_the_values_it_has(tmp_path):
    path = tmp_path / "planner.gpkg"
    path.write_bytes(draw_geopackage(make_edition(plan=PLAN)))
    styles = pyogrio.read_dataframe(path, layer="layer_styles", read_geometry=False)
    styles = styles.set_index("f_table_name")
    assert styles["update_time"].notna().all()  # QGIS reads no style without the day of it
    assert styles["useAsDefault"].all() and set(styles["f_geometry_column"]) == {"geom"}
    for name in set(pyogrio.list_layers(path)[:, 0]) - {"layer_styles"}:
        renderer = ElementTree.fromstring(styles.loc[name, "styleQML"]).find("renderer-v2")
        if renderer.get("type") == "categorizedSymbol":
            layer = pyogrio.read_dataframe(path, layer=name)
            values = {each.get("value") for each in renderer.iter("category")}
            attribute = renderer.get("attr")
            if "envelope_id" in layer:  # of several envelopes the headline alone is drawn
                first = make_edition().settings.headline.id
                assert attribute.startswith(f"if(\"envelope_id\" = '{first}', ")
                attribute = attribute.split('"')[3]
                layer = layer[layer["envelope_id"] == first]
                assert len(layer)
            assert set(layer[attribute]) <= values, name
        symbols = [each.get("name") for each in renderer.iter("symbol")]
        assert symbols and {each.get("symbol") for each in renderer.iter("category")} <= {*symbols}
    bands = (
        layer_styles([5.0, 10.0, 15.0], "ride").set_index("f_table_name").loc["bands", "styleQML"]
    )
    assert [each.get("value") for each in ElementTree.fromstring(bands).iter("category")] == [
        "5", "10", "15"
    ]  # fmt: skip
