"""Tables as columns: texts as they are, numbers as steps, words that repeat as codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geomap.wire.letters import Integers, encode_runs, fold_sign

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coded:
    """The distinct values of a column, and which of them each row has."""

    values: list[Any]
    index: NDArray[np.integer[Any]]

    def take(self, rows: NDArray[np.integer[Any]]) -> Coded:
        """Return the column of ``rows`` alone; some of the values may then be nobody's."""
        return Coded(self.values, self.index[rows])


def code(values: Iterable[Any]) -> Coded:
    """Return a column's values coded; None comes first, the others in their order."""
    column = list(values)
    known = set(column) - {None}
    distinct = [*([None] if None in column else []), *sorted(known)]
    numbers = {value: number for number, value in enumerate(distinct)}
    return Coded(distinct, np.fromiter(map(numbers.__getitem__, column), np.int64, len(column)))


def encode_steps(values: ArrayLike) -> str:
    """Return whole numbers as letters: 0 where none is known (NaN), else 1 + the folded step.

    A step is the difference to the last number that is known, at first to 0.
    """
    numbers = np.asarray(values, dtype=np.float64)
    return _encode_steps(numbers, np.array([0, len(numbers)]))[0]


def _encode_steps(values: ArrayLike, starts: Integers) -> list[str]:
    """Return :func:`encode_steps` of each run."""
    numbers = np.asarray(values, dtype=np.float64)
    known = np.flatnonzero(np.isfinite(numbers))
    whole: Integers = numbers[known].astype(np.int64)
    last = np.r_[0, whole[:-1]][: len(whole)]
    first = np.searchsorted(known, starts[:-1])
    last[first[first < len(whole)]] = 0
    written = np.zeros(len(numbers), dtype=np.int64)
    written[known] = 1 + fold_sign(whole - last)
    return encode_runs(written, starts)


def encode_table(
    count: int,
    *,
    texts: Mapping[str, Sequence[Any]] | None = None,
    steps: Mapping[str, tuple[int, ArrayLike]] | None = None,
    codes: Mapping[str, Coded] | None = None,
) -> dict[str, Any]:
    """Return a table of ``count`` rows as JSON.

    Parameters
    ----------
    texts : column → its values as they are.
    steps : column → parts of a unit, and the values in such parts (NaN: not known).
    codes : column → its values by number; the numbers are left out where all rows agree.
    """
    return encode_tables(np.array([0, count]), texts=texts, steps=steps, codes=codes)[0]


def encode_tables(
    starts: Integers,
    *,
    texts: Mapping[str, Sequence[Any]] | None = None,
    steps: Mapping[str, tuple[int, ArrayLike]] | None = None,
    codes: Mapping[str, Coded] | None = None,
) -> list[dict[str, Any]]:
    """Return :func:`encode_table` of each run of rows, in the time that one table takes.

    Parameters
    ----------
    starts : the row where each run begins, and the total at the end, (runs + 1,).
    """
    stepped = {
        name: (scale, _encode_steps(values, starts))
        for name, (scale, values) in (steps or {}).items()
    }
    coded = {name: _encode_codes(column, starts) for name, column in (codes or {}).items()}
    return [
        {
            "n": end - start,
            "texts": {name: list(values[start:end]) for name, values in (texts or {}).items()},
            "steps": {name: [scale, runs[number]] for name, (scale, runs) in stepped.items()},
            "codes": {name: runs[number] for name, runs in coded.items()},
        }
        for number, (start, end) in enumerate(pairwise(starts.tolist()))
    ]  # fmt: skip


def _encode_codes(coded: Coded, starts: Integers) -> list[list[Any]]:
    """Return of each run the values in it, and which of them each row has: "" where all agree."""
    run = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    count = max(1, len(coded.values))
    used, place = np.unique(run * count + coded.index, return_inverse=True)
    bounds = np.searchsorted(used, np.arange(len(starts)) * count)
    numbers = encode_runs(place - bounds[run], starts)
    values = [coded.values[number] for number in (used % count).tolist()]
    return [
        [values[first:end], text if end - first > 1 else ""]
        for (first, end), text in zip(pairwise(bounds.tolist()), numbers, strict=True)
    ]
