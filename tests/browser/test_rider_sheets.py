"""What lies open stays open: no late file and no other answer takes a form from under a finger."""

from __future__ import annotations

import pytest

from geomap.pages.rider import draw_rider
from tests.browser.sites import wait_until
from tests.rider_editions import make_rider_edition

ARRIVED = "Boolean(geomap.taken['more/110105'])"


@pytest.fixture(scope="module")
def files():
    return draw_rider(make_rider_edition())


@pytest.mark.parametrize(("button", "held"), [("report", "#claim-0"), ("share", ".copy textarea")])
def test_facts_that_come_late_do_not_close_what_was_opened(button, held, files, make_site, watch):
    seen, waiting, let_through = watch(service_workers="block"), [], []
    seen.page.add_init_script("delete Navigator.prototype.share")
    seen.page.route(
        "**/more/*.js",
        lambda route: route.continue_() if let_through else waiting.append(route),
    )
    page = seen.page
    # The page is not loaded whole while a file is held back: who waits for that waits for ever.
    page.goto(make_site(files).url + "/public/index.html#s=S001", wait_until="domcontentloaded")
    page.wait_for_selector("[data-handoff]")
    page.click(f"[data-action={button}]")
    page.wait_for_selector(held)
    for _ in range(300):
        if waiting:
            break
        page.wait_for_timeout(50)
    let_through.append(True)
    while waiting:
        waiting.pop().continue_()
    wait_until(page, ARRIVED)
    page.evaluate("() => geomap.rider.refresh()")
    page.wait_for_timeout(200)
    assert page.locator(held).is_visible()


def test_another_station_takes_the_place_of_a_report(files, make_site, watch):
    seen = watch()
    page = seen.open(make_site(files).url + "/public/index.html#s=S001", ready=".trust")
    page.click("[data-action=report]")
    page.wait_for_selector("#claim-0")
    page.evaluate("location.hash = 's=S002'")
    page.wait_for_selector("[data-shown-id=S002] .trust")
    assert page.locator("#claim-0").count() == 0 and seen.said == []


def test_what_says_the_same_is_not_replaced_under_the_finger(files, make_site, watch):
    page = watch().open(make_site(files).url + "/public/index.html#s=S001", ready=".trust")
    page.evaluate("""() => { for (const [name, where] of [["report", "[data-action=report]"],
        ["row", "#list li"]]) { window[name] = document.querySelector(where); } }""")
    page.evaluate("() => geomap.rider.refresh()")
    page.wait_for_timeout(300)
    assert page.evaluate("[report.isConnected, row.isConnected]") == [True, True]


def test_what_a_tap_opens_is_asked_for_at_the_first_touch(files, make_site, watch):
    """A page that is only looked at brings nothing of it, and it is there when the finger lifts."""
    seen = watch()
    page = seen.open(make_site(files).url + "/public/index.html", ready="#list li")
    wait_until(page, "geomap.taken.later")
    page.wait_for_timeout(300)
    assert not [address for address in seen.asked if address.endswith("/seldom.js")]
    assert not page.evaluate("geomap.station || geomap.report || geomap.qr || geomap.union")
    page.locator("h1").dispatch_event("pointerdown")
    wait_until(page, "geomap.taken.seldom && geomap.station")
