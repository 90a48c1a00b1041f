"""One row placed with the shipped places, and the district it fell into."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.places import Places, place_stations
from geomap.places.districts import assign_districts


def place(places: Places, **row: Any) -> pd.Series:
    return place_stations(pd.DataFrame([row]), places).iloc[0]


def code_of(placed: pd.Series, districts: gpd.GeoDataFrame) -> str:
    return str(assign_districts([placed.lon], [placed.lat], districts)["district_code"].iloc[0])
