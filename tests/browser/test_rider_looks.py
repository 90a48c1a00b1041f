"""For everybody: axe, keyboard, targets, large text, and widths from 320 px to 4K."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from geomap.pages.rider import draw_rider
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.sites import wait_until
from tests.rider_editions import HERE, make_everyday_rows, make_rider_edition, make_row

LONG = "长名字" * 40
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def files():
    rows = [*make_everyday_rows(), make_row("S090", LONG, 2, 2, address=LONG, township=LONG)]
    return draw_rider(make_rider_edition(rows))


@pytest.fixture
def visit(files, make_site, watch):
    def opened(end="", **options):
        seen = watch(permissions=["geolocation"], **options,
                     geolocation={"longitude": HERE[0], "latitude": HERE[1]})  # fmt: skip
        seen.open(make_site(files).url + "/public/index.html" + end)
        seen.page.wait_for_selector("canvas.stations")
        return seen.page

    return opened


def violations(page):
    found = Axe().run(page, options={"runOnly": RULES["runOnly"]})
    return [(one["id"], [node["html"][:120] for node in one["nodes"]])
            for one in found.response["violations"]]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("look", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing(visit, look, scheme):
    page = visit(**look, color_scheme=scheme)
    assert violations(page) == []
    page.click("[data-action=locate]")
    page.wait_for_selector(".row-far")
    page.click("[data-filter=toilet]")
    page.fill("#query", "酒仙桥")
    page.wait_for_selector("#found strong")
    assert violations(page) == []
    page.evaluate("location.hash = 'k=S002'")
    page.wait_for_selector("#card:not([hidden])")
    assert violations(page) == []
    page.evaluate("location.hash = 's=S006'")
    page.wait_for_selector(".trust")
    assert violations(page) == []
    page.click("[data-action=report]")
    page.check("input[value=locked]")
    page.click("[data-action=qr]")
    assert violations(page) == []
    page.click("[data-action=close]")
    page.click("[data-action=union]")
    page.wait_for_selector("#sheet .union")
    assert violations(page) == []


WIDTHS = [(320, 568), (360, 640), (844, 390), (768, 1024), (1440, 900), (3840, 2160)]


@pytest.mark.parametrize(("width", "height"), WIDTHS)
@pytest.mark.parametrize("text", ["100%", "200%"])
def test_nothing_is_wider_than_the_screen(visit, width, height, text):
    look = {"viewport": {"width": width, "height": height}}
    page = visit(**(PHONE | look if width < 900 else look))
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", text)
    page.click("[data-action=locate]")
    page.wait_for_selector(".row-far")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in ("locate", "union"):
        box = page.locator(f"[data-action={button}]").bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    page.evaluate("location.hash = 's=S090'")
    page.wait_for_selector(".trust")
    inner = page.evaluate("""() => { const sheet = document.getElementById('sheet');
        return [sheet.scrollWidth - sheet.clientWidth, sheet.getBoundingClientRect().right]; }""")
    assert inner[0] <= 0 and inner[1] <= width


def test_every_target_is_large_enough_for_a_thumb(visit):
    page = visit("#s=S001")
    page.wait_for_selector(".trust")
    small = page.evaluate("""() => Array.from(document.querySelectorAll(
        '#rider button, #rider .row a, #rider input, #sheet button, #sheet .go'))
        .filter(node => node.offsetParent).map(node => [node.outerHTML.slice(0, 80),
          node.getBoundingClientRect()]).filter(([, box]) => box.width < 44 || box.height < 44)""")
    assert small == []


def test_the_whole_way_by_keyboard(visit):
    page = visit()
    page.focus("#query")
    page.keyboard.type("jxq")
    page.wait_for_selector("#found strong")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#query", "aria-activedescendant") == "found-1"
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden])")
    assert page.evaluate("document.activeElement.id") == "card-title"
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.action") == "details"
    page.keyboard.press("Enter")
    page.wait_for_selector(".trust")
    assert page.evaluate("document.activeElement.id") == "sheet-title"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.handoff") == "amap"
    page.keyboard.press("Escape")
    page.wait_for_selector("#sheet", state="hidden")
    assert "s=" not in page.url and page.is_visible("#card")
    assert page.evaluate("document.activeElement.dataset.action") == "details"


def test_three_hundred_stations_in_one_building_and_one_alone(visit, make_site, watch):
    rows = [make_row(f"S{i:03}", f"{i}号驿站") for i in range(300)]
    for made, count in ((rows, 30), (rows[:1], 1)):
        seen = watch()
        seen.open(make_site(draw_rider(make_rider_edition(made))).url + "/public/index.html")
        seen.page.wait_for_selector("canvas.stations")
        assert seen.page.locator("#list [data-station-id]").count() == count
        if count == 30:
            seen.page.click("[data-action=more]")
            wait_until(seen.page, "document.querySelectorAll('#list > li').length === 60")
        assert seen.said == []


#: Whether the map itself is what lies on top where the chosen place and the rider are.
IN_SIGHT = """(() => {
    const map = geomap.rider.map, row = geomap.card.row, here = geomap.state.place;
    if (!row || document.querySelector(".leaflet-zoom-anim, .leaflet-pan-anim")) { return false; }
    const box = map.getContainer().getBoundingClientRect();
    return [row, here].every(place => {
        const at = map.latLngToContainerPoint([place.lat, place.lon]);
        const there = document.elementFromPoint(at.x + box.x, at.y + box.y);
        return Boolean(there) && map.getContainer().contains(there); }); })()"""


@pytest.mark.parametrize("size", [(844, 390), (1366, 768), (390, 844), (320, 568)])
def test_the_card_lies_neither_on_what_was_chosen_nor_on_the_rider(visit, size):
    page = visit(viewport={"width": size[0], "height": size[1]})
    page.click("[data-action=locate]")
    page.wait_for_selector(".row-far")
    page.click("#list [data-station-id=S003] a")
    page.wait_for_selector("#card:not([hidden])")
    wait_until(page, IN_SIGHT)
