"""The planners' page in a real browser."""

import io

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from geomap.model.edition import Gaps, Years
from geomap.pages.brief import draw_briefs
from geomap.pages.planner import draw_planner
from geomap.pages.published import draw_tables
from geomap.pipeline.streets import take_streets
from geomap.roads import Network
from tests.browser.sites import wait_until
from tests.editions import make_edition, make_rows, make_station
from tests.roads.drawing import make_streets

PHONE: dict[str, object] = {}  # what conftest's watch opens unless told otherwise
DESKTOP = {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1,
           "is_mobile": False, "has_touch": False}  # fmt: skip


@pytest.fixture(scope="module")
def files():
    edition = make_edition()
    tables, briefs = draw_tables(edition), draw_briefs(edition)
    return tables | draw_planner(edition, tables, briefs=briefs)


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


def test_a_share_of_people_says_when_it_is_of_a_part(make_site, watch):
    plain = make_edition()
    first = plain.settings.headline.id
    own = {f"{first}_people": 72919.0, f"{first}_demand_share": 1.0, "roads_share": 0.02}
    districts = plain.districts.assign(**own)
    site = make_site(draw_planner(make_edition(districts=districts, people_from="streets")))
    page = watch(**DESKTOP).open(f"{site.file_url}/internal/planner.html", "html[data-ready]")
    row = page.locator("#district-table tbody tr", has_text="石景山区")
    assert "路网所及部分的 100.0%" in row.inner_text()


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
    assert "天津市 南开区" in page.locator("#facts article").inner_text()


#: How many dots of a pane's canvas are not empty.
_PAINTED = """(pane => {
  const canvas = geomap.planner.map.getPane(pane).querySelector("canvas");
  const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let painted = 0;
  for (let i = 3; i < dots.length; i += 4) { painted += dots[i] > 0; }
  return painted;
})"""


def _painted(page):
    return page.evaluate(f"{_PAINTED}('areas')")


def test_circles_are_drawn_from_the_places_of_the_stations(visit):
    page, record = visit()
    for label in ("确定", "可能", "若在此处"):
        page.locator("#layer-list").get_by_label(f"骑行 10 分钟（15 公里/小时） {label}").uncheck()
    assert _painted(page) == 0
    _choose(page, "石景山区")
    page.get_by_label("服务半径 1 公里 确定").check()
    certain = _painted(page)
    page.get_by_label("服务半径 1 公里 可能").check()
    assert 0 < certain < _painted(page)
    assert not [address for address in record.asked if "areas-" in address]


_DEQING = {"province": "浙江省", "city": "湖州市", "district": "德清县", "township": "新市镇",
           "district_code": "330521", "confirmed": False, "verified_on": ""}  # fmt: skip
_TOWN = {**_DEQING, "precision": "township", "uncertainty_m": 5000.0, "lon": 120.0, "lat": 30.55}


@pytest.fixture
def visit_town(make_site, watch):
    """Four stations of a town, three of them known to it alone, a fifth planned; one far off."""
    squares = pd.DataFrame({"lon": [120.0, 120.02], "lat": [30.55, 30.58],
                            "served": [90.0, 0.0], "unserved": [0.0, 40.0]})  # fmt: skip
    table = gpd.GeoDataFrame({"rank": []}, geometry=[], crs=4326)
    gaps = Gaps(table, "people", (130.0,), (), squares, 0.002)
    town = [make_station(f"t{n}", name=f"镇上 {n}", **_TOWN) for n in (1, 2, 3)]
    own = make_station("t4", name="社区里", **_TOWN | {"uncertainty_m": 1000.0, "lon": 120.01})
    rows = [*town, own, make_station("t5", name="第五个", **_TOWN | {"status": "planned"}),
            make_station("d01")]  # fmt: skip
    site = make_site(draw_planner(make_edition(rows, gaps=gaps)))
    record = watch(**DESKTOP)
    return record.open(f"{site.file_url}/internal/planner.html", "html[data-ready]"), record


#: How many pixels of a pane's canvas have a colour.
_OF_COLOUR = """([pane, colour]) => {
  const [red, green, blue] = [1, 3, 5].map(k => parseInt(colour.slice(k, k + 2), 16));
  return [...geomap.planner.map.getPane(pane).querySelectorAll("canvas")].reduce((sum, canvas) => {
    const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    for (let i = 0; i < dots.length; i += 4) {
      sum += dots[i] === red && dots[i + 1] === green && dots[i + 2] === blue && dots[i + 3] > 250;
    }
    return sum;
  }, 0);
}"""


def test_a_town_s_stations_and_the_planned_one_are_seen_at_first_sight(visit_town):
    page, record = visit_town
    seen = page.evaluate("""() => {
      const map = geomap.planner.map, size = map.getSize(), found = new Set();
      for (let x = 0; x < size.x; x += 4) { for (let y = 0; y < size.y; y += 4) {
        const nearest = geomap.planner.stationsAt(L.point(x, y))[0];
        if (nearest !== undefined) { found.add(geomap.taken.stations.station_id[nearest]); }
      } }
      return [...found].sort();
    }""")
    assert seen == ["t1", "t2", "t3", "t4", "t5"]  # each by itself under a finger
    colours = page.evaluate(
        "[...geomap.planner.colours().areas, geomap.planner.LOOKS.planned.line]"
    )
    for colour in (colours[1], colours[4]):
        assert page.evaluate(_OF_COLOUR, ["areas", colour]) > 100
    key = page.locator("#map-key").inner_text()
    assert "若在此处（位置不准）" in key and "规划，若在此处" in key and "德清县" in key
    assert not page.locator("[data-flag=rings]").is_checked()
    page.locator("[data-action=all-stations]").click()
    assert page.evaluate("geomap.planner.map.getBounds().contains([39.91, 116.2])")
    assert "德清县" not in page.locator("#map-key").inner_text()
    assert [said for said in record.said if "getImageData" not in said] == []


def test_people_served_and_not_are_two_colours(visit_town):
    page, record = visit_town
    assert not [address for address in record.asked if "facts/people-" in address]
    page.locator("[data-flag=people]").check()
    wait_until(page, "geomap.planner.map.getPane('areas').querySelectorAll('canvas').length === 2")
    for name in ("served", "unserved"):
        colour = page.evaluate(f"geomap.planner.colours().{name}")
        wait_until(page, f"({_OF_COLOUR})(['areas', '{colour}']) > 3")
    assert "十分钟内到不了的人" in page.locator("#map-key").inner_text()
    page.locator("[data-flag=people]").uncheck()
    assert page.evaluate(_OF_COLOUR, ["areas", colour]) == 0


def test_between_what_a_share_likely_lies_stands_beside_it(make_site, watch):
    edition = make_edition()
    id_ = edition.settings.headline.id
    told = {f"{id_}_likely_low": [0.0, 0.11, 0.2, 0.3], f"{id_}_likely_high": [0, 0.14, 0.2, 0.3]}
    known = edition.districts.assign(**told)
    record = watch(**DESKTOP)
    site = make_site(draw_planner(make_edition(districts=known)))
    page = record.open(f"{site.file_url}/internal/planner.html", "html[data-ready]")
    row = page.locator("#district-table tbody tr", has_text="石景山区")
    assert "九成在 11.0% – 14.0%" in row.inner_text()
    high = row.locator(f"[data-number={id_}_likely_high]")
    assert high.get_attribute("data-value") == "0.14"
    other = page.locator("#district-table tbody tr", has_text="南开区")
    assert "九成" not in other.inner_text()  # nothing lies between
    assert record.said == []


def test_years_are_told_and_what_nobody_can_date_is_counted(make_site, watch):
    names = ["year", "open_count", "maybe_count", "opened_count", "closed_count", "planned_count",
             "served", "served_high", "served_planned"]  # fmt: skip
    rows = [(2025, 3, 2, 1, 0, 0, 4000.0, 6000.0, 4000.0), (2026, 5, 0, 2, 0, 0, 6000.0, 6000.0,
            6000.0), (2027, 5, 0, 0, 0, 1, 6000.0, 6000.0, 7500.0)]  # fmt: skip
    years = Years(pd.DataFrame(rows, columns=names), "people", 10_000.0, 2, 0, 0)
    files = draw_planner(make_edition(years=years, compared=True, edition_date="2026-03-01"))
    record = watch(**PHONE)
    page = record.open(f"{make_site(files).file_url}/internal/planner.html", "html[data-ready]")
    lines = page.locator("#year-table tbody tr").all_inner_texts()
    assert [line.split()[:2] for line in lines] == [
        ["2025", "3（另"], ["2026", "5"], ["2027", "5"]
    ]  # fmt: skip
    assert "4,000 – 6,000" in lines[0] and "7,500" in lines[2]
    served = page.locator("#year-table [data-number=served][data-year='2027']")
    assert served.get_attribute("data-value") == "6000"
    assert "2 处在用的没有启用日期" in page.locator("#year-table").inner_text()
    assert page.locator("#years a").get_attribute("href") == "changes.html"
    assert record.said == []
    found = Axe().run(page, "#years", options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_days_the_page_says_that_nothing_is_known_of_the_past(visit):
    page, _ = visit()
    assert "过去的年份无从知道" in page.locator("#year-table").inner_text()
    assert page.locator("#years a").count() == 0


def test_what_is_asked_first_is_seen_first_at_a_small_screen(visit):
    """The share of ten minutes' ride stands in sight, and who does not reach a station."""
    page, _ = visit(DESKTOP | {"viewport": {"width": 1366, "height": 768}})
    heading = page.locator("#district-table thead th", has_text="骑行 10 分钟（15 公里/小时）")
    seen = page.locator("#district-table .scroller").bounding_box()
    box = heading.bounding_box()
    assert box["x"] + box["width"] <= seen["x"] + seen["width"]


@pytest.fixture
def visit_gaps(make_site, watch):
    """A gap, two overlapping stations, and a district that loses its stations by night."""
    gap = {"rank": 1, "district_code": "371621", "district": "惠民县", "place": "某镇以东",
           "area_km2": 3.2, "demand": 4100.0, "nearest_station_id": "d01",
           "nearest_min": 14.0}  # fmt: skip
    table = gpd.GeoDataFrame([gap], geometry=[_ring(0.01)], crs=4326)
    squares = pd.DataFrame({"lon": [116.2, 116.3], "lat": [39.9, 39.9], "served": [5900.0, 0.0],
                            "unserved": [0.0, 4100.0]})  # fmt: skip
    gaps = Gaps(table, "people", (5900.0, 0.0, 4100.0, 0.0, 0.0), ("d01", "d12"), squares, 0.002)
    first = make_edition().settings.headline.id
    hours = [(first, code, day, hour, 0.1, share if 8 <= hour < 20 else 0.04, 0.8)
             for code, share in (("110107", 0.6), ("120104", 0.3))
             for day in range(1, 8) for hour in range(24)]  # fmt: skip
    names = ["envelope", "district_code", "weekday", "hour", "share_low", "share", "share_high"]
    plan = _make_plan() | {"unit": "people-hours a week"}
    edition = make_edition(gaps=gaps, hours=pd.DataFrame(hours, columns=names), plan=plan)
    record = watch(**DESKTOP)
    site = make_site(draw_planner(edition))
    return record.open(f"{site.file_url}/internal/planner.html", "html[data-ready]"), record


def test_gaps_say_how_many_in_all_and_one_is_marked_on_the_map(visit_gaps):
    page, record = visit_gaps
    told = page.locator("#gap-list").inner_text()
    assert "约 4,100 人到不了确定能进的站点，占 41.0%（全部 约 10,000 人）" in told
    assert "1. 惠民县 某镇以东" in told and "最近的站约 14 分钟（八角街道驿站 d01）" in told
    page.locator("#gap-list li button").first.click()
    assert page.locator(".gap-mark").inner_text() == "1"
    assert page.evaluate("geomap.planner.map.getBounds().contains([39.91, 116.2])")
    page.locator("#gap-list summary").click()
    page.locator("#gap-list details button").first.click()
    page.locator("#facts article").wait_for()
    assert page.locator("#facts article").get_attribute("data-station") == "d01"
    assert record.said == []


def test_every_district_stands_by_day_and_by_night_and_an_hour_shades_the_map(visit_gaps):
    page, record = visit_gaps
    rows = page.locator("#hours-clock .nights tbody tr").all_inner_texts()
    assert [row.split()[0] for row in rows] == ["石景山区", "南开区"]  # the greatest loss first
    parts = [f"{share}（80.0%）" for share in ("60.0%", "60.0%", "4.0%", "4.0%")]
    assert "".join(rows[0].split()) == "".join(["石景山区", *parts])
    clock = page.locator("input[data-action=clock]")
    row = page.evaluate("geomap.taken.districts.columns.district_code.indexOf('110107')")
    for hour, share in (("14", 0.6), ("22", 0.04)):
        clock.fill(hour)
        assert page.evaluate(f"geomap.planner.sharesNow()[{row}]") == share
        assert f"周三 {hour}:00" in page.locator("#map-key").inner_text()
        shade = page.evaluate(f"geomap.planner.colours().shades[geomap.planner.shadeOf({share})]")
        wait_until(page, f"({_OF_COLOUR})(['districts', '{shade}']) > 100")
    page.locator("[data-flag=shades]").uncheck()
    assert page.evaluate("geomap.planner.clock") is None
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert [said for said in record.said if "getImageData" not in said] == []


def test_on_a_phone_the_map_and_its_hour_are_on_one_screen(visit_gaps):
    page, _ = visit_gaps
    page.set_viewport_size({"width": 390, "height": 844})
    clock = page.locator("input[data-action=clock]")
    clock.scroll_into_view_if_needed()
    shown, hour = page.locator("#map").bounding_box(), clock.bounding_box()
    assert shown["y"] >= 0 and hour["y"] + hour["height"] <= 844
    assert hour["y"] - (shown["y"] + shown["height"]) < 80


def test_what_is_open_at_the_hour_follows_the_chosen_district(visit_gaps):
    page, _ = visit_gaps
    page.locator("input[data-action=clock]").fill("22")
    _choose(page, "石景山区")
    assert "石景山区 4.0%" in page.locator(".slide output").inner_text()


def test_a_plan_by_the_hour_is_told_in_people(visit_gaps):
    page, _ = visit_gaps
    told = page.locator("#plan-list").inner_text()
    assert "人（一周里每小时平均）" in told and "全部 30，" in told  # 5,000 in 168 hours
    covered = page.locator("#plan-list [data-number=plan_covered]")
    assert covered.get_attribute("data-value") == "1750"  # as in plan.json
    assert covered.inner_text() == "10"


def test_stations_without_a_district_are_listed(visit):
    page, _ = visit()
    loose = page.locator("#loose-list").inner_text()
    assert "只知城市的驿站" in loose and "不知在哪的驿站" in loose and "八角街道驿站" not in loose


def test_english_by_a_switch(visit):
    page, _ = visit()
    page.locator("[data-action=language]").click()
    assert page.locator("html").get_attribute("lang") == "en"
    wait_until(page, "Boolean(geomap.taken.latin)")
    assert _names(page) == ["Deqing", "Nankai", "Shijingshan", "Chaoyang"]
    assert "claimed 23, mapped 1" in page.locator("#district-table").inner_text()
    assert page.locator("#districts-title").inner_text() == "Districts"
    page.locator("#district-search").fill("deqing")
    wait_until(page, "document.querySelectorAll('#district-table tbody tr').length === 1")
    _choose(page, "Deqing")
    assert "Huzhou" in page.locator("#facts").inner_text()


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


def _ring(size):
    return shapely.multipolygons([shapely.Point(116.2, 39.91).buffer(size, quad_segs=64)])


@pytest.fixture(scope="module")
def by_road():
    """Bands by road around d01, a circle around d12, three streets."""
    bands = gpd.GeoDataFrame(
        {"envelope_id": "ebike_10min_15kmh", "to_min": [5.0, 10.0, 15.0]},
        geometry=[_ring(size) for size in (0.004, 0.008, 0.012)], crs=4326,
    )  # fmt: skip
    streets = [[(116.1, 39.91 + k / 100), (116.3, 39.91)] for k in range(3)]
    network = Network.of_streets(make_streets(streets, [(True, True)] * 3))
    rows = [*make_rows(), make_station("far", name="不在路网上的驿站", lon=116.28, lat=39.86)]
    edition = make_edition(
        rows, bands=bands, streets=take_streets(network), on_network=frozenset({"d01", "d12"})
    )
    return draw_planner(edition)


@pytest.fixture
def visit_by_road(make_site, watch, by_road):
    site = make_site(by_road)

    def visited(look=DESKTOP):
        record = watch(**look)
        address = f"{site.file_url}/internal/planner.html"
        return record.open(address, ready="html[data-ready]"), record

    return visited


def _colour(page, pane, lon, lat):
    """The colour that a pane's canvas has at a place, as r, g, b, opacity."""
    return page.evaluate(
        """([pane, lon, lat]) => {
            const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
            const map = geomap.planner.map, box = canvas.getBoundingClientRect();
            const own = map.getContainer().getBoundingClientRect();
            const at = map.latLngToContainerPoint([lat, lon]), dense = canvas.width / box.width;
            return Array.from(canvas.getContext("2d").getImageData(
                Math.round((at.x + own.left - box.left) * dense),
                Math.round((at.y + own.top - box.top) * dense), 1, 1).data);
        }""",
        [pane, lon, lat],
    )


def test_bands_do_not_add_up_and_end_where_nobody_arrives(visit_by_road):
    page, record = visit_by_road()
    page.evaluate("geomap.planner.map.setView([39.91, 116.2], 14, { animate: false })")
    page.wait_for_timeout(300)
    bands = page.evaluate("geomap.planner.colours().bands")
    for east, colour in zip((0.002, 0.006, 0.010), bands, strict=True):
        *drawn, opacity = _colour(page, "bands", 116.2 - east, 39.91)
        assert [f"{part:02x}" for part in drawn] == [colour[i : i + 2] for i in (1, 3, 5)]
        assert opacity == 255
    assert _colour(page, "bands", 116.2 - 0.013, 39.91)[3] == 0
    assert page.locator("#map-key").inner_text().split() == [
        "骑到最近的站点", "≤", "5", "分钟", "5–10", "分钟", "10–15", "分钟", "按直线估算",
        "骑行", "10", "分钟（15", "公里/小时）", "若在此处（位置不准）", "规划，若在此处",
        "站点（位置准）", "站点（位置不准）", "规划中"
    ]  # fmt: skip
    assert [said for said in record.said if "getImageData" not in said] == []  # our own reading


def test_what_is_no_road_is_hatched_and_said_so(visit_by_road):
    page, _ = visit_by_road()
    page.evaluate("geomap.planner.map.setView([39.86, 116.28], 14, { animate: false })")
    page.wait_for_timeout(300)
    # 961 m of straight line stand for the first 1,250 m of road.
    inside = {tuple(_colour(page, "bands", 116.28 + k / 20_000, 39.86)) for k in range(40)}
    assert (8, 64, 107, 255) in inside and len(inside) > 1  # the band's colour, and lines on it
    assert _colour(page, "bands", 116.28 + 0.036, 39.86)[3] == 0
    assert "不在路网上" in page.locator("#band-switches").inner_text()


def test_bands_are_switched_by_keyboard_and_off(visit_by_road):
    page, _ = visit_by_road()
    page.locator("input[name=bands][value='1']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name=bands]:checked").get_attribute("value") == "-1"
    assert page.evaluate("document.activeElement.name") == "bands"
    page.get_by_label("骑行 10 分钟（15 公里/小时） 若在此处").uncheck()
    key = page.locator("#map-key").inner_text()
    assert "分钟" not in key and "若在此处" not in key and "站点（位置准）" in key
    assert _colour(page, "bands", 116.2, 39.91)[3] == 0


def test_streets_are_asked_for_when_they_are_looked_at(visit_by_road):
    page, record = visit_by_road()
    page.evaluate("geomap.planner.map.setView([39.91, 116.2], 12, { animate: false })")
    wait_until(page, "geomap.squares.levels && geomap.squares.levels.length === 3")
    assert not any("/streets/13/" in address for address in record.asked)
    with page.expect_request_finished(lambda request: "/streets/13/" in request.url):
        page.evaluate("geomap.planner.map.setView([39.9125, 116.25], 15, { animate: false })")
    drawn = f"{_PAINTED}('roads') > 0"
    wait_until(page, drawn)
    page.get_by_label("道路").uncheck()
    wait_until(page, f"{_PAINTED}('roads') === 0")
    assert [said for said in record.said if "getImageData" not in said] == []


@pytest.mark.parametrize("look", [DESKTOP, PHONE])
def test_axe_finds_no_fault_at_night_with_bands(visit_by_road, look):
    page, _ = visit_by_road(dict(look, color_scheme="dark"))
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_hours_follow_the_chosen_district(visit):
    page, _ = visit()
    everywhere = page.locator("#hours-table").inner_text()
    assert everywhere.startswith("全部站点")
    _choose(page, "南开区")
    own = page.locator("#hours-table")
    assert own.inner_text().startswith("南开区")
    # Its one station says nothing of its hours: never open, always unknown.
    row = own.locator("tbody tr")
    assert row.count() == 1 and row.inner_text().split() == ["0–24", "0", "1"]


def test_nights_are_counted_by_what_is_known(visit):
    page, _ = visit()
    night = page.locator("#district-table thead th", has_text="每夜开门")
    column = night.evaluate("cell => cell.cellIndex")
    said = {
        name: page.locator("#district-table tbody tr", has_text=name).locator("th, td").nth(column)
        for name in ("石景山区", "南开区")
    }
    assert said["石景山区"].inner_text().startswith("1")  # d12 alone is open 24/7
    assert said["南开区"].inner_text() == "0（1 不详）"  # what nobody knows is not none


def test_the_brief_of_a_district_prints_its_own_things_alone(visit):
    page, record = visit()
    page.evaluate("window.print = () => { window.printed = document.documentElement.className; }")
    page.locator("#district-table tbody button").first.click()
    page.locator("[data-action=brief]").click()
    wait_until(page, "window.printed === 'brief'")
    page.emulate_media(media="print")
    assert page.locator("#map").is_visible() and page.locator(".tables").is_hidden()
    told = page.locator("#brief").inner_text()
    assert page.locator("#brief h1").inner_text() == "德清县" and "人 / 站" in told
    assert "按直线圆" in told  # what a share is stands beside it
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(pages) <= 2
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("#districts").is_visible() and page.locator("#brief").is_hidden()
    assert record.said == []


def test_on_paper_the_map_is_light_and_as_wide_as_the_page(visit_by_road):
    page, _ = visit_by_road(dict(DESKTOP, color_scheme="dark"))
    page.set_viewport_size({"width": 1045, "height": 700})
    page.emulate_media(media="print")
    wait_until(page, "geomap.planner.colours().land === '#ffffff'")
    wait_until(page, "geomap.planner.map.getSize().x > 1000")
    width = page.locator("#map").evaluate("map => map.clientWidth")
    assert width > 1000 and page.evaluate("geomap.planner.map.getSize().x") == width
    assert (
        page.locator("body").evaluate("body => getComputedStyle(body).color") == "rgb(28, 36, 48)"
    )


def _make_plan():
    """A plan of two actions that share a part, and an alternative of the second."""
    site = {"action": "new_site", "id": "c1", "name": "", "place": "八角街道以东", "cost": 90_000.0}
    return {
        "stations": "", "envelope": "ebike_10min_15kmh", "method": "circle", "unit": "people",
        "demand_from": "land", "objective": 1750.0, "bound": 1800.0, "gap": 0.027778,
        "demand_total": 5000.0, "covered_before": 1000.0, "is_stale": True,
        "curve": [{"actions": 0, "objective": 1000.0}, {"actions": 1, "objective": 1500.0}],
        "parts": [400.0, 100.0, 250.0, 240.0],
        "actions": [
            {**site, "rank": 1, "lon": 116.21, "lat": 39.91, "gain": 500.0, "parts": [0, 1],
             "reason": "新设站点，多覆盖 500 人", "reason_en": "a new station: 500 people more"},
            {**site, "rank": 2, "id": "d03", "action": "open_planned", "name": "规划中的驿站",
             "cost": None, "lon": 116.22, "lat": 39.93, "gain": 250.0, "parts": [1, 2],
             "reason": "规划中的“规划中的驿站”开放", "reason_en": "the planned one opens"},
        ],
        "alternatives": [{**site, "id": "c2", "cost": 50_000.0, "lon": 116.2, "lat": 39.9,
                          "instead_of": 2, "loss": 10.0, "parts": [1, 3]}],
    }  # fmt: skip


def _planned(page, name):
    return [
        float(value) for value in page.locator(f"#plan-list [data-number=plan_{name}]")
        .evaluate_all("all => all.map(one => one.dataset.value)")
    ]  # fmt: skip


@pytest.mark.parametrize("look", [DESKTOP, PHONE])
def test_actions_of_the_plan_are_left_out_and_counted_anew(make_site, watch, look):
    site = make_site(draw_planner(make_edition(plan=_make_plan())))
    record = watch(**look)
    page = record.open(f"{site.url}/internal/planner.html", ready="html[data-ready]")
    told = page.locator("#plan-list").inner_text()
    assert "多覆盖 500 人" in told and "台账在这份计划算出之后改过" in told
    assert "换掉第 2 项，只少 10" in told and page.locator(".plan-mark").count() == 2
    # Both cover part 1: without either the other still does.
    assert _planned(page, "difference") == [400.0, 250.0, 240.0]
    assert (_planned(page, "covered"), _planned(page, "gain")) == ([1750.0], [750.0])
    page.locator("#plan-list input").nth(0).uncheck()
    assert _planned(page, "difference") == [400.0, 350.0, 240.0]
    assert (_planned(page, "covered"), page.locator(".plan-mark").count()) == ([1350.0], 1)
    assert page.evaluate("document.activeElement.dataset.option") == "0"
    page.locator("#plan-list input").nth(2).check()
    assert (_planned(page, "covered"), _planned(page, "cost")) == ([1590.0], [50_000.0])
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert record.said == []
