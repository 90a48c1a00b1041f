"""Which province, city, district and township a place of a story lies in.

Names of divisions are read in three circles: in the place's own name or list item, in the
sentences just before it, in the whole story. Homonyms are decided by the story.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geomap.divisions import Divisions, NameHit
from geomap.find.area import Area, Sighting, agree, finer
from geomap.find.sightings import abbreviated, consistent, context_codes, resolve, usable
from geomap.find.spans import Cover

#: A district named more names ago than this says nothing of a place whose own words contradict all
#: that were named since.
_NEAR = 500


class Scope:
    """The divisions of one story, and what they say of each position."""

    def __init__(
        self, sightings: Sequence[Sighting], fallback: Area, names: Sequence[tuple[int, int]] = ()
    ) -> None:
        self.sightings = tuple(sightings)
        self._starts = [s.start for s in sightings]
        self._ends = [s.end for s in sightings]
        self._fallback = fallback
        named = Cover(names)
        rest = [s for s in sightings if s.start not in named]
        self._running = [s for s in rest if s.area.depth >= 3]
        self._running_ends = [s.end for s in self._running]
        judged = rest if any(s.area.depth >= 2 for s in rest) else sightings
        self.main = _main(judged, fallback)

    def without(self, names: Iterable[tuple[int, int]]) -> Scope:
        """The scope judged without the divisions inside the names and items of places."""
        return Scope(self.sightings, self._fallback, tuple(names))

    def within(self, start: int, end: int) -> Sequence[Sighting]:
        """The names within a span, in order."""
        first = bisect_left(self._starts, start)
        return self.sightings[first : max(bisect_right(self._ends, end), first)]

    def inside(self, start: int, end: int) -> Area:
        """What the names within a span say, the finest one that fits the others."""
        area = Area()
        for sighting in self.within(start, end):
            if sighting.area.depth > area.depth or not agree(area, sighting.area):
                area = sighting.area
        return area

    def at(self, start: int, end: int, floor: int) -> Area:
        """Where the place named at ``start`` to ``end`` is.

        Parameters
        ----------
        floor : where the text that may speak of this place begins (its paragraph or item).
        """
        own = self.inside(start, end)
        if own.depth >= 3:
            return own
        last = bisect_right(self._running_ends, start)
        for sighting in reversed(self._running[max(last - _NEAR, 0) : last]):
            if sighting.start < floor and self.main.depth >= 3:
                break
            if agree(own, sighting.area):
                return finer(sighting.area, self.main)
        return finer(own, self.main)


def read_scope(
    text: str,
    title_end: int,
    divisions: Divisions,
    fallback: Area,
    items: Sequence[tuple[int, int]] = (),
) -> tuple[Scope, list[NameHit]]:
    """The scope of one story in clean text, and the names it was read from.

    Parameters
    ----------
    fallback : what the document is about.
    items : spans of list items; a short name there (合江 of 合江楼) says nothing of the story.
    """
    hits = usable(text, divisions.scan(text), divisions)
    context = context_codes(hits, fallback)
    sightings = consistent(resolve(hits, title_end, divisions, context, items), fallback)
    scope = Scope(sightings, fallback)
    near = [scope.main.code[:6]] if scope.main.district else []
    if near:
        hits = usable(text, divisions.scan(text, within=near), divisions, near)
        resolved = resolve(hits, title_end, divisions, [*near, *context], items)
        sightings = consistent(resolved, fallback)
    sightings += abbreviated(text, hits, divisions, scope.main)
    scope = Scope(sorted(sightings, key=lambda sighting: sighting.start), fallback)
    return scope, hits


def _main(sightings: Sequence[Sighting], fallback: Area) -> Area:
    """What the story is about: the district with most weight, else the city, else the fallback."""
    districts: Counter[Area] = Counter()
    cities: Counter[Area] = Counter()
    for sighting in sightings:
        area = replace(sighting.area, township="", code=sighting.area.code[:6])
        if area.district:
            districts[area] += sighting.weight
        elif area.city:
            cities[area] += sighting.weight
    ranked = sorted(districts.items(), key=lambda item: (-item[1], item[0].code))
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]):
        return ranked[0][0]
    if cities:
        return min(cities.items(), key=lambda item: (-item[1], item[0].code))[0]
    if ranked:
        return _shared([area for area, _ in ranked])
    provinces = [sighting.area for sighting in sightings if sighting.area.province]
    return finer(provinces[0], fallback) if provinces else fallback


def _shared(areas: Sequence[Area]) -> Area:
    first = areas[0]
    if all(area.city == first.city and area.province == first.province for area in areas):
        return Area(first.province, first.city, "", "", first.code[:4] + "00")
    if all(area.province == first.province for area in areas):
        return Area(first.province, "", "", "", first.code[:2] + "0000")
    return Area()
