"""Outlines stay valid in degrees, and each block looks at its own cells alone."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon

from geomap.roads.contour import SIMPLIFY_CELLS, to_degrees, trace_values
from geomap.roads.outline import _blocks
from geomap.roads.plane import Plane

PLANE = Plane(117.0, 36.5)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.2, 0.8))
def test_any_outline_stays_valid_and_keeps_its_land(seed: int, share: float) -> None:
    random = np.random.default_rng(seed)
    values = np.full((24, 24), -1.0)
    values[1:-1, 1:-1] = random.choice([1e-4, 0.3, 1.0, -1.0, -0.02], (22, 22))
    values[1:-1, 1:-1][random.random((22, 22)) > share] = -1.0
    outline = trace_values(values)
    area = to_degrees(outline, 0.0, 0.0, 20.0, PLANE)
    assert isinstance(area, MultiPolygon) and shapely.is_valid(area)
    back = shapely.transform(area, lambda xy: np.column_stack(PLANE.to_metres(*xy.T)) / 20.0)
    assert abs(back.area - outline.area) <= SIMPLIFY_CELLS * outline.length + 1e-6


def test_shores_that_touch_are_mended_and_keep_their_land() -> None:
    """Two squares that share a stretch of shore are no valid area until they are one."""
    halves = MultiPolygon([shapely.box(0, 0, 5, 10), shapely.box(5, 2, 10, 8)])
    area = to_degrees(halves, 0.0, 0.0, 20.0, PLANE)
    assert shapely.is_valid(area) and len(area.geoms) == 1
    back = shapely.transform(area, lambda xy: np.column_stack(PLANE.to_metres(*xy.T)) / 20.0)
    assert back.area == pytest.approx(80, abs=1e-3)


@pytest.mark.parametrize("side", [7, 16, 100])
def test_each_cell_is_in_the_blocks_that_touch_it_and_in_no_other(side: int) -> None:
    rows, columns = (each.ravel().astype(np.int32) for each in np.mgrid[3:60, 5:90])
    value = np.arange(len(rows), dtype=np.float32)
    shape = (int(rows.max()) - 2 + 2, int(columns.max()) - 4 + 2)
    blocks = list(_blocks((columns, rows, value), 2, 4, shape, side))
    for row, column, (height, width), (x, y, _) in blocks:
        assert ((y - 2 >= row) & (y - 2 < row + height)).all()
        assert ((x - 4 >= column) & (x - 4 < column + width)).all()
    seen = np.bincount(np.concatenate([part[2].astype(int) for *_, part in blocks]))
    assert seen.min() == 1 and seen.max() <= 4
    assert seen.sum() <= len(value) * (1 + 1 / side) ** 2 * 1.05  # a rim is shared, no more
