"""Hostile texts in every field: both pages show them, run nothing, ask nobody, log nothing."""

import pytest

from geomap.pages import draw_site
from tests.editions import HOSTILE, make_hostile_edition

LOOKS = {
    "phone": {},
    "desktop": {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1,
                "is_mobile": False, "has_touch": False},
}  # fmt: skip


@pytest.fixture(scope="module")
def files():
    return draw_site(make_hostile_edition())


@pytest.fixture(params=["file", "http"])
def home(request, make_site, files):
    site = make_site(files)
    return site.file_url if request.param == "file" else site.url


@pytest.fixture(params=sorted(LOOKS))
def record(request, watch):
    return watch(**LOOKS[request.param])


def _texts(page, selector):
    return page.locator(selector).evaluate_all("all => all.map(node => node.textContent)")


def _check_untouched(page, record, home):
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x], svg[onload]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    own = (f"{home}/", "data:", "blob:")
    assert [address for address in record.asked if not address.startswith(own)] == []
    assert record.said == []


def test_the_planners_page_shows_hostile_texts_as_text(record, home):
    page = record.open(f"{home}/internal/planner.html", ready="html[data-ready]")
    assert set(_texts(page, "#station-table tbody th bdi")) == set(HOSTILE)
    page.locator("#district-table tbody button").nth(2).click()  # 石景山: holds them all
    page.locator("#facts article").first.wait_for()
    quotes = set(_texts(page, "#facts article blockquote bdi"))
    assert quotes == set(HOSTILE)
    assert {HOSTILE[0], HOSTILE[1], HOSTILE[2]} <= set(
        _texts(page, "#claim-table tbody th + td bdi")
    )
    page.locator("[data-action=language]").click()
    page.locator("#map").click()
    _check_untouched(page, record, home)


def test_the_riders_page_shows_hostile_texts_as_text(record, home):
    page = record.open(f"{home}/public/index.html", ready="[data-station-id]")
    page.wait_for_load_state("networkidle")
    shown = "\n".join(_texts(page, "[data-station-id]"))
    assert HOSTILE[0] in shown and HOSTILE[1] in shown
    page.locator("[data-station-id]").first.click()
    page.wait_for_timeout(300)
    _check_untouched(page, record, home)
