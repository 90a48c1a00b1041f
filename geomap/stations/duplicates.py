"""Rows that may be one place, by name, address, host or distance: reported, never merged."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geomap.places.datum import known_datum, to_wgs84
from geomap.sheets.cells import read_number
from geomap.stations.names import made_id, normalise_name, stem

#: Two doors nearer than this are looked at (issue: 60 m); a degree of latitude in metres.
NEAR_M, _DEGREE_M = 60.0, 111_320.0
_CELL = 0.001
#: An address shorter than this (人民路) is shared by many.
_LEAST_ADDRESS, _LEAST_HOST = 5, 5
_HOST = re.compile(
    r"[a-z\u4e00-\u9fff]{2,14}?(?:支行|分理处|营业厅|营业所|医院|卫生院|大厦|加油站|超市|书店|学校|派出所|邮局|党群)"
)
_BEFORE_HOUSE = re.compile(r"^.*\d+号院?")
#: What more rows than this share (a bank's name, a district's centre) tells nothing of any two.
_MOST = 30


@dataclass(frozen=True, slots=True)
class SourcedRow:
    """One row, where it stands (``file:row`` or ``file:cell``) and where its facts come from."""

    row: Mapping[str, str]
    where: str
    source: str
    is_new: bool

    @property
    def station_id(self) -> str:
        """The row's own id, else the one made of its name and place."""
        return self.row["station_id"] or made_id(self.row)


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two rows that may be one place, and why: ``name``, ``address``, ``host`` or ``12 m``."""

    one: SourcedRow
    other: SourcedRow
    why: tuple[str, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The two stations, in no order."""
        return frozenset((self.one.station_id, self.other.station_id))


def find_duplicates(
    known: Iterable[SourcedRow], apart: Iterable[frozenset[str]] = (), near_m: float = NEAR_M
) -> list[DuplicatePair]:
    """Return each pair of a new row (``one``) and another that may be one place, and why.

    Parameters
    ----------
    apart : pairs of ids that somebody has answered: they are not named again.
    """
    listed = list(known)
    points = _points([each.row for each in listed])
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, each in enumerate(listed):
        for key in _blocking_keys(each.row, points[number]):
            groups[key].append(number)
    pairs: dict[tuple[int, int], set[str]] = defaultdict(set)
    for key, members in groups.items():
        if len(members) > _MOST:
            continue
        for one in (member for member in members if listed[member].is_new):
            for other in members:
                pair = (min(one, other), max(one, other))
                reason = _reason(str(key[0]), points, *pair, near_m)
                if one != other and reason:
                    pairs[pair].add(reason)
    answered, found = {*apart}, []
    for numbers, why in sorted(pairs.items()):
        # The newer row first: of two new ones the later.
        one, other = sorted(numbers, key=lambda each: (listed[each].is_new, each), reverse=True)
        found.append(DuplicatePair(listed[one], listed[other], tuple(sorted(why))))
    return [pair for pair in found if pair.ids not in answered]


def _blocking_keys(
    row: Mapping[str, str], point: tuple[float, float] | None
) -> Iterator[tuple[object, ...]]:
    """Yield the keys of which two rows share one before they are compared."""
    district = stem(row["district"])
    yield "name", district, _name(row)
    address = _address(row)
    if len(address) >= _LEAST_ADDRESS:
        yield "address", district, address
    for host in {*_hosts(_name(row)), *_hosts(_BEFORE_HOUSE.sub("", address))}:
        yield "host", district, host
    if point:
        x, y = (math.floor(value / _CELL) for value in point)
        for dx in (0, 1):
            for dy in (0, 1):
                yield "near", x + dx, y + dy


def _reason(
    kind: str, points: list[tuple[float, float] | None], a: int, b: int, near_m: float
) -> str:
    """Return why a pair that shares a key is alike; empty where it is not after all."""
    if kind != "near":
        return kind
    one, other = points[a], points[b]
    if one is None or other is None:
        return ""
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    metres = math.hypot(east, one[1] - other[1]) * _DEGREE_M
    return f"{metres:.0f} m" if metres < near_m else ""


def _name(row: Mapping[str, str]) -> str:
    parts = {name: row[name] for name in ("province", "city", "district")}
    return normalise_name(row["name"], **parts)


def _hosts(text: str) -> Iterator[str]:
    """Return what a name or an address says of the house a station is in (邮储银行文三路支行)."""
    return (hit.group() for hit in _HOST.finditer(text) if len(hit.group()) >= _LEAST_HOST)


def _address(row: Mapping[str, str]) -> str:
    """Return an address without the divisions that other columns name."""
    return normalise_name(
        row["address"], province=row["province"], city=row["city"], district=row["district"]
    ).removeprefix(normalise_name(row["township"]) if row["township"] else "\0")


def _points(rows: Sequence[Mapping[str, str]]) -> list[tuple[float, float] | None]:
    """Return WGS-84 degrees of each row; None where it says none that can be read."""
    written = [(read_number(row["lon"]), read_number(row["lat"])) for row in rows]
    degrees = np.array(written, dtype=np.float64).reshape(-1, 2)  # None becomes NaN
    moved = to_wgs84(degrees[:, 0], degrees[:, 1], (known_datum(row["datum"]) for row in rows))
    return [
        (float(x), float(y)) if x == x and y == y else None for x, y in zip(*moved, strict=True)
    ]
