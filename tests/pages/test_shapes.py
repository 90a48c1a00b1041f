"""Shapes for a browser: quantised, but none is lost."""

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from geomap.pages.shapes import (
    SCALE,
    encode_coverage,
    encode_polygon,
    encode_polygons,
    simplify_parts,
)
from tests.wire_read import decode_rings


def _polygon(text):
    outer, *holes = decode_rings(text, SCALE)
    return Polygon(outer, holes)


@given(st.floats(73, 135), st.floats(18, 53), st.floats(0.01, 5), st.integers(3, 40))
def test_a_polygon_comes_back_within_the_grid(lon, lat, size, corners):
    shape = Point(lon, lat).buffer(size, quad_segs=corners)
    assert (
        shapely.hausdorff_distance(_polygon(encode_polygon(shape)).exterior, shape.exterior)
        < 1.5 / SCALE
    )


def test_parts_and_holes_are_kept():
    ring = box(116, 39, 117, 40).difference(box(116.4, 39.4, 116.6, 39.6))
    rings = decode_rings(encode_polygon(MultiPolygon([ring, box(118, 39, 119, 40)])), SCALE)
    assert np.allclose([Polygon(ring).area for ring in rings], [1, 0.04, 1])


def test_a_tiny_county_keeps_a_ring():
    part = encode_polygon(box(116, 39, 116.00001, 39.00001))
    assert _polygon(part).area > 0 and _polygon(part).contains(Point(116.000005, 39.000005))


@given(
    st.lists(st.tuples(st.floats(73, 135), st.sampled_from([1e-7, 1e-5, 0.01, 0.3])), max_size=5)
)
def test_many_polygons_are_encoded_as_each_alone(places):
    shapes = [None, Polygon()]
    for lon, size in places:
        whole = box(lon, 40, lon + size, 40 + size)
        hole = box(lon + size / 4, 40 + size / 4, lon + size / 2, 40 + size / 2)
        shapes += [whole.difference(hole), MultiPolygon([box(lon, 9, lon + 1e-7, 9.1), whole])]
    texts, sizes = encode_polygons(shapes)
    assert texts == [encode_polygon(shape) for shape in shapes]
    assert sizes.tolist() == [sum(map(len, decode_rings(text))) for text in texts]


def test_an_empty_shape_has_no_part():
    assert encode_polygon(None) == "" == encode_polygon(Polygon())


def test_neighbours_stay_together_when_simplified():
    line = np.column_stack([np.linspace(0, 1, 400), 0.5 + 0.01 * np.sin(np.arange(400))])
    south = Polygon([*line, (1, 0), (0, 0)])
    north = Polygon([*line, (1, 1), (0, 1)])
    encoded = encode_coverage(gpd.GeoSeries([south, north]), max_vertices=200)
    lower, upper = map(_polygon, encoded)
    assert len(lower.exterior.coords) < 200
    assert lower.intersection(upper).area < 1e-9
    assert abs(lower.union(upper).area - 1) < 1e-6


def test_every_part_is_simplified_for_itself_and_none_is_lost():
    circles = MultiPolygon([Point(x, 0).buffer(0.4, 64) for x in range(5)])
    simple = simplify_parts(circles, 0.01)
    alone = [circle.simplify(0.01) for circle in circles.geoms]
    assert list(simple.geoms) == alone
    assert len(alone[0].exterior.coords) < len(circles.geoms[0].exterior.coords)
    assert simplify_parts(None, 1) is None and simplify_parts(alone[0], 0).equals(alone[0])
