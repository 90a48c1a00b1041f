"""One head (驿站, 职工之家 …) and all of a text, found by where they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from geomap.find.spans import between
from geomap.model.tables import STATION_KINDS


@dataclass(frozen=True, slots=True)
class Head:
    """One occurrence of a head in clean text.

    Attributes
    ----------
    start, end : of qualifiers and head, quotes included.
    name_start : where the whole name starts (``start`` where nothing stands before it).
    words : qualifiers and head without quotes.
    kind : one of :data:`geomap.model.tables.KINDS`.
    specific : what it is named after; empty for a general mention.
    host : the place or body before "的" or "建的", where it stands at or by whom it was built.
    number : it is one of several that are counted (178个 …).
    quoted : it stands in quotation marks.
    """

    start: int
    end: int
    name_start: int
    words: str
    kind: str
    specific: str
    host: str
    number: bool
    quoted: bool


class Heads(Sequence[Head]):
    """The heads of a text, in order, found by where they stand."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self._heads = tuple(heads)
        self._starts = [head.start for head in heads]
        self._ends = [head.end for head in heads]

    def __getitem__(self, number: Any) -> Any:
        return self._heads[number]

    def __len__(self) -> int:
        return len(self._heads)

    def within(self, start: int, end: int) -> Sequence[Head]:
        """The heads that begin in ``start`` to ``end`` (exclusive)."""
        numbers = between(self._starts, start, end)
        return self._heads[numbers.start : numbers.stop]

    def touching(self, start: int, end: int) -> Sequence[Head]:
        """The heads that share a character with ``start`` to ``end`` (exclusive)."""
        return self._heads[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def ending_from(self, position: int) -> Iterator[Head]:
        """The heads that end at ``position`` or later."""
        numbers = range(bisect_left(self._ends, position), len(self._heads))
        return (self._heads[number] for number in numbers)

    def last_before(self, position: int, floor: int = 0) -> Head | None:
        """The last head that ends by ``position``, one with words of its own (工会驿站) first.

        Parameters
        ----------
        floor : heads that begin earlier are left out.
        """
        number = bisect_right(self._ends, position) - 1
        if number < 0 or self._heads[number].start < floor:
            return None
        worded = self._worded[number]
        near = worded >= 0 and self._heads[worded].start >= floor
        return self._heads[worded if near else number]

    def last_station_before(self, position: int) -> Head | None:
        """The last head of a place to rest that ends by ``position``."""
        number = self._stations[bisect_right(self._ends, position)]
        return self._heads[number] if number >= 0 else None

    @cached_property
    def _worded(self) -> list[int]:
        numbers = (n if len(head.words) > 2 else -1 for n, head in enumerate(self._heads))
        return list(accumulate(numbers, max))

    @cached_property
    def _stations(self) -> list[int]:
        numbers = (n if head.kind in STATION_KINDS else -1 for n, head in enumerate(self._heads))
        return list(accumulate(numbers, max, initial=-1))
