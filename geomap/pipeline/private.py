"""What of a folder's tables is private or sensitive and stays off public pages, cell by cell."""

from __future__ import annotations

import pandas as pd

from geomap.model.records import Finding, Skip
from geomap.pipeline.contents import Contents
from geomap.pipeline.reference import Reference
from geomap.privacy.filter import CLAIM_TEXTS, SERVICE_TEXTS, STATION_TEXTS, Filter, make_filter
from geomap.privacy.findings import find_in_names, find_in_table


def private_cells(tables: Contents, reference: Reference) -> list[Skip]:
    """Return, cell by cell, what of a folder's tables stays off public pages."""
    ledger = reference.geodata.file("stations.csv").name
    return [
        each.as_skip("privacy")
        for each in (
            *find_private_rows(ledger, tables.people.rows, reference),
            *find_private_rows("found.csv", tables.machine.rows, reference),
            *find_private_contents(tables.services.rows, tables.claims.rows, reference),
        )
    ]


def find_private_rows(file: str, rows: pd.DataFrame, reference: Reference) -> list[Finding]:
    """Return what is held back of a ledger's cleaned rows (stations.csv, found.csv)."""
    numbers = [int(number) for number in rows.row]
    return find_in_table(file, rows, numbers, STATION_TEXTS, _sieve(reference, rows))


def find_private_contents(
    services: pd.DataFrame, claims: pd.DataFrame, reference: Reference
) -> list[Finding]:
    """Return what is held back of services.csv, claims.csv and the names of documents."""
    sieve = _sieve(reference, claims)
    return [
        *find_in_table("services.csv", services, list(services.index), SERVICE_TEXTS, sieve),
        *find_in_table("claims.csv", claims, list(claims.index), CLAIM_TEXTS, sieve),
        *find_in_names(reference.geodata.document_files(), sieve),
    ]


def _sieve(reference: Reference, rows: pd.DataFrame) -> Filter:
    places = {str(name) for column in ("province", "city", "district") for name in rows[column]}
    return make_filter(reference.sensitive, places)
