"""A whole build of a large ledger, as a user runs it: seconds a stage, peak memory, files, bytes.

usage: python tests/benchmarks/whole_build.py [ROWS] [--keep FOLDER] [--roads FILE]

The ledger (200,000 rows unless told) is made in a temporary folder, always the same: stations
around the townships of geodata/gazetteer.parquet, four of five with a coordinate, the fifth known
to its township only. Then ``build_map.py build`` runs in a process of its own. ``files`` is the
SHA-256 over every path and content of the site: two versions that draw the same print the same.
Memory is the high-water mark of the kernel (Linux).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[2]
COLUMNS = (
    "station_id", "name", "kind", "status", "access", "province", "city", "district", "township",
    "address", "lon", "lat", "opening_hours", "facilities", "phone", "opened_on", "verified_on",
)  # fmt: skip
KINDS = ("station",) * 7 + ("rest_room", "workers_home", "union_branch")
HOURS = ("24小时", "每天 7:30-19:30", "周一至周五 9:00-17:00", "8:30-11:00 13:30-17:00", "")
FACILITIES = (
    "饮水;休息", "饮水;微波炉;休息;厕所", "充电;饮水;休息", "换电;休息", "烘干;急救;微波炉;厕所",
    "",
)  # fmt: skip


def write_ledger(path: Path, count: int) -> None:
    """Write ``count`` rows as a union would keep them; the same rows every time."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows(make_rows(count))


def make_rows(count: int, seed: int = 7) -> Iterator[tuple[object, ...]]:
    """Yield rows in the order of :data:`COLUMNS`, a kilometre or so around real townships."""
    towns = pd.read_parquet(ROOT / "geodata" / "gazetteer.parquet")
    towns = towns[(towns["level"] == "township") & towns["lon"].notna()].reset_index(drop=True)
    chance = np.random.default_rng(seed)
    town = chance.integers(0, len(towns), count)
    east, north = chance.normal(0, 0.01, count), chance.normal(0, 0.01, count)
    hours, kept = chance.integers(0, len(HOURS), count), chance.integers(0, len(FACILITIES), count)
    columns = ("province", "city", "district", "township", "lon", "lat")
    places = list(zip(*(towns[name].tolist() for name in columns), strict=True))
    for i in range(count):
        *admin, lon, lat = places[town[i]]
        placed = bool(i % 5)
        yield (
            f"S{i:07}", f"{admin[3]}工会驿站{i % 97}号", KINDS[i % len(KINDS)],
            "planned" if i % 50 == 0 else "closed" if i % 50 == 1 else "operating",
            "public" if i % 4 else "", *admin, f"人民路 {i % 300} 号",
            f"{lon + east[i]:.6f}" if placed else "", f"{lat + north[i]:.6f}" if placed else "",
            HOURS[hours[i]], FACILITIES[kept[i]], f"0{10 + i % 89}-6{i % 1000000:06}",
            f"202{i % 5}-0{1 + i % 9}-1{i % 10}", "2026-10-01" if i % 3 else "",
        )  # fmt: skip


def peak_mb(process: int) -> float:
    """Return the most memory a process has held so far, in MB; 0 where nobody tells."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return int(lines.get("VmHWM", "0 kB").split()[0]) / 1024


def cpu_s(process: int) -> float:
    """Return the processor seconds of a process: they hold on a busy machine too; 0 if unknown."""
    try:
        fields = (
            Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run_build(geodata: Path, out: Path, roads: list[str]) -> None:
    """Run the command and print a line a stage: its seconds, and the memory until its end."""
    words = [sys.executable, str(ROOT / "build_map.py"), "build", "-v", "--geodata", str(geodata)]
    words += ["--out", str(out), *(["--roads", *roads] if roads else [])]
    begun = last = time.perf_counter()
    stage, seen, used = "start", [0.0, 0.0], 0.0
    build = subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    watch = threading.Thread(target=_watch, args=(build, seen), daemon=True)
    watch.start()
    assert build.stderr is not None
    for line in build.stderr:
        now = time.perf_counter()
        tell(stage, now - last, seen[1] - used, seen[0])
        stage, last, used = line.strip(), now, seen[1]
    status = build.wait()
    watch.join()
    now = time.perf_counter()
    tell(stage, now - last, seen[1] - used, seen[0])
    tell(f"whole, exit {status}", now - begun, seen[1], seen[0])


def tell(stage: str, seconds: float, processor_s: float, peak: float) -> None:
    """Print one line: the clock, the processors, the most memory until then."""
    print(f"  {stage:20} {seconds:7.1f} s  {processor_s:7.1f} s cpu  {peak:6.0f} MB", flush=True)


def _watch(build: subprocess.Popen[str], seen: list[float]) -> None:
    while build.poll() is None:
        seen[0] = max(seen[0], peak_mb(build.pid))
        seen[1] = max(seen[1], cpu_s(build.pid))
        time.sleep(0.05)


def describe(site: Path) -> str:
    """Return how much the site is, and a sum over all of it."""
    total, digest = 0, hashlib.sha256()
    paths = sorted(path for path in site.rglob("*") if path.is_file())
    for path in paths:
        content = path.read_bytes()
        total += len(content)
        digest.update(f"{path.relative_to(site).as_posix()}\0{len(content)}\0".encode() + content)
    return f"{len(paths)} files, {total / 1e6:.1f} MB, {digest.hexdigest()[:16]}"


def main() -> None:
    """Make the ledger, build it, tell."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("rows", type=int, nargs="?", default=200_000)
    options.add_argument("--keep", type=Path, help="make ledger and site here, and leave them")
    options.add_argument("--roads", nargs="+", default=[], help="as build takes them")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.keep or Path(name)
        geodata, site = folder / "geodata", folder / "site"
        geodata.mkdir(parents=True, exist_ok=True)
        write_ledger(geodata / "stations.csv", chosen.rows)
        print(f"{chosen.rows} rows, {(geodata / 'stations.csv').stat().st_size / 1e6:.1f} MB")
        run_build(geodata, site, chosen.roads)
        print(f"  site {describe(site)}")


if __name__ == "__main__":
    main()
