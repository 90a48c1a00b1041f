"""Shared by all tests: no test depends on the time it takes."""

from __future__ import annotations

import geopandas as gpd
import pytest
from hypothesis import settings

from geomap.divisions import Divisions, read_divisions
from geomap.files.folder import SHIPPED
from geomap.places import Places, read_places
from geomap.places.districts import read_districts

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def divisions() -> Divisions:
    """Today's divisions, as shipped; read only."""
    return read_divisions(SHIPPED)


@pytest.fixture(scope="session")
def districts() -> gpd.GeoDataFrame:
    """The shipped polygons; read only."""
    return read_districts(SHIPPED / "districts.parquet")


@pytest.fixture(scope="session")
def places(divisions: Divisions, districts: gpd.GeoDataFrame) -> Places:
    """All places that came with the program; read only."""
    return read_places(
        divisions,
        districts,
        gazetteer=SHIPPED / "gazetteer.parquet",
        ledger=SHIPPED / "places.csv",
        zones=SHIPPED / "zones.csv",
    )
