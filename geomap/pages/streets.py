"""The street files of both pages: squares to ride and to look at, and which there are.

The page asks for an index once somebody comes near, then for the squares around; every street of
the network is in exactly one square, cut where it crosses into the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np
import shapely

from geomap.model.edition import StreetGraph, StreetLines
from geomap.wire.grid import Floats, Integers, Pieces, cut_lines, to_squares
from geomap.wire.letters import write_letters
from geomap.wire.nodes import number_nodes
from geomap.wire.squares import Level, Streets, encode_squares

#: Squares of 3.6 to 4.6 km in China's latitudes, in parts of 0.2 to 0.3 m.
NEAR = Level(13, 16384)
#: Far looks: squares of 250 and 30 km, parts of about half a pixel at the closest zoom.
FAR = {0: Level(7, 8192), 1: Level(10, 4096)}
#: Streets farther from every station than somebody rides for one stay out of the site.
RIDE_M = 25_000.0
#: How wide a class is drawn: 0 widest.
_WEIGHTS = {
    **dict.fromkeys(("motorway", "trunk", "primary"), 0),
    **dict.fromkeys(("secondary", "tertiary", ""), 1),
    **dict.fromkeys(("unclassified", "residential", "living_street", "pedestrian", "road"), 2),
}
_LEAST = 3
#: What a street allows, as one number: forward, backward, on foot.
_RIGHTS = np.array([1, 2, 4])
_Content = TypeVar("_Content")


def draw_streets(graph: StreetGraph, stations: Floats, snap_m: float) -> dict[str, dict[str, Any]]:
    """Return name → JSON of the street files, ``streets/index`` among them.

    Parameters
    ----------
    graph : the network.
    stations : lon, lat of what riders look for, (n, 2), WGS-84 degrees.
    snap_m : how far from a street somebody may be and still be on the network, metres.
    """
    near = keep_near(encode_squares(_near(graph), NEAR), stations)
    levels = [(level, encode_squares(_far(graph.light, tier, level), level), zoom)
              for (tier, level), zoom in zip(FAR.items(), (8, 11), strict=True)]  # fmt: skip
    levels.append((NEAR, near, 14))
    files: dict[str, dict[str, Any]] = {
        f"streets/{level.zoom}/{column}-{row}": {"s": text}
        for level, squares, _ in levels
        for (column, row), text in sorted(squares.items())
    }
    files["streets/index"] = {
        "snap": snap_m,
        "levels": [
            {"zoom": level.zoom, "parts": level.parts, "from": zoom,
             "squares": list_squares(squares), "size": sum(map(len, squares.values()))}
            for level, squares, zoom in levels
        ],
    }  # fmt: skip
    return files


def _near(graph: StreetGraph) -> Streets:
    """The streets and the lines beside them, in one set of pieces."""
    used, shown = _cut(graph.lines, graph.along_m, NEAR), _cut(graph.undriven, None, NEAR)
    rights = np.stack([graph.forward, graph.backward, graph.afoot], axis=-1) @ _RIGHTS
    nodes = number_nodes(used, graph.tail, graph.head)
    weight = np.r_[
        _weigh(graph.lines.highway)[used.line], _weigh(graph.undriven.highway)[shown.line]
    ]
    none = np.zeros(len(shown.line), dtype=np.int64)
    return Streets(
        pieces=_join(used, shown),
        weight=weight,
        rights=np.r_[rights[used.line], none],
        nodes=nodes.reach(len(shown.line)),
    )


def _far(light: gpd.GeoDataFrame, tier: int, level: Level) -> Streets:
    """One tier's simplified lines."""
    rows = light[light["tier"] == tier]
    lines, row = shapely.get_parts(rows.geometry.to_numpy(), return_index=True)
    xy, line = shapely.get_coordinates(lines, return_index=True)
    starts = np.r_[0, np.cumsum(np.bincount(line, minlength=len(lines)))].astype(np.int64)
    words = rows["highway"].to_numpy(str)[row]
    pieces = _cut(StreetLines(xy[:, 0], xy[:, 1], starts, words), None, level)
    none = np.zeros(len(pieces.line), dtype=np.int64)
    return Streets(pieces, _weigh(words)[pieces.line], none)


def _cut(lines: StreetLines, along_m: Floats | None, level: Level) -> Pieces:
    xy = to_squares(lines.lon, lines.lat, level.zoom)
    return cut_lines(xy, np.zeros(len(xy)) if along_m is None else along_m, lines.starts)


def _join(first: Pieces, second: Pieces) -> Pieces:
    return Pieces(
        line=np.r_[first.line, second.line],
        square=np.r_[first.square, second.square],
        starts=np.r_[first.starts, second.starts[1:] + first.starts[-1]],
        xy=np.r_[first.xy, second.xy],
        values=np.r_[first.values, second.values],
        is_first=np.r_[first.is_first, second.is_first],
        is_last=np.r_[first.is_last, second.is_last],
    )


def _weigh(highway: np.ndarray) -> Integers:
    """Weight of each class; a link weighs what its street does."""
    words, which = np.unique(highway, return_inverse=True)
    weights = [_WEIGHTS.get(str(word).removesuffix("_link"), _LEAST) for word in words]
    return np.asarray(weights, dtype=np.int64)[which]


def keep_near(
    squares: dict[tuple[int, int], _Content], stations: Floats
) -> dict[tuple[int, int], _Content]:
    """Return squares of :data:`NEAR` without those beyond a ride from every station."""
    keys = np.array(list(squares), dtype=np.float64).reshape(-1, 2)
    known = stations[np.isfinite(stations).all(axis=1)]
    if not len(known) or not len(keys):
        return {}
    places = to_squares(known[:, 0], known[:, 1], NEAR.zoom)
    held = np.unique(np.floor(places), axis=0)
    nearest = shapely.STRtree(shapely.points(held)).nearest(shapely.points(keys))
    away = np.abs(held[nearest] - keys).max(axis=1)
    turn = np.pi * (1 - 2 * (keys[:, 1] + 0.5) / 2**NEAR.zoom)
    side_m = 40_075_017 / 2**NEAR.zoom / np.cosh(turn)
    kept = (away - 1) * side_m <= RIDE_M
    return {key: found for (key, found), keep in zip(squares.items(), kept, strict=True) if keep}


def list_squares(squares: Iterable[tuple[int, int]]) -> str:
    """Return rows that hold squares: steps from the last row, runs, of each gap and length."""
    numbers: list[int] = []
    last_row = 0
    by_row: dict[int, list[int]] = {}
    for column, row in sorted(squares):
        by_row.setdefault(row, []).append(column)
    for row in sorted(by_row):
        columns = np.array(by_row[row])
        breaks = np.flatnonzero(np.diff(columns, prepend=-9) > 1)
        numbers += [row - last_row, len(breaks)]
        last_row, end = row, 0
        for start, stop in zip(breaks, [*breaks[1:], len(columns)], strict=True):
            numbers += [int(columns[start]) - end, int(stop - start)]
            end = int(columns[stop - 1]) + 1
    return write_letters(np.array(numbers, dtype=np.int64))[0].decode()
