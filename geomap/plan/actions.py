"""What can be done, hour by hour: options of a plan as a covering problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geomap.plan.problem import Booleans, Floats, Integers, Problem

WEEK_HOURS = 168
#: When a mobile station stands at a place: over noon, when riders rest, on working days.
MOBILE_HOURS = "Mo-Fr 11:00-13:00"
ACTIONS = ("new_site", "longer_hours", "open_planned", "mobile_visit")


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One thing that can be done.

    Attributes
    ----------
    action : one of :data:`ACTIONS`.
    id, name, lon, lat : of the place; degrees, WGS-84.
    places : numbers of the demand places that reach it.
    hours : hours of the week in which it is open then, (168,).
    cost : yuan; NaN where nobody said.
    """

    action: str
    id: str
    name: str
    lon: float
    lat: float
    places: Integers
    hours: Booleans
    cost: float = np.nan


@dataclass(frozen=True, slots=True, eq=False)
class Stock:
    """What is there today.

    Attributes
    ----------
    reach : (stations, places), 1 where a certain station is reached from a place.
    hours : (stations, 168), in which hours each is known to be open.
    """

    reach: csr_array
    hours: Booleans


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A covering problem with what its numbers stand for.

    ``total`` and ``before`` are the weight of all demand and what is covered today; ``unpriced``
    is how many options a budget left out, because nobody said what they cost.
    """

    problem: Problem
    options: tuple[Option, ...]
    total: float
    before: float
    unpriced: int = 0


def pose(
    weight: Floats,
    stock: Stock,
    options: Sequence[Option],
    most: int,
    *,
    by_hour: bool,
    budget: float | None = None,
) -> Task:
    """Return the problem of these options.

    Parameters
    ----------
    weight : of each place.
    by_hour : whether hours count: a place is covered in the hours in which a station that it
        reaches is open, and weights are people-hours of a week; else once for all.
    budget : yuan; options of unknown cost are left out then.
    """
    offered = options
    if budget is not None:
        options = [option for option in offered if not np.isnan(option.cost)]
    covered = _cover_hours(stock, len(weight)) if by_hour else _cover_once(stock, len(weight))
    patterns = [option.hours if by_hour else np.ones(1, bool) for option in options]
    units = _share_hours(patterns, covered, weight)
    problem = Problem(
        units.weight,
        _cover_units(options, patterns, units),
        most,
        None if budget is None else np.array([option.cost for option in options]),
        np.inf if budget is None else budget,
    )
    total = float(weight.sum()) * covered.shape[1]
    before = float(weight @ covered.sum(axis=1))
    return Task(problem, tuple(options), total, before, len(offered) - len(options))


def _cover_once(stock: Stock, places: int) -> Booleans:
    reached = np.zeros((places, 1), dtype=bool)
    reached[stock.reach.indices] = True
    return reached


def _cover_hours(stock: Stock, places: int) -> Booleans:
    """Return in which hours some station is open that is reached from each place."""
    covered = np.zeros((places, WEEK_HOURS), dtype=bool)
    patterns, member = np.unique(stock.hours, axis=0, return_inverse=True)
    for number, hours in enumerate(patterns):
        rows = stock.reach[np.flatnonzero(member.ravel() == number)]
        covered[np.ix_(np.unique(rows.indices), hours)] = True
    return covered


@dataclass(frozen=True, slots=True, eq=False)
class _Units:
    """Places in hours that all options see alike: ``place``, ``kind`` of hours, ``weight``."""

    place: Integers
    kind: Integers
    weight: Floats
    kinds: NDArray[np.bool_]


def _share_hours(patterns: Sequence[Booleans], covered: Booleans, weight: Floats) -> _Units:
    """Return what is open of each place, hours in which the same options are open as one.

    ``kinds`` (kinds, patterns) says which options are open in each kind of hours.
    """
    width = covered.shape[1]
    table = np.array(patterns, dtype=bool).reshape(-1, width)
    kinds, member = np.unique(table.T, axis=0, return_inverse=True)
    hours = np.zeros((width, len(kinds)))
    hours[np.arange(width), member.ravel()] = 1.0
    left = (~covered).astype(np.float64) @ hours * weight[:, None]
    left[:, ~kinds.any(axis=1)] = 0.0
    place, kind = np.nonzero(left)
    return _Units(place, kind, left[place, kind], kinds)


def _cover_units(
    options: Sequence[Option], patterns: Sequence[Booleans], units: _Units
) -> csr_array:
    """Return (options, units), 1 where an option is open and reached."""
    number = np.full((int(units.place.max(initial=-1)) + 1, len(units.kinds)), -1, dtype=np.int64)
    number[units.place, units.kind] = np.arange(len(units.place))
    rows, columns = [], []
    for place, option in enumerate(options):
        near = option.places[option.places < len(number)]
        unit = number[np.ix_(near, np.flatnonzero(units.kinds[:, place]))].ravel()
        columns.append(unit[unit >= 0])
        rows.append(np.full(len(columns[-1]), place))
    shape = (len(options), len(units.weight))
    if not rows:
        return csr_array(shape)
    row, column = np.concatenate(rows), np.concatenate(columns)
    return csr_array((np.ones(len(row)), (row, column)), shape=shape)
