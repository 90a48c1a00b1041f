"""One extract, streamed once after its relations: names, places, doors, quarters, land, lines."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from geomap.files.osm_text import Part, read_courses, read_parts, read_tags
from geomap.ground.coast import Box, add_sea
from geomap.ground.collect import Collected
from geomap.ground.rules import (
    ASKED,
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
#: Who else wants the parts of an extract while they are read.
Listener = Callable[[Part], None]
_FAULTS = (RuntimeError, ValueError, OSError, EOFError, zlib.error)
_NAMED = ("name", "addr:housenumber")
#: Ways that may be of use: most others of a dense extract are buildings of which nothing is known
#: but that they are there.
_USEFUL = (
    f"(?:^T|,)(?:(?:{'|'.join(key for key in KEYS if key != 'building')})="
    f"|building=(?:{'|'.join(BUILDINGS)})(?:,|$))"
)
#: Ways that stay lines where they go round.
_LINES = "(?:^T|,)(?:highway=|natural=coastline)"


def read_extract(path: Path, progress: Progress, listener: Listener | None = None) -> Ground:
    """Return what an .osm.pbf says of the ground; two streaming passes, the first for relations.

    Raises
    ------
    InputError
        The file is damaged, cut short or no OpenStreetMap file.
    """
    try:
        return _Reading(path, progress, listener).read()
    except _FAULTS as fault:
        raise InputError(
            f"{path}: not a readable OpenStreetMap extract ({fault}); download it again",
            code="road-extract-damaged", where=path,
        ) from fault  # fmt: skip


class _Reading:
    def __init__(self, path: Path, progress: Progress, listener: Listener | None) -> None:
        self._path, self._progress, self._listener = path, progress, listener
        self._found = Collected()
        self._coasts: list[shapely.LineString] = []
        self._members: dict[int, shapely.LineString | None] = {}
        self._relations: list[tuple[dict[str, str], list[tuple[int, str]]]] = []

    def read(self) -> Ground:
        self._read_relations()
        members = pa.array(self._members, pa.int64())
        keys = _NAMED if self._listener is None else (*_NAMED, "barrier")
        for part in read_parts(self._path, keys, ()):  # relations are made of ways without a word
            self._take_points(part.nodes)
            self._take_ways(part.ways, members)
            if self._listener is not None:
                self._listener(part)
            self._progress(f"{self._path.name}: {part.share:.0%}")
        for tags, ways in self._relations:
            self._take_relation(tags, ways)
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
                self._members.update((way, None) for way, _ in members)

    def _take_points(self, nodes: pa.Table) -> None:
        nodes = nodes.filter(pc.match_substring_regex(nodes["tags"], _USEFUL))
        lon, lat = nodes["lon"].to_numpy(), nodes["lat"].to_numpy()
        if not ((np.abs(lon) <= 180) & (np.abs(lat) <= 90)).all():
            raise ValueError("a named place is nowhere on the earth")
        places = shapely.points(lon, lat)
        for written, place in zip(nodes["tags"].to_pylist(), places, strict=True):
            tags = read_tags(written, ASKED)
            if "name" in tags or "addr:housenumber" in tags:
                self._take_named(tags, names_of(tags), self._found.shape(place))

    def _take_ways(self, ways: pa.Table, members: pa.Array) -> None:
        useful = pc.match_substring_regex(ways["tags"], _USEFUL)
        of_relation = pc.is_in(ways["way"], members)
        drawn_as_line = pc.or_(of_relation, pc.match_substring_regex(ways["tags"], _LINES))
        ways = ways.append_column("useful", useful).append_column("is_line", drawn_as_line)
        wanted = pc.or_(useful, of_relation)
        ways = ways.filter(pc.and_(wanted, pc.not_equal(ways["course"], "N")))
        columns = (ways[name].to_pylist() for name in ("way", "tags", "useful"))
        for number, written, is_useful, (shape, closed) in zip(
            *columns, _shapes(ways), strict=True
        ):
            if number in self._members:
                self._members[number] = shape
            if is_useful and shape is not None:
                self._take_way(read_tags(written, ASKED), shape, closed)

    def _take_way(self, tags: Tags, shape: shapely.Geometry, closed: bool) -> None:
        if _is_bare_building(tags):
            return
        if tags.get("natural") == "coastline":
            self._coasts.append(shape)
        if "highway" in tags and (not closed or tags.get("area", "no") == "no"):
            if (names := names_of(tags)).name:
                self._found.add("street", tags["highway"], names, self._found.shape(shape))
        elif closed:
            self._take_land(tags, self._found.shape(_ring(shape)))
        else:
            for layer, kind in drawn(tags, closed=False):
                self._found.add(layer, kind, names_of(tags), self._found.shape(shape))

    def _take_relation(self, tags: dict[str, str], members: Iterable[tuple[int, str]]) -> None:
        rings: dict[bool, list[shapely.LineString]] = {True: [], False: []}
        for way, role in members:
            if (line := self._members[way]) is not None:
                rings[role != "inner"].append(line)
        outer, inner = (_land_of(rings[is_outer]) for is_outer in (True, False))
        if not outer.is_empty:
            made = outer if inner.is_empty else outer.difference(inner)
            self._take_land(tags, self._found.shape(made))

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


def _shapes(ways: pa.Table) -> Iterator[tuple[shapely.Geometry | None, bool]]:
    """Yield of each way its shape, and whether it goes round: a polygon, unless it ``is_line``.

    Nodes that a cut left out are missing; of less than two there is no line.
    """
    if not len(ways):
        return iter(())
    courses = read_courses(ways["course"])
    ends = np.cumsum(courses.counts)
    here = (np.abs(courses.lon) <= 180) & (np.abs(courses.lat) <= 90)  # not NaN either
    way = np.repeat(np.arange(len(ends)), courses.counts)[here]
    counts = np.bincount(way, minlength=len(ends))
    closed = courses.node[ends - courses.counts] == courses.node[ends - 1]
    closed &= counts > 3
    is_ring = closed & ~ways["is_line"].to_numpy()
    shapes: NDArray[np.object_] = np.full(len(ends), None)
    vertices = np.column_stack([courses.lon[here], courses.lat[here]])
    for chosen, make in (((counts > 1) & ~is_ring, shapely.linestrings), (is_ring, _rings)):
        numbers = np.cumsum(chosen) - 1
        shapes[chosen] = make(vertices[chosen[way]], indices=numbers[way[chosen[way]]])
    return zip(shapes, closed.tolist(), strict=True)


def _rings(vertices: NDArray[np.float64], indices: NDArray[np.int64]) -> Any:
    return shapely.polygons(shapely.linearrings(vertices, indices=indices))


def _ring(shape: shapely.Geometry) -> Any:
    """Return the land inside a shape that goes round."""
    if shape.geom_type == "Polygon":
        return shape
    return shapely.polygons(shapely.linearrings(shapely.get_coordinates(shape)))


def _land_of(courses: Sequence[shapely.LineString]) -> Any:
    """Return the land that ways enclose together; empty where a cut left them open."""
    if not courses:
        return shapely.Polygon()
    joined = shapely.line_merge(shapely.union_all(courses))
    return shapely.union_all(shapely.get_parts(shapely.polygonize(shapely.get_parts(joined))))
