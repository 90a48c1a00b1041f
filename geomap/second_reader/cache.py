"""Answers on disk: only what the document proves, so no key, thought or stray word is kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.model.records import Document
from geomap.second_reader.answer import read_places
from geomap.second_reader.endpoint import Endpoint
from geomap.second_reader.evidence import Proven, verify
from geomap.second_reader.prompt import VERSION, WORDS
from geomap.second_reader.transport import MAX_BYTES, NoAnswerError
from geomap.store.atomic import write_bytes

_DROPPED = re.compile(r'\{\n "dropped": (\d{1,9}),')


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """An answer as held: its proven places, and how many claims were dropped for want of proof."""

    places: tuple[Proven, ...]
    dropped: int


def cache_path(folder: Path, endpoint: Endpoint, text: str) -> Path:
    """The file of one question: SHA-256 over address, model, prompt version and text."""
    question = json.dumps([endpoint.url, endpoint.model, VERSION, text])
    return folder / (hashlib.sha256(question.encode("ascii")).hexdigest() + ".json")


def read_cached(path: Path, document: Document) -> CachedAnswer | None:
    """The answer kept there, or None: there is none, or it is not what we would have written."""
    try:
        content = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
        text = content.decode("ascii")
        places, _ = verify(document, read_places(text))
    except (OSError, UnicodeDecodeError, NoAnswerError):
        return None
    dropped = _DROPPED.match(text)
    kept = CachedAnswer(tuple(places), int(dropped[1]) if dropped else -1)
    return kept if serialize_cached(kept) == content else None


def write_cached(path: Path, kept: CachedAnswer) -> None:
    """Keep an answer.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    write_bytes(path, serialize_cached(kept))


def serialize_cached(kept: CachedAnswer) -> bytes:
    """The same bytes for the same answer, in the form a model answers in."""
    answer = {"dropped": kept.dropped, "places": _claims(kept.places)}
    return (json.dumps(answer, indent=1, sort_keys=True) + "\n").encode("ascii")


def _claims(places: Sequence[Proven]) -> list[dict[str, object]]:
    return [
        {"name": place.facts[0].quote, "facts": [
            {"fact": fact.column, "quote": fact.quote}
            | ({"value": fact.value} if fact.column in WORDS else {})
            for fact in place.facts[1:]
        ]}
        for place in places
    ]  # fmt: skip
