"""The same targets under atheris, which looks for inputs that reach new code."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence

from tests.fuzz.mutate import mutate, random_steps
from tests.fuzz.target import find_targets, outcome_of


def fuzz_guided(names: Sequence[str] | None, seconds: int) -> int:
    """Feed the first of the targets until the time is over; atheris keeps and prints what fails.

    Only this package is instrumented, so it must not have been imported before.
    """
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install atheris (optional)", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["geomap"]):
        target = find_targets(names)[0]
    seeds = [*target.seeds(), *target.corpus()]

    def feed(raw: bytes) -> None:
        # The bytes choose the steps: a changed byte is another mutation of a valid file.
        source = random.Random(raw)
        outcome_of(target, mutate(source.choice(seeds), random_steps(source), target.tokens))
        outcome_of(target, raw)

    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-rss_limit_mb=2500"], feed)
    atheris.Fuzz()
    return 0
