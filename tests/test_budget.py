"""A document that costs too much is one counted skip; the others are read."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

import dying_reader
import pytest

from geomap.cli import main
from geomap.documents import budget
from geomap.files.folder import Geodata
from geomap.model.records import InputError
from geomap.pipeline import reading
from geomap.pipeline.reference import Reference

GOOD = "杭州市拱墅区新开湖墅暖心驿站，地址：湖墅南路88号，开放时间：周一至周五 9:00-17:00。\n"
needs_timer = pytest.mark.skipif(sys.platform == "win32", reason="no timer of processor time")
needs_limit = pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory")


def work_for_ever() -> None:
    for _ in count():
        pass


@needs_timer
def test_endless_work_is_stopped_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_DOCUMENT_SECONDS", 0.1)
    with (
        pytest.raises(InputError, match=r"a\.txt.*split it") as stopped,
        budget.within_budget("a.txt"),
    ):
        work_for_ever()
    assert stopped.value.code == "too-slow"


@needs_timer
def test_a_parser_that_swallows_the_first_warning_is_warned_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(budget, "MAX_DOCUMENT_SECONDS", 0.1)
    monkeypatch.setattr(budget, "_AGAIN", 0.1)
    with pytest.raises(InputError), budget.within_budget("a.txt"):
        try:
            work_for_ever()
        except InputError:
            work_for_ever()


@needs_limit
def test_too_much_memory_is_an_error_and_the_limit_is_lifted_behind_it() -> None:
    with pytest.raises(InputError, match="MB; split it"), budget.within_budget("a.txt"):
        bytearray(2 * budget.MAX_DOCUMENT_MEMORY)
    assert len(bytearray(2 * budget.MAX_DOCUMENT_MEMORY)) == 2 * budget.MAX_DOCUMENT_MEMORY


@needs_timer
def test_a_slow_document_is_a_skip_and_enters_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    find = reading.find_in_document

    def find_slowly(document, *reference):  # type: ignore[no-untyped-def]
        if document.id == "slow.txt":
            work_for_ever()
        return find(document, *reference)

    inbox, geodata = tmp_path / "inbox", tmp_path / "geodata"
    for folder in (inbox, geodata):
        folder.mkdir()
    for name in ("good.txt", "slow.txt"):
        (inbox / name).write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(reading, "find_in_document", find_slowly)
    monkeypatch.setattr(budget, "MAX_DOCUMENT_SECONDS", 5)
    assert main(["add", str(inbox), "--geodata", str(geodata)]) == 0
    assert "slow.txt" in "".join(capsys.readouterr())
    assert [path.name for path in (geodata / "documents").iterdir()] == ["good.txt"]
    assert "湖墅" in (geodata / "found.csv").read_text("utf-8-sig")


def test_a_file_that_kills_its_process_is_a_skip_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["a.txt", "b.txt", "deadly.txt", "e.txt", "f.txt"]
    for name in names:
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(reading, "_FEW", 1)
    monkeypatch.setattr(reading, "_CHUNK", 2)
    monkeypatch.setattr(reading, "_read_here", dying_reader.read_or_die)
    reference = Reference(Geodata(Path(__file__).parents[1] / "geodata"))
    read = reading.read_files([tmp_path / name for name in names], reference, workers=2)
    assert [(skip.where, skip.code) for skip in read.skips] == [("deadly.txt", "reader-died")]
    assert [mention.doc for mention in read.mentions] == ["a.txt", "b.txt", "e.txt", "f.txt"]


def test_without_processes_the_files_are_read_in_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(reading, "_FEW", 1)
    monkeypatch.setattr(reading, "_prepare", dying_reader.die)
    reference = Reference(Geodata(Path(__file__).parents[1] / "geodata"))
    read = reading.read_files([tmp_path / "a.txt"], reference, workers=2)
    assert read.documents == 1 and not read.skips
