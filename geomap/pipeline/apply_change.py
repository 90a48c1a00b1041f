"""What a sheet says has changed, applied to a row of the ledger, with its day and its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from geomap.arriving import Change
from geomap.model.records import Source
from geomap.model.sources import format_sources
from geomap.model.tables import OPEN_STATUSES
from geomap.stations.names import made_id

#: What a point is made of; one's degrees under another's datum are a false place.
PLACE = ("lon", "lat", "datum", "uncertainty_m")


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell of the ledger that a sheet changed: which station, the column, before and after."""

    where: str
    name: str
    column: str
    old: str
    new: str


def change_cells(
    row: Mapping[str, str], change: Change, stated: Mapping[str, str]
) -> dict[str, str]:
    """Return the cells of a ledger row that a change gives new values.

    Parameters
    ----------
    row : the ledger's row.
    stated : what the changing row itself says: its new coordinate, address, township.
    """
    new: dict[str, str] = {}
    for kind in change.kinds:
        new |= _APPLY[kind](row, change, stated)
    new = {column: text for column, text in new.items() if row.get(column, "") != text}
    if {"name", "township", "district"} & new.keys() and not row["station_id"]:
        # The made id hangs on name and place: written down, links to the station stay alive.
        new["station_id"] = made_id(row)
    return new


def with_source(row: Mapping[str, str], change: Change, file: str) -> str:
    """Return the row's source with the sheet that says so behind it, once."""
    said = format_sources([Source(file, change.on, change.words[:200])])
    before = row["source"]
    return before if said in before else " | ".join(filter(None, (before, said)))


def _close(row: Mapping[str, str], change: Change, stated: Mapping[str, str]) -> dict[str, str]:
    on = change.on or stated["closed_on"] or row["closed_on"]
    return {"status": "closed", "closed_on": on}


def _suspend(row: Mapping[str, str], change: Change, stated: Mapping[str, str]) -> dict[str, str]:
    told = f"暂停至 {change.until}" if change.until else ""
    note = row["note"] if told in row["note"] else "；".join(filter(None, (row["note"], told)))
    on = change.on or stated["closed_on"] or row["closed_on"]
    return {"status": "suspended", "closed_on": on, "note": note}


def _move(row: Mapping[str, str], change: Change, stated: Mapping[str, str]) -> dict[str, str]:
    """The new place; where nobody says which, whether it operates anywhere is unknown."""
    address = change.address or stated["address"]
    moved = {column: stated[column] for column in PLACE}
    if address in ("", row["address"]) and not moved["lon"]:
        return {} if change.address else {"status": "unknown"}
    if address == row["address"] and all(row[column] == moved[column] for column in PLACE):
        return {}
    new = {"address": address or row["address"], **moved, "township": stated["township"]}
    if row["address"] and address and address != row["address"]:
        slip = re.search("更正|写错|有误|笔误|错误", change.words)
        said = f"地址更正，原写 {row['address']}" if slip else f"由 {row['address']} 迁来"
        told = " ".join(filter(None, (change.on, said)))
        new["note"] = "；".join(filter(None, (row["note"], told)))
    return new


def _rename(row: Mapping[str, str], change: Change, stated: Mapping[str, str]) -> dict[str, str]:
    if not change.name or change.name == row["name"]:
        return {}
    return {
        "name": change.name,
        "note": "；".join(filter(None, (row["note"], f"原名 {row['name']}"))),
    }


def _set_hours(row: Mapping[str, str], change: Change, stated: Mapping[str, str]) -> dict[str, str]:
    hours = change.hours or stated["opening_hours"]
    return {"opening_hours": hours} if hours else {}


def _reopen(row: Mapping[str, str], change: Change, stated: Mapping[str, str]) -> dict[str, str]:
    open_now = row["status"] in OPEN_STATUSES
    return {} if open_now else {"status": "operating", "closed_on": ""}


_APPLY = {
    "closed": _close, "suspended": _suspend, "moved": _move, "renamed": _rename,
    "hours": _set_hours, "reopened": _reopen,
}  # fmt: skip
