"""Stations as columns: quantised, sorted along a space-filling curve, one file a district.

A browser that reads rows one by one reads names, and little else. Here every district's stations
lie in the order of a Morton curve over the web-mercator square: a cell of any zoom is then one
contiguous range, so a cluster is two indices and its middle comes from prefix sums.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.pages.visibility import select_public
from geomap.tables import FACILITIES, OPEN_STATUSES, STATION_KINDS

#: Coordinates travel as whole millionths of a degree: at most 8 cm off, as the GeoJSON has them.
DEGREE_PARTS = 1_000_000
#: Side of the mercator square in cells of the curve: 2**26 cells of 0.6 m at the equator.
CURVE_BITS = 26
#: What a rider may be shown. A branch is in "my union" only; depots and venues are not drawn.
RIDER_KINDS = (*STATION_KINDS, "union_branch")
#: Stations without a district: known to a city only, or to nobody.
NOWHERE = "none"
_EPOCH = date(1970, 1, 1)
_CODED = ("kind", "status", "access", "precision", "town", "hours", "facilities", "radius",
          "verified")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One district's stations: ``columns`` for the list and map, ``more`` for a station's page."""

    code: str
    columns: dict[str, Any]
    more: dict[str, Any]


def list_public(stations: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the public rows of kinds that riders use, with the columns that are coded here.

    The index is renumbered; the order stays.
    """
    public = select_public(stations)
    kept = public[public["kind"].isin(RIDER_KINDS)]
    radius = pd.to_numeric(kept["uncertainty_m"], errors="coerce").round()
    public_rows: pd.DataFrame = kept.assign(
        town=_text(kept["township"]),
        radius=radius.where(radius.notna(), -1).astype("int64"),
        facilities=_text(kept["facilities"]),
        hours=_text(kept["opening_hours"]),
        verified=[_day_number(value) for value in kept["verified_on"]],
        code=_codes(kept),
    )
    return public_rows.reset_index(drop=True)


def _codes(rows: pd.DataFrame) -> pd.Series:
    """District of every row; none where no polygon or no point is known."""
    written = _text(rows["district_code"])
    is_placed = written.str.fullmatch(r"[0-9A-Za-z_-]+") & rows["lon"].notna()
    return written.where(is_placed, NOWHERE)


def _text(column: pd.Series) -> pd.Series:
    return column.fillna("").astype(str)


def _day_number(day: object) -> int:
    """Days since 1970-01-01, or -1 where no day is given."""
    try:
        return (date.fromisoformat(str(day)[:10]) - _EPOCH).days
    except ValueError:
        return -1


def curve_order(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the order of points (WGS-84 degrees) along the Morton curve; NaN comes last.

    The browser finds the same cells from what it is sent, hence the rounding.
    """
    lon, lat = np.round(lon, 6), np.round(lat, 6)
    codes = _interleave(_cells(lon)) | (_interleave(_cells(_mercator(lat))) << np.uint64(1))
    codes[~(np.isfinite(lon) & np.isfinite(lat))] = np.iinfo(np.uint64).max
    return np.argsort(codes, kind="stable")


def _mercator(lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Latitude as degrees of the mercator square, south down, so that cells match map tiles."""
    radians = np.radians(np.clip(lat, -85.05, 85.05))
    return np.asarray(-np.degrees(np.arcsinh(np.tan(radians))), dtype=np.float64)


def _cells(degrees: NDArray[np.float64]) -> NDArray[np.uint64]:
    share = np.nan_to_num((degrees + 180) / 360)
    top = 2**CURVE_BITS - 1
    return np.asarray(np.clip(np.floor(share * (top + 1)), 0, top), dtype=np.uint64)


def _interleave(cells: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the bits of ``cells`` to every second place (Morton's magic numbers)."""
    spread = cells
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333), (1, 0x5555555555555555),
    ):  # fmt: skip
        spread = (spread | (spread << np.uint64(shift))) & np.uint64(mask)
    return spread


def encode_part(
    code: str, rows: pd.DataFrame, services: pd.DataFrame, compile_hours: Callable[[str], Any]
) -> Part:
    """Return one district's columns in the order of the curve.

    Parameters
    ----------
    code : six digits, or :data:`NOWHERE`.
    rows : rows of :func:`list_public`.
    services : columns of :data:`geomap.tables.SERVICES`.
    compile_hours : OSM hours to what the browser evaluates.
    """
    order = curve_order(rows["lon"].to_numpy(float), rows["lat"].to_numpy(float))
    sorted_rows = rows.iloc[order]
    return Part(code, encode_columns(sorted_rows, compile_hours), _more(sorted_rows, services))


def encode_columns(rows: pd.DataFrame, compile_hours: Callable[[str], Any]) -> dict[str, Any]:
    """Return ``rows`` (their order kept) as columns.

    ``x`` and ``y`` are millionths of a degree: differences to the row before, or, where a row has
    no place (null), as they are. A coded column is ``[values, index of every row]``; the index is
    0 where all agree. Hours have their compiled forms as a third item.
    """
    is_placed = bool(rows["lon"].notna().all())
    columns: dict[str, Any] = {"n": len(rows), "differences": is_placed}
    columns |= {"id": list(_text(rows["station_id"])), "name": list(_text(rows["name"]))}
    columns |= {"x": _differences(rows["lon"]), "y": _differences(rows["lat"])}
    columns |= {name: _coded(rows[name]) for name in _CODED}
    columns["hours"].append([compile_hours(hours) if hours else None
                             for hours in columns["hours"][0]])  # fmt: skip
    columns["facilities"][0] = [facility_numbers(keys) for keys in columns["facilities"][0]]
    return columns


def facility_numbers(keys: str) -> list[int]:
    """Return places in :data:`geomap.tables.FACILITIES` of ``;``-separated ``keys``."""
    return sorted({FACILITIES.index(key) for key in keys.split(";") if key in FACILITIES})


def _differences(degrees: pd.Series) -> list[int | None]:
    whole = np.round(degrees.to_numpy(float) * DEGREE_PARTS)
    if not np.isfinite(whole).all():
        return [None if np.isnan(value) else int(value) for value in whole]
    return [int(value) for value in np.diff(whole, prepend=0.0)]


def _coded(column: pd.Series) -> list[Any]:
    codes, values = pd.factorize(column, sort=True)
    if len(values) < 2:
        return [[_plain(value) for value in values], 0]
    return [[_plain(value) for value in values], codes.tolist()]


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _more(rows: pd.DataFrame, services: pd.DataFrame) -> dict[str, Any]:
    """What only a station's own page shows, by id: short keys, silent where a fact is silent."""
    offered: dict[str, list[list[str]]] = {}
    known = services[services["station_id"].isin(rows["station_id"])]
    for row in known.fillna("").sort_values(list(services.columns)).itertuples():
        offered.setdefault(str(row.station_id), []).append(
            [str(row.service), str(row.times), str(row.valid_from), str(row.valid_until)]
        )
    return {str(row["station_id"]): _facts(row, offered) for _, row in rows.iterrows()}


def _facts(row: pd.Series, offered: dict[str, list[list[str]]]) -> dict[str, Any]:
    names = ("address", "phone", "opened_on", "closed_on", "hours_words",
             "province", "city", "district")  # fmt: skip
    facts: dict[str, Any] = {name: str(row[name]) for name in names if _is_said(row[name])}
    if isinstance(row["sources"], Sequence) and not isinstance(row["sources"], str):
        facts["sources"] = [[s.document, s.date, s.quote] for s in row["sources"]]
    if row["station_id"] in offered:
        facts["services"] = offered[row["station_id"]]
    return facts


def _is_said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def rank_rows(rows: pd.DataFrame, exact_m: float) -> pd.Series:
    """Return 0 to 4 a row: how surely a rider can be sent there, whatever the day is.

    0 exact and confirmed, 1 exact and 待核实, 2 imprecise and confirmed, 3 imprecise and 待核实,
    4 nowhere. ``exact_m`` is ``handoff_max_uncertainty_m``. The browser adds ageing.
    """
    is_exact = rows["radius"].between(0, exact_m)
    is_sure = rows["verified"].ge(0) & rows["access"].isin(("public", "outdoor_workers"))
    rank = 2 * (~is_exact).astype(int) + (~is_sure).astype(int)
    return rank.where(rows["lon"].notna(), 4)


def is_offered(rows: pd.DataFrame) -> pd.Series:
    """Return which rows may stand in the riders' list: operating, a place to rest, for them."""
    is_rest = rows["kind"].isin(STATION_KINDS) & rows["status"].isin(OPEN_STATUSES)
    return rows["access"].isin(("public", "outdoor_workers", "unknown")) & is_rest
