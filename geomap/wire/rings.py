"""Lines and rings as letters: for each how many vertices, then the steps from vertex to vertex.

The first step of a line begins where the line before ended. A ring is not closed again: who draws
it closes it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from geomap.wire.letters import Integers, encode_numbers, encode_runs, fold_sign

Floats = NDArray[np.float64]


def as_parts(points: Floats, scale: int) -> Integers:
    """Return places in whole parts; twelve digits first: halves go one way on every machine."""
    return np.round(np.round(points, 12) * scale).astype(np.int64)


def quantise(points: Floats, scale: int) -> Integers:
    """Return places (x, y) in whole parts, without those that repeat the one before, (n, 2)."""
    return quantise_lines(points, np.zeros(len(points), dtype=np.int64), scale)[0]


def quantise_lines(points: Floats, line: Integers, scale: int) -> tuple[Integers, Integers]:
    """Return :func:`quantise` of many lines, one after the other, and the line of each vertex.

    Parameters
    ----------
    line : number of the line that each point is in, rising, (points,).
    """
    whole = as_parts(points, scale)
    kept = np.ones(len(whole), dtype=bool)
    np.any(whole[1:] != whole[:-1], axis=1, out=kept[1:])
    kept[1:] |= line[1:] != line[:-1]
    return whole[kept], line[kept]


def encode_rings(lines: Iterable[Integers]) -> str:
    """Return lines or rings of whole numbers, each (n, 2), as one text."""
    parts = list(lines)
    starts = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum([len(line) for line in parts], out=starts[1:])
    if not starts[-1]:
        return encode_numbers(starts[1:])
    return encode_texts(np.concatenate(parts), starts, np.zeros(len(parts), dtype=np.int64))[0]


def encode_texts(xy: Integers, starts: Integers, text: Integers) -> list[str]:
    """Return what :func:`encode_rings` writes of many lines, a text each run of ``text``.

    Parameters
    ----------
    xy : vertices of all lines, one line after the other, (vertices, 2).
    starts : where each line begins in them, and the total at the end, (lines + 1,).
    text : number of the text that each line is in, rising, (lines,).
    """
    if not len(text):
        return []
    first = np.flatnonzero(np.r_[True, text[1:] != text[:-1]])
    steps = np.diff(xy, axis=0, prepend=0)
    steps[starts[first]] = xy[starts[first]]
    line = np.repeat(np.arange(len(text)), np.diff(starts))
    numbers = np.zeros(len(text) + 2 * len(xy), dtype=np.int64)
    numbers[np.arange(len(text)) + 2 * starts[:-1]] = np.diff(starts)
    at = line + 1 + 2 * np.arange(len(xy))
    numbers[at], numbers[at + 1] = fold_sign(steps[:, 0]), fold_sign(steps[:, 1])
    return encode_runs(numbers, np.r_[first + 2 * starts[first], len(numbers)])
