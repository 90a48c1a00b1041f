"""How far one station travels through the program, as the picture in README shows it."""

from __future__ import annotations

import pytest

from tests.benchmarks.station_way import NAME, draw, holds, watch_build


@pytest.mark.slow
def test_a_station_passes_few_files():
    way = watch_build()
    assert {"stations/ledger.py", "pipeline/build.py", "pages/rider.py"} <= set(way)
    assert len(way) <= 35
    assert all(f">{file.rpartition('/')[2]}" in draw(way) for file in way)


def test_only_what_contains_the_name_is_on_the_way():
    assert holds({"rows": [(1, NAME + "一号")]})
    assert not holds({"rows": [(1, NAME[1:])]})
