"""The riders' page and plain folium on the same emulated phone, in one run.

usage: python tests/benchmarks/rider_page.py [COUNT ...]      (default 1000 10000 200000)

The phone: CPU slowed 4 times, 1.6 Mbit/s, 150 ms, gzip, nothing kept, no base tiles. Stations lie
near real places (../shared/data) in real districts where both are at hand, else near invented
ones. folium's libraries come from the page's own origin (see plain_folium.py), so folium's times
are lower bounds. It is left out beyond 10,000 stations.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import statistics
import sys
import threading
import time
from pathlib import Path
from typing import ClassVar

import pandas as pd
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.hours import calendar_table
from geomap.pages.rider import draw_rider
from geomap.places.datum import Datum, convert
from geomap.places.districts import assign_districts, read_districts
from tests.benchmarks.plain_folium import draw_folium
from tests.browser.conftest import _FLAGS, PHONE, find_chromium
from tests.rider_editions import make_places, make_rider_edition, make_scattered_rows

ROOT = Path(__file__).parents[2]
POINTS = ROOT.parent / "shared" / "data" / "points_china_gcj02.csv.gz"
DISTRICTS = ROOT / "geodata" / "districts.parquet"
MOST_FOLIUM = 10_000
LIMIT_S = 180
RUNS = 3
Results = dict[str, dict[str, float]]


def read_places() -> pd.DataFrame:
    """Real towns and villages in WGS-84 with today's district, or invented places."""
    if not (POINTS.exists() and DISTRICTS.exists()):
        return make_places(4000)
    points = pd.read_csv(POINTS, dtype={"code": str}).dropna(subset=["town", "lon"])
    lon, lat = convert(points["lon"], points["lat"], Datum.GCJ02, Datum.WGS84)
    districts = read_districts(DISTRICTS)
    found = assign_districts(lon, lat, districts)["district_code"].to_numpy()
    places = pd.DataFrame(
        {"code": found, "town": points["town"].to_numpy(), "lon": lon, "lat": lat}
    )
    named = districts.set_index("district_code")[["province", "city", "district"]]
    return places[places["code"].isin(named.index)].join(named, on="code").reset_index(drop=True)


def draw_ours(count: int, places: pd.DataFrame) -> dict[str, bytes]:
    """The riders' page of ``count`` stations."""
    parts = {}
    rows = make_scattered_rows(count, places)
    if DISTRICTS.exists() and POINTS.exists():
        every = read_districts(DISTRICTS)
        parts["districts"] = every[every["district_code"].isin({r["district_code"] for r in rows})]
    edition = make_rider_edition(rows, holidays=dict(calendar_table(2025)), **parts)
    start = time.perf_counter()
    files = draw_rider(edition)
    print(f"  drawn in {time.perf_counter() - start:.1f} s, {len(files)} files")
    return {path.removeprefix("public/"): content for path, content in files.items()}


class _Zipped(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    kinds: ClassVar = {".html": "text/html", ".js": "text/javascript", ".css": "text/css",
             ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json"}  # fmt: skip

    def __init__(self, files: dict[str, bytes], *request: object) -> None:
        self.files = files
        super().__init__(*request)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        content = self.files.get(self.path.split("?")[0].lstrip("/"))
        is_library = content is None and self.path.startswith("/lib/")
        self.send_response(404 if content is None and not is_library else 200)
        kind = self.kinds.get(Path(self.path.split("?")[0]).suffix, "application/octet-stream")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        body = gzip.compress(content or b"", 6)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def serve(files: dict[str, bytes]) -> http.server.ThreadingHTTPServer:
    """A gzip server of files in memory."""
    handler = functools.partial(_Zipped, files)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def slow_down(page: Page) -> CDPSession:
    """Make the page the phone."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8,
        "uploadThroughput": 0.75e6 / 8})  # fmt: skip
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return session


FIRST_FOLIUM = "document.querySelector('.leaflet-marker-icon')"
#: The list and the markers that stand in the page itself; `live_s` is when the scripts have drawn
#: both again, judged and ready for a finger.
FIRST_OURS = (
    "(document.querySelector('.first-picture path')"
    " || performance.getEntriesByName('first-marker').length)"
    " && document.querySelector('#list li')"
)
LIVE_OURS = (
    "['first-marker', 'list'].map(name => (performance.getEntriesByName(name)[0] || {}).startTime)"
)


def measure(browser: Browser, files: dict[str, bytes], ready: str) -> dict[str, float]:
    """Seconds to the first marker (and list), kilobytes on the wire until the page is quiet.

    The time is that of the frame after the one that painted them.
    """
    server = serve(files)
    context = browser.new_context(**PHONE, service_workers="block")
    page = context.new_page()
    session = slow_down(page)
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.add_init_script(
        f"(function look() {{ if (window.seen === undefined && document.body && ({ready})) "
        "{ requestAnimationFrame(() => requestAnimationFrame("
        "() => { window.seen = performance.now(); })); return; } "
        "setTimeout(look, 10); })()"
    )
    address = f"http://localhost:{server.server_address[1]}/index.html"
    page.set_default_timeout(LIMIT_S * 1000)
    page.goto(address, wait_until="commit")
    while page.evaluate("window.seen === undefined"):
        page.wait_for_timeout(100)
    page.wait_for_timeout(3000)
    heap = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize : 0")
    seen = page.evaluate("window.seen")
    first_list = page.evaluate(
        "(performance.getEntriesByName('first-contentful-paint')[0] || {startTime: 0}).startTime"
    )
    found = {"first_s": seen / 1000, "paint_s": first_list / 1000, "kb": sum(sizes) / 1000,
             "heap_mb": heap / 1e6}  # fmt: skip
    if ready == FIRST_OURS:
        found["live_s"] = max(page.evaluate(LIVE_OURS)) / 1000
        found |= pan_and_zoom(page)
    context.close()
    server.shutdown()
    return found


def compare(browser: Browser, pages: dict[str, tuple[dict[str, bytes], str]]) -> Results:
    """The median of every figure, the pages by turns: what else the machine does meets them all."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    for _ in range(RUNS):
        for name, (files, ready) in pages.items():
            runs[name].append(measure(browser, files, ready))
    return {
        name: {key: statistics.median(run[key] for run in measured) for key in measured[0]}
        for name, measured in runs.items()
    }


def pan_and_zoom(page: Page) -> dict[str, float]:
    """Longest frame (ms) while somebody zooms into a city and pans about, and the heap then."""
    page.evaluate("""() => { window.frames_ms = []; let last = performance.now();
        (function tick(now) { window.frames_ms.push(now - last); last = now;
          requestAnimationFrame(tick); })(last); }""")
    page.evaluate("window.frames_ms.length = 0")
    for zoom, lon, lat in ((7, 116.4, 39.9), (9, 116.4, 39.9), (11, 116.4, 39.9),
                           (11, 116.6, 39.8), (13, 116.5, 39.9), (8, 120.2, 30.3),
                           (11, 120.2, 30.3), (5, 110.0, 33.0)):  # fmt: skip
        page.evaluate("([z, x, y]) => geomap.rider.map.setView([y, x], z, {animate: false})",
                      [zoom, lon, lat])  # fmt: skip
        page.wait_for_timeout(1500)
        page.mouse.move(180, 260)
        page.mouse.down()
        page.mouse.move(90, 240, steps=8)
        page.mouse.up()
        page.wait_for_timeout(500)
    frames = sorted(page.evaluate("window.frames_ms"))
    heap = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize : 0")
    return {"frame_max_ms": frames[-1], "frame_p99_ms": frames[int(len(frames) * 0.99)],
            "heap_after_mb": heap / 1e6}  # fmt: skip


def main(counts: list[int]) -> None:
    """Print one line a page and count, and the ratios that matter."""
    places = read_places()
    first: list[float] = []
    with sync_playwright() as playwright:
        flags = [*_FLAGS, "--enable-precise-memory-info"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        for count in counts:
            print(f"{count} stations")
            pages = {"ours": (draw_ours(count, places), FIRST_OURS)}
            if count <= MOST_FOLIUM:
                rows = make_scattered_rows(count, places)
                pages["folium"] = (draw_folium(rows), FIRST_FOLIUM)
            found = compare(browser, pages)
            for name, figures in found.items():
                print(f"  {name:6}", json.dumps({k: round(v, 2) for k, v in figures.items()}))
            if "folium" in found:
                peer = found["folium"]["first_s"]
                print(f"  ratio  {found['ours']['first_s'] / peer:.3f}"
                      f"  live {found['ours']['live_s'] / peer:.3f}")  # fmt: skip
            first.append(found["ours"]["first_s"])
        browser.close()
    print(f"{counts[-1]} against {counts[0]}: {first[-1] / first[0]:.2f}")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1000, 10_000, 200_000])
