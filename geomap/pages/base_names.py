"""The names on a base map: which, from which zoom on, and where, in squares as its shapes are.

A street's name travels with its course, so that the browser writes it along the street wherever
somebody looks; everything else has a point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.pages.latin_names import spell_place
from geomap.privacy.filter import make_filter
from geomap.privacy.names import PLACE
from geomap.wire import code, encode_table
from geomap.wire.areas import shapes_in_squares
from geomap.wire.grid import cut_lines
from geomap.wire.rings import encode_rings
from geomap.wire.squares import Level

#: Zoom from which on the name of a street or water course of a class is shown, and how it looks.
_COURSES = {
    **dict.fromkeys(("motorway", "trunk", "primary"), (12, "street")), "secondary": (13, "street"),
    "tertiary": (14, "street"),
    **dict.fromkeys(("unclassified", "residential", "living_street", "pedestrian", "road"),
                    (15, "street")),
    **dict.fromkeys(("service", "footway", "cycleway", "path", "steps", "track"), (17, "street")),
    "river": (12, "water"), "canal": (14, "water"), "stream": (15, "water"),
}  # fmt: skip
#: The same of a kind of quarter, place or land; and by how many zooms sooner, at most, a larger
#: one is shown.
_POINTS: dict[str, dict[str, tuple[int, str, int]]] = {
    "quarter": {"town": (10, "quarter", 0), "suburb": (12, "quarter", 0),
                "village": (13, "quarter", 0), "quarter": (13, "quarter", 0),
                "neighbourhood": (14, "quarter", 0), "hamlet": (14, "quarter", 0),
                "square": (15, "quarter", 0), "locality": (15, "quarter", 0),
                "residential": (16, "quarter", 1), "*": (17, "quarter", 0)},
    "place": {"station": (14, "station", 0), "park": (16, "green", 3), "school": (16, "place", 2),
              "hospital": (16, "place", 2), "government": (16, "place", 1),
              "mall": (16, "place", 2), "*": (17, "place", 1)},
    "water": {"*": (16, "water", 5)},
    "green": {"forest": (16, "green", 3), "wood": (16, "green", 3),
              "nature_reserve": (16, "green", 3), "golf_course": (16, "green", 2)},
}  # fmt: skip
#: A thing that reaches so far from its middle (metres) is shown a zoom sooner for each.
_SOONER_M = np.array([60.0, 150.0, 400.0, 800.0, 1500.0])
#: Of more names in a square the least are left out: a phone waits for them, and draws none.
_MOST = 300
_SIGN_PX = 12


def name_squares(
    named: gpd.GeoDataFrame, level: Level, closest: int
) -> dict[tuple[int, int], dict[str, Any]]:
    """Return column and row → ``names`` (a table), ``streets`` (a table) and their ``courses``.

    Parameters
    ----------
    named : what :func:`public_names` returns.
    closest : the last zoom at which the level is drawn.
    """
    squares: dict[tuple[int, int], dict[str, Any]] = {}
    for square, points in _by_square(_points(named, level, closest)):
        place = {axis: (1, points[axis].to_numpy()) for axis in ("x", "y")}
        squares[square] = {"names": _table(points, place)}
    for square, courses in _by_square(_courses(named, level, closest)):
        written = {"streets": _table(courses, {}), "courses": encode_rings(courses["xy"])}
        squares.setdefault(square, {}).update(written)
    return squares


def public_names(things: gpd.GeoDataFrame, sensitive: Sequence[str]) -> gpd.GeoDataFrame:
    """Return what has a name, without names that hold a sensitive word or something private.

    Parameters
    ----------
    things : :attr:`geomap.ground.Ground.base`.
    """
    named = things[things.name != ""]
    sieve = make_filter(sensitive)
    texts = {*named.name, *named.name_en}
    held = {text for text in texts if sieve.clean(text, PLACE).held}
    return named[~(named.name.isin(held) | named.name_en.isin(held))]


def _points(named: gpd.GeoDataFrame, level: Level, closest: int) -> pd.DataFrame:
    rows = [row for layer, kinds in _POINTS.items()
            for row in [_shown(named[named.layer == layer], kinds, closest)]]  # fmt: skip
    shown = gpd.GeoDataFrame(pd.concat(rows), crs=named.crs)
    middle = shapely.point_on_surface(shown.geometry.to_numpy())
    places = shapely.get_coordinates(shapes_in_squares(middle, level.zoom))
    square = np.floor(places).astype(np.int64)
    inside = np.floor((places - square) * level.parts).astype(np.int64)
    columns = ("column", "row", "x", "y")
    return pd.DataFrame(shown.drop(columns="geometry")).assign(
        **dict(zip(columns, [*square.T, *inside.T], strict=True)), weight=-shown.half_m
    )


def _shown(
    rows: gpd.GeoDataFrame, kinds: dict[str, tuple[int, str, int]], closest: int
) -> gpd.GeoDataFrame:
    """Rows of one layer with ``from_zoom`` and ``look``, without those never shown here."""
    rows = rows[rows.kind.isin(list(kinds)) | ("*" in kinds)]
    if len(rows) and rows.layer.iloc[0] in ("water", "green"):  # courses have names of their own
        rows = rows[shapely.get_dimensions(rows.geometry.to_numpy()) == 2]
        rows = rows.assign(half_m=np.sqrt(rows.area_m2) / 2)
    laws = [kinds.get(kind, kinds.get("*", (99, "", 0))) for kind in rows.kind]
    sooner = np.searchsorted(_SOONER_M, rows.half_m.to_numpy(float), "right")
    most = np.array([most for _, _, most in laws], dtype=np.int64)
    first = np.array([zoom for zoom, _, _ in laws], dtype=np.int64) - np.minimum(sooner, most)
    shown = rows.assign(from_zoom=first, look=[look for _, look, _ in laws])
    return shown[first <= closest]


def _courses(named: gpd.GeoDataFrame, level: Level, closest: int) -> pd.DataFrame:
    """One row a street and square that it runs through, joined over all of its ways."""
    kinds = named.kind.str.removesuffix("_link")
    laws = kinds.map(_COURSES)
    is_shown = (
        laws.notna() & named.layer.isin(("street", "water")) & ~named.kind.str.endswith("_link")
    )
    is_shown &= shapely.get_dimensions(named.geometry.to_numpy()) == 1
    rows, laws = named[is_shown], laws[is_shown]
    rows = rows.assign(from_zoom=[zoom for zoom, _ in laws], look=[look for _, look in laws])
    rows = rows[rows.from_zoom <= closest]
    keys = ["name", "name_en", "from_zoom", "look"]
    grouped = rows.groupby(keys, sort=True)
    streets = grouped.size().reset_index()[keys]
    number = grouped.ngroup().to_numpy()
    order = np.argsort(number, kind="stable")
    lines, way = shapely.get_parts(rows.geometry.to_numpy()[order], return_index=True)
    joined = shapely.line_merge(shapely.multilinestrings(lines, indices=number[order][way]))
    return _cut(joined, streets, level, closest)


def _cut(joined: Any, streets: pd.DataFrame, level: Level, closest: int) -> pd.DataFrame:
    parts, street = shapely.get_parts(joined, return_index=True)
    moved = shapely.simplify(shapes_in_squares(parts, level.zoom), 2.0 / level.parts)
    xy, line = shapely.get_coordinates(moved, return_index=True)
    starts = np.r_[0, np.cumsum(np.bincount(line, minlength=len(parts)))].astype(np.int64)
    pieces = cut_lines(xy, np.zeros(len(xy)), starts)
    owner = np.repeat(np.arange(len(pieces.line)), np.diff(pieces.starts))
    steps = np.hypot(*np.diff(pieces.xy, axis=0).T) * (owner[1:] == owner[:-1])
    long = np.bincount(owner[1:], steps, minlength=len(pieces.line))
    inside = np.floor((pieces.xy - pieces.square[owner]) * level.parts + 0.5).astype(np.int64)
    own = streets.iloc[street[pieces.line]].reset_index(drop=True)
    courses = np.split(inside, pieces.starts[1:-1]) if len(own) else []
    own = own.assign(column=pieces.square[:, 0], row=pieces.square[:, 1], weight=-long, xy=courses)
    needed = own["name"].str.len() * _SIGN_PX / (256 * 2 ** (closest - level.zoom))
    shown: pd.DataFrame = own[long >= needed]
    return shown


def _by_square(rows: pd.DataFrame) -> Iterator[tuple[tuple[int, int], pd.DataFrame]]:
    """Yield squares with their rows, in the order in which they are placed."""
    ordered = rows.sort_values(["from_zoom", "weight", "name"], kind="stable")
    for _, own in ordered.groupby(["column", "row"], sort=True):
        yield (int(own["column"].iloc[0]), int(own["row"].iloc[0])), own.head(_MOST)


def _table(rows: pd.DataFrame, steps: dict[str, Any]) -> dict[str, Any]:
    spelt = [other or spell_place(name)
             for name, other in zip(rows["name"], rows["name_en"], strict=True)]  # fmt: skip
    english = [other if other != name else None
               for name, other in zip(rows["name"], spelt, strict=True)]  # fmt: skip
    return encode_table(
        len(rows), texts={"name": list(rows["name"])}, steps=steps,
        codes={"en": code(english), "look": code(rows["look"]),
               "from": code(rows["from_zoom"].astype(int).tolist())},
    )  # fmt: skip
