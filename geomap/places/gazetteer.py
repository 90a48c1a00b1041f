"""Read gazetteers: the shipped one, a user's CSV, and the ledger's own places.

All become one table (:data:`COLUMNS`), WGS-84, each place with today's county: the one whose
polygon holds its point, so a list of another year needs no translation.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.files.foreign import parsing, read_file
from geomap.files.limits import MAX_FILE_BYTES
from geomap.files.parquet import read_table, readable
from geomap.model.records import InputError, Skip
from geomap.places.datum import Datum, Floats, known_datum, parse_datum, to_wgs84
from geomap.places.districts import assign_districts
from geomap.sheets.cells import read_number
from geomap.sheets.reading import decode

#: ``county`` is a six-digit code of today; ``uncertainty_m`` NaN where the source states none.
COLUMNS = ("name", "level", "county", "township", "lon", "lat", "uncertainty_m", "origin")
_HEADINGS = {
    "name": ("名称", "地名", "place"),
    "lon": ("经度", "lng", "longitude", "x"),
    "lat": ("纬度", "latitude", "y"),
    "level": ("级别", "层级", "type"),
    "county": ("district", "区县", "县区"),
    "township": ("town", "乡镇", "街道", "乡镇街道"),
    "datum": ("坐标系", "基准"),
    "uncertainty_m": ("误差", "半径"),
    "source": ("来源", "出处"),
}
_LEVELS = {
    "township": "town township street 乡镇 街道 镇 乡 乡级",
    "village": "village community 村 社区 居委会 村级",
    "district": "county district 县 区县 县级",
    "city": "city 市 地级 prefecture",
    "province": "province 省 省级",
    "zone": "zone 开发区 园区",
    "country": "country 国家",
}
_LEVEL_OF = {word: level for level, words in _LEVELS.items() for word in words.split()}
_TOWNSHIP_END = re.compile(r"(?:街道|镇|乡|苏木)$")
_VILLAGE_END = re.compile(r"(?:村|社区|村委会|居委会|委员会|嘎查)$")
_OFFICE = re.compile(r"(?:街道办事处|街道办|办事处|人民政府)$")

#: Known to within half of China: nothing is known.
_MOST_UNSURE_M = 500_000.0


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places with coordinates, and how many rows of the file could not be used."""

    places: pd.DataFrame
    skips: tuple[Skip, ...] = ()


def read_shipped(path: Path) -> pd.DataFrame:
    """The rows of geodata/gazetteer.parquet that have a point."""
    with readable(path):
        table = read_table(path).to_pandas()
        table = table[table["lon"].notna()]
        county = table["code"].str[:6]
        return pd.DataFrame(
            {"name": table["name"], "level": table["level"], "county": county,
             "township": table["township"], "lon": table["lon"], "lat": table["lat"],
             "uncertainty_m": table["uncertainty_m"], "origin": table["source"]}
        ).reset_index(drop=True)  # fmt: skip


def read_gazetteer(
    path: Path, districts: gpd.GeoDataFrame, datum: Datum | str | None = None
) -> Gazetteer:
    """Places from a CSV (also .gz): name, lon, lat and, where known, level, town, datum …

    Parameters
    ----------
    path : UTF-8 (BOM allowed) or GB18030; English or Chinese headings, any order.
    districts : as :func:`geomap.places.districts.read_districts` returns; they give today's county.
    datum : of rows that state none; WGS-84 by default.

    Raises
    ------
    InputError
        When the file cannot be read, or lacks name, lon or lat.
    """
    written = _read_csv(path)
    default = datum if isinstance(datum, Datum) else parse_datum(datum or "")
    lon, lat = (written[name].map(read_number).astype("float64") for name in ("lon", "lat"))
    datums = {word: known_datum(word, default) for word in set(written["datum"])}
    unsure = written["uncertainty_m"].map(read_number).astype("float64")
    unsure = unsure.where(unsure.between(0, _MOST_UNSURE_M))
    stated = written["uncertainty_m"].str.strip() != ""
    good = {
        "name": written["name"].str.strip() != "",
        "lon": lon.between(-180, 180),
        "lat": lat.between(-90, 90),
        "datum": written["datum"].map(datums).notna(),
        "uncertainty_m": ~stated | unsure.notna(),
    }
    usable = good["name"] & good["lon"] & good["lat"] & good["datum"]
    skips = [
        Skip("place", f"{path.name}:{row + 2}:{column}", "gazetteer-row",
             f"{str(written[column].iat[row])[:80]!r} cannot be used")
        for column, fit in good.items() for row in map(int, np.flatnonzero(~fit))
    ]  # fmt: skip
    written = written.assign(uncertainty_m=unsure)
    points = to_wgs84(lon[usable], lat[usable], written["datum"][usable].map(datums))
    places = _as_places(written[usable].reset_index(drop=True), points, districts, path.name)
    wide = places["level"].isin(["country", "province"])
    abroad, lost = (places["county"] == "") & ~wide, _is_filled_in(places)
    for rows, code, reason in (
        (abroad, "gazetteer-outside", "lie in no district of China"),
        (lost, "gazetteer-shared-point", "are villages with the very point of another township"),
    ):
        if rows.any():
            count = int(rows.sum())
            skips.append(Skip("place", path.name, code, f"{count} rows {reason}", f"× {count}"))
    return Gazetteer(places[~(wide | abroad | lost)].reset_index(drop=True), tuple(skips))


def _as_places(
    written: pd.DataFrame, points: tuple[Floats, ...], districts: gpd.GeoDataFrame, file: str
) -> pd.DataFrame:
    """The table :data:`COLUMNS` of usable rows; ``county`` is that of the polygon."""
    found = assign_districts(points[0], points[1], districts)
    stated = written["uncertainty_m"]
    levels = zip(written["level"], written["name"], strict=True)
    return pd.DataFrame(
        {"name": _plain(written["name"], written["county"]),
         "level": [_level(*pair) for pair in levels],
         "county": found["district_code"], "lon": points[0], "lat": points[1],
         "township": _plain(written["township"], written["county"]),
         "uncertainty_m": stated.where(stated > 0),
         "origin": written["source"].where(written["source"] != "", file)}
    )[list(COLUMNS)]  # fmt: skip


def _is_filled_in(places: pd.DataFrame) -> pd.Series:
    """Villages whose point a geocoder filled in: exactly that of a place in another township."""
    towns = places.groupby(["lon", "lat"])["township"].transform("nunique")
    return (towns > 1) & (places["level"] == "village")


def _plain(names: pd.Series, counties: pd.Series) -> list[str]:
    """Names without their office and without their county in front (高密市密水街道)."""
    short = [_OFFICE.sub(_street, name) for name in names]
    return [
        name.removeprefix(county) if _TOWNSHIP_END.search(name.removeprefix(county)) else name
        for name, county in zip(short, counties, strict=True)
    ]


def _street(office: re.Match[str]) -> str:
    return "街道" if office.group().startswith("街道") else ""


def _read_csv(path: Path) -> pd.DataFrame:
    broken = InputError(
        f"{path.name}: cannot be read as CSV; save it again", code="csv-unreadable", where=path.name
    )
    with parsing(broken):
        written = decode(path.name, _unpacked(path.name, read_file(path))).encode()
        # More fields than headings: the rest is left out.
        table = pd.read_csv(BytesIO(written), dtype=str, keep_default_na=False, index_col=False)
    table = table.rename(columns={name: _heading(name) for name in table.columns})
    missing = [name for name in ("name", "lon", "lat") if name not in table.columns]
    if missing:
        raise InputError(
            f"{path.name}: lacks the column {', '.join(missing)}; a gazetteer needs them",
            code="column-missing", where=path.name, detail="、".join(missing),
        )  # fmt: skip
    absent = [name for name in _HEADINGS if name not in table.columns]
    return table.loc[:, ~table.columns.duplicated()].assign(**dict.fromkeys(absent, ""))


def _unpacked(name: str, raw: bytes) -> bytes:
    """Return what a packed list holds; of one that would unpack without end no more is unpacked."""
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    with gzip.open(BytesIO(raw)) as packed:
        unpacked = packed.read(MAX_FILE_BYTES + 1)
    if len(unpacked) > MAX_FILE_BYTES:
        raise InputError(
            f"{name}: unpacks to more than {MAX_FILE_BYTES} bytes; split it",
            code="too-large", where=name,
        )  # fmt: skip
    return unpacked


def _heading(written: str) -> str:
    plain = written.strip().casefold()
    for name, others in _HEADINGS.items():
        if plain == name or plain in others:
            return name
    return plain


def _level(word: str, name: str) -> str:
    """The level a row states, else the one its name ends like, else a single point of interest."""
    if level := _LEVEL_OF.get(word.strip().casefold()):
        return level
    if _TOWNSHIP_END.search(name):
        return "township"
    return "village" if _VILLAGE_END.search(name) else "poi"
