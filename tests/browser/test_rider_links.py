"""Old links and confirmed reports, seen in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from geomap.cli import main

HEADER = "station_id,name,kind,district,province,city,lon,lat,verified_on\n"
ROW = "DQ-1,新市镇社工站驿站,station,德清县,浙江省,湖州市,120.291,30.617,2026-11-01\n"


@pytest.mark.slow
def test_an_old_link_finds_the_station_and_what_was_confirmed(
    browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    (folder / "stations.csv").write_text(HEADER + ROW, encoding="utf-8")
    (folder / "aliases.csv").write_text("old_id,new_id\nd0123456789,DQ-1\n", encoding="utf-8")
    report = "station_id,claim,reported_at,confirmed_on\nDQ-1,locked,2026-11-20 14:05,2026-11-21\n"
    (folder / "reports.csv").write_text(report, encoding="utf-8")
    assert main(["build", "--geodata", str(folder), "--out", str(tmp_path / "site")]) == 0
    page = browser.new_page()
    page.goto((tmp_path / "site/public/index.html").as_uri() + "#s=d0123456789")
    page.get_by_text("2026-11-20 有人反映上锁").wait_for()
    assert page.get_by_role("heading", name="新市镇社工站驿站").count() >= 1
    page.close()
