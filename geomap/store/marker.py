"""The mark of a folder we wrote: build.json of a site, publication.json of a published folder.

It lists every file with its SHA-256 and carries a digest over its own content. That is against
accidents and hand edits: whoever may write the folder can compute both anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.model.records import PublishError

SITE, PUBLICATION = "build.json", "publication.json"
_FORMATS = {SITE: "geomap-site", PUBLICATION: "geomap-publication"}
#: Before the lists, a mark had these keys, and our files had these names and no others.
_KEYS_BEFORE = {
    SITE: {"version", "edition_date", "inputs", "publish", "counts", "skipped", "warnings"},
    PUBLICATION: {"version", "edition_date"},
}
_ASSET = r"assets/.+\.(?:js|css|svg|png)"
_PAGES = rf"index\.html|one-file\.html|sw\.js|manifest\.webmanifest|data/stations\.geojson|{_ASSET}"
_NAMES_BEFORE = {
    SITE: re.compile(
        rf"public/(?:{_PAGES})|internal/(?:planner\.html|{_ASSET}"
        r"|data/.+\.(?:csv|geojson|parquet))"
    ),
    PUBLICATION: re.compile(_PAGES),
}


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark as read.

    ``files`` maps path → SHA-256; None for a folder of the time before lists, whose files are
    known by their names alone.
    """

    name: str
    content: Mapping[str, Any]
    files: Mapping[str, str] | None

    def owns(self, path: str) -> bool:
        """Whether we wrote ``path`` (relative, with ``/``), by its name."""
        if self.files is None:
            return path == self.name or bool(_NAMES_BEFORE[self.name].fullmatch(path))
        return path == self.name or path in self.files


def seal(name: str, content: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """Return the mark ``name`` of a folder that holds ``files``, as JSON: no clock, sorted."""
    body = {
        **content,
        "format": _FORMATS[name],
        "files": {path: sha256(written) for path, written in files.items() if path != name},
    }
    return _encode(body | {"digest": sha256(_encode(body))})


def read_marker(folder: Path, name: str) -> Marker | None:
    """Return the mark ``name`` of ``folder``; None where none of ours is there.

    Raises
    ------
    PublishError
        The mark is ours, and was edited.
    """
    path = folder / name
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    return parse_marker(raw, name, path)


def parse_marker(raw: bytes, name: str, where: Path) -> Marker | None:
    """Return a mark from its bytes; see :func:`read_marker`."""
    try:
        content = json.loads(raw)
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    if content.get("format") != _FORMATS[name]:
        before = content.keys() >= _KEYS_BEFORE[name] and "files" not in content
        return Marker(name, content, None) if before else None
    digest = content.pop("digest", None)
    if digest != sha256(_encode(content)):
        raise PublishError(
            f"{where}: was edited by hand; put it back, or build again into another folder",
            code="mark-edited", where=where,
        )  # fmt: skip
    return Marker(name, content, content["files"])


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hex."""
    return hashlib.sha256(content).hexdigest()


def _encode(content: dict[str, Any]) -> bytes:
    """Return JSON, a line an entry; the thousands of files by the encoder that does not indent."""
    files = content.get("files") or {}
    bare = content | {"files": 0} if files else content
    text = json.dumps(bare, ensure_ascii=False, indent=1, sort_keys=True)
    lines = json.dumps(files, ensure_ascii=False, separators=(",\n  ", ": "), sort_keys=True)
    if files:
        text = text.replace('\n "files": 0', f'\n "files": {{\n  {lines[1:-1]}\n }}', 1)
    return f"{text}\n".encode()
