"""The three datums: published pairs, exact inverse, nothing moved abroad, NaN stays NaN."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model.records import InputError
from geomap.places.datum import (
    Datum,
    convert,
    is_in_china,
    parse_datum,
)
from tests.wire.test_wire import read_golden

METRES = 111_320.0
#: googollee/eviltransform, tests of every language port (WGS-84 → GCJ-02).
EVILTRANSFORM = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]
#: wandergis/coordtransform, README.
WANDERGIS = [
    (Datum.GCJ02, Datum.BD09, (116.404, 39.915), (116.41036949371029, 39.92133699351021)),
    (Datum.WGS84, Datum.GCJ02, (116.404, 39.915), (116.41024449916938, 39.91640428150164)),
]
pair = st.sampled_from([(a, b) for a in Datum for b in Datum])


def metres(a: tuple[np.ndarray, np.ndarray], b: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    d_lon = (a[0] - b[0]) * np.cos(np.radians(b[1]))
    return np.asarray(np.hypot(d_lon, a[1] - b[1]) * METRES)


@pytest.mark.parametrize(("wgs", "gcj"), EVILTRANSFORM)
def test_published_pairs_of_gcj02(wgs: tuple[float, float], gcj: tuple[float, float]) -> None:
    assert convert(*wgs, Datum.WGS84, Datum.GCJ02) == pytest.approx(gcj, abs=1e-12)
    assert convert(*gcj, Datum.GCJ02, Datum.WGS84) == pytest.approx(wgs, abs=1e-11)


@pytest.mark.parametrize(("source", "target", "point", "moved"), WANDERGIS)
def test_published_pairs_of_bd09(
    source: Datum, target: Datum, point: tuple[float, float], moved: tuple[float, float]
) -> None:
    assert convert(*point, source, target) == pytest.approx(moved, abs=1e-12)


@given(pair, st.floats(73.5, 135.1), st.floats(3.4, 53.6))
def test_there_and_back_is_exact(way: tuple[Datum, Datum], lon: float, lat: float) -> None:
    source, target = way
    back = convert(*convert(lon, lat, source, target), target, source)
    assert metres(back, (np.asarray(lon), np.asarray(lat))) < 1e-6


@given(pair, st.floats(-180, 180), st.floats(-90, 90))
def test_abroad_nothing_moves(way: tuple[Datum, Datum], lon: float, lat: float) -> None:
    """Also at the edge: whatever moves in comes back out to the same place."""
    there = convert(lon, lat, *way)
    back = convert(*there, way[1], way[0])
    assert metres(back, (np.asarray(lon), np.asarray(lat))) < 1e-6
    if not (72 < lon < 136 and 3 < lat < 54.5):
        assert there == (lon, lat)


@pytest.mark.parametrize(
    "place",
    [(126.98, 37.57), (139.69, 35.69), (105.85, 21.03), (77.21, 28.61), (0, 0), (-122.4, 37.8)],
    ids=["Seoul", "Tokyo", "Hanoi", "Delhi", "zero", "San Francisco"],
)
def test_foreign_cities_stay(place: tuple[float, float]) -> None:
    assert convert(*place, Datum.WGS84, Datum.BD09) == place
    assert not is_in_china(*place)


@pytest.mark.parametrize(
    "place",
    [(114.17, 22.32), (113.54, 22.19), (121.56, 25.04), (87.62, 43.83), (112.34, 16.83)],
    ids=["Hong Kong", "Macao", "Taipei", "Urumqi", "Sansha"],
)
def test_all_of_china_is_shifted(place: tuple[float, float]) -> None:
    moved = convert(*place, Datum.WGS84, Datum.GCJ02)
    assert 100 < metres(moved, (np.asarray(place[0]), np.asarray(place[1]))) < 1000


def test_no_point_jumps_at_the_border_of_the_rule() -> None:
    lon = np.linspace(125.0, 128.0, 30_001)  # from Dandong into Korea, 0.0001° a step
    lat = np.full_like(lon, 40.0)
    moved, _ = convert(lon, lat, Datum.WGS84, Datum.BD09)
    assert np.diff(moved).min() > 0 and np.diff(moved).max() < 0.0002


def test_nan_stays_nan_and_shapes_stay() -> None:
    lon, lat = np.array([[116.4, np.nan], [np.nan, 116.4]]), np.array([[39.9, 39.9], [np.nan, 40]])
    moved = convert(lon, lat, Datum.GCJ02, Datum.WGS84)
    assert moved[0].shape == (2, 2)
    assert np.isfinite(moved[0][0, 0]) and np.isnan(moved[0][1, 0]) and np.isnan(moved[0][0, 1])
    assert convert([], [], Datum.BD09, Datum.WGS84)[0].shape == (0,)


def test_inputs_are_not_modified() -> None:
    lon, lat = np.array([116.4]), np.array([39.9])
    convert(lon, lat, Datum.BD09, Datum.WGS84)
    assert (lon[0], lat[0]) == (116.4, 39.9)


def test_west_edge_of_dongcheng() -> None:
    """At 39.93° N about 116.390° E in WGS-84 and 116.3966° E in GCJ-02."""
    lon, _ = convert(116.3966, 39.9313, Datum.GCJ02, Datum.WGS84)
    assert lon == pytest.approx(116.390, abs=0.0006)


@pytest.mark.parametrize(
    ("word", "datum"),
    [
        ("", Datum.WGS84), ("手机/GPS", Datum.WGS84), ("天地图", Datum.WGS84),
        ("WGS-84", Datum.WGS84),
        ("高德", Datum.GCJ02), ("腾讯地图", Datum.GCJ02), (" GCJ_02 ", Datum.GCJ02),
        ("百度", Datum.BD09), ("BD09", Datum.BD09),
    ],
)  # fmt: skip
def test_words_staff_write(word: str, datum: Datum) -> None:
    assert parse_datum(word) is datum


@pytest.mark.parametrize("word", ["gjc02", "高德/百度", "北京54"])
def test_unknown_words_are_refused_with_the_known_ones(word: str) -> None:
    with pytest.raises(InputError, match="AMap"):
        parse_datum(word)


def test_real_points_come_back(shared_points: np.ndarray) -> None:
    lon, lat = shared_points
    back = convert(*convert(lon, lat, Datum.GCJ02, Datum.WGS84), Datum.WGS84, Datum.GCJ02)
    assert metres(back, (lon, lat)).max() < 1e-6


@pytest.fixture(scope="module")
def shared_points() -> np.ndarray:
    path = Path(__file__).parents[2] / "shared" / "data" / "points_china_gcj02.csv.gz"
    if not path.exists():
        pytest.skip("the shared points are not here")
    columns = np.genfromtxt(path, delimiter=",", skip_header=1, usecols=(7, 8), encoding="utf-8")
    return np.asarray(columns).T


@pytest.mark.parametrize("case", read_golden("gcj02"), ids=lambda case: case["place"])
def test_golden_pairs(case):
    """The browser's own formula is held to the same pairs (tests/browser/test_golden_wire.py)."""
    moved = convert(*case["wgs84"], Datum.WGS84, Datum.GCJ02)
    assert moved == pytest.approx(case["gcj02"], abs=1e-11)
    assert convert(*moved, Datum.GCJ02, Datum.WGS84) == pytest.approx(case["wgs84"], abs=1e-10)
