"""photos/: whose picture each file is, by its name.

``STATION_ID.jpg`` is a station's first picture, ``STATION_ID-2.jpg`` its second. An id may itself
end in a number: the whole name is looked up first. Old ids lead to today's station.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.files.foreign import read_file
from geomap.files.limits import MAX_PHOTOS
from geomap.files.pictures import FORMATS, shrink_picture
from geomap.model.edition import Photo
from geomap.model.records import InputError, Skip

#: What a system put into the folder by itself.
_SYSTEM = ("thumbs.db", "desktop.ini")
_NUMBERED = re.compile(r"(.+)-([1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Photos:
    """Station → its pictures, and the files that show nothing."""

    by_station: Mapping[str, tuple[Photo, ...]]
    skips: tuple[Skip, ...]


def read_photos(files: Iterable[Path], ids: Container[str], aliases: Mapping[str, str]) -> Photos:
    """Return the pictures of the stations ``ids``, small and without what their files tell.

    Parameters
    ----------
    files : the pictures of a folder.
    ids : the stations of the map.
    aliases : old id → today's.
    """
    skips: list[Skip] = []
    by_station: dict[str, tuple[Photo, ...]] = {}
    for station, own in sorted(_match(files, ids, aliases, skips).items()):
        photos = tuple(_read(own, skips))
        if photos:
            by_station[station] = photos
    return Photos(by_station, tuple(sorted(skips, key=lambda skip: skip.where)))


def _match(
    files: Iterable[Path], ids: Container[str], aliases: Mapping[str, str], skips: list[Skip]
) -> dict[str, list[Path]]:
    """Return station → its files in their order; what belongs to none is among ``skips``."""
    found: dict[str, list[tuple[int, str, Path]]] = {}
    for path in files:
        if path.name.lower() in _SYSTEM:
            continue
        if path.suffix.lower() not in FORMATS:
            skips.append(_skip(path, "photo-format", "save it as .jpg, .png or .webp"))
        elif whose := _whose(path.stem, ids, aliases):
            station, number = whose
            found.setdefault(station, []).append((number, path.name, path))
        else:
            skips.append(_skip(path, "photo-unknown", "no station has this id; rename the file"))
    return {station: [path for *_, path in sorted(own)] for station, own in found.items()}


def _whose(stem: str, ids: Container[str], aliases: Mapping[str, str]) -> tuple[str, int] | None:
    numbered = _NUMBERED.fullmatch(stem)
    tries = [(stem, 1)] + ([(numbered[1], int(numbered[2]))] if numbered else [])
    for written, number in tries:
        for station in (written, aliases.get(written, "")):
            if station and station in ids:
                return station, number
    return None


def _read(files: Sequence[Path], skips: list[Skip]) -> Iterator[Photo]:
    for path in files[:MAX_PHOTOS]:
        try:
            yield Photo(*shrink_picture(read_file(path), path.name))
        except InputError as error:
            skips.append(_skip(path, error.code, str(error), error.detail))
    for path in files[MAX_PHOTOS:]:
        skips.append(_skip(path, "photo-many", f"at most {MAX_PHOTOS} of a station are shown"))


def _skip(path: Path, code: str, reason: str, detail: str = "") -> Skip:
    name = path.name.encode("utf-8", "backslashreplace").decode()
    return Skip("photos", f"photos/{name}", code, reason, detail)
