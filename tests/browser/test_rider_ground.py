"""Names of the map's own extract are found by characters, pinyin and initials, and stood at."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.rider_editions import make_tour_rows

NAMED = pd.DataFrame(
    [("学院路", "street", 116.4502, 39.9301), ("学院路小学", "place", 116.4602, 39.9301),
     ("静淑苑", "quarter", 116.47, 39.94), ("中南海小区", "quarter", 116.38, 39.91)],
    columns=["name", "kind", "lon", "lat"],
)  # fmt: skip
CROSSED = pd.concat([NAMED, pd.DataFrame(
    [("清华东路", "street", 116.451, 39.931), ("和平路", "street", 116.48, 39.95),
     ("清华东路西口", "place", 116.4301, 39.931), ("中南海路", "street", 116.38, 39.91)],
    columns=NAMED.columns,
)], ignore_index=True)  # fmt: skip
CROSSINGS = pd.DataFrame(
    [("中南海路", "学院路", 116.39, 39.92), ("学院路", "清华东路", 116.4502, 39.9311),
     ("和平路", "学院路", 116.4502, 39.955)],
    columns=["street", "other", "lon", "lat"],
)  # fmt: skip


@pytest.mark.parametrize("typed, found", [("学院路", "学院路"), ("xueyuanlu", "学院路"),
                                          ("xyl", "学院路"), ("jsy", "静淑苑")])  # fmt: skip
def test_a_name_of_the_ground_is_found_and_stood_at(visit_rider, typed, found):
    seen = visit_rider(make_tour_rows(), named=NAMED)
    page = seen.page
    page.fill("#query", typed)
    page.wait_for_selector(f"#found strong >> text={found}")
    assert page.locator("#found strong").first.inner_text() == found
    page.press("#query", "Enter")
    page.wait_for_selector(f"#place >> text={found}")
    page.wait_for_selector("[data-station-id=NEAR] .row-far")
    assert seen.said == []


def test_a_sensitive_name_is_never_in_the_page(visit_rider):
    page = visit_rider(make_tour_rows(), named=NAMED, sensitive=("中南海",)).page
    page.fill("#query", "小区")
    page.wait_for_selector("#found .nothing")


@pytest.mark.parametrize(
    "typed, other",
    [("学院路与清华东路交叉口", "清华东路"), ("清华东路学院路", "清华东路"),
     ("学院 清华", "清华东路"), ("清华东路和学院路路口东南角", "清华东路"),
     ("学院路和和平路", "和平路"), ("xueyuanluqinghuadonglu", "清华东路"),
     ("qhdl xyl", "清华东路"), ("xylhpl", "和平路"), ("Xueyuan lu and Heping lu", "和平路")],
)  # fmt: skip
def test_a_crossing_is_found_by_its_two_streets(visit_rider, typed, other):
    seen = visit_rider(make_tour_rows(), named=CROSSED, crossings=CROSSINGS)
    page = seen.page
    page.fill("#query", typed)
    page.wait_for_selector("#found .kind >> text=路口")
    said = page.locator("#found strong").first.inner_text()
    assert "学院路" in said and other in said and said.endswith("路口")
    page.press("#query", "Enter")
    page.wait_for_selector(f"#place >> text={other}")
    page.wait_for_selector("[data-station-id=NEAR] .row-far")
    assert seen.said == []


@pytest.mark.parametrize("typed", ["清华东路与和平路", "学院路与中南海路", "学院路"])
def test_streets_that_do_not_meet_have_no_crossing(visit_rider, typed):
    page = visit_rider(
        make_tour_rows(), named=CROSSED, crossings=CROSSINGS, sensitive=("中南海",)
    ).page
    page.fill("#query", typed)
    page.wait_for_selector("#found li")
    assert page.locator("#found .kind >> text=路口").count() == 0
