"""The city in one file: everything works by a double click, and nothing else is asked for."""

from __future__ import annotations

import re

import pytest

from geomap.pages.one_file import draw_one_file
from tests.editions import HOSTILE
from tests.rider_editions import (
    CALENDAR,
    make_everyday_rows,
    make_places,
    make_rider_edition,
    make_row,
    make_scattered_rows,
)


@pytest.fixture
def visit(tmp_path, watch):
    def opened(rows):
        file = tmp_path / "城市 地图.html"
        file.write_bytes(draw_one_file(make_rider_edition(rows, holidays=CALENDAR)))
        seen = watch()
        seen.open(file.as_uri())
        return seen

    return opened


def test_one_file_has_list_map_search_station_and_union(visit):
    seen = visit(make_everyday_rows())
    page = seen.page
    page.wait_for_selector("canvas.stations")
    assert page.locator("#list [data-station-id]").count() == 9
    page.fill("#query", "jxq")
    page.wait_for_selector("#found strong")
    page.press("#query", "Enter")
    page.wait_for_selector("#place >> text=酒仙桥街道")
    page.click("[data-station-id=S001] a")
    page.click("#card [data-action=details]")
    page.wait_for_selector(".trust >> text=服务站每天开门。")
    page.click("[data-action=close]")
    page.click("[data-action=union]")
    page.wait_for_selector(".branch")
    assert [url for url in seen.asked if not url.startswith(("file://", "data:"))] == []
    assert len([url for url in seen.asked if url.startswith("file://")]) == 1
    assert seen.said == []


def test_hostile_texts_stay_texts_in_one_file(visit):
    seen = visit([make_row(f"H{i:02}", text, i, 0, address=text, township=text)
                  for i, text in enumerate(HOSTILE)])  # fmt: skip
    names = seen.page.eval_on_selector_all("#list .row-name", "all => all.map(n => n.textContent)")
    assert {name[:50] for name in names} == {text[:50] for text in HOSTILE}
    assert seen.page.evaluate("window.hacked") is None and seen.said == []


def test_a_thousand_stations_weigh_at_most_a_megabyte():
    places = make_places(40)
    rows = make_scattered_rows(1000, places)
    written = draw_one_file(make_rider_edition(rows))
    assert len(written) <= 1_000_000
    html = re.sub(rb"<(script|style)>.*?</\1>", b"", written, flags=re.S)
    assert not re.search(rb'(?:src|href)="(?!#|data:|tel:)[^"]', html)
