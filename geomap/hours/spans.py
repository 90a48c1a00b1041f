"""Spans of a day, (start, end) in minutes since midnight, united and subtracted."""

from __future__ import annotations

from itertools import pairwise

from geomap.hours.rules import DAY_MIN

Times = tuple[tuple[int, int], ...]


def union(times: list[tuple[int, int]]) -> Times:
    """Sorted times without overlap; 08:00-22:00 and 22:00-08:00 together are the whole day."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(times):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    if any(end - start >= DAY_MIN - 1 for start, end in united):
        return ((0, DAY_MIN),)
    return tuple(united)


def subtract(times: Times, breaks: list[tuple[int, int]]) -> Times:
    """The times without the breaks; a break in the middle leaves two."""
    for low, high in breaks:
        parts = [((a, min(b, low)), (max(a, high), b)) for a, b in times]
        times = tuple(part for pair in parts for part in pair if part[0] < part[1])
    return times


def overlap(one: Times, other: Times) -> bool:
    """Whether the two share a minute."""
    return any(a < d and c < b for a, b in one for c, d in other)


def overlaps_itself(times: list[tuple[int, int]], is_staffed: bool) -> bool:
    """8:00-18:00, 9:00-17:00 for the same days: two statements, and nobody knows which holds.

    24小时,有人值守8:00-18:00 is none: the door is open, the staff comes and goes.
    """
    if is_staffed and (0, DAY_MIN) in times:
        return False
    ordered = sorted(set(times))
    return any(later[0] < earlier[1] for earlier, later in pairwise(ordered))
