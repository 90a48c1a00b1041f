"""OpenStreetMap extracts (.osm.pbf, .osm, .osm.gz, .osm.bz2), read as a stream."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.compute as pc

from geomap.files.osm_text import Part, read_parts, read_tags
from geomap.roads.faults import road_fault, say_words
from geomap.roads.lines import LineBuffer
from geomap.roads.packed import unpack_extract
from geomap.roads.rules import Profile, is_closed
from geomap.roads.streets import Streets
from geomap.roads.ways import WayParser

Progress = Callable[[str], None]

_FAULTS = (RuntimeError, ValueError, OSError, EOFError, zlib.error)


def read_osm(path: Path, profile: Profile, progress: Progress) -> Streets:
    """Return the ways of an extract that carry a highway and that the profile may use, or sees.

    Ferries have no highway and stay out. Where an extract cut a way and nodes are missing, the
    way is split; at a gate or wall that the profile may not pass it ends on both sides.

    Raises
    ------
    InputError
        The file is damaged, cut short or no OpenStreetMap file.
    """
    found = StreetReader(profile)
    try:
        with TemporaryDirectory(prefix="geomap-") as folder:
            packed = path.suffix.lower() in (".gz", ".bz2")
            plain = unpack_extract(path, Path(folder)) if packed else path
            for part in read_parts(plain, ["barrier"], ["highway"]):
                found.take(part)
                progress(f"{path.name}: {part.share:.0%}, {found.count:,} streets kept")
            return found.streets()
    except _FAULTS as fault:
        raise road_fault(path, "road-extract-damaged", say_words(fault)) from fault


class StreetReader:
    """Takes the streets of an extract out of its parts, whoever reads them."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._parser = WayParser(profile)
        self._lines = LineBuffer()
        self._closed: set[int] = set()
        self.is_filled = False
        self._asked = frozenset(("barrier", "locked", *profile.modes))

    @property
    def count(self) -> int:
        """How many lines were kept so far."""
        return len(self._lines)

    def take(self, part: Part) -> None:
        """Take the next part."""
        self.is_filled = True
        self._parser.take(self._lines, part.ways)
        nodes = part.nodes.filter(pc.match_substring(part.nodes["tags"], "barrier="))
        for node, tags in zip(nodes["node"].to_pylist(), nodes["tags"].to_pylist(), strict=True):
            if is_closed(read_tags(tags, self._asked), self._profile):
                self._closed.add(node)

    def streets(self) -> Streets:
        """Return the streets of all parts."""
        return self._lines.pack(self._closed)
