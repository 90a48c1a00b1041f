"""Does uncertainty_m hold 95 % of the truths? Places held out of a real gazetteer, placed by it.

``python tests/benchmarks/place_holdout.py [POINTS.csv.gz]`` takes a list of communities with
coordinates (Vonng/adcode, GCJ-02, not part of this repository), builds a gazetteer of every other
community and all townships, places the held-out ones by their stated district and township, and
prints coverage, size and district errors by precision, with that gazetteer and without it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from geomap.divisions import read_divisions
from geomap.places import in_district, place_stations, read_places
from geomap.places.datum import Datum, convert
from geomap.places.districts import assign_districts, read_districts

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


def main() -> None:
    """Print both tables."""
    points = read_points(Path(sys.argv[1]) if len(sys.argv) > 1 else POINTS)
    districts, divisions = read_districts(GEODATA / "districts.parquet"), read_divisions(GEODATA)
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


if __name__ == "__main__":
    main()
