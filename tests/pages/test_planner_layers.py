"""Patches, bands and streets of the planners' page."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import Point, box

from geomap.model.settings import Settings
from geomap.pages.patches import PATCH_VERTICES, patch_polygons
from geomap.pages.planner_layers import LEVELS, encode_bands
from tests.editions import make_edition
from tests.wire_read import decode_rings


def test_nothing_is_no_patch():
    assert patch_polygons([shapely.MultiPolygon(), shapely.MultiPolygon()]) == []


def test_patches_of_polygons_put_together_are_the_polygons():
    inner, outer = (
        shapely.union_all([Point(116 + n / 50, 39 + n / 70).buffer(size) for n in range(40)])
        for size in (0.008, 0.03)
    )
    shapes = [shapely.multipolygons(shapely.get_parts(each)) for each in (inner, outer)]
    patches = patch_polygons(shapes, most=300)
    assert len(patches) > 5
    for number, whole in enumerate(shapes):
        together = shapely.union_all([parts[number] for _, parts in patches])
        assert together.symmetric_difference(whole).area < 1e-9
    for area, parts in patches:
        frame = box(*area).buffer(0.0003)
        assert all(frame.contains(part) for part in parts if not part.is_empty)


def _bands(*shapes, envelope="ebike_10min_15kmh"):
    return gpd.GeoDataFrame(
        {"envelope_id": envelope, "to_min": [5.0, 10.0, 15.0][: len(shapes)]},
        geometry=list(shapes), crs=4326,
    )  # fmt: skip


def test_bands_are_indexed_for_envelopes_by_road_alone():
    rings = [
        shapely.multipolygons([Point(116.4, 39.9).buffer(size)]) for size in (0.01, 0.02, 0.03)
    ]
    edition = make_edition(
        bands=_bands(*rings).sample(frac=1, random_state=1),
        settings=replace(Settings(), detour_factor=1.25),
    )
    files = encode_bands(edition)
    legal, fast = files["bands"]["envelopes"]
    assert (legal["envelope"], fast["envelope"]) == (1, 2)  # the kilometre is no road's
    assert legal["minutes"] == [5, 10, 15] and legal["metres"] == [1250, 2500, 3750]
    assert legal["radius_m"] == [1000, 2000, 3000]
    ((far,),) = (level["patches"] for level in legal["levels"])
    steps = [decode_rings(text) for text in files[f"bands-{far[4]}"]]
    assert [len(rings) for rings in steps] == [1, 1, 1]
    firsts = [rings[0][0, 0] for rings in steps]  # the easternmost place of each ring
    assert firsts == sorted(firsts) and firsts[0] == 1_164_100
    assert fast["levels"] == []  # no bands of it were given


def test_detailed_bands_are_light_from_far():
    angle = np.linspace(0, 2 * np.pi, 60_000)
    size = 0.2 + 0.002 * np.sin(angle * 8000)
    ring = np.column_stack([116 + size * np.cos(angle), 39 + size * np.sin(angle)])
    pond = shapely.box(116, 39, 116.0005, 39.0005)
    shape = shapely.multipolygons([shapely.difference(shapely.polygons(ring), pond)])
    files = encode_bands(make_edition(bands=_bands(shape)))
    far, near = files["bands"]["envelopes"][0]["levels"]
    assert (far["from"], near["from"]) == (0, LEVELS[0][0])

    def count(level):
        return sum(
            len(ring)
            for patch in level["patches"]
            for text in files[f"bands-{patch[4]}"]
            for ring in decode_rings(text)
        )

    (text,) = files[f"bands-{far['patches'][0][4]}"]
    assert len(decode_rings(text)) == 1  # the pond is a dot from far
    assert count(far) <= PATCH_VERTICES < count(near)


def test_without_roads_bands_are_circles_by_the_detour_factor():
    files = encode_bands(make_edition())
    assert list(files) == ["bands"]
    legal = files["bands"]["envelopes"][0]
    assert legal["levels"] == [] and legal["radius_m"] == [961.5, 1923.1, 2884.6]
