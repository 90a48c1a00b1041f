"""The planners' page in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from geomap.pages.planner import draw_planner
from geomap.pages.published import draw_tables
from tests.editions import make_edition

PHONE: dict[str, object] = {}  # what conftest's watch opens unless told otherwise
DESKTOP = {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1,
           "is_mobile": False, "has_touch": False}  # fmt: skip


@pytest.fixture(scope="module")
def files():
    edition = make_edition()
    tables = draw_tables(edition)
    return tables | draw_planner(edition, tables)


@pytest.fixture
def visit(make_site, watch, files):
    site = make_site(files)

    def visited(look=DESKTOP, end=""):
        record = watch(**look)
        address = f"{site.file_url}/internal/planner.html{end}"
        return record.open(address, ready="html[data-ready]"), record

    return visited


def _names(page):
    return page.locator("#district-table tbody th button").all_inner_texts()


def _choose(page, name):
    page.locator("#district-table tbody").get_by_role("button", name=name).click()
    page.locator("#facts h2").wait_for()


def test_the_district_table_sorts_by_any_column(visit):
    page, _ = visit()
    assert _names(page) == ["德清县", "南开区", "石景山区", "朝阳区"]
    people = page.locator("#district-table thead th", has_text="人口")
    people.get_by_role("button").click()
    assert people.get_attribute("aria-sort") == "descending"
    assert _names(page) == ["朝阳区", "南开区", "石景山区", "德清县"]  # unknown is last
    people.get_by_role("button").click()
    assert _names(page) == ["石景山区", "南开区", "朝阳区", "德清县"]  # either way


def test_claimed_stands_beside_mapped(visit):
    page, _ = visit()
    row = page.locator("#district-table tbody tr", has_text="石景山区")
    assert "文中 23，图上 1" in row.inner_text()
    assert "12.0%" in row.inner_text() and "10.0% – 20.0%" in row.inner_text()


@pytest.mark.parametrize("look", [DESKTOP, PHONE])
def test_choosing_a_district_moves_the_map_and_shows_its_facts(visit, look):
    page, _ = visit(look)
    before = page.evaluate("geomap.planner.map.getZoom()")
    _choose(page, "石景山区")
    assert page.evaluate("geomap.planner.map.getZoom()") > before
    assert page.evaluate("geomap.planner.map.getBounds().contains([39.92, 116.2])")
    facts = page.locator("#facts").inner_text()
    assert "567,851" in facts and "八角街道建成一处驿站。" in facts and "notice.md" in facts
    assert page.locator("#facts h2").is_visible()
    assert page.url.endswith("#d=110107")


def test_a_link_opens_its_district(visit):
    page, _ = visit(end="#d=120104")
    assert page.locator("#facts h2").inner_text() == "南开区"
    assert "误差 1,200 米" in page.locator("#facts").inner_text()


def test_venues_are_drawn_nowhere_and_closed_stations_only_on_request(visit):
    page, _ = visit()
    stations = page.evaluate("geomap.taken.stations")
    assert "某酒店会场" not in stations["name"]
    assert stations["layer"][stations["name"].index("关闭的驿站")] == "closed"
    assert page.evaluate("geomap.planner.shown.closed") is False
    page.get_by_label("已关闭").check()
    assert page.evaluate("geomap.planner.shown.closed") is True


def test_a_tap_on_the_map_finds_the_station(visit):
    page, _ = visit()
    _choose(page, "南开区")
    at = page.evaluate("geomap.planner.map.latLngToContainerPoint([39.11, 117.16])")
    page.locator("#map").click(position=at)
    assert page.locator("#facts article h3").inner_text() == "学府街劳动者驿站"


def test_areas_are_loaded_when_first_switched_on(visit):
    page, record = visit()
    assert not [address for address in record.asked if "areas-0" in address]
    # The policy forbids eval, and with it Playwright's wait_for_function.
    with page.expect_request_finished(lambda request: "areas-0" in request.url):
        page.get_by_label("服务半径 1 公里 确定").check()
    shown = page.evaluate(
        "geomap.load('assets/facts/areas-0.js').then(() => geomap.taken['areas-0'])"
    )
    assert {area["coverage"] for area in shown["areas"]} == {"certain", "possible"}


def test_stations_without_a_district_are_listed(visit):
    page, _ = visit()
    loose = page.locator("#loose-list").inner_text()
    assert "只知城市的驿站" in loose and "不知在哪的驿站" in loose and "八角街道驿站" not in loose


def test_english_by_a_switch(visit):
    page, _ = visit()
    page.locator("[data-action=language]").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "claimed 23, mapped 1" in page.locator("#district-table").inner_text()
    assert page.locator("#districts-title").inner_text() == "Districts"


def _inside(link):
    return link.removeprefix("../") if link.startswith("../") else f"internal/{link}"


def test_downloads_lie_where_the_links_point(visit, files):
    page, _ = visit()
    links = page.locator("#downloads a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert "data/districts.csv" in links
    for link in links:
        assert link == "../build.json" or _inside(link) in files, link


@pytest.mark.parametrize("look", [DESKTOP, PHONE])
def test_axe_finds_no_fault(visit, look):
    page, _ = visit(look)
    _choose(page, "石景山区")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_the_whole_page_works_by_keyboard(visit):
    page, _ = visit()
    page.locator("#district-search").focus()
    page.keyboard.type("石景山")
    assert _names(page) == ["石景山区"]
    page.locator("#district-table tbody button").first.focus()
    page.keyboard.press("Enter")
    page.locator("#facts h2").wait_for()
    assert page.evaluate("document.activeElement.id") == "facts"


def test_a_phone_never_scrolls_sideways(visit):
    page, _ = visit(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
