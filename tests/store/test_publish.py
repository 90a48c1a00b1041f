"""A site is replaced whole or not at all, and leaves the house through the gate only."""

import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geomap.records import PublishError
from geomap.store.publish import publish_site, recover, undo_publish, write_site

OLD = {"build.json": b"{}", "public/index.html": b"old"}
NEW = {"build.json": b"{}", "public/index.html": b"new", "public/data/a.js": b"1"}
OPEN = b'{"publish": {"review_number": "GS(2026)1"}, "version": "0.1"}'


def listing(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_a_new_site_replaces_the_old_one_whole(tmp_path: Path) -> None:
    write_site(OLD | {"public/gone.html": b""}, tmp_path / "site")
    write_site(NEW, tmp_path / "site")
    assert listing(tmp_path / "site") == set(NEW)
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(PublishError, match="no site of ours"):
        write_site(NEW, tmp_path / "photos")
    assert listing(tmp_path / "photos") == {"cat.jpg"}


class FullDisk(dict[str, bytes]):
    """A site whose second file meets a full disk."""

    def items(self):  # type: ignore[no-untyped-def]
        yield "build.json", b"{}"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    with pytest.raises(PublishError, match="disk is full"):
        write_site(FullDisk(), tmp_path / "site")
    assert (tmp_path / "site/public/index.html").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_ctrl_c_leaves_the_old_site(tmp_path: Path) -> None:
    class Interrupted(dict[str, bytes]):
        def items(self):  # type: ignore[no-untyped-def]
            yield "build.json", b"{}"
            raise KeyboardInterrupt

    write_site(OLD, tmp_path / "site")
    with pytest.raises(KeyboardInterrupt):
        write_site(Interrupted(), tmp_path / "site")
    assert listing(tmp_path / "site") == set(OLD)


def test_a_run_killed_between_two_renames_is_recovered(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.old")
    assert recover(tmp_path / "site")
    assert listing(tmp_path / "site") == set(OLD)


def test_the_gate_is_closed_without_a_review_number(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    with pytest.raises(PublishError, match="审图号"):
        publish_site(tmp_path / "site", tmp_path / "www")
    assert not (tmp_path / "www").exists()


def test_only_the_public_part_leaves_and_can_be_taken_back(tmp_path: Path) -> None:
    site = {"build.json": OPEN, "internal/planner.html": b"secret"}
    write_site(site | {"public/index.html": b"one"}, tmp_path / "site")
    publish_site(tmp_path / "site", tmp_path / "www")
    write_site(site | {"public/index.html": b"two"}, tmp_path / "site")
    publish_site(tmp_path / "site", tmp_path / "www")
    assert listing(tmp_path / "www") == {"index.html", "publication.json"}
    undo_publish(tmp_path / "www")
    assert (tmp_path / "www/index.html").read_bytes() == b"one"
    undo_publish(tmp_path / "www")
    assert (tmp_path / "www/index.html").read_bytes() == b"two"


def test_there_is_nothing_to_undo_at_first(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="nothing to go back to"):
        undo_publish(tmp_path / "www")


def test_two_runs_at_once_never_mix_their_files(tmp_path: Path) -> None:
    sites = [
        {"build.json": b"{}", **{f"{mark}/{n}.js": b"x" * 2000 for n in range(300)}}
        for mark in ("a", "b")
    ]
    with ThreadPoolExecutor(max_workers=4) as runs:
        list(runs.map(lambda site: write_site(site, tmp_path / "site"), sites * 4))
    found = {path.name for path in (tmp_path / "site").iterdir()}
    assert found in ({"build.json", "a"}, {"build.json", "b"})
    assert len(list((tmp_path / "site").rglob("*.js"))) == 300
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
