"""The map built in a process of its own: as the command does it, its progress read from outside."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import geomap
from geomap.files.folder import Geodata
from geomap.pipeline.arrive import TABLES, folder_version
from geomap.store.atomic import write_bytes

_STAGE = re.compile(r"^… (\w+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class State:
    """``running``, ``done``, ``failed`` or ``none``; the stage at work; the command's own words."""

    name: str
    stage: str = ""
    report: str = ""


class Building:
    """Builds of one folder, one at a time; the last one's report stays on disk."""

    def __init__(self, geodata: Geodata, site: Path, roads: Sequence[Path], lang: str) -> None:
        self._geodata, self._site, self._roads, self._lang = geodata, site, tuple(roads), lang
        self._folder = geodata.root / ".desk" / "build"
        self._process: subprocess.Popen[bytes] | None = None
        self._version = ""
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin a build; nothing where one is running."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            self._version = read_version(self._geodata)
            roads = ["--roads", *map(str, self._roads)] if self._roads else []
            words = ["-m", "geomap", "build", "--geodata", str(self._geodata.root), "--out",
                     str(self._site), "--lang", self._lang, "-v", *roads]  # fmt: skip
            with self._file("report").open("wb") as out, self._file("progress").open("wb") as told:
                self._process = subprocess.Popen(
                    [sys.executable, *words], stdin=subprocess.DEVNULL, stdout=out, stderr=told,
                    env=_environment(),
                )  # fmt: skip

    def state(self) -> State:
        """Return how the build stands."""
        with self._lock:
            process = self._process
            if process is None:
                return State("done" if self._built() else "none", report=self._read("report"))
            code = process.poll()
            stages = _STAGE.findall(self._read("progress"))
            if code is None:
                return State("running", stages[-1] if stages else "")
            if code:
                return State("failed", report=self._read("report") + self._faults())
            if self._built().get("version") != self._version:
                done = {"version": self._version, "site": str(self._site.absolute())}
                write_bytes(self._file("done"), json.dumps(done).encode())
            return State("done", report=self._read("report"))

    @property
    def is_current(self) -> bool:
        """Whether the site was built here, of the folder's files as they are now."""
        wanted = {"version": read_version(self._geodata), "site": str(self._site.absolute())}
        return self._built() == wanted and (self._site / "build.json").is_file()

    def _built(self) -> dict[str, str]:
        with suppress(ValueError):
            return dict(json.loads(self._read("done") or "{}"))
        return {}

    def _faults(self) -> str:
        """Return what the command said beside its progress."""
        lines = self._read("progress").splitlines()
        return "\n".join(line for line in lines if not _STAGE.fullmatch(line))

    def _file(self, name: str) -> Path:
        return self._folder / name

    def _read(self, name: str) -> str:
        with suppress(FileNotFoundError):
            return self._file(name).read_text(encoding="utf-8", errors="replace")
        return ""


def read_version(geodata: Geodata) -> str:
    """Return what changes whenever a build would read something else than before.

    Tables by what is in them; settings, reference data, plan and pictures, which may be large, by
    size and time.
    """
    digest = hashlib.sha256(folder_version(geodata).encode())
    own = [path for path in geodata.root.iterdir() if path.is_file()]
    others = [
        path for path in own if path.name not in TABLES and not path.name.startswith((".", "~"))
    ]
    for path in (*sorted(others), *geodata.photo_files()):
        seen = path.stat()
        digest.update(f"{path.name}\0{seen.st_size}\0{seen.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _environment() -> dict[str, str]:
    """Return this process's environment: our own code first, and UTF-8 on every system."""
    home = str(Path(geomap.__file__).parent.parent)
    paths = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"}
