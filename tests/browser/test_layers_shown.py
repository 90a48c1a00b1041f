"""The layers in Chromium: drawn, silent, and their words are text."""

import folium
import pytest

from geomap.layers import PlaceNames, Stations
from geomap.static_site import StaticSite
from tests.layers.test_layers import HOSTILE, _points, layers

pytestmark = pytest.mark.slow


def test_all_layers_are_drawn_and_listed(tmp_path, open_page, serve):
    m = folium.Map((39.9, 116.4), tiles=None)
    for layer in layers():
        layer.add_to(m)
    folium.LayerControl(collapsed=False).add_to(m)
    StaticSite(m).save(tmp_path)
    for address in (f"{serve(tmp_path)}/index.html", (tmp_path / "index.html").as_uri()):
        page, record = open_page(address)
        page.locator(".geomap-place-name span").wait_for()
        assert page.locator("path.leaflet-interactive").count() == 6
        assert page.locator(".leaflet-control-layers-overlays label").count() == 6
        page.locator("path.leaflet-interactive").last.hover(force=True)
        assert record.complaints == []


def test_hostile_words_are_text_in_folium_s_own_page_too(tmp_path, open_page):
    m = folium.Map((39.9, 116.4), tiles=None)
    Stations(_points(name=[HOSTILE]), label="name", facts={"name": HOSTILE}).add_to(m)
    PlaceNames(_points(name=[HOSTILE])).add_to(m)
    page, record = open_page(StaticSite(m).save(tmp_path / "m").as_uri())
    page.locator("path.leaflet-interactive").click(force=True)
    assert page.locator(".leaflet-popup dt").inner_text() == HOSTILE
    assert page.locator(".geomap-place-name span").text_content() == HOSTILE
    assert page.evaluate("window.hit === undefined") and record.complaints == []
