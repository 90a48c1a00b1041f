"""Whether two rows are one station: asked once, the answer kept for ever.

``same_place.csv`` has a line for each pair that is alike. Whoever knows writes into ``answer``
that they are the same, or not; the pair is never asked about again. What is the same goes into
``aliases.csv``, so that the build draws one station and links to the other live on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geomap.model.tables import ALIASES, SAME_PLACE
from geomap.sheets.csv_writing import write_csv
from geomap.sheets.table_file import read_table
from geomap.stations.duplicates import DuplicatePair

_SAME = frozenset(("same", "yes", "y", "1", "同", "相同", "同一个", "是", "是同一个"))
_APART = frozenset(("different", "no", "n", "0", "不同", "不是", "否", "两个", "不是同一个"))

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """The lines of same_place.csv; what they and aliases.csv say."""

    lines: tuple[Row, ...]
    aliases: Mapping[str, str]

    @property
    def answered(self) -> frozenset[frozenset[str]]:
        """The pairs of ids that need not be asked about again."""
        told = (line for line in self.lines if _read(line) is not None)
        pairs = {frozenset((line["station_id"], line["other_id"])) for line in told}
        return frozenset(pairs | {frozenset(pair) for pair in self.aliases.items()})

    @property
    def same(self) -> dict[str, str]:
        """Old id → the id that stands for both."""
        told = (line for line in self.lines if _read(line))
        return {line["station_id"]: line["other_id"] for line in told} | dict(self.aliases)


def read_answers(folder: Path) -> Answers:
    """Return what a folder's people have answered; nothing where they were not asked.

    Raises
    ------
    InputError
        A file cannot be read, or lacks a column.
    """
    lines = read_table(folder / "same_place.csv", SAME_PLACE).to_dict("records")
    aliases = read_table(folder / "aliases.csv", ALIASES)
    written = tuple({str(key): str(value) for key, value in line.items()} for line in lines)
    return Answers(written, dict(zip(aliases.old_id, aliases.new_id, strict=True)))


def open_lines(answers: Answers) -> tuple[Row, ...]:
    """Return the lines that nobody has answered."""
    return tuple(line for line in answers.lines if _read(line) is None)


def answer_pair(answers: Answers, ids: frozenset[str], *, same: bool) -> Answers:
    """Return the answers with one more: the line that asks about two ids, filled in."""
    lines = tuple(
        line | {"answer": "same" if same else "different"}
        if frozenset((line["station_id"], line["other_id"])) == ids
        else line
        for line in answers.lines
    )
    return Answers(lines, answers.aliases)


def ask(answers: Answers, alike: Iterable[DuplicatePair]) -> Answers:
    """Return the answers with a line for every pair that has none yet; open ones stay."""
    known = {frozenset((line["station_id"], line["other_id"])) for line in answers.lines}
    new = {pair.ids: _line(pair) for pair in alike if pair.ids not in known and len(pair.ids) == 2}
    return Answers((*answers.lines, *new.values()), answers.aliases)


def write_answers(folder: Path, answers: Answers) -> None:
    """Write same_place.csv, and into aliases.csv what was answered to be the same.

    A file that would say what it says already is left alone.
    """
    before = read_answers(folder)
    if before.lines != answers.lines:
        write_csv(folder / "same_place.csv", SAME_PLACE.names, answers.lines)
    if dict(before.aliases) != answers.same:
        rows = [{"old_id": old, "new_id": new} for old, new in answers.same.items()]
        write_csv(folder / "aliases.csv", ALIASES.names, rows)


def _line(pair: DuplicatePair) -> Row:
    """Return the question; a person's row is the one that stays."""
    by_machine = pair.other.where.startswith("found.csv:")
    gone, stays = (pair.other, pair.one) if by_machine else (pair.one, pair.other)
    line = {"answer": "", "why": "; ".join(pair.why)}
    for prefix, each in (("", gone), ("other_", stays)):
        line[f"{prefix}name"] = each.row["name"]
        line[f"{prefix}source"] = " ".join(filter(None, (each.where, each.source)))
    return line | {"station_id": gone.station_id, "other_id": stays.station_id}


def _read(line: Mapping[str, str]) -> bool | None:
    """Return what an answer says; None where it says nothing that can be read."""
    word = line["answer"].strip().lower()
    return True if word in _SAME else False if word in _APART else None
