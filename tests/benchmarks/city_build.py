"""A whole build by road of a region as large as Nanjing's: seconds a stage.

usage: python -m tests.benchmarks.city_build [--copies 3] [--stations 1000] [--keep FOLDER]

The roads are so many copies of ../shared/data/roads/jinan.parquet side by side (about 5,000 km of
street each); the stations lie within 40 m of vertices of these streets, the same every time. The
build runs in a process of its own and keeps nothing of earlier ones.
"""

from __future__ import annotations

import argparse
import csv
import os
import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tests.benchmarks.whole_build import ROOT, describe, run_build

JINAN = ROOT.parent / "shared" / "data" / "roads" / "jinan.parquet"
COLUMNS = ("station_id", "name", "kind", "access", "lon", "lat", "opening_hours", "verified_on")


def write_roads(path: Path, copies: int) -> gpd.GeoDataFrame:
    """Write the streets of Jinan so many times, each east of the other; return them."""
    city = gpd.read_parquet(JINAN)
    west, _, east, _ = city.total_bounds
    parts = [city.set_geometry(city.translate((east - west) * nth)) for nth in range(copies)]
    roads = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=city.crs)
    roads.to_parquet(path)
    return roads


def write_ledger(path: Path, roads: gpd.GeoDataFrame, count: int) -> None:
    """Write stations beside the streets, spread evenly over their vertices."""
    chance = np.random.default_rng(7)
    points = shapely.get_coordinates(roads.to_crs(4326).geometry.to_numpy())
    points = points[chance.integers(0, len(points), count)] + chance.normal(0, 2e-4, (count, 2))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for number, (lon, lat) in enumerate(points):
            hours = ("24小时", "每天 7:30-19:30", "周一至周五 9:00-17:00", "")[number % 4]
            writer.writerow(
                (f"S{number:05}", f"{number}号工会驿站", "station", "public", f"{lon:.6f}",
                 f"{lat:.6f}", hours, "2026-10-01" if number % 3 else "")
            )  # fmt: skip


def main() -> None:
    """Make roads and ledger, build, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--copies", type=int, default=3)
    options.add_argument("--stations", type=int, default=1000)
    options.add_argument("--keep", type=Path, help="make everything here, and leave it")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.keep or Path(name)
        (folder / "geodata").mkdir(parents=True, exist_ok=True)
        os.environ["XDG_CACHE_HOME"] = str(Path(name) / "cache")
        roads = write_roads(folder / "roads.parquet", chosen.copies)
        write_ledger(folder / "geodata" / "stations.csv", roads, chosen.stations)
        run_build(folder / "geodata", folder / "site", [str(folder / "roads.parquet")])
        print(f"  site {describe(folder / 'site')}")


if __name__ == "__main__":
    main()
