"""Runs that are killed, and runs at the same time: what is lost, mixed or left in the way.

usage: python tests/benchmarks/kills.py [--kills 100] [--pairs 20] [--seed 1]

Commands run in forked processes (Linux), so that a kill falls into the command, not into its
imports: half of them at any moment of its run, half a moment after it began to write. After each,
the folders must be whole and of one edition, rows that a finished run acknowledged must be there,
and the next run must go on by itself. Prints a table; exit status 1 when anything was lost.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

import geopandas as gpd
import pandas as pd

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from geomap.cli import main  # noqa: E402
from geomap.store.exchange import lock_folder  # noqa: E402
from geomap.store.lock import lock_tables  # noqa: E402
from geomap.store.marker import PUBLICATION, SITE  # noqa: E402
from geomap.store.ownership import survey  # noqa: E402
from tests.desk.window import Window  # noqa: E402

HEAD = "名称,类型,省,市,区县\n"
SETTINGS = '[publish]\nreview_number = "GS(2026)1"\n'
NEWS = "北京市朝阳区总工会在望京街道建成望京公园{n}号户外劳动者驿站。全区共有{n}个暖心驿站。"
FOREIGN = ("CNAME", ".git/HEAD", ".well-known/acme-challenge/token")
#: A station saved in the clerk's window.
AT_DESK = "desk"
#: How the names end that appear on the disk when a command begins to write.
STAGING = (".part", ".pending", ".geomap-new")


@dataclass
class World:
    """One folder of a map, its site, its publication, and what finished runs acknowledged."""

    root: Path
    chance: random.Random
    numbers: Iterator[int] = field(default_factory=lambda: count(100))
    rows: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.geodata.mkdir(parents=True)
        for name, table in reference().items():  # of one city: a run is spent on its writing
            table.to_parquet(self.geodata / name)
        (self.geodata / "map.toml").write_text(SETTINGS, encoding="utf-8")
        (self.geodata / "stations.csv").write_text(
            f"{HEAD}甲驿站,驿站,北京市,北京市,朝阳区\n", encoding="utf-8"
        )

    @property
    def geodata(self) -> Path:
        return self.root / "map"

    def sheet(self) -> tuple[list[str], str]:
        """Return the words that add one more row, and the row's name."""
        name = f"第{next(self.numbers)}驿站"
        path = self.root / f"{name}.csv"
        path.write_text(f"{HEAD}{name},驿站,北京市,北京市,朝阳区\n", encoding="utf-8")
        return ["add", str(path), "--geodata", str(self.geodata)], name

    def document(self) -> tuple[list[str], str]:
        """Return the words that add one more document, and its name."""
        number = next(self.numbers)
        path = self.root / f"news-{number}.txt"
        path.write_text(NEWS.format(n=number), encoding="utf-8")
        return ["add", str(path), "--geodata", str(self.geodata)], path.name

    def build(self) -> list[str]:
        """Return the words of a build of another edition than the last one."""
        title = f'title = "第{next(self.numbers)}版"\n'
        (self.geodata / "map.toml").write_text(title + SETTINGS, encoding="utf-8")
        return ["build", "--geodata", str(self.geodata), "--out", str(self.root / "site")]

    def publish(self) -> list[str]:
        """Return the words that publish one of two editions, the other one each time."""
        sites = [self.root / name for name in ("site-0", "site-1")]
        for site in sites:
            if not site.exists():
                finish(start([*self.build()[:-1], str(site)], self.root / "log"))
        site = sites[next(self.numbers) % 2]
        return ["publish", "--site", str(site), "--to", str(self.root / "www"),
                "--editions", str(self.root / "editions")]  # fmt: skip

    def fault(self, what: str) -> None:
        self.faults.append(what)

    def check(self) -> None:
        """Note everything that is lost, mixed or half."""
        self._check_rows()
        self._check_documents()
        for folder, name in ((self.root / "site", SITE), (self.root / "www", PUBLICATION)):
            self._check_folder(folder, name)
        for name in FOREIGN:
            if (self.root / "www/index.html").exists() and not (self.root / "www" / name).exists():
                self.fault(f"foreign {name} is gone")

    def _check_rows(self) -> None:
        rows = read_rows(self.geodata / "stations.csv")
        there = [row.get("name") or row["名称"] for row in rows]
        for name in self.rows - set(there):
            self.fault(f"row {name} is lost")
        if len(there) != len(set(there)):
            self.fault("a row stands twice")

    def _check_documents(self) -> None:
        with lock_tables(self.geodata):
            listed = {row["document"] for row in read_rows(self.geodata / "documents.csv")}
            claimed = {row["doc"] for row in read_rows(self.geodata / "claims.csv")}
        if listed != claimed:
            self.fault(f"tables of two editions: {sorted(listed ^ claimed)[:3]}")
        for name in self.documents - listed:
            self.fault(f"document {name} is lost")

    def _check_folder(self, folder: Path, name: str) -> None:
        if not folder.parent.exists() or not (folder / name).exists():
            return
        # Before any recovery: whoever looks now must see one whole edition.
        standing = survey(folder, name)
        files = set(standing.marker.files or ()) if standing.marker else set()
        if standing.edited or files - set(standing.own):
            self.fault(f"{folder.name} is mixed: {[*standing.edited][:3]}")
        with lock_folder(folder, name):
            left = [path.name for path in folder.parent.glob(f".{folder.name}.geomap-*")]
        if left:
            self.fault(f"{left} stays in the way")


@cache
def reference() -> dict[str, pd.DataFrame]:
    """Return the shipped gazetteer and districts of Beijing alone."""
    towns = pd.read_parquet(ROOT / "geodata" / "gazetteer.parquet")
    districts = gpd.read_parquet(ROOT / "geodata" / "districts.parquet")
    return {
        "gazetteer.parquet": towns[towns["code"].str.startswith("11")],
        "districts.parquet": districts[districts["district_code"].str.startswith("11")],
    }


def read_rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def start(words: Sequence[str], log: Path) -> int:
    """Run a command in a process of its own; return its number."""
    process = os.fork()
    if process == 0:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(out, 1)
        os.dup2(out, 2)
        try:
            status = save_at_desk(*words[1:]) if words[0] == AT_DESK else main(words)
        except BaseException as error:
            print("traceback:", repr(error), flush=True)
            status = 99
        sys.stdout.flush()
        os._exit(status)
    return process


def save_at_desk(folder: str, name: str) -> int:
    """Fill in the desk's form of a new station and send it, as a browser does."""
    fields = {"name": name, "kind": "station", "district": "朝阳区", "confirmed": "1"}
    return 0 if Window(Path(folder)).fill("/station/new", fields).status_code == 303 else 1


def finish(process: int) -> int:
    """Wait for a process; return its exit status, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def killed(world: World, words: Sequence[str], lasts_s: float) -> bool:
    """Run a command and kill it; return whether it had finished well before."""
    process = start(words, world.root / "log")
    if world.chance.random() < 0.5:
        time.sleep(world.chance.uniform(0, lasts_s * 1.1))
    else:
        await_writing(world, process, lasts_s)
        time.sleep(world.chance.expovariate(1 / world.chance.choice((0.0002, 0.002, 0.02))))
    try:
        os.kill(process, signal.SIGKILL)
    finally:
        status = finish(process)
    if status not in (0, -signal.SIGKILL):
        world.fault(f"{words[0]} ended with {status}")
    return status == 0


def await_writing(world: World, process: int, lasts_s: float) -> None:
    """Wait until a file appears that a command writes first, or until the command has ended."""
    end = time.monotonic() + 5 * lasts_s
    while time.monotonic() < end and not has_ended(process):
        paths = (path for folder in (world.root, world.geodata) for path in folder.iterdir())
        if any(path.name.startswith(".") and path.name.endswith(STAGING) for path in paths):
            return
        time.sleep(0.0005)


def has_ended(process: int) -> bool:
    return bool(os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT))


def kill_all(world: World, verb: str, times: int) -> tuple[int, int]:
    """Kill a verb so many times; return how many runs had finished, and how many went on after."""
    finished = went_on = 0
    lasts_s = min(timed(world, verb) for _ in range(3))
    for number in range(times):
        words, note = prepare(world, verb)
        if killed(world, words, lasts_s):
            finished += 1
            note()
        world.check()
        if number % 10 == 9 or number == times - 1:
            words, note = prepare(world, verb)
            if finish(start(words, world.root / "log")) == 0:
                went_on += 1
                note()
            else:
                world.fault(f"{verb}: the next run did not go on")
            world.check()
    return finished, went_on


def prepare(world: World, verb: str) -> tuple[list[str], Callable[[], None]]:
    """Return a command of a verb, and what to note when it ended well."""
    if verb == "add sheet":
        words, name = world.sheet()
        return words, lambda: world.rows.add(name)
    if verb == AT_DESK:
        name = f"第{next(world.numbers)}驿站"
        return [AT_DESK, str(world.geodata), name], lambda: world.rows.add(name)
    if verb == "add document":
        words, name = world.document()
        return words, lambda: world.documents.add(name)
    if verb == "build":
        return world.build(), lambda: None
    return world.publish(), lambda: None


def timed(world: World, verb: str) -> float:
    """Return how long a verb takes when nobody disturbs it."""
    words, note = prepare(world, verb)
    began = time.monotonic()
    status = finish(start(words, world.root / "log"))
    if status:
        world.fault(f"{verb} ended with {status}, undisturbed")
    else:
        note()
    if verb == "publish":
        for name in FOREIGN:
            path = world.root / "www" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("foreign")
    return time.monotonic() - began


def pair_all(world: World, verbs: tuple[str, str], times: int) -> int:
    """Run two verbs at once so many times; return how many pairs both ended well."""
    well = 0
    for verb in sorted(set(verbs)):
        timed(world, verb)
    for _ in range(times):
        pair = [prepare(world, verb) for verb in verbs]
        processes = [start(words, world.root / "log") for words, _ in pair]
        statuses = [finish(process) for process in processes]
        well += statuses == [0, 0]
        if statuses != [0, 0]:
            world.fault(f"{' + '.join(verbs)} ended with {statuses}")
        for (_, note), status in zip(pair, statuses, strict=True):
            if status == 0:
                note()
        world.check()
    return well


PAIRS = (
    ("add sheet", "add sheet"), ("add document", "add document"), ("add sheet", "add document"),
    ("add sheet", AT_DESK), (AT_DESK, AT_DESK), ("add sheet", "build"), ("add document", "build"),
    ("build", "build"), ("publish", "publish"),
)  # fmt: skip


def run(kills: int, pairs: int, seed: int) -> bool:
    """Print the table; return whether nothing was lost."""
    is_good = True
    with tempfile.TemporaryDirectory() as folder:
        for verb in ("add sheet", "add document", AT_DESK, "build", "publish"):
            world = World(Path(folder) / f"kill {verb}", random.Random(seed))
            finished, went_on = kill_all(world, verb, kills)
            line = f"{kills} kills ({finished} after the end), {went_on} runs after went on"
            is_good &= show(world, f"{verb:25} {line}")
        for verbs in PAIRS:
            world = World(Path(folder) / " + ".join(verbs), random.Random(seed))
            well = pair_all(world, verbs, pairs)
            is_good &= show(world, f"{' + '.join(verbs):25} {well} of {pairs} pairs well")
    return is_good


def show(world: World, line: str) -> bool:
    print(f"{line}; rows {len(world.rows)}, documents {len(world.documents)}; "
          f"faults {len(world.faults)} {json.dumps(world.faults[:3], ensure_ascii=False)}",
          flush=True)  # fmt: skip
    if world.faults and (world.root / "log").exists():
        print((world.root / "log").read_text(encoding="utf-8", errors="replace")[-1500:])
    return not world.faults


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    sys.exit(not run(chosen.kills, chosen.pairs, chosen.seed))
