"""Which province, city, district and township a place of a story lies in.

Names of divisions are read in three circles: in the place's own name or list item, in the
sentences just before it, in the whole story. Homonyms are decided by the story.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from geomap.divisions import Divisions, NameHit
from geomap.find.area import Area, Sighting, agree, finer
from geomap.find.sightings import (
    abbreviated,
    consistent,
    context_codes,
    neighbours,
    resolve,
    usable,
)
from geomap.find.spans import Cover

#: An item of an enumeration, from a division on; what may stand before the first one.
_ITEM_END = re.compile(r"[、,。;!?\n]")
_LIST_OPENS = re.compile("[、是为有在于括::“]")
_OWNER = re.compile(r"[\u4e00-\u9fff]{1,8}?[省市区县州旗盟]的")
_SENTENCE_END = re.compile(r"[。;!?\n]")
#: So many characters behind a division make it an item's (鼓楼区内环路驿站), not one of many.
_ITEM_WORDS = 3

#: A district named more names ago than this says nothing of a place whose own words contradict all
#: that were named since.
_NEAR = 500
#: What a story is about is told so many times as often as the next of its level, and from this
#: level on (1 province, 2 city) at least as often as the whole that it lies in.
_LEAD, _FROM = 1.5, 2


class Scope:
    """The divisions of one story, and what they say of each position."""

    def __init__(
        self,
        sightings: Sequence[Sighting],
        fallback: Area,
        names: Sequence[tuple[int, int]] = (),
        items: Sequence[tuple[int, int]] = (),
        whole: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.sightings = tuple(sightings)
        self._items = items
        self._starts = [s.start for s in sightings]
        self._ends = [s.end for s in sightings]
        self._fallback = fallback
        named, known = Cover([*names, *items]), Cover([*(whole or names), *items])
        rest = [s for s in sightings if s.start not in known]
        self._running = [s for s in sightings if s.start not in named and s.area.depth >= 2]
        self._running_ends = [s.end for s in self._running]
        judged = rest if any(s.area.depth >= 2 for s in rest) else sightings
        self.main = _main(judged, fallback)

    def without(self, names: Sequence[tuple[int, int]], text: str) -> Scope:
        """The scope judged without the divisions inside the names and items of places.

        Whose a name is said to be (南宁市的A、B) is that of those that follow too.
        """
        owners = (_OWNER.match(text, start, end) for start, end in names)
        own = [
            (owner.end() if owner else start, end)
            for owner, (start, end) in zip(owners, names, strict=True)
        ]
        return Scope(self.sightings, self._fallback, own, self._items, names)

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

    def own(self, start: int, end: int) -> Area:
        """What a name says of itself, or the item of an enumeration that it stands in."""
        area = self.inside(start, end)
        number = bisect_right(self._items, (start, end)) - 1
        if area.depth < 3 and number >= 0 and start < self._items[number][1]:
            return self.inside(self._items[number][0], end)
        return area

    def at(self, start: int, end: int, floor: int) -> Area:
        """Where the place named at ``start`` to ``end`` is.

        Parameters
        ----------
        floor : where the text that may speak of this place begins (its paragraph or item).
        """
        own = self.own(start, end)
        if own.depth >= 3:
            # 昌平科技园区 lies in 昌平区, 苏州工业园区 in no district of the city's alone.
            held = self.main.district and own.township.startswith(self.main.district[:-1])
            return replace(own, district=self.main.district) if held and not own.district else own
        last = bisect_right(self._running_ends, start)
        for sighting in reversed(self._running[max(last - _NEAR, 0) : last]):
            if sighting.start < floor and self.main.depth >= 3:
                break
            if agree(own, sighting.area):
                # Behind the name of the whole city a district named before says nothing.
                return finer(own if own.depth > sighting.area.depth else sighting.area, self.main)
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
    context += neighbours(text, hits, divisions, context)
    sightings = consistent(resolve(hits, title_end, divisions, context, items), fallback)
    scope = Scope(sightings, fallback)
    near = [scope.main.code[:6]] if scope.main.district else []
    if near:
        hits = usable(text, divisions.scan(text, within=near), divisions, near)
        resolved = resolve(hits, title_end, divisions, [*near, *context], items)
        sightings = consistent(resolved, fallback)
    sightings += abbreviated(text, hits, divisions, scope.main)
    sightings = sorted(sightings, key=lambda sighting: sighting.start)
    return Scope(sightings, fallback, items=_enumerated(text, sightings)), hits


def _enumerated(text: str, sightings: Sequence[Sighting]) -> list[tuple[int, int]]:
    """Items of enumerations whose items name districts of their own (A县甲站、乙站、B区丙站).

    Such a district says nothing of the item behind it, and nothing of the story.
    """
    ends = [mark.start() for mark in _SENTENCE_END.finditer(text)]
    sentences: dict[int, list[tuple[Sighting, int, int]]] = {}
    first = last = -1
    for one in sightings:
        # 徐州市铜山区同昌街 is an item from its first division on.
        first, last = (first if one.start == last else one.start), one.end
        if one.area.district and one.level == "district":
            mark = _ITEM_END.search(text, one.end)
            item = (one, first, mark.start() if mark else len(text))
            sentences.setdefault(bisect_left(ends, one.start), []).append(item)
    items: list[tuple[int, int]] = []
    for group in sentences.values():
        inner = {
            one.area.district
            for one, start, end in group
            if text[start - 1 : start] == "、" and end - one.end >= _ITEM_WORDS
        }
        if len(inner) >= 2:
            items += [(at, end) for _, at, end in group if _LIST_OPENS.match(text[at - 1 : at])]
    return items


def _main(sightings: Sequence[Sighting], fallback: Area) -> Area:
    """What the story is about: from the country down, as long as one division outweighs its
    neighbours and what is said of the whole that it lies in.

    A county named once in a city's story, or among others, is not what the story is about.
    """
    weights: Counter[Area] = Counter()
    bare: Counter[Area] = Counter()
    for sighting, inner in zip_longest(sightings, sightings[1:]):
        chain = list(_outward(sighting.area))
        weights.update(dict.fromkeys(chain, sighting.weight))
        joined = inner is not None and inner.start == sighting.end
        if chain and not (joined and agree(inner.area, sighting.area)):
            bare[chain[0]] += sighting.weight  # 海口市 of 海口市龙华区 is not the whole
    main = Area()
    while lead := _leading([(n, area) for area, n in weights.items() if _above(area) == main]):
        if lead[0] < bare[main] and main.depth >= _FROM:
            break
        main = lead[1]
    return finer(main, fallback) if main.depth < 2 else main


def _leading(weights: Sequence[tuple[int, Area]]) -> tuple[int, Area] | None:
    """The heaviest area and its weight, where it outweighs the others by far."""
    ranked = sorted(weights, key=lambda item: (-item[0], item[1].code))
    clear = len(ranked) == 1 or (bool(ranked) and ranked[0][0] >= _LEAD * ranked[1][0])
    return ranked[0] if clear else None


def _outward(area: Area) -> Iterable[Area]:
    """A sighting's district, city and province, the inner ones first."""
    if area.district:
        yield Area(area.province, area.city, area.district, "", area.code[:6])
    if area.city:
        whole = area.code[:2] if area.city == area.province else area.code[:4]
        yield Area(area.province, area.city, "", "", whole.ljust(6, "0"))
    if area.province:
        yield Area(area.province, "", "", "", area.code[:2] + "0000")


def _above(area: Area) -> Area:
    """What a district, city or province lies in."""
    return next(iter(list(_outward(area))[1:]), Area())
