"""The template for staff: a clerk fills it in and the ledger reads it."""

import io
from pathlib import Path

import openpyxl
import pytest

from geomap.model.tables import LEDGER
from geomap.model.vocabulary import read_vocabulary
from geomap.sheets.reading import read_sheet
from geomap.sheets.template import CHOICES, make_template
from geomap.stations.ledger import read_ledger

WORDS = read_vocabulary(Path(__file__).parent.parent / "geodata" / "words.toml")


def test_every_heading_leads_back_to_its_column(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(make_template()))
    book.save(tmp_path / "a.xlsx")
    assert read_sheet(tmp_path / "a.xlsx", WORDS.headings).columns == tuple(LEDGER.names)


@pytest.mark.parametrize(
    "column, section", [("kind", "kinds"), ("status", "statuses"), ("access", "access")]
)
def test_every_choice_of_a_list_is_understood(column: str, section: str) -> None:
    assert all(word in getattr(WORDS, section) for word in CHOICES[column])


def test_a_filled_in_template_is_a_ledger(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(make_template()))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    entries = {
        "名称": "新站",
        "类型": "驿站",
        "经度": "116.397428",
        "纬度": "39.90923",
        "坐标来源": "手机",
    }
    for heading, text in entries.items():
        sheet.cell(2, headings.index(heading) + 1, text)
    book.save(tmp_path / "stations.xlsx")
    ledger = read_ledger(tmp_path / "stations.xlsx", WORDS)
    assert not ledger.findings and ledger.rows.iloc[0]["lon"] == 116.397428


def test_the_template_is_the_same_on_every_run() -> None:
    assert make_template() == make_template()
