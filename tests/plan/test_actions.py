"""Actions by the hour: what counts as covered, and what each thing to do adds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from geomap.hours import week_hours
from geomap.plan import Option, Stock, pose, solve

ALWAYS = np.ones(168, dtype=bool)


def hours(osm: str) -> np.ndarray:
    return week_hours(osm)[0].ravel()


def option(action: str, name: str, places: list[int], open_at: np.ndarray, cost: float = np.nan):
    return Option(action, name, name, 117.0, 36.0, np.array(places, np.int64), open_at, cost)


#: Four places; the one station is reached from the first three and open by day.
WEIGHT = np.array([100.0, 50.0, 10.0, 30.0])
STOCK = Stock(csr_array(np.array([[1, 1, 1, 0]])), hours("Mo-Su 08:00-18:00")[None])


def test_longer_hours_beat_a_building() -> None:
    options = [
        option("new_site", "new", [3], ALWAYS),
        option("longer_hours", "old", [0, 1, 2], ALWAYS),
    ]
    task = pose(WEIGHT, STOCK, options, 1, by_hour=True)
    outcome = solve(task)
    assert task.total == 190 * 168 and task.before == 160 * 70
    assert [step.option.action for step in outcome.steps] == ["longer_hours"]
    assert outcome.steps[0].gain == 160 * 98
    assert outcome.objective == outcome.bound == 160 * 168
    assert [(other.option.id, other.rank) for other in outcome.others] == []
    once = solve(pose(WEIGHT, STOCK, options, 1, by_hour=False))
    assert [step.option.action for step in once.steps] == ["new_site"]
    assert once.objective == 190


def test_each_action_counts_in_its_own_hours() -> None:
    night, noon = hours("Mo-Su 18:00-22:00"), hours("Mo-Fr 11:00-13:00")
    options = [
        option("open_planned", "evening", [0, 3], night),
        option("mobile_visit", "bus", [0, 3], noon),
        option("new_site", "new", [2], ALWAYS),
    ]
    outcome = solve(pose(WEIGHT, STOCK, options, 3, by_hour=True))
    gains = {step.option.id: step.gain for step in outcome.steps}
    assert gains == {"evening": 130 * 28, "new": 10 * 98, "bus": 30 * 10}
    assert outcome.curve[:4] == pytest.approx([11200, 11200 + 3640, 11200 + 4620, 11200 + 4920])


def test_under_a_budget_what_has_no_price_is_left_out_and_said() -> None:
    options = [
        option("new_site", "dear", [3], ALWAYS, 900.0),
        option("new_site", "cheap", [3], ALWAYS, 200.0),
        option("longer_hours", "old", [0, 1, 2], ALWAYS),
    ]
    task = pose(WEIGHT, STOCK, options, 2, by_hour=True, budget=500.0)
    outcome = solve(task)
    assert [step.option.id for step in outcome.steps] == ["cheap"]
    assert task.unpriced == 1


def test_what_would_do_nearly_as_well_is_told() -> None:
    options = [option("new_site", name, [3], ALWAYS) for name in ("one", "two")]
    outcome = solve(pose(WEIGHT, STOCK, options, 1, by_hour=False))
    assert [other.objective for other in outcome.others] == [outcome.objective]
    assert {outcome.steps[0].option.id, outcome.others[0].option.id} == {"one", "two"}


def test_no_option_is_no_plan() -> None:
    outcome = solve(pose(WEIGHT, STOCK, [], 3, by_hour=True))
    assert outcome.steps == () and outcome.objective == 160 * 70
