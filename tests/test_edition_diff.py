"""What has changed between two editions, as a line, as JSON, and as a page."""

import json
import re
import shutil
from pathlib import Path

import pytest

from geomap.cli import main
from geomap.model.tables import LEDGER
from geomap.sheets.csv_writing import write_csv

BASE = {"kind": "station", "status": "operating", "province": "北京市", "city": "北京市",
        "district": "朝阳区", "lat": "39.93", "datum": "gps", "opening_hours": "9:00-17:00",
        "verified_on": "2026-11-01", "address": "某路1号", "access": "outdoor_workers"}  # fmt: skip
NAMES = ("甲", "乙", "丙", "丁", "戊")


def row(number: int, **cells: str) -> dict[str, str]:
    place = {"station_id": f"S-{number}", "name": f"{NAMES[number]}驿站",
             "lon": f"{116.44 + number / 50:.6f}"}  # fmt: skip
    return BASE | place | cells


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("story")
    (folder / "map").mkdir()
    (folder / "map/map.toml").write_text('[publish]\nreview_number = "京S(2026)001号"\n')
    ledger = folder / "map/stations.csv"
    write_csv(ledger, LEDGER.names, [row(n) for n in range(4)])
    geodata, out = ["--geodata", str(folder / "map")], str(folder / "site")
    assert main(["build", *geodata, "--out", out]) == 0
    assert main(["publish", "--site", out, "--to", str(folder / "www")]) == 0
    shutil.copytree(folder / "site", folder / "before")
    rows = [
        row(0, lat="39.932158"), row(1, status="closed", closed_on="2026-11-20"),
        row(2, opening_hours="8:00-20:00", name="<b>丙</b>驿站"), row(4),
    ]  # fmt: skip
    write_csv(ledger, LEDGER.names, rows)
    assert main(["build", *geodata, "--out", out]) == 0
    return folder


def test_a_build_tells_what_the_published_edition_did_not_have(editions: Path) -> None:
    story = json.loads((editions / "site/internal/data/changes.json").read_text("utf-8"))
    assert story["counts"] == {
        "new": 1, "moved": 1, "closed": 1, "renamed": 1, "hours": 1, "gone": 1,
    }  # fmt: skip
    moved = next(each for each in story["changes"] if each["kind"] == "moved")
    assert moved["station_id"] == "S-0" and abs(moved["metres"] - 240) <= 1


def test_diff_says_it_in_one_line_and_names_the_shares(
    editions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = editions / "story.json"
    words = ["diff", str(editions / "before"), str(editions / "site")]
    assert main([*words, "--json", str(found)]) == 0
    told = capsys.readouterr().out
    assert re.search(
        r"新增 1, 迁址 1 \(2(?:39|40) m\), 关闭 1, 更名 1, 时间变更 1, 不再列出 1;", told
    )
    assert re.search(r"; 东城区 \d+ % → \d+ %", told)
    assert "关闭: 乙驿站 (朝阳区): 运行 → 已关闭" in told
    assert json.loads(found.read_text("utf-8"))["shares"][0]["district"] == "东城区"
    assert main([*words, "--lang", "en"]) == 0
    assert "Closed: 乙驿站 (朝阳区): Operating → Closed for good" in capsys.readouterr().out
    assert main(["diff", words[2], words[2]]) == 0
    assert "没有" in capsys.readouterr().out


def test_a_kept_edition_can_be_compared(editions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kept,) = (editions / "site.editions").glob("*.zip")
    assert main(["diff", str(kept), str(editions / "site")]) == 0
    assert "新增 1, 迁址 1" in capsys.readouterr().out
    assert main(["diff", str(editions / "map"), str(editions / "site")]) == 1
    assert "没有生成好的地图" in capsys.readouterr().err


def test_the_page_runs_no_code_of_a_name_and_asks_no_host(editions: Path) -> None:
    page = (editions / "site/internal/changes.html").read_text("utf-8")
    assert "新增 1" in page and "<b>丙</b>" not in page and "&lt;b&gt;丙" in page
    assert not re.search(r"<(?:script|link|img)[^>]*(?:src|href)=[\"']?https?:", page)
    policy = page[page.index("Content-Security-Policy") :].partition(">")[0]
    assert "unsafe-inline" not in policy and "sha256-" in policy
    assert "2026-11-01 → 2026-11-01" in page


def test_without_an_edition_before_nothing_is_told(editions: Path, tmp_path: Path) -> None:
    geodata = ["--geodata", str(editions / "map")]
    assert main(["build", *geodata, "--out", str(tmp_path / "first")]) == 0
    assert not (tmp_path / "first/internal/changes.html").exists()
    again = ["build", *geodata, "--out", str(tmp_path / "second")]
    assert main([*again, "--previous", str(editions / "before")]) == 0
    one = (tmp_path / "second/internal/changes.html").read_bytes()
    assert main([*again, "--previous", str(editions / "before")]) == 0
    assert one == (tmp_path / "second/internal/changes.html").read_bytes()
