"""The wire read back, number by number, as the browser reads it (``templates/shared/``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from geomap.wire.letters import LETTERS, Integers
from geomap.wire.nodes import WAYS
from geomap.wire.rings import Floats
from geomap.wire.squares import Level, metres_of_parts

_VALUE_OF = np.full(256, -1, dtype=np.int8)
_VALUE_OF[np.frombuffer(LETTERS.encode(), dtype=np.uint8)] = np.arange(64)

Course = list[tuple[int, int]]


def unfold_sign(values: Integers) -> Integers:
    """Return the numbers that :func:`geomap.wire.letters.fold_sign` took."""
    return np.where(values % 2, -((values + 1) // 2), values // 2)


def decode_numbers(text: str) -> Integers:
    """Return the numbers of :func:`geomap.wire.letters.encode_numbers`.

    Raises
    ------
    ValueError
        The text ends within a number, or holds a sign that is no letter of ours.
    """
    letters = np.frombuffer(text.encode(), dtype=np.uint8)
    values = _VALUE_OF[letters].astype(np.int64)
    if (values < 0).any() or (len(values) and values[-1] & 32):
        raise ValueError("no numbers in letters")
    ends = np.flatnonzero(values < 32)
    begins = np.r_[0, ends[:-1] + 1][: len(ends)]
    nth = np.arange(len(values)) - np.repeat(begins, ends - begins + 1)
    parts = (values & 31) << (5 * nth)
    return np.asarray(np.add.reduceat(parts, begins) if len(ends) else parts)


def decode_steps(text: str) -> Floats:
    """Return the numbers of :func:`geomap.wire.encode_steps`; NaN where none is known."""
    written = decode_numbers(text)
    numbers = np.full(len(written), np.nan)
    numbers[written > 0] = np.cumsum(unfold_sign(written[written > 0] - 1))
    return numbers


def decode_table(table: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return column → values of ``encode_table``; a number that is not known is None."""
    columns: dict[str, list[Any]] = dict(table["texts"])
    for name, (scale, text) in table["steps"].items():
        numbers = (decode_steps(text) / scale).tolist()
        columns[name] = [None if number != number else number for number in numbers]
    for name, (values, text) in table["codes"].items():
        index: Integers = decode_numbers(text) if text else np.zeros(table["n"], dtype=np.int64)
        columns[name] = [values[number] for number in index]
    return columns


def decode_rings(text: str, scale: int = 1) -> list[Floats]:
    """Return the lines of ``encode_rings``, in ``1 / scale`` of their parts, each (n, 2)."""
    numbers = decode_numbers(text)
    lines: list[Floats] = []
    at, last = 0, np.zeros(2, dtype=np.int64)
    while at < len(numbers):
        count = int(numbers[at])
        steps = unfold_sign(numbers[at + 1 : at + 1 + 2 * count]).reshape(-1, 2)
        line = np.cumsum(steps, axis=0) + last
        lines.append(np.asarray(line / scale))
        last = line[-1] if count else last
        at += 1 + 2 * count
    return lines


@dataclass(frozen=True, slots=True)
class Square:
    """What one square holds.

    Attributes
    ----------
    cuts : where the cuts of each way begin among the nodes, the junctions before them, (9,).
    nodes : places in parts of the square, (nodes, 2).
    streets : tail, head, code (8 × weight + rights), decimetres and vertices of each.
    lines : code and vertices of what nobody may use.
    """

    cuts: Integers
    nodes: Integers
    streets: list[tuple[int, int, int, int, Course]]
    lines: list[tuple[int, Course]]


def decode_square(text: str, row: int, level: Level) -> Square:
    """Return the square in this row of the grid from its text.

    Raises
    ------
    ValueError
        The text holds more or fewer numbers than a square.
    """
    numbers = iter(decode_numbers(text).tolist())
    try:
        square = _read(numbers, row, level)
    except StopIteration:
        raise ValueError("a square ends early") from None
    if next(numbers, None) is not None:
        raise ValueError("a square goes on behind its end")
    return square


def _read(numbers: Iterator[int], row: int, level: Level) -> Square:
    counts = [next(numbers) for _ in range(1 + len(WAYS))]
    course = _course(numbers, sum(counts), (0, 0))
    nodes = np.array(course, dtype=np.int64).reshape(-1, 2)
    square = Square(np.cumsum(counts), nodes, [], [])
    part_m = [float(each[0]) for each in metres_of_parts(np.array([row]), level)]
    for _ in range(next(numbers)):
        code, count = next(numbers), next(numbers)
        if code % 8:
            _read_streets(numbers, square, code, count, part_m)
        else:
            _read_lines(numbers, square, code, count)
    return square


def _read_streets(
    numbers: Iterator[int], square: Square, code: int, count: int, part_m: list[float]
) -> None:
    tail = 0
    for _ in range(count):
        tail += next(numbers)
        head = tail + _signed(numbers)
        first, last = (tuple(square.nodes[node].tolist()) for node in (tail, head))
        course = [first, *_course(numbers, next(numbers), first), last]
        steps = np.diff(np.array(course), axis=0) * part_m
        drawn_dm = int(np.floor(10 * np.sqrt((steps**2).sum(axis=1)).sum() + 0.5))
        square.streets.append((tail, head, code, drawn_dm + _signed(numbers), course))


def _read_lines(numbers: Iterator[int], square: Square, code: int, count: int) -> None:
    last = (0, 0)
    for _ in range(count):
        course = _course(numbers, next(numbers), last)
        last = course[-1]
        square.lines.append((code, course))


def _course(numbers: Iterator[int], count: int, last: tuple[int, int]) -> Course:
    """Return the next ``count`` places, of steps that begin at ``last``."""
    course = []
    for _ in range(count):
        last = (last[0] + _signed(numbers), last[1] + _signed(numbers))
        course.append(last)
    return course


def _signed(numbers: Iterator[int]) -> int:
    number = next(numbers)
    return -(number + 1) // 2 if number % 2 else number // 2
