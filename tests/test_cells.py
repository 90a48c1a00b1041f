"""What one cell says, or that nobody can read it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model.tables import CLAIMS, REPORTS
from geomap.sheets.cells import read_day, read_instant, read_number, read_whole
from geomap.sheets.table_file import check_table


@pytest.mark.parametrize(
    ("read", "written", "meant"),
    [
        (read_number, "１１６．４", 116.4), (read_number, "-1e3", -1000.0),
        (read_number, "inf", None), (read_number, "nan", None), (read_number, "1e999", None),
        (read_number, "10²", None), (read_number, "½", None), (read_number, "1_0", None),
        (read_number, "٣", None), (read_number, "0x10", None), (read_number, "9" * 400, None),
        (read_whole, "1,234", 1234), (read_whole, "１２", 12), (read_whole, "1.5", None),
        (read_whole, "²", None), (read_whole, "-1", None), (read_whole, "12,34", None),
        (read_whole, "9" * 400, None), (read_whole, "", None),
        (read_day, "2026/2/3", "2026-02-03"), (read_day, "31.02.", None),
        (read_day, "2026-02-30", None), (read_day, "9999-12-31", None),
        (read_day, "0001-01-01", None), (read_day, "２０２６", "2026"), (read_day, "²⁰²⁶", None),
        (read_instant, "2026-10-01 9:30", "2026-10-01 9:30"),
        (read_instant, "2026-10-01 25:30", None), (read_instant, "2026-13-01", None),
    ],
)  # fmt: skip
def test_a_cell(read: Callable[[str], object], written: str, meant: object) -> None:
    assert read(written) == meant


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_nothing(text: str) -> None:
    for read in (read_number, read_whole, read_day, read_instant):
        read(text)


def test_a_table_names_each_cell_and_keeps_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("doc,claim,count,as_of\na,3个,三,昨天\n,x,3,\nb,2个,2,2024\n", encoding="utf-8")
    checked = check_table(path, CLAIMS)
    assert checked.rows["count"].tolist() == ["", "2"] and checked.rows.as_of.tolist() == [
        "",
        "2024",
    ]
    assert [skip.where for skip in checked.skips] == ["claims.csv:3:doc"]
    assert [skip.where for skip in checked.warnings] == ["claims.csv:2:count", "claims.csv:2:as_of"]


def test_a_report_confirmed_on_no_day_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    head = "station_id,claim,reported_at,confirmed_on\n"
    path.write_text(head + "a,fine,2026-10-01,x\nb,burnt,2026-10-01,\n", encoding="utf-8")
    checked = check_table(path, REPORTS)
    assert checked.rows.confirmed_on.tolist() == [""]
    assert [skip.code for skip in (*checked.skips, *checked.warnings)] == [
        "value-unknown",
        "date-unreadable",
    ]
