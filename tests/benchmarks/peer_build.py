"""A whole build beside what a competent user writes with GeoPandas and folium, in one run.

usage: python tests/benchmarks/peer_build.py POINTS.csv[.gz] [--rows N] [--copies K] [--peer SCRIPT]

POINTS has ``name lon lat`` in GCJ-02 and ``province city county town``. ``--rows`` takes so many
rows, evenly spread over the file; ``--copies`` lays each down K times, 300 m or so beside itself.
Both read a CSV of the same stations (the peer in WGS-84, with the same district polygons), draw a
map, and are timed as whole processes, alternately, three times each; medians and the ratio are
printed, our own peak memory and what the site weighs beside it. Without ``--peer`` only ours runs.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from tests.benchmarks.whole_build import ROOT, describe, peak_mb

sys.path.insert(0, str(ROOT))
from geomap.places.datum import Datum, convert


def read_points(path: Path, rows: int, copies: int) -> pd.DataFrame:
    """Return the chosen points, ``name lon lat province city district township``, GCJ-02."""
    table = pd.read_csv(path, dtype={"code": str}, keep_default_na=False)
    table["lon"], table["lat"] = table["lon"].astype(float), table["lat"].astype(float)
    if rows:
        table = table.iloc[np.linspace(0, len(table) - 1, rows).astype(int)]
    table = pd.concat([table] * copies, ignore_index=True)
    chance = np.random.default_rng(5)
    moved = np.arange(len(table)) >= len(table) // copies
    for axis in ("lon", "lat"):
        table[axis] += np.where(moved, chance.normal(0, 0.003, len(table)), 0.0)
    table["name"] = table["name"] + "工会驿站" + (np.arange(len(table)) % 97).astype(str) + "号"
    return table.rename(columns={"county": "district", "town": "township"}).round(6)


def write_inputs(points: pd.DataFrame, folder: Path) -> None:
    """Write the ledger (GCJ-02, as staff copy it) and the peer's CSV (WGS-84)."""
    (folder / "map").mkdir(parents=True, exist_ok=True)
    columns = ["name", "province", "city", "district", "township", "lon", "lat"]
    ledger = points[columns].assign(kind="station", datum="gcj02")
    ledger.to_csv(folder / "map" / "stations.csv", index=False, encoding="utf-8-sig")
    lon, lat = convert(points["lon"], points["lat"], Datum.GCJ02, Datum.WGS84)
    points[["name"]].assign(lon=lon, lat=lat).to_csv(folder / "peer.csv", index=False)


def run(words: list[str]) -> tuple[float, float]:
    """Run one command to its end; return seconds and peak memory in MB."""
    begun, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, peak_mb(process.pid))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"{words} ended with {process.returncode}")
    return time.perf_counter() - begun, peak


def main() -> None:
    """Time both, print the ratio."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("points", type=Path)
    options.add_argument("--rows", type=int, default=0, help="0: all")
    options.add_argument("--copies", type=int, default=1)
    options.add_argument("--peer", type=Path)
    options.add_argument("--times", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_inputs(read_points(chosen.points, chosen.rows, chosen.copies), folder)
        build = [sys.executable, str(ROOT / "build_map.py"), "build", "-q", "--geodata",
                 str(folder / "map"), "--out", str(folder / "site")]  # fmt: skip
        ours, theirs, peak = [], [], 0.0
        for _ in range(chosen.times):
            seconds, memory = run(build)
            ours, peak = [*ours, seconds], max(peak, memory)
            if chosen.peer:
                districts = ROOT / "geodata" / "districts.parquet"
                words = [str(chosen.peer), str(folder / "peer.csv"), str(districts)]
                theirs.append(run([sys.executable, *words, str(folder / "peer")])[0])
        print(f"ours {statistics.median(ours):.1f} s, {peak:.0f} MB, {describe(folder / 'site')}")
        if theirs:
            ratio = statistics.median(theirs) / statistics.median(ours)
            print(f"peer {statistics.median(theirs):.1f} s: ours is {ratio:.2f} times as fast")


if __name__ == "__main__":
    main()
