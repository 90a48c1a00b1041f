"""Which province, city, district and township a place of a story lies in.

Names of divisions are read in three circles: in the place's own name or list item, in the
sentences just before it, in the whole story. Homonyms are decided by the story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geomap.divisions import Division, Divisions, NameHit, trunk

MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
#: How much a name says of what the story is about: full names more than short ones, the headline
#: more than the text.
_FULL, _SHORT, _TITLE = 3, 1, 2
_TOWN = re.compile(r"([\u4e00-\u9fff]{2})(街道|镇|乡)(?!路)")
_ROAD_AFTER = re.compile(
    r"(?:[东西南北中一二三四五六七八九十]?(?:路|街(?!道)|大道|大街|巷|桥|站|店)|餐饮业|市场|名都|牌)"
)


@dataclass(frozen=True, slots=True)
class Area:
    """Where something is, as far as known; all empty: unknown. ``code`` is the finest known."""

    province: str = ""
    city: str = ""
    district: str = ""
    township: str = ""
    code: str = ""

    @property
    def depth(self) -> int:
        """0 unknown, 1 province, 2 city, 3 district, 4 township."""
        return sum(bool(part) for part in (self.province, self.city, self.district, self.township))


@dataclass(frozen=True, slots=True)
class Sighting:
    """One resolved name of a division in the story."""

    start: int
    end: int
    area: Area
    weight: int
    level: str


class Scope:
    """The divisions of one story, and what they say of each position."""

    def __init__(
        self, sightings: Sequence[Sighting], fallback: Area, names: Sequence[tuple[int, int]] = ()
    ) -> None:
        self.sightings = tuple(sightings)
        self._fallback = fallback
        rest = [s for s in sightings if not any(a <= s.start < b for a, b in names)]
        self._running = tuple(rest)
        judged = rest if any(s.area.depth >= 2 for s in rest) else sightings
        self.main = _main(judged, fallback)

    def without(self, names: Iterable[tuple[int, int]]) -> Scope:
        """The scope judged without the divisions inside the names and items of places."""
        return Scope(self.sightings, self._fallback, tuple(names))

    def inside(self, start: int, end: int) -> Area:
        """What the names within a span say, the finest one that fits the others."""
        found = [s for s in self.sightings if start <= s.start and s.end <= end]
        area = Area()
        for sighting in found:
            if sighting.area.depth > area.depth or not _agree(area, sighting.area):
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
        before = [s for s in self._running if s.end <= start and s.area.depth >= 3]
        near = [s for s in before if s.start >= floor or self.main.depth < 3]
        for sighting in reversed(near):
            if _agree(own, sighting.area):
                return _finer(sighting.area, self.main)
        return _finer(own, self.main)


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
    hits = _usable(text, divisions.scan(text), divisions)
    context = _context(hits, fallback)
    sightings = _consistent(_resolve(hits, title_end, divisions, context, items), fallback)
    scope = Scope(sightings, fallback)
    near = [scope.main.code[:6]] if scope.main.district else []
    if near:
        hits = _usable(text, divisions.scan(text, within=near), divisions, near)
        resolved = _resolve(hits, title_end, divisions, [*near, *context], items)
        sightings = _consistent(resolved, fallback)
    sightings += _abbreviated(text, hits, divisions, scope.main)
    scope = Scope(sorted(sightings, key=lambda sighting: sighting.start), fallback)
    return scope, hits


def _with_ethnic_short(text: str, hit: NameHit, divisions: Divisions) -> NameHit:
    """景宁县 is 景宁畲族自治县, not 宁县 after a 景."""
    if len(hit.written) != 2 or hit.written[1] not in "县市区" or hit.start == 0:
        return hit
    places = divisions.named(text[hit.start - 1 : hit.start + 1], "district")
    if not places:
        return hit
    return replace(
        hit, start=hit.start - 1, written=text[hit.start - 1 : hit.end], candidates=places
    )


def _usable(
    text: str, hits: list[NameHit], divisions: Divisions, near: Sequence[str] = ()
) -> list[NameHit]:
    kept = []
    hits = [_with_ethnic_short(text, hit, divisions) for hit in hits]
    starts = {hit.start for hit in hits}
    for hit in hits:
        level = hit.candidates[0].level
        road = hit.short and hit.end not in starts and _ROAD_AFTER.match(text, hit.end)
        if hit.part or road or text[hit.end - 1 : hit.end + 1] in ("市场", "区域", "县域", "市民"):
            continue
        if level == "township" and hit.short:
            close = [place for place in hit.candidates if place.code[:6] in near]
            if not close or len(hit.written) < 2 or hit.written[-1] in "路园站区":
                continue
        if hit.end - hit.start < 2 or hit.written in ("新区", "城区", "矿区", "郊区"):
            continue
        kept.append(hit)
    return kept


def _context(hits: list[NameHit], fallback: Area) -> list[str]:
    sure = [
        hit.candidates[0].code
        for hit in hits
        if len(hit.candidates) == 1 and not hit.ordinary and not hit.former
        and not (hit.short and hit.candidates[0].level == "township")
    ]  # fmt: skip
    counted = [code for code, _ in Counter(sure).most_common()]
    return counted or ([fallback.code] if fallback.code else [])


def _resolve(
    hits: list[NameHit],
    title_end: int,
    divisions: Divisions,
    context: list[str],
    items: Sequence[tuple[int, int]],
) -> list[Sighting]:
    sightings: list[Sighting] = []
    stated: list[tuple[Area, tuple[str, ...]]] = []
    context = [code for code in context if code]
    for hit in sorted(hits, key=lambda hit: (not hit.former, hit.start)):
        recent = [sighting.area.code for sighting in sightings[-1:]]
        area, level = _area(hit, divisions, [*recent, *context], context)
        area = _as_stated(area, stated)
        if hit.former or area.district == hit.written != hit.candidates[0].district:
            stated.append((area, tuple(place.code for place in hit.candidates)))
        if area.depth == 0:
            continue
        behind = bool(sightings) and sightings[-1].end == hit.start
        led = behind and area.code.startswith(trunk(sightings[-1].area.code))
        if hit.ordinary and not led and not _supported(area, context, hit):
            continue
        if led and area.district and area.code not in context:
            context = [*context, area.code]
        weight = _SHORT if hit.short else _FULL
        weight += _TITLE if hit.start < title_end else 0
        if hit.short and any(start <= hit.start < end for start, end in items):
            weight = 0
        sightings.append(Sighting(hit.start, hit.end, area, weight, level))
    return sorted(sightings, key=lambda sighting: sighting.start)


def _as_stated(area: Area, stated: list[tuple[Area, tuple[str, ...]]]) -> Area:
    """A township lies in the district that the story names, though that is a former one today."""
    for former, codes in stated:
        if area.township and area.code[:6] in codes and former.district:
            return replace(area, district=former.district)
    return area


def _consistent(sightings: list[Sighting], fallback: Area) -> list[Sighting]:
    """Without short names of other provinces than the one that full names and headline speak of.

    和政 (of 和政策), 路桥 (of 广粤路桥下) are characters that happen to stand side by side.
    """
    weights: Counter[str] = Counter()
    for sighting in sightings:
        weights[sighting.area.province] += sighting.weight
    if fallback.province:
        weights[fallback.province] += _FULL
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return sightings
    home = ranked[0][0]
    sure = {s.area.province for s in sightings if s.weight >= _FULL and s.level != "township"}
    return [s for s in sightings if s.area.province == home or s.area.province in sure]


def _supported(area: Area, context: list[str], hit: NameHit) -> bool:
    """An ordinary word (和平, 新建) counts only where the story names the same city."""
    return any(code[:4] == area.code[:4] and len(area.code) >= 4 for code in context) and (
        not hit.short or area.code in context
    )


def _area(
    hit: NameHit, divisions: Divisions, nearby: list[str], context: list[str]
) -> tuple[Area, str]:
    if hit.former:
        return _former_area(hit, nearby), "district"
    candidates: Sequence[Division] = hit.candidates
    if len(candidates) > 1:
        decided = divisions.best(candidates, nearby[:1]) if nearby else None
        decided = decided or divisions.best(candidates, context)
        if decided is None:
            return _common(candidates), candidates[0].level
        return _written(_of(decided), hit), decided.level
    return _written(_of(candidates[0]), hit), candidates[0].level


def _written(area: Area, hit: NameHit) -> Area:
    """A district's full name as the story writes it, though it is a former one of the place."""
    full = hit.written[-1] in "区县市旗" and len(hit.written) >= 3 and not hit.short
    if (
        full
        and area.district
        and not area.township
        and hit.written not in (area.district, area.city)
    ):
        return replace(area, district=hit.written)
    return area


def _of(place: Division) -> Area:
    area = Area(place.province, place.city, place.district, place.township, place.code)
    if not area.city and area.province in MUNICIPALITIES:
        area = replace(area, city=area.province)
    return area


def _former_area(hit: NameHit, nearby: list[str]) -> Area:
    """A former name stands as written; its successors say which city it is in."""
    places: Sequence[Division] = hit.candidates
    close = [p for p in places if any(code[:2] == p.code[:2] for code in nearby)]
    if nearby and not close:
        return Area()
    places = close or places
    if len({place.province for place in places}) > 1:
        return Area()
    cities = {place.city for place in places}
    full = hit.written if hit.written[-1] in "区县市旗" else hit.written + "区"
    city = places[0].city if len(cities) == 1 else ""
    return Area(places[0].province, city, full, "", places[0].code)


def _common(candidates: Sequence[Division]) -> Area:
    """What all homonyms share: 朝阳区 without help says nothing, unless all lie in one province."""
    provinces = {place.province for place in candidates}
    return Area(province=candidates[0].province) if len(provinces) == 1 else Area()


def _abbreviated(
    text: str, hits: list[NameHit], divisions: Divisions, main: Area
) -> list[Sighting]:
    """Streets written short (广外街道 for 广安门外街道), where one township of the city fits."""
    if main.depth < 2 or not main.code:
        return []
    known = [(hit.start, hit.end) for hit in hits]
    found = []
    for match in _TOWN.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in known):
            continue
        fits = [p for p in _townships(divisions, main.code) if _abbreviates(match, p.name)]
        if len(fits) == 1:
            found.append(Sighting(match.start(), match.end(), _of(fits[0]), _FULL, "township"))
    return [replace(s, area=replace(s.area, township=text[s.start : s.end])) for s in found]


def _townships(divisions: Divisions, code: str) -> list[Division]:
    below: list[Division] = []
    queue = [code[:6] if len(code) > 6 else code]
    while queue:
        for place in divisions.children(queue.pop()):
            if place.level == "township":
                below.append(place)
            else:
                queue.append(place.code)
    return below


def _abbreviates(match: re.Match[str], name: str) -> bool:
    stem = name.removesuffix(match[2])
    short = match[1]
    return len(stem) > len(short) and stem[0] == short[0] and stem[-1] == short[-1] and stem != name


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
    return _finer(provinces[0], fallback) if provinces else fallback


def _shared(areas: Sequence[Area]) -> Area:
    first = areas[0]
    if all(area.city == first.city and area.province == first.province for area in areas):
        return Area(first.province, first.city, "", "", first.code[:4] + "00")
    if all(area.province == first.province for area in areas):
        return Area(first.province, "", "", "", first.code[:2] + "0000")
    return Area()


def _agree(one: Area, other: Area) -> bool:
    pairs = ((one.province, other.province), (one.city, other.city), (one.district, other.district))
    return all(not a or not b or a == b for a, b in pairs)


def _finer(area: Area, main: Area) -> Area:
    """``area``, filled up from ``main`` where they agree."""
    if area.depth == 0:
        return main
    if not _agree(area, main):
        return area
    return area if area.depth >= main.depth else main
