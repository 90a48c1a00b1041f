"""What a clerk may do wrong comes back in Chinese: where, what, and what to do."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from shapely.errors import GEOSException

from geomap.cli import COMMANDS, main
from geomap.commands.messages import format_error
from geomap.files.parquet import readable
from geomap.model.records import InputError
from geomap.sheets.csv_writing import write_csv

HEAD = ("编号", "名称", "类型", "区县", "经度", "纬度", "核实日期")
ROW = ("A1", "甲驿站", "驿站", "朝阳区", "116.49", "39.97", "2026-10-01")
#: Code → a sheet that has this fault, and where the report finds it.
ROWS = {
    "date-unreadable": ([(*ROW[:6], "去年春天")], "a.xlsx:2:verified_on"),
    "lonlat-swapped": ([(*ROW[:4], "39.97", "116.49", "")], "a.xlsx:2"),
    "kind-unknown": ([("A1", "甲驿站", "飞船", *ROW[3:])], "a.xlsx:2"),
    "duplicate-id": ([ROW, ("A1", "乙驿站", *ROW[2:])], "a.xlsx:3:station_id"),
    "headings-missing": ([], "a.xlsx"),
}


def write_book(path: Path, rows: Sequence[tuple[str, ...]], head: tuple[str, ...] = HEAD) -> Path:
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.worksheets[0].append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("code", ROWS)
def test_a_fault_of_a_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str) -> None:
    rows, where = ROWS[code]
    sheet = write_book(tmp_path / "a.xlsx", rows, HEAD if rows else ("颜色", "数量"))
    main(["add", str(sheet), "--geodata", str(tmp_path)])
    told = "".join(capsys.readouterr())
    assert where in told
    assert re.search(rf"{where}[^\n]*[：:][^\n]*[\u4e00-\u9fff]{{4}}", told), told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("add 没有.xlsx --geodata .", "没有.xlsx：没有这个文件"),
        ("add news --geodata .", "news：没有这个文件"),
        ("build --geodata 没有", "没有：没有这个文件夹"),
        ("check --geodata empty", "empty：文件夹里没有台账"),
        ("add old.xls --geodata .", "old.xls：旧版 .xls"),
        ("add nul.csv --geodata .", "nul.csv：不是 UTF-8"),
        ("add broken.xlsx --geodata .", "broken.xlsx：表格文件坏了"),
        ("publish --site empty --to www", "empty：这里没有生成好的地图"),
        ("publish --undo --to www", "www：没有上一版可退"),
        ("build --geodata map --out full", "full：里面有别的文件"),
        ("geocode 没有.csv --out a.csv", "没有.csv：没有这个文件"),
        ("extract empty --out a.txt", "a.txt：输出文件的扩展名不对"),
    ],
)
def test_what_stops_a_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("empty", "full", "map"):
        Path(name).mkdir()
    Path("full/mine.txt").write_text("mine", encoding="utf-8")
    Path("map/stations.csv").write_text(",".join(HEAD) + "\n" + ",".join(ROW), encoding="utf-8")
    Path("old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    Path("nul.csv").write_bytes(b"\0\1\2" * 50)
    Path("broken.xlsx").write_text("<html>", encoding="utf-8")
    assert main(words.split()) == 1
    told = capsys.readouterr()
    line = told.err.removeprefix("错误：").replace(f"{tmp_path}/", "")
    assert line.startswith(said), told.err
    assert told.err.count("\n") == 1 and Path("full/mine.txt").exists()


def test_english_is_kept_for_who_asks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--lang", "en", "--geodata", str(tmp_path / "none")]) == 1
    assert "no such folder; give --geodata a folder" in capsys.readouterr().err


def test_all_faults_of_the_settings_are_said_with_their_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_book(tmp_path / "stations.xlsx", [ROW])
    (tmp_path / "map.toml").write_text('titel = "a"\nconfirm_days = "x"\n', encoding="utf-8")
    assert main(["build", "--geodata", str(tmp_path), "--out", str(tmp_path / "site")]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert "titel: setting-unknown: 没有这个设置" in first
    assert "confirm_days: setting-no-number: 要写数字" in second
    (tmp_path / "map.toml").write_text("\ntitle = 朝阳\n", encoding="utf-8")
    assert main(["check", "--geodata", str(tmp_path)]) == 3
    assert "map.toml:2:: toml-unreadable: 这一行不合 TOML 写法" in capsys.readouterr().out


#: Colours the screen, sets the title of the window, turns text around, ends a line.
ACTS = "\x1b[31m\x9b2J\x07\u202e驿\u2066\r\n\x7f"


def test_nothing_that_a_user_wrote_acts_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("map" + ACTS)
    folder.mkdir()
    row = {"name": "甲" + ACTS, "kind": ACTS, "district": ACTS}
    rows = [row, row | {"kind": "station"}, row | {"kind": "station", "facilities": ACTS}]
    write_csv(folder / "stations.csv", ["name", "kind", "district", "facilities", ACTS], rows)
    (folder / "map.toml").write_text('"a\\u001b\\u202e" = 1', encoding="utf-8")
    sheet = Path(ACTS.replace("\n", "") + ".csv")
    write_csv(sheet, ["name", "kind"], [row])
    for words in (
        ["check"], ["build"], ["add", str(sheet)], ["add", ACTS], ["extract", ACTS, "--out", "a"],
        ["geocode", str(folder / "stations.csv"), "--out", ACTS + ".csv"], [ACTS], ["build", ACTS],
    ):  # fmt: skip
        for lang in ("zh", "en"):
            options = ["--geodata", str(folder)] if words[0] in ("check", "build", "add") else []
            main([*words, *options, "--lang", lang])
            told = "".join(capsys.readouterr())
            assert told and not set(told) & set(ACTS) - set("[31m2J驿\n"), (words, told)


def test_a_long_cell_does_not_flood_the_report() -> None:
    (line,) = format_error("zh", InputError("…", code="file-missing", where="甲" * 9000))
    assert len(line) < 500


@pytest.mark.parametrize("error", [MemoryError(), GEOSException("std::bad_alloc")])
def test_too_little_memory_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def run(_: argparse.Namespace) -> int:
        raise error

    monkeypatch.setitem(COMMANDS, "check", replace(COMMANDS["check"], run=run))
    assert main(["check"]) == 1
    assert capsys.readouterr().err.startswith("错误：内存不够")


@pytest.mark.parametrize("fault", [MemoryError("realloc failed"), GEOSException("std::bad_alloc")])
def test_a_file_is_not_blamed_for_too_little_memory(tmp_path: Path, fault: Exception) -> None:
    path = tmp_path / "a.parquet"
    path.touch()
    with pytest.raises(InputError) as caught, readable(path):
        raise fault
    assert caught.value.code == "memory-short"
