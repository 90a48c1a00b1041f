"""The offline ladder as geopy sees it: answers, honesty, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from geomap.divisions import read_divisions
from geomap.model.tables import PRECISIONS
from geomap.places import place_stations, read_places
from geomap.places.districts import read_districts
from geomap.places.geocoder import Ladder, Offline

GEODATA = Path(__file__).parent.parent / "geodata"


@pytest.fixture(scope="module")
def offline() -> Offline:
    districts = read_districts(GEODATA / "districts.parquet")
    places = read_places(
        read_divisions(GEODATA), districts, gazetteer=GEODATA / "gazetteer.parquet",
        ledger=GEODATA / "places.csv", zones=GEODATA / "zones.csv",
    )  # fmt: skip
    return Offline(places, districts)


def test_it_is_a_geocoder_of_geopy(offline: Offline) -> None:
    assert isinstance(offline, Geocoder)
    assert issubclass(get_geocoder_for_service("nominatim"), Geocoder)


@pytest.mark.parametrize(
    "query, precision",
    [
        ("浙江省湖州市德清县新市镇", "township"),
        ({"province": "北京市", "district": "石景山区", "township": "八角街道"}, "township"),
        ({"district": "德清县"}, "district"),
        ("山东省济南市", "city"),
    ],
)
def test_an_answer_says_how_sure_it_is(
    offline: Offline, query: str | dict[str, str], precision: str
) -> None:
    found = offline.geocode(query)
    assert isinstance(found, Location)
    assert found.raw["precision"] == precision in PRECISIONS
    assert found.raw["uncertainty_m"] > 0 and found.raw["datum"] == "wgs84"
    assert found.raw["provider"] and found.raw["matched"]
    assert offline.geocode(query, exactly_one=False) == [found]


def test_the_port_and_the_table_answer_alike(offline: Offline) -> None:
    row = {"province": "浙江省", "city": "湖州市", "district": "德清县", "township": "新市镇"}
    table = place_stations(pd.DataFrame([row]), offline._places).iloc[0]
    found = offline.geocode(row)
    assert (found.longitude, found.latitude) == (table["lon"], table["lat"])
    assert found.raw["uncertainty_m"] == table["uncertainty_m"]


@pytest.mark.parametrize("query", ["火星上的驿站", {"name": "驿站"}, "朝阳区"])
def test_what_nobody_knows_or_two_places_are_called_is_no_answer(
    offline: Offline, query: str | dict[str, str]
) -> None:
    assert offline.geocode(query) is None


@pytest.mark.parametrize("query", ["", {"address": " "}, {"street": "解放路"}])
def test_a_query_that_cannot_be_meant_is_refused(
    offline: Offline, query: str | dict[str, str]
) -> None:
    with pytest.raises(GeocoderQueryError):
        offline.geocode(query)


def test_a_point_has_its_district(offline: Offline) -> None:
    found = offline.reverse((30.617, 120.291))
    assert found.raw["district_code"] == "330521" and found.address == "浙江省湖州市德清县"
    assert offline.reverse((0.0, 0.0)) is None


class _Fixed(Geocoder):  # type: ignore[misc]
    def __init__(self, uncertainty_m: float | None) -> None:
        super().__init__()
        self.asked = 0
        self._uncertainty_m = uncertainty_m

    def geocode(self, query: str) -> Location | None:
        self.asked += 1
        if self._uncertainty_m is None:
            return None
        return Location("here", (30.0, 120.0), {"uncertainty_m": self._uncertainty_m})


@pytest.mark.parametrize(
    "radii, wanted, asked",
    [
        ([None, 50.0, 10.0], 50.0, [1, 1, 0]),
        ([5000.0, 800.0, 2000.0], 800.0, [1, 1, 1]),
        ([None, None, None], None, [1, 1, 1]),
    ],
)
def test_a_ladder_asks_no_further_than_it_must(
    radii: list[float | None], wanted: float | None, asked: list[int]
) -> None:
    rungs = [_Fixed(radius) for radius in radii]
    found = Ladder(rungs).geocode("某处")
    assert (found and found.raw["uncertainty_m"]) == wanted
    assert [rung.asked for rung in rungs] == asked
