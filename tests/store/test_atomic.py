"""Several files of a folder become new together, whenever a run ends."""

from pathlib import Path

import pytest

from geomap.model.records import InputError
from geomap.store.atomic import finish_pending, keep_backup, write_together
from geomap.store.lock import lock_tables

OLD = {"found.csv": b"old", "claims.csv": b"old"}
NEW = {"found.csv": b"new", "claims.csv": b"new"}


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if not p.name.startswith(".")}


class Killed(BaseException):
    """What a kill looks like from inside."""


def killed_at(moment: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the ``moment``-th renaming never happen."""
    left = iter(range(moment))
    for name in ("rename", "replace"):
        real = getattr(Path, name)

        def rename(path: Path, target: Path, real=real) -> Path:  # type: ignore[no-untyped-def]
            if next(left, None) is None:
                raise Killed
            return real(path, target)  # type: ignore[no-any-return]

        monkeypatch.setattr(Path, name, rename)


@pytest.mark.parametrize("moment, expected", [(0, OLD), (1, NEW), (2, NEW)])
def test_after_a_kill_all_files_are_new_or_none_is(
    tmp_path: Path, moment: int, expected: dict[str, bytes]
) -> None:
    write_together(tmp_path, OLD)
    with pytest.MonkeyPatch.context() as patched, pytest.raises(Killed):
        killed_at(moment, patched)
        write_together(tmp_path, NEW)
    with lock_tables(tmp_path):
        assert content(tmp_path) == expected
        write_together(tmp_path, NEW)
    assert content(tmp_path) == NEW
    assert sorted(p.name for p in tmp_path.iterdir()) == [".lock", "claims.csv", "found.csv"]


def test_a_refused_table_leaves_all_as_they_were(tmp_path: Path) -> None:
    write_together(tmp_path, OLD)
    (tmp_path / "services.csv").mkdir()
    with pytest.raises(InputError, match=r"services\.csv"):
        write_together(tmp_path, NEW | {"services.csv": b"new"})
    (tmp_path / "services.csv").rmdir()
    finish_pending(tmp_path)
    assert content(tmp_path) == OLD


def test_backups_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"1")
    names = [keep_backup(tmp_path / "a.csv").name for _ in range(2)]
    assert names == ["a.csv.1.bak", "a.csv.2.bak"]
