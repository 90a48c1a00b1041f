"""The coverage clock: shares hour by hour."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geomap.coverage import Envelope, clock, clock_land, cover, hours_table
from geomap.coverage.layers import draw_layers
from geomap.hours import week_hours

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


def hours_of(table: pd.DataFrame, code: str, name: str = "share") -> np.ndarray:
    return table[table.district_code == code][name].to_numpy()


def test_closing_one_station_at_20_changes_exactly_the_hours_from_20_in_its_own_area() -> None:
    before = make_stations("Mo-Su 08:00-23:00", "Mo-Su 08:00-23:00", "24/7")
    far = DISTRICTS.geometry.iloc[1].centroid
    before.loc[1, "geometry"] = far
    after = before.copy()
    after.loc[1, "opening_hours"] = "Mo-Su 08:00-20:00"
    first, second = (hours_table(rows, DISTRICTS, [KILOMETRE]) for rows in (before, after))
    own = hours_of(first, "110102") != hours_of(second, "110102")
    assert own.reshape(7, 24).nonzero()[1].tolist() == [20, 21, 22] * 7
    assert hours_of(second, "110102").reshape(7, 24)[:, 20:].max() == 0
    for name in ("share_low", "share", "share_high"):
        assert (hours_of(first, "110101", name) == hours_of(second, "110101", name)).all()


def test_with_all_doors_open_the_hour_has_the_share_of_the_district() -> None:
    stations = make_stations("24/7", "Mo-Su 00:00-24:00", "Mo-Fr 08:00-18:00")
    stations["uncertainty_m"] = [0.0, 1500.0, 400.0]
    stations["geometry"] = gpd.points_from_xy([116.35, 116.36, 116.365], [39.9, 39.905, 39.9])
    stations = stations.set_crs(4326)
    shares = cover(stations, DISTRICTS, [KILOMETRE]).shares.loc["110101"]
    hour = hours_table(stations, DISTRICTS, [KILOMETRE]).set_index(["weekday", "hour"])
    for name in ("share_low", "share", "share_high"):
        assert hour.loc[(2, 10), name] == pytest.approx(shares[f"km_{name}"], abs=1e-6)
    night = stations[:2]
    exact = cover(night, DISTRICTS, [KILOMETRE]).shares.loc["110101"]
    for name in ("share_low", "share", "share_high"):
        assert hour.loc[(2, 3), name] == pytest.approx(exact[f"km_{name}"], rel=0.02)


def test_the_clock_asks_for_each_group_of_hours_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr(
        clock_land, "draw_layers", lambda *given: drawn.append(given) or draw_layers(*given)
    )
    stations = make_stations("24/7", "Mo-Fr 09:00-17:00", "24/7", "Mo-Fr 09:00-17:00")
    hours_table(stations, DISTRICTS, [KILOMETRE])
    assert len(drawn) == 2


@pytest.mark.parametrize("hours", [("", "", ""), ("24/7", "24/7", "24/7"), ("Mo 09:00-17:00",) * 3])
def test_where_all_are_open_together_no_lattice_is_laid(
    hours: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The week is then the exact share or nothing: the same that measuring finds."""
    stations = make_stations(*hours, "Mo 10:00-12:00")
    stations["uncertainty_m"] = [0.0, 1500.0, 400.0, 0.0]
    stations.loc[3, "geometry"] = DISTRICTS.geometry.iloc[1].centroid
    with monkeypatch.context() as patch:
        patch.setattr(clock_land, "_are_alike", lambda _states: False)
        measured = hours_table(stations, DISTRICTS, [KILOMETRE])
    laid = []
    monkeypatch.setattr(clock_land, "lay_lattice", lambda *given: laid.append(given))
    assert hours_table(stations, DISTRICTS, [KILOMETRE]).equals(measured)
    assert not laid


def test_hours_are_read_once_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(clock, "week_hours", lambda text: read.append(text) or week_hours(text))
    hours_table(make_stations("24/7", "", "24/7", "Mo 09:00-17:00"), DISTRICTS, [KILOMETRE])
    assert sorted(read) == ["", "24/7", "Mo 09:00-17:00"]
