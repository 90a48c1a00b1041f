"""No output takes the place of somebody's work: refused, or with --force kept beside."""

from pathlib import Path

import openpyxl
import pytest

from geomap.cli import main

LEDGER = (
    "name,kind,province,city,district,lon,lat\n"
    "甲驿站,station,北京市,北京市,朝阳区,116.45012,39.92013\n"
)
NEWS = "北京市朝阳区总工会在望京街道建成望京公园户外劳动者驿站，每天8:00至20:00开放。"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    Path("map").mkdir()
    Path("map/stations.csv").write_text(LEDGER, encoding="utf-8")
    Path("news.txt").write_text(NEWS, encoding="utf-8")
    return tmp_path


def run(words: str) -> int:
    return main([*words.split(), "--geodata", "map"])


COMMANDS = (
    "check --template out.xlsx",
    "check --json out.json",
    "extract news.txt --out out.csv",
    "geocode map/stations.csv --out out.csv",
)


@pytest.mark.parametrize("words", COMMANDS)
def test_somebodys_file_is_refused_and_with_force_kept(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    out = folder / words.split()[-1]
    out.write_bytes(b"a clerk's own")
    assert run(words) == 1
    assert "已经有这个文件" in capsys.readouterr().err
    assert out.read_bytes() == b"a clerk's own"
    assert run(f"{words} --force") == 0
    assert (folder / f"{out.name}.1.bak").read_bytes() == b"a clerk's own"
    assert out.read_bytes() != b"a clerk's own"


@pytest.mark.parametrize("words", COMMANDS)
def test_a_second_run_replaces_what_the_first_wrote(folder: Path, words: str) -> None:
    assert run(words) == 0
    out = folder / words.split()[-1]
    out.with_name(f"{out.name}.1.bak").unlink(missing_ok=True)
    (folder / "map/stations.csv").write_text(LEDGER.replace("甲", "乙"), encoding="utf-8")
    assert run(words) == 0
    assert not out.with_name(f"{out.name}.1.bak").exists()


def test_an_output_that_a_clerk_went_on_with_is_theirs(folder: Path) -> None:
    run("check --template out.xlsx")
    book = openpyxl.load_workbook("out.xlsx")
    book.worksheets[0].append(["S1", "乙驿站"])
    book.save("out.xlsx")
    filled = Path("out.xlsx").read_bytes()
    assert run("check --template out.xlsx") == 1
    assert Path("out.xlsx").read_bytes() == filled


def test_an_input_is_never_its_own_output(folder: Path) -> None:
    assert run("geocode map/stations.csv --out map/stations.csv") == 1
    assert run("extract news.txt --out map/stations.csv") == 1
    assert Path("map/stations.csv").read_text(encoding="utf-8") == LEDGER


def test_another_commands_output_is_not_this_ones(folder: Path) -> None:
    assert run("extract news.txt --out out.csv") == 0
    assert run("geocode map/stations.csv --out out.csv") == 1


def test_a_place_file_is_a_csv(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("geocode map/stations.csv --out placed.xlsx") == 1
    assert "输出文件的扩展名不对" in capsys.readouterr().err
