"""plan: K = 10 of 2,000 sites for 20,000 places, three layouts; beside spopt's MCLP.

Run with ``python -m tests.benchmarks.plan [--limit SECONDS]``; spopt (with pulp) is compared where
it is installed, and told with its best and its bound where the limit ends it.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import os
import re
import signal
import tempfile
import time
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import KDTree

from geomap.plan.choice import Choice, choose
from geomap.plan.problem import Problem

SITES, PLACES, MOST, REACH_KM = 2000, 20_000, 10, 1.923
#: For writing spopt's problem, before CBC begins.
BUILD_S = 120


def lay_even(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places and sites all over a square of 40 km."""
    places = random.uniform(0, 40, (PLACES, 2))
    return places, random.uniform(0, 40, (SITES, 2)), random.integers(1, 200, PLACES)


def lay_clusters(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """25 towns that overlap; sites stand where people live."""
    centres = random.uniform(5, 35, (25, 2))
    places = centres[random.integers(0, 25, PLACES)] + random.normal(0, 2.5, (PLACES, 2))
    sites = places[random.choice(PLACES, SITES, replace=False)]
    return places, sites, random.integers(1, 200, PLACES)


def lay_city(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One centre, thinning out; few places hold most people."""
    away, turn = random.exponential(6, PLACES), random.uniform(0, 2 * np.pi, PLACES)
    places = np.column_stack([away * np.cos(turn), away * np.sin(turn)])
    return places, random.uniform(-15, 15, (SITES, 2)), random.pareto(1.5, PLACES) * 20 + 1


def measure(name: str, problem: Problem, limit_s: int) -> None:
    """Print seconds (wall and processor), value and gap, and spopt's seconds and value."""
    wall, cpu = time.perf_counter(), processor_s()
    choice = choose(problem)
    wall, cpu = time.perf_counter() - wall, processor_s() - cpu
    line = f"{name:9} {wall:6.1f} s ({cpu:5.1f} s of processor) {choice.value:12,.0f}"
    print(f"{line} gap {choice.gap:.3%}", flush=True)
    print(f"{'':9} {beside_spopt(problem, choice, cpu, limit_s)}", flush=True)


def processor_s() -> float:
    """Return seconds of processor, those of finished children (CBC is one) included."""
    return sum(os.times()[:4])


def beside_spopt(problem: Problem, choice: Choice, cpu: float, limit_s: int) -> str:
    """Return what spopt found: best, bound, seconds, as ratios to ours.

    It works in a process of its own, which is ended with CBC after ``limit_s`` seconds of wall: a
    solver that has not finished its first linear program does not look at its clock.
    """
    if importlib.util.find_spec("spopt") is None or importlib.util.find_spec("pulp") is None:
        return "(spopt is not installed)"
    with tempfile.TemporaryDirectory() as folder:
        log, found = Path(folder) / "log", Path(folder) / "found"
        child = multiprocessing.Process(target=solve_spopt, args=(problem, limit_s, log, found))
        begin = processor_s()
        child.start()
        child.join(limit_s + BUILD_S)
        ended = not child.is_alive()
        if not ended:
            os.killpg(child.pid or 0, signal.SIGKILL)
        child.join()
        seconds = processor_s() - begin
        told = f"spopt {seconds:.1f} s of processor ({seconds / cpu:.0f} times)"
        bound = read_bound(log.read_text() if log.exists() else "", found)
        if not ended or not found.exists():
            return f"{told}, ended at the limit without a choice; {bound}"
        chosen = np.fromstring(found.read_text(), dtype=np.int64, sep=" ")
        value = problem.value(chosen[: problem.most])
        return f"{told}, value {value / choice.value:.4f} of ours; {bound}"


def solve_spopt(problem: Problem, limit_s: int, log: Path, found: Path) -> None:
    """Write what spopt's MCLP chooses; a group of processes of its own."""
    import pulp
    from spopt.locate import MCLP

    os.setpgrp()
    away = np.where(problem.covers.toarray().T > 0, 0.0, 9.0)
    model = MCLP.from_cost_matrix(away, problem.weight, 1.0, p_facilities=problem.most)
    solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=limit_s, logPath=str(log))
    model = model.solve(solver)
    chosen = np.flatnonzero([(variable.value() or 0) > 0.5 for variable in model.fac_vars])
    found.write_text(" ".join(map(str, chosen)))


def read_bound(log: str, found: Path) -> str:
    """Return the last bound that CBC told; its problem is a minimum of what is not covered."""
    relaxed = re.findall(r"Continuous objective value is ([-\d.e+]+)", log)
    bounds = re.findall(r"best possible ([-\d.e+]+)", log) + re.findall(
        r"(?:Lower|Upper) bound:\s+([-\d.e+]+)", log
    )
    if "Optimal solution found" in log:
        return "proven optimal"
    if bounds or relaxed:
        return f"bound {abs(float((relaxed + bounds)[-1])):,.0f}"
    return "no bound: its first linear program was not solved"


def main() -> None:
    """Measure the three layouts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--limit", type=int, default=120, help="seconds for spopt and CBC")
    limit_s = options.parse_args().limit
    for name, lay in (("even", lay_even), ("clusters", lay_clusters), ("city", lay_city)):
        places, sites, weight = lay(np.random.default_rng(1))
        pairs = KDTree(sites).sparse_distance_matrix(
            KDTree(places), REACH_KM, output_type="ndarray"
        )
        covers = csr_array((np.ones(len(pairs)), (pairs["i"], pairs["j"])), shape=(SITES, PLACES))
        measure(name, Problem(weight.astype(float), covers, MOST), limit_s)


if __name__ == "__main__":
    main()
