"""A site is replaced whole or not at all, and only where all that lies there is ours."""

import errno
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from geomap.model.records import PublishError
from geomap.store import exchange
from geomap.store.marker import SITE, seal
from geomap.store.site import write_site
from tests.store.sites import CONTENT, around, listing, make_site

OLD, NEW = make_site("old"), make_site("new", public__data__a_js=b"1")


def page(folder: Path) -> bytes:
    return (folder / "public/index.html").read_bytes()


def test_a_new_site_replaces_the_old_one_whole(tmp_path: Path) -> None:
    write_site(make_site("old", public__gone_html=b""), tmp_path / "site")
    write_site(NEW, tmp_path / "site")
    assert listing(tmp_path / "site") == set(NEW)
    assert around(tmp_path) == {"site"}


def test_what_stays_as_it_is_is_linked_not_written(tmp_path: Path) -> None:
    site, files = tmp_path / "site", {"public/same.js": b"1", "public/his.js": b"2"}
    write_site(make_site("old", **files), site)
    os.link(site / "public/his.js", tmp_path / "his.js")
    before = {path: (site / path).stat().st_ino for path in listing(site)}
    write_site(make_site("new", **files), site)
    after = {path: (site / path).stat() for path in listing(site)}
    linked = {path for path in after if after[path].st_ino == before[path]}
    assert linked == {"public/same.js", "internal/planner.html"}
    assert {found.st_nlink for found in after.values()} == {1}
    (tmp_path / "his.js").write_bytes(b"his own")
    assert (site / "public/his.js").read_bytes() == b"2"


def test_a_disk_without_links_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(exchange.os, "link", refuse)
    for mark in ("old", "new"):
        write_site(make_site(mark), tmp_path / "site")
    assert (tmp_path / "site/internal/planner.html").read_bytes() == b"secret"


def lay(folder: Path, **files: str) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    "spoil, named",
    [
        (lambda f: lay(f, cat_jpg="cat"), r"no site of ours \(cat\.jpg\)"),
        (lambda f: lay(f, build_json="{}", stations_csv="name"), r"build\.json、stations\.csv"),
        (lambda f: lay(f, build_json='{"version": "1"}'), r"\(build\.json\)"),
        (lambda f: lay(f, **{f"{n}_txt": "" for n in range(9)}), r"0\.txt、1\.txt.* … \(9\)"),
        (lambda f: (write_site(OLD, f), lay(f, notes_txt="mine")), r"\(notes\.txt\)"),
        (lambda f: (write_site(OLD, f), (f / "mine").mkdir()), r"\(mine\)"),
        (lambda f: (write_site(OLD, f), lay(f, internal__planner_html="x")), "changed since"),
        (lambda f: (write_site(OLD, f), lay(f, publication_json="{}")), "no site of ours"),
        (lambda f: lay(f, publication_json='{"version": "1", "edition_date": ""}'), "a publicati"),
    ],
)
def test_what_is_not_ours_is_refused_by_name_and_stays(
    tmp_path: Path, spoil: Callable[[Path], object], named: str
) -> None:
    spoil(tmp_path / "p")
    before = {path: (tmp_path / "p" / path).read_bytes() for path in listing(tmp_path / "p")}
    with pytest.raises(PublishError, match=named):
        write_site(NEW, tmp_path / "p")
    after = {path: (tmp_path / "p" / path).read_bytes() for path in listing(tmp_path / "p")}
    assert after == before


def test_an_edited_mark_is_refused(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    mark = tmp_path / "site" / SITE
    mark.write_text(mark.read_text().replace("public/index.html", "public/other.html"))
    with pytest.raises(PublishError, match="edited by hand"):
        write_site(NEW, tmp_path / "site")


def test_places_that_must_stay_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cities = tmp_path / "maps/city"
    cities.mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").touch()
    monkeypatch.chdir(cities)
    for place in (Path("/"), Path(), Path(".."), tmp_path, cities, Path.home()):
        with pytest.raises(PublishError, match="must stay"):
            write_site(NEW, place)
    monkeypatch.chdir(tmp_path)
    for place in (cities, cities.parent, Path("maps/../maps/city")):
        with pytest.raises(PublishError, match=r"holds .*city, which must stay"):
            write_site(NEW, place, [cities])
    for place in (tmp_path / "link", tmp_path / "file"):
        with pytest.raises(PublishError, match="no plain folder"):
            write_site(NEW, place)
    assert not any(cities.iterdir())


def test_a_site_of_the_version_before_is_replaced_and_nothing_else_of_its_time(
    tmp_path: Path,
) -> None:
    lay(tmp_path / "site", build_json=json.dumps(CONTENT), public__index_html="old",
        public__assets__0aff__part__1_js="", internal__data__hours__11_csv="")  # fmt: skip
    lay(tmp_path / "site", public__CNAME="map.example")
    with pytest.raises(PublishError, match=r"\(public/CNAME\)"):
        write_site(NEW, tmp_path / "site")
    (tmp_path / "site/public/CNAME").unlink()
    write_site(NEW, tmp_path / "site")
    assert listing(tmp_path / "site") == set(NEW)


def test_a_file_managers_litter_stops_no_build(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    lay(tmp_path / "site", public__Thumbs_db="x")
    (tmp_path / "site/.DS_Store").touch()
    write_site(NEW, tmp_path / "site")
    assert listing(tmp_path / "site") == set(NEW)


class FullDisk(dict[str, bytes]):
    """A site whose second file meets a full disk."""

    def items(self):  # type: ignore[no-untyped-def]
        yield SITE, b"{}"
        raise OSError(errno.ENOSPC, "No space left on device")


class Interrupted(dict[str, bytes]):
    """A site whose second file meets Ctrl-C."""

    def items(self):  # type: ignore[no-untyped-def]
        yield SITE, b"{}"
        raise KeyboardInterrupt


def test_a_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    with pytest.raises(PublishError, match="disk is full"):
        write_site(FullDisk(), tmp_path / "site")
    assert page(tmp_path / "site") == OLD["public/index.html"]
    assert around(tmp_path) == {"site"}


def test_ctrl_c_leaves_the_old_site(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    with pytest.raises(KeyboardInterrupt):
        write_site(Interrupted(), tmp_path / "site")
    assert listing(tmp_path / "site") == set(OLD)
    assert around(tmp_path) == {"site"}


class Killed(BaseException):
    """What a kill looks like from inside: not even ``finally`` gets to work on the disk."""


def kill_at(moment: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the ``moment``-th step upon the disk, and all after it, never happen."""
    steps: list[str] = []

    def stopped(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def step(*given: object, **named: object) -> object:
            steps.append(name)
            if len(steps) > moment:
                raise Killed(name)
            return real(*given, **named)

        monkeypatch.setattr(owner, name, step)

    for name in ("mkdir", "touch", "chmod", "write_bytes", "rename", "replace", "unlink"):
        stopped(Path, name)
    stopped(exchange, "_exchange")
    stopped(exchange.shutil, "rmtree")
    stopped(exchange.os, "link")
    return steps


@pytest.mark.parametrize("is_linux", [True, False])
def test_whenever_a_run_is_killed_the_site_is_whole_and_the_next_run_goes_on(
    tmp_path: Path, is_linux: bool
) -> None:
    """Every step is cut once; without the kernel's exchange a site may be put back first."""
    site, moment = tmp_path / "site", 0
    while True:
        write_site(OLD, site)
        with pytest.MonkeyPatch.context() as patched:
            if not is_linux:
                patched.setattr(exchange, "_exchange", lambda *_: False)
            steps = kill_at(moment, patched)
            with suppress(Killed):
                write_site(NEW, site)
        if is_linux:
            assert page(site) in (OLD["public/index.html"], NEW["public/index.html"])
        with exchange.lock_folder(site, SITE):
            assert listing(site) in (set(OLD), set(NEW))
            whole = NEW if listing(site) == set(NEW) else OLD
            assert all((site / path).read_bytes() == whole[path] for path in whole)
        assert around(tmp_path) == {"site"}
        if moment >= len(steps):
            break
        moment += 1
    assert moment > 15 and "_exchange" in steps


def test_a_file_laid_in_while_the_folder_changes_is_brought_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(OLD, tmp_path / "site")
    real = exchange._swap

    def lay_and_swap(staging: Path, folder: Path) -> Path:
        lay(folder, late_txt="mine")
        return real(staging, folder)

    monkeypatch.setattr(exchange, "_swap", lay_and_swap)
    write_site(NEW, tmp_path / "site")
    assert listing(tmp_path / "site") == {*NEW, "late.txt"}


def test_two_runs_at_once_never_mix_their_files(tmp_path: Path) -> None:
    sites = [
        make_site(mark, **{f"public__{mark}__{n}": b"x" * 2000 for n in range(100)})
        for mark in ("a", "b")
    ]
    with ThreadPoolExecutor(max_workers=4) as runs:
        list(runs.map(lambda site: write_site(site, tmp_path / "site"), sites * 4))
    assert listing(tmp_path / "site") in (set(sites[0]), set(sites[1]))
    assert around(tmp_path) == {"site"}


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
def test_a_site_keeps_the_mode_of_its_folder(tmp_path: Path) -> None:
    write_site(OLD, tmp_path / "site")
    (tmp_path / "site").chmod(0o750)
    write_site(NEW, tmp_path / "site")
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o750


def test_the_same_site_has_the_same_mark() -> None:
    files = {"a": b"1", "b": b"2"}
    shuffled = dict(reversed(files.items()))
    assert seal(SITE, CONTENT, files) == seal(SITE, CONTENT, shuffled)
