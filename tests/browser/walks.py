"""Walks through the pages of a site, and what they must not leave behind."""

from __future__ import annotations

from collections.abc import Container
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page, TimeoutError

from tests.browser.sites import Watched

#: Page → what is there once it has taken its address in, and its rows.
READY = {
    "public/index.html": ("canvas.stations.leaflet-zoom-animated", "#list [data-station-id]"),
    "internal/planner.html": ("html[data-ready]", "#station-table tbody tr"),
}


def find_foreign(asked: list[str], home: str, files: Container[str]) -> list[str]:
    """Return the addresses that are no file of the site; data: and blob: are the page's own."""
    own = unquote(home).rstrip("/") + "/"
    found = []
    for address in asked:
        path = unquote(urlsplit(address)._replace(query="", fragment="").geturl())
        if not address.startswith(("data:", "blob:")) and (
            not path.startswith(own) or path.removeprefix(own) not in files
        ):
            found.append(address)
    return found


def visit_hash(seen: Watched, home: str, page: str, hashed: str, turn: int) -> list[str]:
    """Open ``page`` at ``#hashed`` anew and return what is wrong: not drawn, or run, or said."""
    ready, rows = READY[page]
    seen.page.goto(f"{home}/{page}?{turn}#{hashed}")
    wrong = []
    try:
        seen.page.wait_for_selector(ready, state="attached")
        seen.page.wait_for_selector(f"{rows} >> nth=0", state="attached")
    except TimeoutError as error:
        wrong.append(error.message)
    # The next visit may come before an icon has: what is no fault of the page says nothing else.
    return wrong + find_run(seen.page) + [said for said in seen.said if not said.endswith(".svg")]


def find_run(page: Page) -> list[str]:
    """Return what texts have done to a page: code that ran, elements that they made."""
    wrong = [] if page.evaluate("window.hacked") is None else ["a text has run"]
    made = page.locator(
        "[onerror], [onload], [onfocus], [srcdoc], iframe, base, object, math, plaintext, "
        "marquee, video, a[href^='javascript:' i], meta[http-equiv=refresh], script:not([src])"
    )
    return wrong + made.evaluate_all("all => all.map(node => node.outerHTML.slice(0, 200))")
