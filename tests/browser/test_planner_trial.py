"""What-if on the planners' page: what the browser counts is what the engine counts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from geomap.coverage.ground import Ground
from geomap.coverage.points import Points
from geomap.pages.planner import draw_planner
from geomap.pipeline.by_road import cover_by_road
from geomap.pipeline.ground import OnStreets
from geomap.pipeline.trial import gather_trial
from geomap.roads.blocks import BLOCK_M2
from geomap.roads.cuts import cut_edges
from geomap.roads.reach import budgets_of
from geomap.roads.search import remaining_union
from geomap.roads.served import is_reached, served_land
from tests.browser.sites import wait_until
from tests.rider_editions import HERE, make_row
from tests.street_ways import make_town, make_town_edition

DESKTOP = {"viewport": {"width": 1366, "height": 768}, "device_scale_factor": 1,
           "is_mobile": False, "has_touch": False}  # fmt: skip
RADIUS_M = 2500.0
ROWS = [
    make_row("S1", "通宵的驿站", -20, -14, opening_hours="24/7"),
    make_row("S2", "白天的驿站", 14, 9, opening_hours="Mo-Fr 09:00-17:00"),
    make_row("S3", "不知时间的驿站", -2, 16),
]


class Town:
    """A town, its stations and people, and what the engine says of them."""

    def __init__(self) -> None:
        self.network = make_town(rows=21, columns=25)
        plain = make_town_edition(ROWS, self.network)
        self.settings, self.stations = plain.settings, plain.stations.assign(where="stations.csv")
        land = served_land(self.network, self.settings.kerb_m, BLOCK_M2)
        patch = np.arange(len(land.feet.edge))
        self.people = np.random.default_rng(8).integers(0, 40, len(patch)).astype(float)
        here = np.full(len(patch), 0.0)
        points = Points(here, here, np.zeros(len(patch), dtype=int), here + 1000.0, self.people)
        self.feet = land.feet
        ground = OnStreets(Ground(points, np.ones(1)), land.feet)
        by_road = cover_by_road(self.stations, self.network, self.settings, ground=ground)
        trial = gather_trial(self.network, by_road.feet, ground, ["110105"])
        self.edition = make_town_edition(
            ROWS, self.network, trial=trial, on_network=by_road.on_network, bands=by_road.bands
        )

    def count(self, places) -> tuple[float, float]:
        """People in reach of stations at these places, and kilometres of street."""
        at = np.array(places).reshape(-1, 2)
        settings = self.settings
        held = self.network.attach(at[:, 0], at[:, 1], settings.snap_m, settings.longest_road_m)
        held = held.take(held.is_on_network)
        reached = is_reached(self.network, held, RADIUS_M, self.feet)
        budget = budgets_of(self.network, held, RADIUS_M)
        left = remaining_union(self.network, held, budget)
        parts = cut_edges(self.network.edges, left, held, budget)
        return float(self.people[reached].sum()), float((parts.high_m - parts.low_m).sum() / 1000)


@pytest.fixture(scope="module")
def town():
    return Town()


_HOUR = """([day, hour]) => {
  document.querySelector("select[aria-label=哪一天]").value = String(day);
  const clock = document.querySelector("input[data-action=clock]");
  clock.value = String(hour);
  clock.dispatchEvent(new Event("input"));
}"""
#: How many dots around a place have the colour of the nearest band.
_NEAREST = """([lon, lat]) => {
  const map = geomap.planner.map, at = map.latLngToContainerPoint([lat, lon]);
  const sign = geomap.planner.colours().bands[0];
  const wanted = [1, 3, 5].map(k => parseInt(sign.slice(k, k + 2), 16));
  const canvas = map.getPane("bands").querySelector("canvas");
  const box = canvas.getBoundingClientRect(), own = map.getContainer().getBoundingClientRect();
  const part = canvas.width / box.width;
  const x = (at.x + own.left - box.left) * part, y = (at.y + own.top - box.top) * part;
  const dots = canvas.getContext("2d").getImageData(x - 6, y - 6, 12, 12).data;
  let sum = 0;
  for (let i = 0; i < dots.length; i += 4) { sum += wanted.every((v, k) => dots[i + k] === v); }
  return sum;
}"""


@pytest.fixture
def clocked(make_site, watch, town):
    """The town's page with shares of every hour, so that it has the slider of hours."""
    weeks = [(town.edition.settings.headline.id, "110105", day, hour, 0.1, 0.5, 0.8)
             for day in range(1, 8) for hour in range(24)]  # fmt: skip
    names = ["envelope", "district_code", "weekday", "hour", "share_low", "share", "share_high"]
    edition = replace(town.edition, hours=pd.DataFrame(weeks, columns=names))
    record = watch(**DESKTOP)
    address = f"{make_site(draw_planner(edition)).url}/internal/planner.html"
    return record.open(address, ready="html[data-ready]"), record


def test_an_hour_draws_the_bands_of_the_stations_that_are_open_then(clocked, town):
    page, record = clocked
    edition = town.edition
    always, by_day = (edition.stations.geometry.iloc[row].coords[0] for row in (0, 1))

    def near(place, is_near):
        test = f"({_NEAREST})([{place[0]}, {place[1]}]) {'> 20' if is_near else '=== 0'}"
        wait_until(page, test)

    for hour, is_open in (([1, 10], True), ([1, 22], False), ([6, 10], False)):  # Tue, Tue, Sun
        page.evaluate(_HOUR, hour)
        near(by_day, is_open)
        near(always, True)
    assert "周日 10:00 骑到开着门的站点" in page.locator("#map-key").inner_text()
    page.locator("[data-action=clock-off]").click()
    near(by_day, True)
    assert "骑到最近的站点" in page.locator("#map-key").inner_text()
    assert [said for said in record.said if "getImageData" not in said] == []


def test_an_hour_without_streets_is_no_empty_map(clocked):
    page, _ = clocked
    page.route("**/facts/trial*", lambda route: route.abort())
    page.evaluate(_HOUR, [1, 22])
    page.locator(".slide output", has_text="街道没能读到").wait_for()
    assert page.evaluate("geomap.planner.clock") is None
    assert "骑到最近的站点" in page.locator("#map-key").inner_text()
    assert page.evaluate("geomap.planner.bandsShown") >= 0


@pytest.fixture
def visit(make_site, watch, town):
    site = make_site(draw_planner(town.edition))

    def visited(end="", look=DESKTOP):
        record = watch(**look)
        address = f"{site.file_url}/internal/planner.html{end}"
        page = record.open(address, ready="html[data-ready]")
        if not end:
            page.locator("#whatif summary").click()
        return page, record

    return visited


_NUMBERS = """names => Object.fromEntries(names.map(name => [name,
  Number(document.querySelector(`#trial-result dl [data-number=${name}]`).dataset.value)]))"""
_NAMES = [
    "whatif_before",
    "whatif_now",
    "whatif_km",
    "whatif_gained",
    "whatif_lost",
    "whatif_share",
]
_TRY = """async ([places, closed]) => {
  const press = name => document.querySelector(`[data-action=${name}]`).click();
  const rest = () => new Promise(done => setTimeout(done, 0));
  press("whatif-reset");
  await rest();
  for (const [lng, lat] of places) {
    press("whatif-add");
    await rest();
    geomap.planner.takesTap({ lng, lat });
  }
  for (const id of closed) {
    geomap.planner.chosenStation = geomap.taken.stations.station_id.indexOf(id);
    press("whatif-close");
    await rest();
  }
}"""


def _numbers(page):
    return page.evaluate(_NUMBERS, _NAMES)


def _begin(page):
    page.locator("[data-action=whatif-reset]").click()
    page.locator("#trial-result dl").wait_for()


#: One more edit of the trial on the page: a place added, a line taken back, a station closed or
#: opened, another hour.
_EDIT = """async ([kind, what]) => {
  const press = name => document.querySelector(`[data-action=${name}]`).click();
  if (kind === "add") {
    press("whatif-add");
    await new Promise(done => setTimeout(done, 0));
    geomap.planner.takesTap({ lng: what[0], lat: what[1] });
  } else if (kind === "back") {
    document.querySelectorAll("#trial-list button")[what].click();
  } else if (kind === "turn") {
    geomap.planner.chosenStation = geomap.taken.stations.station_id.indexOf(what);
    press("whatif-close");
  } else {
    const hour = document.getElementById("trial-hour");
    hour.value = String(what);
    hour.dispatchEvent(new Event("change"));
  }
  await new Promise(done => setTimeout(done, 0));
}"""
#: Which stations are surely open at an hour of the week (-1: at any).
_OPEN_AT = {-1: ["S1", "S2", "S3"], 22: ["S1"], 34: ["S1", "S2"]}


def test_two_hundred_random_edits_are_counted_as_the_engine_counts(visit, town):
    page, record = visit()
    _begin(page)
    chance = np.random.default_rng(2)
    own = {row["station_id"]: (row["lon"], row["lat"]) for row in ROWS}
    before = {hour: town.count([own[name] for name in names])[0]
              for hour, names in _OPEN_AT.items()}  # fmt: skip
    total = town.people[(town.feet.edge >= 0).any(axis=1)].sum()
    added, closed, hour = [], set(), -1
    for number in range(200):
        kinds = ("turn", "turn", "hour", "back", "back", "add", "add")
        kind = kinds[chance.integers(5 if len(added) == 4 else 7)]
        if kind == "back" and added:
            edit = int(chance.integers(len(added)))
            added.pop(edit)
        elif kind == "turn":
            edit = ("S2", "S3")[chance.integers(2)]  # a stretch of few people is 0.5 % of one's own
            closed ^= {edit}
        elif kind == "hour":
            edit = hour = list(_OPEN_AT)[chance.integers(3)]
        else:
            kind, edit = "add", (HERE + chance.uniform(-1, 1, 2) * [0.05, 0.032]).tolist()
            added.append(edit)
        page.evaluate(_EDIT, [kind, edit])
        seen = _numbers(page)
        kept = [own[name] for name in _OPEN_AT[hour] if name not in closed]
        people, km = town.count([*kept, *added])
        said = f"edit {number}: {kind} {edit}"
        assert seen["whatif_now"] == pytest.approx(people, rel=0.005, abs=1), said
        assert seen["whatif_km"] == pytest.approx(km, rel=0.005, abs=0.01), said
        assert seen["whatif_before"] == pytest.approx(before[hour], rel=0.005), said
        assert seen["whatif_share"] == pytest.approx(people / total, abs=0.005), said
        change = seen["whatif_gained"] - seen["whatif_lost"]
        assert change == pytest.approx(seen["whatif_now"] - seen["whatif_before"], abs=1e-6), said
    page.evaluate(_TRY, [[], list(own)])
    assert _numbers(page)["whatif_now"] == _numbers(page)["whatif_km"] == 0
    assert record.said == []


def test_hours_count_at_an_hour_and_longer_ones_count_at_night(visit, town):
    page, _ = visit()
    _begin(page)
    page.locator("#stations").get_by_role("button", name="白天的驿站").click()
    page.locator("[data-action=whatif-hours]").click()
    wait_until(page, "document.getElementById('trial-hour').value === '22'")
    seen = _numbers(page)
    night, day = (ROWS[0]["lon"], ROWS[0]["lat"]), (ROWS[1]["lon"], ROWS[1]["lat"])
    assert seen["whatif_before"] == pytest.approx(town.count([night])[0], rel=0.005)
    assert seen["whatif_now"] == pytest.approx(town.count([night, day])[0], rel=0.005)
    figure = page.locator("#trial-result [data-number=whatif_now]").first
    assert (figure.get_attribute("data-weekday"), figure.get_attribute("data-hour")) == ("1", "22")


def test_map_and_trial_are_of_one_hour(clocked):
    page, record = clocked
    page.evaluate(_HOUR, [2, 5])
    assert page.locator("#trial-hour").input_value() == "53"  # before anything is tried
    page.locator("#whatif summary").click()
    _begin(page)
    page.evaluate(_HOUR, [1, 22])  # Tuesday
    assert page.locator("#trial-hour").input_value() == "46"
    figure = page.locator("#trial-result [data-number=whatif_now]").first
    assert (figure.get_attribute("data-weekday"), figure.get_attribute("data-hour")) == ("2", "22")
    page.locator("#trial-hour").select_option("6")
    wait_until(page, "document.querySelector('.slide output').textContent.includes('周一 6:00')")
    assert page.locator("input[data-action=clock]").input_value() == "6"
    page.locator("[data-action=clock-off]").click()
    assert page.locator("#trial-hour").input_value() == "-1" and "h6" not in page.url
    assert record.said == []


def test_five_sites_are_suggested_and_each_adds_most(visit, town):
    page, record = visit()
    _begin(page)
    page.evaluate("geomap.planner.map.setZoom(17, { animate: false })")
    page.locator("[data-action=suggest]").click()
    wait_until(page, "document.querySelectorAll('#trial-list li').length === 5")
    link = page.url.partition("#w=")[2]
    sites = [tuple(map(float, part[1:].split("_"))) for part in link.split("~")]
    own = [(row["lon"], row["lat"]) for row in ROWS]
    best = town.count([*own, sites[0]])[0]
    chance = np.random.default_rng(5)
    for place in np.array(HERE) + chance.uniform(-1, 1, (40, 2)) * [0.05, 0.032]:
        assert town.count([*own, place])[0] <= 1.03 * best  # one site in 400 m is looked at
    inside = "geomap.planner.map.getBounds().contains"
    assert all(page.evaluate(f"{inside}([{lat}, {lon}])") for lon, lat in sites)
    gains = [town.count([*own, *sites[:n]])[0] for n in range(6)]
    steps = np.diff(gains)
    assert (steps >= 0).all() and (np.diff(steps) <= 0.02 * best).all()
    assert record.said == []


def test_a_trial_is_a_link_with_a_name_and_a_file_of_planned_rows(visit, tmp_path):
    page, record = visit()
    _begin(page)
    page.evaluate(_TRY, [[[HERE[0] + 0.03, HERE[1] - 0.02]], ["S2"]])
    page.locator("#trial-name").fill('=东区, "方案"')
    seen, address = _numbers(page), page.url
    with page.expect_download() as download:
        page.locator("[data-action=whatif-export]").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["name"] == '\'=东区, "方案" 1' and row["status"] == "planned"
    assert row["district"] == "朝阳区" and float(row["lon"]) == pytest.approx(HERE[0] + 0.03)
    page.emulate_media(media="print")
    assert page.locator("#trial-result").is_visible() and page.locator("#trial-name").is_visible()
    assert not page.locator("[data-action=whatif-add]").is_visible()
    again, _ = visit("#" + address.partition("#")[2])
    wait_until(again, "document.querySelectorAll('#trial-list li').length === 2")
    assert again.locator("#trial-name").input_value() == '=东区, "方案"'
    assert _numbers(again) == pytest.approx(seen, rel=1e-3)
    assert record.said == []


@pytest.mark.parametrize("look", [DESKTOP, {}])
def test_axe_finds_no_fault_in_a_trial(visit, look):
    page, _ = visit(look=look)
    _begin(page)
    page.evaluate(_TRY, [[[HERE[0] + 0.03, HERE[1] - 0.02]], ["S2"]])
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_streets_nothing_is_tried(make_site, watch, town):
    plain = make_town_edition(ROWS, town.network, streets=None)
    files = draw_planner(plain)
    assert not [path for path in files if "trial" in path or "/streets/" in path]
    record = watch(**DESKTOP)
    page = record.open(make_site(files).file_url + "/internal/planner.html", "html[data-ready]")
    assert page.locator("#whatif").is_hidden() and record.said == []
