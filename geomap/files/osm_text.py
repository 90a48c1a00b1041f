"""OpenStreetMap extracts as tables of tags and places, a part at a time.

Asking pyosmium for each object, tag and node costs a microsecond or two apiece. Its own writer puts
whole objects into lines of OPL ("object per line") without leaving C++, and a table parser reads a
hundred thousand lines at once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import numpy as np
import osmium
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from geomap.text.visible import make_visible

#: Bytes of a .pbf, and of text, that are read at once.
_PACKED_AT_ONCE, _AT_ONCE = 2_000_000, 4_000_000
_OPL = "opl,locations_on_ways=true,add_metadata=false"
_BOTH = osmium.osm.NODE | osmium.osm.WAY
#: Longest header and longest blob of a .pbf, bytes (OpenStreetMap wiki: PBF format).
_MOST_HEADER, _MOST_BLOB = 64 * 1024, 32 * 1024 * 1024
#: ``n17x117.01y36.5,n18xy`` becomes rows of a table, ``17,117.01,36.5`` and ``18,,``: node 18 is
#: not in the extract.
_TO_ROWS = bytes.maketrans(b"xy,", b",,\n")
_ESCAPED = re.compile("(?:%[0-9a-f]+%)+")


def say_on_terminal(line: str) -> None:
    """Write a line over the last one where stderr is a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{make_visible(line)}")
        sys.stderr.flush()


@dataclass(frozen=True, slots=True)
class Part:
    """Some nodes and ways of an extract, in its order; ``share`` of the file is read (0 to 1).

    Attributes
    ----------
    nodes : ``tags lon lat`` (WGS-84 degrees) and ``node``, their numbers.
    ways : ``way`` (number), ``tags`` and ``course``; tags for :func:`read_tags`, courses for
        :func:`read_courses`.
    """

    nodes: pa.Table
    ways: pa.Table
    share: float = 1.0


def read_parts(path: Path, node_keys: Sequence[str], way_keys: Sequence[str]) -> Iterator[Part]:
    """Yield the nodes and ways of an extract that carry one of the keys; without keys, all.

    One pass over a .pbf, which has its nodes first; a text file may have its ways first (an
    Overpass download does), so its nodes are read before. Memory holds the places of all nodes, 16
    bytes a node.

    Raises
    ------
    RuntimeError, ValueError, EOFError, OSError
        The file is damaged, cut short or no OpenStreetMap file.
    """
    places = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
    places.ignore_errors()
    filters: list[Any] = [places]
    for keys, kind in ((node_keys, osmium.osm.NODE), (way_keys, osmium.osm.WAY)):
        if keys:
            filters.append(osmium.filter.KeyFilter(*keys))
            filters[-1].enable_for(kind)
    if not (packed := path.name.lower().endswith(".pbf")):
        with osmium.io.Reader(str(path), osmium.osm.NODE) as nodes:
            osmium.apply(nodes, places)
    with TemporaryDirectory(prefix="geomap-") as folder:
        staged = Path(folder) / "part.opl"
        for source, share in _cut(path) if packed else ((str(path), 1.0),):
            written = osmium.SimpleWriter(osmium.io.File(str(staged), _OPL), overwrite=True)
            with written as writer, osmium.io.Reader(source, _BOTH) as reader:
                osmium.apply(reader, *filters, writer)
            with staged.open("rb") as stream:
                while text := stream.read(_AT_ONCE):
                    yield read_lines(text + stream.readline(), share)


def _cut(path: Path) -> Iterator[tuple[Any, float]]:
    """Yield a .pbf in parts, each with the file's header, and the share of it read so far."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        header, blobs = _read_blob(stream), b""
        while blob := _read_blob(stream):
            blobs += blob
            if len(blobs) >= _PACKED_AT_ONCE:
                yield osmium.io.FileBuffer(header + blobs, "pbf"), stream.tell() / size
                blobs = b""
    yield osmium.io.FileBuffer(header + blobs, "pbf"), 1.0


def _read_blob(stream: BinaryIO) -> bytes:
    """Return the next blob of a .pbf with its header and length; nothing at the end."""
    length = stream.read(4)
    header = stream.read(min(int.from_bytes(length), _MOST_HEADER))
    at, size = 0, 0
    while at < len(header):  # Protocol Buffers: tag, value; 3 is the blob's size, the rest is words
        tag, value, at = header[at], *_read_number(header, at + 1)
        size, at = (value, at) if tag == 3 << 3 else (size, at + value)
    return length + header + stream.read(min(size, _MOST_BLOB))


def _read_number(header: bytes, at: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, the lowest first, and where the next thing begins."""
    value = shift = 0
    while at < len(header) and header[at] >= 128:
        value, shift, at = value | (header[at] & 127) << shift, shift + 7, at + 1
    return value | (header[at] << shift if at < len(header) else 0), at + 1


def read_lines(text: bytes, share: float = 1.0) -> Part:
    """Return lines of OPL (nodes and ways, no metadata, places on ways) as tables."""
    first_way = 0 if text.startswith(b"w") else text.find(b"\nw") + 1 or len(text)
    if text.find(b"\nn", first_way) >= 0:  # an extract that nobody sorted
        lines = sorted(text.splitlines(keepends=True), key=lambda line: line[:1])
        text = b"".join(lines)
        first_way = text.find(b"\nw") + 1
    nodes = _read_table(text[:first_way], ["node", "tags", "lon", "lat"])
    ways = _read_table(text[first_way:], ["way", "tags", "course"])
    for name in ("node", "lon", "lat"):
        number = pa.float64() if name != "node" else pa.int64()
        values = pa.compute.utf8_slice_codeunits(nodes[name], 1).cast(number)
        nodes = nodes.set_column(nodes.column_names.index(name), name, values)
    number = pa.compute.utf8_slice_codeunits(ways["way"], 1).cast(pa.int64())
    return Part(nodes, ways.set_column(0, "way", number), share)


def _read_table(text: bytes, names: list[str], delimiter: str = " ", kinds: Any = None) -> pa.Table:
    types = kinds or dict.fromkeys(names, pa.string())
    if not text:
        return pa.schema(types).empty_table()
    return pa.csv.read_csv(
        pa.py_buffer(text),
        read_options=pa.csv.ReadOptions(column_names=names, block_size=max(1 << 20, len(text))),
        parse_options=pa.csv.ParseOptions(delimiter=delimiter, quote_char=False),
        convert_options=pa.csv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )


def read_tags(written: str, wanted: frozenset[str]) -> dict[str, str]:
    """Return the wanted keys of one object's tags and what they say."""
    pairs = [pair.split("=") for pair in written[1:].split(",")] if len(written) > 1 else ()
    return {key: unescape(value) if "%" in value else value for key, value in pairs
            if key in wanted}  # fmt: skip


@lru_cache(maxsize=100_000)  # a name stands twice, as name:zh too, and streets have many ways
def unescape(value: str) -> str:
    """Return what is written: ``%661f%`` is 星."""
    return _ESCAPED.sub(lambda run: "".join(map(_letter, run[0][1:-1].split("%%"))), value)


def _letter(code: str) -> str:
    return chr(int(code, 16))


@dataclass(frozen=True, slots=True)
class Courses:
    """The nodes of many ways one after the other: numbers, degrees (NaN: not in the extract).

    ``counts``: how many each way has.
    """

    node: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    counts: NDArray[np.int64]


def read_courses(courses: pa.ChunkedArray) -> Courses:
    """Return the nodes of ways, each of which has at least one.

    Raises
    ------
    ValueError
        Ids below zero, which JOSM gives to what was never uploaded.
    """
    rows = ",".join(courses.to_pylist()).encode().translate(_TO_ROWS, b"Nn")
    kinds = {"node": pa.int64(), "lon": pa.float64(), "lat": pa.float64()}
    table = _read_table(rows, list(kinds), ",", kinds)
    node, lon, lat = (table[name].to_numpy() for name in table.column_names)
    if (node < 0).any():
        raise ValueError("ids below zero, which JOSM gives to what was never uploaded")
    counts = pa.compute.count_substring(courses, "n").to_numpy()
    return Courses(node, lon, lat, counts.astype(np.int64))
