"""The maximal covering problem: what can be chosen, what it covers, what it may cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

#: Options, units or values equal to this share are equal.
TINY = 1e-9


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
        return len(chosen) <= self.most and self.price(chosen) <= self.budget * (1 + TINY)

    def price(self, chosen: Integers) -> float:
        """Return the yuan of the chosen options, 0 where nobody said."""
        return 0.0 if self.cost is None else float(self.cost[chosen].sum())


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
