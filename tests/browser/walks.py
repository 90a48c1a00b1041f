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
        "marquee, video, a[href^='javascript:' i], meta[http-equiv=refresh], "
        ":not(body) > script:not([src])"
    )
    return wrong + made.evaluate_all("all => all.map(node => node.outerHTML.slice(0, 200))")


def walk_rider(page: Page, home: str) -> set[str]:
    """Use all of the riders' page at ``home``; return the names of its list.

    List, filters, search, a sheet for each station, share, report, union, print.
    """
    page.wait_for_selector(READY["public/index.html"][0])
    _press_until_gone(page, "[data-action=more]:visible")
    names = read_texts(page, "#list .row-name bdi")
    stations = page.locator("#list > li").evaluate_all(
        "all => all.map(node => node.dataset.stationId)"
    )
    for button in page.locator("[data-action=filter]:visible").all():
        button.click()
        button.click()
    for text in [name[:40] for name in sorted(names)[::20]]:
        page.fill("#query", text)
        page.press("#query", "Enter")
    for station in stations:
        page.evaluate("id => { location.hash = 's=' + id; }", station)
        page.wait_for_selector(f"[data-shown-id='{station}'] .trust", state="attached")
    _report(page)
    page.goto(f"{home}#d=110107")
    page.click("[data-action=union]")
    page.wait_for_selector(".branch")
    page.click("[data-action=close]")
    _print(page)
    return names


def _report(page: Page) -> None:
    """Share the station of the open sheet, and report it, with its picture code."""
    page.click("[data-action=share]")
    page.click("[data-action=close]")
    page.evaluate("location.hash = 's=' + geomap.store.first.id[1]")
    page.click("[data-action=report]")
    page.check("#claim-0")
    page.click("[data-action=qr]")
    page.wait_for_selector("canvas.qr")
    page.click("[data-action=close]")


def walk_planner(page: Page) -> set[str]:
    """Use all of the planners' page: tables, search, facts, layers, print; return the quotes."""
    quotes: set[str] = set()
    page.wait_for_selector("html[data-ready]")
    for table in ("district", "station", "claim"):
        for order in range(page.locator(f"#{table}-table thead button").count()):
            page.locator(f"#{table}-table thead button").nth(order).dispatch_event("click")
        _press_until_gone(page, f"#{table}-table .more button")
    for field in ("district-search", "station-search"):
        page.fill(f"#{field}", "驿站 <")
        page.fill(f"#{field}", "")
    for start in range(0, page.evaluate("geomap.taken.stations.named"), 30):
        page.evaluate(
            "start => geomap.planner.choose({ stations: geomap.taken.stations.name"
            ".map((name, row) => row).slice(start, start + 30) })",
            start,
        )
        page.wait_for_selector("#facts article")
        quotes |= read_texts(page, "#facts article blockquote bdi")
    page.locator("#district-table tbody button").nth(2).click()
    for switch in page.locator("#layer-list input").all()[:6]:
        switch.dispatch_event("click")
    _print(page)
    return quotes


def read_texts(page: Page, selector: str) -> set[str]:
    """Return the texts of all elements, out of sight too."""
    return set(page.locator(selector).evaluate_all("all => all.map(node => node.textContent)"))


def _press_until_gone(page: Page, button: str) -> None:
    while page.locator(button).count():
        page.locator(button).first.dispatch_event("click")
        page.wait_for_timeout(20)


def _print(page: Page) -> None:
    """In the other language too: its words stand beside the same texts."""
    page.locator("[data-action=language]").click()
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
