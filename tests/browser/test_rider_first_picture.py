"""Markers before any script: where the map's own will be, and gone when they come."""

from __future__ import annotations

import pytest

from geomap.pages.rider import draw_rider
from tests.browser.conftest import PHONE
from tests.rider_editions import (
    make_everyday_rows,
    make_places,
    make_rider_edition,
    make_row,
    make_scattered_rows,
)

LAPTOP = {"viewport": {"width": 1366, "height": 768}}
DISCS = """() => { const map = document.getElementById('map').getBoundingClientRect();
  return [...document.querySelectorAll('.first-picture path')]
    .filter(disc => disc.getClientRects().length && disc.closest('svg').getClientRects().length)
    .map(disc => { const at = disc.getBoundingClientRect();
      return [at.x - map.x, at.y - map.y, Number(disc.getAttribute('stroke-width')) / 2]; }); }"""
#: The colour of the canvas beside the middle of every disc, where no number is written.
COLOURS = """discs => { const map = document.getElementById('map').getBoundingClientRect();
  const canvas = document.querySelector('canvas.stations'), at = canvas.getBoundingClientRect();
  const ratio = canvas.width / at.width, context = canvas.getContext('2d');
  return discs.map(([x, y, r]) => [...context.getImageData(
    Math.round((x + map.x - at.x) * ratio), Math.round((y + map.y - at.y - r + 4) * ratio),
    1, 1).data.slice(0, 3)]); }"""


def _scattered() -> list[dict[str, object]]:
    return make_scattered_rows(600, make_places(300))


@pytest.fixture
def site_of(make_site):
    def made(rows):
        return make_site(draw_rider(make_rider_edition(rows))).url + "/public/index.html"

    return made


def _look_without_scripts(watch, address, look):
    seen = watch(**look)
    seen.page.route("**/*.js", lambda route: route.abort())
    seen.page.goto(address)
    return seen.page


@pytest.mark.parametrize("look", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_discs_stand_where_the_map_draws_its_own(watch, site_of, look):
    address = site_of(_scattered())
    before = _look_without_scripts(watch, address, look)
    assert before.locator("#list li").count() > 20
    box = before.evaluate("(({width: w, height: h}) => [w, h])"
                          "(document.getElementById('map').getBoundingClientRect())")  # fmt: skip
    discs = [disc for disc in before.evaluate(DISCS)
             if 0 < disc[0] < box[0] and 10 < disc[1] < box[1]]  # fmt: skip
    assert len(discs) > 3
    seen = watch(**look)
    seen.open(address)
    seen.page.wait_for_selector(".leaflet-pane canvas.stations")
    seen.page.wait_for_timeout(400)
    assert seen.page.locator(".first-picture").count() == 0
    assert seen.said == []
    colours = seen.page.evaluate(COLOURS, discs)
    assert all(colour == [0x8A, 0x5A, 0x00] for colour in colours), colours


@pytest.mark.parametrize(
    ("rows", "count"),
    [([make_row("S001", "一处驿站")], 1), (make_everyday_rows(), 2)],
    ids=["one", "a few"],
)
def test_small_editions_have_their_picture(watch, site_of, rows, count):
    page = _look_without_scripts(watch, site_of(rows), PHONE)
    discs = page.evaluate(DISCS)
    assert len(discs) >= count
    assert all(0 <= x <= 360 and 0 <= y <= 256 for x, y, _ in discs)


def test_nothing_offered_is_no_marker(watch, site_of):
    rows = [make_row("S001", "规划中的驿站", status="planned"),
            make_row("S002", "会员之家", access="members")]  # fmt: skip
    page = _look_without_scripts(watch, site_of(rows), PHONE)
    assert page.evaluate(DISCS) == []
