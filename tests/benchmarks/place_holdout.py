"""Does uncertainty_m hold 95 % of the truths? Held-back places, placed by what is left.

usage: python -m tests.benchmarks.place_holdout [--points POINTS.csv.gz] [--map CITY.osm.pbf]
                                                [--stations STATIONS.csv]

POINTS is a list of communities with coordinates (Vonng/adcode, GCJ-02, not part of this
repository): a gazetteer is made of every other community and all townships, the others are placed
by their stated district and township, with that gazetteer and without it. CITY gives doors and
places that are held back (tests/benchmarks/map_holdout.py). STATIONS are real rows with address,
district and a map's own coordinate (name,address,district,lon,lat,datum,coordinate).
Printed by precision: coverage, errors, radii, districts.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geomap.divisions import read_divisions
from geomap.places import Answers, place_stations, read_places
from geomap.places.datum import Datum, convert
from geomap.places.districts import assign_districts, read_districts
from geomap.places.recorded import Candidate, queries
from geomap.places.rungs import in_district
from tests.benchmarks.map_holdout import print_map

ROOT = Path(__file__).parents[2]
POINTS = ROOT.parent / "shared" / "data" / "points_china_gcj02.csv.gz"
GEODATA = ROOT / "geodata"
EARTH_M = 6_371_008.8


def read_points(path: Path) -> pd.DataFrame:
    """The list with WGS-84 coordinates ``x``, ``y``; ``held`` marks every second community."""
    points = pd.read_csv(path, dtype={"code": str}, keep_default_na=False)
    points["x"], points["y"] = convert(points["lon"], points["lat"], Datum.GCJ02, Datum.WGS84)
    community = (points["level"] == "village") & (points["county"] != "")
    points["held"] = community & (points["code"].str[-1].astype(int) % 2 == 0)
    return points


def metres(lon: pd.Series, lat: pd.Series, to_lon: pd.Series, to_lat: pd.Series) -> pd.Series:
    """Great-circle distances, metres."""
    a, b = np.radians(lat), np.radians(to_lat)
    half = np.sin((a - b) / 2) ** 2
    half += np.cos(a) * np.cos(b) * np.sin(np.radians(lon - to_lon) / 2) ** 2
    return 2 * EARTH_M * np.arcsin(np.sqrt(half))


def judge(rows: pd.DataFrame, places: object, districts: object, divisions: object) -> pd.DataFrame:
    """One row a precision: how many, share within the radius, its median, right districts."""
    started = time.perf_counter()
    placed = place_stations(rows, places)  # type: ignore[arg-type]
    print(f"placed {len(rows)} rows in {time.perf_counter() - started:.1f} s")
    error = metres(placed["lon"], placed["lat"], rows["x"], rows["y"])
    found = assign_districts(placed["lon"], placed["lat"], districts)  # type: ignore[arg-type]
    meant = {
        key: divisions.resolve(*key)  # type: ignore[attr-defined]
        for key in set(rows[["province", "city", "district"]].itertuples(index=False, name=None))
    }
    keys = rows[["province", "city", "district"]].itertuples(index=False, name=None)
    right = [in_district(c, meant[k]) for c, k in zip(found["district_code"], keys, strict=True)]
    table = pd.DataFrame(
        {"precision": placed["precision"], "held_95": error <= placed["uncertainty_m"],
         "error_m": error, "radius_m": placed["uncertainty_m"], "in_district": right}
    )  # fmt: skip
    summary = table.groupby("precision").agg(
        rows=("error_m", "size"), covered=("held_95", "mean"), median_error_m=("error_m", "median"),
        median_radius_m=("radius_m", "median"), in_district=("in_district", "mean"),
    )  # fmt: skip
    return summary.round(
        {"covered": 4, "in_district": 4, "median_error_m": 0, "median_radius_m": 0}
    )


def judge_stations(path: Path, districts: Any, divisions: Any) -> None:
    """Print how well rows with a real address are placed offline, judged by a map's own entries.

    A vendor's geocodings are no truth (three of Zhengzhou's lie in another district than stated):
    they are judged too, in a table of all rows, and how many would be taken as recorded answers.
    """
    rows = pd.read_csv(path, keep_default_na=False).rename(columns={"lon": "x", "lat": "y"})
    rows["x"], rows["y"] = convert(rows["x"], rows["y"], Datum.GCJ02, Datum.WGS84)
    words = rows[["name", "address", "district"]]
    known = {"gazetteer": GEODATA / "gazetteer.parquet", "zones": GEODATA / "zones.csv"}
    places = read_places(divisions, districts, **known)
    for part in (rows[rows.coordinate == "amap_poi"], rows):
        part = part.assign(province="", city="")
        print(judge(part, places, districts, divisions).to_string())
    coded = rows[rows.coordinate != "amap_poi"]
    answers = Answers({
        ("amap", queries(texts)[0]): (Candidate(x, y, "address", 200.0, texts["address"]),)
        for texts, x, y in zip(words.loc[coded.index].to_dict("records"), coded.x, coded.y,
                               strict=True)
    })  # fmt: skip
    with_answers = read_places(divisions, districts, **known, answers=answers)
    for name, used in (("without", places), ("with", with_answers)):
        placed = place_stations(words.loc[coded.index], used)
        print(
            f"{len(coded)} rows {name} recorded answers: median radius "
            f"{placed.uncertainty_m.median():.0f} m, taken {(placed.provider == 'amap').sum()}"
        )


def judge_points(path: Path, districts: Any, divisions: Any) -> None:
    """Print both tables of communities held back."""
    points = read_points(path)
    held = points[points["held"]].rename(columns={"county": "district", "town": "township"})
    # The list's own errors are no fault of ours: truths outside their own county are left out.
    own = assign_districts(held["x"], held["y"], districts)["district_code"].to_numpy()
    stated = held[["province", "city", "district"]].itertuples(index=False, name=None)
    keep = [divisions.resolve(*key).holds(code) for key, code in zip(stated, own, strict=True)]
    rows = held[keep].drop(columns=["lon", "lat"]).reset_index(drop=True)
    with tempfile.TemporaryDirectory() as folder:
        others = Path(folder) / "others.csv"
        points[~points["held"]].drop(columns=["x", "y", "held"]).to_csv(others, index=False)
        for extra in (others, None):
            places = read_places(
                divisions, districts, gazetteer=GEODATA / "gazetteer.parquet",
                zones=GEODATA / "zones.csv", extra=extra, extra_datum=Datum.GCJ02,
            )  # fmt: skip
            print("with the other half as gazetteer" if extra else "with the shipped gazetteer")
            print(judge(rows, places, districts, divisions).to_string())


def main() -> None:
    """Measure what was named; without anything the list of communities."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=Path)
    parser.add_argument("--map", type=Path)
    parser.add_argument("--stations", type=Path)
    chosen = parser.parse_args()
    districts, divisions = read_districts(GEODATA / "districts.parquet"), read_divisions(GEODATA)
    if chosen.map:
        print_map(chosen.map)
    if chosen.stations:
        judge_stations(chosen.stations, districts, divisions)
    if chosen.points or not (chosen.map or chosen.stations):
        judge_points(chosen.points or POINTS, districts, divisions)


if __name__ == "__main__":
    main()
