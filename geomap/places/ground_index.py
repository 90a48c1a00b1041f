"""The named things of a map extract, ready to be found in the words of an address."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import ahocorasick
import geopandas as gpd
import numpy as np
import shapely

from geomap.ground import Ground
from geomap.places.spread import Floats

#: Shorter names stand in too many other words.
_SHORTEST = 2
_NUMBER = re.compile(r"\s*([甲乙丙丁戊]?)\s*(\d{1,5})")
_MARKS = re.compile(r"[()\[\]·•\s]")
_IS_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Door:
    """A numbered door: its number, and the letter or 甲, 乙 beside it."""

    number: int
    letter: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Named:
    """A place or quarter: WGS-84 degrees, and how far it reaches from there (metres)."""

    name: str
    kind: str
    lon: float
    lat: float
    half_m: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a text, at characters ``start`` to ``end`` of it."""

    name: str
    start: int
    end: int


def plain(text: str) -> str:
    """The text in the form in which names are compared: one width, one case, single blanks.

    In Chinese neither blanks nor brackets tell names apart: 农业大学（东区） is 农业大学东区.
    """
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _MARKS.sub("", words) if _IS_HAN.search(words) else words


def read_number(text: str) -> tuple[int, str] | None:
    """The house number that a text begins with: 甲 30号, 30-2, 13 B."""
    match = _NUMBER.match(text)
    if not match:
        return None
    after = re.match(r"\s?([a-z])\b", text[match.end() :])
    return int(match[2]), match[1] or (after[1] if after else "")


class GroundIndex:
    """Streets, doors, places and quarters by name.

    Parameters
    ----------
    ground : what :func:`geomap.ground.read_ground` returns.
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.places = _by_name(ground.layer("place"))
        self.quarters = _by_name(ground.layer("quarter"))

    @cached_property
    def _lines(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        streets = self.ground.layer("street")
        for index, (name, aliases) in enumerate(zip(streets.name, streets.aliases, strict=True)):
            for each in _names(name, aliases):
                found[each].append(index)
        return dict(found)

    @cached_property
    def _geometry(self) -> gpd.GeoSeries:
        return self.ground.layer("street").geometry

    @cached_property
    def doors(self) -> dict[str, list[Door]]:
        """Doors by street, by number."""
        found: dict[str, list[Door]] = defaultdict(list)
        table = self.ground.layer("door")
        columns = (table.name, table.number, table.geometry.x, table.geometry.y)
        for street, number, lon, lat in zip(*columns, strict=True):
            read = read_number(plain(number))
            if read:
                found[plain(street)].append(Door(*read, lon, lat))
        return {street: sorted(doors, key=_order) for street, doors in found.items()}

    def street(self, name: str) -> shapely.MultiLineString:
        """All lines of a street, WGS-84 degrees; empty where there is none of that name."""
        lines = self._geometry.iloc[self._lines.get(name, [])]
        return shapely.MultiLineString(list(lines))

    @cached_property
    def _streets(self) -> ahocorasick.Automaton:
        return _automaton({*self._lines, *self.doors})

    @cached_property
    def _places(self) -> ahocorasick.Automaton:
        return _automaton(self.places)

    @cached_property
    def _quarters(self) -> ahocorasick.Automaton:
        return _automaton(self.quarters)

    def streets_in(self, text: str) -> list[Hit]:
        """The streets that a text names, in its order, none inside a longer one.

        学院路街道 is no street but a part of the town.
        """
        hits = _hits(self._streets, text)
        return [hit for hit in hits if not text.startswith("街道", hit.end)]

    def places_in(self, text: str) -> list[Hit]:
        """The places that a text names, the longest first."""
        return sorted(_hits(self._places, text), key=lambda hit: (hit.start - hit.end, hit.start))

    def quarters_in(self, text: str) -> list[Hit]:
        """The quarters and villages that a text names, the longest first."""
        return sorted(_hits(self._quarters, text), key=lambda hit: (hit.start - hit.end, hit.start))


def _order(door: Door) -> tuple[int, str, float, float]:
    return door.number, door.letter, door.lon, door.lat


def _names(name: str, aliases: str) -> Iterator[str]:
    for each in dict.fromkeys((name, *aliases.split(";"))):
        if len(plain(each)) >= _SHORTEST:
            yield plain(each)


def _by_name(table: gpd.GeoDataFrame) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = defaultdict(list)
    columns = (table.name, table.aliases, table.kind, table.geometry.x, table.geometry.y,
               table.half_m)  # fmt: skip
    for name, aliases, kind, lon, lat, half_m in zip(*columns, strict=True):
        for each in _names(name, aliases):
            found[each].append(Named(name, kind, lon, lat, half_m))
    return dict(found)


def _automaton(names: Iterable[str]) -> ahocorasick.Automaton:
    made = ahocorasick.Automaton()
    for name in sorted(names):
        made.add_word(name, name)
    made.make_automaton()
    return made


def _hits(automaton: ahocorasick.Automaton, text: str) -> list[Hit]:
    if not len(automaton):
        return []
    found = [Hit(name, end - len(name) + 1, end + 1) for end, name in automaton.iter(text)]
    whole = [hit for hit in found if _is_whole(hit, text)]
    return _longest(whole)


def _is_whole(hit: Hit, text: str) -> bool:
    """Whether a name in letters stands as a word of its own; Chinese has no blanks between."""
    if _IS_HAN.search(hit.name):
        return True
    before, after = text[: hit.start][-1:], text[hit.end :][:1]
    return not (before.isalnum() or after.isalpha())


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.end > kept[-1].end:
            kept.append(hit)
    return kept


def sample(lines: shapely.Geometry, step_deg: float = 0.0002) -> tuple[Floats, Floats]:
    """Points along lines, about 20 m apart (degrees)."""
    points = shapely.get_coordinates(shapely.segmentize(lines, step_deg))
    return np.asarray(points[:, 0]), np.asarray(points[:, 1])
