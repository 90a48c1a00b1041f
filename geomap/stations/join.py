"""Found rows and the ledger become one table: a person's row wins, both are quoted.

Ledger rows never merge with each other. A found row joins a ledger row when it carries its
station_id, or when both names mean the same place and no stated admin part contradicts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from geomap.model.records import Source
from geomap.model.sources import parse_sources
from geomap.model.tables import LEDGER
from geomap.stations.found import split_placed
from geomap.stations.names import made_id
from geomap.stations.same_place import PlaceIndex, place_of

#: Columns a found row may fill where the person left them empty.
_FILLS = (
    "province", "city", "district", "township", "address", "opening_hours", "hours_words",
    "facilities", "phone", "opened_on", "closed_on",
)  # fmt: skip


def join_tables(
    ledger: pd.DataFrame, found: pd.DataFrame, same: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return one row a station, sorted by ``station_id``, and the id each found row went under.

    Parameters
    ----------
    ledger, found : cleaned rows as :func:`geomap.stations.ledger.read_ledger` has them.
    same : old id → new id, where somebody answered that two rows are one station.

    Returns
    -------
    stations
        The ledger's columns, ``hours_words``, ``decimals``, ``where``, ``confirmed`` (a person
        verified the row) and ``sources`` (tuple of :class:`geomap.model.records.Source`).
    aliases
        A found row's own id → the map's.
    """
    aliases: dict[str, str] = {}
    people, machine = _keep_first(_records(ledger)), _keep_first(_records(found))
    answered = _resolve_aliases(same or {}, {str(row["station_id"]) for row in (*people, *machine)})
    people, machine = (_merge_answered(rows, answered, aliases) for rows in (people, machine))
    known = _Known(people if machine else (), answered)
    alone: list[dict[str, Any]] = []
    for record in machine:
        match = known.match(record)
        if match is None:
            alone.append(record)
        else:
            aliases[str(record["station_id"])] = str(match["station_id"])
            _fill(match, record)
    joined = [*people, *alone]
    for record in joined:
        record["confirmed"] = bool(record["verified_on"])
    columns = [*LEDGER.names, "hours_words", "decimals", "where", "confirmed", "sources"]
    table = pd.DataFrame(joined, columns=columns, dtype=object)
    return table.sort_values("station_id", kind="stable", ignore_index=True), aliases


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    columns = (rows[name].tolist() for name in rows.columns)
    records = [dict(zip(rows.columns, row, strict=True)) for row in zip(*columns, strict=True)]
    for record in records:
        record["station_id"] = record["station_id"] or made_id(record)
        record["sources"] = parse_sources(str(record["source"]))
    return records


def _resolve_aliases(same: Mapping[str, str], present: Collection[str]) -> dict[str, str]:
    """Return old id → the row that stands for it in the end; a circle of answers says nothing."""
    settled = {}
    for old in same:
        seen, new = {old}, same[old]
        while new in same and new not in seen:
            seen.add(new)
            new = same[new]
        if new not in seen and new in present:
            settled[old] = new
    return settled


def _merge_answered(
    records: Sequence[dict[str, Any]], answered: Mapping[str, str], aliases: dict[str, str]
) -> list[dict[str, Any]]:
    """Fill rows with those that are the same station; note under which id each went."""
    by_id = {str(record["station_id"]): record for record in records}
    gone = {old: new for old, new in answered.items() if old in by_id and new in by_id}
    for old, new in sorted(gone.items()):
        _fill(by_id[new], by_id[old])
    aliases |= gone
    return [record for record in records if str(record["station_id"]) not in gone]


def _keep_first(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two rows of one made id say the same of the same place: the fuller stays, both are quoted."""
    by_id: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        by_id.setdefault(str(record["station_id"]), []).append(record)
    kept = []
    for _, alike in sorted(by_id.items()):
        first, *others = sorted(alike, key=_order) if len(alike) > 1 else alike
        for other in others:
            _fill(first, other)
        kept.append(first)
    return kept


def _order(record: Mapping[str, Any]) -> tuple[Any, ...]:
    texts = tuple(str(record[column]) for column in LEDGER.names)
    return (texts.count(""), texts)


class _Known:
    """The rows of people, by id and by place."""

    def __init__(self, people: Sequence[dict[str, Any]], answered: Mapping[str, str]) -> None:
        self._people, self._answered = people, answered
        self._by_id: dict[str, dict[str, Any]] = {
            str(record["station_id"]): record for record in reversed(people)
        }
        self._places = PlaceIndex()
        for number, record in enumerate(people):
            self._places.add(number, place_of(record))

    def match(self, record: Mapping[str, Any]) -> dict[str, Any] | None:
        """The row of a record's id, or of the answer; else the only one that is the same place."""
        own = str(record["station_id"])
        if found := self._by_id.get(own) or self._by_id.get(self._answered.get(own, "")):
            return found
        number = self._places.unique_match(place_of(record))
        return None if number is None else self._people[number]


def _fill(row: dict[str, Any], record: Mapping[str, Any]) -> None:
    for column in _FILLS:
        # Hours belong together: never the words of one and the syntax of the other.
        if column == "hours_words" or (column == "opening_hours" and row["hours_words"]):
            continue
        if not row[column] and record[column]:
            row[column] = record[column]
            if column == "opening_hours":
                row["hours_words"] = record["hours_words"]
    if _is_empty(row["lon"]) and not _is_empty(record["lon"]):
        for column in ("lon", "lat", "datum", "uncertainty_m", "decimals"):
            row[column] = record[column]
    row["sources"] = tuple(dict.fromkeys((*row["sources"], *_quotes(row, record))))


def _quotes(row: Mapping[str, Any], record: Mapping[str, Any]) -> tuple[Source, ...]:
    """The record's sources; how it was placed only where its place was taken."""
    documents, mark = split_placed(record["sources"])
    taken = mark is not None and row["lon"] == record["lon"] and row["lat"] == record["lat"]
    return tuple(record["sources"]) if taken else documents


def _is_empty(value: object) -> bool:
    return value is None or value != value
