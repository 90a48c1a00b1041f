"""Names of the map's own extract are found by characters, pinyin and initials, and stood at."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.browser.test_rider_gesture import make_rows, visit  # noqa: F401

NAMED = pd.DataFrame(
    [("学院路", "street", 116.4502, 39.9301), ("学院路小学", "place", 116.4602, 39.9301),
     ("静淑苑", "quarter", 116.47, 39.94), ("中南海小区", "quarter", 116.38, 39.91)],
    columns=["name", "kind", "lon", "lat"],
)  # fmt: skip


@pytest.mark.parametrize("typed, found", [("学院路", "学院路"), ("xueyuanlu", "学院路"),
                                          ("xyl", "学院路"), ("jsy", "静淑苑")])  # fmt: skip
def test_a_name_of_the_ground_is_found_and_stood_at(visit, typed, found):  # noqa: F811
    seen = visit(make_rows(), named=NAMED)
    page = seen.page
    page.fill("#query", typed)
    page.wait_for_selector(f"#found strong >> text={found}")
    assert page.locator("#found strong").first.inner_text() == found
    page.press("#query", "Enter")
    page.wait_for_selector(f"#place >> text={found}")
    page.wait_for_selector("[data-station-id=NEAR] .row-far")
    assert seen.said == []


def test_a_sensitive_name_is_never_in_the_page(visit):  # noqa: F811
    page = visit(make_rows(), named=NAMED, sensitive=("中南海",)).page
    page.fill("#query", "小区")
    page.wait_for_selector("#found .nothing")
