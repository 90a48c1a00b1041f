"""The targets, one module a room; every module here is read by ``all_targets``."""

from __future__ import annotations

import importlib
import pkgutil

from tests.fuzz.target import TARGETS, Target


def all_targets() -> dict[str, Target]:
    """Return every target by its name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(TARGETS.items()))
