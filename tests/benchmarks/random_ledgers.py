"""Builds of random, hostile ledgers, each in a process of its own: what stopped, hung or was lost.

usage: python tests/benchmarks/random_ledgers.py [COUNT] [--first SEED] [--rows 150] [--share 0.06]

Every folder of tests/hostile_ledgers.py is built by ``build`` in a fork, under a ceiling of 4 GB.
Counted are: builds that ended in a map; tracebacks; more than 10 s of processor time; more than
1 GB of memory; cells that cannot be meant and that build.json does not name by
``file:row:column``; skips that name no cell. Seconds are of the processor (Linux).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from geomap.cli import main  # noqa: E402
from tests.hostile_ledgers import Folder, write_folder  # noqa: E402

MOST_S, MOST_BYTES, CEILING = 10.0, 1_000_000_000, 4_000_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """One build: exit status, what it cost, and what its report leaves unnamed."""

    seed: int
    status: int
    seconds: float
    peak_bytes: int
    said: str
    planted: int
    unnamed: tuple[str, ...]
    placeless: tuple[str, ...]


def run(seed: int, rows: int, share: float) -> Outcome:
    """Return the outcome of one folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = write_folder(folder / "map", seed, rows, share)
        words = ["build", "-q", "--geodata", str(folder / "map"), "--out", str(folder / "site")]
        child = os.fork()
        if not child:
            _build(words, folder / "said")
        _, status, used = os.wait4(child, 0)
        unnamed, placeless = _compare(written, folder / "site" / "build.json")
        return Outcome(
            seed,
            os.waitstatus_to_exitcode(status),
            used.ru_utime + used.ru_stime,
            used.ru_maxrss * 1024,
            (folder / "said").read_text(encoding="utf-8", errors="replace"),
            len(written.planted),
            unnamed,
            placeless,
        )


def _build(words: list[str], said: Path) -> NoReturn:
    """Run one command in this process, a fork with nothing but the imports, and end it."""
    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    stream = os.open(said, os.O_WRONLY | os.O_CREAT)
    for number in (1, 2):
        os.dup2(stream, number)
    status = 70
    try:
        status = main(words)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _compare(written: Folder, build: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the planted cells that the report does not name, and its skips without a cell."""
    if not build.exists():
        return (), ()
    report = json.loads(build.read_text(encoding="utf-8"))
    places = [skip["where"] for skip in (*report["skipped"], *report["warnings"])]
    planted = {f"{file}:{row}:{column}" for file, row, column in written.planted}
    return tuple(sorted(planted - set(places))), tuple(
        place for place in places if place.count(":") < 2
    )


def measure() -> int:
    """Print the table; return 1 when anything fell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--rows", type=int, default=150)
    parser.add_argument("--share", type=float, default=0.06, help="of cells that are not fit")
    chosen = parser.parse_args()
    seeds = range(chosen.first, chosen.first + chosen.count)
    outcomes = []
    for seed in seeds:
        outcomes.append(run(seed, chosen.rows, chosen.share))
        _tell(outcomes[-1])
        if len(outcomes) % 20 == 0:
            print(f"{len(outcomes)} of {chosen.count}", file=sys.stderr, flush=True)
    rows = table(outcomes)
    for label, value in rows.items():
        print(f"{label:44} {value}")
    faults = ("tracebacks", "builds over 10 s", "builds over 1 GB", "planted cells not named")
    return int(any(rows[label] for label in faults))


def _tell(one: Outcome) -> None:
    if one.status or one.unnamed:
        print(f"seed {one.seed}: exit {one.status}, not named: {one.unnamed}", file=sys.stderr)
        print(one.said[-800:], file=sys.stderr)


def table(outcomes: list[Outcome]) -> dict[str, object]:
    """Return label → figure."""
    return {
        "builds": len(outcomes),
        "exit statuses": dict(sorted(Counter(one.status for one in outcomes).items())),
        "tracebacks": sum("Traceback" in one.said for one in outcomes),
        "builds over 10 s": sum(one.seconds > MOST_S for one in outcomes),
        "longest build (s)": round(max(one.seconds for one in outcomes), 1),
        "builds over 1 GB": sum(one.peak_bytes > MOST_BYTES for one in outcomes),
        "highest peak (MB)": max(one.peak_bytes for one in outcomes) // 1_000_000,
        "planted cells": sum(one.planted for one in outcomes),
        "planted cells not named": sum(len(one.unnamed) for one in outcomes),
        "skips of whole files, without a cell": sum(len(one.placeless) for one in outcomes),
    }


if __name__ == "__main__":
    sys.exit(measure())
