"""Our coverage beside what a competent user writes with GeoPandas, in one run.

usage: python tests/benchmarks/coverage.py [--stations N] [--blurred SHARE] [--only ours|peer]

Points are drawn (fixed seed) from the real places of ../shared/data, converted to WGS-84; beyond
their number with an offset of about a kilometre. The peer is ../shared/bench/plain_map.py, run as
it stands without drawing: three envelopes of circles, dissolved, overlaid with the districts.
Ours also makes the certain, the possible and the expected share, which the peer does not have.
Prints seconds and peak memory of each, both from reading the files on.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
DISTRICTS = ROOT / "geodata" / "districts.parquet"
sys.path.insert(0, str(ROOT))

from geomap.coverage import cover  # noqa: E402 (run as a script, from anywhere)
from geomap.model.settings import ENVELOPES  # noqa: E402
from geomap.places.datum import Datum, convert  # noqa: E402


def draw_points(count: int) -> pd.DataFrame:
    """Return name, lon, lat (WGS-84) of so many places."""
    places = pd.read_csv(
        SHARED / "data" / "points_china_gcj02.csv.gz", usecols=["name", "lon", "lat"]
    )
    random = np.random.default_rng(20260101)
    chosen = places.iloc[random.integers(0, len(places), count)].reset_index(drop=True)
    if count <= len(places):
        chosen = places.iloc[random.permutation(len(places))[:count]].reset_index(drop=True)
    spread = 0.01 * (count > len(places))
    lon, lat = convert(chosen["lon"], chosen["lat"], Datum.GCJ02, Datum.WGS84)
    return chosen.assign(
        lon=lon + random.normal(0, 1, count) * spread, lat=lat + random.normal(0, 1, count) * spread
    )


def run_ours(points: Path, blurred: float) -> None:
    """Read, cover and print, in this process."""
    clock = time.perf_counter()
    rows = pd.read_csv(points, encoding="utf-8-sig")
    random = np.random.default_rng(1)
    uncertainty = np.where(
        random.random(len(rows)) < blurred, 800 + 1700 * random.random(len(rows)), 30
    )
    stations = gpd.GeoDataFrame(
        {
            "station_id": [f"s{number}" for number in range(len(rows))],
            "kind": "station", "status": "operating", "access": "public", "precision": "exact",
            "uncertainty_m": uncertainty, "in_district": True,
        },
        geometry=gpd.points_from_xy(rows["lon"], rows["lat"]), crs=4326,
    )  # fmt: skip
    districts = gpd.read_parquet(DISTRICTS)
    read_s = time.perf_counter() - clock
    coverage = cover(stations, districts, ENVELOPES)
    total_s = time.perf_counter() - clock
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    means = coverage.shares.filter(regex="_share$").mean().round(5).to_dict()
    print(f"ours  read {read_s:.2f} s, all {total_s:.2f} s, peak {peak_mb:.0f} MB, means {means}")


def run_peer(points: Path, folder: Path) -> None:
    """Run the peer's script as it stands."""
    clock = time.perf_counter()
    script = SHARED / "bench" / "plain_map.py"
    command = [sys.executable, str(script), str(points), str(DISTRICTS), str(folder), "--no-map"]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    print(f"peer  all {time.perf_counter() - clock:.2f} s with start-up; steps:\n{result.stdout}")
    table = pd.read_csv(folder / "districts.csv")
    print("peer  means", (table.iloc[:, 1:].sum() / 2876).round(5).to_dict())


def main() -> None:
    """Run both, or one."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--stations", type=int, default=10_000)
    options.add_argument(
        "--blurred", type=float, default=0.0, help="share known to 0.8-2.5 km only"
    )
    options.add_argument("--only", choices=("ours", "peer"))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        points = Path(name) / "stations.csv"
        draw_points(chosen.stations).to_csv(points, index=False, encoding="utf-8-sig")
        if chosen.only != "peer":
            run_ours(points, chosen.blurred)
        if chosen.only != "ours":
            run_peer(points, Path(name))


if __name__ == "__main__":
    main()
