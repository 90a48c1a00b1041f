"""What the planners' page knows: districts, stations, areas, claims, report, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.edition import Edition
from geomap.pages.published import district_columns
from geomap.pages.shapes import SCALE, encode_coverage, encode_lines, encode_polygon
from geomap.pages.visibility import DEMAND_KINDS, UNDRAWN_KINDS, is_public
from geomap.settings import Settings
from geomap.tables import CLAIMS, OPEN_ACCESSES, OPEN_STATUSES, STATION_KINDS

#: The layers of stations, in the order they are drawn.
LAYERS = ("closed", "demand", "branch", "restricted", "planned", "rough", "exact")

#: Service areas of one envelope and coverage: about 2,000 circles apart from each other.
AREA_VERTICES = 100_000

#: Read by the list and the map at once; everything else comes with the district's file.
_QUICK = ("station_id", "name", "kind", "status", "access", "precision")
_SLOW = (
    "province", "city", "district", "township", "address", "opening_hours", "hours_words",
    "facilities", "phone", "opened_on", "closed_on", "verified_on", "provider", "matched", "note",
)  # fmt: skip


def drawn_stations(stations: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the stations that planners see: all but venues, in the order of their ids."""
    kept = stations[~stations["kind"].isin(UNDRAWN_KINDS)]
    return kept.sort_values("station_id", kind="stable").reset_index(drop=True)


def station_layers(stations: pd.DataFrame, settings: Settings) -> list[str]:
    """Return for each station the layer that shows it, one of :data:`LAYERS`.

    A station is ``exact`` when one may be led to its coordinate (uncertainty at most
    ``handoff_max_uncertainty_m``), else ``rough``.
    """
    exact = stations["uncertainty_m"] <= settings.handoff_max_uncertainty_m
    return [
        _layer(kind, status, access, bool(is_exact))
        for kind, status, access, is_exact in zip(
            stations["kind"], stations["status"], stations["access"], exact, strict=True
        )
    ]


def _layer(kind: str, status: str, access: str, is_exact: bool) -> str:
    if status == "closed":
        return "closed"
    if kind in DEMAND_KINDS:
        return "demand"
    if kind not in STATION_KINDS:
        return "branch"
    if status not in OPEN_STATUSES:
        return "planned"
    if access not in (*OPEN_ACCESSES, "unknown"):
        return "restricted"
    return "exact" if is_exact else "rough"


def encode_districts(edition: Edition) -> dict[str, Any]:
    """Return the district table as columns, with polygons and a point for each name."""
    districts = _ordered(edition.districts)
    columns = district_columns(edition.settings)
    inside = districts.geometry.representative_point()
    return {
        "scale": SCALE,
        "columns": {name: _column(districts, name) for name in columns},
        "shapes": encode_coverage(districts.geometry),
        "lon": [round(float(x), 4) for x in inside.x],
        "lat": [round(float(y), 4) for y in inside.y],
    }


def _ordered(districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    ordered = districts.sort_values("district_code", kind="stable").reset_index(drop=True)
    return ordered[ordered.geometry.notna()].reset_index(drop=True)


def _column(table: pd.DataFrame, name: str) -> list[Any]:
    if name not in table:
        return [None] * len(table)
    if pd.api.types.is_numeric_dtype(table[name]) and not table[name].isna().all():
        numbers = table[name].astype("Float64").round(6)
        return [None if pd.isna(value) else _short(float(value)) for value in numbers]
    return [None if pd.isna(value) else str(value) for value in table[name]]


def _short(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def encode_stations(edition: Edition) -> dict[str, Any]:
    """Return all drawn stations as columns: what the map and the list need at once.

    ``home`` is the row of the station's district in the district table, or -1.
    """
    stations = drawn_stations(edition.stations)
    points = stations.geometry
    return {
        **{name: _column(stations, name) for name in _QUICK},
        "layer": station_layers(stations, edition.settings),
        "lon": [None if pd.isna(x) else round(float(x), 6) for x in points.x],
        "lat": [None if pd.isna(y) else round(float(y), 6) for y in points.y],
        "uncertainty_m": [
            None if pd.isna(value) else round(float(value)) for value in stations["uncertainty_m"]
        ],
        "home": encode_homes(stations, edition.districts),
        "outcome": _column(stations, "district_outcome"),
        "confirmed": [bool(value) for value in stations["confirmed"]],
        "in_district": [bool(value) for value in stations["in_district"].fillna(True)],
        "public": [bool(value) for value in is_public(stations)],
    }


def encode_details(edition: Edition) -> dict[int, list[dict[str, Any]]]:
    """Return for each ``home`` its stations' other facts, quotes and services.

    Every entry carries ``row``, its place in the columns of :func:`encode_stations`.
    """
    stations = drawn_stations(edition.stations)
    homes = encode_homes(stations, edition.districts)
    services = _services_by_station(edition.services)
    details: dict[int, list[dict[str, Any]]] = {}
    for row, (home, values) in enumerate(zip(homes, stations.to_dict("records"), strict=True)):
        facts: dict[str, Any] = {
            name: str(values[name]) for name in _SLOW if _is_said(values[name])
        }
        facts["sources"] = [asdict(source) for source in values["sources"]]
        facts["services"] = services.get(str(values["station_id"]), [])
        details.setdefault(home, []).append({"row": row, **facts})
    return details


def encode_homes(stations: pd.DataFrame, districts: gpd.GeoDataFrame) -> list[int]:
    """Return for each station the row of its district in the ordered table, or -1."""
    codes = {code: row for row, code in enumerate(_ordered(districts)["district_code"])}
    return [codes.get(code, -1) for code in stations["district_code"]]


def _is_said(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _services_by_station(services: pd.DataFrame) -> dict[str, list[dict[str, str]]]:
    columns = ["service", "times", "valid_from", "valid_until", "source"]
    written = {name: [value or "" for value in _column(services, name)] for name in columns}
    found: dict[str, list[dict[str, str]]] = {}
    for station_id, *values in sorted(zip(services["station_id"], *written.values(), strict=True)):
        found.setdefault(str(station_id), []).append(dict(zip(columns, values, strict=True)))
    return found


def encode_areas(areas: gpd.GeoDataFrame, settings: Settings) -> list[dict[str, Any]]:
    """Return for each envelope its dissolved areas, in the order of the settings."""
    return [
        {
            "scale": SCALE,
            "areas": [
                {
                    "method": method,
                    "coverage": coverage,
                    "shape": encode_polygon(geometry, AREA_VERTICES),
                }
                for method, coverage, geometry in _areas_of(areas, envelope.id)
            ],
        }
        for envelope in settings.envelopes
    ]


def _areas_of(areas: gpd.GeoDataFrame, envelope_id: str) -> Iterable[tuple[str, str, Any]]:
    own = areas[areas["envelope_id"] == envelope_id].sort_values(["coverage", "method"])
    # One part of the grid is 11 m: less than the line is wide.
    return zip(own["method"], own["coverage"], own.geometry.simplify(1 / SCALE), strict=True)


def encode_roads(roads: gpd.GeoDataFrame | None) -> dict[str, Any]:
    """Return the base lines by tier, the lightest tier first."""
    if roads is None or roads.empty:
        return {"scale": SCALE, "tiers": []}
    tiers = sorted(roads["tier"].unique().tolist(), reverse=True)
    return {
        "scale": SCALE,
        "tiers": [encode_lines(roads[roads["tier"] == tier].geometry) for tier in tiers],
    }


def encode_claims(claims: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the claims, sorted by place, newest first, then document."""
    columns = [*CLAIMS.names, "district_code", "verdict", "settles"]
    known = claims.reindex(columns=columns)
    records = [
        dict(zip(columns, row, strict=True))
        for row in zip(*(_column(known, name) for name in columns), strict=True)
    ]
    records.sort(key=lambda claim: str(sorted((k, str(v)) for k, v in claim.items())))
    records.sort(key=lambda claim: claim["as_of"] or "", reverse=True)
    return sorted(records, key=lambda claim: [claim[k] or "" for k in CLAIMS.names[1:4]])


def encode_report(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return counts, skipped rows and warnings for reading; the whole report is build.json."""
    return {
        "counts": list(_flat(report.get("counts", {}))),
        "skipped": [dict(skip) for skip in report.get("skipped", [])],
        "warnings": [dict(skip) for skip in report.get("warnings", [])],
    }


def _flat(counts: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterable[tuple[Any, Any]]:
    for key, value in counts.items():
        if isinstance(value, Mapping):
            yield from _flat(value, (*above, key))
        else:
            yield (*above, key), value
