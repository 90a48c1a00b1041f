"""--demand and --candidates: points with a weight, in any datum."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geomap.model.records import InputError, Skip
from geomap.model.tables import DEMAND, Table
from geomap.places.datum import known_datum, to_wgs84
from geomap.sheets.cells import read_number
from geomap.sheets.table_file import check_table


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """Rows of such a file: ``id lon lat weight`` (WGS-84) and what else it has; rows left out.

    ``rows`` is None where no file was named.
    """

    rows: pd.DataFrame | None = None
    skips: tuple[Skip, ...] = ()


def read_demand_file(path: Path | None, table: Table = DEMAND) -> Weighted:
    """Return the points of a CSV or workbook with the columns of ``table``.

    Raises
    ------
    InputError
        There is no such file, it lacks a column, or no row of it can be used.
    """
    if path is None:
        return Weighted()
    if not path.exists():
        raise InputError(f"{path}: no such file", code="file-missing", where=path)
    checked = check_table(path, table)
    rows = checked.rows
    known = {word: known_datum(word) for word in set(rows["datum"])}
    numbers = {
        column.name: rows[column.name].map(read_number).astype("float64")
        for column in table.columns
        if column.type == "number"
    }
    weight = numbers["weight"].fillna(1.0)
    on_earth = numbers["lon"].between(-180, 180) & numbers["lat"].between(-90, 90)
    good = on_earth & rows["datum"].map(known).notna() & (weight >= 0)
    skips = [
        Skip(table.name, f"{path.name}:{row}", "point-row", "place, datum or weight cannot be used")
        for row in rows.index[~good]
    ]
    if not good.any():
        raise InputError(f"{path}: no usable point", code="points-missing", where=path)
    placed = pd.DataFrame(numbers).assign(weight=weight, id=_names(rows["id"]))[good]
    placed["lon"], placed["lat"] = to_wgs84(placed.lon, placed.lat, rows["datum"][good].map(known))
    lost = (*checked.skips, *checked.warnings, *skips)
    return Weighted(placed.reset_index(drop=True), lost)


def _names(written: pd.Series) -> pd.Series:
    """Return the rows' names; a row without one is called by its number in the sheet."""
    return written.where(written != "", written.index.astype(str))
