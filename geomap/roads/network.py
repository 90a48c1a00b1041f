"""The road network as the engine sees it: junctions, edges and the graph towards the stations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from geomap.model.records import Skip
from geomap.roads.area import trace_area
from geomap.roads.cells import Cells
from geomap.roads.contract import Edges, contract
from geomap.roads.plane import Plane
from geomap.roads.segments import cut_segments
from geomap.roads.snap import Attachment, attach_points
from geomap.roads.streets import Booleans, Floats, Streets, join_streets


@dataclass(frozen=True)
class Network:
    """Streets one profile may use, ready for searches. Made by `read_roads` or `of_streets`.

    Attributes
    ----------
    edges : streets between junctions, lengths geodesic, vertices WGS-84.
    backdrop : lines the profile may not ride: motorways, for the base map, and footways.
    profile : name of the travel profile.
    skips : what the readers left out, with reasons.
    """

    edges: Edges
    backdrop: Streets
    profile: str = "ebike"
    skips: tuple[Skip, ...] = ()
    _land: dict[tuple[float, float], Cells] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of_streets(
        cls, streets: Streets, profile: str = "ebike", skips: Sequence[Skip] = ()
    ) -> Network:
        """Return the network of these lines; the order of the lines does not matter."""
        unused = ~(streets.forward | streets.backward)
        edges = contract(cut_segments(streets))
        return cls(edges, take_lines(streets, unused), profile, tuple(skips))

    @cached_property
    def walks(self) -> Edges:
        """The streets again with those that are only walked, and junctions where they meet."""
        paths = take_lines(self.backdrop, self.backdrop.afoot)
        if not paths.line_count:
            return self.edges
        return contract(cut_segments(join_streets([_as_streets(self.edges), paths]), on_foot=True))

    @property
    def junction_count(self) -> int:
        """Number of junctions."""
        return len(self.edges.junction_lon)

    @property
    def length_km(self) -> float:
        """Kilometres of street, each street once whatever its directions."""
        return float(self.edges.length_m.sum() / 1000)

    @cached_property
    def plane(self) -> Plane:
        """The metric plane around the middle of the network."""
        lon, lat = self.edges.lon, self.edges.lat
        return Plane(float(lon.min() + lon.max()) / 2, float(lat.min() + lat.max()) / 2)

    @cached_property
    def vertex_xy(self) -> tuple[Floats, Floats]:
        """The vertices of `edges` in the plane, metres."""
        return self.plane.to_metres(self.edges.lon, self.edges.lat)

    @cached_property
    def towards(self) -> csr_array:
        """The reversed graph: row j holds from where j is reached, in geodesic metres.

        Riders go *to* a station, so a search that starts at the station runs against the traffic.
        Parallel edges keep the shortest, streets of no length stay.
        """
        edges = self.edges
        rows = np.concatenate([edges.head[edges.forward], edges.tail[edges.backward]])
        columns = np.concatenate([edges.tail[edges.forward], edges.head[edges.backward]])
        weights = np.concatenate([edges.length_m[edges.forward], edges.length_m[edges.backward]])
        return pack_rows(rows, columns, weights, self.junction_count)

    def land(self, kerb_m: float = 100.0, block_m2: float = 0.0) -> Cells:
        """Return the land beside the streets, by nearest street; made once, where asked for.

        With ``block_m2`` also the land inside blocks up to this size (square metres).
        """
        if (kerb_m, block_m2) not in self._land:
            cells = Cells(self.edges, self.vertex_xy, kerb_m, block_m2=block_m2)
            self._land[kerb_m, block_m2] = cells
        return self._land[kerb_m, block_m2]

    @cached_property
    def area(self) -> shapely.MultiPolygon:
        """Where the network method holds: the land the files describe, WGS-84 (see `area`)."""
        return trace_area(self.edges, self.plane, self.vertex_xy)

    @cached_property
    def part_m(self) -> Floats:
        """Metres of street in the connected part that each edge belongs to, (edges,)."""
        edges, count = self.edges, self.junction_count
        links = coo_array((np.ones(len(edges.tail)), (edges.tail, edges.head)), (count, count))
        part = connected_components(links, directed=False)[1][edges.tail]
        return np.asarray(np.bincount(part, edges.length_m)[part])

    def attach(
        self, lon: Floats, lat: Floats, snap_m: float = 250.0, stub_m: float = 0.0
    ) -> Attachment:
        """Return where each point (WGS-84 degrees, (n,)) meets its nearest street.

        Points farther than ``snap_m`` metres from every street, and NaN, are not on the network:
        their ``edge`` is -1. See `Attachment`.

        Parameters
        ----------
        stub_m : streets cut off from all others, in parts of fewer metres than this, are passed
            over where another street lies within ``snap_m``: a yard mapped without its gate.
        """
        nearest = attach_points(self.edges, self.plane, self.vertex_xy, lon, lat, snap_m)
        on_stub = nearest.is_on_network & (self.part_m[nearest.edge] < stub_m)
        if not on_stub.any():
            return nearest
        lon, lat = np.asarray(lon)[on_stub], np.asarray(lat)[on_stub]
        usable = self.part_m >= stub_m
        main = attach_points(self.edges, self.plane, self.vertex_xy, lon, lat, snap_m, usable)
        moved = main.is_on_network
        return nearest.replaced(np.flatnonzero(on_stub)[moved], main.take(moved))


def pack_rows(
    rows: NDArray[np.int64], columns: NDArray[np.int64], weights: Floats, count: int
) -> csr_array:
    """Return a square sparse matrix that keeps the least weight of a pair, and zeros."""
    order = np.lexsort((weights, columns, rows))
    rows, columns, weights = rows[order], columns[order], weights[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    indptr = np.r_[0, np.cumsum(np.bincount(rows[first], minlength=count))]
    return csr_array(
        (weights[first], columns[first].astype(np.int32), indptr.astype(np.int32)),
        shape=(count, count),
    )


def take_lines(streets: Streets, chosen: Booleans) -> Streets:
    """Return the chosen lines alone."""
    counts = np.diff(streets.starts)
    vertices = np.repeat(chosen, counts)
    return Streets(
        lon=streets.lon[vertices],
        lat=streets.lat[vertices],
        starts=np.r_[0, np.cumsum(counts[chosen])].astype(np.int64),
        forward=streets.forward[chosen],
        backward=streets.backward[chosen],
        rank=streets.rank[chosen],
        afoot=streets.afoot[chosen],
        storey=streets.storey[vertices],
    )


def _as_streets(edges: Edges) -> Streets:
    return Streets(**{part.name: getattr(edges, part.name) for part in fields(Streets)})
