"""add SHEET: rows of any sheet go into the ledger; what is there already is recognised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.csv_writing import write_csv
from geomap.folder import Geodata
from geomap.ground import Ground
from geomap.ledger import read_ledger
from geomap.names import is_same_place
from geomap.records import InputError, Skip
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


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    province: str
    city: str
    district: str
    township: str


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
    ledger = [dict(row) for row in _written(path, ground)]
    others = dict.fromkeys(name for row in ledger for name in row if name not in LEDGER.names)
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
                counts[_merge(row, ledger)] += 1
    kept = _keep(path) if counts["new"] or counts["changed"] else None
    if kept or not path.exists():
        # A clerk's own columns stay, behind ours.
        write_csv(path, [*LEDGER.names, *others], ledger)
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


def _merge(row: Row, ledger: list[dict[str, str]]) -> str:
    cells = {name: row.text(name) for name in LEDGER.names}
    mate = _mate(cells, ledger)
    if mate is None:
        ledger.append(cells)
        return "new"
    changes = {name: text for name, text in cells.items() if text and mate[name] != text}
    mate.update(changes)
    return "changed" if changes else "known"


def _mate(cells: Mapping[str, str], ledger: list[dict[str, str]]) -> dict[str, str] | None:
    if cells["station_id"]:
        return next((row for row in ledger if row["station_id"] == cells["station_id"]), None)
    place = _place(cells)
    mates = [row for row in ledger if is_same_place(place, _place(row))]
    return mates[0] if len(mates) == 1 else None


def _place(cells: Mapping[str, str]) -> _Place:
    return _Place(*(cells[key] for key in ("name", "province", "city", "district", "township")))
