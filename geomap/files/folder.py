"""The geodata folder: which file serves which purpose, and what is inherited.

Reference files a folder lacks come from the shipped geodata/; content never does: a folder with
only a stations.csv is a map of that ledger alone.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from geomap.files.foreign import list_files
from geomap.files.shipped import find_shipped
from geomap.model.records import InputError

SHIPPED = find_shipped("geodata")
REFERENCE = (
    "districts.parquet", "outlines.parquet", "provinces.parquet", "gazetteer.parquet",
    "words.toml", "map.toml", "zones.csv", "former.csv", "population.csv", "sensitive.txt",
    "places.csv",
)  # fmt: skip
CONTENT = (
    "stations.csv", "found.csv", "services.csv", "claims.csv", "aliases.csv", "reports.csv",
    "answers.csv", "same_place.csv", "plan.json",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Geodata:
    """One geodata folder."""

    root: Path

    def file(self, name: str) -> Path:
        """Return where ``name`` is read from; the path may not exist.

        A reference file falls back to the shipped one; a ledger may also be ``stations.xlsx``.
        """
        own = self.root / name
        if not own.exists() and name in REFERENCE:
            return SHIPPED / name
        if not own.exists() and name == "stations.csv" and own.with_suffix(".xlsx").exists():
            return own.with_suffix(".xlsx")
        return own

    @property
    def documents(self) -> Path:
        """The folder of documents."""
        return self.root / "documents"

    def document_files(self) -> list[Path]:
        """Return the documents, sorted by name; hidden and temporary files are left out."""
        return list_files([self.documents]) if self.documents.is_dir() else []

    def photo_files(self) -> list[Path]:
        """Return the pictures of stations, sorted by name; hidden files are left out."""
        photos = self.root / "photos"
        return list_files([photos]) if photos.is_dir() else []


def open_geodata(root: Path) -> Geodata:
    """Return the folder.

    Raises
    ------
    InputError
        There is no such folder, or it holds nothing a map could be made of.
    """
    if not root.is_dir():
        raise InputError(
            f"{root}: no such folder; give --geodata a folder with a stations.csv",
            code="folder-missing", where=root,
        )  # fmt: skip
    geodata = Geodata(root)
    content = any(geodata.file(name).exists() for name in ("stations.csv", "found.csv"))
    if not content and not geodata.documents.is_dir():
        raise InputError(
            f"{root}: no stations.csv, found.csv or documents/; add one of them",
            code="folder-without-tables", where=root,
        )  # fmt: skip
    return geodata


def cache_folder() -> Path:
    """Return where parsed roads and answers are kept; it may be deleted at any time."""
    return Path(os.environ.get("XDG_CACHE_HOME") or home_folder() / ".cache") / "geomap"


def home_folder() -> Path:
    """Return the user's home; where there is none, as in containers, that of temporary files."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(tempfile.gettempdir())
