"""Published editions, kept on the staff's side: one zip each, numbered, whole or not at all.

They lie beside the built site (``SITE.editions``), never beside the published folder: an edition
that was taken back must be out of the web host's reach.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geomap.model.records import PublishError
from geomap.store.atomic import write_bytes
from geomap.store.marker import PUBLICATION, Marker, parse_marker
from geomap.store.ownership import hashes, listed

_NAME = re.compile(r"(\d{4,})(?:_(\d{4}-\d{2}-\d{2}))?\.zip")
#: Zip entries carry a day; a fixed one keeps the same edition the same file.
_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept edition: its number, the newest day of its facts, and its file."""

    number: int
    date: str
    path: Path


def list_editions(folder: Path) -> list[Kept]:
    """Return the kept editions, oldest first."""
    named = ((_NAME.fullmatch(path.name), path) for path in folder.glob("*.zip"))
    return sorted(
        (Kept(int(name[1]), name[2] or "", path) for name, path in named if name),
        key=lambda kept: kept.number,
    )


def next_number(folder: Path) -> int:
    """Return the number of the edition to come."""
    return max((kept.number for kept in list_editions(folder)), default=0) + 1


def keep_edition(folder: Path, number: int, date: str, files: Mapping[str, bytes]) -> None:
    """Write an edition; ``files`` holds its sealed publication.json.

    Raises
    ------
    InputError
        The disk is full or refuses; no half edition stays.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    day = f"_{date}" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) else ""
    write_bytes(folder / f"{number:04d}{day}.zip", written.getvalue())


def read_edition(folder: Path, number: int) -> tuple[Marker, dict[str, bytes]]:
    """Return an edition's mark and files, as they were published.

    Raises
    ------
    PublishError
        There is none of that number, or its file was changed or damaged.
    """
    editions = {kept.number: kept for kept in list_editions(folder)}
    if number not in editions:
        there = listed([f"{kept.number} {kept.date}".strip() for kept in editions.values()])
        raise PublishError(
            f"{folder}: no edition {number} to go back to; kept are: {there or '-'}",
            code="edition-unknown", where=folder, detail=there,
        )  # fmt: skip
    path = editions[number].path
    try:
        with zipfile.ZipFile(path) as packed:
            files = {name: packed.read(name) for name in packed.namelist()}
        marker = parse_marker(files[PUBLICATION], PUBLICATION, path)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise _damaged(path) from error
    pages = {name: content for name, content in files.items() if name != PUBLICATION}
    if marker is None or marker.files is None or hashes(pages) != dict(marker.files):
        raise _damaged(path)
    return marker, files


def prune_editions(folder: Path, keep: int, spare: set[int]) -> None:
    """Remove the oldest editions beyond ``keep``, never those of ``spare``."""
    for kept in list_editions(folder)[: -max(keep, 1)]:
        if kept.number not in spare:
            kept.path.unlink()


def _damaged(path: Path) -> PublishError:
    return PublishError(
        f"{path}: the kept edition is damaged or was changed; choose another with --undo NUMBER",
        code="edition-damaged", where=path,
    )  # fmt: skip
