"""Places that nobody knows exactly: somewhere within an outline, never a ring that looks sure."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geomap.pages.rider import draw_rider
from tests.browser.sites import wait_until
from tests.rider_editions import make_rider_edition, make_row

DISTRICT = gpd.GeoDataFrame(
    {"district_code": ["110105"], "province": ["北京市"], "city": ["北京市"],
     "district": ["朝阳区"]},
    geometry=[shapely.box(116.4, 39.9, 116.6, 40.0)], crs=4326,
)  # fmt: skip
ROUGH = make_row("S1", "某处驿站", 0, 0, precision="district", uncertainty_m=20_000.0)
HAS_MORE = "Boolean(geomap.taken['more/110105'])"
GO = "([lat, lon, zoom]) => { geomap.rider.map.setView([lat, lon], zoom, { animate: false }); }"
#: What is drawn at places (latitude, longitude): red, green, blue, how much.
COLOURS = """places => {
  const canvas = document.querySelector("canvas.stations"), pen = canvas.getContext("2d");
  const map = geomap.rider.map, at = canvas.getBoundingClientRect();
  const ratio = canvas.width / at.width;
  const home = map.getContainer().getBoundingClientRect();
  return places.map(place => {
    const p = map.latLngToContainerPoint(place);
    return Array.from(pen.getImageData((p.x + home.x - at.x) * ratio,
      (p.y + home.y - at.y) * ratio, 1, 1).data);
  });
}"""


@pytest.fixture
def visit(make_site, watch):
    def go(rows, **parts):
        files = draw_rider(make_rider_edition(rows, districts=DISTRICT, **parts))
        page = watch().open(make_site(files).url + "/public/index.html", ready="#list li")
        wait_until(page, "geomap.taken.later && geomap.rider.map")
        return page

    return go


def test_a_place_known_to_its_district_is_somewhere_in_its_outline(visit):
    """No ring, no disc of 20 km that looks like coverage: the district is shaded, all of it."""
    page = visit([ROUGH])
    page.evaluate(GO, [39.95, 116.5, 10])
    wait_until(page, HAS_MORE)
    page.wait_for_timeout(300)
    inside, outside = page.evaluate(COLOURS, [[39.91, 116.45], [39.88, 116.45]])
    assert inside[3] > 0 and inside[2] < inside[0]  # shaded: warmer than white
    assert outside[3] == 0  # nothing is drawn beyond the border


def test_a_place_known_to_its_township_is_somewhere_in_its_outline(visit):
    """Where the edition has the township's outline, no disc around a point is drawn."""
    town = {("110105", "新镇"): shapely.box(116.47, 39.96, 116.51, 39.99)}
    facts = {"precision": "township", "uncertainty_m": 3000.0}
    row = make_row("S1", "某处驿站", 0, 0, matched="新镇（townships.parquet）", **facts)
    page = visit([row], townships=town)
    page.evaluate(GO, [39.97, 116.49, 12])
    wait_until(page, HAS_MORE)
    page.wait_for_timeout(300)
    inside, outside = page.evaluate(COLOURS, [[39.985, 116.505], [39.957, 116.49]])
    assert inside[2] < inside[0] and outside[2] == outside[0]


def test_from_afar_the_outline_of_what_was_chosen_alone_is_drawn(visit):
    page = visit([ROUGH, make_row("S2", "远处驿站", -9000, -9000, district_code="330106")])
    page.evaluate(GO, [39.95, 116.5, 6])
    page.wait_for_timeout(500)
    assert not page.evaluate(HAS_MORE)
    page.evaluate("() => geomap.store.find('S1').then(geomap.layer.choose)")
    wait_until(page, HAS_MORE)
