"""Results kept from one build to the next, each found by exactly what it was made from.

The key of a result is the hash of the program, the stage and all its inputs, so a kept result is
never out of date: another input is another key; of what only has to pass, the hashes are kept. One
file holds the results of the last build of
a site. It is written whole beside the old one and put in its place in one step, it carries a sum
over all of it, and what is damaged counts as absent. Any of them may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.model.records import InputError
from geomap.store.atomic import write_bytes

#: Of all sites' files together; a country's 10,000 stations keep about 30 MB.
LIMIT_BYTES = 500_000_000
_PACKAGE = Path(__file__).parents[1]
#: What results are computed with, beside this package and what Python itself does.
_LIBRARIES = ("numpy", "pandas", "scipy", "shapely")
_KEY, _LENGTH, _SUFFIX = 32, 8, ".kept"


class Kept:
    """Results by key: those of the build before, and those that this one asked for or made."""

    def __init__(self, before: Mapping[bytes, bytes]) -> None:
        self._before = before
        self.packed: dict[bytes, bytes] = {}

    def fetch(self, key: bytes) -> bytes | None:
        """Return the result of this key; None where it is not kept."""
        packed = self.packed.get(key) or self._before.get(key)
        if packed is None:
            return None
        self.packed[key] = packed
        return zlib.decompress(packed)

    def add(self, key: bytes, value: bytes) -> None:
        """Keep a result."""
        self.packed[key] = zlib.compress(value, 1)


_CURRENT: ContextVar[Kept | None] = ContextVar("kept", default=None)


@contextmanager
def keeping(folder: Path, site: Path) -> Iterator[None]:
    """Let the block find what the last build of a site kept in ``folder``, and keep its own.

    Only a block that ends well leaves its results; where they cannot be written, none are left.
    """
    name = hashlib.sha256(os.fsencode(os.path.realpath(site))).hexdigest()
    path = folder / (name[:32] + _SUFFIX)
    kept = Kept(read_kept(path))
    token = _CURRENT.set(kept)
    try:
        yield
    finally:
        _CURRENT.reset(token)
    with suppress(InputError, OSError):
        write_bytes(path, _join(kept.packed))
        _limit(folder, path)


def share_kept() -> dict[bytes, bytes]:
    """Return the results that this build asked for or made so far, as they are kept."""
    kept = _CURRENT.get()
    return kept.packed if kept else {}


def take_kept(packed: Mapping[bytes, bytes]) -> None:
    """Keep what another process of this build asked for or made."""
    kept = _CURRENT.get()
    if kept:
        kept.packed.update(packed)


def _join(packed: Mapping[bytes, bytes]) -> bytes:
    each = (key + len(value).to_bytes(_LENGTH, "big") + value for key, value in packed.items())
    body = b"".join(each)
    return hashlib.sha256(body).digest() + body


def read_kept(path: Path) -> dict[bytes, bytes]:
    """Return the results of a file; none where it is absent or not as it was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    body = memoryview(content)[_KEY:]
    if hashlib.sha256(body).digest() != content[:_KEY]:
        return {}
    found, at = {}, 0
    while at < len(body):
        start = at + _KEY + _LENGTH
        end = start + int.from_bytes(body[at + _KEY : start], "big")
        found[bytes(body[at : at + _KEY])] = bytes(body[start:end])
        at = end
    return found


def _limit(folder: Path, own: Path) -> None:
    """Delete the files of the sites built longest ago, until all are within the limit.

    What a killed build had begun to write goes too; a build that writes at this moment keeps
    nothing then, and its next one makes everything again.
    """
    files = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime)
    excess = sum(path.stat().st_size for path in files) - LIMIT_BYTES
    for path in files:
        if excess > 0 and path != own:
            excess -= path.stat().st_size
            path.unlink()
    for begun in folder.glob(f".*{_SUFFIX}.*.part"):
        begun.unlink()


def keep_rows(
    stage: str,
    hashes: Callable[[], Sequence[bytes]],
    shape: tuple[int, ...],
    make: Callable[[NDArray[np.int64]], NDArray[np.float64]],
    count: int,
) -> NDArray[np.float64]:
    """Return numbers (count, *shape), of which each row is kept for itself.

    Parameters
    ----------
    hashes : gives, for each row, the hash of all that it is made from.
    make : gives the rows of these numbers.
    """
    kept = _CURRENT.get()
    if kept is None:
        return make(np.arange(count))
    keys = [hash_inputs(stage, each) for each in hashes()]
    known = [kept.fetch(key) for key in keys]
    rows = np.empty((count, *shape))
    for number, value in enumerate(known):
        if value is not None:
            rows[number] = np.frombuffer(value).reshape(shape)
    missing = np.array([number for number in range(count) if known[number] is None], np.int64)
    if len(missing):
        rows[missing] = make(missing)
    for number in missing:
        kept.add(keys[number], rows[number].tobytes())
    return rows


def keep_bytes(stage: str, inputs: Sequence[Any], make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` returns, kept under these inputs (:func:`hash_inputs`)."""
    kept = _CURRENT.get()
    if kept is None:
        return make()
    key = hash_inputs(stage, *inputs)
    known = kept.fetch(key)
    if known is None:
        known = make()
        kept.add(key, known)
    return known


def keep_json(stage: str, inputs: Sequence[Any], make: Callable[[], Any]) -> Any:
    """Return what ``make`` returns, kept as JSON: lists, texts, numbers, keys that are texts."""
    return json.loads(keep_bytes(stage, inputs, lambda: json.dumps(make()).encode()))


def keep_passed(stage: str, digests: Mapping[str, bytes], examine: Callable[[str], bool]) -> None:
    """Have ``examine`` look at every content but what has passed before.

    Parameters
    ----------
    digests : name of a content → its SHA-256.
    examine : raises, or returns whether the content of a name passes under any, for ever.
    """
    kept, key = _CURRENT.get(), hash_inputs(stage)
    before = (kept.fetch(key) if kept else None) or b""
    passed = {before[at : at + _KEY] for at in range(0, len(before), _KEY)}
    now = []
    for name, digest in digests.items():
        if digest in passed or examine(name):
            now.append(digest)
    if kept:
        kept.add(key, b"".join(now))


def hash_inputs(stage: str, *inputs: Any) -> bytes:
    """Return the key of a stage's result.

    Parameters
    ----------
    inputs : all that it is made from: bytes, texts, numbers, arrays of numbers or of geometries.
    """
    digest = hashlib.sha256(_program())
    for each in (stage, *inputs):
        raw = _raw(each)
        digest.update(len(raw).to_bytes(_LENGTH, "big"))
        digest.update(raw)
    return digest.digest()


def hash_shapes(shapes: Any) -> list[bytes]:
    """Return the hash of each geometry of an array."""
    written = shapely.to_wkb(np.asarray(shapes, dtype=object))
    return [hashlib.sha256(each or b"").digest() for each in written]


def _raw(value: Any) -> bytes:
    if isinstance(value, bytes):
        return b"b" + value
    if isinstance(value, np.ndarray) and value.dtype == object:
        return b"g" + b"".join(hash_shapes(value))
    if isinstance(value, np.ndarray):
        return b"a" + f"{value.dtype.str}{value.shape}".encode() + value.tobytes()
    if isinstance(value, (str, int, float)):
        return f"{type(value).__name__} {value!r}".encode()
    raise TypeError(f"no key can be made of {type(value).__name__}")


@cache
def _program() -> bytes:
    return hash_program(_PACKAGE)


def hash_program(package: Path) -> bytes:
    """Return a hash of a package's code and of the libraries that it computes with."""
    digest = hashlib.sha256()
    names = [*(f"{name} {version(name)}" for name in _LIBRARIES), shapely.geos_version_string]
    digest.update("\n".join(names).encode())
    for path in sorted(package.rglob("*.py")):
        digest.update(str(path.relative_to(package)).encode() + b"\0" + path.read_bytes())
    return digest.digest()
