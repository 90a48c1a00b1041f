"""What a build without roads, plans or foreign sheets does not load."""

from __future__ import annotations

import subprocess
import sys

UNNEEDED = (
    "geomap.roads.network", "geomap.roads.served", "geomap.find", "geomap.arriving",
    "geomap.plan", "scipy.optimize", "scipy.sparse.csgraph", "contourpy",
)  # fmt: skip


def test_the_default_build_loads_neither_roads_nor_solver_nor_finder() -> None:
    """Each costs a tenth of a second or more of every build."""
    code = f"import geomap.pipeline.build, sys; print([m for m in {UNNEEDED} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
