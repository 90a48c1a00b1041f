"""Lines gathered as they come, packed into arrays."""

from __future__ import annotations

from array import array
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from geomap.roads.barriers import cut_at_barriers, find_stopped
from geomap.roads.rules import CLASSES, rank_class
from geomap.roads.streets import Floats, Integers, Streets

#: By rank, how wide a street is, 0 the widest: a link is as wide as its street.
IMPORTANCE = np.array([rank_class(word.removesuffix("_link")) for word in CLASSES], np.int64)


class LineBuffer:
    """Collects lines for `Streets`; 30 bytes a vertex, so that a province fits.

    ``node_id`` is the file's own number of a vertex, or -1 where it has none.
    """

    def __init__(self) -> None:
        self._lon, self._lat, self._node = array("d"), array("d"), array("q")
        self._starts = array("q", [0])
        self._forward, self._backward, self._rank = bytearray(), bytearray(), bytearray()

    def __len__(self) -> int:
        return len(self._rank)

    def add(
        self,
        lon: list[float],
        lat: list[float],
        node_id: list[int] | None,
        directions: tuple[bool, bool],
        rank: int,
    ) -> None:
        """Take one line; degrees, drawn direction."""
        self._lon.extend(lon)
        self._lat.extend(lat)
        self._node.extend(node_id if node_id is not None else [-1] * len(lon))
        self._starts.append(len(self._lon))
        self._forward.append(directions[0])
        self._backward.append(directions[1])
        self._rank.append(rank)

    def extend(
        self,
        lon: Floats,
        lat: Floats,
        node_id: Integers,
        counts: Integers,
        verdicts: Integers,
    ) -> None:
        """Take many lines: their vertices end to end, how many each has, and for each line a row
        of forward, backward (0 or 1) and rank.
        """
        ends = len(self._lon) + np.cumsum(counts, dtype=np.int64)
        self._starts.frombytes(ends.tobytes())
        for gathered, values, kind in (
            (self._lon, lon, np.float64),
            (self._lat, lat, np.float64),
            (self._node, node_id, np.int64),
        ):
            gathered.frombytes(values.astype(kind, copy=False).tobytes())
        for flags, column in zip((self._forward, self._backward, self._rank), verdicts.T,
                                 strict=True):  # fmt: skip
            flags += column.astype(np.uint8).tobytes()

    def pack(self, barriers: Collection[int] = ()) -> Streets:
        """Return what was collected; lines end before the nodes that are barriers."""
        lon, lat = (np.frombuffer(values, dtype=np.float64) for values in (self._lon, self._lat))
        node_id = np.frombuffer(self._node, dtype=np.int64)
        starts = np.frombuffer(self._starts, dtype=np.int64)
        flags = [_bytes(values) for values in (self._forward, self._backward, self._rank)]
        barrier = np.isin(node_id, np.fromiter(barriers, np.int64, len(barriers)))
        if barrier.any():
            closed = find_stopped(barrier, node_id, IMPORTANCE[flags[2]], starts)
            vertex, line, lon, lat, starts = cut_at_barriers(lon, lat, starts, closed)
            node_id, flags = node_id[vertex], [values[line] for values in flags]
        forward, backward, rank = flags
        return Streets.of(lon, lat, starts, forward.astype(bool), backward.astype(bool), rank,
                          node_id)  # fmt: skip


def _bytes(values: bytearray) -> NDArray[np.uint8]:
    return np.frombuffer(values, dtype=np.uint8)
