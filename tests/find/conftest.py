"""A finder over a text of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.divisions import Divisions, read_divisions
from geomap.documents import parse_document
from geomap.find import Findings, Lexicon, find_in_document, read_lexicon
from geomap.model.records import Mention

GEODATA = Path(__file__).parents[2] / "geodata"
Find = Callable[[str], Findings]


@pytest.fixture(scope="session")
def divisions() -> Divisions:
    return read_divisions(GEODATA)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return read_lexicon(GEODATA / "words.toml")


@pytest.fixture(scope="session")
def find(divisions: Divisions, lexicon: Lexicon) -> Find:
    return lambda text: find_in_document(parse_document("a.txt", text), divisions, lexicon)


@pytest.fixture(scope="session")
def places(find: Find) -> Callable[[str], dict[str, Mention]]:
    return lambda text: {m.name: m for m in find(text).mentions if m.mappable}


@pytest.fixture(scope="session")
def counts(find: Find) -> Callable[[str], list[int | None]]:
    return lambda text: [m.count for m in find(text).mentions if not m.mappable]
