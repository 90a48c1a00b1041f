"""List, map and way are one: a tap on a row or a sign shows the place with its way and a card."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tests.browser.sites import wait_until
from tests.rider_editions import ALLOWED, make_row, make_tour_rows
from tests.street_ways import make_town

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


def streets():
    from geomap.pipeline.streets import take_streets

    return take_streets(make_town())


def test_a_row_pans_marks_draws_the_way_and_raises_a_card(visit_rider):
    seen = visit_rider(make_tour_rows(), options=ALLOWED, streets=streets())
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


def test_a_sign_on_the_map_raises_the_same_card(visit_rider):
    page = visit_rider(make_tour_rows()[:1]).page
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


def test_the_recommended_place_is_in_view_whatever_is_filtered(visit_rider):
    page = visit_rider(make_tour_rows(), options=ALLOWED).page
    page.wait_for_selector("[data-recommended=NEAR]")
    assert page.evaluate(IN_VIEW, "NEAR")
    page.click("[data-filter=toilet]")
    page.wait_for_selector("[data-recommended=FAR]")
    assert page.evaluate(IN_VIEW, "FAR")


@pytest.mark.parametrize("apart_m", [4, 30, 300])
def test_signs_are_joined_only_where_they_would_overlap(visit_rider, apart_m):
    rows = [make_row("A", "甲", 0, 0, opening_hours="24/7"),
            make_row("B", "乙", apart_m / 85.3, 0, opening_hours="Mo-Su 20:00-21:00")]  # fmt: skip
    page = visit_rider(rows).page
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


def test_no_sign_lies_upon_another_however_many_are_joined(visit_rider):
    spots = np.random.default_rng(14).normal(0, 60, (150, 2)).round(1)
    page = visit_rider([make_row(f"S{n}", f"驿站{n}", *spot) for n, spot in enumerate(spots)]).page
    for zoom in range(7, 14):
        page.evaluate("zoom => geomap.rider.map.setView([39.97, 116.49], zoom, { animate: false })",
                      zoom)  # fmt: skip
        symbols = np.array([[x, y, radius] for x, y, *_, radius in page.evaluate(SYMBOLS)])
        off = np.hypot(*(symbols[:, None, :2] - symbols[None, :, :2]).transpose(2, 0, 1))
        room = symbols[:, None, 2] + symbols[None, :, 2]
        assert (off >= room - 0.01)[~np.eye(len(symbols), dtype=bool)].all()


def test_a_sign_stands_at_one_of_its_places(visit_rider):
    rows = [make_row(f"S{n}", f"驿站{n}", 40 * (n % 3), 40 * (n // 3)) for n in range(9)]
    page = visit_rider(rows).page
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
def test_a_district_without_a_station_leads_to_the_nearest(visit_rider, typed):
    page = visit_rider(make_tour_rows(), everywhere=BEIJING).page
    page.fill("#query", typed)
    page.wait_for_selector("#found strong >> text=西湖区")
    page.press("#query", "Enter")
    page.wait_for_selector("#place >> text=西湖区")
    page.wait_for_selector("[data-station-id=NEAR] .row-far")


def test_the_example_in_the_search_field_is_found(visit_rider):
    page = visit_rider([make_row("S1", "驿站", 1, 1, township="酒仙桥街道")]).page
    example = page.get_attribute("#query", "placeholder").split("：")[1]
    name, initials = example.split(" / ")
    for text in (name, initials):
        page.fill("#query", text)
        page.wait_for_selector(f"#found strong >> text={name}")


def test_the_first_minute_says_what_this_is_and_leads_to_a_city(visit_rider):
    rows = [make_row("S1", "北京驿站", 1, 1), make_row("S2", "杭州驿站", lon=120.1, lat=30.25,
            province="浙江省", city="杭州市", district="西湖区", district_code="330106",
            verified_on="")]  # fmt: skip
    seen = visit_rider(rows, everywhere=BEIJING)
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


def test_the_map_shows_all_the_land_on_which_a_rough_place_may_stand(visit_rider):
    """At street zoom such a station stood on an empty screen, as though it were exact."""
    row = make_row("TOWN", "某镇职工之家", 3, 3, precision="township", uncertainty_m=4000.0)
    page = visit_rider([*make_tour_rows(), row]).page
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


def test_the_answer_is_in_sight_on_a_phone_that_lies_on_its_side(visit_rider):
    wide = {"viewport": {"width": 844, "height": 390}}
    page = visit_rider(make_tour_rows(), options=ALLOWED | wide).page
    page.wait_for_selector("[data-recommended=NEAR]")
    box = page.locator("[data-recommended=NEAR]").bounding_box()
    assert box["y"] + box["height"] <= 390


def test_a_search_without_a_find_says_what_to_do(visit_rider):
    page = visit_rider(make_tour_rows()).page
    page.fill("#query", "没有这样的地方")
    page.wait_for_selector("#found .nothing >> text=在地图上点一下您的位置")


def test_the_english_page_spells_divisions_in_latin_letters_asked_for_only_then(
    visit_rider,
):
    far = {"province": "陕西省", "city": "西安市", "district": "雁塔区", "district_code": "610113",
           "township": "大雁塔街道"}  # fmt: skip
    seen = visit_rider(
        [*make_tour_rows(), make_row("XIAN", "西安的驿站") | far | {"lon": 108.95, "lat": 34.2}]
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


def test_no_sign_of_a_chosen_district_lies_under_the_map_buttons(visit_rider):
    """Two stations as far apart as the district's map bears at a zoom."""
    rows = [make_row("NW", "西北的驿站", lon=116.40, lat=40.00),
            make_row("SE", "东南的驿站", lon=116.40 + 0.1013, lat=40.00 - 0.0603)]  # fmt: skip
    page = visit_rider(rows, "#d=110105").page
    wait_until(page, "geomap.rider.map.getZoom() === 12")
    buttons = page.locator(".leaflet-control-zoom").bounding_box()
    shown = page.locator("#map").bounding_box()
    at = page.evaluate("geomap.rider.map.latLngToContainerPoint([40.0, 116.4])")
    right = buttons["x"] + buttons["width"]
    assert shown["x"] + at["x"] > right or shown["y"] + at["y"] > buttons["y"] + buttons["height"]
