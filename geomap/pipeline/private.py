"""What of a folder's tables is private or sensitive and stays off public pages, cell by cell."""

from __future__ import annotations

import pandas as pd

from geomap.ground import Ground
from geomap.privacy.filter import CLAIM_TEXTS, SERVICE_TEXTS, STATION_TEXTS, Filter, make_filter
from geomap.privacy.findings import find_in_names, find_in_table
from geomap.records import Finding


def find_private_rows(file: str, rows: pd.DataFrame, ground: Ground) -> list[Finding]:
    """Return what is held back of a ledger's cleaned rows (stations.csv, found.csv)."""
    numbers = [int(number) for number in rows.row]
    return find_in_table(file, rows, numbers, STATION_TEXTS, _sieve(ground, rows))


def find_private_contents(
    services: pd.DataFrame, claims: pd.DataFrame, ground: Ground
) -> list[Finding]:
    """Return what is held back of services.csv, claims.csv and the names of documents."""
    sieve = _sieve(ground, claims)
    return [
        *find_in_table("services.csv", services, list(services.index), SERVICE_TEXTS, sieve),
        *find_in_table("claims.csv", claims, list(claims.index), CLAIM_TEXTS, sieve),
        *find_in_names(ground.geodata.document_files(), sieve),
    ]


def _sieve(ground: Ground, rows: pd.DataFrame) -> Filter:
    places = {str(name) for column in ("province", "city", "district") for name in rows[column]}
    return make_filter(ground.sensitive, places)
