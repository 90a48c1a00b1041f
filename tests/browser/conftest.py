"""A real Chromium, sites on disk, and a record of what a page asks and logs."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from geomap.pages.rider import draw_rider
from tests.browser.sites import Site, Watched, wait_until
from tests.rider_editions import CALENDAR, NOON, make_rider_edition

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True,
         "device_scale_factor": 2}  # fmt: skip
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip


# A browser that stands still for a whole limit on a loaded machine is asked once more, and the
# summary names it ("RERUN"); an assertion that fails is never asked twice.
_STOOD_STILL = r"Timeout \d+ms exceeded"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=[_STOOD_STILL]))


def find_chromium() -> str | None:
    """Return the machine's own Chromium; None leaves the choice to Playwright."""
    for name in (os.environ.get("GEOMAP_CHROMIUM", ""), "chromium", "chromium-browser",
                 "google-chrome"):  # fmt: skip
        if name and (found := shutil.which(name)):
            return found
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        found = find_chromium()
        if found is None and not own.exists():
            pytest.skip("no Chromium on this machine: see tests/browser/install.sh")
        running = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield running
        running.close()


@dataclass
class Record:
    """What a page asked for and complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("requestfailed", lambda request: self.complaints.append(f"failed {request.url}"))
        context.on("console", lambda message: self.complaints.append(message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def foreign(self, home: str) -> list[str]:
        """Return requests that left ``home`` (an origin, or ``file://``)."""
        own = (home, "data:", "blob:")
        return [address for address in self.requests if not address.startswith(own)]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., tuple[Page, Record]]]:
    """Return a function that opens an address and gives the page and its record."""
    contexts: list[BrowserContext] = []

    def opened(address: str, look: Mapping[str, object] = DESKTOP) -> tuple[Page, Record]:
        context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **look)
        contexts.append(context)
        record = Record()
        record.watch(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(address)
        return page, record

    yield opened
    for context in contexts:
        context.close()


def write_site(site: Mapping[str, bytes], folder: Path) -> Path:
    """Write path → bytes below ``folder`` and return it."""
    for path, content in site.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a folder on 127.0.0.1 and gives its origin."""
    servers: list[ThreadingHTTPServer] = []

    def served(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def make_site(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[Mapping[str, bytes]], Site]]:
    """Return a function that serves path → bytes; the site can be replaced, stopped, started."""
    sites: list[Site] = []

    def made(files: Mapping[str, bytes]) -> Site:
        site = Site(tmp_path_factory.mktemp("site"))
        site.write(files)
        sites.append(site)
        return site

    yield made
    for site in sites:
        site.stop()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Return a function that opens a context (a phone unless told otherwise) and watches it."""
    contexts: list[BrowserContext] = []

    def watched(**options: object) -> Watched:
        look = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **PHONE, **options}
        contexts.append(browser.new_context(**look))
        contexts[-1].set_default_timeout(15_000)
        return Watched(contexts[-1])

    yield watched
    for context in contexts:
        context.close()


@pytest.fixture
def visit_rider(
    make_site: Callable[[Mapping[str, bytes]], Site], watch: Callable[..., Watched]
) -> Callable[..., Watched]:
    """Return a function that opens the riders' page of some rows once its map stands.

    On a phone of 390 by 844 (``options`` say otherwise), in the afternoon of a Friday or at
    ``when``; ``parts`` are further parts of the edition.
    """

    def visited(rows: list[dict[str, Any]], hashed: str = "", options: Mapping[str, object] = {},
                when: dt.datetime = NOON, **parts: object) -> Watched:  # fmt: skip
        site = make_site(draw_rider(make_rider_edition(rows, holidays=CALENDAR, **parts)))
        seen = watch(**({"viewport": {"width": 390, "height": 844}} | dict(options)))
        seen.page.clock.set_fixed_time(when)
        seen.open(f"{site.url}/public/index.html{hashed}")
        wait_until(seen.page, "geomap.taken.later && geomap.rider.map")
        return seen

    return visited
