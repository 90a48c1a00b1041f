"""The ground a map stands on: settings, divisions, districts, words, people, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geomap.districts import OUTLINE_COLUMNS, read_districts
from geomap.divisions import Divisions, read_divisions
from geomap.folder import Geodata
from geomap.model.labels import Labels, read_labels
from geomap.place import Places, read_places
from geomap.records import InputError
from geomap.settings import Settings, read_settings
from geomap.sheets import Row, read_sheet
from geomap.tables import Table
from geomap.vocabulary import Vocabulary, read_vocabulary


@dataclass(frozen=True)
class Ground:
    """Reference data of one geodata folder; each part is read when first asked for."""

    geodata: Geodata

    @cached_property
    def settings(self) -> Settings:
        """map.toml."""
        return read_settings(self.geodata.file("map.toml"))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """words.toml: what people write in a ledger."""
        return read_vocabulary(self.geodata.file("words.toml"))

    @cached_property
    def labels(self) -> Labels:
        """words.toml: what the pages call things."""
        return read_labels(self.geodata.file("words.toml"))

    @cached_property
    def divisions(self) -> Divisions:
        """Names and codes of all divisions of China."""
        return read_divisions(self.geodata.file("gazetteer.parquet").parent)

    @cached_property
    def districts(self) -> gpd.GeoDataFrame:
        """Polygons of the county-level divisions, EPSG:4326."""
        return read_districts(self.geodata.file("districts.parquet"))

    @cached_property
    def outlines(self) -> gpd.GeoDataFrame | None:
        """The same, simplified for drawing; None where the folder has districts of its own."""
        own = self.geodata.root / "districts.parquet"
        path = self.geodata.file("outlines.parquet")
        is_ours = not own.exists() or path.parent == own.parent
        return read_districts(path, OUTLINE_COLUMNS) if is_ours and path.exists() else None

    def places(self, gazetteer: Path | None = None, datum: str = "") -> Places:
        """Everything that can say where a row is; a user's gazetteer is trusted first."""
        return read_places(
            self.divisions,
            self.districts,
            gazetteer=self.geodata.file("gazetteer.parquet"),
            ledger=self.geodata.file("places.csv"),
            zones=self.geodata.file("zones.csv"),
            extra=gazetteer,
            extra_datum=datum or None,
        )

    @cached_property
    def population(self) -> pd.Series:
        """People by district code, from population.csv."""
        path = self.geodata.file("population.csv")
        rows = read_rows(path, ("district_code", "population")) if path.exists() else ()
        return pd.Series(dict(_person_count(path.name, row) for row in rows), dtype="float64")

    @cached_property
    def sensitive(self) -> tuple[str, ...]:
        """Words that never become a point or a ring on a public page."""
        lines = self.geodata.file("sensitive.txt").read_text(encoding="utf-8-sig").splitlines()
        words = (line.partition("#")[0].strip() for line in lines)
        return tuple(sorted({word for word in words if word}))


def read_rows(path: Path, required: tuple[str, ...], table: Table | None = None) -> tuple[Row, ...]:
    """Return the rows of a plain table whose headings are its column names.

    Raises
    ------
    InputError
        The file cannot be read or lacks a required column.
    """
    columns = table.names if table else required
    sheet = read_sheet(path, {column: column for column in columns})
    missing = [column for column in required if column not in sheet.columns]
    if missing:
        raise InputError(
            f"{path.name}:1: the column {', '.join(missing)} is missing; add it",
            code="column-missing", where=path.name, detail="、".join(missing),
        )  # fmt: skip
    if sheet.findings:
        raise InputError("\n".join(map(str, sheet.findings)), findings=sheet.findings)
    return sheet.rows


def _person_count(file: str, row: Row) -> tuple[str, float]:
    code, written = row.text("district_code"), row.text("population").replace(",", "")
    if not (len(code) == 6 and code.isdigit()) or not written.isdigit():
        raise InputError(
            f"{file}:{row.number}: needs a six-digit district_code and a whole population, "
            f"not {code[:20]!r}, {written[:20]!r}"
        )
    return code, float(written)


def read_table(path: Path, table: Table) -> pd.DataFrame:
    """Return a content table (services.csv, claims.csv) as text; empty where there is no file."""
    required = tuple(column.name for column in table.columns if column.required)
    rows = read_rows(path, required, table) if path.exists() else ()
    records = [{name: row.text(name) for name in table.names} for row in rows]
    return pd.DataFrame(records, columns=table.names, dtype=object)
