"""A small city and its downloads, counted again by a script that knows no module of geomap.

Circles on a plane, sampled every 100 m; dates and hours as text.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely

HERE = (120.0, 30.5)
GLOBE = pyproj.Geod(ellps="WGS84")
#: name, metres east and north of HERE, uncertainty, status, access, hours, opened and closed on.
STATIONS = (
    ("a", -4000, -1000, 30, "operating", "outdoor_workers", "24小时", "2022-03-01", ""),
    ("b", -2500, 1500, 30, "operating", "outdoor_workers", "每天 8:00-20:00", "2023-05-01", ""),
    ("c", -3300, -3200, 900, "operating", "public", "每天 8:00-20:00", "", ""),
    ("d", 3000, 500, 30, "operating", "outdoor_workers", "周一至周五 9:00-17:00", "2024-01-01", ""),
    ("e", 4200, 1400, 30, "operating", "unknown", "", "2024-06-01", ""),
    ("f", 2500, -3000, 30, "closed", "outdoor_workers", "每天 8:00-20:00", "2021-01-01",
     "2024-02-01"),
    ("g", 800, 3500, 30, "planned", "outdoor_workers", "", "2027-01-01", ""),
)  # fmt: skip
POPULATION = {"330521": 50_000, "330503": 80_000}
#: id, radius in metres: a walk is a circle, a ride is a road 1.3 times as long.
RADII = {"standard_1km": 1000, "ebike_10min_15kmh": 2500 / 1.3, "ebike_10min_25kmh": 12_500 / 3.9}
HEADLINE = "ebike_10min_15kmh"
STEP = 100


def place(east: float, north: float) -> tuple[float, float]:
    lon, lat, _ = GLOBE.fwd(*HERE, math.degrees(math.atan2(east, north)), math.hypot(east, north))
    return lon, lat


def write_folder(folder: Path, stations: str = "abcdefg") -> Path:
    folder.mkdir()
    (west, south), (east, north) = place(-6000, -5000), place(6000, 5000)
    boxes = [shapely.box(west, south, HERE[0], north), shapely.box(HERE[0], south, east, north)]
    area = [abs(GLOBE.geometry_area_perimeter(box)[0]) / 1e6 for box in boxes]
    gpd.GeoDataFrame(
        {"district_code": list(POPULATION), "province": "浙江省", "city": "湖州市",
         "district": ["德清县", "南浔区"], "area_km2": area}, geometry=boxes, crs=4326,
    ).to_parquet(folder / "districts.parquet")  # fmt: skip
    ledger = ["station_id,name,kind,lon,lat,datum,uncertainty_m,status,access,opening_hours,"
              "opened_on,closed_on,verified_on"]  # fmt: skip
    for name, east, north, far, status, access, hours, opened, closed in STATIONS:
        if name not in stations:
            continue
        lon, lat = place(east, north)
        ledger.append(f"{name},{name}驿站,station,{lon:.6f},{lat:.6f},wgs84,{far},{status},{access},"
                      f"{hours},{opened},{closed},2026-01-01")  # fmt: skip
    chance = np.random.default_rng(4)
    people = ["id,lon,lat,datum,weight"]
    for n, (east, north) in enumerate(chance.uniform(-1, 1, (400, 2)) * [5800, 4800]):
        lon, lat = place(east, north)
        people.append(f"p{n},{lon:.6f},{lat:.6f},wgs84,{chance.integers(1, 400)}")
    sites = ["id,lon,lat,datum,cost"]
    for n, (east, north) in enumerate(((-1000, -2000), (1500, -1500), (4500, -3500))):
        lon, lat = place(east, north)
        sites.append(f"s{n},{lon:.6f},{lat:.6f},wgs84,{90_000 + n}")
    claims = ["doc,province,city,district,kind,claim,count,as_of,quote",
              "a.txt,浙江省,湖州市,德清县,station,7个驿站,7,2025-01-01,有7个驿站。"]  # fmt: skip
    counted = [f"{code},{n},普查" for code, n in POPULATION.items()]
    texts = {"stations.csv": ledger, "people.csv": people, "sites.csv": sites, "claims.csv": claims,
             "population.csv": ["district_code,population,source", *counted]}  # fmt: skip
    for name, lines in texts.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


class Recount:
    """The downloads, and what they say when they are counted again."""

    def __init__(self, folder: Path, site: Path) -> None:
        data = site / "internal/data"
        rows = json.loads((data / "stations.geojson").read_text("utf-8"))["features"]
        self.rows = [row["properties"] | {"at": row["geometry"]["coordinates"]} for row in rows]
        self.districts = gpd.read_file(data / "planner.gpkg", layer="districts").set_index(
            "district_code"
        )
        self.claims = read_csv(data / "claims.csv")
        self.gaps = json.loads((data / "gaps.geojson").read_text("utf-8"))["features"]
        self.people = read_csv(folder / "people.csv")
        plan = folder / "plan.json"
        self.plan = json.loads(plan.read_text("utf-8")) if plan.exists() else {}
        self.local = pyproj.Transformer.from_crs(
            4326, f"+proj=aeqd +lon_0={HERE[0]} +lat_0={HERE[1]}", always_xy=True
        )

    @cached_property
    def demand(self) -> tuple[np.ndarray, np.ndarray]:
        at = np.array([[float(row["lon"]), float(row["lat"])] for row in self.people])
        return self.to_metres(at), np.array([float(row["weight"]) for row in self.people])

    def to_metres(self, at: np.ndarray) -> np.ndarray:
        return np.column_stack(self.local.transform(*np.asarray(at, dtype=float).T))

    def shape(self, code: str) -> Any:
        """A district in metres."""
        return shapely.transform(self.districts.geometry[code], self.to_metres)

    def ground(self, code: str) -> np.ndarray:
        """Points every 100 m of a district."""
        shape = self.shape(code)
        west, south, east, north = shape.bounds
        x, y = np.meshgrid(np.arange(west, east, STEP) + STEP / 2,
                           np.arange(south, north, STEP) + STEP / 2)  # fmt: skip
        points = np.column_stack([x.ravel(), y.ravel()])
        return points[shapely.contains_xy(shape, *points.T)]

    def open_now(self, sure: bool, day: int = 0, hour: int = -1) -> list[dict[str, Any]]:
        """Stations that count: sure ones, or all that may; at an hour those that are open then."""
        chosen = [row for row in self.rows if row["status"] == "operating"
                  and (not sure or row["access"] in ("public", "outdoor_workers"))]  # fmt: skip
        return [row for row in chosen if hour < 0 or is_open(row, day, hour, not sure)]

    def chance(
        self, points: np.ndarray, rows: list[dict[str, Any]], radius: float, way: str
    ) -> Any:
        """The chance of each point to lie in reach: low, share (each somewhere), high."""
        missed = np.ones(len(points))
        for row in rows:
            far = np.linalg.norm(points - self.to_metres([row["at"]]), axis=1)
            wide = row["uncertainty_m"]
            if way == "share" and wide > 150:
                missed *= 1 - np.mean([
                    np.linalg.norm(points - self.to_metres([row["at"]]) - spot, axis=1) <= radius
                    for spot in disc(wide)
                ], axis=0)  # fmt: skip
            else:
                reach = radius + {"low": -wide, "share": 0, "high": wide}[way]
                missed *= far > reach
        return 1 - missed

    def share(self, code: str, envelope: str, way: str, day: int = 0, hour: int = -1) -> float:
        rows = self.open_now(way != "high", day, hour)
        return float(self.chance(self.ground(code), rows, RADII[envelope], way).mean())

    def people_reached(self, code: str, envelope: str) -> tuple[float, float]:
        at, weight = self.demand
        shape = self.shape(code)
        inside = shapely.contains_xy(shape, *at.T)
        chance = self.chance(at, self.open_now(True), RADII[envelope], "share")
        return float((weight * chance)[inside].sum()), float(weight[inside].sum())

    def within(self, places: list[Any], less: Any = 0.0) -> np.ndarray:
        """Which demand lies in the ten minutes' circle of any of these places, so much smaller."""
        far = np.linalg.norm(self.demand[0][:, None] - self.to_metres(places)[None], axis=2)
        return (far <= RADII[HEADLINE] - np.asarray(less)).any(axis=1)

    def served(self, rows: list[dict[str, Any]]) -> float:
        return (
            float(self.demand[1][self.within([row["at"] for row in rows])].sum()) if rows else 0.0
        )


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def disc(radius: float) -> Iterator[np.ndarray]:
    for ring in range(12):
        for turn in range(24):
            far, way = radius * math.sqrt((ring + 0.5) / 12), 2 * math.pi * (turn + ring / 2) / 24
            yield far * np.array([math.cos(way), math.sin(way)])


def is_open(row: dict[str, Any], day: int, hour: int, maybe: bool) -> bool:
    hours = row["opening_hours"] or ""
    if not hours:
        return maybe
    if hours == "24/7":
        return True
    days, begin, end = re.fullmatch(r"(.*?) ?(\d\d):00-(\d\d):00", hours).groups()
    return (days in ("", "Mo-Su") or day <= 5) and int(begin) <= hour < int(end)
