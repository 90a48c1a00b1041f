"""add as a whole: files of any kind go where they belong; and the same in a copy, to look first."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from geomap.files.folder import CONTENT, SHIPPED, Geodata
from geomap.files.shipped import is_installed
from geomap.model.records import InputError
from geomap.pipeline.intake import Added, add, documents_in, is_sheet, take_reports
from geomap.pipeline.merge_sheet import Merged, merge_sheets
from geomap.store.lock import lock_tables

Progress = Callable[[str], None]
#: What a copy of a folder leaves out: settings of runs, ledgers of before, published editions.
_LEFT_OUT = shutil.ignore_patterns(".*", "*.bak", "editions")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of files: sheets, riders' reports (texts, new, unreadable), documents.

    ``merged`` and ``added`` are None where no sheet, or no document, was among them.
    """

    sheets: int
    merged: Merged | None
    reports: tuple[int, int, int]
    added: Added | None


def writable_folder(root: Path) -> Geodata:
    """Return a folder that may be written in.

    Raises
    ------
    InputError
        There is no such folder, or it is the one that came with an installed program.
    """
    if not root.is_dir():
        raise InputError(
            f"{root}: no such folder; make it first, or check --geodata",
            code="folder-missing", where=root,
        )  # fmt: skip
    if root == SHIPPED and is_installed():
        raise InputError(
            "--geodata: name your own folder; the one that came with the program is only read",
            code="folder-shipped", where="--geodata",
        )  # fmt: skip
    return Geodata(root)


def take_paths(
    paths: Sequence[Path], geodata: Geodata, progress: Progress = lambda _: None
) -> Taken:
    """Take sheets into the ledger, reports into reports.csv, documents into found.csv.

    Without paths the folder's own documents are read again. The caller holds the folder's lock.

    Raises
    ------
    InputError
        A path does not exist, or none of the sheets can be read.
    """
    sheets = [path for path in paths if is_sheet(path)]
    others = [path for path in paths if path not in sheets]
    merged = merge_sheets(sheets, geodata) if sheets else None
    reports = take_reports(others, geodata)
    only_reading = documents_in(others) or not (sheets or reports[0])
    return Taken(
        len(sheets), merged, reports, add(others, geodata, progress) if only_reading else None
    )


def preview_paths(
    paths: Sequence[Path], geodata: Geodata, progress: Progress = lambda _: None
) -> Taken:
    """Return what :func:`take_paths` would do: done in a copy of the folder, which is thrown away.

    Raises
    ------
    InputError
        As :func:`take_paths`.
    """
    with tempfile.TemporaryDirectory(prefix="geomap-") as copy:
        with lock_tables(geodata.root):
            shutil.copytree(
                geodata.root, copy, ignore=_LEFT_OUT, copy_function=_link, dirs_exist_ok=True
            )
        taken = take_paths(paths, Geodata(Path(copy)), progress)
    # Nothing was kept: the ledger of before stands where it stood.
    return replace(taken, merged=taken.merged and replace(taken.merged, kept=None))


def _link(source: str, target: str) -> None:
    """Let a file stand at a second place; it is copied where the disk knows no links.

    No writer of ours changes a file: each puts a new one in its place.
    """
    with suppress(OSError):
        os.link(source, target)
        return
    shutil.copyfile(source, target)


#: Names of the tables that people see.
TABLES = (*CONTENT, "documents.csv")


def folder_version(geodata: Geodata) -> str:
    """Return what changes whenever a table of the folder does: SHA-256 of all that people see."""
    digest = hashlib.sha256()
    for name in TABLES:
        path = geodata.file(name)
        digest.update(name.encode())
        if path.exists():
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
