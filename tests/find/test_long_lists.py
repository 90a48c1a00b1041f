"""Work grows with its input: calls are counted, not seconds."""

from __future__ import annotations

from collections.abc import Callable

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
