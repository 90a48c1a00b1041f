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
        self._afoot = bytearray()

    def __len__(self) -> int:
        return len(self._rank)

    def add(
        self,
        lon: list[float],
        lat: list[float],
        node_id: list[int] | None,
        rights: tuple[bool, bool, bool],
        rank: int,
    ) -> None:
        """Take one line; degrees, drawn direction."""
        self._lon.extend(lon)
        self._lat.extend(lat)
        self._node.extend(node_id if node_id is not None else [-1] * len(lon))
        self._starts.append(len(self._lon))
        self._forward.append(rights[0])
        self._backward.append(rights[1])
        self._afoot.append(rights[2])
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
        of forward, backward, afoot (0 or 1) and rank.
        """
        ends = len(self._lon) + np.cumsum(counts, dtype=np.int64)
        self._starts.frombytes(ends.tobytes())
        for gathered, values, kind in (
            (self._lon, lon, np.float64),
            (self._lat, lat, np.float64),
            (self._node, node_id, np.int64),
        ):
            gathered.frombytes(values.astype(kind, copy=False).tobytes())
        for flags, column in zip(self._flags(), verdicts.T, strict=True):
            flags += column.astype(np.uint8).tobytes()

    def pack(self, barriers: Collection[int] = ()) -> Streets:
        """Return what was collected; lines end before the nodes that are barriers."""
        lon, lat = (np.frombuffer(values, dtype=np.float64) for values in (self._lon, self._lat))
        node_id = np.frombuffer(self._node, dtype=np.int64)
        starts = np.frombuffer(self._starts, dtype=np.int64)
        flags = [_bytes(values) for values in self._flags()]
        barrier = np.isin(node_id, np.fromiter(barriers, np.int64, len(barriers)))
        if barrier.any():
            walked = np.repeat(_is_only_walked(*flags[:3]), np.diff(starts))
            closed = barrier & walked
            closed |= find_stopped(barrier & ~walked, node_id, IMPORTANCE[flags[3]], starts)
            vertex, line, lon, lat, starts = cut_at_barriers(lon, lat, starts, closed)
            node_id, flags = node_id[vertex], [values[line] for values in flags]
        forward, backward, afoot = (values.astype(bool) for values in flags[:3])
        return Streets.of(lon, lat, starts, forward, backward, flags[3], node_id, afoot)

    def _flags(self) -> tuple[bytearray, ...]:
        return self._forward, self._backward, self._afoot, self._rank


def _bytes(values: bytearray) -> NDArray[np.uint8]:
    return np.frombuffer(values, dtype=np.uint8)


def _is_only_walked(
    forward: NDArray[np.uint8], backward: NDArray[np.uint8], afoot: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Whether a line is a footway: no street passes by a gate because a footway leads through."""
    return np.asarray((afoot == 1) & (forward == 0) & (backward == 0))
