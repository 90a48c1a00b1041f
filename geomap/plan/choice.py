"""The maximal covering location problem: which K options cover the most.

Church and ReVelle's MCLP (1974) with a budget beside the number. Found in four steps;
the bound is proven at each of them:

1. *greedy*, then exchanges of one chosen option for another while that gains;
2. *Lagrangian relaxation* of "a unit counts only if a chosen option covers it": subgradient
   steps, one product of matrix and vector each; an option that would push the bound below what
   is found already cannot be chosen and is left out;
3. *the linear program* by HiGHS' interior point method: a bound that is seldom 0.5 % off, and
   a few dozen options of which the best choice is nearly always made: solved exactly;
4. *exact*: the options that are still left as a mixed-integer program by HiGHS.

Units that the same options cover are one. A time limit keeps the best and the bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import numpy as np

from geomap.plan.linear import solve_exactly, solve_linear
from geomap.plan.problem import TINY, Integers, Problem
from geomap.plan.relaxation import keep_options, relax

#: Options looked at exactly where no linear program says which.
_KERNEL = 100


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Options chosen in the order of their gains, what they cover, and what none exceeds."""

    chosen: Integers
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """Return how far, as a share of the bound, a better choice could be at most."""
        return max(0.0, self.bound - self.value) / self.bound if self.bound > 0 else 0.0


def choose(problem: Problem, *, seconds: float = 50.0) -> Choice:
    """Return the best choice found, and the bound; exact unless the time limit ended the search.

    Parameters
    ----------
    seconds : of the whole search, about.
    """
    end = monotonic() + seconds
    chosen = improve(problem, grow(problem))
    bound, prices = relax(problem, problem.value(chosen))
    free = keep_options(problem, prices, problem.value(chosen))
    if _is_open(problem, chosen, bound):
        linear = solve_linear(problem, free, (end - monotonic()) / 2)
        if linear is None:
            kernel = free[np.argsort(-(problem.covers[free] @ prices), kind="stable")[:_KERNEL]]
        else:
            # An option left out cannot lead above what was found before.
            bound = min(bound, max(linear.bound, problem.value(chosen)))
            kernel, prices = linear.support, linear.prices
        chosen, _ = _better(problem, chosen, kernel, (end - monotonic()) / 2)
        free = free[np.isin(free, keep_options(problem, prices, problem.value(chosen)))]
    if _is_open(problem, chosen, bound):
        chosen, limit = _better(problem, chosen, free, end - monotonic())
        bound = min(bound, max(limit, problem.value(chosen)))
    best = problem.value(chosen)
    return Choice(order(problem, chosen), best, max(bound, best))


def _is_open(problem: Problem, chosen: Integers, bound: float) -> bool:
    return bound > problem.value(chosen) * (1 + TINY)


def _better(
    problem: Problem, chosen: Integers, free: Integers, seconds: float
) -> tuple[Integers, float]:
    """Return the better of what was chosen and the best of these options, and the bound of them."""
    other, limit = solve_exactly(problem, free, max(seconds, 1.0))
    if other is not None:
        chosen = max(chosen, improve(problem, grow(problem, other)), key=problem.value)
    return chosen, limit


def grow(problem: Problem, start: Integers | None = None) -> Integers:
    """Return a choice made one by one: the most gain, under a budget the most for a yuan.

    Under a budget the most gain first is tried as well, and the better choice counts.
    """
    begin = np.empty(0, np.int64) if start is None else start
    tries = [_grow(problem, begin, by_cost=False)]
    if problem.cost is not None:
        tries.append(_grow(problem, begin, by_cost=True))
    return max(tries, key=problem.value)


def _grow(problem: Problem, start: Integers, *, by_cost: bool) -> Integers:
    chosen = list(start)
    open_weight = np.where(problem.count(start) > 0, 0.0, problem.weight)
    while len(chosen) < problem.most:
        gain = problem.covers @ open_weight
        gain[chosen] = 0.0
        score = gain
        if problem.cost is not None:
            gain[problem.cost + problem.price(np.array(chosen, np.int64)) > problem.budget] = 0.0
            score = gain / np.maximum(problem.cost, 1.0) if by_cost else gain
        option = int(np.argmax(score))
        if gain[option] <= 0:
            break
        chosen.append(option)
        open_weight[problem.covers[[option]].indices] = 0.0
    return np.array(chosen, dtype=np.int64)


def improve(problem: Problem, chosen: Integers) -> Integers:
    """Return the choice after every exchange of one option for another that gains."""
    while len(chosen):
        exchange = best_exchanges(problem, chosen)
        gain, place, option = max(exchange, key=lambda each: each[0])
        if gain <= TINY * problem.weight.sum():
            break
        chosen = np.delete(chosen, place)
        chosen = grow(problem, np.append(chosen, option))
    return chosen


def best_exchanges(problem: Problem, chosen: Integers) -> list[tuple[float, int, int]]:
    """Return for each chosen option (its place) the best other one, and what that gains."""
    count = problem.count(chosen)
    open_weight = np.where(count == 0, problem.weight, 0.0)
    found = []
    for place, option in enumerate(chosen):
        own = problem.covers[[option]].indices
        alone = own[count[own] == 1]
        exposed = open_weight.copy()
        exposed[alone] = problem.weight[alone]
        gain = problem.covers @ exposed - problem.weight[alone].sum()
        gain[chosen] = -np.inf
        if problem.cost is not None:
            rest = problem.price(np.delete(chosen, place))
            gain[problem.cost + rest > problem.budget] = -np.inf
        best = int(np.argmax(gain))
        found.append((float(gain[best]), place, best))
    return found


def order(problem: Problem, chosen: Integers) -> Integers:
    """Return the chosen options in the order of what each adds to those before it."""
    left, ranked = list(chosen), []
    open_weight = problem.weight.copy()
    while left:
        gain = problem.covers[left] @ open_weight
        option = left.pop(int(np.argmax(gain)))
        ranked.append(option)
        open_weight[problem.covers[[option]].indices] = 0.0
    return np.array(ranked, dtype=np.int64)
