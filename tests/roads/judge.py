"""An independent judge of service areas: its own graph, its own search, its own samples.

It shares nothing with the engine but the lines: every vertex is a node of a networkx graph, every
piece an arc of geodesic length, the station a node of its own on the nearest piece. An area is
judged by street samples and land points that the method has not seen:

* recall: reached street samples (every 25 m) inside, of all reached;
* false: samples inside from which no reached street lies within 30 m, of all inside;
* land: random land points within 50 m of a street whose nearest street point is reached, inside;
* far_m: how far land inside oversteps the kerb of every reached street, at the worst of points
  every 2 m along the outline and every 2 m across all land near the kerb; distances are those to
  the reached stretches themselves, cut where the metres end.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import shapely
from pyproj import Geod, Transformer
from scipy.spatial import KDTree

GEOD = Geod(ellps="WGS84")
SAME_STREET_M = 30.0
#: Land this near a reached street has to be inside, or half the kerb where that is less.
NEAR_M = 50.0
#: Points looked at for the kerb: squares of this side first, then points this far apart.
SQUARE_M, STEP_M = 10.0, 2.0

#: What a search gives: metres to a station from every node, and the stations' feet by piece.
Search = tuple[dict, dict[int, list[float]]]


@dataclass(frozen=True)
class Verdict:
    """One area judged; shares 0-1, ``far_m`` how much the kerb is overstepped at the worst."""

    recall: float
    false: float
    land: float
    far_m: float


class Judge:
    """Judges areas of one network.

    Parameters
    ----------
    lines : LineStrings in WGS-84, each followed in its drawn direction, (n,).
    both_ways : whether a line may be followed backward as well, (n,).
    """

    def __init__(self, lines: np.ndarray, both_ways: np.ndarray, seed: int = 7) -> None:
        coords, line = shapely.get_coordinates(lines, return_index=True)
        inside = line[1:] == line[:-1]
        self.start, self.end = coords[:-1][inside], coords[1:][inside]
        back = both_ways[line[1:][inside]]
        self.start, self.end = (
            np.concatenate([self.start, self.end[back]]),
            np.concatenate([self.end, self.start[back]]),
        )
        self.metres = GEOD.inv(*self.start.T, *self.end.T)[2]
        middle = coords.mean(axis=0)
        self.plane = Transformer.from_crs(
            "EPSG:4326", f"+proj=aeqd +lon_0={middle[0]} +lat_0={middle[1]}", always_xy=True
        )
        self.start_xy, self.end_xy = self.to_xy(self.start), self.to_xy(self.end)
        self.random = np.random.default_rng(seed)
        self.graph = nx.DiGraph()
        self.from_key, self.to_key = self._keys(self.start), self._keys(self.end)
        for tail, head, metres in zip(self.from_key, self.to_key, self.metres, strict=True):
            known = self.graph.get_edge_data(tail, head, {"m": np.inf})["m"]
            self.graph.add_edge(tail, head, m=min(known, metres))
        self.tree = shapely.STRtree(
            shapely.linestrings(np.stack([self.start_xy, self.end_xy], axis=1))
        )
        self.fine = self._sample(2.0)
        self.coarse = self._sample(25.0)
        self.fine_tree = KDTree(self.fine[2])

    def to_xy(self, coords: np.ndarray) -> np.ndarray:
        """Return plane metres of WGS-84 coordinates."""
        return np.column_stack(self.plane.transform(*coords.T))

    @staticmethod
    def _keys(coords: np.ndarray) -> list[tuple[int, int]]:
        return [tuple(pair) for pair in np.round(coords * 1e7).astype(int).tolist()]

    def _sample(self, step_m: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return piece, share along it and plane position of samples with a random start."""
        total = np.cumsum(self.metres)
        at = np.arange(self.random.uniform(0, step_m), total[-1], step_m)
        piece = np.searchsorted(total, at)
        piece = np.minimum(piece, len(total) - 1)
        share = 1 - (total[piece] - at) / np.maximum(self.metres[piece], 1e-9)
        share = np.clip(share, 0, 1)
        xy = self.start_xy[piece] * (1 - share[:, None]) + self.end_xy[piece] * share[:, None]
        return piece, share, xy

    def search(self, lon: np.ndarray, lat: np.ndarray) -> Search:
        """Return metres to the nearest station from every node, and the feet on each piece."""
        graph, feet = self.graph.copy(), {}
        for here in self.to_xy(np.column_stack([lon, lat])):
            for piece, share in self._feet(here):
                feet.setdefault(piece, []).append(share)
                self._link(graph, self.from_key[piece], share * self.metres[piece])
                if share == 1:
                    self._link(graph, self.to_key[piece], 0.0)
        metres = nx.single_source_dijkstra_path_length(graph.reverse(False), "station", weight="m")
        return metres, feet

    def _feet(self, here: np.ndarray) -> list[tuple[int, float]]:
        nearest = self.tree.query_nearest(shapely.Point(here), return_distance=True)[1][0]
        # The two rows of a two-way street are equally near but for the last bit.
        found = self.tree.query(shapely.Point(here), "dwithin", distance=nearest + 1e-5)
        step = self.end_xy[found] - self.start_xy[found]
        along = ((here - self.start_xy[found]) * step).sum(axis=1)
        share = np.clip(along / np.maximum((step * step).sum(axis=1), 1e-12), 0, 1)
        return list(zip(found.tolist(), share.tolist(), strict=True))

    @staticmethod
    def _link(graph: nx.DiGraph, key: tuple[int, int], metres: float) -> None:
        known = graph.get_edge_data(key, "station", {"m": np.inf})["m"]
        graph.add_edge(key, "station", m=min(known, metres))

    def reached(
        self,
        sample: tuple[np.ndarray, np.ndarray, np.ndarray],
        search: Search,
        distance_m: float,
    ) -> np.ndarray:
        """Return which samples are reached when their own piece is followed in its direction."""
        piece, share, _ = sample
        metres, feet = search
        to_end = np.array([metres.get(key, np.inf) for key in self.to_key])
        left = (1 - share) * self.metres[piece] + to_end[piece]
        for own, shares in feet.items():
            for foot in shares:
                here = (piece == own) & (share <= foot)
                left[here] = np.minimum(left[here], (foot - share[here]) * self.metres[own])
        return left <= distance_m

    def stretches(self, search: Search, distance_m: float) -> np.ndarray:
        """Return the reached stretches in the plane, cut where the metres end."""
        metres, feet = search
        rest = distance_m - np.array([metres.get(key, np.inf) for key in self.to_key])
        piece = np.flatnonzero(rest >= 0)
        low = 1 - rest[piece] / np.maximum(self.metres[piece], 1e-9)
        parts = [(piece, low, np.ones(len(piece)))]
        for own, shares in feet.items():
            foot = np.array(shares)
            low = foot - distance_m / max(self.metres[own], 1e-9)
            parts.append((np.full(len(foot), own), low, foot))
        piece, low, high = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        ends = [self._at(piece, np.maximum(low, 0.0)), self._at(piece, high)]
        return shapely.linestrings(np.stack(ends, axis=1))

    def _at(self, piece: np.ndarray, share: np.ndarray) -> np.ndarray:
        return self.start_xy[piece] * (1 - share[:, None]) + self.end_xy[piece] * share[:, None]

    def judge(
        self,
        area: shapely.Geometry,
        lon: float | np.ndarray,
        lat: float | np.ndarray,
        distance_m: float,
        kerb_m: float = 100.0,
    ) -> Verdict:
        """Return the verdict on an area (WGS-84) said to be reached within the distance.

        ``lon`` and ``lat`` may be one station or many; with many the area is that of them all.
        """
        search = self.search(np.atleast_1d(lon), np.atleast_1d(lat))
        shape = shapely.transform(area, self.to_xy)
        shapely.prepare(shape)
        fine = self.reached(self.fine, search, distance_m)
        if not fine.any():
            return Verdict(1.0, 0.0, 1.0, 0.0)
        reached_tree = KDTree(self.fine[2][fine])
        coarse_xy = self.coarse[2]
        # A two-way street is two rows of pieces; a sample counts as reached if its twin is.
        near = reached_tree.query(coarse_xy, distance_upper_bound=SAME_STREET_M)[0]
        is_reached = near < 1.5
        inside = shapely.contains_xy(shape, *coarse_xy.T)
        recall = inside[is_reached].mean() if is_reached.any() else 1.0
        false = np.isinf(near[inside]).mean() if inside.any() else 0.0
        land = self._judge_land(shape, fine, reached_tree, min(NEAR_M, kerb_m / 2))
        far_m = overstep(shape, self.stretches(search, distance_m), reached_tree, kerb_m)
        return Verdict(float(recall), float(false), land, far_m)

    def _judge_land(
        self, shape: shapely.Geometry, fine: np.ndarray, reached_tree: KDTree, near_m: float
    ) -> float:
        reached_xy = self.fine[2][fine]
        low, high = reached_xy.min(axis=0) - 300, reached_xy.max(axis=0) + 300
        points = self.random.uniform(low, high, (20_000, 2))
        metres, nearest = self.fine_tree.query(points)
        twin = reached_tree.query(self.fine[2][nearest])[0] < 1.5
        should = (metres <= near_m) & twin
        inside = shapely.contains_xy(shape, *points.T)
        return float(inside[should].mean()) if should.any() else 1.0


def overstep(
    shape: shapely.Geometry, stretches: np.ndarray, reached_tree: KDTree, kerb_m: float
) -> float:
    """Return the most metres a point of the shape lies beyond the kerb of every stretch."""
    outline = shapely.get_coordinates(shapely.segmentize(shape, STEP_M))
    squares = grid_of(shape.bounds, SQUARE_M)
    squares = squares[shapely.dwithin(shape, shapely.points(squares), SQUARE_M)]
    middle_m = reached_tree.query(squares)[0]
    inside = shapely.contains_xy(shape, *squares.T)
    known_m = max(kerb_m, *reached_tree.query(outline)[0], *middle_m[inside])
    # Nothing in a square lies farther from a street than its middle plus half the diagonal.
    doubtful = squares[middle_m > known_m - SQUARE_M * 0.71]
    steps = grid_of((0.0, 0.0, SQUARE_M - STEP_M, SQUARE_M - STEP_M), STEP_M)
    inner = (doubtful[:, None] + steps[None] - (SQUARE_M - STEP_M) / 2).reshape(-1, 2)
    places = np.concatenate([outline, squares[inside], inner[shapely.contains_xy(shape, *inner.T)]])
    # Samples lie 2 m apart on the stretches: the farthest from them are the farthest, to 2 m.
    near = reached_tree.query(places)[0]
    beyond = shapely.points(places[(near > kerb_m) & (near >= near.max() - 2.0)])
    if not len(beyond):
        return 0.0
    away = shapely.STRtree(stretches).query_nearest(
        beyond, return_distance=True, all_matches=False
    )[1]
    return float(max(away.max() - kerb_m, 0.0))


def grid_of(bounds: tuple[float, float, float, float], step_m: float) -> np.ndarray:
    """Return a grid of points over a box, (n, 2)."""
    west, south, east, north = bounds
    x, y = np.meshgrid(
        np.arange(west, east + step_m / 2, step_m), np.arange(south, north + step_m / 2, step_m)
    )
    return np.column_stack([x.ravel(), y.ravel()])
