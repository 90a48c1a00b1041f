"""The extract table: one row a place or a count."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from geomap.model.records import Mention

#: Columns of extract, in order (design).
COLUMNS = (
    "doc",
    "story",
    "name",
    "kind",
    "status",
    "access",
    "province",
    "city",
    "district",
    "township",
    "community",
    "address",
    "opening_hours",
    "facilities",
    "mappable",
    "count",
    "evidence",
    "date",
    "confidence",
)


def extract_rows(mentions: Iterable[Mention]) -> list[dict[str, object]]:
    """One row a mention; absent facts are None, ``facilities`` is a list.

    A place without hours of its door shows the stated times of its service there, as the labels
    of the field do; the ledger files them as services.
    """
    return [_row(mention) for mention in mentions]


def format_jsonl(rows: Iterable[Mapping[str, object]]) -> str:
    """One JSON object a line, ending in a line break."""
    return "".join(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows)


def _row(mention: Mention) -> dict[str, object]:
    hours = mention.opening_hours
    if not hours and mention.services:
        hours = mention.services[0].times
    told = {column: getattr(mention, column, None) for column in COLUMNS}
    kept = {column: value if value != "" else None for column, value in told.items()}
    facts: dict[str, object] = {
        "opening_hours": hours or None,
        "facilities": list(mention.facilities),
        "evidence": mention.evidence[0].quote,
    }
    return kept | facts
