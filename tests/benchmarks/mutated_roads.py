"""Damaged road files, thousands of each kind: how many are read, refused, crash, hang or swell.

    python -m tests.benchmarks.mutated_roads --count 5000

Each kind is read in a process of its own, which is started again after a crash or a hang.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import threading
from collections import Counter

from geomap.records import InputError
from tests.fuzz.mutate import mutate, random_steps
from tests.fuzz.targets import all_targets

KINDS = [name for name in all_targets() if name.startswith("road.")]
HANG_S = 10.0
MOST_MB = 1024


def read_some(kind: str, first: int, count: int) -> None:
    """Print a line for each damaged file: its number, what came of it, the peak memory in MB."""
    target = all_targets()[kind]
    (seed,) = target.seeds()
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    for number in range(first, count):
        steps = random_steps(random.Random(f"{kind} {number}"))
        try:
            target.run(mutate(seed, steps, target.tokens))
            outcome = "read"
        except InputError as fault:
            outcome = fault.code or "NO CODE"
        except BaseException as fault:  # what must not happen is what is counted here
            outcome = f"TRACEBACK: {type(fault).__name__}: {str(fault)[:60]!r}"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(number, peak, outcome, flush=True)


def watch(kind: str, count: int) -> tuple[Counter[str], int]:
    """Return how often each outcome came, and the highest peak of memory in MB."""
    outcomes: Counter[str] = Counter()
    at = peak = 0
    while at < count:
        words = [sys.executable, "-W", "ignore", "-m", __spec__.name, "--kind", kind,
                 "--first", str(at), "--count", str(count)]  # fmt: skip
        child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        timer = threading.Timer(4 * HANG_S, child.kill)
        timer.start()
        for line in child.stdout or ():
            timer.cancel()
            number, used, outcome = line.rstrip().split(" ", 2)
            at, peak = int(number) + 1, max(peak, int(used))
            outcomes[outcome] += 1
            if outcome.startswith("TRACEBACK"):
                print(f"  {kind} {number}: {outcome}")
            timer = threading.Timer(HANG_S, child.kill)
            timer.start()
        timer.cancel()
        if child.wait():
            outcomes[f"KILLED:{child.returncode}"] += 1
            print(f"  {kind} {at}: ended with {child.returncode}")
            at += 1
    return outcomes, peak


def main() -> None:
    """Print one line a kind; exit with 1 when a file did what none may do."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=500)
    chosen = parser.parse_args()
    if chosen.kind:
        read_some(chosen.kind, chosen.first, chosen.count)
        return
    bad = 0
    for kind in chosen.kinds:
        outcomes, peak = watch(kind, chosen.count)
        wrong = sum(number for word, number in outcomes.items() if word[0].isupper())
        bad += wrong + (peak > MOST_MB)
        told = ", ".join(f"{word} {number}" for word, number in outcomes.most_common(8))
        print(f"{kind:13} {chosen.count} files, {wrong} wrong, peak {peak} MB: {told}", flush=True)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
