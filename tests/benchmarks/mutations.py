"""Damaged files, thousands of each kind: how many are read, refused, crash, hang or swell.

    python -m tests.benchmarks.mutations --count 5000 [--kinds txt xlsx road.geojson]

Each kind is read in a process of its own (documents are searched too), which is started again
after a crash or a hang. The property is that of tests/fuzz: a result, or a skip or error of ours
with its code and place, within 10 seconds and 1 GB. Prints one line a kind; exits with 1 when
a file did what none may do.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import threading
from collections import Counter

from tests.fuzz.mutate import mutate, random_steps
from tests.fuzz.target import SECONDS, HangError, outcome_of
from tests.fuzz.targets import all_targets

KINDS = sorted(all_targets())
MOST_MB = 1024
#: Of the wall, until a process that says nothing is ended: parsers in C heed no other clock.
SILENCE_S = 12 * SECONDS


def read_some(kind: str, first: int, count: int) -> None:
    """Print a line for each damaged file: its number, the peak memory in MB, what came of it."""
    target = all_targets()[kind]
    seeds = list(target.seeds())
    for number in range(first, count):
        source = random.Random(f"{kind} {number}")
        raw = mutate(source.choice(seeds), random_steps(source), target.tokens)
        try:
            outcome = outcome_of(target, raw)
        except (Exception, HangError) as fault:  # what must not happen is what is counted here
            outcome = f"FAILED: {type(fault).__name__}: {str(fault)[:60]!r}"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print("@", number, peak, outcome, flush=True)


def watch(kind: str, count: int) -> tuple[Counter[str], int]:
    """Return how often each outcome came, and the highest peak of memory in MB."""
    outcomes: Counter[str] = Counter()
    at = peak = 0
    while at < count:
        words = [sys.executable, "-W", "ignore", "-m", __spec__.name, "--kind", kind,
                 "--first", str(at), "--count", str(count)]  # fmt: skip
        child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        timer = threading.Timer(SILENCE_S, child.kill)
        timer.start()
        for line in child.stdout or ():
            if not line.startswith("@ "):
                print(f"  {kind} {at}: a reader printed {line!r}")
                continue
            timer.cancel()
            _, number, used, outcome = line.rstrip().split(" ", 3)
            at, peak = int(number) + 1, max(peak, int(used))
            outcomes[outcome] += 1
            if outcome.startswith("FAILED"):
                print(f"  {kind} {number}: {outcome}")
            timer = threading.Timer(SILENCE_S, child.kill)
            timer.start()
        timer.cancel()
        if child.wait():
            outcomes[f"FAILED: ended with {child.returncode}"] += 1
            print(f"  {kind} {at}: ended with {child.returncode}")
            at += 1
    return outcomes, peak


def main() -> int:
    """Return 0 when no file did what none may do."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kind", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=500)
    chosen = parser.parse_args()
    if chosen.kind:
        read_some(chosen.kind, chosen.first, chosen.count)
        return 0
    bad = 0
    for kind in chosen.kinds:
        outcomes, peak = watch(kind, chosen.count)
        failed = sum(many for each, many in outcomes.items() if each.startswith("FAILED"))
        bad += failed + (peak > MOST_MB)
        listed = ", ".join(f"{name} {many}" for name, many in outcomes.most_common())
        print(
            f"{kind:14} {outcomes.total():6} files {failed:4} failed {peak:5} MB: {listed}",
            flush=True,
        )
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
