"""One extract, streamed once after its relations: names, places, doors, quarters, land, lines."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import osmium
import shapely

from geomap.ground.collect import Collected, Course
from geomap.ground.rules import (
    BUILDINGS,
    KEYS,
    Tags,
    drawn,
    name_of,
    place_kind,
    quarter_kind,
)
from geomap.ground.table import Ground
from geomap.model.records import InputError

Progress = Callable[[str], None]
_FAULTS = (RuntimeError, ValueError, OSError, EOFError, zlib.error, osmium.InvalidLocationError)
#: Things between two words of progress.
_AT_ONCE = 50_000


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
        self._members: dict[int, Course] = {}
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
        return self._found.table()

    def _read_relations(self) -> None:
        """Remember the multipolygons that are drawn or named, and which ways they are made of."""
        relations: Any = osmium.FileProcessor(str(self._path), osmium.osm.RELATION)
        for relation in relations.with_filter(osmium.filter.KeyFilter(*KEYS)):
            tags = dict(map(tuple, relation.tags))
            if tags.get("type") == "multipolygon" and _is_wanted(tags):
                members = [(each.ref, each.role) for each in relation.members if each.type == "w"]
                self._relations.append((tags, members))
                self._members.update((way, []) for way, _ in members)

    def _things(self) -> Iterator[Any]:
        both = osmium.osm.NODE | osmium.osm.WAY
        places = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
        places.ignore_errors()
        things = osmium.FileProcessor(str(self._path), both).with_filter(places)
        things.with_filter(osmium.filter.KeyFilter(*KEYS))
        return iter(things.handler_for_filtered(_Rest(self._members)))

    def _take_point(self, node: Any) -> None:
        tags = dict(map(tuple, node.tags))
        if "name" in tags or "addr:housenumber" in tags:
            at = node.location
            self._take_named(tags, self._found.shape([(at.lon, at.lat)]))

    def _take_way(self, way: Any) -> None:
        if way.id in self._members:
            self._members[way.id] = _course(way)
        get = way.tags.get
        building = get("building")
        if building and not (get("name") or get("addr:housenumber")) and building not in BUILDINGS:
            return
        course = _course(way)
        if len(course) < 2:
            return
        tags = dict(map(tuple, way.tags))
        closed = way.is_closed() and len(course) > 3
        if "highway" in tags and (not closed or tags.get("area", "no") == "no"):
            if name_of(tags):
                self._found.add("street", tags["highway"], tags, self._found.shape(course))
        elif closed:
            self._take_land(tags, self._found.shape(course, is_land=True))
        else:
            self._take_line(tags, course)

    def _take_line(self, tags: Tags, course: Course) -> None:
        for layer, kind in drawn(tags, closed=False):
            self._found.add(layer, kind, tags, self._found.shape(course))

    def _take_relation(self, tags: dict[str, str], members: Iterable[tuple[int, str]]) -> None:
        rings: dict[bool, list[Course]] = {True: [], False: []}
        for way, role in members:
            if len(self._members[way]) > 1:
                rings[role != "inner"].append(self._members[way])
        outer, inner = (_land_of(rings[is_outer]) for is_outer in (True, False))
        if not outer.is_empty:
            made = outer if inner.is_empty else outer.difference(inner)
            self._take_land(tags, self._found.shape((), made=made))

    def _take_land(self, tags: Tags, shape: int) -> None:
        for layer, kind in drawn(tags, closed=True):
            self._found.add(layer, kind, tags, shape)
        if lived_in := BUILDINGS.get(tags.get("building", "")):  # a point: houses are not drawn
            self._found.add(lived_in, "building", tags, shape, as_point=True)
        self._take_named(tags, shape)

    def _take_named(self, tags: Tags, shape: int) -> None:
        if name_of(tags):
            if kind := place_kind(tags):
                self._found.add("place", kind, tags, shape, as_point=True)
            if kind := quarter_kind(tags):
                self._found.add("quarter", kind, tags, shape, as_point=True)
        street = tags.get("addr:street") or tags.get("addr:place") or ""
        if street and tags.get("addr:housenumber"):
            number = tags["addr:housenumber"]
            self._found.add("door", "", {"name": street}, shape, number=number, as_point=True)


class _Rest(osmium.SimpleHandler):
    """Ways that say nothing themselves: the shores and edges that relations are made of."""

    def __init__(self, members: dict[int, Course]) -> None:
        super().__init__()
        self._members = members

    def way(self, way: Any) -> None:
        """Keep the course of a way that a relation wants."""
        if way.id in self._members:
            self._members[way.id] = _course(way)


def _is_wanted(tags: Mapping[str, str]) -> bool:
    named = name_of(tags) or "addr:housenumber" in tags
    return bool(named) or next(drawn(tags, closed=True), None) is not None


def _course(way: Any) -> Course:
    """Return the nodes of a way, degrees; those that a cut left out are missing."""
    try:
        return [(node.lon, node.lat) for node in way.nodes]
    except osmium.InvalidLocationError:
        return [(n.lon, n.lat) for n in way.nodes if n.location.valid()]


def _land_of(courses: Sequence[Course]) -> Any:
    """Return the land that ways enclose together; empty where a cut left them open."""
    if not courses:
        return shapely.Polygon()
    joined = shapely.line_merge(shapely.union_all([shapely.LineString(each) for each in courses]))
    return shapely.union_all(shapely.get_parts(shapely.polygonize(shapely.get_parts(joined))))
