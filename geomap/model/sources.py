"""Where a row comes from, as one cell: ``FILE@DATE「quote」`` joined by `` | ``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geomap.model.records import Evidence, Source

_SEPARATOR = " | "
_DOCUMENT = re.compile(r"(?P<document>[^「」]*?)@(?P<date>[\d-]*)「(?P<quote>.*)」", re.DOTALL)
#: Marks with a meaning of their own, and what stands for them inside a quote or a file name.
_ESCAPES = {"「": "“", "」": "”", "|": "/", "\n": " ", "\r": " "}


def format_sources(sources: Iterable[Evidence | Source]) -> str:
    """One cell for several sources, in their order, each once."""
    cells = dict.fromkeys(_format(source) for source in sources)
    return _SEPARATOR.join(cell for cell in cells if cell)


def parse_sources(text: str) -> tuple[Source, ...]:
    """Sources of a cell; words in no known form are one Source in a person's own words."""
    if not text.strip():
        return ()
    parts = [part.strip() for part in text.split("|") if part.strip()]
    matches = [_DOCUMENT.fullmatch(part) for part in parts]
    if not any(matches):
        return (Source(document=text.strip()),)
    return tuple(
        Source(found["document"], found["date"], found["quote"]) if found else Source(part)
        for part, found in zip(parts, matches, strict=True)
    )


def _format(source: Evidence | Source) -> str:
    document = source.doc if isinstance(source, Evidence) else source.document
    if not source.date and not source.quote:
        return _plain(document)
    return f"{_plain(document)}@{source.date}「{_plain(source.quote)}」"


def _plain(text: str) -> str:
    for mark, substitute in _ESCAPES.items():
        text = text.replace(mark, substitute)
    return " ".join(text.split())
