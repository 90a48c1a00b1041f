"""Who is listed, counted, certain, possible, planned, closed, hidden: the one law.

What a row is to riders and planners follows from its kind, status and access alone
(:func:`role_of`); how sure its place is follows from its precision and district
(:func:`is_placed`, :func:`is_in_place`). Pages receive the outcome as data
(:func:`standing_table`), so the browser repeats no rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import geopandas as gpd
import pandas as pd

from geomap.model.tables import (
    ACCESSES,
    KINDS,
    OPEN_ACCESSES,
    OPEN_STATUSES,
    STATION_KINDS,
    STATUSES,
)

#: Demand for planners, not places for riders.
DEMAND_KINDS = ("courier_depot", "employer_site")
#: Where something once took place: kept in the data, drawn nowhere.
UNDRAWN_KINDS = ("event_venue",)
#: Known to a city only, or not at all: drawn, but in no area and in no district's share.
UNPLACED = ("city", "none")

#: role → why a row has it. Exactly one role a row.
ROLES = {
    "certain": "a place to rest that operates and lets riders in: listed, counted, may be open",
    "possible": "the same, but nobody knows whether it operates or lets riders in: listed, never "
    "open, in the high share alone",
    "restricted": "operates for members or its own employees: shown to planners, in no list",
    "planned": "promised, not there yet: shown apart, covers nothing today",
    "suspended": "shut for a time: kept, in no list and no share until it opens again",
    "closed": "was a place to rest: kept so that old links say so, in no list and no share",
    "branch": "a union's organisation: a layer of its own, off for riders except in my union",
    "former_branch": "a branch that is no more: drawn as closed",
    "demand": "a depot or an employer: where riders come from, for planners",
    "former_demand": "a depot or an employer that is no more: drawn as closed, for planners",
    "undrawn": "a venue of the past: in the tables, on no map",
}
#: Roles of the riders' list, of circles and of ``share_high``.
LISTED_ROLES = ("certain", "possible")
#: Planners' layer of a role; what is listed is ``exact`` or ``rough``, by its place.
LAYER_OF_ROLE = {
    "restricted": "restricted", "planned": "planned", "suspended": "closed", "closed": "closed",
    "branch": "branch", "former_branch": "closed", "demand": "demand", "former_demand": "closed",
}  # fmt: skip


def role_of(kind: str, status: str, access: str) -> str:
    """Return what a row of this kind, status and access is; an unknown word is never certain."""
    if kind in UNDRAWN_KINDS:
        return "undrawn"
    if kind not in STATION_KINDS:
        group = "demand" if kind in DEMAND_KINDS else "branch"
        return f"former_{group}" if status == "closed" else group
    if status in ("closed", "planned", "suspended"):
        return status
    if access in OPEN_ACCESSES:
        return "certain" if status in OPEN_STATUSES else "possible"
    return "possible" if access == "unknown" else "restricted"


def is_withheld_access(access: str) -> bool:
    """Whether even the name of such a place stays internal: its own employees alone may enter."""
    return access == "employees"


def standing_table(rows: Iterable[tuple[str, str, str]] | None = None) -> dict[str, str]:
    """Return ``"KIND STATUS ACCESS"`` → role of the given triples, of all by default; sorted."""
    triples = product(KINDS, STATUSES, ACCESSES) if rows is None else rows
    return {" ".join(triple): role_of(*triple) for triple in sorted(set(triples))}


def roles(stations: pd.DataFrame) -> pd.Series[str]:
    """Return the role of each row (columns ``kind status access``; same index)."""
    triples = pd.MultiIndex.from_frame(stations[["kind", "status", "access"]].astype(str))
    codes, unique = triples.factorize()
    found = pd.Series([role_of(*triple) for triple in unique], dtype=object)
    return found.take(codes).set_axis(stations.index)


def is_counted(stations: pd.DataFrame) -> pd.Series[bool]:
    """Whether each row counts as a place that riders may rest at today (same index)."""
    return roles(stations) == "certain"


def is_listed(stations: pd.DataFrame) -> pd.Series[bool]:
    """Whether each row may stand in the riders' list: counted, or possible (same index)."""
    return roles(stations).isin(LISTED_ROLES)


def is_for_members(stations: pd.DataFrame) -> pd.Series[bool]:
    """Whether each row is a place to rest that operates for members of a union (same index)."""
    return (roles(stations) == "restricted") & stations["access"].eq("members")


def is_placed(stations: gpd.GeoDataFrame) -> pd.Series[bool]:
    """Whether each row has a point that an area or a district's share may rest on (same index)."""
    shape = stations.geometry
    lacks = shape.isna() | shape.is_empty | stations["uncertainty_m"].isna()
    return pd.Series(~(lacks | stations["precision"].isin(UNPLACED)), stations.index, dtype=bool)


def is_in_place(stations: pd.DataFrame) -> pd.Series[bool]:
    """Whether no row's point contradicts the district it states (same index).

    A table without ``in_district`` states none.
    """
    if "in_district" not in stations.columns:
        return pd.Series(True, stations.index)
    return ~stations["in_district"].isin([False])
