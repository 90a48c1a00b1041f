"""OpenStreetMap extracts (.osm.pbf, .osm, .osm.gz, .osm.bz2), read as a stream."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import osmium

from geomap.roads.faults import road_fault, say_words
from geomap.roads.lines import LineBuffer
from geomap.roads.packed import unpack_extract
from geomap.roads.rules import Profile, is_closed
from geomap.roads.streets import Streets
from geomap.roads.ways import WayParser

Progress = Callable[[str], None]

_FAULTS = (
    RuntimeError, ValueError, OSError, EOFError, zlib.error, osmium.InvalidLocationError,
)  # fmt: skip
#: Barriers and ways between two words of progress: less than a second's work, 10 MB of text.
_AT_ONCE = 20_000
_AS_LINES = "opl,locations_on_ways=true,add_metadata=false"


def read_osm(path: Path, profile: Profile, progress: Progress) -> Streets:
    """Return the ways of an extract that carry a highway and that the profile may use, or sees.

    One pass over a .pbf; memory holds the node positions (16 bytes a node) and the streets.
    Ferries have no highway and stay out. Where an extract cut a way and nodes are missing, the
    way is split; at a gate or wall that the profile may not pass it ends on both sides.

    Raises
    ------
    InputError
        The file is damaged, cut short or no OpenStreetMap file.
    """
    try:
        with TemporaryDirectory(prefix="geomap-") as folder:
            packed = path.suffix.lower() in (".gz", ".bz2")
            plain = unpack_extract(path, Path(folder)) if packed else path
            return _Extract(plain, profile, progress).read(Path(folder) / "ways.opl")
    except _FAULTS as fault:
        raise road_fault(path, "road-extract-damaged", say_words(fault)) from fault


class _Extract:
    def __init__(self, path: Path, profile: Profile, progress: Progress) -> None:
        self._path, self._profile, self._progress = path, profile, progress
        self._parser = WayParser(profile)
        self._lines = LineBuffer()
        self._closed: set[int] = set()
        self._read_count = 0

    def read(self, staged: Path) -> Streets:
        things = self._things()
        while self._write_some(things, staged):
            self._parser.take(self._lines, staged.read_bytes())
            self._progress(
                f"{self._path.name}: {self._read_count:,} ways and barriers read, "
                f"{len(self._lines):,} streets kept"
            )
        return self._lines.pack(self._closed)

    def _things(self) -> Iterator[Any]:
        """Yield nodes with a barrier, then ways with a highway and the places of their nodes.

        A .pbf has its nodes first. A text file may have its ways first (an Overpass download
        does), so its nodes are read before.
        """
        places = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
        places.ignore_errors()
        if not self._path.name.lower().endswith(".pbf"):
            with osmium.io.Reader(str(self._path), osmium.osm.NODE) as nodes:
                osmium.apply(nodes, places)
        both = osmium.osm.NODE | osmium.osm.WAY
        things = osmium.FileProcessor(str(self._path), both).with_filter(places)
        for key, kind in (("barrier", osmium.osm.NODE), ("highway", osmium.osm.WAY)):
            wanted = osmium.filter.KeyFilter(key)
            wanted.enable_for(kind)
            things.with_filter(wanted)
        return iter(things)

    def _write_some(self, things: Iterator[Any], staged: Path) -> bool:
        """Write the next ways as lines of text; return whether there was anything to read."""
        before = self._read_count
        text = osmium.io.File(str(staged), _AS_LINES)
        with osmium.SimpleWriter(text, overwrite=True) as writer:
            for thing in islice(things, _AT_ONCE):
                self._read_count += 1
                if thing.is_way():
                    writer.add_way(thing)
                elif is_closed({tag.k: tag.v for tag in thing.tags}, self._profile):
                    self._closed.add(thing.id)
        return self._read_count > before
