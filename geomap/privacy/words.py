"""Whether any of many words stands in a text, found in one pass over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words to look for; make it with :func:`make_words`."""

    automaton: ahocorasick.Automaton | None

    def occur_in(self, text: str) -> bool:
        """Whether one of the words stands in a text."""
        return self.automaton is not None and next(self.automaton.iter(text), None) is not None


def make_words(words: Iterable[str]) -> Words:
    """Return what looks for the words; empty ones are left out."""
    automaton = ahocorasick.Automaton()
    for word in words:
        if word:
            automaton.add_word(word, len(word))
    if not len(automaton):
        return Words(None)
    automaton.make_automaton()
    return Words(automaton)
