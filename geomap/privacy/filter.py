"""The last step before a public page: every text of it, without what is private or withheld.

One law for what ``build`` hands to the public pages and for what ``check`` says of the tables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from geomap.model.records import Source
from geomap.privacy.masking import find_private, mask, may_be_private
from geomap.privacy.names import FILE, PLACE, PROSE, WORDS
from geomap.privacy.words import Words, make_words
from geomap.text.script import simplify

WORD = "word"
#: A telephone's cell: of one that names a person only landlines and service numbers stay.
PHONE = "phone"
#: What the texts of a public station are (the closed lists, days and numbers are read before).
STATION_TEXTS = {
    "name": PLACE, "province": PLACE, "city": PLACE, "district": PLACE, "township": PLACE,
    "address": PLACE, "opening_hours": WORDS, "hours_words": WORDS, "phone": PHONE,
    "reports": WORDS, "note": WORDS,
}  # fmt: skip
SERVICE_TEXTS = {"service": WORDS, "times": WORDS, "valid_from": WORDS, "valid_until": WORDS}
CLAIM_TEXTS = {
    "province": PLACE,
    "city": PLACE,
    "district": PLACE,
    "claim": PROSE,
    "quote": PROSE,
    "doc": FILE,
}
#: Stands for the name of a document that must not be told.
WITHHELD = "不公开"
_LANDLINE = re.compile(r"(?<![\d*])(?:0\d{2,3}[- ]?)?\d{5,8}(?:[-转]\d{1,6})?(?![\d*])")
#: Blanks and marks that somebody sets between the characters of a word: 中 南 海.
_SPREAD = re.compile(r"[\s\0·•._\-]+")


class Cleaned(NamedTuple):
    """A text as it may be shown, and the kinds of what was held back of it."""

    text: str
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """What is held back: private numbers and names, and texts that hold one of some words.

    Make it with :func:`make_filter`.
    """

    words: Words
    places: frozenset[str] = frozenset()

    def contains_word(self, text: str) -> bool:
        """Whether one of the words stands in a text, in whatever script or spacing."""
        return bool(text) and self.words.occur_in(_join(text))

    def clean(self, text: str, kind: str) -> Cleaned:
        """Return the text as it may be shown; ``kind`` as the tables here name it."""
        if self.contains_word(text):
            return Cleaned(WITHHELD if kind == FILE else "", (WORD,))
        # Who answers a telephone is written as barely as who wrote a file: 张三 010-…
        read_as = FILE if kind == PHONE else kind
        if not text or not may_be_private(text, read_as):
            return Cleaned(text)
        found = find_private(text, read_as, self.places)
        if not found:
            return Cleaned(text)
        held = tuple(sorted({each.kind for each in found}))
        masked = mask(text, found)
        if kind == PHONE:
            masked = ";".join(_LANDLINE.findall(simplify(masked)))
        return Cleaned(masked, held)

    def clean_all(self, texts: Sequence[str], kind: str) -> list[Cleaned]:
        """Return the texts as they may be shown; each different one is looked at once."""
        cleaned = {text: self.clean(text, kind) for text in dict.fromkeys(texts)}
        return [cleaned[text] for text in texts]


def make_filter(words: Iterable[str] = (), places: Iterable[str] = ()) -> Filter:
    """Return the filter of some words; ``places`` are names of divisions, which are nobody's."""
    named = {str(place) for place in places}
    return Filter(
        make_words(map(_join, words)),
        frozenset(named | {place[:-1] for place in named if len(place) > 2}),
    )


def _join(text: str) -> str:
    return _SPREAD.sub("", simplify(text))


Held = Counter[tuple[str, str]]


def clean_table(
    table: pd.DataFrame, columns: Mapping[str, str], sieve: Filter
) -> tuple[pd.DataFrame, Held]:
    """Return the table as it may be shown, and how often what (column, kind) was held back."""
    held: Held = Counter()
    shown = table.copy()
    for column, kind in columns.items():
        cleaned = sieve.clean_all(texts_of(table[column]), kind)
        if any(each.held for each in cleaned):
            shown[column] = [each.text for each in cleaned]
            held.update((column, kind) for each in cleaned for kind in each.held)
    return shown, held


def clean_sources(
    column: Iterable[Sequence[Source]], sieve: Filter
) -> tuple[list[tuple[Source, ...]], Held]:
    """Return sources as they may be shown: names of documents, days and quotes."""
    rows = [tuple(sources) for sources in column]
    parts = {source: None for sources in rows for source in sources}
    documents = sieve.clean_all([source.document for source in parts], FILE)
    quotes = sieve.clean_all([source.quote for source in parts], PROSE)
    days = sieve.clean_all([source.date for source in parts], WORDS)
    shown = {
        source: (replace(source, document=name.text, quote=quote.text, date=day.text),
                 name.held + quote.held + day.held)
        for source, name, quote, day in zip(parts, documents, quotes, days, strict=True)
    }  # fmt: skip
    held: Held = Counter(
        ("sources", kind) for sources in rows for source in sources for kind in shown[source][1]
    )
    return [tuple(shown[source][0] for source in sources) for sources in rows], held


def texts_of(column: pd.Series) -> list[str]:
    """Return the texts of a column; what is none is empty."""
    return [text if isinstance(text, str) else "" for text in column]
