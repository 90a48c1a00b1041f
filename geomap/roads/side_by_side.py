"""The same work for many things, on the cores there are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")
#: More would hold more tables at once than they save time.
_THREADS = min(4, os.cpu_count() or 1)


def side_by_side(make: Callable[[_Thing], _Made], things: Iterable[_Thing]) -> list[_Made]:
    """Return what is made of each, in their order; numpy, scipy and GEOS work outside the lock."""
    with ThreadPoolExecutor(max_workers=_THREADS) as threads:
        return list(threads.map(make, things))
