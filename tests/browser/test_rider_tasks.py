"""Ten things riders come for, counted in taps, each answer in sight."""

from __future__ import annotations

import pytest

from tests.browser.sites import wait_until
from tests.rider_editions import ALLOWED, NOON, make_row, make_tour_rows

#: What is under the bar at the screen's foot is not in sight.
LIES_ON_TOP = """(wanted, [x, y]) => {
  const top = document.elementFromPoint(x, y);
  return Boolean(top) && (wanted.contains(top) || top.contains(wanted));
}"""


class Taps:
    """Counts what a thumb does, and whether its answer is in sight."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def tap(self, selector):
        self.count += 1
        self.page.click(selector)

    def sees(self, selector):
        box = None
        while box is None:  # an answer may be drawn anew meanwhile
            self.page.wait_for_selector(selector)
            box = self.page.locator(selector).first.bounding_box()
        assert box["y"] >= 0, (selector, box)
        foot = [box["x"] + 8, box["y"] + box["height"] - 8]
        wanted = self.page.locator(selector).first
        assert wanted.evaluate(LIES_ON_TOP, foot), (selector, box)
        assert self.count <= 3


def _locate(do):
    do.page.wait_for_selector("[data-action=locate]")
    do.tap("[data-action=locate]")
    do.page.wait_for_selector(".row-far")


def _nearest(do):
    _locate(do)
    do.sees("[data-recommended=NEAR]")


def _night(do):
    do.page.clock.set_fixed_time(NOON.replace(hour=23))
    _locate(do)
    do.sees("[data-recommended=NEAR]")


def _microwave(do):
    _locate(do)
    do.tap("[data-filter=microwave]")
    do.sees("[data-recommended=NEAR]")


def _member(do):
    do.tap("[data-action=member]")
    do.page.wait_for_selector("[data-station-id=ROOM]")
    _locate(do)
    do.sees("#answer")


def _landmark(do):
    do.tap("#query")
    do.page.keyboard.type("远的")
    do.page.wait_for_selector("#found li")
    do.tap("#found li")
    do.sees("#card")


def _share(do):
    do.page.evaluate("navigator.share = undefined")
    do.tap("[data-station-id=NEAR] a")
    do.tap("#card [data-action=details]")
    do.tap("#sheet [data-action=share]")
    do.sees("#sheet textarea")


def _report(do):
    do.tap("[data-station-id=NEAR] a")
    do.tap("#card [data-action=details]")
    do.tap("#sheet [data-action=report]")
    do.sees("#claim-0")


def _offline(do):
    do.page.wait_for_selector("html[data-kept]")
    do.page.context.set_offline(True)
    do.page.reload()
    do.page.wait_for_selector("#answer:not([hidden])")
    _nearest(do)
    do.page.context.set_offline(False)


def _english(do):
    do.tap("[data-action=language]")
    _locate(do)
    do.sees("#answer >> text=Nearest, open when you get there")


def _large_text(do):
    do.page.evaluate("document.documentElement.style.fontSize = '150%'")
    _nearest(do)


TASKS = [_nearest, _night, _microwave, _member, _landmark, _share, _report, _offline, _english,
         _large_text]  # fmt: skip


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__.strip("_"))
def test_a_rider_s_tasks_take_three_taps_at_most(visit_rider, task):
    """On a phone of 390 by 844 the answer is in sight, with no scrolling of the page."""
    page = visit_rider(make_tour_rows(), options=ALLOWED).page
    page.wait_for_selector(".row-far")
    page.click("[data-action=forget]")
    task(Taps(page))


def test_the_answer_s_name_is_in_sight_on_the_lowest_phone(visit_rider):
    """At 320 by 568 the map left room for the answer's title alone."""
    low = {"viewport": {"width": 320, "height": 568}}
    page = visit_rider(make_tour_rows(), options=ALLOWED | low).page
    page.wait_for_selector("[data-recommended=NEAR]")
    name = page.locator("[data-recommended=NEAR] strong").bounding_box()
    bar = page.locator(".bar").bounding_box()
    assert name["y"] + name["height"] <= bar["y"]


def test_the_legend_leaves_the_map_to_see_at_twice_the_text(visit_rider):
    """It took two lines of the map, and lay on where the rider stood."""
    page = visit_rider(make_tour_rows(), options=ALLOWED).page
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    legend, pane = (page.locator(one).bounding_box() for one in (".legend", "#map"))
    assert legend["height"] < 40
    page.evaluate("geomap.rider.stand(116.49, 39.98, () => '更北的地方', 'phone', 20)")
    page.wait_for_selector("#place >> text=更北的地方")
    at = "geomap.rider.map.latLngToContainerPoint([39.98, 116.49]).y"
    wait_until(page, f"({at}) > {legend['y'] + legend['height'] - pane['y']}")


def test_a_state_stands_on_one_line_beside_a_long_distance(visit_rider):
    """道路 1.1 公里（直线 600 米） squeezed the state below it into three lines."""
    page = visit_rider(make_tour_rows(), options=ALLOWED).page
    page.wait_for_selector(".row-far")
    page.evaluate("""() => {
      const row = document.querySelector("[data-station-id=NEAR]");
      row.querySelector(".row-far").textContent = "道路 1.1 公里（直线 600 米）";
      row.querySelector(".row-state").textContent = "到时开着，还开 2 小时 55 分";
    }""")
    state, name = (page.locator(f"[data-station-id=NEAR] .{one}").bounding_box()
                   for one in ("row-state", "row-name"))  # fmt: skip
    assert state["height"] < 1.5 * name["height"]


def test_the_close_of_a_long_sheet_stays_in_sight(visit_rider):
    row = make_row("LONG", "长的驿站", note="说明" * 400)
    page = visit_rider([row], "#s=LONG").page
    page.wait_for_selector("#sheet .trust")
    page.evaluate("document.getElementById('sheet').scrollTop = 600")
    top = page.locator("#sheet").bounding_box()["y"]
    assert page.locator("#sheet [data-action=close]").bounding_box()["y"] >= top
