"""The ground that a city's own map extract knows: read once, kept, asked by name.

>>> ground = read_ground([Path("city.osm.pbf")], cache=Path("cache"))
>>> ground.layer("street").name
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.lib import ArrowException

from geomap.files.osm_text import say_on_terminal
from geomap.ground.coast import list_breaks
from geomap.ground.crossings import list_crossings
from geomap.ground.extract import Listener, Progress, read_extract
from geomap.ground.homes import list_homes
from geomap.ground.names import list_names
from geomap.ground.table import COLUMNS, Ground
from geomap.model.records import InputError

__all__ = ["Ground", "list_breaks", "list_crossings", "list_homes", "list_names", "read_ground"]
#: Goes up when the meaning of what is stored changes; older files are then never asked for.
_VERSION = 4


def read_ground(
    files: Sequence[Path],
    cache: Path | None = None,
    progress: Progress | None = None,
    listeners: Mapping[Path, Listener] | None = None,
) -> Ground:
    """Return the ground of one or several .osm.pbf; their order does not matter.

    Parameters
    ----------
    cache : folder for what was read, keyed by the files' contents; None: none. It may be deleted
        at any time.
    progress : called with a line of text now and then; by default a line that renews itself on a
        terminal, and silence elsewhere.
    listeners : by file, who else is given its parts where it is read (and not found in the cache).

    Raises
    ------
    InputError
        A file is missing, is no .osm.pbf, or is damaged.
    """
    for file in files:
        if not file.is_file() or not file.name.lower().endswith(".pbf"):
            code = "road-not-there" if not file.is_file() else "map-format"
            raise InputError(f"{file}: --map takes an .osm.pbf file", code=code, where=file)
    heard = listeners or {}
    parts = [
        _read_one(file, cache, progress or say_on_terminal, heard.get(file))
        for file in sorted(files)
    ]
    if len(parts) == 1:
        return parts[0]
    things = pa.concat_tables([part.things for part in parts])
    return Ground(things.group_by(list(COLUMNS), use_threads=False).aggregate([]))  # each once


def _read_one(
    file: Path, cache: Path | None, progress: Progress, listener: Listener | None
) -> Ground:
    if cache is None:
        return read_extract(file, progress, listener)
    kept = cache / f"ground-{_hash(file)[:32]}.parquet"
    try:
        return Ground(pq.read_table(kept, columns=list(COLUMNS)))
    except (OSError, ValueError, KeyError, ArrowException):
        ground = read_extract(file, progress, listener)
    cache.mkdir(parents=True, exist_ok=True)
    staged = kept.with_suffix(f".{os.getpid()}.part")
    pq.write_table(ground.things, staged)
    staged.replace(kept)
    return ground


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        begun = hashlib.sha256(f"ground {_VERSION}".encode())
        return hashlib.file_digest(stream, begun.copy).hexdigest()
