"""A folder with a small ledger, and a desk on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.window import LEDGER, Window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "map"
    made.mkdir()
    (made / "stations.csv").write_text(LEDGER, encoding="utf-8-sig", newline="")
    return made


@pytest.fixture
def window(folder: Path) -> Window:
    return Window(folder)
