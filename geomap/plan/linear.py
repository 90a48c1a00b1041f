"""The covering problem as linear and as mixed-integer program of HiGHS."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

from geomap.plan.problem import Floats, Integers, Problem, merge_units


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


def solve_exactly(
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
    return (chosen if problem.fits(chosen) else None), bound
