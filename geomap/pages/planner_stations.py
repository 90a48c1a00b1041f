"""What the planners' page knows of stations: where they are, what they are called, all the rest.

The map needs places, the list needs names, and both may be 200,000: so they come apart, in
chunks of rows. Everything else of a station comes with the file of its district.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.hours import week_hours
from geomap.model.counting import (
    LAYER_OF_ROLE,
    is_counted,
    is_in_place,
    is_listed,
    is_placed,
    roles,
)
from geomap.model.edition import Edition
from geomap.model.settings import Settings
from geomap.pages.columns import Photos, list_photos
from geomap.pages.visibility import is_public
from geomap.wire import code, encode_table, encode_tables

#: The layers of stations, in the order they are drawn.
LAYERS = ("closed", "demand", "branch", "restricted", "planned", "rough", "exact")
#: Rows of one file: read in a twentieth of a second on a telephone.
CHUNK_ROWS = 20_000
#: Parts of a degree of a station's place: a metre.
PLACE_SCALE = 100_000

_CODED = ("kind", "status", "access", "precision", "district_outcome")
_SLOW = (
    "province", "city", "district", "township", "address", "opening_hours", "hours_words",
    "facilities", "phone", "opened_on", "closed_on", "verified_on", "provider", "matched", "note",
)  # fmt: skip


def list_drawn(edition: Edition, codes: Iterable[str]) -> gpd.GeoDataFrame:
    """Return the stations that planners see: all but venues, by district, then id.

    Parameters
    ----------
    codes : district_code of the rows of the page's district table.

    Returns
    -------
    GeoDataFrame
        With ``home``: the row of its district, or -1 (these stand last), and ``layer``.
    """
    rows = {code: row for row, code in enumerate(codes)}
    kept = edition.stations[roles(edition.stations) != "undrawn"]
    homes = [rows.get(code, -1) for code in kept["district_code"]]
    drawn = kept.assign(home=homes, layer=station_layers(kept, edition.settings))
    last = drawn["home"].where(drawn["home"] >= 0, len(rows))
    ordered = drawn.assign(last=last).sort_values(["last", "station_id"], kind="stable")
    return ordered.drop(columns="last").reset_index(drop=True)


def station_layers(stations: pd.DataFrame, settings: Settings) -> list[str]:
    """Return for each station the layer that shows it, one of :data:`LAYERS`.

    A station is ``exact`` when one may be led to its coordinate (uncertainty at most
    ``handoff_max_uncertainty_m``), else ``rough``.
    """
    exact = stations["uncertainty_m"] <= settings.handoff_max_uncertainty_m
    return [
        LAYER_OF_ROLE.get(role) or ("exact" if is_exact else "rough")
        for role, is_exact in zip(roles(stations), exact, strict=True)
    ]


def encode_stations(
    drawn: gpd.GeoDataFrame, on_network: frozenset[str], chunk_rows: int = CHUNK_ROWS
) -> dict[str, Any]:
    """Return file name → facts: ``places-N`` for the map and ``names-N`` for the list.

    Parameters
    ----------
    drawn : what :func:`list_drawn` returns.
    on_network : stations that the roads speak for: their bands are no circles.
    """
    files: dict[str, Any] = {}
    for number, first in enumerate(range(0, len(drawn), chunk_rows)):
        chunk = drawn.iloc[first : first + chunk_rows]
        files[f"places-{number}"] = _encode_places(chunk, on_network)
        files[f"names-{number}"] = _encode_names(chunk)
    return files


def _encode_places(drawn: gpd.GeoDataFrame, on_network: frozenset[str]) -> dict[str, Any]:
    places = {"lon": drawn.geometry.x, "lat": drawn.geometry.y}
    whole = {
        name: (PLACE_SCALE, (degrees * PLACE_SCALE).round()) for name, degrees in places.items()
    }
    return encode_table(
        len(drawn),
        steps={**whole, "home": (1, drawn["home"])},
        codes={
            "uncertainty_m": code(None if pd.isna(v) else round(v) for v in drawn["uncertainty_m"]),
            "layer": code(drawn["layer"]),
            "band": code(_bands_of(drawn, on_network)),
            "reach": code(_reach_of(drawn, on_network)),
            "week": code(_weeks_of(drawn)),
        },
    )


def _bands_of(drawn: gpd.GeoDataFrame, on_network: frozenset[str]) -> list[str]:
    """Return what draws the bands of each station: its roads, a circle, or nothing."""
    sure = drawn["layer"].eq("exact") & is_counted(drawn) & is_in_place(drawn)
    return [
        ("road" if station in on_network else "circle") if counts else ""
        for station, counts in zip(drawn["station_id"], sure, strict=True)
    ]


def _reach_of(drawn: gpd.GeoDataFrame, on_network: frozenset[str]) -> list[str]:
    """Return whether a station reaches anybody ``sure`` or ``maybe``, and by ``road``, or nothing.

    The same stations as :func:`geomap.coverage.stations.count_stations` takes; beside them
    ``planned`` ones, which reach nobody yet.
    """
    counts = is_listed(drawn) & is_placed(drawn)
    sure = is_counted(drawn) & is_in_place(drawn)
    words = np.where(counts, np.where(sure, "sure", "maybe"), "")
    words = np.where(roles(drawn).eq("planned") & is_placed(drawn), "planned", words)
    by_road = counts & drawn["station_id"].isin(on_network)
    return [word + " road" * road for word, road in zip(words, by_road, strict=True)]


def _weeks_of(drawn: gpd.GeoDataFrame) -> list[str]:
    """Return for each station that riders may count on its week, for all others nothing.

    A week is 168 characters, Monday 0:00 first: 1 open throughout that hour, 0 closed for some of
    it, ? not known. Weeks have no holidays.
    """
    numbers, words = pd.factorize(drawn["opening_hours"].fillna("").astype(str))
    weeks = [_say_week(osm) for osm in words]
    counts = drawn["layer"].isin(("exact", "rough"))
    return [
        weeks[number] if counted else "" for number, counted in zip(numbers, counts, strict=True)
    ]


def _say_week(osm: str) -> str:
    is_open, is_unknown = week_hours(osm)
    return "".join(np.where(is_open, "1", np.where(is_unknown, "?", "0")).ravel())


def _encode_names(drawn: gpd.GeoDataFrame) -> dict[str, Any]:
    flags = {
        "confirmed": drawn["confirmed"].astype(bool),
        "in_district": drawn["in_district"].fillna(True).astype(bool),
        "public": is_public(drawn),
    }
    return encode_table(
        len(drawn),
        texts={"station_id": _said(drawn["station_id"]), "name": _said(drawn["name"])},
        codes={
            **{name: code(_said(drawn[name])) for name in _CODED},
            **{name: code(map(bool, column)) for name, column in flags.items()},
        },
    )


def _said(column: pd.Series[Any]) -> list[str]:
    return column.astype(object).where(column.notna(), "").astype(str).tolist()


def encode_details(
    drawn: gpd.GeoDataFrame, services: pd.DataFrame, photos: Photos = MappingProxyType({})
) -> dict[int, dict[str, Any]]:
    """Return for each ``home`` its stations' other facts: a table, and what few of them have.

    Rows are in the order of the drawn stations; ``few`` maps a row of the table to its quotes,
    services and pictures. Columns of which nothing is known are left out.
    """
    homes = drawn["home"].to_numpy()
    starts = np.flatnonzero(np.diff(homes, prepend=np.nan, append=np.nan))  # NaN: both ends count
    tables = encode_tables(starts, codes={name: code(_said(drawn[name])) for name in _SLOW})
    few = _list_few(drawn, _services_by_station(services), photos)
    details: dict[int, dict[str, Any]] = {}
    for table, (start, end) in zip(tables, pairwise(starts.tolist()), strict=True):
        known = {name: coded for name, coded in table["codes"].items() if coded[0] != [""]}
        own = {str(row - start): few[row] for row in range(start, end) if row in few}
        details[int(homes[start])] = table | {"codes": known, "few": own}
    return details


def _list_few(
    drawn: gpd.GeoDataFrame, offered: dict[str, list[dict[str, str]]], photos: Photos
) -> dict[int, dict[str, Any]]:
    """Return row → quotes, services and pictures, of the rows that have any."""
    few: dict[int, dict[str, Any]] = {}
    for row, (station, sources) in enumerate(
        zip(_said(drawn["station_id"]), drawn["sources"], strict=True)
    ):
        quoted = {"sources": [asdict(source) for source in sources]} if sources else {}
        served = {"services": offered[station]} if station in offered else {}
        if facts := quoted | served | list_photos(photos, station):
            few[row] = facts
    return few


def _services_by_station(services: pd.DataFrame) -> dict[str, list[dict[str, str]]]:
    columns = ["service", "times", "valid_from", "valid_until", "source"]
    written = services[columns].fillna("").astype(str)
    found: dict[str, list[dict[str, str]]] = {}
    rows = zip(services["station_id"], *(written[name] for name in columns), strict=True)
    for station_id, *values in sorted(rows):
        found.setdefault(str(station_id), []).append(dict(zip(columns, values, strict=True)))
    return found
