"""The first page, riders' reports, and that every page is whole in either language."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from geomap.cli import main
from geomap.model.tables import REPORTS
from geomap.sheets.csv_writing import write_csv
from tests.desk.window import LEDGER, Window

PAGES = (
    "/",
    "/stations",
    "/station/new",
    "/station/A1",
    "/place/A1",
    "/doubts",
    "/reports",
    "/map",
)
REPORT = {"station_id": "A1", "claim": "locked", "reported_at": "2026-11-20 10:00"}


def test_how_the_map_stands_is_counted(window: Window) -> None:
    text = window.get("/").text
    counts = dict(re.findall(r'data-count="(\w+)">(\d+)', text))
    assert counts == {"total": "2", "confirmed": "0", "certain": "2", "possible": "0",
                      "planned": "0", "closed": "0"}  # fmt: skip


def test_no_page_has_a_word_of_the_other_language(folder: Path) -> None:
    plain = (
        LEDGER.split("\r\n")[0] + "\r\nA1,West Road,station,operating,,,,1 West Road,120,30,,\r\n"
    )
    (folder / "stations.csv").write_text(plain, encoding="utf-8-sig", newline="")
    write_csv(folder / "reports.csv", REPORTS.names, [REPORT])
    window = Window(folder, "en")
    for path in PAGES:
        page = window.get(path)
        seen = re.sub(r'<(?:option|div) [^>]*>|value="[^"]*"', "", page.text)
        assert page.status_code == 200 and not re.findall(r"[\u4e00-\u9fff]+", seen), path


def test_a_report_shows_once_somebody_said_it_is_so(window: Window) -> None:
    other = REPORT | {"claim": "gone"}
    write_csv(window.folder / "reports.csv", REPORTS.names, [REPORT, other])
    assert "等你核实：2" in window.get("/").text
    assert window.post("/reports", {**REPORT, "answer": "so"}).status_code == 303
    assert window.post("/reports", {**other, "answer": "not"}).status_code == 303
    again = window.post("/reports", {**other, "answer": "so"})
    assert again.status_code == 409 and "已经有人答过" in again.text
    written = (window.folder / "reports.csv").read_text(encoding="utf-8-sig")
    today = f"{window.desk.now():%Y-%m-%d}"
    assert f"A1,locked,2026-11-20 10:00,,{today}," in written
    assert f"A1,gone,2026-11-20 10:00,,,{window.desk.signature} 不属实" in written
    assert "骑手反映，还没核实的：0" in window.get("/reports").text


def test_a_port_that_is_taken_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["desk", "--geodata", str(folder), "--port", port, "--no-browser"]) == 1
    assert "这个端口别的程序在用" in capsys.readouterr().err
