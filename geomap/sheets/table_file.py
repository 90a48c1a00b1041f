"""A plain table (claims.csv, zones.csv …) under its contract in :mod:`geomap.model.tables`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geomap.model.records import Finding, InputError, Skip
from geomap.model.tables import Column, Table
from geomap.sheets.cells import read_day, read_instant, read_number, read_whole
from geomap.sheets.reading import Sheet, read_sheet


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """The usable rows of a table; every cell is readable.

    ``skips`` are rows left out, since a cell they cannot do without says nothing; ``warnings``
    are cells left empty or doubtful. Both name file, row and column. ``findings`` are all of them
    as ``check`` prints them, of a ledger alone.
    """

    rows: pd.DataFrame
    skips: tuple[Skip, ...] = ()
    warnings: tuple[Skip, ...] = ()
    findings: tuple[Finding, ...] = ()


#: Type of a column → how its cells are read (None: unreadable), the code of those that are not,
#: and what is wanted.
_READERS: Mapping[str, tuple[Callable[[str], object], str, str]] = {
    "date": (read_day, "date-unreadable", "no day; write 2026-11-20"),
    "instant": (read_instant, "date-unreadable", "no time; write 2026-11-20 09:30"),
    "integer": (read_whole, "count-unreadable", "no whole number; write digits"),
    "number": (read_number, "number-unreadable", "no number; write digits"),
    "code": (lambda text: re.fullmatch("[0-9]{6}", text), "code-unreadable", "no six-digit code"),
}


def read_table(path: Path, table: Table) -> pd.DataFrame:
    """Return the rows as written, for who writes them again; empty where there is no file.

    Raises
    ------
    InputError
        The file cannot be read whole, or lacks a required column.
    """
    sheet = _read(path, table)
    if sheet.findings:
        raise InputError("\n".join(map(str, sheet.findings)), findings=sheet.findings)
    return _as_rows(sheet, table)


def check_table(path: Path, table: Table) -> Checked:
    """Return the rows that can be used, index = the row a spreadsheet shows.

    What cannot be read is named and left empty.

    Raises
    ------
    InputError
        The file is no table, or lacks a required column.
    """
    sheet = _read(path, table)
    rows = _as_rows(sheet, table)
    lost: dict[int, list[Skip]] = {}
    warnings = [fault.as_skip(table.name) for fault in sheet.findings]
    for column in table.columns:
        for row, written in rows[column.name].items():
            if fault := _fault(column, written, f"{sheet.file}:{row}:{column.name}", table.name):
                rows.loc[row, column.name] = ""
                if column.required:
                    lost.setdefault(int(str(row)), []).append(fault)
                else:
                    warnings.append(fault)
    skips = tuple(skip for row in sorted(lost) for skip in lost[row])
    return Checked(rows.drop(index=list(lost)), skips, tuple(warnings))


def _fault(column: Column, written: str, where: str, stage: str) -> Skip | None:
    """Return what is wrong with one cell."""
    if not written:
        message = f"{column.name} is empty; write it or delete the row"
        return Skip(stage, where, "cell-missing", message) if column.required else None
    if column.values and written not in column.values:
        message = f"{written[:80]!r} is unknown; use one of {', '.join(column.values)}"
        return Skip(stage, where, "value-unknown", message, ", ".join(column.values))
    read, code, wanted = _READERS.get(column.type, (str, "", ""))
    return (
        None
        if read(written) is not None
        else Skip(stage, where, code, f"{written[:80]!r} is {wanted}")
    )


def _read(path: Path, table: Table) -> Sheet:
    if not path.exists():
        return Sheet(path.name, (), (), ())
    sheet = read_sheet(path, {name: name for name in table.names})
    required = (column.name for column in table.columns if column.required)
    missing = [name for name in required if name not in sheet.columns]
    if missing:
        raise InputError(
            f"{path.name}:1: the column {', '.join(missing)} is missing; add it",
            code="column-missing", where=path.name, detail="、".join(missing),
        )  # fmt: skip
    return sheet


def _as_rows(sheet: Sheet, table: Table) -> pd.DataFrame:
    records = [[row.text(name) for name in table.names] for row in sheet.rows]
    numbers = [row.number for row in sheet.rows]
    return pd.DataFrame(records, columns=table.names, index=numbers, dtype=object)
