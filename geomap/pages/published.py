"""Published tables: GeoJSON and CSV with exactly the columns that design names.

Coordinates are WGS-84 (longitude first) with 6 decimals, areas with 5 (about a metre), shares
have 6 decimals (1 and 0 in the hours of a country), metres are whole. What is unknown is empty in
a CSV and null or "" in GeoJSON.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain, pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray
from pandas.api.types import is_float_dtype

from geomap.model.edition import Edition, Gaps, Years
from geomap.model.settings import Settings
from geomap.model.tables import BUILT, CLAIMS
from geomap.pages.areas import feature_collection, polygon_coordinates, write_areas
from geomap.pages.visibility import select_public
from geomap.sheets.csv_writing import serialize_csv
from geomap.static_site.json_text import plain

PUBLIC_COLUMNS = (
    "station_id", "name", "kind", "status", "access", "district_code", "district", "township",
    "address", "opening_hours", "facilities", "phone", "precision", "uncertainty_m", "confirmed",
    "verified_on", "sources",
)  # fmt: skip
INTERNAL_COLUMNS = tuple(name for name in BUILT.names if name not in ("lon", "lat"))

#: Of more stations a GeoJSON beside the public one, a workbook or a GeoPackage takes minutes to
#: open; GeoParquet has them all.
MOST_STATIONS = 20_000
#: Rows that are in memory as Python's own values at a time.
_CHUNK_ROWS = 10_000
#: Of more districts hours.csv is too long for a spreadsheet.
MOST_HOURS_DISTRICTS = 200

_FLAGS = frozenset(column.name for column in BUILT.columns if column.type == "boolean")
_WHOLE = frozenset(
    ("uncertainty_m", "population", "station_count", "planned_count", "claimed_count", "count",
     "people_per_station")
)  # fmt: skip


def draw_tables(edition: Edition, public: gpd.GeoDataFrame | None = None) -> dict[str, bytes]:
    """Return path → bytes of every published table of ``edition``, below the site's root.

    ``public`` are the stations of its public edition, where they are known already.
    """
    if public is None:
        public = select_public(edition.stations, edition.sensitive)
    return {
        "public/data/stations.geojson": write_stations(public, PUBLIC_COLUMNS),
        **write_internal(edition.stations),
        "internal/data/districts.csv": write_districts(edition.districts, edition.settings),
        "internal/data/claims.csv": write_claims(edition.claims),
        **write_gaps(edition.gaps),
        **write_hours(edition.hours),
        **write_years(edition.years),
        **{
            f"internal/data/{path}": content for path, content in write_areas(edition.areas).items()
        },
    }


def write_internal(
    stations: gpd.GeoDataFrame, most_stations: int = MOST_STATIONS
) -> dict[str, bytes]:
    """Return the internal stations: path → bytes, of more than ``most_stations`` as GeoParquet."""
    if len(stations) <= most_stations:
        return {"internal/data/stations.geojson": write_stations(stations, INTERNAL_COLUMNS)}
    ordered = stations.sort_values("station_id", kind="stable")
    facts = {name: pd.Series(_facts(ordered[name]), dtype=object) for name in INTERNAL_COLUMNS}
    shapes = shapely.transform(ordered.geometry.to_numpy(), lambda degrees: np.round(degrees, 6))
    packed = io.BytesIO()
    gpd.GeoDataFrame(facts, geometry=shapes, crs=4326).to_parquet(
        packed, compression="zstd", index=False
    )
    return {"internal/data/stations.parquet": packed.getvalue()}


def write_stations(stations: gpd.GeoDataFrame, columns: Sequence[str]) -> bytes:
    """Return GeoJSON, one feature a line, sorted by ``station_id``; no geometry where unknown."""
    ordered = stations.sort_values("station_id", kind="stable")
    return feature_collection(_station_features(ordered, columns))


def _station_features(
    stations: gpd.GeoDataFrame, columns: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield one feature at a time: 200,000 of them together fill a gigabyte."""
    chunks = (stations.iloc[n : n + _CHUNK_ROWS] for n in range(0, len(stations), _CHUNK_ROWS))
    pairs = (zip(each.geometry, _records(each, columns), strict=True) for each in chunks)
    for geometry, row in chain.from_iterable(pairs):
        point = None
        if geometry is not None and not geometry.is_empty:
            point = {"type": "Point", "coordinates": [round(geometry.x, 6), round(geometry.y, 6)]}
        yield {"type": "Feature", "properties": row, "geometry": point}


def _records(table: pd.DataFrame, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    facts = [_facts(table[name]) for name in columns]
    for values in zip(*facts, strict=True):
        yield dict(zip(columns, values, strict=True))


def _facts(column: pd.Series[Any]) -> list[Any]:
    """Return a column as GeoJSON says it, whole columns at a time: maps have 200,000 rows."""
    if column.name == "sources":
        return [[asdict(source) for source in sources] for sources in column]
    known = column.notna()
    if column.name in _FLAGS:
        return column.where(known, False).astype(bool).tolist()
    if column.name in _WHOLE:
        numbers = pd.to_numeric(column, errors="coerce").astype("Float64").round()
        return numbers.astype("Int64").astype(object).where(known, None).tolist()
    return column.where(known, "").astype(str).tolist()


def district_columns(settings: Settings) -> list[str]:
    """Return the columns of districts.csv: the facts, six numbers for each envelope, two more.

    The last are between what the share lies nine times of ten.
    """
    facts = [
        "district_code", "province", "city", "district", "population", "area_km2",
        "station_count", "planned_count", "claimed_count", "claimed_on", "people_per_station",
        "served_km2", "roads_share",
    ]  # fmt: skip
    shares = ("share_low", "share", "share_high", "land_share", "people", "demand_share")
    names = [f"{envelope.id}_{share}" for envelope in settings.envelopes for share in shares]
    likely = [f"{envelope.id}_likely_{end}" for envelope in settings.envelopes
              for end in ("low", "high")]  # fmt: skip
    return facts + names + likely


def write_districts(districts: pd.DataFrame, settings: Settings) -> bytes:
    """Return districts.csv, sorted by ``district_code``."""
    columns = district_columns(settings)
    table = districts.reindex(columns=columns).sort_values("district_code", kind="stable")
    return write_csv(table)


def write_gaps(gaps: Gaps | None) -> dict[str, bytes]:
    """Return gaps.geojson, the largest demand first: path → bytes; none where none were found."""
    if gaps is None:
        return {}
    names = [
        name for name in gaps.table.columns if name not in ("district", "place", "way", "geometry")
    ]
    features = (
        {"type": "Feature", "properties": {name: plain(value) for name, value in
         zip(names, row, strict=True)}, "geometry": polygon_coordinates(shape)}
        for shape, *row in gaps.table[["geometry", *names]].itertuples(index=False)
    )  # fmt: skip
    return {"internal/data/gaps.geojson": feature_collection(features)}


def write_hours(hours: pd.DataFrame | None) -> dict[str, bytes]:
    """Return hours.csv, of many districts one file a province: path → bytes; none without hours."""
    if hours is None:
        return {}
    head = (",".join(hours.columns) + "\r\n").encode("utf-8-sig")
    district, names = pd.factorize(hours["district_code"])
    if len(names) <= MOST_HOURS_DISTRICTS:
        return {"internal/data/hours.csv": head + _write_weeks(hours, _say_share)[0]}
    lines, ends = _write_weeks(hours, _say_shortly)
    codes, province = np.unique([str(name)[:2] for name in names], return_inverse=True)
    numbers = province[district]
    bounds = np.flatnonzero(np.diff(numbers, prepend=-1, append=-1))
    runs: list[list[bytes | memoryview]] = [[head] for _ in codes]
    for start, end in pairwise(bounds.tolist()):
        runs[numbers[start]].append(lines[ends[start] : ends[end]])
    return {
        f"internal/data/hours/{code}.csv": b"".join(own)
        for code, own in zip(codes, runs, strict=True)
    }


def write_years(years: Years | None) -> dict[str, bytes]:
    """Return years.csv: path → bytes; none where no row says when it opens or closes."""
    if years is None:
        return {}
    return {"internal/data/years.csv": write_csv(years.table.assign(unit=years.unit))}


def _write_weeks(
    hours: pd.DataFrame, shares: Callable[[float], str]
) -> tuple[memoryview, NDArray[np.int32]]:
    """Return rows of plain codes and numbers as lines, and where each begins and the last ends.

    Nothing in them needs a guard. A country has a million; they are the joined column's buffer.
    """
    *names, last = hours.columns
    columns = [_as_words(hours[name], shares) for name in names]
    lines = pc.binary_join_element_wise(*columns, _as_words(hours[last], shares, "\r\n"), ",")
    ends, words = lines.buffers()[1:]
    begins = np.frombuffer(ends, np.int32)[: len(lines) + 1]
    return memoryview(words or b"")[: begins[-1]], begins


def _say_share(share: float) -> str:
    return f"{share:.6f}"


def _say_shortly(share: float) -> str:
    """All and nothing as 1 and 0: a country's million rows say little else."""
    return f"{share:.0f}" if share in (0, 1) else _say_share(share)


def _as_words(column: pd.Series[Any], shares: Callable[[float], str], end: str = "") -> pa.Array:
    """Return a column's cells as text, floats by ``shares``; each value is written once."""
    numbers, values = pd.factorize(column, use_na_sentinel=False)
    write = shares if is_float_dtype(column) else str
    words = [write(value) + end for value in values.tolist()]
    return pa.array(words, pa.string()).take(pa.array(numbers))


def write_claims(claims: pd.DataFrame) -> bytes:
    """Return claims.csv with the verdict of the build and what would settle it."""
    columns = [*CLAIMS.names, "verdict", "settles"]
    table = claims.reindex(columns=columns).reset_index(drop=True)
    keys = table.astype(str).sort_values(columns, kind="stable").index
    return write_csv(table.loc[keys])


def write_csv(table: pd.DataFrame) -> bytes:
    """Return the table as :func:`geomap.sheets.csv_writing.serialize_csv` writes it."""
    columns = [[_cell(name, value) for value in table[name]] for name in table.columns]
    return serialize_csv(list(table.columns), zip(*columns, strict=True))


def _cell(name: str, value: Any) -> Any:
    value = plain(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(name, value)
    return value


def _number(name: str, value: float) -> str:
    if name in _WHOLE or name.endswith("_people"):
        return f"{value:.0f}"
    if name.endswith(("_share", "_low", "_high")) or name in ("lon", "lat"):
        return f"{value:.6f}"
    return f"{value:.3f}" if name.endswith("_km2") else f"{value:g}"
