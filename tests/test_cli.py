"""The command line as a clerk uses it: exit status, one clear error, the old site intact."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.cli import main

HEADER = "station_id,name,kind,district,province,city,lon,lat,datum,opening_hours,verified_on"
GOOD = (
    "DQ-1,新市镇社工站驿站,station,德清县,浙江省,湖州市,"
    "120.291,30.617,手机,每天7:30-19:30,2026-11-01"
)
#: A column of names is known by its cells, whatever it is called; one of "1" is not.
UNNAMED = GOOD.replace("新市镇社工站驿站", "1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map").mkdir()
    write_ledger(tmp_path, GOOD)
    return tmp_path


def write_ledger(folder: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> None:
    text = "\n".join([header, *lines, ""])
    (folder / "map" / "stations.csv").write_bytes(text.encode(encoding))


def run(folder: Path, *words: str) -> int:
    return main([*words, "--geodata", str(folder / "map")])


def build(folder: Path, *words: str) -> int:
    return run(folder, "build", "--out", str(folder / "site"), *words)


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def published(folder: Path) -> list[dict[str, object]]:
    text = (folder / "site/public/data/stations.geojson").read_text(encoding="utf-8")
    return [feature["properties"] for feature in json.loads(text)["features"]]


def test_a_folder_with_only_a_ledger_builds(folder: Path) -> None:
    assert build(folder) == 0
    assert (folder / "site/public/index.html").exists()
    assert (folder / "site/internal/planner.html").exists()
    assert [row["station_id"] for row in published(folder)] == ["DQ-1"]


def test_a_second_run_and_shuffled_rows_give_the_same_bytes(folder: Path) -> None:
    other = GOOD.replace("DQ-1", "DQ-2").replace("社工站", "文化站")
    write_ledger(folder, GOOD, other)
    build(folder)
    first = fingerprint(folder / "site")
    write_ledger(folder, other, GOOD)
    build(folder)
    assert fingerprint(folder / "site") == first


@pytest.mark.parametrize(
    "spoil, message",
    [
        (lambda f: write_ledger(f, UNNAMED, header=HEADER.replace("name", "nome")), "column name"),
        (lambda f: write_ledger(f, GOOD, GOOD), "DQ-1 stands in 2 rows"),
        (lambda f: (f / "map/stations.csv").write_bytes(b""), "empty"),
        (lambda f: (f / "map/stations.csv").write_bytes(b"\x89PNG\0\0"), "not a text file"),
        (lambda f: (f / "map/map.toml").write_text("titel = 1"), "unknown key 'titel'"),
    ],
)
def test_a_bad_file_is_one_clear_error_and_the_old_site_stands(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], object],
    message: str,
) -> None:
    build(folder)
    before = fingerprint(folder / "site")
    spoil(folder)
    capsys.readouterr()
    assert build(folder, "--lang", "en") == 1
    error = capsys.readouterr().err
    assert message in error and "Traceback" not in error
    assert fingerprint(folder / "site") == before


@pytest.mark.parametrize(
    "line, code",
    [
        (GOOD.replace("station,", "spaceship,"), "kind-unknown"),
        (GOOD.replace("120.291,30.617", "30.617,120.291"), "lonlat-swapped"),
        (GOOD.replace("120.291", "NaN"), "coordinate-unreadable"),
        (GOOD.replace("手机", "gjc02"), "datum-unknown"),
        (GOOD.replace("120.291,30.617", ",").replace("德清县", "不存在县"), "district-unknown"),
    ],
)
def test_a_bad_row_is_skipped_counted_and_named(
    folder: Path, capsys: pytest.CaptureFixture[str], line: str, code: str
) -> None:
    write_ledger(folder, GOOD, line.replace("DQ-1", "DQ-2"))
    assert build(folder) == 0
    report = capsys.readouterr().out
    assert code in report
    noted = json.loads((folder / "site/build.json").read_text(encoding="utf-8"))
    assert code in {each["code"] for each in (*noted["skipped"], *noted["warnings"])}
    assert "DQ-1" in {row["station_id"] for row in published(folder)}


def test_strict_publishes_nothing_when_a_row_was_skipped(folder: Path) -> None:
    build(folder)
    before = fingerprint(folder / "site")
    write_ledger(folder, GOOD, "x,坏行,spaceship,,,,,,,,")
    assert build(folder, "--strict") == 3
    assert fingerprint(folder / "site") == before


def test_a_gb18030_ledger_is_read(folder: Path) -> None:
    write_ledger(folder, GOOD, encoding="gb18030")
    build(folder)
    assert published(folder)[0]["name"] == "新市镇社工站驿站"


def test_check_prints_file_row_column_and_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_ledger(folder, GOOD, GOOD.replace("DQ-1", "DQ-2").replace("station,", "飞船,"))
    assert run(folder, "check", "--json", str(folder / "found.json")) == 3
    assert "stations.csv:3:kind: kind-unknown:" in capsys.readouterr().out
    assert json.loads((folder / "found.json").read_text(encoding="utf-8"))[0]["row"] == 3


def test_check_is_content_with_a_good_ledger(folder: Path) -> None:
    assert run(folder, "check") == 0


@pytest.mark.parametrize("words", [["nonsense"], ["publish"], ["build", "--nope"]])
def test_wrong_usage_is_2(words: list[str]) -> None:
    assert main(words) == 2


@pytest.mark.parametrize("command", ["build", "add", "extract", "geocode", "check", "publish"])
def test_every_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"example: geomap {command}" in capsys.readouterr().out


def test_the_gate_is_closed_until_a_review_number_is_written(folder: Path) -> None:
    build(folder)
    words = ["publish", "--site", str(folder / "site"), "--to", str(folder / "www")]
    assert main(words) == 1 and not (folder / "www").exists()
    (folder / "map/map.toml").write_text('[publish]\nreview_number = "京S(2026)001号"\n')
    build(folder)
    assert main(words) == 0 and (folder / "www/index.html").exists()
    assert not list((folder / "www").rglob("*planner*"))


def test_a_sheet_is_added_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = folder / "new.csv"
    sheet.write_text(
        "名称,区县,市,省,经度,纬度\n乾元镇驿站,德清县,湖州市,浙江省,120.08,30.55\n",
        encoding="gb18030",
    )
    assert run(folder, "add", str(sheet)) == 0
    assert "新增 1 行" in capsys.readouterr().out
    run(folder, "add", str(sheet))
    assert "未变 1 行" in capsys.readouterr().out
    build(folder)
    assert len(published(folder)) == 2


def test_documents_that_were_not_read_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "map/documents").mkdir()
    (folder / "map/documents/news.txt").write_bytes(b"")
    build(folder)
    assert "documents/news.txt: document-unread" in capsys.readouterr().out
    run(folder, "add")
    assert "news.txt" in capsys.readouterr().out


def test_a_riders_report_waits_for_a_person(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "【驿站情况反映】\n编号：DQ-1\n情况：门锁着（locked）\n时间：2026-11-20 14:05\n版次：-\n"
    (folder / "inbox").mkdir()
    (folder / "inbox/mail.txt").write_text(text, encoding="utf-8")
    assert run(folder, "add", str(folder / "inbox")) == 0
    assert "新 1 条" in capsys.readouterr().out
    build(folder)
    internal = folder / "site/internal/data/stations.geojson"
    assert "有人反映上锁" not in internal.read_text(encoding="utf-8")
    ledger = folder / "map/reports.csv"
    rows = ledger.read_text(encoding="utf-8-sig").replace("14:05,,,", "14:05,,2026-11-21,")
    ledger.write_text(rows, encoding="utf-8")
    build(folder)
    assert "2026-11-20 有人反映上锁" in internal.read_text(encoding="utf-8")


def test_a_list_on_another_datum_than_it_says_is_suspected(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # West of the district's east edge (116.438) on GCJ-02, east of it when taken for GPS.
    rows = [
        f"D-{n},东城第{n}驿站,station,东城区,北京市,北京市,116.441,39.93{n},手机,,"
        for n in range(5)
    ]
    write_ledger(folder, *rows)
    assert run(folder, "check") == 3
    report = capsys.readouterr().out
    assert "datum: datum-suspect" in report and "WGS-84 → GCJ-02 × 5" in report
    write_ledger(folder, *(row.replace("手机", "高德") for row in rows))
    assert run(folder, "check") == 0


def test_a_clerks_own_columns_and_the_old_ledger_are_kept(folder: Path) -> None:
    write_ledger(folder, GOOD + ",北片", header=HEADER + ",片区", encoding="gb18030")
    before = (folder / "map/stations.csv").read_bytes()
    sheet = folder / "new.csv"
    sheet.write_text("名称,区县,省\n乾元镇驿站,德清县,浙江省\n", encoding="utf-8")
    run(folder, "add", str(sheet))
    assert (folder / "map/stations.csv.1.bak").read_bytes() == before
    after = (folder / "map/stations.csv").read_text(encoding="utf-8-sig")
    assert "片区" in after.splitlines()[0] and "北片" in after


def test_days_to_come_are_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_ledger(folder, GOOD.replace("2026-11-01", "2999-01-01"))
    assert run(folder, "check") == 3
    assert "verified_on: date-future: 日期在将来" in capsys.readouterr().out


def test_a_map_may_be_one_file(folder: Path) -> None:
    assert build(folder, "--one-file") == 0
    page = (folder / "site/public/one-file.html").read_text(encoding="utf-8")
    assert "社工站" in page and "<script src" not in page


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["build", "--help"], ["nonsense"]])
def test_help_waits_for_no_library(words: list[str]) -> None:
    code = (
        "import sys; from geomap.cli import main; main(sys.argv[1:]);"
        "print(*{'numpy', 'pandas', 'pyarrow', 'shapely', 'jinja2', 'openpyxl'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == ""


def test_check_and_geocode_name_what_a_build_would(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "name,kind,province,district,lon,lat,uncertainty_m\n"
    row = "甲驿站,station,北京市,朝阳区,116.46,39.93,二\n"
    (tmp_path / "stations.csv").write_text(head + row, encoding="utf-8")
    (tmp_path / "found.csv").write_text(head + row.replace("39.93", "²"), encoding="utf-8")
    (tmp_path / "places.csv").write_text("name,lon,lat\n乙街道,x,39.9\n", encoding="utf-8")
    geodata = ["--geodata", str(tmp_path)]
    assert main(["check", *geodata]) == 3
    told = capsys.readouterr().out
    assert "stations.csv:2:uncertainty_m: " in told and "found.csv:2:lat: " in told
    assert "places.csv:2:lon: " in told
    sheet, out = str(tmp_path / "stations.csv"), str(tmp_path / "out.csv")
    assert main(["geocode", sheet, "--out", out, *geodata]) == 0
    told = capsys.readouterr().out
    assert "stations.csv:2:uncertainty_m: " in told and "places.csv:2:lon: " in told


FREE = """德清县工会驿站名单（2026年）,,,
驿站名称,坐标（高德）,开放时间,状态
新市镇驿站,"120.295746,30.614606",9:00-17:00,正常营业
乾元镇驿站,"120.084746,30.554606",9:00-17:00,2026年8月已停止运营
"""


def test_build_check_and_geocode_read_any_headings(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "map/stations.csv").write_text(FREE, encoding="gb18030")
    assert build(folder) == 0
    rows = {row["name"]: row for row in published(folder)}
    assert rows["新市镇驿站"]["uncertainty_m"] == 30
    assert rows["乾元镇驿站"]["status"] == "closed"
    assert run(folder, "check") == 0
    sheet = folder / "map/stations.csv"
    out = folder / "placed.csv"
    assert main(["geocode", str(sheet), "--out", str(out), "--lang", "en"]) == 0
    placed = out.read_text(encoding="utf-8-sig").splitlines()
    assert len(placed) == 3 and "120.29" in placed[1] and "exact" in placed[1]


def test_a_sheet_is_checked_before_it_is_added(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = folder / "new.csv"
    sheet.write_text("驿站名称,区县,经渡\n甲驿站,德清县,120.08\n", encoding="utf-8")
    assert run(folder, "check", str(sheet), "--json", str(folder / "found.json")) == 3
    told = capsys.readouterr().out
    assert "A 驿站名称：读作 名称" in told
    assert "new.csv:1:经渡: heading-unknown: " in told and "[C1 “经渡”]" in told
    (finding,) = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    assert (finding["cell"], finding["heading"], finding["row"]) == ("C1", "经渡", 1)
