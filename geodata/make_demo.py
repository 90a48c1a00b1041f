"""Make a demonstration: a real city's streets, and stations that are plainly invented.

usage: python geodata/make_demo.py FOLDER

Streets: central Wuhan as PyPI neatnet 0.1.6 has it in its source (data/wuhan_8989), from
OpenStreetMap (© OpenStreetMap contributors, ODbL 1.0); neatnet is BSD-3-Clause. The stations, their
names, hours and notes are made up here and are nobody's. How many people live in each district is
the census's: they show what a planner sees, and nothing of the stations. What is built of the
folder says so on every page, and ``publish`` refuses it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

PACKAGE = "neatnet==0.1.6"
MEMBER = "neatnet-0.1.6/data/wuhan_8989/original.parquet"
SHA256 = "aeadb891a146320d617de30b7df552818b200e9372cfeaf50535300b8bd8d244"
#: West, south, east, north: the city between its bridges, degrees (WGS-84).
BOX = (114.22, 30.49, 114.42, 30.65)
COUNT = 90
METRES = 32650
HOURS = (
    "每天 7:30-21:00", "24小时", "周一至周五 8:30-17:30", "每天 6:00-23:00",
    "周一至周五 9:00-12:00 13:30-17:00", "",
)  # fmt: skip
HELD = (
    "drinking_water;rest;microwave;charging", "drinking_water;rest;toilet;air_conditioning",
    "drinking_water;microwave;heating;toilet;battery_swap", "rest;charging;drying;first_aid",
    "drinking_water;rest;toilet;microwave;air_conditioning;charging", "drinking_water",
)  # fmt: skip
WAYS_IN = ("从北门进，右手第一间", "二楼，坐电梯", "", "", "小区门岗旁", "")
#: People by district code: 第七次全国人口普查分县资料, 1 November 2020.
CENSUS = {
    "420102": 965_260, "420103": 647_932, "420104": 666_661, "420105": 837_263,
    "420106": 1_102_188, "420107": 431_818, "420111": 2_554_403, "420112": 845_782,
    "420113": 145_103, "420114": 930_818, "420115": 1_308_469, "420116": 1_151_644,
    "420117": 860_377,
}  # fmt: skip
SETTINGS = """title = "演示：一座城的驿站（站点为虚构）"
region = "武汉的街道，虚构的站点"
report_to = "demo@example.invalid"

[publish]
demo = true
"""


def fetch_streets(folder: Path) -> gpd.GeoDataFrame:
    """Return the streets in the box, by the package registry's ordinary client."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
         "--no-binary", "neatnet", "--dest", folder, PACKAGE], check=True,
    )  # fmt: skip
    with tarfile.open(next(folder.glob("neatnet-*.tar.gz"))) as source:
        content = source.extractfile(MEMBER).read()  # type: ignore[union-attr]
    if hashlib.sha256(content).hexdigest() != SHA256:
        sys.exit(f"{PACKAGE}: {MEMBER} is not the file this was written for")
    streets = gpd.read_parquet(io.BytesIO(content))[["highway", "geometry"]].to_crs(4326)
    west, south, east, north = BOX
    return streets.cx[west:east, south:north].reset_index(drop=True)


def invent_stations(streets: gpd.GeoDataFrame, day: dt.date) -> pd.DataFrame:
    """Return the ledger: ``COUNT`` stations beside quiet streets, most of them checked lately."""
    chance = np.random.default_rng(8989)
    quiet = streets[streets["highway"].isin(("residential", "tertiary", "unclassified"))]
    lines = quiet.to_crs(METRES).geometry.to_numpy()
    chosen = chance.choice(lines, COUNT, replace=False)
    at = shapely.line_interpolate_point(chosen, chance.random(COUNT), normalized=True)
    beside = shapely.points(shapely.get_coordinates(at) + chance.uniform(-15, 15, (COUNT, 2)))
    places = shapely.get_coordinates(gpd.GeoSeries(beside, crs=METRES).to_crs(4326).to_numpy())
    kinds = np.where(np.arange(COUNT) % 9 == 4, "workers_home", "station")
    rows = [
        {
            "station_id": f"demo-{n:03}",
            "name": f"虚构驿站 {n:02} 号",
            "kind": kinds[n],
            "access": "members" if kinds[n] == "workers_home" and n % 2 else "outdoor_workers",
            "province": "湖北省",
            "city": "武汉市",
            "lon": f"{places[n, 0]:.6f}",
            "lat": f"{places[n, 1]:.6f}",
            "datum": "wgs84",
            "opening_hours": HOURS[n % len(HOURS)],
            "facilities": HELD[(n // 2) % len(HELD)],
            "verified_on": "" if n % 11 == 5 else str(day - dt.timedelta(days=7 + n % 60)),
            "source": "",
            "note": WAYS_IN[n % len(WAYS_IN)],
        }
        for n in range(COUNT)
    ]
    return pd.DataFrame(rows)


def main(folder: Path) -> None:
    """Write the demonstration's geodata folder and its road file."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as packed:
        streets = fetch_streets(Path(packed))
    streets.to_parquet(folder / "wuhan.parquet")
    stations = invent_stations(streets, dt.date.today())
    stations.to_csv(folder / "stations.csv", index=False, encoding="utf-8-sig")
    people = pd.DataFrame(CENSUS.items(), columns=["district_code", "population"])
    people.assign(source="第七次全国人口普查分县资料（2020年）").to_csv(
        folder / "population.csv", index=False, encoding="utf-8-sig"
    )
    (folder / "map.toml").write_text(SETTINGS, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
