"""A person's answer to what a rider reported: it is so since a day, or it is not."""

from __future__ import annotations

from geomap.files.folder import Geodata
from geomap.model.tables import REPORTS
from geomap.sheets.csv_writing import write_csv
from geomap.sheets.table_file import read_table
from geomap.store.lock import lock_tables

_KEY = ("reported_at", "station_id", "claim")


def open_reports(geodata: Geodata) -> list[dict[str, str]]:
    """Return the reports that nobody has answered, oldest first."""
    rows = [row for row in _read(geodata) if not row["confirmed_on"] and not row["note"]]
    return sorted(rows, key=lambda row: tuple(row[name] for name in _KEY))


def answer_report(geodata: Geodata, key: tuple[str, ...], confirmed_on: str, refusal: str) -> bool:
    """Write an answer down; return whether there was such a report without one.

    Parameters
    ----------
    key : ``reported_at``, ``station_id`` and ``claim`` of the report.
    confirmed_on : the day a person confirmed it; empty where it is not so.
    refusal : what the note says then.
    """
    with lock_tables(geodata.root):
        rows = _read(geodata)
        found = [row for row in rows if tuple(row[name] for name in _KEY) == key]
        waiting = [row for row in found if not row["confirmed_on"] and not row["note"]]
        for row in waiting:
            row |= {"confirmed_on": confirmed_on} if confirmed_on else {"note": refusal}
        if waiting:
            write_csv(geodata.root / "reports.csv", REPORTS.names, rows)
    return bool(waiting)


def _read(geodata: Geodata) -> list[dict[str, str]]:
    table = read_table(geodata.file("reports.csv"), REPORTS)
    return [{name: str(row[name]) for name in REPORTS.names} for row in table.to_dict("records")]
