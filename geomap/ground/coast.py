"""Sea out of the coast lines of an extract: OpenStreetMap draws them with land on their left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geomap.ground.collect import Collected
from geomap.ground.rules import Names
from geomap.ground.table import Ground
from geomap.model.records import Skip

Box = tuple[float, float, float, float]
Shapes = NDArray[np.object_]
#: A coast that ends so near to the box (degrees, about 500 m) was cut there: nodes beyond are
#: missing.
_CUT_DEG = 0.005
#: Which side is land is asked so far from the line (degrees: a centimetre).
_ASIDE_DEG = 1e-7
#: Slivers between lines a centimetre apart may speak for the wrong side, for so much of a shore.
_MOST_AGAINST = 0.01


def add_sea(ground: Ground, coasts: Sequence[shapely.LineString], box: Box | None) -> Ground:
    """Return the ground with its sea as water, or with the places where its coast is broken.

    Parameters
    ----------
    coasts : ``natural=coastline`` ways, WGS-84 degrees.
    box : what the extract covers; None: as far as its things reach.
    """
    if not coasts:
        return ground
    lines = np.array(coasts, dtype=object)
    sea, breaks = draw_sea(lines, box or _bounds(ground, lines))
    found = Collected()
    for layer, kind, shapes in (("water", "sea", sea), ("fault", "coastline", breaks)):
        for shape in shapes:
            found.add(layer, kind, Names(), found.shape(shape))
    if not len(sea) + len(breaks):
        return ground
    return Ground(pa.concat_tables([ground.things, found.table().things]))


def draw_sea(coasts: Shapes, box: Box) -> tuple[Shapes, Shapes]:
    """Return the sea within the box as polygons, and points where the coast is broken.

    Where it is broken anywhere, by an end within the box or by a line drawn the other way round,
    there is no sea: nobody knows which side it is on.
    """
    frame, nothing = shapely.box(*box), np.zeros(0, dtype=object)
    merged = shapely.line_merge(shapely.multilinestrings(coasts), directed=True)
    lines = _reach_frame(shapely.get_parts(merged), frame)
    noded = shapely.union_all([frame.boundary, *shapely.intersection(lines, frame)])
    polygons, cuts, dangles, _ = shapely.polygonize_full(shapely.get_parts(noded))
    loose = shapely.get_parts(np.array([cuts, dangles], dtype=object))
    if len(loose):
        return nothing, shapely.get_point(loose, 0)
    faces = shapely.get_parts(polygons)
    places, is_sea, weight = _ask_sides(lines, frame)
    place, face = shapely.STRtree(faces).query(places, predicate="within")
    votes = [np.bincount(face[is_sea[place] == side], weight[place[is_sea[place] == side]],
                         len(faces)) for side in (False, True)]  # fmt: skip
    against = np.minimum(*votes) > _MOST_AGAINST * np.maximum(*votes)
    if against.any():
        lesser = is_sea[place] == (votes[True] < votes[False])[face]
        wrong = np.unique(place[lesser & against[face]] % (len(places) // 2))
        return nothing, places[wrong]
    return faces[votes[True] > votes[False]], nothing


def _reach_frame(lines: Shapes, frame: shapely.Polygon) -> Shapes:
    """Return the lines, drawn on over the frame where they end just within it."""
    drawn = []
    for line in lines:
        course = shapely.get_coordinates(line)
        if not line.is_closed:
            parts = [_beyond(course[0], frame), course, _beyond(course[-1], frame)]
            course = np.concatenate(parts)
        drawn.append(shapely.LineString(course))
    return np.array(drawn, dtype=object)


def _beyond(end: NDArray[np.float64], frame: shapely.Polygon) -> NDArray[np.float64]:
    """Return the place just outside the frame that a cut end leads to, (1, 2); none: (0, 2)."""
    point, edge = shapely.Point(end), frame.boundary
    if not frame.contains(point) or edge.distance(point) >= _CUT_DEG:
        return np.zeros((0, 2))
    nearest = shapely.get_coordinates(edge.interpolate(edge.project(point)))
    outward = nearest - shapely.get_coordinates(frame.centroid)
    return np.asarray(nearest + outward * 1e-6, dtype=np.float64)


def _ask_sides(
    lines: Shapes, frame: shapely.Polygon
) -> tuple[Shapes, NDArray[np.bool_], NDArray[np.float64]]:
    """Return points beside each straight piece of the coast, whether sea is there, its length."""
    course, line = shapely.get_coordinates(lines, return_index=True)
    begin = np.flatnonzero(line[1:] == line[:-1])
    pieces = shapely.linestrings(np.stack([course[begin], course[begin + 1]], axis=1))
    within = shapely.intersection(pieces, frame)
    length = shapely.length(within)
    kept = length > 0
    middle = shapely.get_coordinates(shapely.centroid(within[kept]))
    along = (course[begin + 1] - course[begin])[kept]
    right = np.column_stack([along[:, 1], -along[:, 0]]) / np.hypot(*along.T)[:, None]
    aside = right * np.minimum(_ASIDE_DEG, length[kept] / 100)[:, None]
    places = shapely.points(np.concatenate([middle + aside, middle - aside]))
    is_sea = np.repeat([True, False], len(middle))
    return places, is_sea, np.tile(length[kept], 2)


def _bounds(ground: Ground, lines: Shapes) -> Box:
    shapes = shapely.from_wkb(ground.things["geometry"].to_numpy())
    west, south, east, north = shapely.total_bounds(np.append(shapes, lines))
    return float(west), float(south), float(east), float(north)


def list_breaks(ground: Ground) -> tuple[Skip, ...]:
    """Return where the coast is broken, so that no sea is drawn: the first five places."""
    faults = ground.layer("fault").geometry
    reason = "the coast ends or turns round here, so no sea is drawn; check the map file"
    return tuple(
        Skip("place", f"{point.x:.5f},{point.y:.5f}", "coast-broken", reason)
        for point in faults[:5]
    )
