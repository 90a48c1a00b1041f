"""The last step: a site in memory becomes a folder, replaced whole or not at all.

The new site is written to a staging folder beside the old one, then both change places in one
step of the kernel (Linux ``renameat2``), or in two renames with recovery at the next start.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.records import PublishError, name_refusal

if sys.platform != "win32":
    import fcntl

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
#: A folder we may replace holds one of these; any other folder with content is somebody's.
_OURS = ("build.json", "publication.json")


@dataclass(frozen=True, slots=True)
class Publication:
    """What ``publish`` did: the folder, how much, and where the last one is kept."""

    folder: Path
    file_count: int
    byte_count: int
    previous: Path | None


def write_site(site: Mapping[str, bytes], folder: Path) -> None:
    """Replace ``folder`` by ``site`` (path → bytes), whole or not at all.

    Raises
    ------
    PublishError
        The folder holds something else, or cannot be written; the old site is untouched.
    """
    folder = folder.absolute()
    with _alone(folder):
        recover(folder)
        _refuse_foreign(folder)
        _write(site, folder)


def _write(site: Mapping[str, bytes], folder: Path) -> None:
    staging = _beside(folder, "new")
    with _cleaned(staging, folder):
        for name, content in sorted(site.items()):
            target = staging / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        _swap(staging, folder)


def recover(folder: Path) -> bool:
    """Put the old site back if an earlier run was killed between its two renames.

    Returns whether anything was put back; leftovers of killed runs are removed.
    """
    old = _beside(folder, "old")
    restored = old.is_dir() and not folder.exists()
    if restored:
        old.rename(folder)
    for leftover in (old, _beside(folder, "new")):
        shutil.rmtree(leftover, ignore_errors=True)
    return restored


def publish_site(site: Path, folder: Path) -> Publication:
    """Copy the public part of a built site to ``folder``, through the gate.

    The folder's last content is kept beside it (``FOLDER.previous``) for :func:`undo_publish`.

    Raises
    ------
    PublishError
        The gate is closed, ``site`` is no built site, or the folder cannot be written.
    """
    build = _read_build(site)
    _pass_gate(build)
    folder = folder.absolute()
    pages = {
        path.relative_to(site / "public").as_posix(): path.read_bytes()
        for path in sorted((site / "public").rglob("*"))
        if path.is_file()
    }
    pages["publication.json"] = _encode(
        {"version": build.get("version"), "edition_date": build.get("edition_date")}
    )
    previous = folder.with_name(folder.name + ".previous")
    with _alone(folder):
        recover(folder)
        _refuse_foreign(folder)
        kept = _keep_previous(folder, previous)
        _write(pages, folder)
    size = sum(len(content) for content in pages.values())
    return Publication(folder, len(pages), size, previous if kept else None)


def undo_publish(folder: Path) -> None:
    """Let ``FOLDER.previous`` and the published folder change places.

    Raises
    ------
    PublishError
        There is no earlier publication to go back to.
    """
    folder = folder.absolute()
    previous = folder.with_name(folder.name + ".previous")
    if not previous.is_dir():
        raise PublishError(
            f"{folder}: nothing to go back to; there is no {previous.name}",
            code="undo-impossible", where=folder,
        )  # fmt: skip
    _swap(previous, folder, keep=True)


def _pass_gate(build: Mapping[str, Any]) -> None:
    gate = build.get("publish") or {}
    if not (gate.get("review_number") or gate.get("decision")):
        raise PublishError(
            "内部草图 · 未经审核 · 不得公开: the map has no review number (审图号). "
            "Write review_number, or the reviewer's decision, under [publish] in map.toml, "
            "and build again",
            code="gate-closed", where="map.toml",
        )  # fmt: skip


def _read_build(site: Path) -> dict[str, Any]:
    try:
        build = json.loads((site / "build.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PublishError(
            f"{site}: no built site (build.json: {error}); run build first",
            code="site-missing", where=site,
        ) from error  # fmt: skip
    if not isinstance(build, dict) or not (site / "public" / "index.html").is_file():
        raise PublishError(
            f"{site}: no built site (public/index.html is missing); run build first",
            code="site-missing", where=site,
        )  # fmt: skip
    return build


def _keep_previous(folder: Path, previous: Path) -> bool:
    if not folder.is_dir():
        return False
    staging = _beside(previous, "new")
    with _cleaned(staging, previous):
        shutil.copytree(folder, staging, dirs_exist_ok=True)
        _swap(staging, previous)
    return True


def _refuse_foreign(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise PublishError(
            f"{folder}: is no plain folder; give another --out",
            code="out-no-folder", where=folder,
        )  # fmt: skip
    ours = any((folder / name).exists() for name in _OURS)
    if folder.is_dir() and any(folder.iterdir()) and not ours:
        raise PublishError(
            f"{folder}: holds files that are no site of ours; "
            "give an empty or new folder, so that nothing of yours is lost",
            code="out-foreign", where=folder,
        )  # fmt: skip


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other run writes beside ``folder``: two would fill one staging folder.

    The lock is on the folder above, so that nothing is left behind, and ends with the process.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder.parent, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network disks have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _unwritable(folder: Path, error: OSError) -> PublishError:
    reason = "the disk is full" if error.errno == errno.ENOSPC else str(error)
    return PublishError(
        f"{folder}: cannot be written ({reason}); the last site is unchanged",
        code=name_refusal(error), where=folder,
    )  # fmt: skip


@contextmanager
def _cleaned(staging: Path, folder: Path) -> Iterator[None]:
    """Make the staging folder; on any failure remove it and say that the old site stands."""
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        yield
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _swap(staging: Path, folder: Path, *, keep: bool = False) -> None:
    """Let ``staging`` take the place of ``folder``; with ``keep`` both stay, exchanged."""
    if not folder.exists():
        staging.rename(folder)
    elif not _exchange(staging, folder):
        old = _beside(folder, "old")
        folder.rename(old)
        staging.rename(folder)
        if keep:
            old.rename(staging)
        else:
            shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two paths in one step where the system can; return whether it did."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    paths = (os.fsencode(one), os.fsencode(other))
    return bool(rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _encode(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
