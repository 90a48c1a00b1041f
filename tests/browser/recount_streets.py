"""The small city's streets, and who reaches what along them, by a script of its own.

A grid of streets of 400 m with gaps and a park, as GeoJSON. Its counts know no module of geomap:
land is asked every 25 m, a ride is Dijkstra's of scipy, a place on a street is metres from its end.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from tests.browser.recount import place

BLOCK, KERB, SNAP, HOLE_M2, EVERY = 400, 100, 250, 250_000, 25
#: What would meet no other street.
LONELY = ((5000, 2000), (5400, 2000))
PARK = shapely.box(-1000, 700, 1500, 2900)
Floats = np.ndarray


def list_streets() -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the stretches between two crossings, metres east and north of the city's middle."""
    chance = np.random.default_rng(11)
    found = []
    for x, y in product(range(-5800, 5801, BLOCK), range(-4800, 4801, BLOCK)):
        for ends in (((x, y), (x + BLOCK, y)), ((x, y), (x, y + BLOCK))):
            is_gap = chance.random() < 0.12 or shapely.LineString(ends).intersects(PARK)
            if not is_gap and ends[1][0] <= 5800 and ends[1][1] <= 4800:
                found.append(ends)
    return [ends for ends in found if ends != LONELY]


def write_streets(path: Path) -> Path:
    """Write the streets as GeoJSON, each stretch a feature."""
    features = [{"type": "Feature", "properties": {"highway": "residential"},
                 "geometry": {"type": "LineString", "coordinates": [place(*at) for at in ends]}}
                for ends in list_streets()]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


class Streets:
    """The streets of a city, and rides along them; places are metres of the plane."""

    def __init__(self) -> None:
        ends = list_streets()
        crossings = {at: n for n, at in enumerate(sorted({at for pair in ends for at in pair}))}
        self.ends = np.array([[crossings[one], crossings[other]] for one, other in ends])
        self.lines = shapely.linestrings(np.array(ends, dtype=float))
        self.tree = shapely.STRtree(self.lines)
        one, other = self.ends.T
        shape = (len(crossings), len(crossings))
        self.graph = coo_array((np.full(len(ends), float(BLOCK)), (one, other)), shape).tocsr()
        beside = shapely.union_all(self.lines).buffer(KERB, quad_segs=32)
        holes = [shapely.Polygon(ring) for part in shapely.get_parts(beside)
                 for ring in part.interiors]  # fmt: skip
        self.blocks = shapely.union_all([each for each in holes if each.area <= HOLE_M2])

    def foot(self, at: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the nearest street of each place, metres along it, and metres to it."""
        points = shapely.points(at)
        street = self.tree.nearest(points)
        along = shapely.line_locate_point(self.lines[street], points)
        return street, along, shapely.distance(self.lines[street], points)

    def metres(self, stations: Floats, street: Floats, along: Floats) -> Floats:
        """Return the ride from places on streets to each of the stations, (places, stations)."""
        if not len(stations):
            return np.full((len(street), 0), np.inf)
        columns = []
        for here, at, _ in zip(*self.foot(stations), strict=True):
            ends = self.ends[here]
            far = dijkstra(self.graph, directed=False, indices=ends)
            far = np.minimum(far[0] + at, far[1] + BLOCK - at)
            one, other = self.ends[street].T
            ride = np.minimum(far[one] + along, far[other] + BLOCK - along)
            columns.append(np.where(street == here, np.minimum(ride, abs(along - at)), ride))
        return np.column_stack(columns)

    def reaches(
        self, stations: Floats, budget: Sequence[float] | float, street: Floats, along: Floats
    ) -> Floats:
        """Return from which places on streets a station is reached within its metres."""
        return (self.metres(stations, street, along) <= np.asarray(budget)).any(axis=1)

    def served(self, ground: Floats) -> tuple[Floats, Floats, Floats]:
        """Return which places are served land, and where they meet the streets."""
        street, along, away = self.foot(ground)
        return (away <= KERB) | shapely.contains_xy(self.blocks, *ground.T), street, along

    def km_within(self, stations: Floats, budget: float) -> float:
        """Return the kilometres of street from which a station is reached, to 4 m."""
        street = np.repeat(np.arange(len(self.lines)), 100)
        along = np.tile(np.arange(2.0, BLOCK, 4.0), len(self.lines))
        return float(self.reaches(stations, budget, street, along).sum() * 4 / 1000)


def list_ground(shape: shapely.Geometry) -> Floats:
    """Return places every 25 m of a polygon of the plane."""
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(np.arange(west, east, EVERY) + EVERY / 2,
                       np.arange(south, north, EVERY) + EVERY / 2)  # fmt: skip
    points = np.column_stack([x.ravel(), y.ravel()])
    return points[shapely.contains_xy(shape, *points.T)]
