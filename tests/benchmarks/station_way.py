"""The way of one station from its row to the pages, drawn from the running code.

usage: python -m tests.benchmarks.station_way [--out docs/station-way.svg]

A ledger of one station with a name found nowhere else is built while every function of geomap is
watched: a function is on the way when what it returns contains that name. The picture has the
files in the order in which the station reaches them, a column a room, and the types that carry it
(the forms); both are counted below.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
import threading
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from tests.benchmarks.whole_build import ROOT

sys.path.insert(0, str(ROOT))
import geomap
from geomap.cli import main

NAME = "无双路工会驿站"
LEDGER = f"name,kind,district,lon,lat,datum\n{NAME},station,石景山区,116.19,39.91,wgs84\n"
_HOME = Path(geomap.__file__).parent
_DEPTH = 4
_MOST = 40

_PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="{{ width }}" height="{{ height }}"
 viewBox="0 0 {{ width }} {{ height }}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
<text x="20" y="30" font-size="15">{{ title }}</text>
{% for block in blocks %}
<text x="{{ block.x }}" y="{{ block.y }}" font-weight="bold" fill="#0b5cad">
{{- loop.index }}. {{ block.room }}/</text>
{% for file, forms in block.files %}
<text x="{{ block.x + 14 }}" y="{{ block.y + 17 * loop.index }}">{{ file }}
 <tspan fill="#a04000">{{ forms }}</tspan></text>
{% endfor %}
{% endfor %}
</svg>
"""


def parts(value: Any) -> Iterator[Any]:
    """Yield what a value is made of, one level down; nothing for what cannot hold a name."""
    if isinstance(value, pd.DataFrame):
        for column in value.columns:
            yield value[column]
    elif isinstance(value, pd.Series):
        yield from (each for each in value.head(_MOST) if isinstance(each, str | bytes))
    elif isinstance(value, Mapping):
        yield from list(value.values())[:_MOST]
    elif isinstance(value, list | tuple | set | frozenset):
        yield from list(value)[:_MOST]
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield getattr(value, field.name, None)


def holds(value: Any, depth: int = _DEPTH) -> bool:
    """Return whether a value contains the station's name."""
    if isinstance(value, str):
        return NAME in value
    if isinstance(value, bytes):
        return NAME.encode() in value
    return depth > 0 and any(holds(each, depth - 1) for each in parts(value))


def form_of(value: Any) -> str:
    """Return the type that carries the station: of a container, what it contains first."""
    if isinstance(value, list | tuple | set | frozenset | Mapping):
        for each in parts(value):
            if holds(each):
                return form_of(each)
    return type(value).__name__


class Watcher:
    """The files and forms that a run of geomap carries the station through, in order."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, None]] = {}
        self._skip: set[types.CodeType] = set()

    def __call__(self, frame: types.FrameType, event: str, value: Any) -> None:
        code = frame.f_code
        if event != "return" or not code.co_filename.startswith(str(_HOME)):
            return
        sys.setprofile(None)
        if holds(value):
            file = Path(code.co_filename).relative_to(_HOME).as_posix()
            self.seen.setdefault(file, {})[form_of(value)] = None
        sys.setprofile(self)


def watch_build() -> dict[str, dict[str, None]]:
    """Build a map of one station; return file → forms, in the order of the way."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "stations.csv").write_text(LEDGER, encoding="utf-8")
        watcher, done = Watcher(), threading.Event()
        # Beside another thread both pages are drawn in this process, where they are watched.
        threading.Thread(target=done.wait, daemon=True).start()
        sys.setprofile(watcher)
        try:
            main(["build", "--geodata", folder, "--out", f"{folder}/site"])
        finally:
            sys.setprofile(None)
            done.set()
    return watcher.seen


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """A room on the picture: the files of one visit, and where its block begins, in pixels."""

    room: str
    files: tuple[tuple[str, str], ...]
    x: int
    y: int


def lay_out(seen: Mapping[str, Mapping[str, None]]) -> list[Block]:
    """Return the rooms in the order of the way, in three columns of about equal height."""
    rooms: dict[str, list[tuple[str, str]]] = {}
    for file, forms in seen.items():
        room, _, name = file.partition("/")
        own = " ".join(form for form in forms if form not in ("str", "bytes", "Series"))
        rooms.setdefault(room, []).append((name, own))
    lines = sum(len(files) + 2 for files in rooms.values())
    blocks, column, used = [], 0, 0
    for room, files in rooms.items():
        if used and used + len(files) + 2 > lines / 3 + 2 and column < 2:
            column, used = column + 1, 0
        blocks.append(Block(room, tuple(files), 20 + 300 * column, 70 + 17 * used))
        used += len(files) + 2
    return blocks


def draw(seen: Mapping[str, Mapping[str, None]]) -> str:
    """Return the picture as SVG."""
    blocks = lay_out(seen)
    forms = {form for own in seen.values() for form in own} - {"str", "bytes", "Series"}
    title = f"One station's way: {len(seen)} files, {len(forms)} forms"
    height = max(block.y + 17 * len(block.files) for block in blocks) + 20
    drawn = jinja2.Environment(autoescape=True, trim_blocks=True).from_string(_PICTURE)
    return drawn.render(blocks=blocks, title=title, width=920, height=height)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "station-way.svg")
    way = watch_build()
    target = parser.parse_args().out
    target.write_text(draw(way), encoding="utf-8", newline="\n")
    print(f"{len(way)} files → {target}")
