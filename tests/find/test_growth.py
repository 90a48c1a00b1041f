"""Work grows with its input: calls are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from long_lists import LISTS

from geomap.divisions import Divisions
from geomap.documents import parse_document
from geomap.find import Lexicon, find_in_document

#: Twice the list may take so many times the work: n log n, and the parts that do not grow.
MOST_A_DOUBLING = 2.3


def count_calls(work: Callable[[], object]) -> int:
    """How many functions, compiled ones included, a piece of work calls."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


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
