"""Results kept between builds: by what they are made from, within a limit, from whole builds."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely

from geomap.store import kept
from geomap.store.kept import (
    hash_inputs,
    hash_program,
    keep_json,
    keep_passed,
    keep_rows,
    keeping,
    read_kept,
)


def test_keys_tell_all_inputs_apart() -> None:
    point = np.array([shapely.Point(1, 2)], dtype=object)
    inputs = [
        (), ("",), ("a", "b"), ("ab",), (b"ab",), (1,), (1.0,), ("1",), (True,),
        (np.array([1, 2]),), (np.array([[1, 2]]),), (np.array([1.0, 2.0]),), (point,),
        (np.array([shapely.Point(1, 3)], dtype=object),), (np.array([None, None]),),
    ]  # fmt: skip
    keys = {hash_inputs("stage", *each) for each in inputs} | {hash_inputs("other")}
    assert len(keys) == len(inputs) + 1
    with pytest.raises(TypeError):
        hash_inputs("stage", object())


def test_another_program_is_another_key(tmp_path: Path) -> None:
    (tmp_path / "rule.py").write_text("A = 1\n", encoding="utf-8")
    before = hash_program(tmp_path)
    assert hash_program(tmp_path) == before
    (tmp_path / "rule.py").write_text("A = 2\n", encoding="utf-8")
    assert hash_program(tmp_path) != before
    assert kept._program() == hash_program(Path(kept.__file__).parents[1])


def count_made(folder: Path, rows: list[bytes], *, fails: bool = False) -> tuple[int, list[float]]:
    made = 0

    def make(numbers: np.ndarray) -> np.ndarray:
        nonlocal made
        made += len(numbers)
        return np.array([[float(rows[number][0])] for number in numbers])

    with keeping(folder, Path("site")):
        found = keep_rows("numbers", lambda: rows, (1,), make, len(rows))
        assert keep_json("word", [rows[0]], lambda: {"a": [1, None]}) == {"a": [1, None]}
        if fails:
            raise ValueError
    return made, found[:, 0].tolist()


def test_only_rows_of_other_inputs_are_made(tmp_path: Path) -> None:
    assert count_made(tmp_path, [b"a", b"b", b"c"]) == (3, [97.0, 98.0, 99.0])
    assert count_made(tmp_path, [b"c", b"a"]) == (0, [99.0, 97.0])
    # Kept is what the last build asked for, so what nobody needs goes by itself.
    assert count_made(tmp_path, [b"b", b"a"]) == (1, [98.0, 97.0])


def _digest(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content * 32 for name, content in contents.items()}


def test_what_passed_once_passes_and_whatever_changed_is_looked_at(tmp_path: Path) -> None:
    seen: list[str] = []

    def examine(name: str) -> bool:
        seen.append(name)
        return name != "doubtful"

    for contents in (
        {"a": b"1", "doubtful": b"2"},
        {"b": b"1", "doubtful": b"2", "c": b"3"},
        {"a": b"2", "c": b"3", "d": b"1"},
    ):
        with keeping(tmp_path, Path("site")):
            keep_passed("look", _digest(contents), examine)
    assert seen == ["a", "doubtful", "doubtful", "c", "a"]
    with keeping(tmp_path, Path("other")):
        keep_passed("look", _digest({"a": b"2"}), examine)
    assert seen[-1] == "a" and len(seen) == 6


def test_a_build_that_fails_leaves_what_was_kept(tmp_path: Path) -> None:
    count_made(tmp_path, [b"a"])
    with pytest.raises(ValueError):
        count_made(tmp_path, [b"b"], fails=True)
    assert count_made(tmp_path, [b"a"]) == (0, [97.0])
    assert keep_json("word", [b"b"], lambda: "outside a build") == "outside a build"


def test_sites_built_longest_ago_go_beyond_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count_made(tmp_path, [b"a"])
    (own,) = tmp_path.iterdir()
    for age in (1, 2):
        other = tmp_path / f"{age}.kept"
        shutil.copy(own, other)
        os.utime(other, (1000 - age, 1000 - age))
    (tmp_path / f".{own.name}.4711.part").write_bytes(b"begun by a build that was killed")
    monkeypatch.setattr(kept, "LIMIT_BYTES", 2 * own.stat().st_size)
    count_made(tmp_path, [b"a"])
    assert {path.name for path in tmp_path.iterdir()} == {own.name, "1.kept"}
    assert read_kept(tmp_path / "absent") == {}


def test_without_a_folder_to_write_everything_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for _ in range(2):
        assert count_made(tmp_path / "file", [b"a"]) == (1, [97.0])
