"""The browser reads the golden examples of the wire as Python does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

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
    for name in ("app/frame.js", "shared/wire.js", "shared/squares.js"):
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
