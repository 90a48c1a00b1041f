"""What the heading of any sheet means: words.toml's own examples hold."""

import tomllib
from pathlib import Path

import pytest

from geomap.arriving.changes import says
from geomap.arriving.headings import Headings
from geomap.model.records import SettingsError
from geomap.model.vocabulary import read_vocabulary, say_access

PATH = Path(__file__).parents[1] / "geodata" / "words.toml"
WRITTEN = tomllib.loads(PATH.read_text("utf-8"))
EXAMPLES = WRITTEN["heading_examples"]
WORDS = read_vocabulary(PATH)
HEADINGS = Headings(WORDS)


@pytest.mark.parametrize("heading", EXAMPLES)
def test_heading_examples(heading: str) -> None:
    assert str(HEADINGS.read(heading)) == EXAMPLES[heading]


@pytest.mark.parametrize("change", WRITTEN["changes"])
def test_change_examples(change: str) -> None:
    entry = WRITTEN["changes"][change]
    assert all(says(WORDS.changes[change], text) for text in entry["yes"])
    assert not any(says(WORDS.changes[change], text) for text in entry["no"])
    assert not any(says(WORDS.changes[change], "尚未" + text) for text in entry["yes"][:1])


@pytest.mark.parametrize("access", WRITTEN["access_said"])
def test_access_examples(access: str) -> None:
    entry = WRITTEN["access_said"][access]
    assert {say_access(text, WORDS.access_said) for text in entry["yes"]} == {access}
    assert access not in {say_access(text, WORDS.access_said) for text in entry["no"]}


@pytest.mark.parametrize("pattern", ["a{2,99999999999}", "(", "[[a]b]"])
def test_a_pattern_that_cannot_be_compiled_is_named(pattern: str, tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text(f"[facilities.wifi]\nwords = []\npatterns = ['{pattern}']\n", "utf-8")
    with pytest.raises(SettingsError, match=r"\[facilities\.wifi\] pattern: "):
        read_vocabulary(path)
