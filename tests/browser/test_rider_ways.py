"""Ways by road in the browser: as long as the engine's, with the traffic, and honest at gaps."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from geomap.model.settings import Settings, TileProvider
from geomap.pages.one_file import draw_one_file
from geomap.pages.rider import draw_rider
from geomap.pipeline.streets import take_streets
from geomap.roads import Network, read_roads
from tests.browser.sites import wait_until
from tests.rider_editions import HERE, make_rider_edition, make_row
from tests.roads.drawing import make_streets
from tests.street_ways import PUSH, Ways, make_town, make_town_edition

PAGE = "/public/index.html"
READY = "geomap.taken.later && (geomap.taken.streets || !geomap.store.over.streets)"
JINAN = Path(__file__).parents[3] / "shared/data/roads/jinan.parquet"
#: Ways to many places from one, as guide.js asks for them; the limit is half an hour.
_ASK = """async ([lon, lat, places]) => {
  const g = window.geomap;
  await g.squares.open();
  const foot = await g.snap.snap(lon, lat);
  if (!foot) { return places.map(() => ["off", null, null]); }
  const search = g.ways.Search(foot, 7500, 200);
  const feet = await Promise.all(places.map(at => g.snap.snap(at[0], at[1])));
  const targets = feet.map(end => ({ foot: end }));
  await search.find(targets.filter(one => one.foot), () => {});
  return targets.map(one => {
    if (one.state !== "road") { return [one.foot ? one.state : "off", null, null]; }
    const size = g.course.measure(search.trace(one));
    return [one.state, one.cost / 10, size.metres + size.pushed * (15 / 4 - 1)];
  });
}"""
STAND = "([lon, lat, off]) => geomap.rider.stand(lon, lat, () => '这里', 'tap', off)"


@pytest.fixture
def visit(make_site, watch):
    def opened(edition, place=None, ready="#list .row-far >> text=道路", off=0):
        site = make_site(draw_rider(edition))
        seen = watch()
        seen.open(site.url + PAGE)
        wait_until(seen.page, READY)
        if place:
            seen.page.evaluate(STAND, [*place, off])
            seen.page.wait_for_selector(ready)
            wait_until(seen.page, "!geomap.guide.isBusy")
        return site, seen

    return opened


def scatter(middle, riders, places, spread, seed):
    """Riders, and for each of them places around."""
    chance = np.random.default_rng(seed)
    starts = np.array(middle) + chance.normal(0, 1, (riders, 2)) * spread
    ends = starts[:, None] + chance.normal(0, 1, (riders, places, 2)) * np.array(spread) * 0.6
    return starts.round(6), ends.round(6)


def check_against(page, network, starts, ends):
    """Compare every pair; return how many went by road."""
    ways, by_road = Ways(network), 0
    for start, places in zip(starts.tolist(), ends, strict=True):
        found = page.evaluate(_ASK, [*start, places.tolist()])
        expected = ways.metres(start, places)
        for (state, metres, traced), truth, place in zip(found, expected, places, strict=True):
            by_road += state == "road"
            assert state != "road" or traced == pytest.approx(metres, abs=0.5)
            if not agrees(state, metres, truth):
                moved = ways.nearly(start, place)
                assert any(agrees(state, metres, near) for near in moved), (start, place, truth)
    return by_road


def agrees(state, metres, truth):
    if state == "road":
        return abs(metres - truth) <= 1.0
    return {"off": np.isnan(truth), "none": np.isinf(truth), "beyond": truth > 7499.0}[state]


def test_road_metres_in_a_town_are_the_engine_s(visit):
    network = make_town()
    _, seen = visit(make_town_edition(network=network))
    starts, ends = scatter(HERE, 12, 30, (0.018, 0.012), seed=2)
    assert check_against(seen.page, network, starts, ends) > 250
    assert seen.said == []


@pytest.mark.skipif(not JINAN.exists(), reason="needs the shared roads")
def test_road_metres_in_jinan_are_the_engine_s(visit):
    network = read_roads(JINAN)
    rows = [make_row("S1", "驿站") | {"lon": 117.0, "lat": 36.66}]
    _, seen = visit(make_rider_edition(rows, streets=take_streets(network)))
    starts, ends = scatter((117.02, 36.67), 20, 30, (0.05, 0.035), seed=8)
    assert check_against(seen.page, network, starts, ends) > 350


def make_one_way(afoot=(True, False, True, True, True)):
    """A street from west to east, 1.2 km; its middle part one-way eastwards, by default closed
    to those who push; a side street 600 m north of its eastern end leads back west. An island
    lies south."""

    def at(east, north):
        return (HERE[0] + east / 1000, HERE[1] + north / 1000)

    lines = [
        [at(-4, 0), at(0, 0)], [at(0, 0), at(6, 0)], [at(6, 0), at(10, 0)],
        [at(6, 0), at(6, 5), at(0, 5), at(0, 0)], [at(0, -4), at(3, -4)],
    ]  # fmt: skip
    both = (True, True)
    return Network.of_streets(make_streets(lines, [both, (True, False), both, both, both], None,
                                           np.array(afoot)))  # fmt: skip


def rows_of(page):
    """Row → (distance, minutes) as written."""
    return page.evaluate("""Object.fromEntries(
        Array.from(document.querySelectorAll("#list [data-station-id]"), row => [
          row.dataset.stationId, [".row-far", ".row-ride"].map(name =>
            (row.querySelector(name) || {}).textContent || "")]))""")


def test_the_list_goes_by_road_with_the_traffic_and_says_so(visit):
    rows = [
        make_row("WEST", "西边近", 1, 0.1), make_row("EAST", "东边远", 8, 0.1),
        make_row("ISLAND", "孤岛", 2, -4.1), make_row("FIELD", "田里", 3, 30),
        make_row("VAGUE", "某镇", 4, 0, uncertainty_m=2500.0, precision="township"),
    ]  # fmt: skip
    edition = make_town_edition(rows, make_one_way())
    _, seen = visit(edition, (HERE[0] + 0.004, HERE[1]))
    seen.page.wait_for_selector("text=道路图上不通")
    told = rows_of(seen.page)
    # 341 m straight on, against 256 m straight back: one-way, so all the way round.
    assert told["EAST"] == ["道路 350 米", "骑 2 分钟"]
    assert told["WEST"] == ["道路 1.9 公里（直线 260 米）", "骑 8 分钟"]
    assert told["ISLAND"][0].startswith("直线") and told["ISLAND"][1] == "道路图上不通"
    assert told["FIELD"][0] == "直线 3.3 公里" and "直线估算" in told["FIELD"][1]
    assert told["VAGUE"] == ["直线 0–3 公里", ""]
    assert list(told) == ["EAST", "WEST", "FIELD", "ISLAND", "VAGUE"]
    assert seen.said == []


def test_who_gets_off_and_pushes_is_there_first_and_is_told_how_far(visit):
    """One-way signs do not bind whoever pushes: 256 m back on foot, not 1.9 km around."""
    rows = [make_row("WEST", "西边近", 1, 0.1), make_row("EAST", "东边远", 8, 0.1)]
    edition = make_town_edition(rows, make_one_way(afoot=[True] * 5))
    _, seen = visit(edition, (HERE[0] + 0.004, HERE[1]))
    told = rows_of(seen.page)
    assert told["WEST"] == ["道路 270 米", "推行 260 米，5 分钟"]
    assert told["EAST"] == ["道路 350 米", "骑 2 分钟"]
    lines = seen.page.evaluate("geomap.guide.draw({ id: 'WEST' })")
    assert [line["pushed"] for line in lines] == [True]
    assert lines[0]["points"][0] == pytest.approx([HERE[0] + 0.004, HERE[1]], abs=1e-5)
    assert lines[0]["points"][-1] == pytest.approx([HERE[0] + 0.001, HERE[1]], abs=1e-5)


def test_two_on_one_street_go_straight_along_it(visit):
    rows = [make_row("S1", "前面", 5, 0.05), make_row("S2", "后面", 3, 0.05)]
    _, seen = visit(make_town_edition(rows, make_one_way()), (HERE[0] + 0.004, HERE[1]))
    told = rows_of(seen.page)
    assert told["S1"][0] == "道路 90 米" and told["S2"][0] == "道路 2.1 公里（直线 90 米）"


def test_open_on_arrival_counts_the_minutes_by_road(visit):
    rows = [make_row("S1", "后面的", 1, 0.1, opening_hours="Mo-Su 00:00-12:07")]
    _, seen = visit(make_town_edition(rows, make_one_way()))
    page = seen.page
    page.clock.set_fixed_time("2026-11-20T04:00:00Z")
    page.evaluate(STAND, [HERE[0] + 0.004, HERE[1], 500])
    page.wait_for_selector("#list [data-open=open] >> text=直线估算")
    page.evaluate(STAND, [HERE[0] + 0.004, HERE[1] + 0.00001, 0])
    page.wait_for_selector("#list [data-open=closed] .row-far >> text=道路")


def test_a_door_in_reach_is_named_though_one_out_of_reach_is_fewer_metres_away(visit):
    """Of doors as good as equally near one in fewer metres is named, but not beyond ten minutes."""
    _, seen = visit(make_town_edition([make_row("S1", "前面", 5, 0.05)], make_one_way()))
    answer = seen.page.evaluate("""() => {
      const open = (id, far, minutes, metres) => ({ row: { id: id }, rank: 0, open: "open",
        far: far, minutes: minutes, metres: metres, way: { state: "road", metres: metres } });
      const rows = [open("RIDE", 2250, 9, 2250), open("PUSH", 2600, 11, 1500)];
      return geomap.answer.make(rows, [117, 36], Date.now(), []);
    }""")
    assert answer["best"]["row"]["id"] == "RIDE"


def test_outside_the_roads_and_for_a_vague_position_the_line_is_straight(visit):
    _, seen = visit(make_town_edition(), (HERE[0] + 0.09, HERE[1]), "text=直线估算")
    seen.page.wait_for_timeout(500)
    assert all("直线估算" in ride for _, ride in rows_of(seen.page).values())
    seen.page.evaluate(STAND, [*HERE, 800])
    seen.page.wait_for_timeout(500)
    assert all("直线估算" in ride for _, ride in rows_of(seen.page).values())
    assert seen.said == []


def test_a_missing_square_makes_no_way_longer(make_site, watch):
    """Whatever square is lost, a way is the true one or none."""
    network = make_town()
    truth = Ways(network)
    rows = [make_row(f"S{n}", f"驿站{n}", *off) for n, off in enumerate(
        np.random.default_rng(1).uniform(-14, 14, (20, 2)).tolist())]  # fmt: skip
    files = draw_rider(make_town_edition(rows, network))
    squares = sorted(path for path in files if "/streets/13/" in path)
    assert len(squares) >= 4
    places = np.array([(row["lon"], row["lat"]) for row in rows])
    expected = dict(
        zip([row["station_id"] for row in rows], truth.metres(HERE, places), strict=True)
    )
    seen_states = set()
    for lost in squares:
        site = make_site({path: text for path, text in files.items() if path != lost})
        seen = watch()
        page = seen.open(site.url + PAGE)
        wait_until(page, READY)
        page.evaluate(STAND, [*HERE, 0])
        page.wait_for_timeout(700)
        for name, way in page.evaluate(f"""Object.fromEntries({list(expected)!r}.map(id =>
                [id, geomap.guide.to({{ id: id }})]))""").items():  # fmt: skip
            seen_states.add(way["state"] if way else None)
            assert way is None or way["state"] != "none" or np.isinf(expected[name])
            if way and way["state"] == "road":
                cost = way["road"] + way["pushed"] * (PUSH - 1)
                assert cost == pytest.approx(expected[name], abs=1.5)
    assert seen_states >= {"road", None}


def test_the_footer_and_the_licence_in_both_languages(visit):
    _, seen = visit(make_town_edition())
    page = seen.page
    assert "© OpenStreetMap contributors" in page.inner_text("#road-credit")
    page.click("[data-action=language]")
    assert "follows the streets" in page.inner_text(".foot")
    page.evaluate(STAND, [*HERE, 0])
    page.wait_for_selector("#list >> text=m by road")
    _, plain = visit(make_rider_edition())
    assert "距离为直线距离" in plain.page.inner_text(".foot")
    assert not [url for url in plain.asked if "streets/" in url]


def test_streets_are_drawn_near_and_far_in_light_and_dark(make_site, watch):
    site = make_site(draw_rider(make_town_edition()))
    plain = make_site(draw_rider(make_town_edition(streets=None)))
    for scheme in ("light", "dark"):
        for zoom in (12, 15):
            pictures = [look(watch, one, zoom, scheme) for one in (site, plain)]
            assert pictures[0] != pictures[1]


def look(watch, site, zoom, scheme):
    page = watch(color_scheme=scheme).open(site.url + PAGE)
    wait_until(page, READY)
    page.evaluate("([at, zoom]) => geomap.rider.map.setView(at, zoom, { animate: false })",
                  [[HERE[1], HERE[0]], zoom])  # fmt: skip
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    return page.evaluate("document.querySelector('canvas.stations').toDataURL()")


def test_a_town_goes_by_road_without_a_network(make_site, watch):
    site = make_site(draw_rider(make_town_edition()))
    seen = watch(permissions=["geolocation"],
                 geolocation={"longitude": HERE[0], "latitude": HERE[1]})  # fmt: skip
    seen.open(site.url + PAGE)
    seen.page.wait_for_selector("html[data-kept]")
    site.stop()
    seen.page.reload()
    seen.page.wait_for_selector("#answer:not([hidden])")
    seen.page.click("[data-action=locate]")
    seen.page.wait_for_selector("#list .row-far >> text=道路")


def test_one_file_goes_by_road(tmp_path, watch):
    file = tmp_path / "一城.html"
    file.write_bytes(draw_one_file(make_town_edition()))
    seen = watch()
    seen.open(file.as_uri())
    seen.page.evaluate(STAND, [*HERE, 0])
    seen.page.wait_for_selector("#list .row-far >> text=道路")
    assert seen.said == [] and len([url for url in seen.asked if url.startswith("file:")]) == 1


def test_a_place_of_its_own_page_goes_by_road(visit):
    _, seen = visit(make_town_edition(), HERE)
    page = seen.page
    page.click("[data-station-id=R1] a")
    page.click("#card [data-action=details]")
    page.wait_for_selector(".state-line >> text=道路")
    assert re.search(r"道路 .* · .*\d+ 分钟", page.inner_text(".state-line"))
    page.click("[data-action=close]")


def test_a_base_map_of_others_is_not_painted_over(make_site, watch):
    provider = TileProvider("t", "底图", "https://t.tiles.example/{z}/{x}/{y}.png", "某图商")
    for tiles, alpha in (((provider,), 0), ((), 255)):
        settings = Settings(title="测试驿站地图", region="北京市", tiles=tiles)
        site = make_site(draw_rider(make_town_edition(settings=settings)))
        seen = watch()
        seen.context.route("https://*.tiles.example/**", lambda route: route.fulfill(
            content_type="image/svg+xml", body='<svg xmlns="http://www.w3.org/2000/svg"/>')
        )  # fmt: skip
        page = seen.open(site.url + PAGE)
        wait_until(page, READY)
        page.evaluate("at => geomap.rider.map.setView(at, 15, { animate: false })",
                      [HERE[1] + 0.0151, HERE[0] + 0.0131])  # fmt: skip
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        alphas = page.evaluate("""() => {
          const canvas = document.querySelector("canvas.stations");
          const all = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          return all.filter((value, i) => i % 4 === 3).sort()[canvas.width * canvas.height >> 1];
        }""")
        assert alphas == alpha
