"""check: what a clerk should look at, before a build meets it."""

from __future__ import annotations

import pandas as pd

from geomap.model.records import Finding, GeomapError, Skip
from geomap.model.tables import ALIASES, CLAIMS, REPORTS, SAME_PLACE, SERVICES, Table
from geomap.pipeline.document_list import unread_documents
from geomap.pipeline.inspect_sheet import inspect_sheet
from geomap.pipeline.private import find_private_contents, find_private_rows
from geomap.pipeline.reference import Reference
from geomap.sheets.table_file import Checked, check_table
from geomap.stations.ledger import read_ledger
from geomap.stations.photos import read_photos


def inspect_folder(reference: Reference, today: str) -> list[Finding]:
    """Return every finding of a folder: settings, documents, ledger, places, services and claims.

    ``today`` (ISO 8601, Asia/Shanghai) tells a day that has not come yet; only ``check`` knows it,
    a build has no clock.
    """
    general = [*_settings_findings(reference), *_document_findings(reference)]
    path = reference.geodata.file("stations.csv")
    ids: frozenset[str] = frozenset()
    ledger: list[Finding] = []
    if path.exists():
        try:
            inspected = inspect_sheet(path, reference, today)
        except GeomapError as error:
            return [*general, *_as_findings(path.name, error)]
        ids, ledger = inspected.ids, list(inspected.findings)
    return [
        *general,
        *ledger,
        *(skip.as_finding() for skip in reference.places().skips),
        *_found_findings(reference),
        *_content_findings(reference, ids | _ids(reference)),
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
    return [Finding(skip.where, 0, "", skip.code, skip.reason, skip.detail) for skip in unread]


def _as_findings(name: str, error: GeomapError) -> list[Finding]:
    """Return what stopped a file from being read, under the file's name."""
    code = error.code or "file-unreadable"
    return list(error.findings) or [Finding(name, 0, "", code, str(error), error.detail)]


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


def _found(reference: Reference) -> Checked:
    return read_ledger(reference.geodata.file("found.csv"), reference.vocabulary)


def _content_findings(reference: Reference, known: frozenset[str]) -> list[Finding]:
    findings: list[Finding] = []
    services = _check(reference, "services.csv", SERVICES, findings)
    for row, station in services.station_id.items():
        if station not in known:
            where, message = f"services.csv:{row}:station_id", f"no station {station[:80]}"
            skip = Skip("services", where, "station-unknown", message, station[:80])
            findings.append(skip.as_finding())
    claims = _check(reference, "claims.csv", CLAIMS, findings)
    for name, table in (("reports.csv", REPORTS), ("same_place.csv", SAME_PLACE)):
        _check(reference, name, table, findings)
    old = _check(reference, "aliases.csv", ALIASES, findings)
    aliases = dict(zip(old.old_id, old.new_id, strict=True))
    photos = read_photos(reference.geodata.photo_files(), known, aliases).skips
    private = find_private_contents(services, claims, reference)
    named = [*private, *(skip.as_finding() for skip in photos)]
    return [*findings, *named, *_reference_findings(reference)]


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
