"""documents.csv: what became of every document, so that build and check can say it too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from geomap.documents import printable
from geomap.files.folder import Geodata
from geomap.files.foreign import read_file
from geomap.model.records import InputError, Skip
from geomap.model.tables import DOCUMENTS
from geomap.sheets.table_file import read_table


def document_rows(files: Iterable[Path], left_out: Mapping[Path, str]) -> list[dict[str, object]]:
    """Return the rows of documents.csv: each file, its SHA-256, and why it was left out, if so."""
    return [
        {
            "document": printable(path.name),
            "sha256": _digest(path),
            "skipped": left_out.get(path, ""),
        }
        for path in files
    ]


def unread_documents(geodata: Geodata) -> tuple[Skip, ...]:
    """Return the documents that ``add`` has not read, that changed since, or that it left out."""
    listed = read_table(geodata.root / "documents.csv", DOCUMENTS)
    known = {
        name: (digest, skipped)
        for name, digest, skipped in zip(
            listed.document, listed.sha256, listed.skipped, strict=True
        )
    }
    skips = []
    for path in geodata.document_files():
        name = printable(path.name)
        digest, code = known.get(name, (None, ""))
        if digest != _digest(path):
            skips.append(_skip(name, "document-unread", "run add to read it"))
        elif code:
            skips.append(_skip(name, code, "add could not read it; mend it and run add"))
    return tuple(skips)


def _skip(name: str, code: str, reason: str) -> Skip:
    return Skip("documents", f"documents/{name}", code, reason)


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; "" of one that cannot be read."""
    try:
        return hashlib.sha256(read_file(path)).hexdigest()
    except InputError:
        return ""
