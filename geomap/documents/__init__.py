"""Documents: files to records, people masked, stories apart; bad files to clear skips."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from geomap.documents.readers import read_text
from geomap.documents.stories import find_date, split_stories
from geomap.files.foreign import list_files
from geomap.model.records import Document, InputError, Skip
from geomap.privacy import mask_people

__all__ = ["parse_document", "printable", "read_document", "read_documents"]

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_]+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
#: A day, or only its month or year, as front matter gives it: what is not known stays out.
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?")


def read_documents(where: Path | Iterable[Path]) -> tuple[list[Document], list[Skip]]:
    """Every document of a folder, or of the paths given, sorted by name; and what was skipped."""
    documents, skips = [], []
    for path in list_files([where] if isinstance(where, Path) else where):
        outcome = read_document(path)
        if isinstance(outcome, Document):
            documents.append(outcome)
        else:
            skips.append(outcome)
    return documents, skips


def read_document(path: Path) -> Document | Skip:
    """One file as a document, people masked; a Skip that says why where there is none."""
    name = printable(path.name)
    if name != path.name:
        reason = "the file's name is not in UTF-8; rename the file"
        return Skip("read", name, "name-unreadable", reason)
    try:
        text = read_text(path)
    except InputError as error:
        return Skip("read", name, error.code, str(error))
    return parse_document(path.name, text, markdown=path.suffix.lower() == ".md")


def printable(name: str) -> str:
    """A file's name as any table and terminal can hold it: bytes that are no UTF-8 as numbers."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def parse_document(name: str, text: str, *, markdown: bool = False) -> Document:
    """A document of a text already decoded.

    ``Document.text`` has the length of ``text``: offsets of evidence are those of the file. A
    Markdown file may open with front matter: ``title``, ``source``, ``date`` and ``file``.
    """
    masked = mask_people(text)
    fields: dict[str, str] = {}
    start = 0
    front = _FRONT.match(masked) if markdown else None
    if front:
        fields = {key.lower(): value.strip("'\"") for key, value in _FIELD.findall(front[1])}
        start = front.end()
    date = _iso(fields.get("date", "")) or find_date(masked[start:])
    title = fields.get("title", "")
    stories = split_stories(masked, start, title, date)
    return Document(
        id=name,
        title=title or (stories[0].title if stories else ""),
        date=date,
        source=fields.get("source", ""),
        stories=stories,
        text=masked,
    )


def _iso(text: str) -> str:
    found = _DAY.match(text)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else ""
