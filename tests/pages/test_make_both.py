"""Two parts of a build at the same time: what they return, raise and keep is as one after other."""

import os
import sys
from pathlib import Path

import pytest

from geomap import pages
from geomap.pages import make_both
from geomap.store.kept import keep_json, keeping

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="one process becomes two on Linux")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test run may have threads of its own, which know nothing of ours."""
    monkeypatch.setattr(pages.threading, "active_count", lambda: 1)


@only_linux
def test_the_other_part_runs_in_a_process_of_its_own() -> None:
    here, there = make_both(lambda answer: (os.getpid(), answer()), os.getpid)
    assert here == (os.getpid(), there)
    assert there != os.getpid()


def test_with_threads_one_follows_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages.threading, "active_count", lambda: 2)
    asked: list[int] = []
    made = make_both(lambda answer: answer(), lambda: asked.append(0) or os.getpid())
    assert made == (os.getpid(), os.getpid())
    assert len(asked) == 1


def fail(*_: object) -> None:
    raise ValueError("no such column")


def test_what_either_raises_is_raised() -> None:
    for parts in ((fail, os.getpid), (lambda _: os.getpid(), fail)):
        with pytest.raises(ValueError, match="no such column"):
            make_both(*parts)


@only_linux
def test_a_part_whose_process_was_stopped_is_made_here() -> None:
    own = os.getpid()

    def make() -> int:
        if os.getpid() != own:
            os.kill(os.getpid(), 9)
        return 7

    assert make_both(lambda _: 1, make) == (1, 7)


def test_what_the_other_part_kept_is_kept(tmp_path: Path) -> None:
    def keep(word: str) -> int:
        made = []
        assert keep_json("word", [word], lambda: made.append(word) or word) == word
        return len(made)

    for count in (1, 0):
        with keeping(tmp_path, Path("site")):
            assert make_both(lambda _: keep("here"), lambda: keep("there")) == (count, count)
