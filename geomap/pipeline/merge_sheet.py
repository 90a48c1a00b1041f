"""add SHEET: rows of any sheet go into the ledger; what is there already is recognised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.csv_writing import write_csv
from geomap.folder import Geodata
from geomap.ground import Ground
from geomap.ledger import read_ledger
from geomap.records import InputError, Skip
from geomap.same_place import SamePlaces, place_of
from geomap.sheets import Row, read_sheet
from geomap.store.atomic import write_bytes
from geomap.tables import LEDGER


@dataclass(frozen=True, slots=True)
class Merged:
    """How many rows of the sheets were new, changed a ledger row, or were known already.

    ``doubts`` are about rows that were taken: a day nobody can read, merged cells.
    ``kept`` is where the ledger of before was put, byte for byte; None where there was none.
    """

    new: int
    changed: int
    known: int
    skips: tuple[Skip, ...]
    doubts: tuple[Skip, ...] = ()
    kept: Path | None = None


def merge_sheets(paths: Sequence[Path], geodata: Geodata) -> Merged:
    """Write the usable rows of the sheets into stations.csv, as written, and count them.

    A row with the station_id of a ledger row, or of the same place, fills and updates that row
    with what it says; empty cells change nothing. Rows that cannot be used are skipped and named.

    Raises
    ------
    InputError
        A sheet cannot be read, or two ledger rows fit one row of a sheet.
    """
    ground = Ground(geodata)
    path = geodata.root / "stations.csv"
    if geodata.file("stations.csv").suffix == ".xlsx":
        raise InputError(
            f"{geodata.root}: the ledger is stations.xlsx; save it as stations.csv",
            code="ledger-is-workbook", where=geodata.root / "stations.xlsx",
        )  # fmt: skip
    ledger = _Ledger(_written(path, ground))
    others = dict.fromkeys(name for row in ledger.rows for name in row if name not in LEDGER.names)
    counts = {"new": 0, "changed": 0, "known": 0}
    skips: list[Skip] = []
    doubts: list[Skip] = []
    for sheet in paths:
        cleaned = read_ledger(sheet, ground.vocabulary, required=("name",))
        usable = set(cleaned.rows.row)
        skips += cleaned.skips
        doubts += cleaned.warnings
        for row in read_sheet(sheet, ground.vocabulary.headings).rows:
            if row.number in usable:
                counts[ledger.merge(row)] += 1
    kept = _keep(path) if counts["new"] or counts["changed"] else None
    if kept or not path.exists():
        # A clerk's own columns stay, behind ours.
        write_csv(path, [*LEDGER.names, *others], ledger.rows)
    return Merged(**counts, skips=tuple(skips), doubts=tuple(doubts), kept=kept)


def _keep(path: Path) -> Path | None:
    """Copy the ledger of before beside it, so that nothing a clerk wrote can be lost."""
    if not path.exists():
        return None
    kept = path.with_name(path.name + ".bak")
    write_bytes(kept, path.read_bytes())
    return kept


def _written(path: Path, ground: Ground) -> list[Mapping[str, str]]:
    if not path.exists():
        return []
    sheet = read_sheet(path, ground.vocabulary.headings)
    return [
        {name: row.text(name) for name in LEDGER.names} | dict(row.others) for row in sheet.rows
    ]


class _Ledger:
    """The rows of the ledger as they grow, found by id and by place."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.rows: list[dict[str, str]] = []
        self._by_id: dict[str, int] = {}
        self._places = SamePlaces()
        for row in rows:
            self._append(dict(row))

    def merge(self, row: Row) -> str:
        """Put a row of a sheet in; return whether it is new, changed one or was known."""
        cells = {name: row.text(name) for name in LEDGER.names}
        number = self._number_of(cells)
        if number is None:
            self._append(cells)
            return "new"
        mate = self.rows[number]
        changes = {name: text for name, text in cells.items() if text and mate[name] != text}
        mate.update(changes)
        if changes:
            self._places.replace(number, place_of(mate))
        return "changed" if changes else "known"

    def _number_of(self, cells: Mapping[str, str]) -> int | None:
        if cells["station_id"]:
            return self._by_id.get(cells["station_id"])
        return self._places.only(place_of(cells))

    def _append(self, cells: dict[str, str]) -> None:
        self._by_id.setdefault(cells["station_id"], len(self.rows))
        self._places.add(len(self.rows), place_of(cells))
        self.rows.append(cells)
