"""Whose a folder is: ours by its mark and to the last file, or somebody's, and then left alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geomap.files.folder import home_folder
from geomap.model.records import PublishError
from geomap.store.marker import PUBLICATION, SITE, Marker, parse_marker, read_marker, sha256

#: Names of strangers that a refusal shows.
_SHOWN = 5
#: What a file manager drops into every folder it shows; nobody's work.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What lies in a folder, by path: our files as we wrote them, changed ones, and foreign ones.

    A foreign path is a file, a link or an empty folder.
    """

    marker: Marker | None = None
    own: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def list_same(self, files: Mapping[str, bytes]) -> frozenset[str]:
        """Return which of ``files`` (path → bytes) but the mark stand there to the last byte."""
        if self.marker is None or self.marker.files is None:
            return frozenset()
        name, known = self.marker.name, self.marker.files
        sealed = parse_marker(files.get(name, b""), name, Path(name))
        own = set(self.own).intersection(known) - {name}
        new = (sealed.files or {}) if sealed else {}
        return frozenset(path for path in own if new.get(path) == known[path])


def survey(folder: Path, name: str) -> Standing:
    """Return what lies in ``folder``, whose mark of ours is called ``name``.

    Raises
    ------
    PublishError
        The mark was edited by hand.
    """
    marker = read_marker(folder, name)
    own, edited, foreign = [], [], []
    for path in leaves(folder):
        if marker is None or not marker.owns(path):
            foreign.append(path)
        elif _is_as_written(folder / path, path, marker):
            own.append(path)
        else:
            edited.append(path)
    return Standing(marker, tuple(own), tuple(edited), tuple(foreign))


def list_foreign(folder: Path, marker: Marker | None) -> list[str]:
    """Return the paths of ``folder`` that its mark does not list, by their names alone."""
    return [path for path in leaves(folder) if marker is None or not marker.owns(path)]


def leaves(folder: Path) -> Iterator[str]:
    """Yield every file, link and empty folder below ``folder``, relative; no link is followed."""
    for root, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        folders[:] = sorted(set(folders) - set(links))
        below = Path(root).relative_to(folder).as_posix()
        if not (folders or files or links) and below != ".":
            yield below
        yield from (
            name if below == "." else f"{below}/{name}" for name in sorted([*files, *links])
        )


def refuse_place(folder: Path, kept: Iterable[Path]) -> None:
    """Refuse to write a folder over what must stay, whatever its mark says.

    Parameters
    ----------
    kept : inputs of this run; a folder that holds one is refused.

    Raises
    ------
    PublishError
        ``folder`` is a link or a file, or holds the current folder, the home or one of ``kept``.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise PublishError(
            f"{folder}: is no plain folder (a link or a file); give the real folder's name",
            code="out-no-folder", where=folder,
        )  # fmt: skip
    for stays in (Path.cwd(), home_folder(), *kept):
        if _lies_in(stays, folder):
            raise PublishError(
                f"{folder}: holds {stays}, which must stay; give a new folder of its own",
                code="out-holds", where=folder, detail=str(stays),
            )  # fmt: skip


def refuse_inside(folder: Path, read: Path) -> None:
    """Refuse to write a folder into one that is read whole: the next run would find it there.

    Raises
    ------
    PublishError
        ``folder`` lies in ``read``: the built site, the documents, the photos.
    """
    if _lies_in(folder, read):
        raise PublishError(
            f"{folder}: lies in {read}, which is read whole; give a folder of its own",
            code="out-inside", where=folder, detail=str(read),
        )  # fmt: skip


def refuse_strangers(folder: Path, standing: Standing, name: str) -> None:
    """Refuse a folder that we did not write, or in which our own files were changed.

    Raises
    ------
    PublishError
        Says what lies there: the first names and how many.
    """
    other = {SITE: PUBLICATION, PUBLICATION: SITE}[name]
    if read_marker(folder, other):
        raise PublishError(
            f"{folder}: has a {other}; a site is built and published into folders of their own",
            code="out-published", where=folder, detail=other,
        )  # fmt: skip
    if standing.foreign:
        raise PublishError(
            f"{folder}: holds files that are no site of ours ({listed(standing.foreign)}); move "
            "them away or give a new folder, so that nothing of yours is lost",
            code="out-foreign", where=folder, detail=listed(standing.foreign),
        )  # fmt: skip
    if standing.edited:
        raise PublishError(
            f"{folder}: files were changed since they were written ({listed(standing.edited)}); "
            "move them away, or delete them, and run this again",
            code="out-edited", where=folder, detail=listed(standing.edited),
        )  # fmt: skip


def listed(names: Iterable[str]) -> str:
    """Return the first names and how many there are."""
    names = list(names)
    return "、".join(names[:_SHOWN]) + (f" … ({len(names)})" if len(names) > _SHOWN else "")


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return path → SHA-256."""
    return {path: sha256(content) for path, content in files.items()}


def _lies_in(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _is_as_written(file: Path, path: str, marker: Marker) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    if marker.files is None or path == marker.name:
        return True
    return sha256(file.read_bytes()) == marker.files[path]
