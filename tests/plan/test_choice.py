"""The best choice: equal to trying all, with a bound that holds."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from scipy.sparse import csr_array

from geomap.plan.choice import choose, grow, improve
from geomap.plan.linear import solve_linear
from geomap.plan.problem import Problem, merge_units
from geomap.plan.relaxation import relax


def make_problem(seed: int, *, paid: bool = False) -> Problem:
    random = np.random.default_rng(seed)
    options, units = int(random.integers(3, 12)), int(random.integers(1, 40))
    covers = random.random((options, units)) < random.uniform(0.05, 0.5)
    weight = random.integers(1, 9, units).astype(float)
    cost = random.integers(1, 9, options).astype(float) if paid else None
    most = int(random.integers(1, 5))
    budget = float(random.integers(2, 20)) if paid else np.inf
    return Problem(weight, csr_array(covers.astype(float)), most, cost, budget)


def try_all(problem: Problem) -> float:
    options = range(problem.covers.shape[0])
    every = chain.from_iterable(combinations(options, n) for n in range(problem.most + 1))
    chosen = (np.array(each, dtype=np.int64) for each in every)
    return max(problem.value(each) for each in chosen if problem.fits(each))


@pytest.mark.parametrize("paid", [False, True])
def test_the_choice_is_that_of_trying_all(paid: bool) -> None:
    for seed in range(100):
        problem = make_problem(seed, paid=paid)
        choice = choose(problem)
        assert problem.fits(choice.chosen)
        assert choice.value == problem.value(choice.chosen) == pytest.approx(try_all(problem))
        assert choice.bound == pytest.approx(choice.value)
        assert len(set(choice.chosen.tolist())) == len(choice.chosen)


def test_every_bound_holds_and_the_greedy_start_is_no_better() -> None:
    for seed in range(60):
        problem = make_problem(seed, paid=bool(seed % 2))
        best = try_all(problem)
        start = grow(problem)
        assert problem.value(start) <= problem.value(improve(problem, start)) <= best + 1e-9
        assert relax(problem, problem.value(start))[0] >= best - 1e-6
        linear = solve_linear(problem, np.arange(problem.covers.shape[0]), 10.0)
        assert linear is not None and linear.bound >= best - 1e-6


def make_town(random: np.random.Generator, options: int, units: int) -> Problem:
    places = random.normal(0, 6, (units, 2))
    sites = places[random.choice(units, options, replace=False)]
    away = np.hypot(*(sites[:, None] - places[None]).transpose(2, 0, 1))
    weight = random.integers(1, 50, units).astype(float)
    return Problem(weight, csr_array((away < 2.5).astype(float)), 6)


def test_without_time_the_best_so_far_stands_and_the_bound_is_told() -> None:
    problem = make_town(np.random.default_rng(3), 150, 900)
    hurried, patient = choose(problem, seconds=0.0), choose(problem)
    assert hurried.value <= patient.value <= patient.bound <= hurried.bound + 1e-6
    assert patient.gap == 0.0
    assert hurried.gap == pytest.approx((hurried.bound - hurried.value) / hurried.bound)


def test_units_of_the_same_options_are_one() -> None:
    covers = csr_array(np.array([[1, 1, 0, 0, 1], [0, 0, 1, 0, 0]], dtype=float))
    merged, weight, member = merge_units(covers, np.array([1.0, 2, 4, 8, 16]))
    assert sorted(weight) == [4.0, 19.0]
    assert member[3] == -1 and member[0] == member[1] == member[4]
    assert np.array_equal(merged.toarray()[:, member[2]], [0, 1])


def test_chosen_options_come_in_the_order_of_what_they_add() -> None:
    problem = make_town(np.random.default_rng(5), 40, 300)
    chosen = choose(problem).chosen
    values = [problem.value(chosen[:n]) for n in range(len(chosen) + 1)]
    assert (np.diff(np.diff(values)) <= 1e-9).all()


def test_nothing_to_choose_from() -> None:
    problem = Problem(np.array([3.0]), csr_array((2, 1)), 2)
    assert choose(problem).value == 0 and choose(problem).bound == 0
