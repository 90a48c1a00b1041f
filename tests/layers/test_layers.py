"""Layers from tables: what is checked, where they are, and that words cannot act."""

import re

import folium
import geopandas as gpd
import pytest
from folium import plugins
from shapely import LineString, Point, box

from geomap.layers import (
    Bands,
    Districts,
    LayerError,
    PlaceNames,
    ServiceAreas,
    Stations,
    Streets,
)
from geomap.static_site import StaticSite
from geomap.static_site.page_templates import TEMPLATES

HOSTILE = "</script><script>hit=1</script>{{ 7 * 7 }}{% raw ${hit} `"


def _points(**columns):
    return gpd.GeoDataFrame(columns, geometry=[Point(116.4, 39.9)], crs="EPSG:4326")


def _areas(**columns):
    return gpd.GeoDataFrame(columns, geometry=[box(116.3, 39.8, 116.5, 40)], crs="EPSG:4326")


def layers():
    """Return one of each layer."""
    line = gpd.GeoSeries([LineString([(116.3, 39.8), (116.5, 40)])], crs="EPSG:4326")
    return [
        Districts(_areas(name=["a"], share=[0.5]), label="name", share="share"),
        Stations(_points(name=["s"], u=[300.0]), label="name", uncertainty_m="u", facts=["name"]),
        ServiceAreas(_areas(coverage=["possible"], method=["circle"]), coverage="coverage",
                     method="method"),
        Bands(_areas(to_min=[5.0])),
        Streets(line),
        PlaceNames(_points(name=["p"])),
    ]  # fmt: skip


@pytest.mark.parametrize("layer", layers(), ids=lambda layer: layer.draw)
def test_a_layer_goes_onto_any_map_and_says_where_it_is(layer):
    m = folium.Map(tiles=None)
    layer.add_to(folium.FeatureGroup("group").add_to(m))
    folium.LayerControl().add_to(m)
    (south, west), (north, east) = m.get_bounds()
    assert 116 < west <= east < 117 and 39 < south <= north <= 40
    html = m.get_root().render()
    assert html.count("window.geomapLayers =") == 1 and f"geomapLayers.{layer.draw}(" in html


def test_the_shared_script_is_no_template():
    script = (TEMPLATES / "layers" / "layers.js").read_text()
    assert not re.search(r"\{[{%#]", script)


def test_metres_become_degrees_and_the_table_stays():
    table = _points(name=["s"]).to_crs("EPSG:3857")
    before = table.copy()
    layer = Stations(table)
    assert layer.get_bounds()[0] == pytest.approx([39.9, 116.4])
    assert table.equals(before) and table.crs == before.crs


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Stations([(1, 2)]), "pass a GeoDataFrame"),
        (lambda: Stations(_points(name=["s"]).set_crs(None, allow_override=True)), "set_crs"),
        (lambda: Stations(_points(name=["s"]), label="nam"), "no column nam; there are name, geom"),
        (lambda: Districts(_points()), "draws Polygon and MultiPolygon, not Point"),
        (lambda: Bands(_areas()), "no column to_min"),
        (lambda: Stations(gpd.GeoSeries([Point(4e5, 4e6)], crs="EPSG:4326")), "are no degrees"),
    ],
)
def test_what_cannot_be_drawn_says_why(make, said):
    with pytest.raises(LayerError, match=said):
        make()


def test_rows_without_a_place_are_not_drawn():
    empty = gpd.GeoDataFrame({"name": ["x"]}, geometry=[None], crs="EPSG:4326")
    layer = Stations(empty, label="name")
    assert layer.get_bounds() == [[None, None], [None, None]] and '"x"' not in layer.data_json


def test_hostile_words_end_no_script_and_are_no_template():
    m = folium.Map(tiles=None)
    Stations(_points(name=[HOSTILE]), label="name", facts={"name": HOSTILE}).add_to(m)
    html = m.get_root().render()
    assert html.count("\\u007b{ 7 * 7 }}") == 3 and "<script>hit" not in html


def test_a_layer_stands_in_a_dual_map_and_in_a_static_site():
    both = plugins.DualMap((39.9, 116.4), tiles=None)
    Stations(_points(name=["s"])).add_to(both)
    assert both.get_root().render().count("geomapLayers.stations(") == 2
    m = folium.Map(tiles=None)
    for layer in layers():
        layer.add_to(m)
    assert StaticSite(m).files() == StaticSite(m).files()
