"""Laws of names on a map: none upon another, none under a symbol, all upright, always the same."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from geomap.ground import read_ground
from geomap.pages.planner import draw_planner
from geomap.pages.rider import draw_rider
from geomap.pipeline.streets import take_streets
from geomap.roads import read_roads
from geomap.static_site.page_templates import TEMPLATES
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.sites import wait_until
from tests.ground.town import CROSSING, at, write_town
from tests.rider_editions import make_rider_edition, make_row

HAIDIAN = Path(__file__).parents[3] / "shared" / "data" / "osm" / "haidian_liudaokou.osm.pbf"
#: What was placed: text, boxes, angle; and what was reserved.
PLACED = """(placed, reserved) => ({ reserved, placed: placed.map(one => (
  { text: one.name.text, boxes: one.boxes, angle: one.angle, rows: one.rows })) })"""


def touch(one, other):
    return (one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3]
            and one[3] >= other[1])  # fmt: skip


def break_no_law(found):
    """No two names touch, none touches what is reserved, none stands on its head."""
    boxes = [(n, box) for n, one in enumerate(found["placed"]) for box in one["boxes"]]
    for (n, one), (m, other) in itertools.combinations(boxes, 2):
        assert n == m or not touch(one, other), (found["placed"][n], found["placed"][m])
    for n, box in boxes:
        assert not any(touch(box, symbol) for symbol in found["reserved"]), found["placed"][n]
    assert all(abs(one["angle"]) <= 1.571 for one in found["placed"])


def test_random_names_and_symbols_keep_the_laws(browser):
    page, chance = browser.new_page(), random.Random(5)
    for name in ("app/frame.js", "shared/canvas.js", "shared/labels.js"):
        page.add_script_tag(path=TEMPLATES / name)
    counts = []
    for _ in range(20):
        names = []
        for n in range(150):
            text = chance.choice(["学院路", "Mannerheimintie", "农业大学东校区", "月"]) + str(n)
            look = {"size": chance.choice([12, 14]), "dot": chance.random() < 0.5, "colours": []}
            x, y = chance.uniform(-50, 950), chance.uniform(-50, 650)
            turns = [chance.uniform(-90, 90) for _ in range(8)]
            way = chance.choice([-60, 60])
            course = [each for k in range(4) for each in (x + way * k, y + turns[k])]
            names.append({"text": text, "look": look, "x": x, "y": y,
                          "course": course if n % 2 else None})  # fmt: skip
        places = [(chance.uniform(0, 900), chance.uniform(0, 600)) for _ in range(25)]
        reserved = [[x, y, x + 30, y + 30] for x, y in places]
        found = page.evaluate(f"""([names, reserved]) => {{
            const work = geomap.labels.place(names, reserved, 900, 600);
            let step = work.next();
            while (!step.done) {{ step = work.next(); }}
            return ({PLACED})(step.value, reserved);
        }}""", [names, reserved])  # fmt: skip
        break_no_law(found)
        counts.append(len(found["placed"]))
    assert min(counts) > 20
    page.close()


def make_edition(file, places):
    rows = [make_row(f"S{n}", f"驿站{n}", opening_hours="24/7" if n % 2 else "Mo-Fr 09:00-17:00")
            | {"lon": lon, "lat": lat} for n, (lon, lat) in enumerate(places)]  # fmt: skip
    return make_rider_edition(
        rows, base=read_ground([file]).base, streets=take_streets(read_roads([file]))
    )


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Stations at the crossing, on the lake's name and beside the bank."""
    file = write_town(tmp_path_factory.mktemp("town") / "town.osm.pbf")
    edition = make_edition(file, [at(0, 0), at(-700, -560), at(-500, 40), at(300, 400)])
    return draw_rider(edition) | draw_planner(edition)


@pytest.fixture(scope="module")
def haidian():
    if not HAIDIAN.exists():
        pytest.skip("the shared map data is not here")
    middles = [(116.3480 + n % 5 * 0.0022, 39.9985 + n // 5 * 0.003) for n in range(20)]
    return draw_rider(make_edition(HAIDIAN, middles))


def look(page, zoom, lon=CROSSING[0], lat=CROSSING[1]):
    page.evaluate(f"geomap.rider.map.setView([{lat}, {lon}], {zoom}, {{ animate: false }})")
    return rest(page, "geomap.layer.names")


def rest(page, names):
    """What was placed once nothing is on its way any more: it holds at several looks."""
    for _ in range(3):
        page.wait_for_timeout(150)
        wait_until(
            page, f"![geomap, geomap.base].some(one => one.squares.isBusy()) && {names}.isResting"
        )
    return page.evaluate(f"({PLACED})({names}.placed, {names}.reserved)")


def open_map(files, make_site, watch, **options):
    visit = watch(**options)
    page = visit.open(make_site(files).url + "/public/index.html")
    wait_until(page, "geomap.rider.map && geomap.base && geomap.taken['base/index']")
    return visit, page


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_towns_names_keep_the_laws_at_every_zoom(town, make_site, watch, screen):
    visit, page = open_map(town, make_site, watch, **screen)
    seen = {}
    for zoom in range(8, 19):
        found = look(page, zoom)
        break_no_law(found)
        assert len(found["reserved"]) > 4  # symbols, beside the map's edges
        seen[zoom] = {one["text"] for one in found["placed"]}
    assert {"学院路", "清华东路", "六道口"} <= seen[16]
    assert "月泉路" not in seen[14] and "月泉路" in seen[15] | seen[16]
    assert visit.said == []


def test_steep_chinese_stands_and_names_are_in_the_pages_language(town, make_site, watch):
    visit, page = open_map(town, make_site, watch, **DESKTOP)
    found = {one["text"]: one for one in look(page, 16)["placed"]}
    steep, level = found["学院路"], found["清华东路"]
    assert [row[0] for row in steep["rows"]] == list("学院路") and steep["angle"] == 0
    assert [row[0] for row in level["rows"]] == ["清华东路"]
    assert sorted(row[2] for row in steep["rows"]) == [row[2] for row in steep["rows"]]
    page.click("[data-action=language]")
    assert "Qinghua East Road" in {one["text"] for one in look(page, 16)["placed"]}
    assert visit.said == []


@pytest.mark.parametrize("zoom", [13, 15, 16, 17])
def test_real_streets_keep_the_laws_and_come_out_the_same(haidian, make_site, watch, zoom):
    twice = []
    for _ in range(2):
        visit, page = open_map(haidian, make_site, watch, **DESKTOP)
        found = look(page, zoom, 116.3525, 40.004)
        break_no_law(found)
        twice.append(found)
    assert twice[0] == twice[1]
    assert len(twice[0]["placed"]) >= (1 if zoom < 14 else 12)
    assert visit.said == []


def test_the_planners_names_keep_the_laws(town, make_site, watch):
    visit = watch(**DESKTOP)
    page = visit.open(make_site(town).url + "/internal/planner.html", "#map canvas")
    wait_until(page, "geomap.planner.names && geomap.taken['base/index']")
    for zoom in (11, 14, 16):
        page.evaluate(
            f"geomap.planner.map.setView({[*CROSSING[::-1]]}, {zoom}, {{ animate: false }})"
        )
        found = rest(page, "geomap.planner.names")
        break_no_law(found)
        assert ("朝阳区" if zoom < 14 else "学院路") in {one["text"] for one in found["placed"]}
    assert visit.said == []
