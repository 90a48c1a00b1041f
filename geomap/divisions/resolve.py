"""From stated province, city, district and township to today's divisions.

Rules, in this order: today's full or short name; a former name; the same words with the names
above in front (杭州市临安区); each time only what lies in what is stated above it. A county that
has moved to another city is accepted when its name is unique in the province.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from geomap.divisions.names import lies_in, short_name
from geomap.divisions.records import Division, NameHit, Resolution

_OFFICE = re.compile(r"(?:人民政府|办事处|街道办|政府)+$")

#: What code tables write where there is no city: it says nothing.
_FILLERS = frozenset(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])


class Index(Protocol):
    """What the rules ask of :class:`geomap.divisions.Divisions`."""

    def named(self, word: str, level: str) -> tuple[Division, ...]:
        """Divisions by full or short name."""

    def former(self, name: str) -> tuple[Division, ...]:
        """Successors of a former name."""

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions right below a code."""

    def get(self, code: str, level: str = "") -> Division | None:
        """The division of a code."""

    def scan(self, text: str, within: Sequence[str] = ()) -> list[NameHit]:
        """Names in a text."""


def resolve(index: Index, province: str, city: str, district: str, township: str) -> Resolution:
    """See :meth:`geomap.divisions.Divisions.resolve`."""
    unknown: list[str] = []
    stated = (word.strip() for word in (province, city, district, township))
    words = ["" if word in _FILLERS else word for word in stated]
    scope = _stated(index, words[0], "province", (), unknown)
    cities = _cities(index, words[1], scope, unknown)
    found, former = _districts(index, words[2], cities or scope, scope, unknown)
    heirs = _heirs(index, words[2], found)
    towns = _townships(index, words[3], found or cities or scope, [] if heirs else unknown)
    if heirs and words[3] and not towns:  # the stated township went with the part
        towns = _townships(index, words[3], heirs, unknown)
        found, former = (_above(index, towns), True) if towns else (found, former)
    if towns and not words[2] and len({town.code[:6] for town in towns}) == 1:
        found = _above(index, towns)
    if towns and len(found) > 1:  # 朝阳区 with 酒仙桥街道 is Beijing's
        found = tuple(place for place in found if any(lies_in(t.code, place.code) for t in towns))
    counties = tuple(place for place in found if place.level == "district")
    if not counties and not words[2] and len(cities) == 1:  # 东莞市, 济源市: no county below
        own = index.get(cities[0].code, "district")
        counties = (own,) if own else ()
    return Resolution(
        scope=cities or scope,
        districts=counties,
        heirs=tuple(place for place in heirs if place not in counties),
        townships=towns,
        former=former,
        ambiguous=len(counties) > 1 and not former,
        unknown=tuple(unknown),
    )


def _inside(places: Sequence[Division], scope: Sequence[Division]) -> tuple[Division, ...]:
    return tuple(
        place for place in places if not scope or any(lies_in(place.code, s.code) for s in scope)
    )


def _stated(
    index: Index, word: str, level: str, scope: Sequence[Division], unknown: list[str]
) -> tuple[Division, ...]:
    """Divisions of one level that a word names; a word nobody knows is noted."""
    if not word:
        return ()
    found = _inside(index.named(word, level), scope)
    if not found:
        found = _scanned(index, word, scope, lambda place: place.level == level)
    if not found:
        unknown.append(word)
    return found


def _scanned(
    index: Index, word: str, scope: Sequence[Division], fits: Callable[[Division], bool]
) -> tuple[Division, ...]:
    """What the last fitting name inside a longer word means (浙江省杭州市临安区)."""
    hits = index.scan(word, [place.code for place in scope])
    for hit in reversed(hits):
        found = _inside([place for place in hit.candidates if fits(place)], scope)
        if found and hit.end == len(_OFFICE.sub("", word)):
            return found
    return ()


def _cities(
    index: Index, word: str, scope: tuple[Division, ...], unknown: list[str]
) -> tuple[Division, ...]:
    """A stated city: a city, a municipality, a county written as a city, or a former one."""
    if not word:
        return ()
    for level in ("city", "province", "district"):
        if found := _inside(index.named(word, level), scope):
            return found
    if found := _inside(index.former(word), scope):
        return found
    return _stated(index, word, "city", scope, unknown)


def _districts(
    index: Index, word: str, scope: tuple[Division, ...], province: tuple[Division, ...],
    unknown: list[str],
) -> tuple[tuple[Division, ...], bool]:  # fmt: skip
    """The counties a word names, and whether a former name led there."""
    if not word:
        return (), False
    named = index.named(word, "district")
    if found := _inside(named, scope):
        exact = tuple(place for place in found if place.name == word)
        return exact or found, False
    if found := _inside(index.former(word), scope):
        return _at_county_level(index, found), True
    moved = _inside(named, province)
    if len(moved) == 1:
        return moved, False
    former = _inside(index.former(word), province)
    if len(former) == 1:
        return former, True
    found = _scanned(index, word, scope, lambda place: place.level == "district")
    if not found:
        unknown.append(word)
    return found, False


def _heirs(index: Index, word: str, found: Sequence[Division]) -> tuple[Division, ...]:
    """Districts of the same city that took over a part of a district which kept its name."""
    kept = {place.code[:4] for place in found if place.name == word}
    return tuple(p for p in index.former(word) if p.code[:4] in kept and p not in found)


def _at_county_level(index: Index, places: Sequence[Division]) -> tuple[Division, ...]:
    """Counties before cities: a former county whose name went to a city keeps the city."""
    counties = tuple(place for place in places if place.level == "district")
    return counties or tuple(places)


def _townships(
    index: Index, word: str, scope: tuple[Division, ...], unknown: list[str]
) -> tuple[Division, ...]:
    """Townships of the scope that a word names, 办事处 and 人民政府 left aside."""
    word = _OFFICE.sub("", word)
    if not word:
        return ()
    forms = (word, word + "街道", word + "道", word.removesuffix("地区")) if scope else (word,)
    for form in forms:
        if found := _inside(index.named(form, "township"), scope):
            return tuple(place for place in found if place.name == form) or found
    found = _scanned(index, word, scope, lambda place: place.level == "township")
    found = found or _abbreviated(index, word, scope)
    if not found:
        unknown.append(word)
    return found


def _abbreviated(index: Index, word: str, scope: Sequence[Division]) -> tuple[Division, ...]:
    """The one township of the stated counties that a word shortens: 广外街道, 广安门外街道."""
    below = [town for place in scope for town in index.children(place.code)]
    pattern = re.compile(".*".join(map(re.escape, word)))
    fits = [t for t in below if t.level == "township" and pattern.fullmatch(t.name)]
    return tuple(fits) if len(fits) == 1 and len(short_name(word, "township")) >= 2 else ()


def _above(index: Index, towns: Sequence[Division]) -> tuple[Division, ...]:
    county = index.get(towns[0].code[:6], "district")
    return (county,) if county else ()
