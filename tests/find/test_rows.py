"""The extract table: its columns, and nothing that a spreadsheet would run."""

from __future__ import annotations

import json
from pathlib import Path

from geomap.find.rows import COLUMNS, extract_rows, format_jsonl
from geomap.model.records import Evidence, Mention, Service
from geomap.sheets.csv_writing import write_csv

EVIDENCE = Evidence("a.txt", "=甲驿站", 0, 4, "2024-05-06")
PLACE = Mention(
    doc="a.txt", story=0, name="=甲驿站", kind="station", evidence=(EVIDENCE,),
    facilities=("books", "wifi"),
    services=(Service(service="心理", times='Th "下午"', evidence=EVIDENCE),),
)  # fmt: skip


def test_columns_and_absent_facts() -> None:
    (row,) = extract_rows([PLACE])
    assert tuple(row) == COLUMNS
    assert row["district"] is None
    assert row["facilities"] == ["books", "wifi"]
    assert row["opening_hours"] == 'Th "下午"'
    assert json.loads(format_jsonl([row])) == row


def test_a_table_of_extract_joins_lists_and_has_no_live_formula(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", COLUMNS, extract_rows([PLACE]))
    head, row = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head == ",".join(COLUMNS)
    assert ",'=甲驿站," in row and ",books;wifi,true," in row
