"""A folder with a small ledger, and a desk on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geomap.files.folder import SHIPPED
from tests.desk.window import LEDGER, Window


@pytest.fixture(scope="session")
def two_provinces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reference data of Beijing and Zhejiang alone: a page is not spent on reading China."""
    folder = tmp_path_factory.mktemp("reference")
    towns = pd.read_parquet(SHIPPED / "gazetteer.parquet")
    towns[towns["code"].str[:2].isin(("11", "33"))].to_parquet(folder / "gazetteer.parquet")
    districts = gpd.read_parquet(SHIPPED / "districts.parquet")
    own = districts[districts["district_code"].str[:2].isin(("11", "33"))]
    own.to_parquet(folder / "districts.parquet")
    return folder


@pytest.fixture
def folder(tmp_path: Path, two_provinces: Path) -> Path:
    made = tmp_path / "map"
    shutil.copytree(two_provinces, made)
    (made / "stations.csv").write_text(LEDGER, encoding="utf-8-sig", newline="")
    return made


@pytest.fixture
def window(folder: Path) -> Window:
    return Window(folder)
