"""The Lagrangian relaxation: a bound, prices of the units, and which options they rule out."""

from __future__ import annotations

import numpy as np

from geomap.plan.problem import TINY, Floats, Integers, Problem

#: Subgradient steps, and how much of the last one's way is kept: prices that leave most options
#: out; the linear program's are better.
_STEPS, _MOMENTUM = 150, 0.7
#: Steps without a better bound before the stride is halved.
_PATIENCE = 30


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
        if least <= best * (1 + TINY):
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


def keep_options(problem: Problem, prices: Floats, best: float) -> Integers:
    """Return the options that may still be in a choice better than ``best``."""
    score = problem.covers @ prices
    base = float(np.maximum(problem.weight - prices, 0).sum())
    if problem.cost is not None or len(score) <= problem.most:
        return np.arange(len(score))
    ranked = np.sort(score)[::-1]
    rest = base + float(ranked[: problem.most - 1].sum())
    # With the option forced in, the others are at best the first most - 1.
    return np.flatnonzero(rest + score > best * (1 - TINY))
