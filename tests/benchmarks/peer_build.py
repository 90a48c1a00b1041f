"""A whole build beside what a competent user writes with GeoPandas and folium, in one run.

usage: python tests/benchmarks/peer_build.py POINTS.csv[.gz] [--rows N] [--copies K] [--peer SCRIPT]

POINTS has ``name lon lat`` in GCJ-02 and ``province city county town``. ``--rows`` takes so many
rows, evenly spread over the file; ``--copies`` lays each down K times, 300 m or so beside itself.
Both read a CSV of the same stations (the peer in WGS-84, with the same district polygons), draw a
map, and are timed as whole processes, alternately, three times each, ours with nothing kept from
before; medians and their ratio are printed, by the clock and by the processors (which hold on a
busy machine too), our own peak memory and what the site weighs. Without ``--peer`` only ours runs.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took: seconds by the clock and of the processors, most memory."""

    clock_s: float
    processor_s: float
    peak_mb: float


def run(words: list[str]) -> Taken:
    """Run one command to its end, with an empty cache."""
    begun, used, peak = time.perf_counter(), _used_s(), 0.0
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"XDG_CACHE_HOME": cache}
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=environment)
        while process.poll() is None:
            peak = max(peak, peak_mb(process.pid))
            time.sleep(0.05)
        if process.returncode:
            raise SystemExit(f"{words} ended with {process.returncode}")
        return Taken(time.perf_counter() - begun, _used_s() - used, peak)


def _used_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def median(runs: list[Taken], name: str) -> float:
    """Return the median of one of what runs took."""
    return statistics.median(getattr(each, name) for each in runs)


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
        ours: list[Taken] = []
        theirs: list[Taken] = []
        for _ in range(chosen.times):
            ours.append(run(build))
            if chosen.peer:
                districts = ROOT / "geodata" / "districts.parquet"
                words = [str(chosen.peer), str(folder / "peer.csv"), str(districts)]
                theirs.append(run([sys.executable, *words, str(folder / "peer")]))
        peak = max(each.peak_mb for each in ours)
        print(f"ours {peak:.0f} MB, {describe(folder / 'site')}; load {os.getloadavg()[0]:.1f}")
        for name, said in (("clock_s", "s"), ("processor_s", "s of processors")):
            line = f"ours {median(ours, name):.1f} {said}"
            if theirs:
                ratio = median(theirs, name) / median(ours, name)
                line += f", peer {median(theirs, name):.1f}: ours is {ratio:.2f} times as fast"
            print(line)


if __name__ == "__main__":
    main()
