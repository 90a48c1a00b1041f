"""Fuzz for a while: ``python -m tests.fuzz [--seconds 300] [--target NAME]... [--engine atheris]``.

What fails is written to ``tests/fuzz/corpus/TARGET/``, where the next test run reads it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from collections import Counter

from tests.fuzz.coverage_guided import fuzz_guided
from tests.fuzz.mutate import mutate, random_steps
from tests.fuzz.target import CORPUS, HangError, Target, find_targets, outcome_of

_seen: set[str] = set()


def main() -> int:
    """Return 0 when nothing failed, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=float, default=300, help="of all targets together")
    parser.add_argument("--target", action="append", metavar="NAME", help="all, unless told")
    parser.add_argument("--engine", choices=("random", "atheris"), default="random")
    parser.add_argument("--seed", type=int, default=0, help="of the first input")
    chosen = parser.parse_args()
    if chosen.engine == "atheris":
        return fuzz_guided(chosen.target, int(chosen.seconds))
    targets = find_targets(chosen.target)
    share = chosen.seconds / len(targets)
    return int(sum(_fuzz(target, share, chosen.seed) for target in targets) > 0)


def _fuzz(target: Target, seconds: float, seed: int) -> int:
    """Feed one target for a while; print its outcomes; return how many inputs failed."""
    seeds = [*target.seeds(), *target.corpus()]
    outcomes: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        source = random.Random(f"{target.name}/{seed}")
        raw = mutate(source.choice(seeds), random_steps(source), target.tokens)
        outcomes[try_input(target, raw)] += 1
        seed += 1
    listed = ", ".join(f"{name} {count}" for name, count in outcomes.most_common())
    print(f"{target.name}: {outcomes.total()} inputs: {listed}")
    return outcomes["FAILED"]


def try_input(target: Target, raw: bytes) -> str:
    """Return the outcome of one input; a failure is printed and the input kept."""
    try:
        return outcome_of(target, raw)
    except (Exception, HangError) as error:  # a fuzzer reports whatever comes
        if _place(error) in _seen:
            return "FAILED"
        _seen.add(_place(error))
        kept = CORPUS / target.name / hashlib.sha256(raw).hexdigest()[:12]
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(raw)
        print(f"{target.name}: failed, input kept as {kept}", file=sys.stderr)
        traceback.print_exc(limit=-6)
        return "FAILED"


def _place(error: BaseException) -> str:
    """Return the kind of a failure and the line it came from: one input of each is kept."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {frame.filename}:{frame.lineno}"


if __name__ == "__main__":
    sys.exit(main())
