"""Networks kept between runs: one file each, named after what it was made from."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from geomap.roads.contract import Edges
from geomap.roads.network import Network
from geomap.roads.packed import SHAPE_PARTS
from geomap.roads.streets import Streets

#: Goes up when the meaning of what is stored changes; older files are then never asked for.
_VERSION = 5


def hash_files(files: Sequence[Path], profile: str) -> str:
    """Return one key for these contents read with this profile, whatever the files' names.

    The suffix counts, because it says how a file is read.
    """
    each = []
    for file in files:
        digest = hashlib.sha256(file.suffix.lower().encode())
        for part in _parts(file):
            with part.open("rb") as stream:
                digest = hashlib.file_digest(stream, digest.copy)
        each.append(digest.hexdigest())
    whole = "\n".join([f"roads {_VERSION} {profile}", *sorted(each)])
    return hashlib.sha256(whole.encode()).hexdigest()


def _parts(file: Path) -> list[Path]:
    """Return the files that hold what one road file says: of a shapefile several."""
    if file.suffix.lower() != ".shp":
        return [file]
    return [file, *(part for part in map(file.with_suffix, SHAPE_PARTS[1:]) if part.is_file())]


def fetch(folder: Path, key: str) -> Network | None:
    """Return the network stored under this key, None where there is none (or a broken one)."""
    path = folder / f"roads-{key[:32]}.npz"
    try:
        with np.load(path, allow_pickle=False) as stored:
            edges = Edges(**{part.name: stored[f"e_{part.name}"] for part in fields(Edges)})
            lines = Streets(**{part.name: stored[f"s_{part.name}"] for part in fields(Streets)})
            return Network(edges, lines, str(stored["profile"]))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return None


def store(folder: Path, key: str, network: Network) -> None:
    """Keep a network that nothing was left out of; a half-written file is never seen."""
    if network.skips:
        return
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"roads-{key[:32]}.npz"
    arrays = {f"e_{part.name}": getattr(network.edges, part.name) for part in fields(Edges)}
    arrays |= {f"s_{part.name}": getattr(network.backdrop, part.name) for part in fields(Streets)}
    arrays["profile"] = np.array(network.profile)
    staged = path.with_suffix(f".{os.getpid()}.part")
    with staged.open("wb") as stream:
        np.savez(stream, **arrays)
    staged.replace(path)
