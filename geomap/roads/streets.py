"""Street lines as read from a file: flat arrays, the same for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

#: OpenStreetMap stores 1e-7 degree (1 cm); two vertices that agree to it are one place.
GRID = 10_000_000


@dataclass(frozen=True, slots=True)
class Streets:
    """Lines of one or several files.

    Attributes
    ----------
    lon, lat : vertices of all lines one after the other, WGS-84 degrees.
    starts : where each line begins in them, with the total at the end (lines + 1).
    forward, backward : may the profile follow the line in, or against, its drawn direction; a
        line with neither is kept for the base map alone.
    rank : index of the highway class in `rules.CLASSES`.
    afoot : may one who pushes walk along the line, either way.
    storey : 0, or 1, 2, … for a further vertex on exactly the same spot that is another node of
        the file: a bridge over a road must not become a crossing.
    """

    lon: Floats
    lat: Floats
    starts: Integers
    forward: Booleans
    backward: Booleans
    rank: NDArray[np.uint8]
    afoot: Booleans
    storey: NDArray[np.uint8]

    @property
    def line_count(self) -> int:
        """Number of lines."""
        return len(self.starts) - 1

    @classmethod
    def of(
        cls,
        lon: Floats,
        lat: Floats,
        starts: Integers,
        forward: Booleans,
        backward: Booleans,
        rank: NDArray[np.uint8],
        node_id: Integers | None = None,
        afoot: Booleans | None = None,
    ) -> Streets:
        """Return streets whose storeys follow from the file's own node ids, where it has any.

        Without ``afoot`` one may walk wherever one may ride.
        """
        storey = np.zeros(len(lon), np.uint8) if node_id is None else _stack(lon, lat, node_id)
        walked = forward | backward if afoot is None else afoot
        return cls(lon, lat, starts, forward, backward, rank, walked, storey)


def _stack(lon: Floats, lat: Floats, node_id: Integers) -> NDArray[np.uint8]:
    """Return 0 for the lowest id on a spot, 1 for the next: the same in overlapping files."""
    key = place_key(lon, lat)
    order = np.lexsort((node_id, key))
    key, ident = key[order], node_id[order]
    new_spot = np.r_[True, key[1:] != key[:-1]]
    new_node = np.r_[True, ident[1:] != ident[:-1]] | new_spot
    del key, ident  # of a province each of these is a hundred megabytes
    number = np.cumsum(new_node, dtype=np.int32)
    storey = np.empty(len(lon), np.uint8)
    number -= np.maximum.accumulate(np.where(new_spot, number, 0))
    storey[order] = np.minimum(number, 255)
    return storey


def place_key(lon: Floats, lat: Floats) -> Integers:
    """Return one integer per vertex, equal where two lie on the same 1e-7 degree."""
    column = np.round(lon * GRID).astype(np.int64) + 180 * GRID
    row = np.round(lat * GRID).astype(np.int64) + 90 * GRID
    return np.asarray((column << 31) | row, dtype=np.int64)


def join_streets(parts: Sequence[Streets]) -> Streets:
    """Return all lines of several files as one; vertices on the same spot will be one junction."""
    if len(parts) == 1:
        return parts[0]
    shifts = np.cumsum([0, *(len(part.lon) for part in parts)])
    starts = [part.starts[:-1] + shift for part, shift in zip(parts, shifts[:-1], strict=True)]
    names = [each.name for each in fields(Streets)]
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    columns["starts"] = np.concatenate([*starts, shifts[-1:]]).astype(np.int64)
    return Streets(**columns)
