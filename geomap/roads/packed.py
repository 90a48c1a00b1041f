"""Packed road files, unpacked by us, into a folder of ours, within limits."""

from __future__ import annotations

import bz2
import gzip
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Protocol

from geomap.files.limits import FREE_ROAD_UNPACKED_BYTES, MAX_ROAD_RATIO, MAX_ROAD_UNPACKED_BYTES
from geomap.roads.faults import road_fault, say_words

#: The parts of a shapefile; nothing else leaves an archive.
SHAPE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_EXTRACT = (".pbf", ".osm")
_FAULTS = (
    zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError,
    ValueError,
)  # fmt: skip
_BLOCK = 1 << 20


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def unpack_shapefiles(path: Path, folder: Path) -> list[Path]:
    """Return the shapefiles of an archive, unpacked side by side.

    Raises
    ------
    InputError
        Damaged or encrypted, without a shapefile, or unpacking to far more than it holds.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _unpack_parts(path, archive, folder)
    except _FAULTS as fault:
        raise road_fault(path, "road-archive", say_words(fault)) from fault
    shapes = sorted(folder.glob("*.shp"))
    if not shapes:
        raise road_fault(path, "road-archive", "0 .shp")
    return shapes


def _unpack_parts(path: Path, archive: zipfile.ZipFile, folder: Path) -> None:
    names = {name: PurePosixPath(name.replace("\\", "/")).name for name in archive.namelist()}
    if any(name.lower().endswith(_EXTRACT) for name in names):
        raise road_fault(path, "road-extract-packed")
    parts = {name: own for name, own in names.items() if own.lower().endswith(SHAPE_PARTS)}
    if len(set(parts.values())) < len(parts):
        raise road_fault(path, "road-archive", ", ".join(sorted(parts)[:5]))
    left = _limit(path)
    for name, own in sorted(parts.items()):
        with archive.open(name) as packed:
            left = _copy(path, packed, folder / (own[:-4] + own[-4:].lower()), left)


def unpack_extract(path: Path, folder: Path) -> Path:
    """Return a plain .osm of a packed one.

    Raises
    ------
    InputError
        It unpacks to far more than it holds.
    OSError, EOFError, zlib.error
        Damaged.
    """
    target = folder / f"{path.stem}.osm"
    with gzip.open(path) if path.suffix.lower() == ".gz" else bz2.open(path) as packed:
        _copy(path, packed, target, _limit(path))
    return target


def _limit(path: Path) -> int:
    most = max(FREE_ROAD_UNPACKED_BYTES, MAX_ROAD_RATIO * path.stat().st_size)
    return min(MAX_ROAD_UNPACKED_BYTES, most)


def _copy(path: Path, packed: _Readable, target: Path, left: int) -> int:
    with target.open("wb") as stream:
        while block := packed.read(_BLOCK):
            left -= len(block)
            if left < 0:
                raise road_fault(path, "road-too-large", f"> {_limit(path) // 10**6} MB")
            stream.write(block)
    return left
