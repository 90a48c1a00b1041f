"""Stations as columns: quantised, sorted along a space-filling curve, one file a district.

A browser that reads rows one by one reads names, and little else. Here every district's stations
lie in the order of a Morton curve over the web-mercator square: a cell of any zoom is then one
contiguous range, so a cluster is two indices and its middle comes from prefix sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeGuard

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.hours import is_always_open
from geomap.hours.chinese_text import format_hours
from geomap.model.counting import is_counted
from geomap.model.edition import Photo
from geomap.model.tables import FACILITIES
from geomap.pages.visibility import is_public
from geomap.wire import Coded, encode_tables

#: Coordinates travel as whole millionths of a degree: at most 8 cm off, as the GeoJSON has them.
DEGREE_PARTS = 1_000_000
#: Side of the mercator square in cells of the curve: 2**26 cells of 0.6 m at the equator.
CURVE_BITS = 26
#: Stations without a district: known to a city only, or to nobody.
NOWHERE = "none"
_EPOCH = date(1970, 1, 1)
_CODED = ("kind", "status", "access", "precision", "town", "hours", "facilities", "radius",
          "verified", "opens")  # fmt: skip


def list_public(stations: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the public rows with the columns that are coded here.

    The index is renumbered; rows are in the order of ``code`` (the district, or
    :data:`NOWHERE`), within it along the curve.
    """
    kept = stations[is_public(stations)].sort_values("station_id")
    radius = pd.to_numeric(kept["uncertainty_m"], errors="coerce").round()
    hours, words = _text(kept["opening_hours"]), _text(kept["hours_words"])
    rows: pd.DataFrame = kept.assign(
        town=_text(kept["township"]),
        radius=radius.where(radius.notna(), -1).astype("int64"),
        facilities=_text(kept["facilities"]),
        hours=hours,
        hours_words=words.where(words.ne("") & words.ne(hours), hours.map(format_hours)),
        verified=[_day_number(value) for value in kept["verified_on"]],
        opens=[
            _opening_day(_day_number(opened), _day_number(verified), sources)
            for opened, verified, sources in zip(
                kept["opened_on"], kept["verified_on"], kept["sources"], strict=True
            )
        ],
        code=_codes(kept),
    )
    curve = curve_codes(rows["lon"].to_numpy(float), rows["lat"].to_numpy(float))
    order = np.lexsort((curve, rows["code"].to_numpy(str)))
    return pd.DataFrame(rows.iloc[order]).reset_index(drop=True)


def _codes(rows: pd.DataFrame) -> pd.Series:
    """District of every row; none where no polygon or no point is known."""
    written = _text(rows["district_code"])
    is_placed = written.str.fullmatch(r"[0-9A-Za-z_-]+") & rows["lon"].notna()
    return written.where(is_placed, NOWHERE)


def _text(column: pd.Series) -> pd.Series:
    return column.astype(object).where(column.notna(), "").astype(str)


def _day_number(day: object) -> int:
    """Days since 1970-01-01, or -1 where no day is given."""
    try:
        return (date.fromisoformat(str(day)[:10]) - _EPOCH).days
    except ValueError:
        return -1


def _opening_day(opened: int, verified: int, sources: object) -> int:
    """The day a door opens first, where nothing newer is known of it; else -1.

    The page is looked at for weeks: the browser holds the day against its own.
    """
    known = [_day_number(source.date) for source in sources] if _is_sequence(sources) else []
    return opened if opened > max([verified, *known], default=-1) else -1


def curve_codes(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return the place of points (WGS-84 degrees) on the Morton curve; NaN is the largest.

    The browser finds the same cells from what it is sent, hence the rounding.
    """
    lon, lat = np.round(lon, 6), np.round(lat, 6)
    codes = _interleave(_cells(lon)) | (_interleave(_cells(_mercator(lat))) << np.uint64(1))
    codes[~(np.isfinite(lon) & np.isfinite(lat))] = np.iinfo(np.uint64).max
    return codes


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


@dataclass(frozen=True, slots=True)
class Columns:
    """All public rows, ready to be cut: a part is a range, and costs what it holds.

    ``coded`` maps a column to its sorted values, as they are sent, and the number of every row;
    ``rules`` maps hours to their compiled form.
    """

    ids: list[str]
    names: list[str]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    coded: Mapping[str, Coded]
    rules: Mapping[str, Any]
    parts: Mapping[str, tuple[int, int]]


def read_columns(rows: pd.DataFrame, compile_hours: Callable[[str], Any]) -> Columns:
    """Return the columns of ``rows`` of :func:`list_public`; hours compiled once a form."""
    coded: dict[str, Coded] = {}
    for name in _CODED:
        codes, values = pd.factorize(rows[name], sort=True)
        coded[name] = Coded([_plain(value) for value in values], codes)
    hours, places = coded["hours"].values, coded["facilities"]
    coded["facilities"] = Coded([facility_numbers(keys) for keys in places.values], places.index)
    starts = rows.groupby("code", sort=True).indices
    return Columns(
        ids=list(_text(rows["station_id"])),
        names=list(_text(rows["name"])),
        x=np.round(rows["lon"].to_numpy(float) * DEGREE_PARTS),
        y=np.round(rows["lat"].to_numpy(float) * DEGREE_PARTS),
        coded=coded,
        rules={form: compile_hours(form) if form else None for form in hours},
        parts={str(code): (int(at[0]), int(at[-1]) + 1) for code, at in starts.items()},
    )


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def facility_numbers(keys: str) -> list[int]:
    """Return places in :data:`geomap.model.tables.FACILITIES` of ``;``-separated ``keys``."""
    return sorted({FACILITIES.index(key) for key in keys.split(";") if key in FACILITIES})


def encode_rows(columns: Columns, at: NDArray[np.intp]) -> dict[str, Any]:
    """Return the rows ``at`` these places as a table of the wire.

    ``rules`` beside its columns are the compiled forms of the values of ``hours``, ``always``
    says of each whether it is open at every minute.
    """
    return _encode_runs(columns, at, [0, len(at)])[0]


def encode_parts(columns: Columns) -> dict[str, dict[str, Any]]:
    """Return :func:`encode_rows` of every part, by its code."""
    starts = [0, *(end for _, end in columns.parts.values())]
    tables = _encode_runs(columns, np.arange(starts[-1]), starts)
    return dict(zip(columns.parts, tables, strict=True))


def _encode_runs(
    columns: Columns, at: NDArray[np.intp], starts: Sequence[int]
) -> list[dict[str, Any]]:
    places = {"lon": columns.x[at], "lat": columns.y[at]}
    tables = encode_tables(
        np.asarray(starts),
        texts={"id": [columns.ids[i] for i in at], "name": [columns.names[i] for i in at]},
        steps={name: (DEGREE_PARTS, values) for name, values in places.items()},
        codes={name: coded.take(at) for name, coded in columns.coded.items()},
    )
    always = {form: int(is_always_open(form)) for form in columns.rules}
    hours = [table["codes"]["hours"][0] for table in tables]
    return [
        table | {"rules": [columns.rules[form] for form in forms],
                 "always": [always[form] for form in forms]}
        for table, forms in zip(tables, hours, strict=True)
    ]  # fmt: skip


_SAID = ("address", "phone", "opened_on", "closed_on", "hours_words", "reports", "note")
#: Said once, as the part's place; of stations without a district by each.
_PLACE = ("province", "city", "district")


#: station_id → its pictures.
Photos = Mapping[str, tuple[Photo, ...]]


def draw_photos(photos: Photos) -> dict[str, bytes]:
    """Return path → bytes of the pictures of stations, below a page's folder."""
    every = (photo for own in photos.values() for photo in own)
    return {f"photos/{photo.name}": photo.content for photo in every}


def list_photos(photos: Photos, station_id: object) -> dict[str, Any]:
    """Return a station's ``photos``: file name, width and height of each; silent without one."""
    own = photos.get(str(station_id), ())
    return {"photos": [[photo.name, photo.width, photo.height] for photo in own]} if own else {}


def read_facts(
    rows: pd.DataFrame, services: pd.DataFrame, photos: Photos = MappingProxyType({})
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return code → station → what only its own page shows; silent where a fact is silent."""
    offered = _offered(services)
    ids, codes = rows["station_id"].astype(str).tolist(), rows["code"].tolist()
    found: dict[str, dict[str, dict[str, Any]]] = {code: {} for code in dict.fromkeys(codes)}

    def tell(row: int, facts: dict[str, Any]) -> None:
        found[codes[row]].setdefault(ids[row], {}).update(facts)

    for name in (*_SAID, *_PLACE):
        for row, text in enumerate(_text(rows[name]).tolist()):
            if text.strip() and (name not in _PLACE or codes[row] == NOWHERE):
                tell(row, {name: text})
    for row, sources in enumerate(rows["sources"]):
        if _is_sequence(sources) and sources:
            tell(row, {"sources": [[each.document, each.date, each.quote] for each in sources]})
    for row, station in enumerate(ids):
        more = {"services": offered[station]} if station in offered else {}
        if more := more | list_photos(photos, station):
            tell(row, more)
    return found


def _offered(services: pd.DataFrame) -> dict[str, list[list[str]]]:
    """Station → its services: what, when, from, until."""
    offered: dict[str, list[list[str]]] = {}
    for row in _sorted_texts(services):
        offered.setdefault(row[0], []).append(row[1:5])
    return offered


def _sorted_texts(services: pd.DataFrame) -> Iterator[list[str]]:
    names = ["station_id", "service", "times", "valid_from", "valid_until", "source"]
    yield from sorted([str(v) for v in row] for row in services[names].fillna("").to_numpy())


def _is_sequence(sources: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(sources, Sequence) and not isinstance(sources, str)


def rank_rows(rows: pd.DataFrame, exact_m: float) -> pd.Series:
    """Return 0 to 4 a row: how surely a rider can be sent there, whatever the day is.

    0 exact and confirmed, 1 exact and 待核实, 2 imprecise and confirmed, 3 imprecise and 待核实,
    4 nowhere. ``exact_m`` is ``handoff_max_uncertainty_m``. The browser adds ageing.
    """
    is_exact = rows["radius"].between(0, exact_m)
    is_sure = rows["verified"].ge(0) & is_counted(rows)
    rank = 2 * (~is_exact).astype(int) + (~is_sure).astype(int)
    return rank.where(rows["lon"].notna(), 4)
