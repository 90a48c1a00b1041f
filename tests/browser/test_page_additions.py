"""What somebody adds to the map of our pages is seen there; without additions nothing is loaded."""

import folium
import geopandas as gpd
import pytest
from folium import plugins
from shapely import Point

from geomap.layers import Stations
from geomap.pages.planner import draw_planner
from geomap.pages.rider import draw_rider
from geomap.static_site import StaticSiteError
from tests.browser.conftest import DESKTOP, PHONE, write_site
from tests.browser.sites import wait_until
from tests.editions import make_edition
from tests.rider_editions import HERE, make_everyday_rows, make_rider_edition

pytestmark = pytest.mark.slow

PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
AT = HERE[::-1]


def add(m):
    """Add a marker, a plugin, a layer of ours and a picture beside the map."""
    folium.Marker(AT, popup="<b style='color: rgb(1, 2, 3)'>added</b>", tooltip="tip").add_to(m)
    plugins.HeatMap([AT]).add_to(m)
    Stations(gpd.GeoSeries([Point(HERE)], crs="EPSG:4326"), name="ours").add_to(m)
    plugins.FloatImage(PICTURE).add_to(m)
    folium.LayerControl().add_to(m)


def _complaints(record):
    """Return what the console says, but for the heat map's reading of its canvas (leaflet.heat)."""
    return [said for said in record.complaints if "Canvas2D: Multiple readback" not in said]


def _rider():
    return draw_rider(make_rider_edition(make_everyday_rows()), add)


@pytest.mark.parametrize("look", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("over", ["http", "file"])
def test_riders_see_what_was_added(tmp_path, open_page, serve, look, over):
    folder = write_site(_rider(), tmp_path) / "public"
    home = serve(folder) if over == "http" else folder.as_uri()
    page, record = open_page(f"{home}/index.html", look)
    marker = page.locator("#map img.leaflet-marker-icon")
    marker.wait_for()
    page.locator("#map canvas.leaflet-heatmap-layer").wait_for()
    wait_until(page, "document.querySelector('#map img.leaflet-marker-icon').naturalWidth > 0")
    assert page.locator("#map .leaflet-control-layers").count() == 1
    marker.dispatch_event("click")
    bold = page.locator("#map .leaflet-popup b")
    assert bold.evaluate("(node) => getComputedStyle(node).color") == "rgb(1, 2, 3)"
    assert page.locator("img[alt=float_image]").count() == 1
    ground = "(node) => getComputedStyle(node).backgroundColor"
    assert page.locator("#map").evaluate(ground) != "rgb(221, 221, 221)"  # Leaflet's own
    assert _complaints(record) == []
    assert record.foreign(home if over == "http" else "file://") == []


def test_planners_see_what_was_added(tmp_path, open_page):
    folder = write_site(draw_planner(make_edition(), (), add), tmp_path) / "internal"
    page, record = open_page((folder / "planner.html").as_uri())
    page.locator("#map img.leaflet-marker-icon").wait_for()
    page.locator("#map canvas.leaflet-heatmap-layer").wait_for()
    assert _complaints(record) == []


def test_a_page_without_additions_loads_nothing_for_them():
    files = draw_rider(make_rider_edition(make_everyday_rows()))
    assert not [path for path in files if "added" in path]
    assert b"added" not in files["public/index.html"]


def test_additions_wait_for_the_map_and_are_kept_offline():
    files = _rider()
    page = files["public/index.html"].decode()
    assert page.count("/added/") == 1 and '/added/start.js" defer' in page
    added = [path.removeprefix("public/") for path in files if "/added/" in path]
    assert len(added) > 5 and all(path in files["public/sw.js"].decode() for path in added)


def test_what_cannot_live_on_the_page_is_named():
    with pytest.raises(StaticSiteError, match=r"leaflet\.fullscreen"):
        draw_rider(make_rider_edition(), lambda m: plugins.Fullscreen().add_to(m))
