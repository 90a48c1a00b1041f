"""A station beside a street that meets no other belongs to the street nearby that does."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from geomap.cli import main
from geomap.roads import Network, reach_areas, read_roads

#: Degrees to 100 m at 36.5° N.
EAST, NORTH = 0.001117, 0.000899


def line(*places: tuple[float, float]) -> dict[str, object]:
    """A street through places, in units of 100 m from 117.0 E, 36.5 N."""
    course = [[117.0 + x * EAST, 36.5 + y * NORTH] for x, y in places]
    geometry = {"type": "LineString", "coordinates": course}
    return {"type": "Feature", "properties": {"highway": "residential"}, "geometry": geometry}


#: Streets of 6 km that meet; a yard of 200 m beside them; a village of 5 km, farther off.
STREETS = [line((0, 0), (20, 0), (40, 0)), line((20, 0), (20, 20))]
YARD = line((10, 1), (12, 1))
VILLAGE = line((60, 0), (110, 0))


@pytest.fixture
def roads(tmp_path: Path) -> Path:
    path = tmp_path / "roads.geojson"
    features = [*STREETS, YARD, VILLAGE]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def at(x: float, y: float) -> tuple[np.ndarray, np.ndarray]:
    return np.array([117.0 + x * EAST]), np.array([36.5 + y * NORTH])


def height_m(network: Network, x: float, y: float, stub_m: float) -> float:
    """How far north of the main street the foot of a point lies, metres."""
    foot = network.attach(*at(x, y), 250.0, stub_m)
    return round(float((foot.lat[0] - 36.5) / NORTH * 100))


def test_a_part_is_as_long_as_all_its_streets(roads: Path) -> None:
    network = read_roads(roads)
    assert sorted({round(each / 100) for each in network.part_m}) == [2, 50, 60]


def test_a_stub_is_passed_over_for_the_street_that_leads_on(roads: Path) -> None:
    network = read_roads(roads)
    assert height_m(network, 11, 1.2, stub_m=0) == 100  # the nearest street is the yard's
    assert height_m(network, 11, 1.2, stub_m=2500) == 0
    kept = network.attach(*at(80, 0.1), 250.0, 2500.0)
    assert kept.is_on_network[0] and kept.gap_m[0] == pytest.approx(10, abs=1)


def test_a_stub_with_nothing_near_stays_what_there_is(roads: Path) -> None:
    network = read_roads(roads)
    assert network.attach(*at(11, 3), 250.0, 2500.0).is_on_network[0]
    assert height_m(network, 11, 3, stub_m=2500) == 100  # the main street is 300 m off
    assert not network.attach(*at(11, 9), 250.0, 2500.0).is_on_network[0]


def test_the_reach_is_that_of_the_main_street(roads: Path) -> None:
    network = read_roads(roads)
    on_stub, moved = (
        shapely.area(reach_areas(network, network.attach(*at(11, 1.2), 250.0, stub_m), 1500.0)[0])
        for stub_m in (0.0, 2500.0)
    )
    assert moved > 5 * on_stub


def test_the_build_says_whose_street_led_nowhere(
    tmp_path: Path, roads: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    city = tmp_path / "city"
    city.mkdir()
    (lon,), (lat,) = at(11, 1.2)
    (city / "stations.csv").write_text(
        f"station_id,name,kind,lon,lat,datum\nyard,甲驿站,驿站,{lon:.6f},{lat:.6f},wgs84\n"
        f"street,乙驿站,驿站,{lon:.6f},36.5001,wgs84\n", encoding="utf-8",
    )  # fmt: skip
    words = [
        "build",
        "--geodata",
        str(city),
        "--out",
        str(tmp_path / "site"),
        "--roads",
        str(roads),
    ]
    assert main(words) == 0
    warnings = json.loads((tmp_path / "site/build.json").read_text("utf-8"))["warnings"]
    told = {each["where"]: each["reason"] for each in warnings if each["code"] == "on-a-stub"}
    assert list(told) == ["yard"] and "120 m away" in told["yard"]
    assert "on-a-stub" in capsys.readouterr().out
