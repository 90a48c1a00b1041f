"""What the map shows of a station is what its row says, and no finer than anybody knows."""

from __future__ import annotations

import pytest

from tests.browser.sites import wait_until
from tests.browser.test_rider_gesture import SYMBOLS
from tests.rider_editions import ALLOWED, HERE, NOON, make_row, make_tour_rows

STATES = f"({SYMBOLS})().map(one => one[3])"


@pytest.mark.parametrize(
    ("hours", "state"), [("Mo-Su 08:00-14:05", "closed"), ("Mo-Su 14:05-20:00", "open")]
)
def test_a_sign_tells_the_state_of_the_arrival_as_its_row_does(visit_rider, hours, state):
    """Ten minutes away, a door that closes in five was a green tick, one that opens a cross."""
    page = visit_rider([make_row("A", "驿站", 22, 0, opening_hours=hours)], options=ALLOWED).page
    page.wait_for_selector(f"[data-station-id=A][data-open={state}] .row-far")
    assert page.evaluate(STATES) == [state]
    page.click("[data-action=forget]")
    wait_until(page, f"({STATES}).join() !== {state!r}")


def test_nobody_arrives_after_three_days(visit_rider):
    """Of a door 1,100 km away it said "open on arrival", and named it as the nearest that is."""
    page = visit_rider([make_row("A", "驿站", opening_hours="Mo-Su 08:00-20:00")]).page
    page.evaluate("geomap.rider.stand(121.6, 30.0, () => '很远的地方', 'search', 20000)")
    page.wait_for_selector("[data-station-id=A] .row-far >> text=公里")
    assert page.inner_text("[data-station-id=A] .row-state") == "开着，还开 6 小时"
    assert page.locator("#answer .answer-go").count() == 0
    assert "30 公里内，也不知道哪处最早开门" in page.inner_text("#answer")


@pytest.mark.parametrize("asked", ["#t=某镇&d=110105", "#f=drying"])
def test_a_rough_place_alone_is_framed_by_the_land_it_may_stand_on(visit_rider, asked):
    """At street zoom it stood on an empty screen, as though it were exact."""
    row = make_row("TOWN", "某镇职工之家", 3, 3, precision="township", township="某镇",
                   uncertainty_m=4000.0, facilities="drying")  # fmt: skip
    page = visit_rider([*make_tour_rows(), row]).page
    page.wait_for_selector("[data-station-id=NEAR]")
    page.evaluate("asked => { location.hash = asked; }", asked)
    wait_until(page, "document.querySelectorAll('#list > li').length === 1")
    wait_until(page, f"geomap.rider.map.getBounds().contains(L.latLng({HERE[1]}, {HERE[0]}))")
    around = f"L.latLng({HERE[1] + 0.003}, {HERE[0] + 0.003}).toBounds(7000)"
    wait_until(page, f"geomap.rider.map.getBounds().contains({around})")


def test_where_there_is_no_station_the_land_around_is_shown(visit_rider):
    page = visit_rider(make_tour_rows()).page
    page.evaluate("geomap.rider.stand(121.6, 30.0, () => '很远的地方', 'phone', 20)")
    page.wait_for_selector("#place >> text=100 公里内没有驿站")
    wait_until(page, "geomap.rider.map.getBounds().contains(L.latLng(30.0, 121.6))")
    assert page.evaluate("geomap.rider.map.getZoom()") == 9


def test_a_tap_beside_the_card_closes_it_and_the_rider_stays(visit_rider):
    """It moved the start of all ways to wherever the thumb came down."""
    page = visit_rider(make_tour_rows(), options=ALLOWED, when=NOON).page
    page.wait_for_selector(".row-far")
    page.click("[data-station-id=NEAR] a")
    page.wait_for_selector("#card:not([hidden])")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)
    page.wait_for_selector("#card", state="hidden")
    assert "您的位置" in page.inner_text("#place")
