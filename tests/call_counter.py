"""How much work something is, without a clock: the functions that it calls."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

#: Twice the input may take so many times the work: n log n, and the parts that do not grow.
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
