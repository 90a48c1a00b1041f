"""A story with its clean text: clean spans become evidence of the document."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.model.records import Document, Evidence, Story
from geomap.text.script import Clean


@dataclass(frozen=True, slots=True)
class Page:
    """A story with its clean text: turns clean spans into evidence of the document."""

    document: Document
    story: Story
    clean: Clean

    def evidence(self, start: int, end: int) -> Evidence:
        """The quote of a clean span, with its place in the document."""
        first, last = self.clean.span(start, end)
        begin, stop = first + self.story.start, last + self.story.start
        date = self.story.date or self.document.date
        return Evidence(self.document.id, self.document.text[begin:stop], begin, stop, date)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space around it; never empty."""
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    stop = end - (len(words) - len(words.rstrip()))
    return (begin, stop) if begin < stop else (start, max(end, start + 1))
