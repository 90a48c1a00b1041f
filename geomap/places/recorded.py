"""What geocoders answered, as kept in answers.csv; and what is asked of them for a row.

A table sorted by provider and query, one row a place of an answer. While somebody is asking, fresh
answers stand in a journal beside it, one line each, so that a killed run loses none it paid for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from geomap.model.records import Skip
from geomap.model.tables import ANSWERS
from geomap.sheets.table_file import check_table

#: The journal of a run that has not ended, beside answers.csv.
JOURNAL = ".answers.jsonl"
#: The longest address that every provider takes (characters).
LONGEST_QUERY = 84
#: An address that begins with a province or city of its own.
_WHOLE = re.compile(r".{2,8}?(?:省|市|自治区).{2}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place of an answer: WGS-84 degrees, and how sure its provider is of it."""

    lon: float
    lat: float
    precision: str
    uncertainty_m: float
    matched: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Candidates by provider and query; none: the provider knows no such place."""

    known: dict[tuple[str, str], tuple[Candidate, ...]] = field(default_factory=dict)
    skips: tuple[Skip, ...] = ()

    def to(self, query: str, providers: Iterable[str]) -> Iterator[tuple[str, Candidate]]:
        """Every candidate that the providers gave for a query, the best ranked first."""
        for provider in providers:
            for candidate in self.known.get((provider, query), ()):
                yield provider, candidate

    @property
    def providers(self) -> tuple[str, ...]:
        """Whoever answered, sorted."""
        return tuple(sorted({provider for provider, _ in self.known}))


def read_answers(path: Path) -> Answers:
    """The answers kept in ``path`` and its journal; none where there is no file.

    Raises
    ------
    InputError
        The file is no table, or lacks a required column.
    """
    checked = check_table(path, ANSWERS)
    found: dict[tuple[str, str], list[tuple[int, Candidate]]] = {}
    for row in checked.rows.to_dict("records"):
        listed = found.setdefault((row["provider"], row["query"]), [])
        if int(row["rank"]) and row["lon"] and row["lat"] and row["precision"]:
            listed.append((int(row["rank"]), _candidate(row)))
    known = {
        key: tuple(each for _, each in sorted(listed, key=lambda pair: pair[0]))
        for key, listed in found.items()
    }
    known.update(read_journal(path.with_name(JOURNAL)))
    return Answers(known, (*checked.skips, *checked.warnings))


def read_journal(path: Path) -> Iterator[tuple[tuple[str, str], tuple[Candidate, ...]]]:
    """The answers of a run that did not end; a line that a kill cut short is left out."""
    if not path.exists():
        return
    for line in path.read_bytes().split(b"\n"):
        try:
            one = json.loads(line)
            key = (str(one["provider"]), str(one["query"]))
            yield key, tuple(Candidate(**place) for place in one["places"])
        except (ValueError, KeyError, TypeError):
            continue


def journal_line(provider: str, query: str, places: Sequence[Candidate]) -> bytes:
    """One answer as a line of the journal."""
    one = {"provider": provider, "query": query, "places": [asdict(each) for each in places]}
    return json.dumps(one).encode("ascii") + b"\n"


def answer_rows(answers: Answers) -> Iterator[dict[str, object]]:
    """The rows of answers.csv, sorted."""
    for (provider, query), places in sorted(answers.known.items()):
        asked = {"provider": provider, "query": query}
        if not places:
            yield asked | {"rank": 0}
        for rank, place in enumerate(places, start=1):
            yield asked | {"rank": rank} | asdict(place)


def _candidate(row: Mapping[Any, Any]) -> Candidate:
    return Candidate(
        float(row["lon"]), float(row["lat"]), str(row["precision"]),
        float(row["uncertainty_m"] or "inf"), str(row["matched"]),
    )  # fmt: skip


def queries(texts: Mapping[str, str]) -> list[str]:
    """What is asked for a row, the fullest first: its address and name, one of them, its quarter.

    Each begins with the stated divisions that the words themselves leave out. A row that states
    nothing finer than a district is not asked for: its district is known offline.
    """
    area = [texts.get(part, "") for part in ("province", "city", "district")]
    town, quarter = texts.get("township", ""), texts.get("community", "")
    address, name = _tail(texts.get("address", ""), area), texts.get("name", "")
    asked = [
        (*area, town, address, name) if address else (),
        (*area, address) if address else (),
        (*area, town, name) if name else (),
        (*area, town, quarter) if quarter else (),
    ]
    return list(dict.fromkeys(_join(parts) for parts in asked if parts))


def _tail(address: str, area: Sequence[str]) -> str:
    """An address without the divisions in front that the row's own columns state."""
    for part in filter(None, area):
        address = address.removeprefix(part)
    return address


def _join(parts: Sequence[str]) -> str:
    """One line: a part that another holds is said once; an address with its own city is whole."""
    kept = [part for part in dict.fromkeys(parts) if part]
    whole = next((n for n, part in enumerate(kept) if _WHOLE.match(part)), 0)
    kept = kept[whole:] if whole and kept[whole] not in parts[:3] else kept
    kept = [part for n, part in enumerate(kept) if not any(part in one for one in kept[n + 1 :])]
    return "".join(kept).replace(" ", "")[:LONGEST_QUERY]
