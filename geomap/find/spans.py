"""Things that stand at positions of a text, looked up by position without walking over them all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

import ahocorasick


class Cover:
    """The union of spans: ``position in cover`` says whether one of them holds it."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def __contains__(self, position: int) -> bool:
        number = bisect_right(self._starts, position)
        return number > 0 and position < self._reach[number - 1]


class Holders:
    """Spans by number: which of them hold a position (blocks of text, which hardly overlap)."""

    def __init__(self, spans: Iterable[tuple[tuple[int, int], int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for (start, _), _ in self._spans]
        self._reach = list(accumulate((end for (_, end), _ in self._spans), max))

    def at(self, position: int) -> list[int]:
        """The numbers of the spans that hold ``position``, in order."""
        found = []
        at = bisect_right(self._starts, position) - 1
        while at >= 0 and self._reach[at] > position:
            (_, end), number = self._spans[at]
            if end > position:
                found.append(number)
            at -= 1
        return sorted(found)


def between(starts: Sequence[int], first: int, last: int) -> range:
    """The numbers of the sorted ``starts`` that lie in ``first`` to ``last`` (exclusive)."""
    return range(bisect_left(starts, first), bisect_left(starts, last))


class Words:
    """Some words, all of them looked for in one pass over a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for word in words:
            self._automaton.add_word(word, word)
        self._automaton.make_automaton()

    def find(self, text: str, start: int = 0) -> dict[str, list[tuple[int, int]]]:
        """Where each word stands from ``start`` on, its own spans without overlaps."""
        found: dict[str, list[tuple[int, int]]] = {}
        for last, word in self._automaton.iter(text, start) if len(self._automaton) else ():
            spans = found.setdefault(word, [])
            begin = last + 1 - len(word)
            if not spans or spans[-1][1] <= begin:
                spans.append((begin, last + 1))
        return found


class PrefixMatches:
    """The matches of a pattern in the text before any position.

    The same as ``pattern.finditer(text, 0, position)``, of which only the last few can depend on
    where the text is cut: those that begin within ``reach`` characters of the cut.

    Parameters
    ----------
    reach : more characters than the pattern, what it looks ahead at included, can take in.
    """

    def __init__(self, pattern: re.Pattern[str], text: str, reach: int) -> None:
        self._pattern, self._text, self._reach = pattern, text, reach

    @cached_property
    def all(self) -> list[re.Match[str]]:
        """The matches in the whole text, in order."""
        return list(self._pattern.finditer(self._text))

    @cached_property
    def _starts(self) -> list[int]:
        return [found.start() for found in self.all]

    def before(self, position: int) -> tuple[int, list[re.Match[str]]]:
        """How many of :attr:`all` open the matches before ``position``, and those that follow."""
        settled = bisect_right(self._starts, position - self._reach)
        resume = max(position - self._reach + 1, self.all[settled - 1].end() if settled else 0)
        return settled, list(self._pattern.finditer(self._text, resume, position))
