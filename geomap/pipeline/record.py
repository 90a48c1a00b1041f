"""What a build records of itself: counts, skips and warnings, and build.json."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from geomap import __version__
from geomap.model.edition import Edition
from geomap.model.records import Skip
from geomap.pipeline.by_road import ByRoad
from geomap.store.marker import SITE, seal

#: What build.json keeps of the publishing gate.
_GATE = ("review_number", "decision", "boundary_source", "keep_editions")


def report(
    stations: pd.DataFrame,
    claims: pd.DataFrame,
    services: pd.DataFrame,
    skips: Sequence[Skip],
    warnings: Sequence[Skip],
) -> dict[str, Any]:
    """Return what the report and build.json say: counts per stage, skips and warnings."""
    return {
        "counts": {
            "stations": len(stations),
            "confirmed": int(stations.confirmed.sum()),
            "by_status": _tally(stations.status),
            "by_kind": _tally(stations.kind),
            "by_precision": _tally(stations.precision),
            "by_district_outcome": _tally(stations.district_outcome),
            "claims": len(claims),
            "services": len(services),
            "skipped": len(skips),
            "warnings": len(warnings),
        },
        "skipped": [asdict(skip) for skip in skips],
        "warnings": [asdict(skip) for skip in warnings],
    }


def describe(by_road: ByRoad) -> dict[str, Any]:
    """Return what the report says of the roads."""
    return {
        "detour_factor": by_road.detour_factor,
        "detour_pairs": by_road.detour_pairs,
        "stations_on_network": len(by_road.on_network),
    }


def build_json(edition: Edition, ledger: str, site: Mapping[str, bytes]) -> bytes:
    """Return build.json: what went in, what came out, what was left out, every file; no clock.

    ``ledger`` is what :func:`digest_stations` says.
    """
    publish = edition.settings.publish
    content = {
        "version": __version__,
        "edition_date": edition.edition_date,
        "inputs": {
            "stations": ledger,
            "claims": digest(edition.claims.astype(str)),
            "services": digest(edition.services),
        },
        "publish": {name: getattr(publish, name) for name in _GATE}
        | ({"demo": True} if publish.demo else {}),
        **edition.report,
    }
    return seal(SITE, content, site)


def digest_stations(joined: pd.DataFrame) -> str:
    """Return the SHA-256 of the joined ledger: what a build and a plan were made of."""
    return digest(joined.drop(columns=["sources", "where"]).astype(str))


def digest(table: pd.DataFrame) -> str:
    """Return the SHA-256 of a parsed table, its rows sorted: the order of a file means nothing."""
    lines = sorted("\x1f".join(map(str, row)) for row in table.itertuples(index=False))
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()


def _tally(values: pd.Series) -> dict[str, int]:
    return dict(sorted(Counter(map(str, values)).items()))
