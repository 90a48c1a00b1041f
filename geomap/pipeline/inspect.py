"""check: what a clerk should look at, before a build meets it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.divisions import Resolution
from geomap.model.records import Finding, GeomapError, Skip
from geomap.model.tables import ALIASES, CLAIMS, OPEN_STATUSES, REPORTS, SERVICES, Table
from geomap.pipeline.document_list import unread_documents
from geomap.pipeline.locate import locate, resolve_rows
from geomap.pipeline.private import find_private_contents, find_private_rows
from geomap.pipeline.reference import Reference
from geomap.places.datum import Datum, suspect_datum
from geomap.places.districts import assign_districts
from geomap.sheets.table_file import check_table
from geomap.stations.ledger import Ledger, check_ledger, read_ledger

Floats = NDArray[np.float64]


def inspect_folder(reference: Reference, today: str) -> list[Finding]:
    """Return every finding of a folder: settings, documents, ledger, places, services and claims.

    ``today`` (ISO 8601, Asia/Shanghai) tells a day that has not come yet; only ``check`` knows it,
    a build has no clock.
    """
    general = [*_settings_findings(reference), *_document_findings(reference)]
    path = reference.geodata.file("stations.csv")
    if not path.exists():
        return [
            *general,
            *_found_findings(reference),
            *_content_findings(reference, _ids(reference)),
        ]
    try:
        findings = check_ledger(path, reference.vocabulary)
    except GeomapError as error:
        return [*general, *_as_findings(path.name, error)]
    try:
        ledger = read_ledger(path, reference.vocabulary)
    except GeomapError:
        return [*general, *findings]
    known = frozenset(ledger.rows.station_id) | _ids(reference)
    return [
        *general,
        *sorted(
            {
                *findings,
                *_place_findings(ledger, reference),
                *_datum_findings(ledger, path, reference),
                *_future_findings(ledger, path, today),
                *find_private_rows(path.name, ledger.rows, reference),
            },
            key=lambda each: (each.row, each.column, each.code),
        ),
        *_found_findings(reference),
        *_content_findings(reference, known),
    ]


def _settings_findings(reference: Reference) -> list[Finding]:
    try:
        _ = reference.settings
    except GeomapError as error:
        return list(error.findings) or [Finding("map.toml", 0, "", "setting-unusable", str(error))]
    return []


def _document_findings(reference: Reference) -> list[Finding]:
    """Return the documents that the map knows nothing of, and why."""
    try:
        unread = unread_documents(reference.geodata)
    except GeomapError as error:
        return _as_findings("documents.csv", error)
    return [Finding(skip.where, 0, "", skip.code, skip.reason) for skip in unread]


def _as_findings(name: str, error: GeomapError) -> list[Finding]:
    """Return what stopped a file from being read, under the file's name."""
    code = error.code or "file-unreadable"
    return list(error.findings) or [Finding(name, 0, "", code, error.detail or str(error))]


def _place_findings(ledger: Ledger, reference: Reference) -> list[Finding]:
    """Return what placing says of the ledger's rows: unknown or ambiguous district, outside …"""
    rows = ledger.rows.assign(confirmed=False)
    rows["sources"] = pd.Series([()] * len(rows), rows.index, dtype=object)
    located = locate(rows, reference, reference.places())
    return [skip.as_finding() for skip in (*located.skips, *located.warnings)]


def _future_findings(ledger: Ledger, path: Path, today: str) -> list[Finding]:
    """Return days that have not come: verified then, or operating although it opens later."""
    operating = ledger.rows.status.isin(OPEN_STATUSES)
    return [
        Finding(path.name, int(row), column, "date-future", f"{day} is later than today, {today}")
        for column, rows in (
            ("verified_on", ledger.rows),
            ("opened_on", ledger.rows[operating]),
            ("closed_on", ledger.rows),
        )
        for row, day in zip(rows.row, rows[column], strict=True)
        if day > today
    ]


def _datum_findings(ledger: Ledger, path: Path, reference: Reference) -> list[Finding]:
    """Return the datum that a whole list is more plausibly on than on the one it states."""
    rows = ledger.rows[ledger.rows.lon.notna()].reset_index(drop=True)
    findings = []
    for stated, group in rows.groupby("datum", sort=True):
        resolved = resolve_rows(group, reference.divisions)

        def is_where_stated(
            lon: Floats, lat: Floats, resolved: Sequence[Resolution] = tuple(resolved)
        ) -> NDArray[np.bool_]:
            codes = assign_districts(lon, lat, reference.districts).district_code.fillna("")
            return np.array([r.holds(c) for r, c in zip(resolved, codes, strict=True)], dtype=bool)

        lon, lat = (group[name].to_numpy(dtype=float) for name in ("lon", "lat"))
        better = suspect_datum(lon, lat, Datum(str(stated)), is_where_stated)
        if better is not None:
            message = f"these {len(group)} rows say {stated}, but {better.value} fits them better"
            findings.append(Finding(path.name, 0, "datum", "datum-suspect", message))
    return findings


def _found_findings(reference: Reference) -> list[Finding]:
    """Return what a build would skip or doubt of found.csv, or hold back from public pages."""
    try:
        found = _found(reference)
    except GeomapError as error:
        return _as_findings("found.csv", error)
    return [*found.findings, *find_private_rows("found.csv", found.rows, reference)]


def _ids(reference: Reference) -> frozenset[str]:
    try:
        return frozenset(_found(reference).rows.station_id)
    except GeomapError:
        return frozenset()


def _found(reference: Reference) -> Ledger:
    path = reference.geodata.file("found.csv")
    return read_ledger(path, reference.vocabulary) if path.exists() else Ledger.empty()


def _content_findings(reference: Reference, known: frozenset[str]) -> list[Finding]:
    findings: list[Finding] = []
    services = _check(reference, "services.csv", SERVICES, findings)
    for row, station in services.station_id.items():
        if station not in known:
            where, message = f"services.csv:{row}:station_id", f"no station {station[:80]}"
            findings.append(Skip("services", where, "station-unknown", message).as_finding())
    claims = _check(reference, "claims.csv", CLAIMS, findings)
    for name, table in (("reports.csv", REPORTS), ("aliases.csv", ALIASES)):
        _check(reference, name, table, findings)
    private = find_private_contents(services, claims, reference)
    return [*findings, *private, *_reference_findings(reference)]


def _check(reference: Reference, name: str, table: Table, findings: list[Finding]) -> pd.DataFrame:
    try:
        checked = check_table(reference.geodata.file(name), table)
    except GeomapError as error:
        findings += _as_findings(name, error)
        return pd.DataFrame(columns=table.names, dtype=object)
    findings += [each.as_finding() for each in (*checked.skips, *checked.warnings)]
    return checked.rows


def _reference_findings(reference: Reference) -> list[Finding]:
    """Return what of the folder's own reference tables cannot be used."""
    try:
        return [skip.as_finding() for skip in reference.skips]
    except GeomapError as error:
        return _as_findings("population.csv", error)
