"""Lines gathered one by one, packed into arrays as they come."""

from __future__ import annotations

from array import array

import numpy as np

from geomap.roads.streets import Streets


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

    def pack(self) -> Streets:
        """Return what was collected."""
        return Streets.of(
            lon=np.frombuffer(self._lon, dtype=np.float64),
            lat=np.frombuffer(self._lat, dtype=np.float64),
            starts=np.frombuffer(self._starts, dtype=np.int64),
            forward=np.frombuffer(self._forward, dtype=np.uint8).astype(bool),
            backward=np.frombuffer(self._backward, dtype=np.uint8).astype(bool),
            rank=np.frombuffer(self._rank, dtype=np.uint8),
            node_id=np.frombuffer(self._node, dtype=np.int64),
        )
