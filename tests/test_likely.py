"""The interval of a share holds the truth, wherever the stations really stand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from geomap.coverage import cover
from tests.test_coverage import KILOMETRE, SQUARES, make_stations

DOTS = np.arange(-5000, 5000, 100.0) + 50
LAYOUTS = {
    "a town's three at one point": [(0, 0, 3000.0)] * 3,
    "twelve of many sorts": [
        (900.0 * (n % 4) * (-1) ** n, 1100.0 * (n // 4) - 1500, 300.0 + 220 * n) for n in range(12)
    ],
    "exact ones and a doubtful one": [(-2500, 2500, 30.0), (2500, -2500, 30.0), (0, 0, 2500.0)],
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_nine_of_ten_placements_lie_in_half_the_width_of_all_or_none(name: str) -> None:
    """1,000 maps on which every station was put at random within its uncertainty."""
    layout = LAYOUTS[name]
    rows = [{"east": x, "north": y, "uncertainty_m": u} for x, y, u in layout]
    shares = cover(make_stations(*rows), SQUARES, [KILOMETRE]).shares.loc["110101"]
    none, all_, low, high = (
        shares[f"{KILOMETRE.id}_{end}"]
        for end in ("share_low", "share_high", "likely_low", "likely_high")
    )
    chance, (x, y) = np.random.default_rng(77), np.meshgrid(DOTS, DOTS)
    held = 0
    for _ in range(1000):
        reached = np.zeros(x.shape, dtype=bool)
        for east, north, u in layout:
            far, turn = u * chance.random() ** 0.5, 2 * math.pi * chance.random()
            away = np.hypot(x - east - far * math.cos(turn), y - north - far * math.sin(turn))
            reached |= away <= 1000
        held += bool(low <= reached.mean() <= high)
    assert held >= 900
    assert high - low <= (all_ - none) / 2
    assert none <= low <= shares[f"{KILOMETRE.id}_share"] <= high <= all_


def test_exact_places_leave_nothing_between() -> None:
    shares = cover(make_stations({"east": 500.0}), SQUARES, [KILOMETRE]).shares.loc["110101"]
    assert shares[f"{KILOMETRE.id}_likely_low"] == shares[f"{KILOMETRE.id}_likely_high"]
