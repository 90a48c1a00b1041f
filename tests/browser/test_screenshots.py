"""README's screenshots. ``GEOMAP_SCREENSHOTS=1`` draws the default map and writes docs/*.png."""

import os
import shutil
import struct
from pathlib import Path

import pytest

from geomap.pages import draw_site
from tests.editions import make_edition

_ROOT = Path(__file__).parents[2]
IS_FOR_README = os.environ.get("GEOMAP_SCREENSHOTS") == "1"
DESKTOP = {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1,
           "is_mobile": False, "has_touch": False}  # fmt: skip
SHOTS = {
    "rider-phone": ("public/index.html", {}, "[data-station-id]"),
    "rider-desktop": ("public/index.html", DESKTOP, "[data-station-id]"),
    "planner-phone": ("internal/planner.html", {}, "html[data-ready]"),
    "planner-desktop": ("internal/planner.html", DESKTOP, "html[data-ready]"),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return _default_map(tmp_path_factory.mktemp("map")) if IS_FOR_README else _synthetic()


def _synthetic():
    return draw_site(make_edition())


def _default_map(folder):
    from geomap.cli import main

    geodata = shutil.copytree(_ROOT / "geodata", folder / "geodata")
    assert main(["add", "--geodata", str(geodata), "-q"]) == 0
    assert main(["build", "--geodata", str(geodata), "--out", str(folder / "site"), "-q"]) == 0
    site = folder / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*")) if path.is_file()
    }  # fmt: skip


@pytest.mark.parametrize("name", SHOTS)
def test_a_screenshot_shows_the_page(name, files, make_site, watch, tmp_path):
    path, look, ready = SHOTS[name]
    record = watch(**look)
    page = record.open(f"{make_site(files).file_url}/{path}", ready=ready)
    if name.startswith("planner"):
        row = page.locator("#district-table tbody tr").first
        row.get_by_role("button").click()
        page.locator("#facts h2").wait_for()
    page.wait_for_timeout(400)  # the map's last frame
    folder = _ROOT / "docs" if IS_FOR_README else tmp_path
    folder.mkdir(exist_ok=True)
    picture = page.screenshot(path=folder / f"{name}.png")
    width, height = struct.unpack(">II", picture[16:24])
    scale = int(look.get("device_scale_factor", 2))
    assert (width, height) == ((1440, 900) if look else (360 * scale, 640 * scale))
    assert len(picture) > 15_000, "a blank page is smaller"
    assert record.said == []
