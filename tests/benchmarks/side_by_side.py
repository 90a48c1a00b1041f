"""The riders' page beside plain folium, of the same stations at the same zoom: pictures to look at.

usage: python tests/benchmarks/side_by_side.py [SITE [FOLDER]]      (default site-demo build)

Writes side-by-side-phone.png and side-by-side-desktop.png: folium left, ours right; from afar, a
city, and its streets. folium has no base map, since none may be asked for here. Needs npm for its
libraries (see plain_folium.py).
"""

from __future__ import annotations

import io
import json
import statistics
import sys
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.plain_folium import draw_folium
from tests.benchmarks.rider_page import serve
from tests.benchmarks.rider_tasks import read_site
from tests.browser.conftest import _FLAGS, find_chromium

LOOKS = {"phone": (390, 844), "desktop": (1366, 768)}
ZOOMS = (8, 12, 15)
Rows = list[dict[str, object]]
GO = """([zoom, lon, lat]) => {
    const map = window.geomap ? geomap.rider.map
        : Object.values(window).find(one => one instanceof L.Map);
    map.setView([lat, lon], zoom, { animate: false }); }"""
GAP, TITLE = 12, 24


def read_rows(files: dict[str, bytes]) -> tuple[Rows, list[float]]:
    """Return the public stations of a site, and the longitude and latitude of their middle."""
    features = json.loads(files["data/stations.geojson"])["features"]
    placed = [each for each in features if each["geometry"]]
    points = [each["geometry"]["coordinates"] for each in placed]
    rows = [{"name": each["properties"]["name"], "lon": lon, "lat": lat}
            for each, (lon, lat) in zip(placed, points, strict=True)]  # fmt: skip
    return rows, [statistics.median(axis) for axis in zip(*points, strict=True)]


def show(
    browser: Browser, files: dict[str, bytes], size: tuple[int, int], middle: list[float]
) -> list[Image.Image]:
    """Return a page's pictures at :data:`ZOOMS`."""
    server = serve(files)
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, service_workers="block"
    )
    page = context.new_page()
    page.set_default_timeout(180_000)
    page.goto(f"http://localhost:{server.server_address[1]}/index.html")
    page.wait_for_selector(".leaflet-control-zoom")
    page.wait_for_timeout(2000)
    pictures = [_look(page, [zoom, *middle]) for zoom in ZOOMS]
    context.close()
    server.shutdown()
    return pictures


def _look(page: Page, view: list[float]) -> Image.Image:
    page.evaluate(GO, view)
    page.wait_for_timeout(2500)
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def join(left: list[Image.Image], right: list[Image.Image]) -> Image.Image:
    """Return both columns in one picture, each pair under its zoom."""
    width, height = left[0].size
    step = TITLE + height + GAP
    paper = Image.new("RGB", (2 * width + 3 * GAP, len(left) * step), "white")
    pen = ImageDraw.Draw(paper)
    for number, pair in enumerate(zip(left, right, strict=True)):
        for column, (name, picture) in enumerate(zip(("folium", "geomap"), pair, strict=True)):
            x, y = GAP + column * (width + GAP), number * step
            pen.text((x, y + 6), f"{name}, zoom {ZOOMS[number]}", fill="black")
            paper.paste(picture, (x, y + TITLE))
    return paper


def main(site: Path, folder: Path) -> None:
    """Write one picture a screen."""
    ours = read_site(site / "public")
    rows, middle = read_rows(ours)
    peer = draw_folium(rows)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        for name, size in LOOKS.items():
            path = folder / f"side-by-side-{name}.png"
            pair = [show(browser, files, size, middle) for files in (peer, ours)]
            join(*pair).save(path, optimize=True)
            print(path)
        browser.close()


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path((given or ["site-demo"])[0]), Path((given[1:] or ["build"])[0]))
