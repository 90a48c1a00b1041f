"""Where a row is by the ground of a map extract; the rungs, best first:

1. ``door``: the numbered door itself;
2. ``name``: a host or place that the row names (石油大院, 中国银行清华东路支行), alone of its name;
3. ``crossing``: A路与B路交叉口, its corner (东南角) or so many metres from it (以东200米);
4. ``along``: between the nearest numbers of the same side of the street, or beside the last;
5. ``street``: the part of the street inside the stated township, or district;
6. ``quarter``: a quarter, village or estate by name.

Radii hold the truth with 95 %; tests/benchmarks/place_holdout.py measured them on doors and places
of Helsinki and re-measures them on any extract.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
import shapely

from geomap.model.records import Placement
from geomap.places.ground_index import Door, GroundIndex, Hit, Named, plain, read_number, sample
from geomap.places.spread import Floats, centre, distance_m, holding_radius_m

#: Whether a point may be the row's: inside its stated divisions.
Fits = Callable[[float, float], bool]

#: Least radius of each rung (metres): what the kinds of record differ by.
DOOR_M, NAME_M, CROSSING_M, ALONG_M, STREET_M, QUARTER_M = 65.0, 65.0, 60.0, 65.0, 60.0, 300.0
#: Things of one name this near to each other are one.
_SAME_M = 200.0
#: A place must lie this near to the street that its address names.
_BESIDE_M = 150.0
#: Between two known numbers the truth is this share of their distance away, at most; beyond the
#: last number so many metres for each number further.
_GAP_SHARE, _STEP_M = 0.6, 15.0
#: A street whose part spreads further than this says less than its township.
_MOST_STREET_M = 3_000.0
_CHAINS = frozenset(("bank", "post", "fuel", "shop", "mall", "other", "office", "stop"))
_BRANCH = re.compile(r"(?:支行|分行|分理处|营业[厅部所]|店|网点|支局|邮局|加油站|站|所)$")
#: What every estate, school and street has one of.
_COMMON = re.compile(
    r"\w{0,3}(?:号楼|[座栋幢]|单元)|(?:图书|体育|文化)馆|体育场|食堂|礼堂|宿舍|(?:教学|办公|综合|实验)楼"
    r"|停车场|卫生间|便利店|(?:中心)?(?:公园|广场)|[东西南北]门|\w{0,2}(?:小学|中学|医院|卫生院|幼儿园)"
    r"|派出所|居委会|村委会|(?:党群|社区)服务中心|活动中心"
)
_CROSSING = re.compile(r"交叉|路口|交口|交汇|十字|与|和|、|/|&|[东南西北]角")
_CORNER = re.compile(r"([东西]?[南北]|[东西])角")
_AWAY = re.compile(r"(?:以|往|向)?([东西]?[南北]|[东西])\s*(?:侧|边|方向)?\s*(?:约)?(\d{1,4})\s*米")
_PART = re.compile(r"([东西南北])([段口端头])")
_EAST = {"东": 1, "西": -1}
_NORTH = {"北": 1, "南": -1}
_CORNER_M = 30.0
_DEGREE_M = 111_320.0


def place_on_ground(address: str, name: str, index: GroundIndex, fits: Fits) -> Placement | None:
    """The best rung of the ground, or None where the words name nothing of it.

    Parameters
    ----------
    address, name : the row's words.
    fits : whether a point (degrees) may be the row's; only such points are ever taken.
    """
    address, name = plain(address), plain(name)
    where = address or name
    streets = index.streets_in(where)
    rungs: tuple[Callable[[], Placement | None], ...] = (
        lambda: _door(where, streets, index, fits),
        lambda: _name((name, address), streets, index, fits),
        lambda: _crossing(where, streets, index, fits),
        lambda: _along(where, streets, index, fits),
        lambda: _street(where, streets, index, fits),
        lambda: _quarter(where, index, fits),
    )
    return next((found for rung in rungs if (found := rung()) is not None), None)


def _placed(
    at: tuple[float, float], precision: str, radius_m: float, matched: str, rung: str
) -> Placement:
    return Placement(at[0], at[1], precision, radius_m, "map", f"{matched}（{rung}）")


def _numbers(text: str, streets: Sequence[Hit]) -> Iterable[tuple[str, int, str]]:
    for hit in streets:
        if read := read_number(text[hit.end :]):
            yield hit.name, *read


def _door(text: str, streets: Sequence[Hit], index: GroundIndex, fits: Fits) -> Placement | None:
    for street, number, letter in _numbers(text, streets):
        same = [d for d in index.doors.get(street, []) if d.number == number and fits(d.lon, d.lat)]
        exact = [door for door in same if door.letter == letter] or same
        if exact and (at := _one_place(exact)) is not None:
            return _placed(at, "address", DOOR_M, f"{street}{number}号", "门牌")
    return None


def _one_place(
    things: Sequence[Door] | Sequence[Named], reach_m: float = _SAME_M
) -> tuple[float, float] | None:
    """The middle of things that are one place; None where they lie apart."""
    lon, lat = np.array([t.lon for t in things]), np.array([t.lat for t in things])
    at = centre(lon, lat) if len(things) > 1 else (float(lon[0]), float(lat[0]))
    return at if float(distance_m(lon, lat, *at).max()) <= reach_m else None


def _name(
    texts: Sequence[str], streets: Sequence[Hit], index: GroundIndex, fits: Fits
) -> Placement | None:
    """A host that the row names, beside the street that its address names.

    A stop or a fountain that is called like the street stands for the street.
    """
    roads = {street.name for text in texts for street in index.streets_in(text)}
    where = texts[1] or texts[0]
    for text in texts:
        for hit in index.places_in(text):
            found = [one for one in index.places[hit.name] if fits(one.lon, one.lat)]
            if not found or hit.name in roads or not _is_own_name(hit, found[0].kind):
                continue
            # 学院路社会服务中心 may lie anywhere: only a street beside its name is its address.
            lines = [index.street(street.name) for street in streets
                     if text != where or not hit.start <= street.start < hit.end]  # fmt: skip
            beside = [one for one in found if _is_beside(one, lines)]
            at = _one_place(beside) if beside else None
            if at is not None:
                reach = max(one.half_m for one in beside)
                return _placed(at, "poi", max(NAME_M, reach), beside[0].name, "地图上的名称")
    return None


def _is_own_name(hit: Hit, kind: str) -> bool:
    """Whether a name is one place's: 中国银行 is many, 中国银行清华东路支行 is one."""
    if _COMMON.fullmatch(hit.name):
        return False
    if kind in _CHAINS:
        return len(hit.name) >= 6 or (len(hit.name) >= 4 and bool(_BRANCH.search(hit.name)))
    return len(hit.name) >= 3


def _is_beside(place: Named, lines: Sequence[shapely.Geometry]) -> bool:
    known = [line for line in lines if not line.is_empty]
    return not known or any(
        _nearest_m(line, place.lon, place.lat) <= _BESIDE_M + place.half_m for line in known
    )


def _nearest_m(lines: shapely.Geometry, lon: float, lat: float) -> float:
    return float(distance_m(*sample(lines), lon, lat).min())


def _crossing(
    text: str, streets: Sequence[Hit], index: GroundIndex, fits: Fits
) -> Placement | None:
    """Where two named streets meet, moved to the corner or the metres that the words tell."""
    for one, other in pairwise(streets):
        if one.name == other.name or not _CROSSING.search(text[one.end :]):
            continue
        places = [
            p for p in _meetings(index.street(one.name), index.street(other.name)) if fits(*p)
        ]
        if not places:
            continue
        lon, lat = np.array(places).T
        at = centre(lon, lat) if len(lon) > 1 else places[0]
        spread = float(distance_m(lon, lat, *at).max())
        if spread > _SAME_M:
            continue
        moved, moved_m = _moved(at, text[other.end :])
        if not fits(*moved):
            continue
        radius = CROSSING_M + spread + 0.2 * moved_m
        return _placed(moved, "street", radius, f"{one.name}与{other.name}", "路口")
    return None


def _meetings(one: shapely.Geometry, other: shapely.Geometry) -> list[tuple[float, float]]:
    """Every point where two streets cross or touch; else where they come nearest within 60 m."""
    if one.is_empty or other.is_empty:
        return []
    shared = shapely.get_coordinates(shapely.intersection(one, other))
    if len(shared):
        return [(float(x), float(y)) for x, y in shared]
    ends = shapely.get_coordinates(shapely.shortest_line(one, other))
    away = distance_m(ends[:1, 0], ends[:1, 1], float(ends[1, 0]), float(ends[1, 1]))[0]
    middle = ends.mean(axis=0)
    return [(float(middle[0]), float(middle[1]))] if away <= 60.0 else []


def _moved(at: tuple[float, float], words: str) -> tuple[tuple[float, float], float]:
    """A point moved as words say: 东南角, 以东200米; and by how many metres."""
    away, corner = _AWAY.search(words), _CORNER.search(words)
    if not away and not corner:
        return at, 0.0
    towards = away[1] if away else corner[1] if corner else ""
    metres = float(away[2]) if away else _CORNER_M
    east = sum(_EAST.get(each, 0) for each in towards)
    north = sum(_NORTH.get(each, 0) for each in towards)
    length = math.hypot(east, north) or 1.0
    scale = _DEGREE_M * math.cos(math.radians(at[1]))
    lon = at[0] + metres * east / length / scale
    return (lon, at[1] + metres * north / length / _DEGREE_M), metres


def _along(text: str, streets: Sequence[Hit], index: GroundIndex, fits: Fits) -> Placement | None:
    """A number nobody recorded, between its neighbours on the same side of the street."""
    for street, number, _ in _numbers(text, streets):
        doors = [d for d in index.doors.get(street, []) if fits(d.lon, d.lat)]
        side = [d for d in doors if d.number % 2 == number % 2] or doors
        below = [d for d in side if d.number < number][-1:]
        above = [d for d in side if d.number > number][:1]
        if below or above:
            at, radius = _between(number, below, above)
            return _placed(at, "address", radius, f"{street}{number}号", "邻近门牌")
    return None


def _between(
    number: int, below: Sequence[Door], above: Sequence[Door]
) -> tuple[tuple[float, float], float]:
    near = [*below, *above]
    if len(near) == 1:
        return (near[0].lon, near[0].lat), ALONG_M + _STEP_M * abs(near[0].number - number)
    low, high = near
    share = (number - low.number) / (high.number - low.number)
    gap = float(distance_m(np.array([low.lon]), np.array([low.lat]), high.lon, high.lat)[0])
    at = (low.lon + share * (high.lon - low.lon), low.lat + share * (high.lat - low.lat))
    return at, ALONG_M + _GAP_SHARE * gap


def _street(text: str, streets: Sequence[Hit], index: GroundIndex, fits: Fits) -> Placement | None:
    """The part of a street that may be meant: the point that is nearest to all of it."""
    for hit in streets:
        lines = index.street(hit.name)
        if lines.is_empty:
            continue
        lon, lat = _fitting(*sample(lines), fits)
        if not len(lon):
            continue
        lon, lat = _part(lon, lat, text[hit.end :])
        middle = centre(lon, lat)
        nearest = int(np.argmin(distance_m(lon, lat, *middle)))
        at = (float(lon[nearest]), float(lat[nearest]))
        radius = STREET_M + holding_radius_m(lon, lat, at)
        if radius <= _MOST_STREET_M:
            return _placed(at, "street", radius, hit.name, "道路")
    return None


def _part(lon: Floats, lat: Floats, words: str) -> tuple[Floats, Floats]:
    """Return the half of a street that 东段 means, the quarter at its end that 西口 means.

    A street that hardly runs that way has no such part: all of it is returned.
    """
    told = _PART.match(words)
    if not told:
        return lon, lat
    x, y = lon * math.cos(math.radians(float(lat[0]))), lat
    along = x * _EAST.get(told[1], 0) + y * _NORTH.get(told[1], 0)
    across = y if told[1] in _EAST else x
    if np.ptp(along) < np.ptp(across):
        return lon, lat
    share = 0.5 if told[2] == "段" else 0.25
    mine = along >= along.max() - share * np.ptp(along)
    return lon[mine], lat[mine]


def _fitting(lon: Floats, lat: Floats, fits: Fits) -> tuple[Floats, Floats]:
    mine = np.array([fits(x, y) for x, y in zip(lon.tolist(), lat.tolist(), strict=True)], bool)
    return lon[mine], lat[mine]


def _quarter(text: str, index: GroundIndex, fits: Fits) -> Placement | None:
    for hit in index.quarters_in(text):
        found = [one for one in index.quarters[hit.name] if fits(one.lon, one.lat)]
        if found and len(hit.name) >= 3 and (at := _one_place(found, 600.0)) is not None:
            radius = max(QUARTER_M, *(one.half_m for one in found))
            return _placed(at, "community", radius, found[0].name, "地图上的片区")
    return None
