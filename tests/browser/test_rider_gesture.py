"""List, map and way are one: a tap on a row or a sign shows the place with its way and a card."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geomap.hours import calendar_table
from geomap.pages.rider import draw_rider
from tests.browser.sites import wait_until
from tests.rider_editions import HERE, make_rider_edition, make_row
from tests.street_ways import make_town

CALENDAR = dict(calendar_table(2025))
NOON = dt.datetime(2026, 11, 20, 14, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ALLOWED = {"permissions": ["geolocation"],
           "geolocation": {"longitude": HERE[0], "latitude": HERE[1]}}  # fmt: skip
IN_VIEW = """id => {
  const part = geomap.store.ready("110105"), i = part.id.indexOf(id);
  return geomap.rider.map.getBounds().contains([part.lat[i], part.lon[i]]);
}"""
#: The symbols of the map as it is: pixels, count, state.
SYMBOLS = """() => {
  const size = geomap.rider.map.getSize(), zoom = geomap.rider.map.getZoom();
  const corner = geomap.rider.map.getPixelBounds().min;
  const view = geomap.canvas.viewAt(zoom, corner.x, corner.y, size.x, size.y);
  return geomap.clusters.collect(view, () => {}).map(one =>
    [one.px, one.py, one.count, geomap.clusters.STATES[one.state], one.radius]);
}"""


@pytest.fixture
def visit(make_site, watch):
    def go(rows, hashed="", options=None, **parts):
        site = make_site(draw_rider(make_rider_edition(rows, holidays=CALENDAR, **parts)))
        seen = watch(**(PHONE | (options or {})))
        seen.page.clock.set_fixed_time(NOON)
        seen.open(f"{site.url}/public/index.html{hashed}")
        wait_until(seen.page, "geomap.taken.later && geomap.rider.map")
        return seen

    return go


def make_rows():
    return [
        make_row("NEAR", "近的驿站", 2, 1, opening_hours="24/7", facilities="microwave"),
        make_row("SHUT", "关着的驿站", 1, 1, opening_hours="Mo-Su 20:00-21:00"),
        make_row("FAR", "远的驿站", 14, 9, opening_hours="24/7", facilities="toilet"),
        make_row("ROOM", "会员之家", 3, 3, access="members", kind="workers_home"),
    ]


def streets():
    from geomap.pipeline.streets import take_streets

    return take_streets(make_town())


def test_a_row_pans_marks_draws_the_way_and_raises_a_card(visit):
    seen = visit(make_rows(), options=ALLOWED, streets=streets())
    page = seen.page
    page.wait_for_selector("#list .row-far >> text=道路")
    page.click("[data-station-id=FAR] a")
    page.wait_for_selector("#card:not([hidden]) >> text=远的驿站")
    card = page.inner_text("#card")
    assert "开着，全天" in card and "分钟" in card and "骑手可进" in card and "带我去" in card
    assert page.evaluate(IN_VIEW, "FAR")
    assert page.evaluate("geomap.guide.draw({ id: 'FAR' }).length") >= 1
    assert "picked" in page.get_attribute("[data-station-id=FAR]", "class")
    box = page.locator("#map").bounding_box()
    assert box["y"] < 400
    page.go_back()
    page.wait_for_selector("#card", state="hidden")
    assert seen.said == []


def test_a_sign_on_the_map_raises_the_same_card(visit):
    page = visit(make_rows()[:1]).page
    box = page.locator("#map").bounding_box()
    at = page.evaluate(SYMBOLS)[0]
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    page.wait_for_selector("#card:not([hidden]) >> text=近的驿站")
    page.click("#card [data-action=details]")
    page.wait_for_selector("#sheet .trust")
    page.go_back()
    page.wait_for_selector("#sheet", state="hidden")
    page.click("[data-action=uncard]")
    page.wait_for_selector("#card", state="hidden")


def test_the_recommended_place_is_in_view_whatever_is_filtered(visit):
    page = visit(make_rows(), options=ALLOWED).page
    page.wait_for_selector("[data-recommended=NEAR]")
    assert page.evaluate(IN_VIEW, "NEAR")
    page.click("[data-filter=toilet]")
    page.wait_for_selector("[data-recommended=FAR]")
    assert page.evaluate(IN_VIEW, "FAR")


@pytest.mark.parametrize("apart_m", [4, 30, 300])
def test_signs_are_joined_only_where_they_would_overlap(visit, apart_m):
    rows = [make_row("A", "甲", 0, 0, opening_hours="24/7"),
            make_row("B", "乙", apart_m / 85.3, 0, opening_hours="Mo-Su 20:00-21:00")]  # fmt: skip
    page = visit(rows).page
    states = set()
    for zoom in range(10, 19):
        page.evaluate("zoom => geomap.rider.map.setView([39.97, 116.49], zoom, { animate: false })",
                      zoom)  # fmt: skip
        symbols = page.evaluate(SYMBOLS)
        metres_px = 156543.03 * 0.7664 / 2**zoom
        assert len(symbols) == (2 if apart_m / metres_px >= 22 else 1) or (
            abs(apart_m / metres_px - 22) < 1.5
        )
        if len(symbols) == 1:
            assert symbols[0][2:4] == [2, "open"]
        states |= {symbol[3] for symbol in symbols}
    assert "open" in states


def test_no_sign_lies_upon_another_however_many_are_joined(visit):
    spots = np.random.default_rng(14).normal(0, 60, (150, 2)).round(1)
    page = visit([make_row(f"S{n}", f"驿站{n}", *spot) for n, spot in enumerate(spots)]).page
    for zoom in range(7, 14):
        page.evaluate("zoom => geomap.rider.map.setView([39.97, 116.49], zoom, { animate: false })",
                      zoom)  # fmt: skip
        symbols = np.array([[x, y, radius] for x, y, *_, radius in page.evaluate(SYMBOLS)])
        off = np.hypot(*(symbols[:, None, :2] - symbols[None, :, :2]).transpose(2, 0, 1))
        room = symbols[:, None, 2] + symbols[None, :, 2]
        assert (off >= room - 0.01)[~np.eye(len(symbols), dtype=bool)].all()


def test_a_sign_stands_at_one_of_its_places(visit):
    rows = [make_row(f"S{n}", f"驿站{n}", 40 * (n % 3), 40 * (n // 3)) for n in range(9)]
    page = visit(rows).page
    page.evaluate("geomap.rider.map.setView([40.0, 116.5], 8, { animate: false })")
    symbols = page.evaluate(SYMBOLS)
    spots = page.evaluate(
        """rows => rows.map(at => { const p = geomap.rider.map.latLngToContainerPoint(at);
        return [p.x, p.y]; })""",
        [[row["lat"], row["lon"]] for row in rows],
    )
    assert sum(symbol[2] for symbol in symbols) == 9
    for x, y, *_ in symbols:
        assert min(abs(x - a) + abs(y - b) for a, b in spots) < 2


BEIJING = gpd.GeoDataFrame(
    {"district_code": ["110105", "330106"], "province": ["北京市", "浙江省"],
     "city": ["北京市", "杭州市"], "district": ["朝阳区", "西湖区"]},
    geometry=[shapely.box(116.4, 39.9, 116.6, 40.0), shapely.box(120.0, 30.2, 120.2, 30.3)],
    crs=4326,
)  # fmt: skip


@pytest.mark.parametrize("typed", ["西湖区", "xihu", "xhq"])
def test_a_district_without_a_station_leads_to_the_nearest(visit, typed):
    page = visit(make_rows(), everywhere=BEIJING).page
    page.fill("#query", typed)
    page.wait_for_selector("#found strong >> text=西湖区")
    page.press("#query", "Enter")
    page.wait_for_selector("#place >> text=西湖区")
    page.wait_for_selector("[data-station-id=NEAR] .row-far")


def test_the_example_in_the_search_field_is_found(visit):
    page = visit([make_row("S1", "驿站", 1, 1, township="酒仙桥街道")]).page
    example = page.get_attribute("#query", "placeholder").split("：")[1]
    name, initials = example.split(" / ")
    for text in (name, initials):
        page.fill("#query", text)
        page.wait_for_selector(f"#found strong >> text={name}")


def test_the_first_minute_says_what_this_is_and_leads_to_a_city(visit):
    rows = [make_row("S1", "北京驿站", 1, 1), make_row("S2", "杭州驿站", lon=120.1, lat=30.25,
            province="浙江省", city="杭州市", district="西湖区", district_code="330106",
            verified_on="")]  # fmt: skip
    seen = visit(rows, everywhere=BEIJING)
    page = seen.page
    assert page.inner_text(".about") == "台账里的 2 处，骑手可看 2 处，其中 1 处有人核实过。"
    assert page.locator("#map").bounding_box()["height"] == pytest.approx(0.4 * 844, abs=2)
    assert page.locator(".hotline").bounding_box()["y"] > page.locator("#list").bounding_box()["y"]
    page.click("[data-city=杭州市]")
    wait_until(page, "document.querySelectorAll('#list > li').length === 1")
    assert page.get_attribute("#list > li", "data-station-id") == "S2"
    assert page.evaluate("geomap.rider.map.getBounds().contains([30.25, 120.1])")
    page.click("[data-action=forget]")
    wait_until(page, "document.querySelectorAll('#list > li').length === 2")
    assert seen.said == []


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
        assert box["y"] >= 0 and box["y"] + box["height"] <= 844, (selector, box)
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
def test_a_rider_s_tasks_take_three_taps_at_most(visit, task):
    """On a phone of 390 by 844 the answer is in sight, with no scrolling of the page."""
    page = visit(make_rows(), options=ALLOWED).page
    page.wait_for_selector(".row-far")
    page.click("[data-action=forget]")
    task(Taps(page))


def test_the_map_shows_all_the_land_on_which_a_rough_place_may_stand(visit):
    """At street zoom such a station stood on an empty screen, as though it were exact."""
    row = make_row("TOWN", "某镇职工之家", 3, 3, precision="township", uncertainty_m=4000.0)
    page = visit([*make_rows(), row]).page
    page.click("[data-station-id=TOWN] a")
    page.wait_for_selector("#card:not([hidden]) >> text=某镇职工之家")
    wait_until(
        page,
        """(() => {
      const middle = L.latLng(39.973, 116.493);
      return geomap.rider.map.getBounds().contains(middle.toBounds(8000));
    })()""",
    )
    assert page.inner_text("#card .card-go a") == "按名称查找（高德）"


def test_the_answer_is_in_sight_on_a_phone_that_lies_on_its_side(visit):
    wide = {"viewport": {"width": 844, "height": 390}}
    page = visit(make_rows(), options=ALLOWED | wide).page
    page.wait_for_selector("[data-recommended=NEAR]")
    box = page.locator("[data-recommended=NEAR]").bounding_box()
    assert box["y"] + box["height"] <= 390


def test_a_search_without_a_find_says_what_to_do(visit):
    page = visit(make_rows()).page
    page.fill("#query", "没有这样的地方")
    page.wait_for_selector("#found .nothing >> text=在地图上点一下您的位置")


def test_the_english_page_spells_divisions_in_latin_letters_and_asks_for_them_only_then(visit):
    far = {"province": "陕西省", "city": "西安市", "district": "雁塔区", "district_code": "610113",
           "township": "大雁塔街道"}  # fmt: skip
    seen = visit(
        [*make_rows(), make_row("XIAN", "西安的驿站") | far | {"lon": 108.95, "lat": 34.2}]
    )
    page = seen.page
    assert page.inner_text(".city >> nth=0").startswith("北京市")
    assert not [url for url in seen.asked if url.endswith("/latin.js")]
    page.click("[data-action=language]")
    page.wait_for_selector(".city >> text=Xi'an")
    page.wait_for_selector("[data-station-id=NEAR] .row-facts >> text=Chaoyang")
    named = "geomap.lines.names(geomap.canvas.viewOf(geomap.rider.map)).map(name => name.text)"
    assert {"Beijing", "Xi'an"} <= set(page.evaluate(named))
    page.click("[data-city=西安市]")
    page.wait_for_selector("#place >> text=Xi'an")
    page.click("[data-station-id=XIAN] a")
    page.click("#card [data-action=details]")
    page.wait_for_selector("#sheet dd >> text=Dayanta, Yanta, Xi'an, Shaanxi")
    page.click("#sheet [data-action=close]")
    page.click("[data-action=language]")
    page.wait_for_selector(".city >> text=北京市", state="attached")
    assert seen.said == []
