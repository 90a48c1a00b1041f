"""Ways as networkx finds them on the engine's network, riding with the signs and pushing against
them: what the browser must agree with. All in metres of riding: one pushed takes as long as
:data:`PUSH` ridden."""

from __future__ import annotations

import itertools
from dataclasses import replace

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from geomap.pipeline.streets import OSM_CREDIT, take_streets
from geomap.roads import Network
from geomap.roads.rules import rank_class
from tests.rider_editions import HERE, make_rider_edition, make_row
from tests.roads.drawing import make_streets

Floats = NDArray[np.float64]
#: Two places this near are one place: the browser keeps coordinates to a quarter of a metre.
SAME_M = 0.5
#: 15 km/h against 4.
PUSH = 15 / 4
_DEGREE_M = 111_000.0


class Ways:
    """A network's junctions and streets as a graph, and the feet of places on it."""

    def __init__(self, network: Network, limit_m: float = 9000.0) -> None:
        self.network, self.limit_m = replace(network, edges=network.walks), limit_m
        self.graph = nx.DiGraph()
        edges = self.network.edges
        for edge, (tail, head, metres) in enumerate(
            zip(edges.tail.tolist(), edges.head.tolist(), edges.length_m.tolist(), strict=True)
        ):
            self._add(tail, head, self._cost(edge, metres, 0))
            self._add(head, tail, self._cost(edge, metres, 1))

    def _cost(self, edge: int, metres: float, way: int) -> float:
        """Metres of riding that some of an edge take; against its drawn direction where 1."""
        edges = self.network.edges
        if metres <= 1e-6:
            return 0.0
        if (edges.backward if way else edges.forward)[edge]:
            return metres
        return PUSH * metres if edges.afoot[edge] else np.inf

    def _add(self, tail: int | str, head: int, metres: float) -> None:
        known = self.graph.get_edge_data(tail, head, {"m": np.inf})["m"]
        if metres < known:
            self.graph.add_edge(tail, head, m=metres)

    def metres(self, rider: tuple[float, float], places: Floats) -> Floats:
        """Metres of riding from the rider to each place; inf: no way; nan: not on the network."""
        edges = self.network.edges
        start = self.network.attach(*np.array([rider]).T)
        ends = self.network.attach(places[:, 0], places[:, 1])
        if start.edge[0] < 0:
            return np.full(len(places), np.nan)
        edge, offset = int(start.edge[0]), float(start.offset_m[0])
        reached = self._reach(edge, offset)
        found = np.full(len(places), np.nan)
        for n in np.flatnonzero(ends.edge >= 0):
            end, at = int(ends.edge[n]), float(ends.offset_m[n])
            rest = float(edges.length_m[end]) - at
            ways = [
                reached.get(int(edges.tail[end]), np.inf) + self._cost(end, at, 0),
                reached.get(int(edges.head[end]), np.inf) + self._cost(end, rest, 1),
            ]
            if end == edge:
                ways.append(self._cost(end, abs(at - offset), int(at < offset)))
            found[n] = min(ways)
        return found

    def _reach(self, edge: int, offset: float) -> dict[int, float]:
        edges = self.network.edges
        rest = float(edges.length_m[edge]) - offset
        self.graph.add_node("rider")
        self._add("rider", int(edges.head[edge]), self._cost(edge, rest, 0))
        self._add("rider", int(edges.tail[edge]), self._cost(edge, offset, 1))
        reached = nx.single_source_dijkstra_path_length(
            self.graph, "rider", cutoff=self.limit_m, weight="m"
        )
        self.graph.remove_node("rider")
        return dict(reached)

    def nearly(self, rider: tuple[float, float], place: Floats) -> list[float]:
        """Metres between places within :data:`SAME_M` of the two: a foot may jump over a corner."""
        step = SAME_M / _DEGREE_M
        steps = np.array(list(itertools.product((-step, 0, step), repeat=2)))
        ends = place + steps
        return [
            float(metres)
            for lon, lat in (np.array(rider) + steps).tolist()
            for metres in self.metres((lon, lat), ends)
        ]


def make_town(rows: int = 13, columns: int = 15, seed: int = 4) -> Network:
    """A town around :data:`HERE`, 4 by 5 km over several squares: crooked streets, every third
    one-way, some missing, some for those on foot, some not for them, a dead end, and an island
    that no street leads to."""
    chance = np.random.default_rng(seed)
    spots = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1).astype(float)
    spots += chance.uniform(-0.25, 0.25, spots.shape) - [columns / 2, rows / 2]
    places = np.array(HERE) + spots * [0.0042, 0.0031]
    lines, directions = [], []
    for row, column in np.ndindex(rows, columns):
        for down, right in ((0, 1), (1, 0)):
            if row + down >= rows or column + right >= columns or chance.random() < 0.12:
                continue
            one, two = places[row, column], places[row + down, column + right]
            bend = (one + two) / 2 + chance.normal(0, 0.0004, 2)
            lines.append([tuple(one), tuple(bend), tuple(two)])
            directions.append(((True, True), (True, False), (False, True))[
                (0, 0, 1, 2)[(column if down else row) % 4]])  # fmt: skip
    island = ((0.0, 0.0301), (0.004, 0.0301), (0.004, 0.032), (0.0, 0.0301))
    lines.append([(HERE[0] + east, HERE[1] + north) for east, north in island])
    directions.append((True, True))
    numbers = np.arange(len(lines))
    for n in numbers[5:-1:11]:
        directions[n] = (False, False)
    walked = (numbers % 9 != 4) | (numbers % 11 == 5)
    streets = make_streets(lines, directions, afoot=walked)
    classes = [rank_class(("primary", "tertiary", "residential", "service")[n % 4])
               for n in range(len(lines))]  # fmt: skip
    return Network.of_streets(replace(streets, rank=np.array(classes, np.uint8)))


def make_town_edition(rows=None, network: Network | None = None, **parts):
    """An edition of ``rows`` (a few of the town's) with the town's streets."""
    network = make_town() if network is None else network
    own = [make_row("R1", "近的驿站", 4, 3), make_row("R2", "远的驿站", 20, 12)]
    roads = {"streets": take_streets(network), "road_credit": OSM_CREDIT}
    return make_rider_edition(own if rows is None else rows, **(roads | parts))
