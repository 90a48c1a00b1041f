"""The browser reads the golden examples of the wire as Python does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from geomap.pages.assets import read_assets
from geomap.pages.streets import NEAR
from geomap.static_site.page_templates import TEMPLATES
from geomap.wire import VERSION
from tests.wire.test_wire import read_golden

_READ = {
    "steps": """cases => cases.map(one => Array.from(geomap.wire.steps(one.encoded, one.scale),
        number => isNaN(number) ? null : number))""",
    "rings": """cases => cases.map(one => geomap.wire.rings(one.encoded, one.scale).map(ring =>
        Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i], ring[2 * i + 1]])))""",
    "tables": """cases => cases.map(one => {
        const table = geomap.wire.table(one.encoded), n = table.n, found = {};
        delete table.n;
        for (const [name, column] of Object.entries(table)) {
          found[name] = Array.from({ length: n }, (_, i) => geomap.wire.word(column, i))
            .map(value => Number.isNaN(value) ? null : value);
        }
        return found;
      })""",
    "base": """cases => cases.map(({ encoded }) => {
        const pairs = flat => Array.from({ length: flat.length / 2 },
          (_, i) => [flat[2 * i], flat[2 * i + 1]]);
        const kinds = {};
        for (const [kind, text] of Object.entries(encoded)) {
          if (typeof text === "string" && kind !== "courses") {
            kinds[kind] = geomap.wire.rings(text, 1).map(pairs);
          }
        }
        const names = geomap.base.readNames(encoded).map(({ zh, en, look, from, course, box }) =>
          ({ zh, en, look, from, at: pairs(course || box.slice(0, 2)) }));
        return { kinds, names };
      })""",
    "squares": """cases => cases.map(one => {
        const square = geomap.squares.decode(LEVEL, one.x, one.y, one.encoded);
        const found = { cuts: Array.from(square.cuts), nodes: [], streets: [], lines: [] };
        square.nodeX.forEach((x, i) => found.nodes.push([x, square.nodeY[i]]));
        square.code.forEach((code, i) => {
          const course = [];
          for (let k = square.start[i]; k < square.start[i + 1]; k++) {
            course.push([square.vx[k], square.vy[k]]);
          }
          if (code % 4) {
            found.streets.push([square.tail[i], square.head[i], code, square.dm[i], course]);
          } else { found.lines.push([code, course]); }
        });
        return found;
      })""",
}


@pytest.fixture
def page(browser):
    page = browser.new_page()
    for name in (
        "app/frame.js",
        "shared/wire.js",
        "shared/squares.js",
        "shared/slices.js",
        "app/base_map.js",
    ):
        page.add_script_tag(path=TEMPLATES / name)
    yield page
    page.close()


@pytest.mark.parametrize("name", _READ)
def test_golden_examples(page, name):
    cases = read_golden(name)
    level = f"{{ zoom: {NEAR.zoom}, parts: {NEAR.parts} }}"
    assert page.evaluate(_READ[name].replace("LEVEL", level), cases) == [
        case["decoded"] for case in cases
    ]


def test_another_version_is_refused(page):
    with pytest.raises(Error, match="another version"):
        page.evaluate("geomap.wire.check(0)")
    page.evaluate(f"geomap.wire.check({VERSION})")


def test_the_shift_of_gcj02_is_that_of_python(browser):
    """Abroad nothing moves, and at the edge the shift fades in both languages."""
    page, cases = browser.new_page(), read_golden("gcj02")
    assets = read_assets("wire.js", "places.js")
    for name in ("leaflet.js", "frame.js", "wire.js", "places.js", "china.js", "gcj02.js"):
        page.add_script_tag(content=assets[f"assets/{name}"].decode())
    moved = page.evaluate(
        """cases => cases.map(({ wgs84, gcj02 }) => [
          L.CRS.GCJ02.toGcj(wgs84[1], wgs84[0]), L.CRS.GCJ02.fromGcj(gcj02[1], gcj02[0])])""",
        cases,
    )
    for case, (there, back) in zip(cases, moved, strict=True):
        assert there[::-1] == pytest.approx(case["gcj02"], abs=1e-9), case["place"]
        assert back[::-1] == pytest.approx(case["wgs84"], abs=1e-9), case["place"]
    page.close()
