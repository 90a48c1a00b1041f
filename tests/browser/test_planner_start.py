"""How the planners' page starts: what is drawn once, and what waits until somebody comes near."""

import pytest

from geomap.pages.planner import draw_planner
from tests.editions import make_edition

DESKTOP = {"viewport": {"width": 1366, "height": 768}, "device_scale_factor": 1,
           "is_mobile": False, "has_touch": False}  # fmt: skip
#: Keeps the first row of the districts as it stood before any station was read.
KEEP_FIRST = """{
  const mark = performance.mark.bind(performance);
  performance.mark = name => {
    const row = document.querySelector("#district-table tbody tr");
    if (name === "first-view") { window.first = row; }
    return mark(name);
  };
}"""


@pytest.fixture
def started(make_site, watch):
    record = watch(**DESKTOP)
    record.page.add_init_script(KEEP_FIRST)
    site = make_site(draw_planner(make_edition()))
    return record.open(f"{site.file_url}/internal/planner.html", ready="html[data-ready]")


def test_of_a_table_that_stands_one_column_alone_is_written_again(started):
    assert started.evaluate("first.isConnected")
    night = started.locator("#district-table thead th", has_text="每夜开门")
    column = night.evaluate("cell => cell.cellIndex")
    told = started.evaluate(f"[...first.parentNode.rows].map(row => row.cells[{column}].innerText)")
    assert sorted(told) == ["0", "0", "0（1 不详）", "1"]


def test_what_lies_below_the_screen_is_laid_out_when_it_is_asked_for(started):
    shown = (
        "document.querySelector('#report-list').checkVisibility({ contentVisibilityAuto: true })"
    )
    assert not started.evaluate(shown)
    started.locator("nav a[href='#report']").click()
    started.wait_for_timeout(200)
    assert started.evaluate(shown)
    top = started.locator("#report").evaluate("section => section.getBoundingClientRect().top")
    assert 0 <= top < 768
