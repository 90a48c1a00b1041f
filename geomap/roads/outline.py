"""From reached stretches to the outline of the land they serve."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from geomap.roads.cells import Cells
from geomap.roads.contour import NOTHING, to_degrees, trace_values
from geomap.roads.cuts import Stretches
from geomap.roads.labels import DEEP, CellFile
from geomap.roads.plane import Plane
from geomap.roads.streets import Floats, Integers

#: A cell on the street is served when its foot lies at most half a cell beyond the cut, so that no
#: reached metre is left outside. Near the kerb this would paint beyond it.
_CUT_SLACK = 0.5


def outline_stretches(cells: Cells, stretches: Stretches, plane: Plane) -> MultiPolygon:
    """Return the land served by these stretches: valid, WGS-84 degrees, empty if there are none.

    Land is served when it lies within the kerb and its nearest street (or the carriageway across)
    is reached there; rivers, railways and walled land without streets stay outside.
    """
    if not len(stretches.edge):
        return NOTHING
    picked = _pick(cells.file_for(stretches.edge), stretches, _CUT_SLACK * cells.side_m)
    columns, rows, _ = picked
    if not len(columns):
        return NOTHING
    low, left = int(rows.min()) - 1, int(columns.min()) - 1
    shape = (int(rows.max()) - low + 2, int(columns.max()) - left + 2)
    blocks = [
        _trace_block(part, low + row, left + column, block)
        for row, column, block, part in _blocks(picked, low, left, shape, cells.block_cells)
    ]
    half = cells.side_m / 2
    return to_degrees(_join(blocks), cells.west + half, cells.south + half, cells.side_m, plane)


_Picked = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]


def _pick(file: CellFile, stretches: Stretches, slack_m: float) -> _Picked:
    """Return columns, rows and values of the cells filed under the stretches."""
    edge, cut = stretches.edge, ~stretches.whole
    begin, end = file.starts[edge], file.starts[edge + 1]
    low, high = (file.base_m[edge[cut]] + part[cut] for part in (stretches.low_m, stretches.high_m))
    begin[cut] = np.searchsorted(file.place_m, low - slack_m)
    end[cut] = np.searchsorted(file.place_m, high + slack_m)
    counts = end - begin
    entry = _ranges(begin, counts)
    value = file.value[entry]
    size = counts[cut]
    late = _ranges((np.cumsum(counts) - counts)[cut], size)
    place = file.place_m[entry[late]]
    beyond = (place < np.repeat(low, size)) | (place > np.repeat(high, size))
    value[late[beyond & (value[late] < DEEP)]] = -1.0
    np.minimum(value, np.float32(1.0), out=value)
    return file.column[entry], file.row[entry], value


def _ranges(begin: Integers, counts: Integers) -> Integers:
    """Return begin[0], begin[0] + 1, … counts[0] numbers, then those of the next, …"""
    total = np.cumsum(counts)
    size = int(total[-1]) if len(total) else 0
    numbers = np.repeat(begin - (total - counts), counts)
    numbers += np.arange(size)
    return numbers


def _blocks(
    picked: _Picked, low: int, left: int, shape: tuple[int, int], side: int
) -> Iterator[tuple[int, int, tuple[int, int], _Picked]]:
    """Yield first row, first column, shape and cells of each block; they share a rim of centres."""
    for row in range(0, shape[0] - 1, side):
        height = min(side + 1, shape[0] - row)
        band = _between(picked, 1, low + row, height) if height < shape[0] else picked
        for column in range(0, shape[1] - 1, side):
            width = min(side + 1, shape[1] - column)
            part = _between(band, 0, left + column, width) if width < shape[1] else band
            yield row, column, (height, width), part


def _between(picked: _Picked, axis: int, begin: int, size: int) -> _Picked:
    """Return the cells whose column (axis 0) or row (axis 1) is one of ``size`` from ``begin``."""
    inside = (picked[axis] >= begin) & (picked[axis] < begin + size)
    return picked[0][inside], picked[1][inside], picked[2][inside]


def _trace_block(picked: _Picked, low: int, left: int, shape: tuple[int, int]) -> MultiPolygon:
    """Trace one block; blocks share their rim of centres, so their outlines meet exactly."""
    columns, rows, value = picked
    if not len(value):
        return NOTHING
    values = np.full(shape[0] * shape[1], -1.0)
    _raise_to(values, (rows - low) * shape[1] + columns - left, value)
    return trace_values(values.reshape(shape), left, low)


def _raise_to(values: Floats, place: NDArray[np.int32], value: NDArray[np.float32]) -> None:
    """Raise the values at these places to the largest asked for: a cell may be filed thrice."""
    while len(place):
        values[place] = value
        short = values[place] < value
        place, value = place[short], value[short]


def _join(blocks: list[MultiPolygon]) -> MultiPolygon:
    if len(blocks) == 1:
        return blocks[0]
    joined = shapely.disjoint_subset_union_all(blocks)
    return joined if isinstance(joined, MultiPolygon) else MultiPolygon([joined])
