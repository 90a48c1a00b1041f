"""The base map of the city's own extract: drawn under the streets, asked for after them."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from geomap.ground import read_ground
from geomap.pages.one_file import draw_one_file
from geomap.pages.planner import draw_planner
from geomap.pages.rider import draw_rider
from geomap.pipeline.streets import take_streets
from geomap.roads import read_roads
from tests.browser.sites import wait_until
from tests.ground.town import CROSSING, at, write_town
from tests.rider_editions import make_rider_edition, make_row

#: A pixel of the canvas where a place is, as red, green, blue.
PIXEL = """(([lon, lat, map, look]) => {
  const canvas = document.querySelector(look), view = map.latLngToContainerPoint([lat, lon]);
  const box = canvas.getBoundingClientRect(), home = map.getContainer().getBoundingClientRect();
  const dense = canvas.width / box.width;
  const x = home.left + view.x - box.left, y = home.top + view.y - box.top;
  const pen = canvas.getContext("2d");
  return Array.from(pen.getImageData(x * dense, y * dense, 1, 1).data).slice(0, 3);
})"""
LAKE, ISLAND, PARK = at(-780, -520), at(-650, -650), at(-250, 280)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    file = write_town(tmp_path_factory.mktemp("town") / "town.osm.pbf")
    lon, lat = at(-200, -60)
    rows = [make_row("S1", "六道口驿站", opening_hours="24/7") | {"lon": lon, "lat": lat}]
    return make_rider_edition(
        rows, base=read_ground([file]).base, streets=take_streets(read_roads([file]))
    )


def colours(page, map_, look):
    """What lake, island and park look like."""
    return [page.evaluate(f"{PIXEL}([{lon}, {lat}, {map_}, '{look}'])")
            for lon, lat in (LAKE, ISLAND, PARK)]  # fmt: skip


DAY = [[195, 223, 240], [255, 255, 255], [220, 237, 217]]
NIGHT = [[27, 58, 82], [29, 37, 48], [31, 61, 45]]


@pytest.mark.parametrize("scheme, seen", [("light", DAY), ("dark", NIGHT)])
def test_water_and_green_lie_under_the_riders_streets(town, make_site, watch, scheme, seen):
    visit = watch(color_scheme=scheme)
    page = visit.open(make_site(draw_rider(town)).url + "/public/index.html")
    wait_until(page, "geomap.rider.map && geomap.base && geomap.taken['base/index']")
    page.evaluate(f"geomap.rider.map.setView([{CROSSING[1]}, {CROSSING[0]}], 14)")
    wait_until(page, "Object.keys(geomap.taken).some(name => name.startsWith('base/13/'))")
    page.wait_for_timeout(300)
    assert visit.said == []
    assert colours(page, "geomap.rider.map", "canvas.stations") == seen
    streets, base = (next(n for n, address in enumerate(visit.asked) if f"/{folder}/13/" in address)
                     for folder in ("streets", "base"))  # fmt: skip
    assert streets < base  # ways are found along them: they come first


def test_the_planners_map_has_the_same_ground(town, make_site, watch):
    visit = watch(viewport={"width": 1366, "height": 768})
    page = visit.open(make_site(draw_planner(town)).url + "/internal/planner.html", "#map canvas")
    wait_until(page, "geomap.taken['base/index']")
    page.check("input[name=bands][value='-1']")
    page.evaluate(f"geomap.planner.map.setView([{CROSSING[1]}, {CROSSING[0]}], 14)")
    wait_until(page, "Object.keys(geomap.taken).some(name => name.startsWith('base/13/'))")
    page.wait_for_timeout(300)
    assert visit.said == []
    assert colours(page, "geomap.planner.map", ".leaflet-districts-pane canvas") == DAY


def test_without_an_extract_nobody_asks_for_a_base_map(town, make_site, watch):
    files = draw_rider(replace(town, base=None))
    assert not [path for path in files if "/base/" in path]
    visit = watch()
    page = visit.open(make_site(files).url + "/public/index.html")
    wait_until(page, "geomap.rider.map && geomap.base && geomap.taken['streets/index']")
    page.wait_for_timeout(300)
    assert not [address for address in visit.asked if "/base/" in address]
    assert visit.said == []


def test_a_country_has_its_provinces_and_cities_by_zoom(make_site, watch):
    """Provinces from afar, large cities before small ones, the edition's own before all."""
    places = [*((0, 0, "甲省", "大市", f"{n}区") for n in range(6)), (4, 0, "甲省", "小市", "小县"),
              (0, 4, "乙省", "中市", "中区"), (0, 4, "乙省", "中市", "远县")]  # fmt: skip
    west = [100 + east + n * 0.3 for n, (east, *_) in enumerate(places)]
    everywhere = gpd.GeoDataFrame(
        [(f"9{n:05}", *names) for n, (_, _, *names) in enumerate(places)],
        columns=["district_code", "province", "city", "district"], crs=4326,
        geometry=[shapely.box(left, 30 + north, left + 0.3, 30.3 + north)
                  for left, (_, north, *_) in zip(west, places, strict=True)],
    )  # fmt: skip
    rows = [make_row(f"S{n}", f"驿站{n}", province="甲省", city="大市", district=f"{n}区",
                     district_code=f"9{n:05}") | {"lon": 100.1 + 4 * n, "lat": 30.1}
            for n in range(2)]  # fmt: skip
    files = draw_rider(make_rider_edition(rows, everywhere=everywhere))
    visit = watch(viewport={"width": 1366, "height": 768})
    page = visit.open(make_site(files).url + "/public/index.html")
    wait_until(page, "geomap.rider.map && geomap.taken['lines/country']")
    seen = {}
    for zoom in (4, 5, 6, 7, 8):
        page.evaluate(f"geomap.rider.map.setView([32, 103.5], {zoom}, {{ animate: false }})")
        page.wait_for_timeout(100)
        wait_until(page, "geomap.layer.names.isResting")
        seen[zoom] = page.evaluate("geomap.layer.names.placed.map(one => one.name.text)")
    assert set(seen[4]) == {"甲省", "乙省"}
    assert "大市" in seen[5] and "中市" not in seen[5]
    assert {"甲省", "乙省"} <= set(seen[6]) and not {"甲省", "乙省"} & set(seen[7])
    assert "中市" in seen[7] and "小市" not in seen[7] and "小市" in seen[8]
    assert seen[7].count("大市") == 1
    assert visit.said == []


def test_the_ground_is_kept_for_a_ride_without_a_network(town, make_site, watch):
    visit = watch()
    site = make_site(draw_rider(town))
    page = visit.open(site.url + "/public/index.html")
    page.wait_for_selector("html[data-kept]")
    wait_until(page, "geomap.base && geomap.base.squares.levels")
    page.evaluate("geomap.offline.keep()")
    kept = """(async () => {
      const names = await caches.keys(), found = [];
      for (const name of names) {
        for (const each of await (await caches.open(name)).keys()) { found.push(each.url); }
      }
      return found.filter(url => url.includes("/base/13/")).length;
    })()"""
    for _ in range(100):
        if page.evaluate(kept) >= 3:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(kept) >= 3
    assert visit.said == []


def test_one_file_that_is_too_large_loses_the_ground_before_its_streets(town):
    ground, streets = (f'geomap.take("{name}/index"'.encode() for name in ("base", "streets"))
    whole = draw_one_file(town)
    assert ground in whole and streets in whole
    less = draw_one_file(town, len(whole) - 1)
    assert ground not in less and streets in less
    assert streets not in draw_one_file(town, len(less) - 1)
