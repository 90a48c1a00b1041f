"""The base map's squares: what is drawn is whole, lies where it is, and is in reach of somebody."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.ground import read_ground
from geomap.pages.base_map import LEVELS, draw_base
from geomap.wire import encode_rings
from geomap.wire.areas import cut_areas
from geomap.wire.rings import encode_texts
from tests.ground.town import CROSSING, write_town
from tests.wire_read import decode_rings

HERE = np.array([CROSSING])
_POINT = st.tuples(st.integers(-9, 9), st.integers(-9, 9))


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> gpd.GeoDataFrame:
    return read_ground([write_town(tmp_path_factory.mktemp("town") / "town.osm.pbf")]).base


def read_near(files, kind: str) -> list[np.ndarray]:
    """Return the lines or rings of a kind in squares of zoom 13."""
    found = []
    for name, file in files.items():
        if name.startswith("base/13/") and kind in file:
            corner = np.array(name.removeprefix("base/13/").split("-"), dtype=float)
            found += [corner + ring / 4096 for ring in decode_rings(file[kind])]
    return found


def metres(squares: float) -> float:
    """Metres of so many squares of zoom 13 at the town's latitude."""
    return float(squares * 40_075_017 / 2**13 * np.cos(np.radians(CROSSING[1])))


def test_a_lake_keeps_its_size_and_its_island(things) -> None:
    rings = [shapely.LinearRing(ring) for ring in read_near(draw_base(things, HERE), "water")]
    sizes = sorted(metres(metres(shapely.Polygon(ring).area)) for ring in rings)
    assert sizes == pytest.approx([10_000, 90_000], rel=0.03)
    assert len({ring.is_ccw for ring in rings}) == 2  # a hole runs the other way round


def test_a_railway_is_whole_across_its_squares_and_a_tunnel_is_not_drawn(things) -> None:
    files = draw_base(things, HERE)
    long = sum(shapely.LineString(line).length for line in read_near(files, "rail"))
    assert len([name for name in files if name.startswith("base/13/")]) >= 3
    assert metres(long) == pytest.approx(10_000, rel=0.01)
    (yard,) = read_near(files, "tram")  # drawn thin, and near by alone
    assert metres(shapely.LineString(yard).length) == pytest.approx(600, rel=0.02)


def test_from_afar_specks_and_streams_are_left_out(things) -> None:
    far = {kind for name, file in draw_base(things, HERE).items() for kind in file
           if name.startswith("base/7/")}  # fmt: skip
    assert far == {"rail", "river"}


def test_where_nobody_rides_there_are_no_near_squares(things) -> None:
    files = draw_base(things, HERE + 3.0)
    assert not [name for name in files if name.startswith("base/13/")]
    assert [level["from"] for level in files["base/index"]["levels"]] == [8, 11, 14]


def test_without_anything_to_draw_there_is_no_file(things) -> None:
    assert draw_base(things[:0], HERE) == {}
    assert LEVELS[-1][0].zoom == 13


@given(st.lists(st.tuples(st.lists(_POINT, min_size=1, max_size=5), st.integers(0, 2)), max_size=9))
def test_many_texts_are_written_as_one_by_one(lines) -> None:
    lines = sorted(lines, key=lambda line: line[1])
    courses = [np.array(course, dtype=np.int64) for course, _ in lines]
    number = np.array([text for _, text in lines], dtype=np.int64)
    alone = [
        encode_rings(course for course, (_, text) in zip(courses, lines, strict=True) if text == n)
        for n in np.unique(number)
    ]
    starts = np.r_[0, np.cumsum([len(course) for course in courses])].astype(np.int64)
    xy = np.concatenate([*courses, np.empty((0, 2), dtype=np.int64)])
    assert encode_texts(xy, starts, number) == alone


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3), st.floats(0.01, 2)), max_size=5))
def test_the_pieces_of_an_area_are_the_area(discs) -> None:
    shapes = np.array([shapely.Point(x, y).buffer(r) for x, y, r in discs], dtype=object)
    row, square, pieces = cut_areas(shapes, 0.0)
    area = np.bincount(row, shapely.area(pieces), minlength=len(shapes)) if len(row) else []
    assert area == pytest.approx(shapely.area(shapes) if len(shapes) else [], rel=1e-9)
    if len(pieces):
        assert (shapely.bounds(pieces)[:, :2] >= square - 1e-12).all()
        assert (shapely.bounds(pieces)[:, 2:] <= square + 1 + 1e-12).all()
