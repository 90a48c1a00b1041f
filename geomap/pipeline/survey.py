"""How a folder's map stands, and what of it nobody knows yet: most people first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.model.counting import is_counted, is_listed
from geomap.model.records import Skip
from geomap.pipeline.contents import read_contents
from geomap.pipeline.locate import locate
from geomap.pipeline.reference import Reference
from geomap.stations.join import join_tables

#: A place known to this many metres is known to its door.
_DOOR_M = 150.0
#: What a person writes who asked and found nobody who knows (kept in the row's source).
NOBODY_KNOWS = "位置无人知道"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A station of the riders' list that somebody should look at.

    ``reasons`` are ``unplaced``, ``rough`` (the place), ``status`` and ``access`` (unknown).
    ``people`` is how many live where ten minutes to it are uncertain for it; None: not known.
    ``asked`` says that somebody asked already, and nobody knew.
    """

    station_id: str
    name: str
    where: str
    place: str
    reasons: tuple[str, ...]
    uncertainty_m: float
    people: int | None
    asked: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """All stations of a folder: ``rows`` as joined, ``stations`` those with a place."""

    rows: pd.DataFrame
    stations: gpd.GeoDataFrame
    doubts: tuple[Doubt, ...]
    skips: tuple[Skip, ...]


def survey_folder(reference: Reference) -> Survey:
    """Return how the map of a folder stands, without drawing it.

    Raises
    ------
    InputError
        A table cannot be read.
    """
    tables = read_contents(reference)
    joined, _ = join_tables(tables.people.rows, tables.machine.rows, tables.same)
    located = locate(joined, reference, reference.places())
    doubts = sorted(_doubts(joined, located.rows, reference), key=_most_first)
    return Survey(joined, located.rows, tuple(doubts), (*tables.skips, *located.skips))


def _most_first(doubt: Doubt) -> tuple[object, ...]:
    people = math.inf if "unplaced" in doubt.reasons else doubt.people or 0
    return doubt.asked, -people, -doubt.uncertainty_m, doubt.station_id


def _doubts(
    rows: pd.DataFrame, stations: gpd.GeoDataFrame, reference: Reference
) -> Iterator[Doubt]:
    radius_m = _radius_m(reference)
    density = _people_per_km2(reference)
    placed = stations.set_index("station_id")
    listed = rows[is_listed(rows)]
    certain = is_counted(listed)
    for row, is_certain in zip(listed.to_dict("records"), certain, strict=True):
        here = placed.loc[row["station_id"]] if row["station_id"] in placed.index else None
        unsure_m = math.inf if here is None else float(here.uncertainty_m)
        reasons = _reasons(row, unsure_m)
        if reasons:
            lost_m = unsure_m if is_certain else math.inf
            km2 = math.pi * (radius_m**2 - max(0.0, radius_m - lost_m) ** 2) / 1e6
            people = None if here is None else density.get(str(here.district_code))
            yield Doubt(
                row["station_id"],
                row["name"],
                row["where"],
                " ".join(filter(None, (row["district"], row["township"], row["address"]))),
                reasons,
                unsure_m,
                None if people is None else round(km2 * people),
                any(NOBODY_KNOWS in source.document for source in row["sources"]),
            )


def _reasons(row: Mapping[Any, Any], unsure_m: float) -> tuple[str, ...]:
    place = "unplaced" if math.isinf(unsure_m) else "rough" if unsure_m > _DOOR_M else ""
    unknown = (column for column in ("status", "access") if row[column] == "unknown")
    return tuple(filter(None, (place, *unknown)))


def _radius_m(reference: Reference) -> float:
    """Return the radius of ten minutes where no road file is at hand, metres."""
    settings = reference.settings
    by_road = [each for each in settings.envelopes if each.method == "network"]
    if not by_road:
        return settings.envelopes[0].radius_m
    return by_road[0].radius_m / settings.detour_factor


def _people_per_km2(reference: Reference) -> dict[str, float]:
    """Return people per square kilometre by district code, where both are known."""
    area = reference.districts.set_index("district_code").area_km2
    people = reference.population
    known = people.index.intersection(area.index)
    return {str(code): float(people[code] / area[code]) for code in known}
