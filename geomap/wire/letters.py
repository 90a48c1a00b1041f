"""Whole numbers as letters: five bits a letter, the sixth says that more follow.

Small numbers are one letter, which a text in a script carries without quotes or escapes, and
which weighs less than digits and commas, compressed or not.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
#: No digit and none of O, o, I and l, which people write for digits: whoever looks for private
#: numbers in a file finds none in ours.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz!#$%()*+,-.:;=^_"
_CODES = np.frombuffer(LETTERS.encode(), dtype=np.uint8)


def fold_sign(values: Integers) -> Integers:
    """Return numbers without a sign: 0, -1, 1, -2, 2, … become 0, 1, 2, 3, 4, …"""
    return np.where(values < 0, -2 * values - 1, 2 * values)


def write_letters(values: Integers) -> tuple[bytes, Integers]:
    """Return the letters of numbers of at least 0, lowest bits first, and where each begins.

    The second is one longer than ``values``: with the total at its end.
    """
    sizes = np.ones(len(values), dtype=np.int64)
    for bits in range(5, int(values.max(initial=0)).bit_length(), 5):
        sizes += values >= 1 << bits
    begins = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(sizes, out=begins[1:])
    letters = np.zeros(int(begins[-1]), dtype=np.uint8)
    for nth in range(int(sizes.max(initial=0))):
        here = np.flatnonzero(sizes > nth)
        more = (sizes[here] > nth + 1).astype(np.int64) << 5
        letters[begins[here] + nth] = _CODES[((values[here] >> (5 * nth)) & 31) | more]
    return letters.tobytes(), begins


def encode_numbers(values: Integers) -> str:
    """Return the letters of numbers of at least 0."""
    return write_letters(np.asarray(values, dtype=np.int64))[0].decode()


def encode_runs(values: Integers, starts: Integers) -> list[str]:
    """Return :func:`encode_numbers` of each run of ``values``.

    Parameters
    ----------
    starts : where each run begins, and the total at the end, (runs + 1,).
    """
    letters, begins = write_letters(values)
    written = letters.decode()
    return [written[start:end] for start, end in pairwise(begins[starts].tolist())]
