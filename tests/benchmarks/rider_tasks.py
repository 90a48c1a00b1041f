"""The riders' page while somebody pans and zooms: the longest tasks in processor time.

usage: python tests/benchmarks/rider_tasks.py [COUNT | SITE ...]      (default 1000 10000 200000)

What else the machine does blurs the gap between two frames, not the processor time of a task: the
browser's own trace tells that of every task of the page's main thread, at full speed. A cheap
phone takes four times as long, which is what is printed. A SITE is a built folder (site/public).
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.rider_page import draw_ours, read_places, serve
from tests.browser.conftest import _FLAGS, PHONE, find_chromium

SLOWER = 4
#: What the page's own thread alone tells: the browser's window is a page, too.
MARK = "first-marker"
TASK = "ThreadControllerImpl::RunTask"
CATEGORIES = "toplevel,devtools.timeline,blink.user_timing"
#: Zoom, and how far from the middle of the edition, in shares of its width and height.
STEPS = ((7, 0, 0), (9, 0, 0), (11, 0, 0), (11, 0.1, -0.1), (13, 0, 0), (15, 0, 0), (16, 0.01, 0),
         (8, 0.3, -0.3), (11, 0.3, -0.3), (5, 0, 0))  # fmt: skip
GO = """([zoom, x, y, name]) => { performance.mark(name);
    const box = JSON.parse(document.getElementById("map").dataset.map).bounds;
    const [[south, west], [north, east]] = box;
    geomap.rider.map.setView([(south + north) / 2 + y * (north - south),
      (west + east) / 2 + x * (east - west)], zoom, { animate: false }); }"""
Event = dict[str, Any]


@contextmanager
def record(browser: Browser, page: Page) -> Iterator[list[Event]]:
    """Yield a list that holds, after the block, what the browser says of its tasks."""
    session = browser.new_browser_cdp_session()
    events: list[Event] = []
    ended: list[bool] = []
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    session.on("Tracing.tracingComplete", lambda _: ended.append(True))
    session.send("Tracing.start", {"categories": CATEGORIES, "transferMode": "ReportEvents"})
    yield events
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(100)


def trace(browser: Browser, files: dict[str, bytes]) -> list[Event]:
    """Return what the browser says of a visit that pans and zooms."""
    server = serve(files)
    context = browser.new_context(**PHONE, service_workers="block")
    page = context.new_page()
    with record(browser, page) as events:
        page.goto(f"http://localhost:{server.server_address[1]}/index.html")
        page.wait_for_selector(".leaflet-control-scale")
        page.wait_for_timeout(2000)
        for number, step in enumerate(STEPS):
            page.evaluate(GO, [*step, f"step {number} zoom {step[0]}"])
            page.wait_for_timeout(1200)
            drag(page)
    context.close()
    server.shutdown()
    return events


def drag(page: Page) -> None:
    """Move the map by a finger's breadth or three."""
    page.mouse.move(180, 200)
    page.mouse.down()
    page.mouse.move(90, 160, steps=8)
    page.mouse.up()
    page.wait_for_timeout(400)


def list_tasks(
    events: Iterable[Event], mark: str = MARK
) -> list[tuple[float, str, dict[str, float]]]:
    """Return the page's tasks: phone's milliseconds, when, and the dearest parts; longest first."""
    known = [event for event in events if event.get("ph") == "X" and "tdur" in event]
    main = next((event["pid"], event["tid"]) for event in events if event["name"] == mark)
    marks = sorted((each["ts"], each["name"]) for each in events if each["name"][:5] == "step ")
    own = [event for event in known if (event["pid"], event["tid"]) == main]
    dear = sorted((e for e in own if e["name"] in PARTS), key=lambda event: event["ts"])
    times = [event["ts"] for event in dear]
    found = []
    for task in (event for event in own if event["name"] == TASK):
        last = [name for at, name in marks if at <= task["ts"]][-1:]
        parts: dict[str, float] = {}
        end = bisect_right(times, task["ts"] + task["dur"])
        for event in dear[bisect_left(times, task["ts"]) : end]:
            parts[event["name"]] = parts.get(event["name"], 0) + phone_ms(event)
        found.append((phone_ms(task), (last or ["start"])[0], parts))
    return sorted(found, key=lambda one: -one[0])


PARTS = ("FunctionCall", "Layout", "UpdateLayoutTree", "Paint", "Commit", "EvaluateScript",
         "MinorGC", "MajorGC", "ParseHTML")  # fmt: skip


def phone_ms(event: Event) -> float:
    """Return what an event would take on the phone, in milliseconds of its processor."""
    return float(event["tdur"]) * SLOWER / 1000


def read_site(folder: Path) -> dict[str, bytes]:
    """Return path → bytes of a built public folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()}  # fmt: skip


def main(words: list[str]) -> None:
    """Print the longest tasks of each page: while it starts, and while somebody uses it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        for word in words:
            files = draw_ours(int(word), read_places()) if word.isdigit() else read_site(Path(word))
            tasks = list_tasks(trace(browser, files))
            print(word, f"over 50 ms: {sum(ms > 50 for ms, *_ in tasks)}")
            for shown in (True, False):
                some = [task for task in tasks if (task[1] == "start") is shown]
                for ms, when, parts in some[:5]:
                    dear = {name: round(part, 1) for name, part in parts.items() if part > 1}
                    print(f"  {ms:6.1f} ms  {when:16} {json.dumps(dear)}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["1000", "10000", "200000"])
