"""Point in polygon on maps drawn as text, one letter a district, one cell 0.01 degrees."""

from __future__ import annotations

import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geomap.model.records import InputError
from geomap.places.districts import assign_districts, read_districts

GEODATA = Path(__file__).parent.parent / "geodata"
CELL = 0.01
WEST, SOUTH = 121.0, 29.0  # on the coast of Zhejiang: what lies outside is sea


def grid(*lines: str) -> gpd.GeoDataFrame:
    """Districts from text: every letter is one, a dot is nothing; the first line is the north."""
    cells: dict[str, list[shapely.Geometry]] = {}
    for row, line in enumerate(reversed(lines)):
        for column, letter in enumerate(line):
            if letter != ".":
                x, y = WEST + column * CELL, SOUTH + row * CELL
                cells.setdefault(letter, []).append(shapely.box(x, y, x + CELL, y + CELL))
    table = {"district_code": sorted(cells), "province": "", "city": "", "district": sorted(cells)}
    shapes = [shapely.union_all(cells[letter]) for letter in sorted(cells)]
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326").assign(area_km2=1.0)


def at(column: float, row: float) -> tuple[float, float]:
    """The position this many cells east and north of the south-west corner."""
    return WEST + column * CELL, SOUTH + row * CELL


def outcome(districts: gpd.GeoDataFrame, *places: tuple[float, float]) -> list[tuple[str, str]]:
    lon, lat = np.array(places).T
    found = assign_districts(lon, lat, districts)
    return list(zip(found["district_code"], found["outcome"], strict=True))


MAP = grid(
    "AAAB",
    "ACAB",
    "AAAB",
)


def test_inside_a_hole_and_beside_it() -> None:
    assert outcome(MAP, at(1.5, 1.5), at(0.5, 1.5), at(3.5, 0.5)) == [
        ("C", "inside"), ("A", "inside"), ("B", "inside"),
    ]  # fmt: skip


def test_on_the_line_the_smaller_code_is_reported_as_border() -> None:
    assert outcome(MAP, at(3, 0.5), at(1, 1.5)) == [("A", "border"), ("A", "border")]


def test_metres_from_the_line_the_holder_is_reported_as_border() -> None:
    assert outcome(MAP, at(3.0003, 0.5), at(2.9997, 0.5)) == [("B", "border"), ("A", "border")]


def test_a_hair_of_space_between_two_districts_is_border() -> None:
    apart = grid("A.B")
    apart.loc[1, "geometry"] = shapely.box(WEST + CELL + 2e-5, SOUTH, WEST + 2 * CELL, SOUTH + CELL)
    assert outcome(apart, (WEST + CELL + 1e-5, SOUTH + CELL / 2)) == [("A", "border")]


def test_outside_is_sea_near_the_coast_and_foreign_far_away() -> None:
    assert outcome(MAP, at(9, 1), at(100, 1), (139.7, 35.7)) == [
        ("", "sea"), ("", "foreign"), ("", "foreign"),
    ]  # fmt: skip


def test_no_coordinate_is_none_and_rows_keep_their_place() -> None:
    assert outcome(MAP, (np.nan, 29.0), at(0.5, 0.5), (np.nan, np.nan)) == [
        ("", "none"), ("A", "inside"), ("", "none"),
    ]  # fmt: skip
    assert assign_districts([], [], MAP).empty


def test_order_of_districts_does_not_matter() -> None:
    places = [at(column / 4, row / 4) for column in range(17) for row in range(13)]
    assert outcome(MAP, *places) == outcome(MAP.iloc[::-1], *places)


@pytest.fixture(scope="module")
def china() -> gpd.GeoDataFrame:
    return read_districts(GEODATA / "districts.parquet")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((116.391, 39.9313), ("110101", "inside")),  # 东城区, east of its edge at 116.390
        ((116.387, 39.9313), ("110102", "inside")),  # 西城区, west of it
        ((119.72, 30.23), ("330112", "inside")),  # 临安区
        ((121.5, 38.8), ("", "sea")),  # off Dalian
        ((114.3, 22.12), ("", "sea")),  # off Hong Kong
        ((124.40, 40.08), ("", "foreign")),  # Sinuiju, 1 km from Dandong
        ((127.53, 50.27), ("", "foreign")),  # Blagoveshchensk
        ((2.35, 48.86), ("", "foreign")),
    ],
)
def test_real_places(
    china: gpd.GeoDataFrame, place: tuple[float, float], expected: tuple[str, str]
) -> None:
    assert outcome(china, place) == [expected]


def test_two_hundred_thousand_points_are_fast(china: gpd.GeoDataFrame) -> None:
    lon = np.tile(np.linspace(75, 131, 1000), 200)
    lat = np.repeat(np.linspace(19, 52, 200), 1000)
    started = time.process_time()
    found = assign_districts(lon, lat, china)
    assert time.process_time() - started < 20  # about 2 s on an idle machine
    assert len(found) == 200_000 and (found["outcome"] == "inside").mean() > 0.3


def test_a_bad_file_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"make_districts\.py"):
        read_districts(tmp_path / "districts.parquet")
    (tmp_path / "text.parquet").write_text("no parquet")
    with pytest.raises(InputError, match="GeoParquet"):
        read_districts(tmp_path / "text.parquet")
    lacking = MAP.drop(columns="area_km2").to_crs(3857)
    lacking.to_parquet(tmp_path / "lacking.parquet")
    with pytest.raises(InputError, match=r"area_km2; has the coordinate system EPSG:3857"):
        read_districts(tmp_path / "lacking.parquet")


def test_a_code_that_could_be_a_path_is_a_fault(tmp_path: Path) -> None:
    """Codes name files of the site and stand in the addresses that a page asks for."""
    codes = ["../../../uploads/evil", "none", "110105\n"]
    named = MAP.head(len(codes)).assign(district_code=codes[: len(MAP)], area_km2=1.0)
    named.to_parquet(tmp_path / "named.parquet")
    with pytest.raises(InputError, match=r"the code '\.\./\.\./\.\./uploads/evil'; .*'none'"):
        read_districts(tmp_path / "named.parquet")
