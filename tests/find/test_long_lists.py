"""Work grows with its input: calls are counted, not seconds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from call_counter import MOST_A_DOUBLING, count_calls
from long_lists import LISTS

from geomap.divisions import Divisions
from geomap.documents import parse_document
from geomap.find import Lexicon, find_in_document


@pytest.mark.parametrize("name", LISTS)
def test_twice_the_list_is_about_twice_the_work(
    name: str, divisions: Divisions, lexicon: Lexicon
) -> None:
    def find(count: int) -> Callable[[], object]:
        document = parse_document("x.txt", LISTS[name](count))
        return lambda: find_in_document(document, divisions, lexicon)

    find(3)()
    short, long = count_calls(find(150)), count_calls(find(300))
    assert long <= MOST_A_DOUBLING * short


HOSTILE = """
from pathlib import Path
from geomap.divisions import read_divisions
from geomap.documents import parse_document
from geomap.find import find_in_document, read_lexicon

divisions, lexicon = read_divisions(Path("geodata")), read_lexicon(Path("geodata/words.toml"))
for run in ("年", "的年", "和", "和王", "路与", "1", "驿站", "(", "“", " "):
    for text in ("暖心驿站{}", "在{}设立了驿站。", "{}个驿站,{}驿站"):
        words = text.format(run * (500 // len(run)), run * (500 // len(run)))
        find_in_document(parse_document("a.txt", "杭州市西湖区\\n" + words), divisions, lexicon)
"""


def test_long_runs_of_one_word_come_to_an_end() -> None:
    """Several of these ran for hours: the timeout is a hundred times what all of them take."""
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", HOSTILE], cwd=root, check=True, timeout=600)
