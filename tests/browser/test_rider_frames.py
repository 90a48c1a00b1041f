"""What a frame may cost: streets are drawn once in a view, a bounded part of them at a time."""

from __future__ import annotations

import numpy as np
import pytest

from geomap.pages.rider import draw_rider
from geomap.pipeline.streets import take_streets
from tests.browser.sites import wait_until
from tests.rider_editions import make_rider_edition, make_row
from tests.street_ways import make_town

LAY = """([most, views]) => {
    const drawn = [], pen = document.createElement("canvas").getContext("2d");
    const lay = geomap.Slices(most, () => 10, (own, view, squares) => drawn.push(squares.length));
    const squares = Array.from({ length: 5 }, () => ({ level: { zoom: 1 } }));
    let asked = 0;
    for (const left of views) {
        lay(pen, geomap.canvas.viewAt(11, left, 0, 20, 20), squares, () => { asked += 1; });
    }
    return [drawn, asked];
}"""
COUNT = """() => { const real = CanvasRenderingContext2D.prototype.stroke;
    window.stroked = 0;
    CanvasRenderingContext2D.prototype.stroke = function (path) {
        window.stroked += path ? 1 : 0;
        return real.apply(this, arguments); }; }"""


@pytest.fixture
def page(make_site, watch):
    rows = [make_row("NEAR", "近的驿站", 2, 1), make_row("FAR", "远的驿站", 14, 9)]
    files = draw_rider(make_rider_edition(rows, streets=take_streets(make_town())))
    seen = watch()
    page = seen.open(make_site(files).url + "/public/index.html", ready="#list li")
    wait_until(page, "geomap.rider.map && geomap.streets && geomap.taken.later")
    yield page
    assert seen.said == []


def test_a_frame_draws_some_squares_and_asks_for_another(page):
    assert page.evaluate(LAY, [25, [0, 0, 0, 0]]) == [[2, 2, 1], 2]
    assert page.evaluate(LAY, [5, [0, 0]]) == [[1, 1], 2]
    assert page.evaluate(LAY, [25, [0, 7, 0]]) == [[2, 2, 2], 3]


def test_paper_waits_for_no_second_frame(page):
    page.emulate_media(media="print")
    assert page.evaluate(LAY, [5, [0]]) == [[5], 0]


def test_a_redraw_of_the_same_view_strokes_no_street_again(page):
    page.evaluate(COUNT)
    page.evaluate("geomap.rider.map.setView([39.972, 116.493], 15, { animate: false })")
    wait_until(page, "window.stroked > 0")
    page.wait_for_timeout(500)
    page.evaluate("window.stroked = 0")
    for _ in range(3):
        page.evaluate("() => { geomap.layer.redraw(); return new Promise(requestAnimationFrame); }")
    page.wait_for_timeout(100)
    assert page.evaluate("window.stroked") == 0


TRACE = """([points, size, zoom]) => {
    const view = geomap.canvas.viewAt(zoom, 1000, 1000, size, size);
    const flat = new Float64Array(points);
    const shape = { box: [0, 0, 1, 1], rings: [flat], boxes: [[0, 0, 1, 1]] };
    const pictures = [true, false].map(whole => {
        const pen = document.createElement("canvas").getContext("2d");
        pen.canvas.width = pen.canvas.height = size;
        let count = 0;
        const counted = { moveTo: (x, y) => pen.moveTo(x, y), closePath: () => pen.closePath(),
            lineTo: (x, y) => { count += 1; pen.lineTo(x, y); } };
        pen.beginPath();
        if (whole) {
            for (let i = 0; i < flat.length; i += 2) {
                counted.lineTo(flat[i] * view.scale - 1000, flat[i + 1] * view.scale - 1000);
            }
            pen.closePath();
        } else { geomap.canvas.trace(counted, view, shape); }
        pen.fill("evenodd");
        pen.stroke();
        return [pen.getImageData(0, 0, size, size).data, count];
    });
    const off = pictures[0][0].reduce((n, v, i) => n + (Math.abs(v - pictures[1][0][i]) > 40), 0);
    return [off, pictures[0][1], pictures[1][1], pictures[0][0].some(v => v > 0)];
}"""


def test_what_lies_beyond_the_view_is_left_out_and_nothing_inside_changes(page):
    draw = np.random.default_rng(3)
    drawn = 0
    for turn in range(60):
        corners = draw.uniform(-2000, 2000, (int(draw.integers(3, 40)), 2)) * (1 + turn % 3)
        shares = (corners + 1050) / (256 * 2**11)
        off, _, _, any_ink = page.evaluate(TRACE, [shares.ravel().tolist(), 100, 11])
        assert off <= 4, turn
        drawn += any_ink
    assert drawn > 30


def test_a_long_border_costs_what_is_seen_of_it(page):
    turn = np.linspace(0, 2 * np.pi, 20_000, endpoint=False)
    ring = np.column_stack([np.cos(turn), np.sin(turn)]) * 50_000 + [50_000, 0]
    shares = (ring + 1050) / (256 * 2**11)
    off, whole, traced, _ = page.evaluate(TRACE, [shares.ravel().tolist(), 100, 11])
    assert off <= 4 and whole == 20_000 and traced < 60


PREVIEWS = """window.previews = 0; window.order = [];
    const real = CanvasRenderingContext2D.prototype.scale;
    CanvasRenderingContext2D.prototype.scale = function () {
        if (this.canvas.classList.contains("preview")) {
            window.previews += 1;
            window.listed = performance.getEntriesByName("list").length;
        }
        return real.apply(this, arguments); };"""


def test_the_first_map_is_drawn_once_and_after_the_list(make_site, watch):
    """It was drawn before the list, and again because the list had come."""
    files = draw_rider(make_rider_edition([make_row("NEAR", "近的驿站", 2, 1)]))
    later = ("/rider.js", "/part/", "/lines/")  # what comes later is drawn when it comes
    files = {path: text for path, text in files.items() if not any(each in path for each in later)}
    seen = watch()
    seen.page.add_init_script(PREVIEWS)
    page = seen.open(make_site(files).url + "/public/index.html", ready="#answer:not([hidden])")
    wait_until(page, "performance.getEntriesByName('first-marker').length")
    page.wait_for_timeout(300)
    assert page.evaluate("[previews, listed]") == [1, 1]
