"""A large extract, made from a small real one, and what reading it costs.

usage: python -m tests.benchmarks.read_extract SOURCE.osm.pbf [--megabytes 300] [--folder FOLDER]
                                               [--at LON LAT] [--profile ebike] [--build DIR]

Copies of SOURCE are laid side by side, each moved by the size of the source's box, until the file
has the size asked for: buildings, tags and relations keep the share they really have. Ids are
renumbered and spread over the range that OpenStreetMap uses today, because memory depends on it.
Then the file is read for its streets alone, and once for both ground and streets as `--map` reads
it, each in a fresh process (and `build --roads` too with ``--build``, for which ``--at`` lays the
copies where the stations are): seconds, peak memory, words of progress.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium

#: Node ids of 2026 end about here.
_LAST_ID = 13_000_000_000
#: Degrees between two copies.
_GAP = 0.001

_READ = """
import sys
from pathlib import Path
from geomap.roads import read_roads
words = []
network = read_roads(Path(sys.argv[1]), sys.argv[2], progress=words.append)
print(f"{network.junction_count:,} junctions, {network.length_km:,.0f} km of street; "
      f"{len(words)} words of progress, the last but one: {words[-2]}")
"""
_READ_BOTH = """
import sys
from pathlib import Path
from geomap.ground import read_ground
from geomap.roads import read_roads, street_readers
file = Path(sys.argv[1])
streets = street_readers([file], sys.argv[2])
heard = {file: streets[file].take}
ground = read_ground([file], progress=lambda words: None, listeners=heard)
print(ground.things["layer"].value_counts().to_pylist())
network = read_roads(file, sys.argv[2], progress=lambda words: None, taken=streets)
print(f"{network.junction_count:,} junctions, {network.length_km:,.0f} km of street")
"""


class Source:
    """A small extract, its objects by kind, and where they lie."""

    def __init__(self, path: Path) -> None:
        self.objects: dict[str, list[Any]] = {"n": [], "w": [], "r": []}
        for thing in osmium.FileProcessor(str(path)):
            self.objects[thing.type_str()].append(_keep(thing))
        places = [node["location"] for node in self.objects["n"]]
        west, east = min(lon for lon, _ in places), max(lon for lon, _ in places)
        south, north = min(lat for _, lat in places), max(lat for _, lat in places)
        self.corner = (west, south)
        self.size = (east - west + _GAP, north - south + _GAP)
        self.number = {
            kind: {each["id"]: n for n, each in enumerate(things)}
            for kind, things in self.objects.items()
        }


def _keep(thing: Any) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "id": thing.id, "version": thing.version, "timestamp": thing.timestamp,
        "tags": {tag.k: tag.v for tag in thing.tags},
    }  # fmt: skip
    if thing.is_node():
        kept["location"] = (thing.location.lon, thing.location.lat)
    elif thing.is_way():
        kept["nodes"] = [node.ref for node in thing.nodes]
    else:
        kept["members"] = [(member.type, member.ref, member.role) for member in thing.members]
    return kept


class Copies:
    """The copies of a source, kind by kind, ids ascending, as extracts are sorted."""

    def __init__(self, source: Source, count: int, corner: tuple[float, float]) -> None:
        self._source, self._count, self._corner = source, count, corner
        self._columns = math.ceil(math.sqrt(count))
        self._step = {
            kind: max(1, _LAST_ID // (count * len(number)))
            for kind, number in source.number.items()
            if number
        }

    def _id(self, kind: str, copy: int, old: int) -> int | None:
        number = self._source.number[kind]
        if old not in number:
            return None
        return 1 + (copy * len(number) + number[old]) * self._step[kind]

    def nodes(self) -> Iterator[osmium.osm.mutable.Node]:
        """All nodes of all copies."""
        (west, south), (width, height) = self._source.corner, self._source.size
        for copy in range(self._count):
            row, column = divmod(copy, self._columns)
            east = self._corner[0] - west + column * width
            north = self._corner[1] - south + row * height
            for node in self._source.objects["n"]:
                lon, lat = node["location"]
                place = (lon + east, lat + north)
                yield osmium.osm.mutable.Node(
                    **{**node, "id": self._id("n", copy, node["id"]), "location": place}
                )

    def ways(self) -> Iterator[osmium.osm.mutable.Way]:
        """All ways of all copies; a node that the source lacks stays missing."""
        for copy in range(self._count):
            for way in self._source.objects["w"]:
                nodes = [self._id("n", copy, old) or _LAST_ID + 1 for old in way["nodes"]]
                yield osmium.osm.mutable.Way(
                    **{**way, "id": self._id("w", copy, way["id"]), "nodes": nodes}
                )

    def relations(self) -> Iterator[osmium.osm.mutable.Relation]:
        """All relations of all copies, with the members that the source has."""
        for copy in range(self._count):
            for relation in self._source.objects["r"]:
                members = [
                    (kind, self._id(kind, copy, old), role)
                    for kind, old, role in relation["members"]
                    if old in self._source.number[kind]
                ]
                yield osmium.osm.mutable.Relation(
                    **{**relation, "id": self._id("r", copy, relation["id"]), "members": members}
                )


def write_copies(source: Path, target: Path, megabytes: float, at: tuple[float, float]) -> None:
    """Write so many copies of the source that the target has this many megabytes (10⁶ bytes)."""
    known = Source(source)
    _write(Copies(known, 10, at), target)
    # The ids of many copies lie closer together and pack 5 % better than those of ten.
    count = math.ceil(10.7 * megabytes * 1e6 / target.stat().st_size)
    _write(Copies(known, count, at), target)
    nodes, ways = (count * len(known.number[kind]) for kind in "nw")
    print(
        f"{target.name}: {target.stat().st_size / 1e6:.0f} MB, {count} copies of {source.name}, "
        f"{nodes:,} nodes, {ways:,} ways"
    )


def _write(copies: Copies, target: Path) -> None:
    with osmium.SimpleWriter(str(target), overwrite=True) as writer:
        for node in copies.nodes():
            writer.add_node(node)
        for way in copies.ways():
            writer.add_way(way)
        for relation in copies.relations():
            writer.add_relation(relation)


def run(name: str, command: list[str]) -> None:
    """Run a command of this interpreter; print its wall clock, processor time and peak memory."""
    begin = time.perf_counter()
    child = subprocess.Popen([sys.executable, *command])
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    print(
        f"{name}: exit {os.waitstatus_to_exitcode(status)}, "
        f"{seconds:.1f} s (processor {used.ru_utime:.1f} s, system {used.ru_stime:.1f} s), "
        f"peak memory {used.ru_maxrss / 1e6:.2f} GB"
    )


def main() -> None:
    """Make the file where it is not there yet, and read it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--megabytes", type=float, default=300)
    parser.add_argument("--folder", type=Path, default=Path("build"))
    parser.add_argument("--at", type=float, nargs=2, default=(117.0, 36.5), metavar=("LON", "LAT"))
    parser.add_argument("--profile", default="ebike")
    parser.add_argument("--build", type=Path, metavar="DIR", help="also build this geodata folder")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    target = chosen.folder / f"{chosen.source.name.split('.')[0]}-{chosen.megabytes:.0f}.osm.pbf"
    if not target.exists():
        staged = target.with_name(f"part-{target.name}")
        write_copies(chosen.source, staged, chosen.megabytes, tuple(chosen.at))
        staged.replace(target)
    run("read_roads", ["-c", _READ, str(target), chosen.profile])
    run("ground and roads in one reading", ["-c", _READ_BOTH, str(target), chosen.profile])
    if chosen.build:
        folders = ["--geodata", str(chosen.build), "--out", str(chosen.folder / "site")]
        run("build --roads", ["build_map.py", "build", *folders, "--roads", str(target)])


if __name__ == "__main__":
    main()
