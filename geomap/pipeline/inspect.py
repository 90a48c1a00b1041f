"""check: what a clerk should look at, before a build meets it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geomap.ground import Ground, read_table
from geomap.ledger import Ledger, check_ledger, read_ledger
from geomap.pipeline.locate import locate
from geomap.records import Finding, GeomapError, Skip
from geomap.tables import CLAIMS, SERVICES, Table


def inspect_folder(ground: Ground) -> list[Finding]:
    """Return every finding of a folder: settings, ledger, places, services and claims."""
    settings = _settings_findings(ground)
    path = ground.geodata.file("stations.csv")
    if not path.exists():
        return [*settings, *_content_findings(ground, frozenset())]
    try:
        findings = check_ledger(path, ground.vocabulary)
    except GeomapError as error:
        return [*settings, Finding(path.name, 0, "", "file-unreadable", str(error))]
    try:
        ledger = read_ledger(path, ground.vocabulary)
    except GeomapError:
        return [*settings, *findings]
    found = _ids(ground)
    known = frozenset(ledger.rows.station_id) | found
    return [
        *settings,
        *sorted(
            {*findings, *_place_findings(ledger, path, ground)},
            key=lambda each: (each.row, each.column, each.code),
        ),
        *_content_findings(ground, known),
    ]


def _settings_findings(ground: Ground) -> list[Finding]:
    try:
        _ = ground.settings
    except GeomapError as error:
        return [Finding("map.toml", 0, "", "setting-unusable", str(error))]
    return []


def _place_findings(ledger: Ledger, path: Path, ground: Ground) -> list[Finding]:
    """Return what placing says of the ledger's rows: unknown or ambiguous district, outside …"""
    rows = ledger.rows.assign(confirmed=False)
    rows["sources"] = pd.Series([()] * len(rows), rows.index, dtype=object)
    by_hand = rows.assign(station_id=[f"row-{number}" for number in rows.row])
    located = locate(by_hand, ground, None)
    numbers = {f"row-{number}": int(number) for number in rows.row}
    return [
        Finding(path.name, numbers.get(skip.where, 0), _column(skip), skip.code, skip.reason)
        for skip in (*located.skips, *located.warnings)
    ]


def _column(skip: Skip) -> str:
    return "district" if skip.code.startswith("district") else "lon"


def _ids(ground: Ground) -> frozenset[str]:
    path = ground.geodata.file("found.csv")
    return (
        frozenset(read_ledger(path, ground.vocabulary).rows.station_id)
        if path.exists()
        else frozenset()
    )


def _content_findings(ground: Ground, known: frozenset[str]) -> list[Finding]:
    findings: list[Finding] = []
    services = _read(ground, "services.csv", SERVICES, findings)
    for number, station in enumerate(services.station_id, start=2):
        if station not in known:
            message = f"no station {station}"
            findings.append(
                Finding("services.csv", number, "station_id", "station-unknown", message)
            )
    claims = _read(ground, "claims.csv", CLAIMS, findings)
    for number, count in enumerate(claims["count"], start=2):
        if count and not str(count).isdigit():
            message = f"{count[:80]!r} is no whole number"
            findings.append(Finding("claims.csv", number, "count", "count-unreadable", message))
    return findings


def _read(ground: Ground, name: str, table: Table, findings: list[Finding]) -> pd.DataFrame:
    try:
        return read_table(ground.geodata.file(name), table)
    except GeomapError as error:
        findings.append(Finding(name, 0, "", "file-unreadable", str(error)))
        return pd.DataFrame(columns=table.names, dtype=object)
