"""OSMnx graphs (.graphml): nodes with x and y, edges with highway and perhaps a geometry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pyproj
import shapely

from geomap.files.limits import MAX_ROAD_TEXT_BYTES
from geomap.model.records import InputError
from geomap.roads.crs import parse_crs
from geomap.roads.faults import road_fault, say_words
from geomap.roads.lines import LineBuffer
from geomap.roads.rules import Profile, find_rights, rank_class
from geomap.roads.streets import Streets

_SPACE = "{http://graphml.graphdrawing.org/xmlns}"
_LINE = re.compile(r"\s*LINESTRING\b", re.IGNORECASE)
#: What OSMnx writes where a merged edge has several values: ['primary', 'secondary'].
_LIST = str.maketrans("", "", "[]'\" ")


def read_graphml(path: Path, profile: Profile) -> Streets:
    """Return the edges of a graph as lines; in a directed graph each counts one way.

    Edges without a geometry are straight. Nodes keep their identity, so that two nodes on one
    spot are joined only where an edge joins them.

    Raises
    ------
    InputError
        No readable graph, nodes without coordinates, or a coordinate system we do not know.
    """
    if path.stat().st_size > MAX_ROAD_TEXT_BYTES:
        raise road_fault(path, "road-too-large", f"> {MAX_ROAD_TEXT_BYTES // 10**6} MB")
    try:
        return _Graph(path, profile).read()
    except (ElementTree.ParseError, ValueError, LookupError, OSError) as fault:
        raise road_fault(path, "road-graph-damaged", say_words(fault)) from fault


class _Graph:
    def __init__(self, path: Path, profile: Profile) -> None:
        self._path, self._profile = path, profile
        self._keys: dict[str, str] = {}
        self._nodes: dict[str, tuple[float, float]] = {}
        self._numbers: dict[str, int] = {}
        self._lines = LineBuffer()
        self._to_degrees: pyproj.Transformer | None = None
        self._directed = True

    def read(self) -> Streets:
        for event, element in ElementTree.iterparse(self._path, events=("start", "end")):
            tag = element.tag.removeprefix(_SPACE)
            if event == "start" and tag == "graph":
                self._directed = element.get("edgedefault", "directed") == "directed"
            elif event == "end":
                self._take(tag, element)
        if not self._nodes:
            raise self._fault("no nodes with coordinates")
        return self._lines.pack()

    def _take(self, tag: str, element: ElementTree.Element) -> None:
        if tag == "key":
            self._keys[element.get("id", "")] = element.get("attr.name", "")
        elif tag == "data" and self._keys.get(element.get("key", "")) == "crs":
            self._read_crs(element.text or "")
        elif tag == "node":
            self._take_node(element)
        elif tag == "edge":
            self._take_edge(element)
        if tag in ("node", "edge"):
            element.clear()

    def _facts(self, element: ElementTree.Element) -> dict[str, str]:
        pairs = ((self._keys.get(part.get("key", ""), ""), part.text) for part in element)
        return {key: text for key, text in pairs if text}

    def _read_crs(self, written: str) -> None:
        crs = parse_crs(self._path, written)
        if crs != pyproj.CRS.from_epsg(4326):
            self._to_degrees = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)

    def _take_node(self, element: ElementTree.Element) -> None:
        facts, name = self._facts(element), element.get("id", "")
        try:
            position = (
                float(facts.get("x", facts.get("lon", ""))),
                float(facts.get("y", facts.get("lat", ""))),
            )
        except ValueError as fault:
            raise self._fault(f"node {name[:20]} has no coordinates") from fault
        self._nodes[name] = position
        self._numbers[name] = len(self._numbers)

    def _take_edge(self, element: ElementTree.Element) -> None:
        ends = element.get("source", ""), element.get("target", "")
        missing = [name for name in ends if name not in self._nodes]
        if missing:
            raise self._fault(f"an edge names a missing node, {missing[0][:20]}")
        facts = {key: self._first(text) for key, text in self._facts(element).items() if key}
        rights = find_rights(self._tags(facts), self._profile)
        if not any(rights):
            return
        x, y = zip(*self._course(element, ends), strict=True)
        lon, lat = self._degrees(list(x), list(y))
        inner = range(len(lon) - 2)
        # -1: an inner vertex meets its twin of the opposite edge, never a node passed over.
        node_id = [self._numbers[ends[0]], *(-1 for _ in inner), self._numbers[ends[1]]]
        self._lines.add(lon, lat, node_id, rights, rank_class(facts.get("highway", "")))

    def _tags(self, facts: dict[str, str]) -> dict[str, str]:
        """A directed graph has turned ``oneway`` into edges: each is one direction already."""
        if not self._directed:
            return facts
        kept = {key: value for key, value in facts.items() if key not in ("oneway", "junction")}
        return {**kept, "oneway": "yes", "oneway:bicycle": "yes"}

    @staticmethod
    def _first(text: str) -> str:
        return text.translate(_LIST).split(",")[0] if text.startswith("[") else text

    def _course(
        self, element: ElementTree.Element, ends: tuple[str, str]
    ) -> Iterator[tuple[float, float]]:
        written = self._facts(element).get("geometry", "")
        yield self._nodes[ends[0]]
        if written:
            # A collection of collections of … is no line, and is not even parsed.
            line = shapely.from_wkt(written, on_invalid="ignore") if _LINE.match(written) else None
            if line is None:
                raise self._fault(f"geometry {written[:40]!r}")
            inner = shapely.get_coordinates(line)[1:-1]
            yield from (tuple(point) for point in inner.tolist())
        yield self._nodes[ends[1]]

    def _fault(self, words: str) -> InputError:
        return road_fault(self._path, "road-graph-damaged", words)

    def _degrees(self, x: list[float], y: list[float]) -> tuple[list[float], list[float]]:
        if self._to_degrees is None:
            return x, y
        lon, lat = self._to_degrees.transform(np.array(x), np.array(y))
        return lon.tolist(), lat.tolist()
