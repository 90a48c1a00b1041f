"""Names of divisions in a story, homonyms decided by the story itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from geomap.divisions import Division, Divisions, NameHit, parts, trunk
from geomap.find.area import MUNICIPALITIES, Area, Sighting
from geomap.find.spans import Cover

#: How much a name says of what the story is about: full names more than short ones, the headline
#: more than the text.
_FULL, _SHORT, _TITLE = 3, 1, 2
#: So many of its townships tell a district from its homonyms.
_FEWEST_TOWNS = 2
_TOWN = re.compile(r"([\u4e00-\u9fff]{2})(街道|镇|乡)(?!路)")

_ROAD_AFTER = re.compile(
    r"(?:[东西南北中一二三四五六七八九十]?(?:路|街(?!道)|大道|大街|巷|桥|站|店)|餐饮业|"
    r"市场|名都|牌)"
)


#: 城门农商银行, 天福分馆: what is called after a town that nobody says it lies in.
_NAMED_AFTER = re.compile("支行|分[行馆店]|支局|加油站|农商|银行|店|书房|服务区|收费站|停车区")
#: Short names of townships that are every town's: 商业广场.
_NOUNS = ("广场",)
#: Words whose last character may seem to open a name.
_TWO_WORDS = re.compile("建成|落成|完成|形成|城市|开放|工会|启用|设立|以及|为了")


#: “红: a quote that opened with other words.
_NICKNAME = re.compile("“[^“”,。、;:!?]{1,6}$")


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


def usable(
    text: str, hits: list[NameHit], divisions: Divisions, near: Sequence[str] = ()
) -> list[NameHit]:
    """The hits that may name a division here, not a road or part of a longer name."""
    kept = []
    hits = [_with_ethnic_short(text, hit, divisions) for hit in hits]
    starts, ends = {hit.start for hit in hits}, {hit.end for hit in hits}
    for hit in hits:
        level = hit.candidates[0].level
        road = hit.short and hit.end not in starts and _ROAD_AFTER.match(text, hit.end)
        # 路桥 of 广粤路桥下 is a road's last character and what stands behind it.
        tail = (
            hit.short and hit.written[0] in "路街道桥巷" and text[hit.start - 1 : hit.start] > "一"
        )
        # 成华 of 建成华阳, 安新 of 雄安新区: the characters of two words.
        tail = tail or (hit.short and bool(_TWO_WORDS.match(text[hit.start - 1 : hit.start + 1])))
        tail = tail or (hit.short and text[hit.end - 1 : hit.end + 1] == "新区")
        # 雁塔 of “红雁塔” is the middle of a nickname.
        inner = hit.short and hit.start not in ends
        tail = tail or (inner and bool(_NICKNAME.search(text, max(hit.start - 8, 0), hit.start)))
        # 古县城 is an old town, not 古县.
        tail = tail or text.startswith("古县城", hit.start)
        if hit.part or road or tail or text[hit.end - 1 : hit.end + 1] in ("市场", "区域", "县域"):
            continue
        if level == "township" and hit.short:
            close = [place for place in hit.candidates if place.code[:6] in near]
            if not close or len(hit.written) < 2 or hit.written[-1] in "路园站区街":
                continue
            if _NAMED_AFTER.match(text, hit.end) or hit.written in _NOUNS:
                continue
        bare = hit.written in ("新区", "城区", "矿区", "郊区") and len(hit.candidates) > 1
        if hit.end - hit.start < 2 or bare:
            continue
        kept.append(hit)
    return kept


def context_codes(hits: list[NameHit], fallback: Area) -> list[str]:
    """Codes that the story is surely about, the commonest first."""
    sure = [
        hit.candidates[0].code
        for hit in hits
        if len(hit.candidates) == 1
        and not hit.ordinary
        and not hit.former
        and not (hit.short and hit.candidates[0].level == "township")
    ]
    counted = [code for code, _ in Counter(sure).most_common()]
    return counted or ([fallback.code] if fallback.code else [])


def neighbours(
    text: str, hits: Sequence[NameHit], divisions: Divisions, context: Sequence[str]
) -> list[str]:
    """The code of the district whose homonyms nothing else decides, by its townships.

    宝山 beside 月浦 and 友谊路 is Shanghai's, 新河街道 beside 杭州道 Tianjin's.
    """
    open_ = {
        place.code[:6]
        for hit in hits
        if len(hit.candidates) > 1 and divisions.best(hit.candidates, context) is None
        for place in hit.candidates
        if place.level in ("district", "township")
    }
    towns: dict[str, set[str]] = {code: set() for code in open_}
    for hit in divisions.scan(text, within=sorted(open_)) if open_ else ():
        for place in hit.candidates:
            if place.level == "township" and place.code[:6] in open_ and not hit.ordinary:
                towns[place.code[:6]].add(place.code)
    ranked = sorted(((len(names), code) for code, names in towns.items()), reverse=True)
    told = bool(ranked) and ranked[0][0] >= _FEWEST_TOWNS
    alone = len(ranked) == 1 or (told and ranked[0][0] > ranked[1][0])
    return [ranked[0][1]] if told and alone else []


def resolve(
    hits: list[NameHit],
    title_end: int,
    divisions: Divisions,
    context: list[str],
    items: Sequence[tuple[int, int]],
) -> list[Sighting]:
    """Every hit as one division, or as what its homonyms share."""
    sightings: list[Sighting] = []
    stated: dict[str, Area] = {}
    known = _Context(code for code in context if code)
    listed = Cover(items)
    for hit in sorted(hits, key=lambda hit: (not hit.former, hit.start)):
        recent = sightings[-1].area.code if sightings else None
        area, level = _area(hit, divisions, recent, known)
        former = stated.get(area.code[:6]) if area.township else None
        if former is not None:
            # A township lies in the district that the story names, though a former one today.
            area = replace(area, district=former.district)
        if hit.former or area.district == hit.written != hit.candidates[0].district:
            for place in hit.candidates if area.district else ():
                stated.setdefault(place.code, area)
        if area.depth == 0:
            continue
        behind = bool(sightings) and sightings[-1].end == hit.start
        led = behind and area.code.startswith(trunk(sightings[-1].area.code))
        if behind and not led and hit.short and area.depth >= sightings[-1].area.depth >= 2:
            continue  # 武汉东湖 is a lake of 武汉, not Nanchang's district
        if hit.ordinary and not led and not _supported(area, known, hit):
            continue
        if led and area.district:
            known.add(area.code)
        weight = _SHORT if hit.short else _FULL
        weight += _TITLE if hit.start < title_end else 0
        if hit.short and hit.start in listed:
            weight = 0
        sightings.append(Sighting(hit.start, hit.end, area, weight, level))
    return sorted(sightings, key=lambda sighting: sighting.start)


def consistent(sightings: list[Sighting], fallback: Area) -> list[Sighting]:
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


class _Context:
    """The codes that a story speaks of, by what is asked of them."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.first: str | None = None
        self.codes: set[str] = set()
        self.parts: set[str] = set()
        self.starts: set[str] = set()
        for code in codes:
            self.add(code)

    def add(self, code: str) -> None:
        self.first = code if self.first is None else self.first
        self.codes.add(code)
        self.parts |= parts(code)
        self.starts |= {code[:2], code[:4]}


def _supported(area: Area, context: _Context, hit: NameHit) -> bool:
    """An ordinary word (和平, 新建) counts only where the story names the same city."""
    in_city = len(area.code) >= 4 and area.code[:4] in context.starts
    return in_city and (not hit.short or area.code in context.codes)


def _area(
    hit: NameHit, divisions: Divisions, recent: str | None, context: _Context
) -> tuple[Area, str]:
    """What a hit means, beside the division named last (None: none yet) and those of the story."""
    nearby = context.first if recent is None else recent
    if hit.former:
        return _former_area(hit, nearby, context), "district"
    candidates: Sequence[Division] = hit.candidates
    if len(candidates) > 1:
        decided = None if nearby is None else divisions.nearest(candidates, parts(nearby))
        decided = decided or divisions.nearest(candidates, context.parts)
        decided = decided or (_seat(candidates) if hit.short else None)
        if decided is None:
            return _common(candidates), candidates[0].level
        return _written(_of(decided), hit), decided.level
    return _written(_of(candidates[0]), hit), candidates[0].level


def _seat(candidates: Sequence[Division]) -> Division | None:
    """西安 without help is the city, not the districts of that name elsewhere."""
    cities = [place for place in candidates if place.level == "city"]
    return cities[0] if len(cities) == 1 else None


def is_zone(hit: NameHit) -> bool:
    """Whether a name is a development zone's: it says the city, and is part of a name."""
    place = hit.candidates[0]
    told = hit.written in (place.name, place.city) or hit.short or hit.former
    return not told and place.level in ("city", "province")


def _written(area: Area, hit: NameHit) -> Area:
    """A zone, or a district's full name as the story writes it, though it is a former one."""
    if is_zone(hit):
        return replace(area, township=hit.written)
    full = hit.written[-1] in "区县市旗" and len(hit.written) >= 3 and not hit.short
    known = area.district.startswith(hit.written[:-1]) or hit.written == area.city
    if full and area.district and not area.township and not known:
        return replace(area, district=hit.written)
    return area


def _of(place: Division) -> Area:
    area = Area(place.province, place.city, place.district, place.township, place.code)
    if not area.city and area.province in MUNICIPALITIES:
        area = replace(area, city=area.province)
    return area


def _former_area(hit: NameHit, nearby: str | None, context: _Context) -> Area:
    """A former name stands as written; its successors say which city it is in."""
    places: Sequence[Division] = hit.candidates
    provinces = {(nearby or "")[:2]} | context.starts
    close = [place for place in places if place.code[:2] in provinces]
    if nearby is not None and not close:
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


def abbreviated(text: str, hits: list[NameHit], divisions: Divisions, main: Area) -> list[Sighting]:
    """Streets written short (广外街道 for 广安门外街道), where one township of the city fits."""
    if main.depth < 2 or not main.code:
        return []
    known = Cover((hit.start, hit.end) for hit in hits)
    towns = _townships(divisions, main.code)
    fitting = lru_cache(maxsize=None)(
        lambda short, kind: [place for place in towns if _abbreviates(short, kind, place.name)]
    )
    found = []
    for match in _TOWN.finditer(text):
        if any(position in known for position in range(*match.span())):
            continue
        fits = fitting(match[1], match[2])
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


def _abbreviates(short: str, kind: str, name: str) -> bool:
    stem = name.removesuffix(kind)
    return len(stem) > len(short) and stem[0] == short[0] and stem[-1] == short[-1] and stem != name
