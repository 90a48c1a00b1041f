"""plan: K = 10 of 2,000 sites for 20,000 places, three layouts; beside spopt's MCLP.

Run with ``python -m tests.benchmarks.plan``; spopt (with pulp) is compared where it is installed.
"""

from __future__ import annotations

import os
import time

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import KDTree

from geomap.plan import Problem, choose

SITES, PLACES, MOST, REACH_KM = 2000, 20_000, 10, 1.923


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


def measure(name: str, problem: Problem) -> None:
    """Print seconds (wall and processor), value and gap, and spopt's seconds and value."""
    wall, cpu = time.perf_counter(), processor_s()
    choice = choose(problem)
    wall, cpu = time.perf_counter() - wall, processor_s() - cpu
    line = f"{name:9} {wall:6.1f} s ({cpu:5.1f} s of processor) {choice.value:12,.0f}"
    print(f"{line} gap {choice.gap:.3%}", beside_spopt(problem, choice.value, cpu), flush=True)


def processor_s() -> float:
    """Return seconds of processor, those of finished children (CBC is one) included."""
    return sum(os.times()[:4])


def beside_spopt(problem: Problem, value: float, cpu: float) -> str:
    """Return spopt's value and seconds, as ratios; it is told to stop after 300 seconds."""
    try:
        import pulp
        from spopt.locate import MCLP
    except ImportError:
        return "(spopt is not installed)"
    wall, begin = time.perf_counter(), processor_s()
    away = np.where(problem.covers.toarray().T > 0, 0.0, 9.0)
    model = MCLP.from_cost_matrix(away, problem.weight, 1.0, p_facilities=problem.most)
    model = model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=300))
    wall, seconds = time.perf_counter() - wall, processor_s() - begin
    chosen = np.flatnonzero([variable.value() > 0.5 for variable in model.fac_vars])
    found = problem.value(chosen[: problem.most])
    told = f"spopt {wall:.1f} s ({seconds:.1f} s of processor: {seconds / cpu:.0f} times)"
    return f"{told}, value {found / value:.4f} of ours"


def main() -> None:
    """Measure the three layouts."""
    for name, lay in (("even", lay_even), ("clusters", lay_clusters), ("city", lay_city)):
        places, sites, weight = lay(np.random.default_rng(1))
        pairs = KDTree(sites).sparse_distance_matrix(
            KDTree(places), REACH_KM, output_type="ndarray"
        )
        covers = csr_array((np.ones(len(pairs)), (pairs["i"], pairs["j"])), shape=(SITES, PLACES))
        measure(name, Problem(weight.astype(float), covers, MOST))


if __name__ == "__main__":
    main()
