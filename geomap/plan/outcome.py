"""The answer to a task: actions with what each adds, what else would do, and the curve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from geomap.plan.actions import Option, Task
from geomap.plan.choice import Choice, best_exchanges, choose, grow, improve
from geomap.plan.problem import Integers, Problem, merge_units

#: The curve shows what 0 … so many actions cover.
_CURVE = 10
#: What else would do is told when it loses at most this share of what the actions add.
_NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the plan and the weight it adds to those before it."""

    option: Option
    gain: float


@dataclass(frozen=True, slots=True)
class Other:
    """Another option instead of the step of this rank (from 1), and what the whole then covers."""

    rank: int
    option: Option
    objective: float


@dataclass(frozen=True, slots=True)
class Parts:
    """Open demand in parts that the same options cover: what any of them do together.

    Attributes
    ----------
    weight : of each part.
    of : the parts of each option: the steps', then the others'.
    """

    weight: tuple[float, ...] = ()
    of: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan. Weights are of all that is covered, today's included.

    Attributes
    ----------
    objective, bound, gap : covered after the actions; no plan covers more than the bound; how far
        the two are apart as a share of the bound.
    curve : the best found for 0, 1, 2 … actions.
    parts : what the steps and the others add to today, so that any of them can be left out.
    """

    steps: tuple[Step, ...]
    others: tuple[Other, ...]
    objective: float
    bound: float
    gap: float
    curve: tuple[float, ...]
    parts: Parts = Parts()


def solve(task: Task, *, seconds: float = 50.0) -> Outcome:
    """Return the best plan of the task; exact unless the time limit ended the search."""
    problem = task.problem
    if not problem.covers.nnz:
        return Outcome((), (), task.before, task.before, 0.0, (task.before,))
    choice = choose(problem, seconds=seconds)
    objective, bound = task.before + choice.value, task.before + choice.bound
    others = _others(task, choice)
    listed = [*choice.chosen, *(number for number, _ in others)]
    return Outcome(
        tuple(_steps(task, choice)),
        tuple(other for _, other in others),
        objective,
        bound,
        (bound - objective) / bound if bound > 0 else 0.0,
        tuple(task.before + value for value in _draw_curve(problem, choice)),
        _part(problem, np.array(listed, dtype=np.int64)),
    )


def _part(problem: Problem, listed: Integers) -> Parts:
    covers, weight, _ = merge_units(problem.covers[listed], problem.weight)
    of = (covers.indices[begin:end].tolist() for begin, end in pairwise(covers.indptr))
    return Parts(tuple(weight.tolist()), tuple(tuple(sorted(own)) for own in of))


def _steps(task: Task, choice: Choice) -> list[Step]:
    values = [task.problem.value(choice.chosen[:n]) for n in range(len(choice.chosen) + 1)]
    return [
        Step(task.options[option], after - before)
        for option, (before, after) in zip(choice.chosen, pairwise(values), strict=True)
    ]


def _others(task: Task, choice: Choice) -> list[tuple[int, Other]]:
    """Return number and facts of what would do nearly as well, the best first."""
    found = best_exchanges(task.problem, choice.chosen) if len(choice.chosen) else []
    others = [
        (option, Other(place + 1, task.options[option], task.before + choice.value + gain))
        for gain, place, option in found
        if np.isfinite(gain) and -gain <= _NEAR * choice.value
    ]
    return sorted(others, key=lambda other: (-other[1].objective, other[1].rank))


def _draw_curve(problem: Problem, choice: Choice) -> list[float]:
    values = [0.0]
    for most in range(1, max(_CURVE, problem.most) + 1):
        smaller = replace(problem, most=most)
        if most == problem.most:
            value = choice.value
        else:
            value = problem.value(improve(smaller, grow(smaller)))
        if most < problem.most:
            value = min(value, choice.value)
        values.append(max(value, values[-1]))
    return values[: max(_CURVE, problem.most) + 1]
