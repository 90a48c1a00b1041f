"""Named places that a sheet's points can be compared with: the ledger's, and the gazetteers'."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.arriving import Arriving
from geomap.arriving.cells import NO_DATUM_M
from geomap.pipeline.locate import resolve_rows
from geomap.pipeline.reference import Reference
from geomap.places import place_stations
from geomap.places.datum import NAMES, Datum, Floats, convert, parse_datum
from geomap.places.datum_detective import Anchors, Verdict, find_datum_of
from geomap.places.districts import assign_districts
from geomap.sheets.cells import read_number
from geomap.sheets.reading import Row
from geomap.stations.ledger import clean_sheet
from geomap.stations.ledger_file import read_rows
from geomap.stations.same_place import PlaceIndex, place_of

#: A place known worse than this says nothing of a shift of 500 m.
_SHARP_M = 40_000.0
#: What a person entered counts as sure to so many metres.
_ENTERED_M = 30.0


def unstated(rows: Iterable[Row]) -> list[Row]:
    """Return the rows of an arriving sheet whose coordinate nobody says the datum of."""
    return [
        row
        for row in rows
        if row.text("lon") and not row.text("datum") and row.text("uncertainty_m") == NO_DATUM_M
    ]


def guess_datum(arriving: Arriving, reference: Reference) -> Arriving:
    """Return a worksheet with the datum that its named places prove, where it states none."""
    asked, sheet = unstated(arriving.sheet.rows), arriving.sheet
    if not asked:
        return arriving
    alone = replace(sheet, rows=tuple(asked), findings=(), merged=())
    verdict = judge_datum(clean_sheet(alone, reference.vocabulary).rows, reference)
    if verdict.datum is None:
        return arriving
    settled = {"datum": verdict.datum.value, "uncertainty_m": ""}
    numbers = {row.number for row in asked}
    rows = tuple(
        replace(row, cells={**row.cells, **settled}) if row.number in numbers else row
        for row in sheet.rows
    )
    message = f"no datum is stated; beside named places they look like {NAMES[verdict.datum]}"
    detail = f"{NAMES[verdict.datum]} × {len(asked)}"
    findings = tuple(
        replace(each, code="datum-guessed", message=message, detail=detail)
        if each.code == "datum-missing"
        else each
        for each in sheet.findings
    )
    return replace(arriving, sheet=replace(sheet, rows=rows, findings=findings))


def judge_datum(rows: pd.DataFrame, reference: Reference) -> Verdict:
    """Return the datum on which the points of cleaned rows fit the places that the rows name."""
    known = rows[rows.lon.notna()].reset_index(drop=True)
    if known.empty:
        return Verdict(dict.fromkeys(Datum, 0.0), 0)
    anchors = _find_anchors(known, reference)
    resolved = resolve_rows(known, reference.divisions)

    def is_where_stated(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
        codes = assign_districts(lon, lat, reference.districts).district_code.fillna("")
        held = [
            bool(places.codes) and places.holds(code)
            for places, code in zip(resolved, codes, strict=True)
        ]
        return np.array(held, dtype=bool)

    lon, lat = (known[name].to_numpy(dtype=float) for name in ("lon", "lat"))
    x, y, radius = (anchors[name].to_numpy(dtype=float) for name in anchors.columns)
    return find_datum_of(lon, lat, Anchors(x, y, radius), is_where_stated)


def _find_anchors(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Return ``lon lat radius_m`` of the place each row names; NaN where nobody knows it."""
    words = rows.assign(lon=None, lat=None, datum="", uncertainty_m=None)
    placed = place_stations(words, reference.places())
    sharp = (placed.uncertainty_m <= _SHARP_M) & ~placed.precision.isin(("district", "city"))
    columns = placed[["lon", "lat", "uncertainty_m"]].where(sharp)
    anchors = columns.rename(columns={"uncertainty_m": "radius_m"}).astype(float)
    for number, point in _of_ledger(rows, reference).items():
        anchors.loc[number] = (*point, _ENTERED_M)
    return anchors


def _of_ledger(rows: pd.DataFrame, reference: Reference) -> dict[int, tuple[float, float]]:
    """Return the ledger's own points of the stations that rows name.

    A row with the ledger's very numbers is a copy of it and says nothing.
    """
    path = reference.geodata.file("stations.csv")
    ledger = [
        row
        for row in read_rows(path, reference.vocabulary.headings)
        if row["datum"] and not row["uncertainty_m"] and read_number(row["lon"]) is not None
    ]
    same = PlaceIndex()
    for number, row in enumerate(ledger):
        same.add(number, place_of(row))
    points = {}
    for at, record in enumerate(rows.to_dict("records")):
        here = {str(key): value for key, value in record.items()}
        match = same.unique_match(place_of(here))
        if match is not None and (point := _wgs84(ledger[match])):
            written = (read_number(ledger[match]["lon"]), read_number(ledger[match]["lat"]))
            if written != (here["lon"], here["lat"]):
                points[at] = point
    return points


def _wgs84(row: dict[str, str]) -> tuple[float, float] | None:
    lon, lat = read_number(row["lon"]), read_number(row["lat"])
    if lon is None or lat is None:
        return None
    x, y = convert([lon], [lat], parse_datum(row["datum"]), Datum.WGS84)
    return float(np.ravel(x)[0]), float(np.ravel(y)[0])
