"""Points every few metres along the streets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geomap.roads.contract import Edges
from geomap.roads.streets import Floats, Integers


@dataclass(frozen=True, slots=True)
class Samples:
    """Points on streets, sorted by ``y``: plane metres, street number, metres from its tail."""

    x: Floats
    y: Floats
    edge: Integers
    along_m: Floats

    def inside(self, west: float, south: float, east: float, north: float) -> Samples:
        """Return the samples of a box."""
        strip = slice(*np.searchsorted(self.y, [south, north]))
        chosen = (self.x[strip] >= west) & (self.x[strip] <= east)
        return Samples(
            self.x[strip][chosen],
            self.y[strip][chosen],
            self.edge[strip][chosen],
            self.along_m[strip][chosen],
        )


def sample_pieces(
    edges: Edges, vertex_xy: tuple[Floats, Floats], pieces: Integers, step_m: float
) -> Samples:
    """Return points at most ``step_m`` apart on these pieces, the same gaps along each piece.

    Every piece has at least its midpoint, so a street of no length has one too.
    """
    metres = edges.along_m[pieces + 1] - edges.along_m[pieces]
    counts = np.maximum(np.ceil(metres / step_m), 1).astype(np.int64)
    piece = np.repeat(pieces, counts)
    number = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = (number + 0.5) / np.repeat(counts, counts)
    x, y, along_m = (
        values[piece] * (1 - share) + values[piece + 1] * share
        for values in (*vertex_xy, edges.along_m)
    )
    order = np.argsort(y, kind="stable")
    edge = np.searchsorted(edges.starts, piece, side="right") - 1
    return Samples(x[order], y[order], edge[order], along_m[order])
