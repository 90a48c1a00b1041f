"""How well the finder does against labels: one compact measure for the project's own floors.

Names agree when their normal forms are equal or one holds the other; each label is met once, best
match first. A place right in name and district counts for the second figure.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from geomap.divisions import Divisions
from geomap.documents import read_documents
from geomap.files.foreign import list_files
from geomap.find import Lexicon, find_in_document
from geomap.find.rows import extract_rows
from geomap.stations.names import normalise_name, stem

Row = Mapping[str, Any]
#: Two names this alike (0-1) are one: a column break may have eaten a character.
ALIKE = 0.75
SUFFIXES = (".txt", ".md", ".html")


@dataclass(frozen=True)
class Score:
    """Figures between 0 and 1; ``strays`` are points on documents that have no place."""

    name_f1: float
    district_f1: float
    composed_recall: float
    hours: float
    facilities_f1: float
    counts_f1: float
    strays: int


def read_labels(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def find_rows(folder: Path, divisions: Divisions, words: Lexicon) -> list[Row]:
    paths = [
        path for path in list_files([folder]) if path.suffix in SUFFIXES and path.stem != "README"
    ]
    documents, _ = read_documents([path for path in paths if path.name != "negatives.txt"])
    return [
        row
        for d in documents
        for row in extract_rows(find_in_document(d, divisions, words).mentions)
    ]


def score(labels: Sequence[Row], rows: Sequence[Row]) -> Score:
    gold, found = _by_doc(labels), _by_doc(rows)
    pairs: list[tuple[Row, Row]] = []
    wanted = [label for label in labels if is_place(label)]
    extra = strays = 0
    for doc in sorted(set(gold) | set(found)):
        places = [row for row in found[doc] if row["mappable"]]
        labels_here = [label for label in gold[doc] if is_place(label)]
        matched = match_rows(places, labels_here)
        pairs += matched
        taken = [id(row) for row, _ in matched]
        optional = [label for label in gold[doc] if label["optional"]]
        lone = [row for row in places if id(row) not in taken]
        spurious = [
            row for row in lone if not any(likeness(row, label) >= ALIKE for label in optional)
        ]
        extra += len(spurious)
        strays += len(spurious) if not labels_here else 0
    right = [(row, label) for row, label in pairs if same_district(row, label)]
    composed = [label for label in wanted if label["inferred"]]
    timed = [label for label in wanted if label["opening_hours"]]
    return Score(
        name_f1=_f1(len(pairs), extra, len(wanted) - len(pairs)),
        district_f1=_f1(len(right), extra + len(pairs) - len(right), len(wanted) - len(right)),
        composed_recall=_share(sum(bool(label["inferred"]) for _, label in pairs), len(composed)),
        hours=_share(sum(_same_hours(row, label) for row, label in pairs), len(timed)),
        facilities_f1=_facilities(pairs),
        counts_f1=_counts(labels, rows),
        strays=strays,
    )


def _by_doc(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["doc"]].append(row)
    return grouped


def is_place(label: Row) -> bool:
    return bool(label["mappable"] and not label["optional"])


def match_rows(rows: Sequence[Row], labels: Sequence[Row]) -> list[tuple[Row, Row]]:
    ranked = sorted(
        (
            (likeness(row, label), i, j)
            for i, row in enumerate(rows)
            for j, label in enumerate(labels)
        ),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    used: set[tuple[str, int]] = set()
    pairs = []
    for alike, i, j in ranked:
        if alike < ALIKE or ("row", i) in used or ("label", j) in used:
            continue
        used |= {("row", i), ("label", j)}
        pairs.append((rows[i], labels[j]))
    return pairs


def likeness(row: Row, label: Row) -> float:
    return max(
        _likeness(row["name"], name, label) for name in (label["name"], *(label["aliases"] or []))
    )


def _likeness(one: str, other: str, label: Row) -> float:
    where = {key: label[key] or "" for key in ("province", "city", "district")}
    a, b = normalise_name(one, **where), normalise_name(other, **where)
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    if len(short) >= 3 and short in long and len(short) * 2.5 >= len(long):
        return 0.8 + 0.1 * len(short) / len(long)
    return SequenceMatcher(None, a, b, autojunk=False).ratio() * 0.99


def same_district(row: Row, label: Row) -> bool:
    return not label["district"] or stem(row["district"] or "") == stem(label["district"])


def _same_hours(row: Row, label: Row) -> bool:
    if not label["opening_hours"]:
        return False
    return _plain_hours(row["opening_hours"] or "") == _plain_hours(label["opening_hours"])


def _plain_hours(hours: str) -> str:
    hours = "".join(hours.split()).replace(";PHoff", "").replace("PHoff", "").removeprefix("Mo-Su")
    return "24/7" if hours == "00:00-24:00" else hours


def _facilities(pairs: Sequence[tuple[Row, Row]]) -> float:
    both = more = fewer = 0
    for row, label in pairs:
        found, wanted = (_charging(side["facilities"]) for side in (row, label))
        both, more, fewer = (
            both + len(found & wanted),
            more + len(found - wanted),
            fewer + len(wanted - found),
        )
    return _f1(both, more, fewer)


def _charging(keys: Iterable[str] | None) -> set[str]:
    return {"ev_charging" if key == "battery_swap" else key for key in keys or ()}


def _counts(labels: Sequence[Row], rows: Sequence[Row]) -> float:
    def numbers(table: Sequence[Row], keep: Callable[[Row], bool]) -> set[tuple[str, int]]:
        return {
            (row["doc"], row["count"])
            for row in table
            if not row["mappable"] and row["count"] and keep(row)
        }

    wanted = numbers(labels, lambda row: not row["optional"])
    free = numbers(labels, lambda row: bool(row["optional"]))
    found = numbers(rows, lambda row: True) - (free - wanted)
    return _f1(len(found & wanted), len(found - wanted), len(wanted - found))


def _f1(right: int, extra: int, missed: int) -> float:
    return 2 * right / (2 * right + extra + missed) if right else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
