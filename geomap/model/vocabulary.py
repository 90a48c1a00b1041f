"""The words people write in a ledger, from words.toml: headings, kinds, access, facilities …"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.files.toml_file import NO_PATTERN, NO_SHAPE, read_toml, refuse_shape
from geomap.model.records import Finding, SettingsError
from geomap.model.tables import ACCESSES, FACILITIES, KINDS, LEDGER, STATUSES

#: What a heading of a sheet may mean besides a column of the ledger.
SHEET_TERMS = (
    "serial", "coordinate", "division", "opens", "closes", "days", "is_public", "is_operating",
    "is_closed", "change", "change_on", "until", "new_name", "old_name", "new_address",
    "old_address", "new_hours", "old_hours", "before", "after", "all_day", "weekend_open",
    "holiday_open",
)  # fmt: skip
#: What in front of a word denies it: 不对社会开放, 非会员.
_NEGATED = re.compile(r"(?:[不非无未勿][^,，、;；。]{0,2}|谢绝|禁止|除)$")
#: What parts facilities, what stands around one (how many, that it is free), what denies it.
_MARKS = re.compile(r"[;；,，、|｜┋/／+＋&·•\n。\[\]【】]")
#: A mark and the word that it stands before: ☑ 热水.
_TICKS = re.compile(r"([☑☒☐□■✓✔√✗✘×])\s+")
_AROUND = re.compile(
    r"^(?:免费|提供|配有|配备|设有|有)|[\d一二两三四五六七八九十]+[台个把张组套间]$|[(（].*[)）]$|等$"
)
_LACKS = re.compile(
    r"^(?:暂?无(?!线)|没|缺|不|未|拟|计划|待|需|[☐□☒✗✘×])|(?<!\d)0[台个把张组套间]$|坏|故障|损|停用|维修中|待修|暂停"
)
_LONGEST_FACILITY = 10
CHANGES = ("moved", "renamed", "suspended", "closed", "reopened", "hours")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words people write → our terms: headings → columns, kinds, statuses, access, facilities.

    ``sheet_headings`` are those that ``add`` splits or joins into columns; ``changes`` find what a
    row says has changed, ``access_said`` and ``facilities_said`` what is said in more words.
    """

    headings: Mapping[str, str]
    sheet_headings: Mapping[str, str]
    changes: Mapping[str, re.Pattern[str]]
    access_said: Mapping[str, re.Pattern[str]]
    facilities_said: Mapping[str, re.Pattern[str]]
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
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a doubtful pattern is a wrong one
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
        _patterns("changes", written.get("changes", {}), CHANGES, faults),
        _patterns("access_said", written.get("access_said", {}), ACCESSES, faults),
        _patterns("facilities", written["facilities"], FACILITIES, faults),
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


def _patterns(
    section: str, written: Mapping[str, Any], allowed: Iterable[str], faults: list[str]
) -> dict[str, re.Pattern[str]]:
    compiled = {}
    for term, entry in written.items():
        if term not in allowed:
            faults.append(f"[{section}] {term} is no term of ours")
        try:
            said = entry["pattern"] if "pattern" in entry else "|".join(entry.get("patterns", ()))
            compiled[term] = re.compile(said or "(?!)")
        except NO_PATTERN as error:
            faults.append(f"[{section}.{term}] pattern: {error}")
    return compiled


def say_access(text: str, said: Mapping[str, re.Pattern[str]]) -> str:
    """Return who may enter, in a longer text's words; empty where it says none or contradicts."""
    found = {
        term
        for term, pattern in said.items()
        if any(not _NEGATED.search(text[: hit.start()]) for hit in pattern.finditer(text))
    }
    wide = next((term for term in ("public", "outdoor_workers") if term in found), "")
    return wide or (found.pop() if len(found) == 1 else "")


def split_facilities(text: str, words: Vocabulary) -> list[tuple[str, str]]:
    """Return each word of a list of facilities and its key; an empty key where nobody knows it.

    Blanks part words too, where that lets more of them be known.
    """
    found: list[tuple[str, str]] = []
    if "☒" in text and re.search("[☐□]", text):
        text = text.replace("☒", "☑")  # so Word ticks a box
    for part in filter(None, (part.strip() for part in _MARKS.split(_TICKS.sub(r" \1", text)))):
        key = _facility(part, words)
        known = [(piece, _facility(piece, words)) for piece in ([] if key else part.split())]
        found += known if len(known) > 1 and any(one for _, one in known) else [(part, key)]
    return found


def _facility(word: str, words: Vocabulary) -> str:
    """Return the key of a word: as written, else the one key whose pattern it holds."""
    if _LACKS.search(word):
        return ""
    for form in (word, _AROUND.sub("", word)):
        key = words.facilities.get(form, words.facilities.get(form.lower(), ""))
        if key:
            return key
    said = words.facilities_said.items()
    keys = [key for key, pattern in said if pattern.search(word.lower())]
    return keys[0] if len(keys) == 1 and len(word) <= _LONGEST_FACILITY else ""
