"""Pictures of the doors: on a station's own page, in words too, loaded when they are seen."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from geomap.files.pictures import shrink_picture
from geomap.model.edition import Photo
from geomap.pages import draw_site
from tests.browser.sites import wait_until
from tests.rider_editions import make_rider_edition


@pytest.fixture(scope="module")
def files():
    written = io.BytesIO()
    Image.new("RGB", (640, 480), (30, 90, 160)).save(written, "JPEG")
    photo = Photo(*shrink_picture(written.getvalue(), "a.jpg"))
    return draw_site(replace(make_rider_edition(), photos={"S001": (photo, photo)}))


@pytest.mark.parametrize("over", ["http", "file"])
def test_a_station_shows_its_pictures(over, files, make_site, watch):
    site, seen = make_site(files), watch()
    home = site.url if over == "http" else site.file_url
    page = seen.open(f"{home}/public/index.html")
    assert not [address for address in seen.asked if address.endswith(".jpg")]
    page.evaluate("location.hash = 's=S001'")
    page.wait_for_selector(".photos img[loading=lazy]")
    page.locator(".photos img").first.scroll_into_view_if_needed()
    wait_until(page, "document.querySelector('.photos img').naturalWidth === 640")
    assert page.get_attribute(".photos img", "alt") == "照片 1：酒仙桥街道总工会服务站"
    box = page.locator(".photos img").first.bounding_box()
    assert box["width"] <= 360 and 1.3 < box["width"] / box["height"] < 1.36
    assert Axe().run(page).response["violations"] == []
    page.evaluate("location.hash = 's=S002'")
    page.wait_for_selector("[data-shown-id=S002] .trust")
    assert page.locator(".photos img").count() == 0
    assert seen.said == []


def test_a_planner_sees_them_too(files, make_site, watch):
    seen = watch(viewport={"width": 1366, "height": 768})
    page = seen.open(make_site(files).url + "/internal/planner.html", ready="html[data-ready]")
    page.evaluate("""() => { const stations = geomap.taken.stations;
        geomap.planner.choose({ stations: [stations.station_id.indexOf('S001')] }); }""")
    page.locator(".station img").first.scroll_into_view_if_needed()
    wait_until(page, "document.querySelector('.station img').naturalWidth === 640")
    assert seen.said == []
