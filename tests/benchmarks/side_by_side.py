"""The riders' page beside plain folium, of the same stations at the same zoom: pictures to look at.

usage: python tests/benchmarks/side_by_side.py [COUNT [FOLDER]]      (default 1000 build)

Writes side-by-side-phone.png and side-by-side-desktop.png: folium left, ours right; the country, a
city, and its streets. Needs npm for folium's libraries (see plain_folium.py).
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.plain_folium import draw_folium
from tests.benchmarks.rider_page import draw_ours, read_places, serve
from tests.browser.conftest import _FLAGS, find_chromium
from tests.rider_editions import make_scattered_rows

LOOKS = {"phone": (390, 844), "desktop": (1366, 768)}
#: Zoom, longitude and latitude of the middle.
VIEWS = ((5, 110.0, 33.0), (9, 116.4, 39.9), (12, 116.4, 39.9))
GO = """([zoom, lon, lat]) => {
    const map = window.geomap ? geomap.rider.map
        : Object.values(window).find(one => one instanceof L.Map);
    map.setView([lat, lon], zoom, { animate: false }); }"""
GAP, TITLE = 12, 24


def show(browser: Browser, files: dict[str, bytes], size: tuple[int, int]) -> list[Image.Image]:
    """Return a page's pictures of :data:`VIEWS`."""
    server = serve(files)
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, service_workers="block"
    )
    page = context.new_page()
    page.set_default_timeout(180_000)
    page.goto(f"http://localhost:{server.server_address[1]}/index.html")
    page.wait_for_selector(".leaflet-control-zoom")
    page.wait_for_timeout(2000)
    pictures = [_look(page, view) for view in VIEWS]
    context.close()
    server.shutdown()
    return pictures


def _look(page: Page, view: tuple[int, float, float]) -> Image.Image:
    page.evaluate(GO, list(view))
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
            pen.text((x, y + 6), f"{name}, zoom {VIEWS[number][0]}", fill="black")
            paper.paste(picture, (x, y + TITLE))
    return paper


def main(count: int, folder: Path) -> None:
    """Write one picture a screen."""
    places = read_places()
    ours, peer = draw_ours(count, places), draw_folium(make_scattered_rows(count, places))
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        for name, size in LOOKS.items():
            path = folder / f"side-by-side-{name}.png"
            join(show(browser, peer, size), show(browser, ours, size)).save(path, optimize=True)
            print(path)
        browser.close()


if __name__ == "__main__":
    words = sys.argv[1:]
    main(int(words[0]) if words else 1000, Path(words[1] if len(words) > 1 else "build"))
