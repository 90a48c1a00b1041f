"""Tables as columns: texts as they are, numbers as steps, words that repeat as codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geomap.wire.letters import Integers, decode_numbers, encode_numbers, fold_sign, unfold_sign

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coded:
    """The distinct values of a column, and which of them each row has."""

    values: list[Any]
    index: NDArray[np.integer[Any]]

    def take(self, rows: NDArray[np.integer[Any]]) -> Coded:
        """Return the column of ``rows`` alone, with their own values."""
        used, index = np.unique(self.index[rows], return_inverse=True)
        return Coded([self.values[number] for number in used], index)


def code(values: Iterable[Any]) -> Coded:
    """Return a column's values coded; None comes first, the others in their order."""
    column = list(values)
    known = set(column) - {None}
    distinct = [*([None] if None in column else []), *sorted(known)]
    numbers = {value: number for number, value in enumerate(distinct)}
    return Coded(distinct, np.array([numbers[value] for value in column], dtype=np.int64))


def encode_steps(values: ArrayLike) -> str:
    """Return whole numbers as letters: 0 where none is known (NaN), else 1 + the folded step.

    A step is the difference to the last number that is known, at first to 0.
    """
    numbers = np.asarray(values, dtype=np.float64)
    known = np.isfinite(numbers)
    written = np.zeros(len(numbers), dtype=np.int64)
    whole: Integers = numbers[known].astype(np.int64)
    written[known] = 1 + fold_sign(np.diff(whole, prepend=0))
    return encode_numbers(written)


def decode_steps(text: str) -> Floats:
    """Return the numbers of :func:`encode_steps`; NaN where none is known."""
    written = decode_numbers(text)
    numbers = np.full(len(written), np.nan)
    numbers[written > 0] = np.cumsum(unfold_sign(written[written > 0] - 1))
    return numbers


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
    return {
        "n": count,
        "texts": {name: list(values) for name, values in (texts or {}).items()},
        "steps": {name: [scale, encode_steps(values)]
                  for name, (scale, values) in (steps or {}).items()},
        "codes": {name: [coded.values, _encode_index(coded)]
                  for name, coded in (codes or {}).items()},
    }  # fmt: skip


def _encode_index(coded: Coded) -> str:
    return encode_numbers(coded.index.astype(np.int64)) if len(coded.values) > 1 else ""


def decode_table(table: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return column → values of :func:`encode_table`; a number that is not known is None."""
    columns: dict[str, list[Any]] = dict(table["texts"])
    for name, (scale, text) in table["steps"].items():
        numbers = (decode_steps(text) / scale).tolist()
        columns[name] = [None if number != number else number for number in numbers]
    for name, (values, text) in table["codes"].items():
        index: Integers = decode_numbers(text) if text else np.zeros(table["n"], dtype=np.int64)
        columns[name] = [values[number] for number in index]
    return columns
