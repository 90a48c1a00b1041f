"""Coordinates on the three datums of Chinese maps, converted exactly in both directions.

WGS-84 is GPS, OpenStreetMap and 天地图; GCJ-02 is 高德 and 腾讯; BD-09 is 百度. Forgetting the
shift moves a point by 300 to 1,200 m, so a position always carries its datum.

The shift is the published one (see :func:`_gcj_shift`). It applies in China and fades to nothing
between 0 and 0.2° outside :data:`geomap.places.outline.CHINA`: points abroad stay as they are, and
there is no line at which a point could jump, so there and back is exact everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geomap.model.records import InputError
from geomap.places.outline import CHINA, read_outline

Floats = NDArray[np.float64]
Shift = Callable[[Floats, Floats], tuple[Floats, Floats]]

_A = 6378245.0  # Krasovsky 1940 semi-major axis, metres: part of the published formula
_EE = 0.00669342162296594323  # its eccentricity squared, as published
_BD_PI = np.pi * 3000.0 / 180.0
_FADE = 0.2  # degrees outside the outline within which the shift fades: slope below 0.07
_TOLERANCE = 1e-12  # degrees, 0.1 µm: where the iteration stops
_MAX_STEPS = 60  # each step shrinks the error at least tenfold; 12 are enough
#: No shift is longer than this many degrees.
_REACH = 0.03


class Datum(StrEnum):
    """The datum of a coordinate."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


#: What a datum is called in a report of any language.
NAMES = {Datum.WGS84: "WGS-84", Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}
_WORDS = {
    Datum.WGS84: "wgs84 wgs-84 epsg:4326 4326 cgcs2000 epsg:4490 gps 手机 手机定位 手机gps "
    "天地图 osm openstreetmap tianditu geonames",
    Datum.GCJ02: "gcj02 gcj-02 gcj 火星 火星坐标 高德 高德地图 amap 腾讯 腾讯地图 tencent 微信",
    Datum.BD09: "bd09 bd-09 bd09ll 百度 百度地图 baidu",
}
_BY_WORD = {word: datum for datum, words in _WORDS.items() for word in words.split()}


def parse_datum(word: str) -> Datum:
    """The datum a person means: a datum's name, or the app or device the coordinate is from.

    ``手机/GPS``, ``天地图``: WGS-84; ``高德``, ``腾讯``: GCJ-02; ``百度``: BD-09; empty: WGS-84.

    Raises
    ------
    InputError
        For any other word, with the words that are understood.
    """
    parts = [part.strip() for part in word.strip().casefold().replace("／", "/").split("/")]
    meant = {_BY_WORD.get(part.replace(" ", "").replace("_", "-")) for part in parts if part}
    if not meant:
        return Datum.WGS84
    datum = meant.pop()
    if meant or datum is None:
        raise InputError(
            f"datum {word[:80]!r} is not known: write wgs84 (phone, GPS, Tianditu), gcj02 (AMap, "
            "Tencent) or bd09 (Baidu)",
            code="datum-unknown", where="datum", detail=word[:80],
        )  # fmt: skip
    return datum


def known_datum(word: str, default: Datum = Datum.WGS84) -> Datum | None:
    """The datum that :func:`parse_datum` reads, ``default`` for an empty word; None: not known."""
    try:
        return parse_datum(word) if word.strip() else default
    except InputError:
        return None


def to_wgs84(
    lon: ArrayLike, lat: ArrayLike, datums: Iterable[Datum | None]
) -> tuple[Floats, Floats]:
    """Longitudes and latitudes of WGS-84, of rows that each have a datum of their own.

    Parameters
    ----------
    lon, lat : degrees, shape (n,).
    datums : n of them.

    Returns
    -------
    tuple
        New arrays (lon, lat), shape (n,); NaN where a row has no datum.
    """
    x, y = (np.array(value, dtype=np.float64) for value in (lon, lat))
    of_row = np.array([*datums, None], dtype=object)[:-1]  # None: numpy reads no nested shape
    moved = np.full_like(x, np.nan), np.full_like(y, np.nan)
    for datum in Datum:
        here = of_row == datum
        moved[0][here], moved[1][here] = convert(x[here], y[here], datum, Datum.WGS84)
    return moved


def convert(lon: ArrayLike, lat: ArrayLike, source: Datum, target: Datum) -> tuple[Floats, Floats]:
    """Longitudes and latitudes in degrees, moved from one datum to another.

    Parameters
    ----------
    lon, lat : degrees, any equal shape; NaN stays NaN.

    Returns
    -------
    tuple
        New float64 arrays (lon, lat) of the same shape. The inverse solves the forward formula by
        fixed-point iteration to 1e-12°, so there and back is within 1e-6 m.
    """
    x, y = (np.array(value, dtype=np.float64) for value in (lon, lat))
    if x.shape != y.shape:
        raise ValueError(f"lon has shape {x.shape} but lat {y.shape}")
    steps = list(Datum)
    here, there = steps.index(source), steps.index(target)
    flat = (x.ravel(), y.ravel())
    for shift in (_gcj_shift, _bd_shift)[here:there]:
        flat = _add(*flat, shift)
    for shift in (_gcj_shift, _bd_shift)[there:here][::-1]:
        flat = _take_away(*flat, shift)
    return flat[0].reshape(x.shape), flat[1].reshape(x.shape)


@cache
def _outlines() -> tuple[shapely.Geometry, shapely.Geometry]:
    """China's outline, and the part of it that no shift can leave, both prepared."""
    china = read_outline(CHINA)
    core = shapely.buffer(china, -_REACH)
    shapely.prepare([china, core])
    return china, core


def _weight(lon: Floats, lat: Floats) -> Floats:
    """1 in China's outline, 0 from 0.2° outside it, linear between."""
    china, core = _outlines()
    weight = np.ones_like(lon)
    outside = ~shapely.contains_xy(core, lon, lat)
    if outside.any():
        points = shapely.points(lon[outside], lat[outside])
        weight[outside] = np.clip(1.0 - shapely.distance(points, china) / _FADE, 0.0, 1.0)
    return weight


def _waves(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The published polynomial and sine terms, in metres east and north, of (lon-105, lat-35)."""
    x, y = lon - 105.0, lat - 35.0
    root, sin, pi = np.sqrt(np.abs(x)), np.sin, np.pi
    common = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    return east, north


def _gcj_shift(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Degrees to add to WGS-84 for GCJ-02: the formula published as eviltransform (2013)."""
    east, north = _waves(lon, lat)
    radians = np.radians(lat)
    magic = 1.0 - _EE * np.sin(radians) ** 2
    d_lat = np.degrees(north / (_A * (1.0 - _EE) / (magic * np.sqrt(magic))))
    d_lon = np.degrees(east / (_A / np.sqrt(magic) * np.cos(radians)))
    return d_lon, d_lat


def _bd_shift(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Degrees to add to GCJ-02 for BD-09: the published polar formula."""
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_PI)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_PI)
    return radius * np.cos(angle) + 0.0065 - lon, radius * np.sin(angle) + 0.006 - lat


def _add(lon: Floats, lat: Floats, shift: Shift) -> tuple[Floats, Floats]:
    """The points moved by a shift that fades outside China."""
    moved_lon, moved_lat = lon.copy(), lat.copy()
    weight = np.nan_to_num(_weight(lon, lat))
    near = weight > 0  # abroad nothing is computed, so nothing can round
    d_lon, d_lat = shift(lon[near], lat[near])
    moved_lon[near] += weight[near] * d_lon
    moved_lat[near] += weight[near] * d_lat
    return moved_lon, moved_lat


def _take_away(lon: Floats, lat: Floats, shift: Shift) -> tuple[Floats, Floats]:
    """The points whose :func:`_add` gives these."""
    back_lon, back_lat = lon.copy(), lat.copy()
    known = np.isfinite(lon) & np.isfinite(lat)
    core = known & np.asarray(shapely.contains_xy(_outlines()[1], lon, lat))

    def whole(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        d_lon, d_lat = shift(x, y)
        return x + d_lon, y + d_lat

    def fading(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return _add(x, y, shift)

    for here, forward in ((core, whole), (known & ~core, fading)):
        back_lon[here], back_lat[here] = _solve(lon[here], lat[here], forward)
    return back_lon, back_lat


def _solve(lon: Floats, lat: Floats, forward: Shift) -> tuple[Floats, Floats]:
    """Fixed-point iteration x ← x + (target - forward(x)), each point until it stands to 1e-12°."""
    back_lon, back_lat = lon.copy(), lat.copy()
    moving = np.arange(len(lon))
    for _ in range(_MAX_STEPS):
        if not len(moving):
            break
        there_lon, there_lat = forward(back_lon[moving], back_lat[moving])
        d_lon, d_lat = lon[moving] - there_lon, lat[moving] - there_lat
        back_lon[moving] += d_lon
        back_lat[moving] += d_lat
        moving = moving[np.maximum(np.abs(d_lon), np.abs(d_lat)) > _TOLERANCE]
    return back_lon, back_lat


def is_in_china(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Whether points (any datum, degrees) lie in China or within about 25 km of it."""
    x, y = np.broadcast_arrays(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
    return np.asarray(shapely.contains_xy(_outlines()[0], x, y), dtype=np.bool_)
