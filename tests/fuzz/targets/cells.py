"""What cells say: numbers, days, coordinates; and what is written into cells again."""

from __future__ import annotations

from pathlib import Path

from geomap.model.tables import CLAIMS, REPORTS
from geomap.sheets.cells import read_day, read_instant, read_number, read_whole
from geomap.sheets.csv_writing import escape_formula, serialize_csv, unescape_formula
from geomap.sheets.reading import Row, Sheet
from geomap.sheets.table_file import check_table
from geomap.stations.ledger import clean_sheet
from geomap.text.visible import make_visible
from tests.fuzz.target import file_target, text_target
from tests.fuzz.targets.sheets import known_words

_CLAIMS = "doc,claim,count,as_of\na.txt,48个,48,2024-05-01\nb.txt,10分钟,,2023\n"
_REPORTS = "station_id,claim,reported_at,confirmed_on\na,fine,2026-10-01 9:30,2026-10-02\n"


@text_target(
    "values",
    ["116.397428", "-1e3", "1,234", "2026年11月20日", "2026-10-01 09:30", "１２０．５"],
    ("²", "½", "٣", "inf", "nan", "e999", "_", "－", "年", "9999"),
)
def _values(text: str) -> object:
    return read_number(text), read_whole(text), read_day(text), read_instant(text)


@text_target(
    "coordinates",
    ["116.46|39.92|高德|30", "30.2|120.1||", "１２０．１|３０．２|wgs84|500米"],
    ("|", "²", "-", "inf", "1e308", "89.99", "°", "′", "E", "百度"),
)
def _coordinates(text: str) -> object:
    names = ("lon", "lat", "datum", "uncertainty_m")
    cells = dict(zip(names, text.split("|"), strict=False))
    row = Row(2, {"name": "甲", "kind": "station", "district": "朝阳区"} | cells)
    return clean_sheet(Sheet("a.csv", (*row.cells,), (), (row,)), known_words())


@text_target(
    "written", ["=1+1", "'=1", "-1.5", "甲驿站", "＝1", "\u200b@x"],
    ("\ufeff", "\u202e", "\x1b[31m", "＝", "'", "\t", "\r\n", "\0"),
)  # fmt: skip
def _written(text: str) -> object:
    assert unescape_formula(escape_formula(text)) == text
    assert not any(ord(each) < 32 or each in "\x7f\x9b\u202e" for each in make_visible(text))
    return serialize_csv(["name"], [[text]])


@file_target("claims", ".csv", lambda: [_CLAIMS.encode()], ('"', ",", "²", "1e999", "\n"))
def _claims(path: Path) -> object:
    return check_table(path, CLAIMS)


@file_target("confirmed", ".csv", lambda: [_REPORTS.encode()], ('"', ",", "burnt", "\n"))
def _confirmed(path: Path) -> object:
    return check_table(path, REPORTS)
