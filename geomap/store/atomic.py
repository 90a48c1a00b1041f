"""Writing that never leaves half a file, or half of several files, behind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from geomap.model.records import InputError, name_refusal

#: Whole new files of a folder that are not all in their place yet.
_PENDING, _PENDING_PART = ".pending", ".pending.part"


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path`` and move it there in one step.

    Raises
    ------
    InputError
        The disk is full or the folder cannot be written; the old file is untouched.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _refusal_named(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(beside, content)
            beside.replace(path)
    finally:
        with suppress(OSError):  # nothing was begun, or its folder is a file
            beside.unlink()


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files of ``folder`` as one step, under its lock.

    They are written whole into a folder beside them; from its renaming on they count, and
    :func:`finish_pending` puts them in place, now or after a kill.

    Raises
    ------
    InputError
        The disk is full, or a file is open elsewhere; all old files are untouched.
    """
    staging = folder / _PENDING_PART
    with _refusal_named(folder):
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        for name, content in files.items():
            if (folder / name).exists():
                (folder / name).open("r+b").close()  # a table open in Excel is refused here
            _write_durably(staging / name, content)
        staging.rename(folder / _PENDING)
    finish_pending(folder)


def finish_pending(folder: Path) -> None:
    """Put files in place that a killed :func:`write_together` had written whole."""
    pending = folder / _PENDING
    if pending.is_dir():
        with _refusal_named(folder):
            for written in sorted(pending.iterdir()):
                written.replace(folder / written.name)
            pending.rmdir()


def keep_backup(path: Path) -> Path:
    """Copy ``path`` to the first free ``NAME.1.bak``, ``NAME.2.bak`` … and return that."""
    number = 1
    while (kept := path.with_name(f"{path.name}.{number}.bak")).exists():
        number += 1
    write_bytes(kept, path.read_bytes())
    return kept


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


@contextmanager
def _refusal_named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or path
        raise InputError(
            f"{where}: cannot be written ({error.strerror or error}); nothing was changed",
            code=name_refusal(error), where=where,
        ) from error  # fmt: skip
