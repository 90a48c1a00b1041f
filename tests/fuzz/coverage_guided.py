"""The same targets under atheris, which looks for inputs that reach new code."""

from __future__ import annotations

import sys

from tests.fuzz.mutate import mutate, random_steps
from tests.fuzz.target import Target, outcome_of


def fuzz_guided(target: Target, seconds: int) -> int:
    """Feed one target until the time is over; atheris keeps and prints what fails."""
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install atheris (optional)", file=sys.stderr)
        return 2
    import random

    seeds = [*target.seeds(), *target.corpus()]

    def feed(raw: bytes) -> None:
        # The first bytes choose the steps: a changed byte is another mutation of a valid file.
        source = random.Random(raw)
        outcome_of(target, mutate(source.choice(seeds), random_steps(source), target.tokens))
        outcome_of(target, raw)

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-rss_limit_mb=2500"], feed)
    atheris.Fuzz()
    return 0
