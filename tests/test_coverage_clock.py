"""The coverage clock: shares hour by hour."""

from __future__ import annotations

import math

import geopandas as gpd
import pytest
import shapely

from geomap.coverage import Envelope, hours_table

KILOMETRE = Envelope("km", "1 km", 1000.0, "circle")
DISTRICTS = gpd.GeoDataFrame(
    {"district_code": ["110101", "110102"]},
    geometry=[shapely.box(116.3, 39.8, 116.5, 40.0), shapely.box(117.3, 39.8, 117.5, 40.0)],
    crs=4326,
)


def make_stations(*hours: str) -> gpd.GeoDataFrame:
    """Stations with these hours, 5 km apart."""
    return gpd.GeoDataFrame(
        {
            "station_id": [f"s{number}" for number in range(len(hours))], "kind": "station",
            "status": "operating", "access": "public", "precision": "exact",
            "uncertainty_m": 0.0, "in_district": True, "opening_hours": list(hours),
        },
        geometry=gpd.points_from_xy([116.35 + 0.05 * n for n in range(len(hours))], 39.9), crs=4326,
    )  # fmt: skip


def test_hours_open_unknown_and_closed() -> None:
    stations = make_stations("Mo-Fr 07:30-19:30", "", 'Th "下午"')
    table = hours_table(stations, DISTRICTS, [KILOMETRE])
    assert len(table) == 168
    assert set(table.district_code) == {"110101"}
    hour = table.set_index(["weekday", "hour"])
    one = hour.loc[(1, 8), "share"]
    assert one == pytest.approx(math.pi / 380, rel=0.01)  # 17.1 by 22.2 km
    assert hour.loc[(1, 7), "share"] == 0  # not open throughout
    assert hour.loc[(1, 18), "share"] == one
    assert hour.loc[(6, 12), "share"] == 0
    assert hour.loc[(6, 12), "share_high"] == pytest.approx(one, abs=2e-6)
    assert hour.loc[(4, 12), "share_high"] == pytest.approx(3 * one, abs=4e-6)
    assert (table.share_low <= table.share).all()
    assert (table.share <= table.share_high).all()


def test_clock_takes_rows_in_any_order_and_leaves_them() -> None:
    stations = make_stations("24/7", "Mo 09:00-17:00", "")
    before = stations.copy(deep=True)
    table = hours_table(stations, DISTRICTS, [KILOMETRE])
    assert table.equals(hours_table(stations[::-1], DISTRICTS[::-1], [KILOMETRE]))
    assert before.equals(stations)


def test_no_station_is_no_row() -> None:
    assert len(hours_table(make_stations(), DISTRICTS, [KILOMETRE])) == 0
