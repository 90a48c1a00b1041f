"""README's pictures: ``GEOMAP_SCREENSHOTS=site-demo`` draws docs/*.png of what make demo built."""

import datetime
import os
import struct
from pathlib import Path

import pytest

from geomap.pages import draw_site
from tests.browser.sites import wait_until
from tests.rider_editions import make_rider_edition

_ROOT = Path(__file__).parents[2]
FOR_README = os.environ.get("GEOMAP_SCREENSHOTS", "")
#: A day on which the demonstration's stations were checked lately, by day and by night.
DAY, NIGHT = "T06:00:00Z", "T15:40:00Z"
DESKTOP = {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1,
           "is_mobile": False, "has_touch": False}  # fmt: skip
SHOTS = {
    "rider-phone": ("public/index.html", {}, "[data-station-id]"),
    "rider-way": ("public/index.html", {}, "[data-station-id]"),
    "rider-night": ("public/index.html", {}, "[data-station-id]"),
    "rider-desktop": ("public/index.html", DESKTOP, "[data-station-id]"),
    "planner-phone": ("internal/planner.html", {}, "html[data-ready]"),
    "planner-desktop": ("internal/planner.html", DESKTOP, "html[data-ready]"),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return _read(Path(FOR_README)) if FOR_README else _synthetic()


def _synthetic():
    return draw_site(make_rider_edition())


def _read(site):
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*")) if path.is_file()
    }  # fmt: skip


#: Somebody a kilometre from the first station asks, and taps what is recommended, or the first row.
ASK = """async () => {
  const d = geomap.store.over.districts, most = Math.max(...d.count);
  const part = await geomap.store.load(d.code[d.count.indexOf(most)]), i = part.n >> 1;
  geomap.rider.stand(part.lon[i] - 0.006, part.lat[i] + 0.004, () => "您点的位置", "phone", 0);
}"""


def _ask(page, name):
    if name in ("rider-way", "rider-night"):
        wait_until(page, "geomap.taken.later && geomap.rider.map")
        page.evaluate(ASK)
        page.wait_for_selector(".row-far")
        page.wait_for_timeout(1500)
    if name == "rider-way":
        page.click("#list > li:first-child a")
        page.wait_for_selector("#card:not([hidden])")
        page.wait_for_timeout(1000)


@pytest.mark.parametrize("name", SHOTS)
def test_a_screenshot_shows_the_page(name, files, make_site, watch, tmp_path):
    path, look, ready = SHOTS[name]
    record = watch(**look)
    day = f"{datetime.date.today()}" if FOR_README else "2026-11-20"
    record.page.clock.set_fixed_time(day + (NIGHT if name == "rider-night" else DAY))
    page = record.open(f"{make_site(files).file_url}/{path}", ready=ready)
    if name.startswith("planner"):
        row = page.locator("#district-table tbody tr").first
        row.get_by_role("button").click()
        page.locator("#facts h2").wait_for()
    _ask(page, name)
    page.wait_for_timeout(400)  # the map's last frame
    folder = _ROOT / "docs" if FOR_README else tmp_path
    folder.mkdir(exist_ok=True)
    picture = page.screenshot(path=folder / f"{name}.png")
    width, height = struct.unpack(">II", picture[16:24])
    scale = int(look.get("device_scale_factor", 2))
    assert (width, height) == ((1440, 900) if look else (360 * scale, 640 * scale))
    assert len(picture) > 15_000, "a blank page is smaller"
    assert record.said == []
