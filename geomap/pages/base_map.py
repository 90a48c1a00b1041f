"""The base map of a city's own extract: water, green and rail in squares, under the streets.

A square's file has one text of lines or rings a kind (:mod:`geomap.wire.rings`), in parts of the
square, and its names (:mod:`geomap.pages.base_names`); the page asks for the squares that it
shows, once their streets are there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geomap.pages.base_names import name_squares, public_names
from geomap.pages.streets import keep_near, list_squares
from geomap.wire.areas import cut_areas, shapes_in_squares
from geomap.wire.grid import Floats, Integers, cut_lines
from geomap.wire.nodes import square_keys
from geomap.wire.rings import encode_texts
from geomap.wire.squares import Level

#: Grids from far to near, and the zoom from which each is drawn, as the streets are.
LEVELS = ((Level(7, 4096), 8), (Level(10, 4096), 11), (Level(13, 4096), 14))
_CLOSEST = 18
#: Shapes are simplified by so many parts, and areas of fewer square parts are specks, in far looks
#: and near by: a part is half a pixel at the far grids' closest zoom, two at the near one's.
_TOLERANCE = (2.0, 2.0, 1.0)
_LEAST_AREA = (256.0, 256.0, 64.0)
#: Pieces of neighbouring squares overlap by so many parts: no seam shines through.
_OVERLAP = 2
#: What is drawn, in this order: land of a layer, then lines of a kind from one of the grids on.
_AREAS = ("green", "water")
_LINES = {
    "river": ("river", 0), "canal": ("river", 1), "stream": ("stream", 2), "rail": ("rail", 0),
    "light_rail": ("rail", 1), "monorail": ("rail", 1), "subway": ("rail", 1),
    "tram": ("tram", 2), "siding": ("tram", 2),
}  # fmt: skip
KINDS = (*_AREAS, "river", "stream", "rail", "tram")


@dataclass(frozen=True, slots=True)
class _Courses:
    """Lines or rings within squares: kind, square, where each begins, vertices in squares."""

    kind: Integers
    square: Integers
    starts: Integers
    xy: Floats


def draw_base(
    things: gpd.GeoDataFrame, stations: Floats, sensitive: Sequence[str] = ()
) -> dict[str, dict[str, Any]]:
    """Return name → JSON of the base map's files, ``base/index`` among them.

    Parameters
    ----------
    things : :attr:`geomap.ground.Ground.base`.
    stations : lon, lat of what riders look for, (n, 2), WGS-84 degrees.
    sensitive : words that no name on a public page may hold.
    """
    levels, files = [], dict[str, dict[str, Any]]()
    named = public_names(things, sensitive)
    for order, (level, zoom) in enumerate(LEVELS):
        squares = _draw_level(things, order, level)
        closest = LEVELS[order + 1][1] - 1 if order + 1 < len(LEVELS) else _CLOSEST
        for square, names in name_squares(named, level, closest).items():
            squares.setdefault(square, {}).update(names)
        if level is LEVELS[-1][0]:
            squares = keep_near(squares, stations)
        for (column, row), found in sorted(squares.items()):
            files[f"base/{level.zoom}/{column}-{row}"] = found
        levels.append({
            "zoom": level.zoom, "parts": level.parts, "from": zoom,
            "squares": list_squares(squares),
            "size": sum(len(json.dumps(found)) for found in squares.values()),
        })  # fmt: skip
    return {**files, "base/index": {"levels": levels}} if files else {}


def _draw_level(
    things: gpd.GeoDataFrame, order: int, level: Level
) -> dict[tuple[int, int], dict[str, Any]]:
    drawn = (_areas(things, order, level), _lines(things, order, level))
    squares: dict[tuple[int, int], dict[str, Any]] = {}
    for courses, least in zip(drawn, (3, 2), strict=True):
        for square, kind, text in _write(courses, least, level):
            squares.setdefault(square, {})[kind] = text
    return squares


def _areas(things: gpd.GeoDataFrame, order: int, level: Level) -> _Courses:
    land = things[things.layer.isin(_AREAS)]
    land = land[shapely.get_dimensions(land.geometry.to_numpy()) == 2]
    kinds = np.array([KINDS.index(layer) for layer in land.layer], dtype=np.int64)
    shapes = shapes_in_squares(land.geometry.to_numpy(), level.zoom)
    kept = shapely.area(shapes) * level.parts**2 >= _LEAST_AREA[order]
    shapes = shapely.simplify(shapes[kept], _TOLERANCE[order] / level.parts)
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    row, square, pieces = cut_areas(shapes, _OVERLAP / level.parts)
    # Holes run the other way round: what lies upon something else is no hole of it.
    rings, piece = shapely.get_rings(shapely.orient_polygons(pieces), return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    return _Courses(kinds[kept][row][piece], square[piece], _starts(ring, len(rings)), xy)


def _lines(things: gpd.GeoDataFrame, order: int, level: Level) -> _Courses:
    shown = things.kind.isin([kind for kind, (_, least) in _LINES.items() if least <= order])
    rows = things[things.layer.isin(("rail", "water")) & shown]
    parts, row = shapely.get_parts(rows.geometry.to_numpy(), return_index=True)
    is_line = shapely.get_dimensions(parts) == 1
    moved = shapes_in_squares(parts[is_line], level.zoom)
    lines = shapely.simplify(moved, _TOLERANCE[order] / level.parts)
    kinds = [KINDS.index(_LINES[kind][0]) for kind in rows.kind.to_numpy()[row[is_line]]]
    xy, line = shapely.get_coordinates(lines, return_index=True)
    pieces = cut_lines(xy, np.zeros(len(xy)), _starts(line, len(lines)))
    own = np.array(kinds, dtype=np.int64)[pieces.line]
    return _Courses(own, pieces.square, pieces.starts, pieces.xy)


def _starts(owner: Integers, count: int) -> Integers:
    return np.asarray(np.r_[0, np.cumsum(np.bincount(owner, minlength=count))], dtype=np.int64)


def _write(courses: _Courses, least: int, level: Level) -> list[tuple[tuple[int, int], str, str]]:
    """Return square, kind and text of each square's kinds; rings are not closed again.

    What has fewer vertices than ``least`` in whole parts is too small to be drawn.
    """
    owner = np.repeat(np.arange(len(courses.kind)), np.diff(courses.starts))
    xy = np.floor((courses.xy - courses.square[owner]) * level.parts + 0.5).astype(np.int64)
    kept = np.r_[True, (np.diff(xy, axis=0) != 0).any(axis=1) | (owner[1:] != owner[:-1])]
    kept = kept[: len(xy)]
    if least > 2:  # a ring: its last vertex is its first
        kept[courses.starts[1:] - 1] = False
    own = owner[kept]
    counts = np.bincount(own, minlength=len(courses.kind))
    drawn = np.flatnonzero(counts >= least)
    keys = square_keys(courses.square)[drawn] * len(KINDS) + courses.kind[drawn]
    order = np.argsort(keys, kind="stable")
    lines, keys = drawn[order], keys[order]
    rank = np.full(len(courses.kind), -1)
    rank[lines] = np.arange(len(lines))
    vertex = np.argsort(rank[own], kind="stable")[np.count_nonzero(rank[own] < 0) :]
    starts = np.r_[0, np.cumsum(counts[lines])].astype(np.int64)
    texts = encode_texts(xy[kept][vertex], starts, keys)
    first = lines[np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])] if len(keys) else lines
    squares, kinds = courses.square[first].tolist(), courses.kind[first].tolist()
    return [((column, row), KINDS[kind], text)
            for (column, row), kind, text in zip(squares, kinds, texts, strict=True)]  # fmt: skip
