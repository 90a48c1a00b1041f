"""A base map of somebody else's: asked only when the settings say so, and shifted to match."""

import json

import pytest

from geomap.model.settings import Settings, TileProvider
from geomap.pages.planner import draw_planner
from geomap.places.datum import Datum, convert
from tests.editions import make_edition

_TILES = {"id": "t", "label": "底图", "url": "https://t{s}.tiles.example/{z}/{x}/{y}.png",
          "attribution": "<b>某图商</b> {{7*7}}"}  # fmt: skip
PLACES = ((116.2, 39.91), (117.16, 39.11), (119.95, 30.5), (87.6, 43.8), (114.17, 22.3))


@pytest.fixture
def visit(make_site, watch):
    def visited(datum):
        settings = Settings(tiles=(TileProvider(**_TILES, datum=datum),))
        site = make_site(draw_planner(make_edition(settings=settings)))
        record = watch()
        record.context.route("https://*.tiles.example/**", lambda route: route.fulfill(
            content_type="image/svg+xml", body='<svg xmlns="http://www.w3.org/2000/svg"/>'
        ))  # fmt: skip
        page = record.open(f"{site.url}/internal/planner.html", ready="html[data-ready]")
        return page, record

    return visited


def test_tiles_come_from_the_chosen_host_alone(visit):
    page, record = visit("wgs84")
    page.wait_for_selector(".leaflet-tile-loaded")
    hosts = {address.split("/")[2] for address in record.asked}
    assert {host for host in hosts if not host.startswith("localhost")} <= {
        f"t{letter}.tiles.example" for letter in "abc"
    }
    assert page.locator(".credit").inner_text() == "<b>某图商</b> {{7*7}}"
    assert record.said == []


@pytest.mark.parametrize("datum", ["wgs84", "gcj02"])
def test_everything_is_drawn_in_the_datum_of_the_tiles(visit, datum):
    page, _ = visit(datum)
    drawn = page.evaluate(
        """places => places.map(([lon, lat]) => {
            const point = geomap.planner.map.project([lat, lon], 18);
            const plain = L.CRS.EPSG3857.pointToLatLng(point, 18);
            const back = geomap.planner.map.unproject(point, 18);
            return [plain.lng, plain.lat, back.lng, back.lat];
        })""",
        json.loads(json.dumps(PLACES)),
    )
    for (lon, lat), (x, y, back_lon, back_lat) in zip(PLACES, drawn, strict=True):
        wanted = convert([lon], [lat], Datum.WGS84, Datum(datum))
        assert (x, y) == pytest.approx((wanted[0][0], wanted[1][0]), abs=1e-8)
        assert (back_lon, back_lat) == pytest.approx((lon, lat), abs=1e-8)
