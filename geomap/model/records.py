"""Records of the text half, and what goes wrong: errors, skips and findings.

Records travel through the text half (documents, stories, mentions, placements); tables
(:mod:`geomap.model.tables`) through the map half. Everything here is immutable.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field


class GeomapError(Exception):
    """What stops a command: one message that says what, where and what to do.

    Attributes
    ----------
    code : short stable word, said in the reader's language by
        :mod:`geomap.commands.messages`; "": the message alone.
    where : the file, folder or cell.
    detail : names, numbers and written words that belong to it, in no language.
    findings : where several faults stop a command, all of them.
    faults : the errors of several files, where they stop a command together.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        where: object = "",
        detail: str = "",
        findings: tuple[Finding, ...] = (),
        faults: tuple[GeomapError, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code, self.where, self.detail = code, str(where), detail
        self.findings, self.faults = findings, faults


#: What a clerk can do about a system's refusal; anything else is ``file-refused``.
_REFUSALS = {
    errno.ENOENT: "file-missing",
    errno.ENOTDIR: "file-missing",
    errno.EISDIR: "file-is-folder",
    errno.EACCES: "file-locked",
    errno.EPERM: "file-locked",
    errno.EBUSY: "file-locked",
    errno.ETXTBSY: "file-locked",
    errno.EROFS: "disk-readonly",
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.ENAMETOOLONG: "name-too-long",
}


def name_refusal(error: OSError) -> str:
    """Return the code of what the system refused: a locked file, a full disk …"""
    return _REFUSALS.get(error.errno or 0, "file-refused")


def is_memory_short(error: Exception) -> bool:
    """Whether memory ran out: libraries in C++ say so in words of their own."""
    # Arrow calls a thread that the system refused an unknown error, and itself raises no other.
    words = ("bad_alloc", "Unknown error", "memory")
    return isinstance(error, MemoryError) or any(word in str(error) for word in words)


class InputError(GeomapError):
    """A file cannot be used; the message lists all of its faults at once."""


class SettingsError(GeomapError):
    """map.toml, words.toml or an option says something we cannot follow."""


class PublishError(GeomapError):
    """The gate is closed, or the site cannot be written."""


@dataclass(frozen=True, slots=True)
class Skip:
    """One row, document or story that was left out, counted and named in the report.

    Attributes
    ----------
    stage : which stage left it out (``read``, ``find``, ``place``, ``districts``, …).
    where : ``file``, or ``file:row:column`` (the row as a spreadsheet shows it).
    code : short stable word (``empty-document``, ``unknown-kind``, …).
    reason : one sentence for a person: what is wrong and what to do.
    detail, cell, heading : as those of :class:`Finding`.
    """

    stage: str
    where: str
    code: str
    reason: str
    detail: str = ""
    cell: str = ""
    heading: str = ""

    def as_finding(self) -> Finding:
        """Return the same for ``check``."""
        file, row, column = (*self.where.rsplit(":", 2), "", "")[:3]
        if not row.isdecimal():
            file, row, column = self.where, "0", ""
        own = (self.detail, self.cell, self.heading)
        return Finding(file, int(row), column, self.code, self.reason, *own)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault that ``check`` prints as ``file:row:column: code: message``.

    ``row`` is the row as a spreadsheet shows it (the header is row 1); 0 is the whole file.
    ``message`` is English; ``detail`` has what is written there, names and numbers, in no
    language: a report in another language says the code in its own words, and the detail.
    ``cell`` is what a spreadsheet calls the cell (Sheet1!G2), ``heading`` its column's own words.
    """

    file: str
    row: int
    column: str
    code: str
    message: str
    detail: str = ""
    cell: str = ""
    heading: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.row}:{self.column}: {self.code}: {self.message}"

    def as_skip(self, stage: str) -> Skip:
        """Return the same for the report of a build."""
        where = f"{self.file}:{self.row}:{self.column}"
        own = (self.detail, self.cell, self.heading)
        return Skip(stage, where, self.code, self.message, *own)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands: the characters ``start`` to ``end`` of the document's decoded text.

    ``date`` is the document's day (ISO 8601) or empty; ``quote`` the sentence as printed, with
    private names and numbers already masked.
    """

    doc: str
    quote: str
    start: int
    end: int
    date: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One story of a document: its headline, its text, and where the text starts in the file."""

    number: int
    title: str
    text: str
    start: int
    date: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: ``id`` is the file's name, ``date`` ISO 8601 or empty."""

    id: str
    title: str
    date: str
    source: str
    stories: tuple[Story, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service with times of its own, which are not the hours of the door."""

    service: str
    times: str
    evidence: Evidence
    valid_from: str = ""
    valid_until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a document says of a whole area: a count or a promise, never a point."""

    doc: str
    kind: str
    claim: str
    evidence: Evidence
    count: int | None = None
    as_of: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    township: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place (or one count, ``mappable`` false) as one story tells it, or several merged.

    Text fields are empty where the text is silent. ``opening_hours`` are the door's, in OSM
    syntax; ``hours_words`` are the words they were read from. ``facts`` maps a column to the
    evidence of that column where it is not in ``evidence[0]``.
    """

    doc: str
    story: int
    name: str
    kind: str
    evidence: tuple[Evidence, ...]
    status: str = "operating"
    access: str = "unknown"
    province: str = ""
    city: str = ""
    district: str = ""
    township: str = ""
    community: str = ""
    address: str = ""
    opening_hours: str = ""
    hours_words: str = ""
    facilities: tuple[str, ...] = ()
    phone: str = ""
    opened_on: str = ""
    closed_on: str = ""
    date: str = ""
    mappable: bool = True
    count: int | None = None
    confidence: float = 0.5
    note: str = ""
    services: tuple[Service, ...] = ()
    facts: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a station is, and how sure that is. WGS-84 degrees; NaN where nobody knows.

    ``uncertainty_m`` holds the true place with 95 % probability. ``matched`` is what the
    provider answered to; ``provider`` is ``person``, ``gazetteer``, ``district`` or a vendor.
    """

    lon: float
    lat: float
    precision: str
    uncertainty_m: float
    provider: str
    matched: str


@dataclass(frozen=True, slots=True)
class Source:
    """One provenance of a published row: a document with a quote, or a person's own words."""

    document: str
    date: str = ""
    quote: str = ""
