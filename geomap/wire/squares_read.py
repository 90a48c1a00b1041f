"""Squares of streets read back, number by number, as ``templates/shared/squares.js`` reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geomap.wire.letters import Integers, decode_numbers
from geomap.wire.nodes import WAYS
from geomap.wire.squares import Level, metres_of_parts

Course = list[tuple[int, int]]


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
