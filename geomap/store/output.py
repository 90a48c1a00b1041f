"""What a command writes where a user asked: never over somebody's work.

A file may be replaced without ``--force`` only while it still holds what the same command wrote
there. Sheets carry no mark of their own, so the SHA-256 of the last writing is kept in the cache;
without it (another machine, an emptied cache) the file counts as somebody's.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from geomap.files.folder import cache_folder
from geomap.model.records import InputError
from geomap.store.atomic import keep_backup, write_bytes


def check_output(path: Path, command: str, *, force: bool = False) -> None:
    """Refuse ``path`` where it holds anything but what ``command`` wrote last.

    Raises
    ------
    InputError
        There is a file or folder that is somebody's; ``force`` lets files pass.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file", code="file-is-folder", where=path)
    if path.exists() and not force and not _is_own(path, command):
        raise InputError(
            f"{path}: is there already, and is no unchanged output of this command; give another "
            "name, or --force (the file of before is then kept as a numbered .bak)",
            code="output-exists", where=path,
        )  # fmt: skip


def write_output(path: Path, content: bytes, command: str, *, force: bool = False) -> Path | None:
    """Write ``content`` to ``path``; return where a file that was somebody's was kept.

    Raises
    ------
    InputError
        As :func:`check_output`, or the file cannot be written; the old one is untouched.
    """
    if path.exists() and not path.is_dir() and path.read_bytes() == content:
        return None
    check_output(path, command, force=force)
    foreign = path.exists() and not _is_own(path, command)
    kept = keep_backup(path) if foreign else None
    write_bytes(path, content)
    with suppress(InputError):  # without a cache the next run asks for --force
        write_bytes(_memory(path), _stamp(command, content))
    return kept


def _is_own(path: Path, command: str) -> bool:
    memory = _memory(path)
    return memory.exists() and memory.read_bytes() == _stamp(command, path.read_bytes())


def _memory(path: Path) -> Path:
    name = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()
    return cache_folder() / "outputs" / name[:32]


def _stamp(command: str, content: bytes) -> bytes:
    return f"{command} {hashlib.sha256(content).hexdigest()}\n".encode()
