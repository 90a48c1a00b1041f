"""A folder changes its content in one step, and foreign files stay in it.

The new content is written to a folder beside it, foreign files and whatever stays as it is are
hard-linked into that, and both change places in one step of the kernel (Linux ``renameat2``), else
in two renamings. While that is under way a file of ours (``_MARK``) travels with the new folder: by
it the next start knows whether the places were changed already, and finishes or removes what a
killed run left.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from geomap.model.records import PublishError, name_refusal
from geomap.store.lock import hold_lock
from geomap.store.marker import read_marker
from geomap.store.ownership import LITTER, list_foreign

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_MARK = ".geomap-new"


@contextmanager
def lock_folder(folder: Path, name: str) -> Iterator[None]:
    """Hold ``folder``'s place, and put in order what a killed run left beside it.

    ``name`` is the folder's mark: by it our files are told from foreign ones.
    """
    with _refusal_named(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
    with hold_lock(folder.with_name(f".{folder.name}.lock")):
        with _refusal_named(folder):
            _recover(folder, name)
        yield


def replace_folder(
    folder: Path,
    name: str,
    files: Mapping[str, bytes],
    foreign: Iterable[str] = (),
    same: Container[str] = (),
) -> None:
    """Give ``folder`` the content ``files``, beside its own ``foreign`` paths, whole or not at all.

    ``same`` are paths of ``files`` that stand there to the last byte: they need no writing.

    Raises
    ------
    PublishError
        The disk is full or refuses; the old content is untouched.
    """
    staging, linked = _beside(folder, "new"), frozenset(foreign)
    try:
        with _refusal_named(folder):
            mode = _begin(staging)
            _fill(staging, files, folder, same)
            for path in sorted(linked):
                _bring(folder, staging, path)
            _flush(staging)
            staging.chmod(mode)
            _like(folder, staging)
            retired = _swap(staging, folder)
    finally:
        if (staging / _MARK).exists():
            shutil.rmtree(staging, ignore_errors=True)
    _finish(folder, name, retired, linked)


def _begin(staging: Path) -> int:
    """Make the folder; return its mode, withheld until it is whole: a web root may be beside it."""
    staging.mkdir()
    (staging / _MARK).touch()
    mode = stat.S_IMODE(staging.stat().st_mode)
    staging.chmod(0o700)
    return mode


def _fill(staging: Path, files: Mapping[str, bytes], folder: Path, same: Container[str]) -> None:
    for parent in sorted({path.rpartition("/")[0] for path in files}):
        (staging / parent).mkdir(parents=True, exist_ok=True)
    for path, content in sorted(files.items()):
        if path not in same or not _link(f"{folder}/{path}", f"{staging}/{path}"):
            (staging / path).write_bytes(content)


def _link(source: str, target: str) -> bool:
    """Let a file of ours stand in the new folder too; return whether it does.

    The old folder goes at once, so the file has one name again. What somebody has linked elsewhere
    is his too, and is left to him: he may write into it.
    """
    try:
        if os.lstat(source).st_nlink > 1:
            return False
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a disk without links
        return False
    return True


def _bring(folder: Path, staging: Path, path: str) -> None:
    """Let a foreign path stand in the new folder too: the same file where the disk can link."""
    source, target = folder / path, staging / path
    for parent in reversed(Path(path).parents):
        if not (staging / parent).exists():
            (staging / parent).mkdir()
            _like(folder / parent, staging / parent)
    if source.is_dir() and not source.is_symlink():
        target.mkdir(exist_ok=True)
        _like(source, target)
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except FileNotFoundError:
        return  # its owner has just deleted it
    except (OSError, NotImplementedError):
        shutil.copy2(source, target, follow_symlinks=False)


def _like(model: Path, folder: Path) -> None:
    """Give ``folder`` the mode, times and, where we may, the owner of ``model``."""
    if model.is_dir():
        shutil.copystat(model, folder)
        if sys.platform != "win32":
            with suppress(OSError):
                os.chown(folder, model.stat().st_uid, model.stat().st_gid)


def _swap(staging: Path, folder: Path) -> Path:
    """Let ``staging`` take the place of ``folder``; return where the old folder is, if any."""
    if not folder.exists():
        staging.rename(folder)
        return staging
    if _exchange(staging, folder):
        return staging
    old = _beside(folder, "old")
    folder.rename(old)
    try:
        staging.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    return old


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two paths in one step where the system can; return whether it did."""
    rename = _kernel("renameat2")
    if rename is None:
        return False
    paths = (os.fsencode(one), os.fsencode(other))
    return bool(rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)


def _flush(folder: Path) -> None:
    """Have the disk take what was written: a power cut later must not find empty files."""
    flush = _kernel("syncfs")
    if flush is not None:
        handle = os.open(folder, os.O_RDONLY)
        flush(handle)
        os.close(handle)
    elif hasattr(os, "sync"):
        os.sync()


def _kernel(name: str) -> Any:
    """Return a call of Linux that Python has no name for; None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), name, None)


def _recover(folder: Path, name: str) -> None:
    """Finish or undo what a killed run had begun; ``_MARK`` says which folder is the new one."""
    new, old = _beside(folder, "new"), _beside(folder, "old")
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    if (folder / _MARK).exists():
        _finish(folder, name, old if old.is_dir() else new)
    for leftover in (new, _beside(folder, "gone")):
        shutil.rmtree(leftover, ignore_errors=True)


def _finish(folder: Path, name: str, retired: Path, linked: frozenset[str] = frozenset()) -> None:
    """Bring home what others laid into the folder meanwhile, and remove the old content.

    ``linked`` are the foreign paths known to be there: one that is missing was deleted since.
    """
    gone = _beside(folder, "gone")
    if retired.is_dir():
        with suppress(OSError):
            retired.chmod(0o700)
        for path in list_foreign(retired, read_marker(retired, name)):
            if path != _MARK and Path(path).name not in LITTER:
                _bring_home(retired / path, folder / path, is_known=path in linked)
        retired.rename(gone)
    (folder / _MARK).unlink(missing_ok=True)
    shutil.rmtree(gone, ignore_errors=True)


def _bring_home(retired: Path, home: Path, *, is_known: bool) -> None:
    if not os.path.lexists(home):
        if not is_known:
            home.parent.mkdir(parents=True, exist_ok=True)
            retired.replace(home)
    elif not retired.is_dir() and retired.lstat().st_mtime_ns > home.lstat().st_mtime_ns:
        retired.replace(home)


@contextmanager
def _refusal_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = "the disk is full" if error.errno == errno.ENOSPC else str(error)
        raise PublishError(
            f"{folder}: cannot be written ({reason}); the last site is unchanged",
            code=name_refusal(error), where=folder,
        ) from error  # fmt: skip


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.geomap-{what}")
