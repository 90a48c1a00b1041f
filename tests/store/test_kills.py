"""A short run of tests/benchmarks/kills.py: real processes, really killed and at once."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "kills.py"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_kills_and_pairs_lose_nothing() -> None:
    words = [sys.executable, str(SCRIPT), "--kills", "3", "--pairs", "1", "--seed", "5"]
    run = subprocess.run(words, capture_output=True, text=True, timeout=900, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("faults 0") == 14
