"""A page that lies open while doors close and its rider rides on, and what it must not say then."""

from __future__ import annotations

import datetime as dt

from tests.rider_editions import ALLOWED, NOON, make_row, make_tour_rows

COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"
BY_DAY = make_row("DAY", "白天的驿站", 2, 1, opening_hours="Mo-Su 08:00-20:00")


def come_back(page, hours):
    """The phone was in a pocket for so long."""
    page.clock.set_fixed_time(NOON + dt.timedelta(hours=hours))
    page.evaluate(COME_BACK)


def test_a_station_s_page_that_lay_open_says_what_is_true_now(visit_rider):
    """It went on saying "open for another 6 h" after the door had closed."""
    seen = visit_rider([BY_DAY], "#s=DAY")
    page = seen.page
    page.wait_for_selector(".state-line >> text=开着，还开 6 小时")
    page.click("#sheet [data-action=code]")
    page.wait_for_selector("#sheet canvas.qr")
    come_back(page, 9)
    page.wait_for_selector(".state-line .state-closed")
    assert page.is_visible("#sheet canvas.qr")
    assert seen.said == []


def test_a_list_that_was_searched_for_says_what_is_true_now(visit_rider):
    """While the cursor stood in the field nothing was said anew."""
    page = visit_rider([BY_DAY]).page
    page.fill("#query", "白天")
    page.focus("#query")
    come_back(page, 9)
    page.wait_for_selector("[data-station-id=DAY][data-open=closed]")


def test_keyboard_and_finds_go_once_something_is_chosen(visit_rider):
    """Who was quick with Enter had the finds come back over the answer."""
    page = visit_rider(make_tour_rows()).page
    page.fill("#query", "远的")
    page.press("#query", "Enter")
    page.wait_for_selector("#card:not([hidden])")
    assert page.evaluate("document.activeElement.id") != "query"
    page.wait_for_timeout(400)
    assert page.is_hidden("#found")


def test_who_rode_on_is_asked_for_anew(visit_rider):
    """The list went on from a place left half an hour ago, and called it "your position"."""
    rows = [make_row("HERE", "这里的驿站", 1, 0), make_row("THERE", "那里的驿站", 80, 0)]
    seen = visit_rider(rows, options=ALLOWED)
    page = seen.page
    page.wait_for_selector("#list > li:first-child[data-station-id=HERE] .row-far")
    lon, lat = ALLOWED["geolocation"].values()
    page.context.set_geolocation({"longitude": lon + 0.08, "latitude": lat})
    come_back(page, 0.5)
    page.wait_for_selector("#list > li:first-child[data-station-id=THERE]")
    page.context.clear_permissions()
    come_back(page, 1)
    page.wait_for_selector("#place >> text=您 30 分钟前的位置")
    assert seen.said == []
