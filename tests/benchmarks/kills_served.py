"""Commands killed at any moment while nginx serves the published folder and riders read it.

usage: python tests/benchmarks/kills_served.py [--nginx nginx] [--kills 100] [--seed 1]

One map: ``add`` of sheets and documents, the desk, ``build`` and ``publish`` in any order, killed
as tests/benchmarks/kills.py does it. nginx runs as a process of this user on a free port of
127.0.0.1, with a configuration in a temporary folder. Readers ask for the page and for files that
it names, without a pause: each answer must be, byte for byte, a file of one whole edition, and a
file may be missing only where its page is another edition's by now. Exit status 1 with faults.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.kills import AT_DESK, World, finish, killed, prepare, start, timed  # noqa: E402

VERBS = ("add sheet", "add document", AT_DESK, "build", "publish")
READERS = 4
#: Files that every page names by its edition, and those of one name in every edition.
_NAMED = re.compile(r'(?:src|href)="(assets/[^"?#]+)"')
_FIXED = ("data/stations.geojson", "sw.js", "manifest.webmanifest")
_CONF = """
worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
 fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
 server {{ listen 127.0.0.1:{port}; root {root}; }} }}
"""


@contextmanager
def serve(nginx: str, root: Path, folder: Path) -> Iterator[int]:
    """Yield the port on which nginx serves ``root``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = folder / "nginx.conf"
    conf.write_text(_CONF.format(folder=folder, port=port, root=root), encoding="utf-8")
    server = subprocess.Popen([nginx, "-c", str(conf), "-g", "daemon off;", "-p", str(folder)])
    try:
        for _ in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


class Readers:
    """Riders who open the page again and again; what they got that no edition holds."""

    def __init__(self, port: int, known: dict[str, list[str]]) -> None:
        self.port, self.known = port, {path: set(sums) for path, sums in known.items()}
        self.seen: Counter[str] = Counter()
        self.faults: list[str] = []
        self.stop = threading.Event()

    def read(self) -> None:
        """Open pages until told to stop."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self.stop.is_set():
            page = self.get(line, "index.html")
            self.seen["pages"] += 1
            for path in [*dict.fromkeys(_NAMED.findall(page)), *_FIXED]:
                if not self.get(line, path, may_miss=path not in _FIXED):
                    self.look_again(line, path)
            self.stop.wait(0.005)

    def get(self, line: http.client.HTTPConnection, path: str, *, may_miss: bool = False) -> str:
        """Return a file; note one that is missing, or of no edition."""
        line.request("GET", f"/{path}")
        answer = line.getresponse()
        body = answer.read()
        self.seen[str(answer.status)] += 1
        if answer.status == 404 and may_miss:
            return ""
        if answer.status != 200:
            self.faults.append(f"{path}: {answer.status}")
        elif hashlib.sha256(body).hexdigest() not in self.known.get(path, set()):
            self.faults.append(f"{path}: of no edition ({len(body)} bytes)")
        return body.decode("utf-8", "replace")

    def look_again(self, line: http.client.HTTPConnection, path: str) -> None:
        """A named file that is missing: the page must be another edition's by now."""
        self.seen["of the edition before"] += 1
        if path in _NAMED.findall(self.get(line, "index.html")):
            self.faults.append(f"{path} is missing, and the page names it")


def read_until_told(port: int, known: Path) -> None:
    """Read with several readers until the standard input ends; print what was seen as JSON."""
    readers = Readers(port, json.loads(known.read_text(encoding="utf-8")))
    threads = [threading.Thread(target=readers.read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    print("reading", flush=True)
    sys.stdin.read()
    readers.stop.set()
    for thread in threads:
        thread.join()
    print(json.dumps({"seen": readers.seen, "faults": readers.faults[:20]}))


def sums_of(sites: list[Path]) -> dict[str, list[str]]:
    """Return, for each path of the public parts, the SHA-256 that it has in each site."""
    sums: dict[str, list[str]] = {}
    for public in (site / "public" for site in sites):
        for path in (path for path in public.rglob("*") if path.is_file()):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            sums.setdefault(path.relative_to(public).as_posix(), []).append(digest)
    return sums


def run(nginx: str, kills: int, seed: int, folder: Path) -> bool:
    """Kill commands under load; print what came of it; return whether nothing was lost."""
    world = World(folder / "world", random.Random(seed))
    lasts = {verb: timed(world, verb) for verb in VERBS}
    known = folder / "known.json"
    known.write_text(json.dumps(sums_of([world.root / "site-0", world.root / "site-1"])))
    tally: Counter[str] = Counter()
    for path in (folder, world.root):
        path.chmod(0o755)  # nginx may read as another user
    with serve(nginx, world.root / "www", folder) as port:
        words = [sys.executable, __file__, "--read", str(port), "--known", str(known)]
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reading:
            assert reading.stdout is not None
            reading.stdout.readline()
            for number in range(kills):
                verb = world.chance.choice(VERBS)
                kill_one(world, verb, lasts[verb], tally)
                if number % 10 == 9:
                    go_on(world, tally)
            told, _ = reading.communicate(b"")
    told = json.loads(told)
    world.faults += told["faults"]
    print(f"{kills} kills {dict(sorted(tally.items()))}; rows {len(world.rows)}, documents "
          f"{len(world.documents)}; answers {told['seen']}; faults {len(world.faults)} "
          f"{json.dumps(world.faults[:5], ensure_ascii=False)}")  # fmt: skip
    return not world.faults and bool(told["seen"].get("200"))


def kill_one(world: World, verb: str, lasts_s: float, tally: Counter[str]) -> None:
    """Kill one command and look at everything."""
    words, note = prepare(world, verb)
    tally[verb] += 1
    if killed(world, words, lasts_s):
        tally["after the end"] += 1
        note()
    world.check()


def go_on(world: World, tally: Counter[str]) -> None:
    """Let one run of each verb end: what was killed must not stand in its way."""
    for verb in VERBS:
        words, note = prepare(world, verb)
        if finish(start(words, world.root / "log")) == 0:
            tally["went on"] += 1
            note()
        else:
            world.fault(f"{verb}: the next run did not go on")
    world.check()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nginx", default="nginx")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--read", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--known", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.read:
        read_until_told(chosen.read, chosen.known)
    else:
        with tempfile.TemporaryDirectory() as name:
            sys.exit(not run(chosen.nginx, chosen.kills, chosen.seed, Path(name)))
