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
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

#: Subgradient steps, and how much of the last one's way is kept: prices that leave most options
#: out; the linear program's are better.
_STEPS, _MOMENTUM = 150, 0.7
#: Steps without a better bound before the stride is halved.
_PATIENCE = 30
#: Options looked at exactly where no linear program says which.
_KERNEL = 100
#: Options or units equal to this share are equal.
_TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What can be chosen, and what it covers.

    Attributes
    ----------
    weight : of each unit (people, or people-hours of a week), (units,), above 0.
    covers : (options, units), 1 where an option covers a unit.
    most : how many options may be chosen.
    cost : yuan of each option, (options,); None where no budget binds.
    budget : yuan.
    """

    weight: Floats
    covers: csr_array
    most: int
    cost: Floats | None = None
    budget: float = np.inf

    def value(self, chosen: Integers) -> float:
        """Return the weight that the chosen options cover."""
        return float(self.weight[self.count(chosen) > 0].sum())

    def count(self, chosen: Integers) -> Integers:
        """Return by how many of the chosen options each unit is covered."""
        return np.bincount(self.covers[chosen].indices, minlength=len(self.weight))

    def fits(self, chosen: Integers) -> bool:
        """Whether so many may be chosen and paid."""
        return len(chosen) <= self.most and self.price(chosen) <= self.budget * (1 + _TINY)

    def price(self, chosen: Integers) -> float:
        """Return the yuan of the chosen options, 0 where nobody said."""
        return 0.0 if self.cost is None else float(self.cost[chosen].sum())


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
    free = _keep(problem, prices, problem.value(chosen))
    if _is_open(problem, chosen, bound):
        linear = solve_linear(problem, free, (end - monotonic()) / 2)
        if linear is None:
            kernel = free[np.argsort(-(problem.covers[free] @ prices), kind="stable")[:_KERNEL]]
        else:
            # An option left out cannot lead above what was found before.
            bound = min(bound, max(linear.bound, problem.value(chosen)))
            kernel, prices = linear.support, linear.prices
        chosen, _ = _better(problem, chosen, kernel, (end - monotonic()) / 2)
        free = free[np.isin(free, _keep(problem, prices, problem.value(chosen)))]
    if _is_open(problem, chosen, bound):
        chosen, limit = _better(problem, chosen, free, end - monotonic())
        bound = min(bound, max(limit, problem.value(chosen)))
    best = problem.value(chosen)
    return Choice(order(problem, chosen), best, max(bound, best))


def _is_open(problem: Problem, chosen: Integers, bound: float) -> bool:
    return bound > problem.value(chosen) * (1 + _TINY)


def _better(
    problem: Problem, chosen: Integers, free: Integers, seconds: float
) -> tuple[Integers, float]:
    """Return the better of what was chosen and the best of these options, and the bound of them."""
    other, limit = _solve_exactly(problem, free, max(seconds, 1.0))
    if other is not None:
        chosen = max(chosen, improve(problem, other), key=problem.value)
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
        if gain <= _TINY * problem.weight.sum():
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


def relax(problem: Problem, best: float) -> tuple[float, Floats]:
    """Return the least Lagrangian bound found, and the units' prices that give it."""
    weight, covers = problem.weight, problem.covers
    prices = weight / np.maximum(np.bincount(covers.indices, minlength=len(weight)), 1)
    least, kept, stride, waited, way = np.inf, prices, 1.0, 0, np.zeros(len(weight))
    for _ in range(_STEPS):
        share, top = _pick(problem, covers @ prices)
        bound = float(np.maximum(weight - prices, 0).sum() + top)
        waited += 1
        if bound < least * (1 - 1e-6):
            least, kept, waited = bound, prices, 0
        if least <= best * (1 + _TINY):
            break
        if waited >= _PATIENCE:
            stride, waited, prices = stride / 2, 0, kept
            continue
        slope = _supply(problem, share) - (weight > prices)
        slope[((prices <= 0) & (slope > 0)) | ((prices >= weight) & (slope < 0))] = 0.0
        way = slope + _MOMENTUM * way
        if not way.any():
            break
        prices = np.clip(prices - stride * (bound - best) / (way @ way) * way, 0.0, weight)
    return least, kept


def _supply(problem: Problem, share: Floats) -> Floats:
    """Return how much the options, each in its share, cover of every unit."""
    picked = np.flatnonzero(share)
    rows = problem.covers[picked]
    parts = np.repeat(share[picked], np.diff(rows.indptr))
    sums = np.bincount(rows.indices, weights=parts, minlength=len(problem.weight))
    return sums.astype(np.float64)


def _pick(problem: Problem, score: Floats) -> tuple[Floats, float]:
    """Return the share of each option in the best choice at these scores, and its sum.

    Under a budget the last option is taken in part, which is no less than any whole choice.
    """
    share = np.zeros(len(score))
    if problem.cost is None:
        top = np.argpartition(-score, min(problem.most, len(score)) - 1)[: problem.most]
        share[top] = 1.0
        return share, float(np.maximum(score[top], 0).sum())
    ranked = np.argsort(-score / np.maximum(problem.cost, 1e-6), kind="stable")
    price = problem.cost[ranked]
    left = np.maximum(problem.budget - (np.cumsum(price) - price), 0)
    part = np.minimum(np.divide(left, price, out=np.ones(len(price)), where=price > 0), 1.0)
    share[ranked] = part
    paid = float(share @ score)
    return share, min(paid, float(np.sort(score)[-problem.most :].sum()))


def _keep(problem: Problem, prices: Floats, best: float) -> Integers:
    """Return the options that may still be in a choice better than ``best``."""
    score = problem.covers @ prices
    base = float(np.maximum(problem.weight - prices, 0).sum())
    if problem.cost is not None or len(score) <= problem.most:
        return np.arange(len(score))
    ranked = np.sort(score)[::-1]
    rest = base + float(ranked[: problem.most - 1].sum())
    # With the option forced in, the others are at best the first most - 1.
    return np.flatnonzero(rest + score > best * (1 - _TINY))


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """The linear program solved: its bound, the options it uses, the units' prices."""

    bound: float
    support: Integers
    prices: Floats


def solve_linear(problem: Problem, free: Integers, seconds: float) -> Linear | None:
    """Return the linear program of these options; None where the time limit ended it."""
    covers, weight, member = merge_units(problem.covers[free], problem.weight)
    options = len(free)
    matrix, limit = _constraints(problem, free, covers)
    found = linprog(
        np.r_[np.zeros(options), -weight / weight.sum()], A_ub=matrix, b_ub=limit, bounds=(0, 1),
        method="highs-ipm", options={"time_limit": max(seconds, 1.0)},
    )  # fmt: skip
    if found.status != 0:
        return None
    merged = np.append(-found.ineqlin.marginals[: len(weight)] * weight.sum(), 0.0)
    size = np.append(weight, 1.0)
    prices = merged[member] / size[member] * problem.weight
    support = free[np.flatnonzero(found.x[:options] > 1e-6)]
    return Linear(-found.fun * weight.sum(), support, np.clip(prices, 0.0, problem.weight))


def _constraints(problem: Problem, free: Integers, covers: csr_array) -> tuple[csc_array, Floats]:
    """Return rows and limits: a unit counts when covered, so many options, so many yuan."""
    options, units = covers.shape
    rows = [np.r_[np.ones(options), np.zeros(units)]]
    limit = [float(problem.most)]
    if problem.cost is not None:
        rows.append(np.r_[problem.cost[free], np.zeros(units)])
        limit.append(problem.budget)
    block = hstack([-covers.T, eye_array(units)])
    return csc_array(vstack([block, csr_array(np.array(rows))])), np.r_[np.zeros(units), limit]


def _solve_exactly(
    problem: Problem, free: Integers, seconds: float
) -> tuple[Integers | None, float]:
    """Return the best choice among these options, and its proven bound; None where none came."""
    covers, weight, _ = merge_units(problem.covers[free], problem.weight)
    options, units = covers.shape
    matrix, limit = _constraints(problem, free, covers)
    found = milp(
        np.r_[np.zeros(options), -weight / weight.sum()],
        integrality=np.r_[np.ones(options), np.zeros(units)],
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, limit),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    bound = np.inf if found.mip_dual_bound is None else -found.mip_dual_bound * weight.sum()
    if found.x is None:
        return None, bound
    chosen = free[np.flatnonzero(found.x[:options] > 0.5)]
    return (grow(problem, chosen) if problem.fits(chosen) else None), bound


def merge_units(covers: csr_array, weight: Floats) -> tuple[csr_array, Floats, Integers]:
    """Return the units that any option covers, those of the same options as one.

    Returns
    -------
    covers (options, merged), weight (merged,), and of each unit its merged one, -1 for those that
    no option covers.
    """
    marks = np.random.default_rng(7).integers(1, 2**62, covers.shape[0], dtype=np.int64)
    across = csc_array(covers)
    sums = np.add.reduceat(np.append(marks[across.indices], 0), across.indptr[:-1])
    size = np.diff(across.indptr)
    _, first, member = np.unique(
        np.where(size > 0, sums, 0), return_index=True, return_inverse=True
    )
    is_covered = size[first] > 0
    number = np.where(is_covered, np.cumsum(is_covered) - 1, -1)
    merged = np.bincount(member, weights=weight)[is_covered]
    return csr_array(across[:, first[is_covered]]), merged, number[member]


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
