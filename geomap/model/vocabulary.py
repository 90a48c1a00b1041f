"""The words people write in a ledger, from words.toml: headings, kinds, access, facilities …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.files.toml_file import NO_SHAPE, read_toml, refuse_shape
from geomap.model.records import Finding, SettingsError
from geomap.model.tables import ACCESSES, FACILITIES, KINDS, LEDGER, STATUSES

#: What a heading of a sheet may mean besides a column of the ledger.
SHEET_TERMS = (
    "serial", "coordinate", "division", "opens", "closes", "days", "is_public", "is_operating",
    "is_closed", "change", "change_on", "until", "new_name", "old_name", "new_address",
    "old_address", "new_hours", "old_hours",
)  # fmt: skip
CHANGES = ("moved", "renamed", "suspended", "closed", "reopened", "hours")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words people write → our terms: headings → columns, kinds, statuses, access, facilities.

    ``sheet_headings`` are those that ``add`` splits or joins into columns; ``changes`` find what a
    row says has changed.
    """

    headings: Mapping[str, str]
    sheet_headings: Mapping[str, str]
    changes: Mapping[str, re.Pattern[str]]
    kinds: Mapping[str, str]
    statuses: Mapping[str, str]
    access: Mapping[str, str]
    facilities: Mapping[str, str]


def read_vocabulary(path: Path) -> Vocabulary:
    """Return the words of ``path``.

    Raises
    ------
    SettingsError
        The file is no TOML, names an unknown term, or gives one word two meanings.
    """
    written = read_toml(path)
    faults: list[str] = []
    try:
        vocabulary = _compile(written, faults)
    except NO_SHAPE as error:
        raise refuse_shape(path, error) from error
    if faults:
        findings = tuple(Finding(path.name, 0, "", "word-unfit", fault) for fault in faults)
        raise SettingsError(f"{path.name}: " + "; ".join(faults), findings=findings)
    return vocabulary


def _compile(written: Mapping[str, Any], faults: list[str]) -> Vocabulary:
    facilities = {key: entry.get("words", ()) for key, entry in written["facilities"].items()}
    headings = _by_word("headings", written.get("headings", {}), LEDGER.names, faults)
    sheet_headings = _by_word(
        "sheet_headings", written.get("sheet_headings", {}), SHEET_TERMS, faults
    )
    faults += [
        f"[sheet_headings] {word!r} is in [headings] too"
        for word in sorted(headings.keys() & sheet_headings.keys())
    ]
    return Vocabulary(
        headings,
        sheet_headings,
        _patterns(written.get("changes", {}), faults),
        _by_word("kinds", written.get("kinds", {}), KINDS, faults),
        _by_word("statuses", written.get("statuses", {}), STATUSES, faults),
        _by_word("access", written.get("access", {}), ACCESSES, faults),
        _by_word("facilities", facilities, FACILITIES, faults),
    )


def _by_word(
    section: str, terms: Mapping[str, Iterable[str]], allowed: Iterable[str], faults: list[str]
) -> dict[str, str]:
    known = tuple(allowed)
    meanings = {term: term for term in known}
    for term, words in terms.items():
        if term not in known:
            faults.append(f"[{section}] {term} is no term of ours")
        for word in words:
            if meanings.setdefault(word, term) != term:
                faults.append(f"[{section}] {word!r} means both {meanings[word]} and {term}")
    return meanings


def _patterns(written: Mapping[str, Any], faults: list[str]) -> dict[str, re.Pattern[str]]:
    compiled = {}
    for change, entry in written.items():
        if change not in CHANGES:
            faults.append(f"[changes] {change} is no change of ours")
        try:
            compiled[change] = re.compile(entry["pattern"])
        except re.error as error:
            faults.append(f"[changes.{change}] pattern: {error}")
    return compiled
