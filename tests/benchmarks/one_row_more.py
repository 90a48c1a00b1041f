"""One row more of 10,000: what the next build takes, beside a full one, and whether bytes agree.

usage: python tests/benchmarks/one_row_more.py POINTS.csv.gz [--rows 10000] [--roads FILE ...]

POINTS has ``level province city county town lon lat`` (GCJ-02); a station stands at each of so
many townships, evenly over the file. Each build runs in a process of its own, as a user runs it,
with a cache folder made for this: full, one row more with what that kept, the same without.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.whole_build import HOURS, describe  # noqa: E402

COLUMNS = ("station_id", "name", "kind", "status", "province", "city", "district", "township",
           "lon", "lat", "datum", "opening_hours", "facilities", "verified_on")  # fmt: skip
NEW = ("NEW1", "新增驿站", "station", "operating", "浙江省", "杭州市", "西湖区", "", "120.13",
       "30.26",
       "gcj02", "每天 6:00-22:00", "饮水", "2026-10-01")  # fmt: skip


def read_rows(points: Path, count: int) -> list[tuple[str, ...]]:
    """Return stations at so many townships of the file."""
    with gzip.open(points, "rt", encoding="utf-8", newline="") as stream:
        towns = sorted(
            (row for row in csv.DictReader(stream) if row["level"] == "town"),
            key=lambda row: row["code"],
        )
    chosen = [towns[number * len(towns) // count] for number in range(count)]
    return [
        (f"P{row['code']}", f"{row['town']}工会驿站", "station", "operating", row["province"],
         row["city"], row["county"], row["town"], row["lon"], row["lat"], "gcj02",
         HOURS[number % len(HOURS)], "饮水;休息" if number % 3 else "", "2026-10-01")
        for number, row in enumerate(chosen)
    ]  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """Seconds of a build: of the processors, and by the clock."""

    processor_s: float
    clock_s: float


def build(folder: Path, site: str, cache: str, roads: list[str]) -> Taken:
    """Run the command; return what it took."""
    words = [sys.executable, str(ROOT / "build_map.py"), "build", "--geodata",
             str(folder / "geodata"), "--out", str(folder / site)]  # fmt: skip
    words += ["--roads", *roads] if roads else []
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / cache)}
    subprocess.run(words, check=True, env=environment, stdout=subprocess.DEVNULL)
    after, clock_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - begun
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(used, clock_s)


def differing(one: Path, other: Path) -> list[str]:
    """Return the files that are not the same bytes in both folders."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (one, other) for path in folder.rglob("*") if path.is_file()
    }  # fmt: skip
    return [
        name for name in sorted(names)
        if not ((one / name).is_file() and (other / name).is_file())
        or (one / name).read_bytes() != (other / name).read_bytes()
    ]  # fmt: skip


def run(points: Path, count: int, roads: list[str], folder: Path) -> bool:
    """Build three times; print what each took; return whether the bytes agree."""
    rows = read_rows(points, count)
    (folder / "geodata").mkdir()
    ledger = folder / "geodata" / "stations.csv"

    def measure(label: str, site: str, cache: str, ledger_rows: list[tuple[str, ...]]) -> Taken:
        with ledger.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([COLUMNS, *ledger_rows])
        taken = build(folder, site, cache, roads)
        print(f"{label:18} {taken.processor_s:7.1f} s cpu {taken.clock_s:7.1f} s", flush=True)
        return taken

    measure(f"{count} rows, full", "site", "kept", rows)
    size = sum(path.stat().st_size for path in (folder / "kept" / "geomap" / "results").iterdir())
    more = measure("one row more", "site", "kept", [*rows, NEW])
    full = measure("the same, full", "full", "none", [*rows, NEW])
    different = differing(folder / "site", folder / "full")
    print(f"ratio {more.processor_s / full.processor_s:.3f} cpu, "
          f"{more.clock_s / full.clock_s:.3f} clock; kept {size / 1e6:.1f} MB; "
          f"site {describe(folder / 'site')}; differing files {different[:5]}")  # fmt: skip
    return not different


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("points", type=Path)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--roads", nargs="+", default=[])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sys.exit(not run(chosen.points, chosen.rows, chosen.roads, Path(name)))
