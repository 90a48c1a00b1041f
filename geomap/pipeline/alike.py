"""Rows that may be one place, by name, address or distance: named, never merged."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from geomap.model.records import InputError, Skip
from geomap.places.datum import Datum, convert, parse_datum
from geomap.sheets.cells import read_number
from geomap.stations.names import normalise_name, stem

#: Two doors nearer than this are looked at (issue: 60 m); a degree of latitude in metres.
_NEAR_M, _DEGREE_M = 60.0, 111_320.0
_CELL = 0.001
#: An address shorter than this (人民路) is shared by many.
_LEAST_ADDRESS = 5
#: What more rows than this share (a bank's name, a district's centre) tells nothing of any two.
_MOST = 30


@dataclass(frozen=True, slots=True)
class Known:
    """One row, where it stands and where its facts come from."""

    row: Mapping[str, str]
    where: str
    source: str
    is_new: bool


def find_alike(known: Iterable[Known]) -> list[Skip]:
    """Return each pair of a new row and another that may be one place, and why."""
    listed = list(known)
    points = [_point(each.row) for each in listed]
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, each in enumerate(listed):
        for key in _keys(each.row, points[number]):
            groups[key].append(number)
    pairs: dict[tuple[int, int], set[str]] = defaultdict(set)
    for key, members in groups.items():
        if len(members) > _MOST:
            continue
        for one in (member for member in members if listed[member].is_new):
            for other in members:
                pair = (min(one, other), max(one, other))
                reason = _reason(str(key[0]), listed, points, *pair)
                if one != other and reason:
                    pairs[pair].add(reason)
    return [_as_skip(listed[a], listed[b], why) for (a, b), why in sorted(pairs.items())]


def _keys(
    row: Mapping[str, str], point: tuple[float, float] | None
) -> Iterator[tuple[object, ...]]:
    district = stem(row["district"])
    yield "name", district, _name(row)
    address = _address(row)
    if len(address) >= _LEAST_ADDRESS:
        yield "address", district, address
    if point:
        x, y = (math.floor(value / _CELL) for value in point)
        for dx in (0, 1):
            for dy in (0, 1):
                yield "near", x + dx, y + dy


def _reason(
    kind: str, listed: list[Known], points: list[tuple[float, float] | None], a: int, b: int
) -> str:
    """Return why a pair that shares a key is alike; empty where it is not after all."""
    if kind != "near":
        return "同名" if kind == "name" else "同地址"
    one, other = points[a], points[b]
    if one is None or other is None:
        return ""
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    metres = math.hypot(east, one[1] - other[1]) * _DEGREE_M
    return f"{metres:.0f} m" if metres < _NEAR_M else ""


def _as_skip(one: Known, other: Known, why: Iterable[str]) -> Skip:
    new, old = (one, other) if one.is_new else (other, one)
    told = f"{new.row['name']} ~ {old.row['name']} ({old.where}"
    told += f", {old.source})" if old.source else ")"
    return Skip("alike", new.where, "maybe-same", f"{told}: {', '.join(sorted(why))}")


def _name(row: Mapping[str, str]) -> str:
    parts = {name: row[name] for name in ("province", "city", "district")}
    return normalise_name(row["name"], **parts)


def _address(row: Mapping[str, str]) -> str:
    """Return an address without the divisions that other columns name."""
    return normalise_name(
        row["address"], province=row["province"], city=row["city"], district=row["district"]
    ).removeprefix(normalise_name(row["township"]) if row["township"] else "\0")


def _point(row: Mapping[str, str]) -> tuple[float, float] | None:
    lon, lat = read_number(row["lon"]), read_number(row["lat"])
    if lon is None or lat is None:
        return None
    try:
        datum = parse_datum(row["datum"])
    except InputError:
        return None
    x, y = convert([lon], [lat], datum, Datum.WGS84)
    return float(x[0]), float(y[0])
