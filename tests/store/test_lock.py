"""One writer at a time; who waits says so; a disk without locks is named."""

import errno
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from geomap.cli import main
from geomap.files.folder import Geodata
from geomap.model.records import InputError
from geomap.pipeline import arrive, contents
from geomap.pipeline.reference import Reference
from geomap.store import lock
from geomap.store.lock import hold_lock, lock_tables

SHEET = "名称,类型,省,市,区县\n{name}驿站,驿站,北京市,北京市,朝阳区\n"


def is_held(folder: Path) -> bool:
    try:
        FileLock(folder / ".lock").acquire(timeout=0)
    except Timeout:
        return True
    return False


def test_nobody_reads_what_another_is_writing(tmp_path: Path) -> None:
    counter = tmp_path / "count"
    counter.write_text("0")

    def count(_: int) -> None:
        with lock_tables(tmp_path):
            counter.write_text(str(int(counter.read_text()) + 1))

    with ThreadPoolExecutor(max_workers=8) as runs:
        list(runs.map(count, range(80)))
    assert counter.read_text() == "80"


@pytest.mark.parametrize("step", ["merge_sheets", "take_reports"])
def test_add_reads_and_writes_the_tables_under_their_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    real, held = getattr(arrive, step), []

    def watched(*given: object) -> object:
        held.append(is_held(tmp_path))
        return real(*given)

    monkeypatch.setattr(arrive, step, watched)
    sheet = tmp_path / "新.csv"
    sheet.write_text(SHEET.format(name="甲"), encoding="utf-8")
    assert main(["add", str(sheet), "--geodata", str(tmp_path)]) == 0
    assert held == [True] and not is_held(tmp_path)


def test_a_build_reads_all_tables_under_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []

    def watch(name: str) -> None:
        real = getattr(contents, name)

        def watched(*given: object) -> object:
            held.append(is_held(tmp_path))
            return real(*given)

        monkeypatch.setattr(contents, name, watched)

    for name in ("read_people", "read_ledger", "check_table", "unread_documents"):
        watch(name)
    contents.read_contents(Reference(Geodata(tmp_path)))
    assert len(held) == 7 and all(held)


def test_who_waits_says_so_and_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(lock, "_SILENT_S", 0.0)
    monkeypatch.setattr(lock, "_LIMIT_S", 0.0)
    path = tmp_path / ".lock"
    with FileLock(path), pytest.raises(InputError) as refused, hold_lock(path):
        pytest.fail("two writers at once")
    assert refused.value.code == "lock-busy"
    assert "另一个窗口正在写" in caplog.text


def test_a_disk_without_locks_is_named_and_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with hold_lock(tmp_path / ".lock"):
        pass
    assert "不能加锁" in caplog.text
    assert caplog.records[0].levelno == logging.WARNING
