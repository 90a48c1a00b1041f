"""found.csv, claims.csv and services.csv: what the machine read, as tables people can read too.

A placed row carries how it was placed as one more source, ``位置:PRECISION:PROVIDER@「MATCHED」``,
so that found.csv has the ledger's columns and the build shows the precision without asking again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geomap.model.records import Claim, Mention, Placement, Source
from geomap.model.sources import format_sources, parse_sources
from geomap.model.tables import PRECISIONS
from geomap.stations.names import make_station_id

_PLACED = "位置:"


@dataclass(frozen=True, slots=True)
class PlacementMark:
    """How a machine placed a row: fields of :class:`geomap.model.records.Placement`."""

    precision: str
    provider: str
    matched: str


def mention_id(mention: Mention) -> str:
    """Return the station_id of a place that only documents know."""
    return make_station_id(
        mention.name, mention.province, mention.city, mention.district, mention.township
    )


def mention_row(mention: Mention) -> dict[str, object]:
    """Return a mention as a row of the ledger's columns, not placed yet."""
    return {
        "station_id": mention_id(mention),
        "name": short_name(mention),
        **{
            column: getattr(mention, column)
            for column in (
                "kind", "status", "access", "province", "city", "district", "township",
                "address", "phone", "opened_on", "closed_on", "note",
            )
        },
        "lon": None,
        "lat": None,
        "datum": "",
        "uncertainty_m": None,
        "opening_hours": mention.opening_hours or mention.hours_words,
        "facilities": ";".join(sorted(mention.facilities)),
        "verified_on": "",
        "source": format_sources(mention.evidence),
    }  # fmt: skip


def short_name(mention: Mention) -> str:
    """Return the name without the province that only introduces it: 北京市朝阳区… → 朝阳区…"""
    rest = mention.name.removeprefix(mention.province) if mention.province else mention.name
    divisions = (mention.city, mention.district, mention.township)
    introduced = any(division and rest.startswith(division) for division in divisions)
    return rest if introduced else mention.name


def placed_row(row: Mapping[str, object], place: Placement) -> dict[str, object]:
    """Return the row with its place: WGS-84, 6 decimals, whole metres, and how it is known."""
    if place.lon != place.lon:
        return dict(row)
    mark = Source(f"{_PLACED}{place.precision}:{place.provider}", "", place.matched or "-")
    return {
        **row,
        "lon": f"{place.lon:.6f}",
        "lat": f"{place.lat:.6f}",
        "datum": "wgs84",
        "uncertainty_m": f"{place.uncertainty_m:.0f}",
        "source": " | ".join(filter(None, (str(row["source"]), format_sources([mark])))),
    }


def split_placed(sources: Iterable[Source]) -> tuple[tuple[Source, ...], PlacementMark | None]:
    """Return the documents' sources, and how a machine placed the row."""
    listed = tuple(sources)
    marks = [source for source in listed if source.document.startswith(_PLACED)]
    others = tuple(source for source in listed if source not in marks)
    if not marks:
        return others, None
    precision, _, provider = marks[0].document.removeprefix(_PLACED).partition(":")
    known = precision if precision in PRECISIONS else "none"
    return others, PlacementMark(known, provider, marks[0].quote)


def claim_row(claim: Claim) -> dict[str, object]:
    """Return a claim as a row of claims.csv."""
    columns = ("doc", "province", "city", "district", "kind", "claim", "count")
    row: dict[str, object] = {column: getattr(claim, column) for column in columns}
    return row | {"as_of": claim.as_of or claim.evidence.date, "quote": claim.evidence.quote}


def service_rows(mentions: Iterable[Mention]) -> list[dict[str, object]]:
    """Return the services of all mentions as rows of services.csv."""
    return [
        {
            "station_id": mention_id(mention),
            "service": service.service,
            "times": service.times,
            "valid_from": service.valid_from,
            "valid_until": service.valid_until,
            "source": format_sources([service.evidence]),
        }
        for mention in mentions
        for service in mention.services
    ]


def rows_by_people(
    rows: pd.DataFrame, column: str, documents: Sequence[str]
) -> list[dict[str, object]]:
    """Return the rows of an old table that a person wrote: they name none of the documents."""
    machine = frozenset(documents)
    return [
        {str(key): value for key, value in record.items()}
        for record in rows.to_dict("records")
        if not any(source.document in machine for source in parse_sources(str(record[column])))
    ]
