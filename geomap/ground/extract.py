"""One extract, streamed once after its relations: names, places, doors, quarters, land, lines."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import osmium
import shapely

from geomap.ground.coast import Box, add_sea
from geomap.ground.collect import Collected
from geomap.ground.rules import (
    BUILDINGS,
    KEYS,
    Names,
    Tags,
    drawn,
    name_of,
    names_of,
    place_kind,
    quarter_kind,
)
from geomap.ground.table import Ground
from geomap.model.records import InputError

Progress = Callable[[str], None]
_FAULTS = (RuntimeError, ValueError, OSError, EOFError, zlib.error, osmium.InvalidLocationError)
#: Things between two words of progress.
_AT_ONCE = 50_000
#: Writes points and lines as well-known binary, in hexadecimal; GEOS reads that ten times slower.
_WKB = osmium.geom.WKBFactory()


def read_extract(path: Path, progress: Progress) -> Ground:
    """Return what an .osm.pbf says of the ground; two streaming passes, the first for relations.

    Raises
    ------
    InputError
        The file is damaged, cut short or no OpenStreetMap file.
    """
    try:
        return _Reading(path, progress).read()
    except _FAULTS as fault:
        raise InputError(
            f"{path}: not a readable OpenStreetMap extract ({fault}); download it again",
            code="road-extract-damaged", where=path,
        ) from fault  # fmt: skip


class _Reading:
    def __init__(self, path: Path, progress: Progress) -> None:
        self._path, self._progress = path, progress
        self._found = Collected()
        self._coasts: list[bytes] = []
        self._members: dict[int, bytes] = {}
        self._relations: list[tuple[dict[str, str], list[tuple[int, str]]]] = []

    def read(self) -> Ground:
        self._read_relations()
        for count, thing in enumerate(self._things()):
            if count % _AT_ONCE == 0:
                self._progress(f"{self._path.name}: {count:,} named and drawn things read")
            if thing.is_node():
                self._take_point(thing)
            else:
                self._take_way(thing)
        for tags, members in self._relations:
            self._take_relation(tags, members)
        self._progress("")
        return add_sea(self._found.table(), self._coasts, _box_of(self._path))

    def _read_relations(self) -> None:
        """Remember the multipolygons that are drawn or named, and which ways they are made of."""
        relations: Any = osmium.FileProcessor(str(self._path), osmium.osm.RELATION)
        relations.with_filter(osmium.filter.TagFilter(("type", "multipolygon")))
        for relation in relations.with_filter(osmium.filter.KeyFilter(*KEYS)):
            if _is_wanted(relation.tags):
                tags = dict(map(tuple, relation.tags))
                members = [(each.ref, each.role) for each in relation.members if each.type == "w"]
                self._relations.append((tags, members))
                self._members.update((way, b"") for way, _ in members)

    def _things(self) -> Iterator[Any]:
        both = osmium.osm.NODE | osmium.osm.WAY
        places = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
        places.ignore_errors()
        things = osmium.FileProcessor(str(self._path), both).with_filter(places)
        things.with_filter(osmium.filter.KeyFilter(*KEYS))
        return iter(things.handler_for_filtered(_Rest(self._members)))

    def _take_point(self, node: Any) -> None:
        tags = node.tags
        if "name" in tags or "addr:housenumber" in tags:
            shape = self._found.shape(bytes.fromhex(_WKB.create_point(node)))
            self._take_named(tags, names_of(tags), shape)

    def _take_way(self, way: Any) -> None:
        tags = way.tags
        if way.id in self._members:
            self._members[way.id] = _course(way)[0]
        if _is_bare_building(tags):
            return
        course, count = _course(way)
        if count < 2:
            return
        if tags.get("natural") == "coastline":
            self._coasts.append(course)
        closed = count > 3 and way.is_closed()
        if "highway" in tags and (not closed or tags.get("area", "no") == "no"):
            if (names := names_of(tags)).name:
                self._found.add("street", tags["highway"], names, self._found.shape(course))
        elif closed:
            self._take_land(tags, self._found.shape(course, is_land=True))
        else:
            for layer, kind in drawn(tags, closed=False):
                self._found.add(layer, kind, names_of(tags), self._found.shape(course))

    def _take_relation(self, tags: dict[str, str], members: Iterable[tuple[int, str]]) -> None:
        rings: dict[bool, list[bytes]] = {True: [], False: []}
        for way, role in members:
            if self._members[way]:
                rings[role != "inner"].append(self._members[way])
        outer, inner = (_land_of(rings[is_outer]) for is_outer in (True, False))
        if not outer.is_empty:
            made = outer if inner.is_empty else outer.difference(inner)
            self._take_land(tags, self._found.shape(shapely.to_wkb(made)))

    def _take_land(self, tags: Tags, shape: int) -> None:
        names = names_of(tags)
        for layer, kind in drawn(tags, closed=True):
            self._found.add(layer, kind, names, shape)
        if lived_in := BUILDINGS.get(tags.get("building", "")):  # a point: houses are not drawn
            self._found.add(lived_in, "building", names, shape, as_point=True)
        self._take_named(tags, names, shape)

    def _take_named(self, tags: Tags, names: Names, shape: int) -> None:
        if names.name:
            if kind := place_kind(tags):
                self._found.add("place", kind, names, shape, as_point=True)
            if kind := quarter_kind(tags):
                self._found.add("quarter", kind, names, shape, as_point=True)
        number = tags.get("addr:housenumber")
        street = (tags.get("addr:street") or tags.get("addr:place")) if number else None
        if number and street:
            self._found.add("door", "", Names(street), shape, number=number, as_point=True)


class _Rest(osmium.SimpleHandler):
    """Ways that say nothing themselves: the shores and edges that relations are made of."""

    def __init__(self, members: dict[int, bytes]) -> None:
        super().__init__()
        self._members = members

    def way(self, way: Any) -> None:
        """Keep the course of a way that a relation wants."""
        if way.id in self._members:
            self._members[way.id] = _course(way)[0]


def _box_of(path: Path) -> Box | None:
    """Return west, south, east and north of what an extract says it covers."""
    with osmium.io.Reader(str(path), osmium.osm.NOTHING) as reader:
        box = reader.header().box()
    if not box.valid():
        return None
    low, high = box.bottom_left, box.top_right
    return low.lon, low.lat, high.lon, high.lat


def _is_bare_building(tags: Tags) -> bool:
    """Whether nothing is known but that there is a building: most of a dense extract."""
    building = tags.get("building")
    if not building or building in BUILDINGS:
        return False
    return not (tags.get("name") or tags.get("addr:housenumber"))


def _is_wanted(tags: Tags) -> bool:
    named = name_of(tags) or "addr:housenumber" in tags
    return bool(named) or next(drawn(tags, closed=True), None) is not None


def _course(way: Any) -> tuple[bytes, int]:
    """Return the line of a way and its nodes' count; those that a cut left out are missing."""
    count = len(way.nodes)
    if count < 2:
        return b"", count
    try:
        return bytes.fromhex(_WKB.create_linestring(way, osmium.geom.ALL)), count
    except osmium.InvalidLocationError:
        left = [(n.lon, n.lat) for n in way.nodes if n.location.valid()]
        course = shapely.to_wkb(shapely.LineString(left)) if len(left) > 1 else b""
        return course, len(left)


def _land_of(courses: Sequence[bytes]) -> Any:
    """Return the land that ways enclose together; empty where a cut left them open."""
    if not courses:
        return shapely.Polygon()
    joined = shapely.line_merge(shapely.union_all(shapely.from_wkb(courses)))
    return shapely.union_all(shapely.get_parts(shapely.polygonize(shapely.get_parts(joined))))
