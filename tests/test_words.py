"""words.toml: every rule's own examples hold."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from geomap.find import Lexicon, read_lexicon
from geomap.find.heads import find_heads
from geomap.find.subject import is_offered
from geomap.model.records import SettingsError
from geomap.model.tables import FACILITIES
from geomap.text.script import simplify

PATH = Path(__file__).parents[1] / "geodata" / "words.toml"
WORDS: dict[str, Any] = tomllib.loads(PATH.read_text("utf-8"))
HEADS = [(rule["kind"], text, True) for rule in WORDS["head"] for text in rule["yes"]]
HEADS += [(rule["kind"], text, False) for rule in WORDS["head"] for text in rule["no"]]


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return read_lexicon(PATH)


def test_every_facility_of_the_contract_has_words_and_examples() -> None:
    assert set(WORDS["facilities"]) == set(FACILITIES)
    assert all(
        entry["yes"] and entry["no"] and entry["words"] for entry in WORDS["facilities"].values()
    )


@pytest.mark.parametrize("key", list(WORDS["facilities"]))
def test_facility_examples(key: str, words: Lexicon) -> None:
    entry = WORDS["facilities"][key]
    for text in entry["yes"]:
        assert key in {found for _, _, found in words.facilities(simplify(text))}, text
    for text in entry["no"]:
        assert key not in {found for _, _, found in words.facilities(simplify(text))}, text


@pytest.mark.parametrize(("kind", "text", "is_head"), HEADS)
def test_head_examples(kind: str, text: str, is_head: bool, words: Lexicon) -> None:
    kinds = {head.kind for head in find_heads(text, words, [])}
    assert (kind in kinds) is is_head


@pytest.mark.parametrize("rule", WORDS["unsaid"], ids=lambda rule: rule["why"])
def test_unsaid_examples(rule: dict[str, Any], words: Lexicon) -> None:
    assert set(rule) <= {"why", "where", "keys", "patterns", "yes", "no"}
    for text in (*rule["yes"], *rule["no"]):
        start, end = text.index("["), text.index("]") - 1
        plain = simplify(text.replace("[", "").replace("]", ""))
        keys = {key for first, _, key in words.facilities(plain) if start <= first < end}
        assert keys, text
        stated = [key for key in keys if is_offered(plain, start, end, key, "", words.unsaid)]
        assert bool(stated) is (text in rule["no"]), text


def test_patterns_do_not_capture() -> None:
    """Groups are numbered by facility and by head, so a pattern's own group must not count."""
    for entry in WORDS["facilities"].values():
        for pattern in entry["patterns"]:
            assert re.compile(pattern)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[qualifiers]", "[other]"),
        ('"饮水"', '"饮(水"'),
        ('kind = "rest_room"', 'kind = "hotel"'),
        ("[names]", "[names"),
    ],
)
def test_a_broken_file_is_one_clear_error(old: str, new: str, tmp_path: Path) -> None:
    broken = tmp_path / "words.toml"
    text = PATH.read_text("utf-8")
    broken.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(SettingsError, match=r"words\.toml"):
        read_lexicon(broken)
