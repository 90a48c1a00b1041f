"""Hostile texts in every field: all pages show them, run nothing, ask nobody, log nothing."""

import re

import pytest

from geomap.pages import draw_one_file, draw_site, public_edition
from tests.browser.walks import find_foreign, find_run, read_texts, walk_planner, walk_rider
from tests.editions import make_hostile_edition
from tests.hostile import make_texts

PHONE = {"viewport": {"width": 390, "height": 844}}
DESKTOP = {"viewport": {"width": 1366, "height": 768}, "device_scale_factor": 1,
           "is_mobile": False, "has_touch": False}  # fmt: skip
#: No table holds half of a pair; what a page shows of the others is all of them.
TEXTS = [text for text in make_texts(120) if not re.search("[\ud800-\udfff]", text)]
SHOWN = set(TEXTS)


@pytest.fixture(scope="module")
def files():
    edition = make_hostile_edition(TEXTS)
    return draw_site(edition) | {"public/one-file.html": draw_one_file(public_edition(edition))}


@pytest.fixture(params=["file", "http"])
def home(request, make_site, files):
    site = make_site(files)
    return site.file_url if request.param == "file" else site.url


@pytest.fixture
def record(request, home, watch):
    return watch(**(DESKTOP if home.startswith("file") else PHONE))


def _check_untouched(page, record, home, files):
    assert find_run(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert find_foreign(record.asked, home, files) == []
    assert record.said == []


def test_the_planners_page_shows_hostile_texts_as_text(record, home, files):
    page = record.open(f"{home}/internal/planner.html", ready="html[data-ready]")
    assert walk_planner(page) == SHOWN
    assert read_texts(page, "#station-table tbody th bdi") == SHOWN
    assert read_texts(page, "#claim-table tbody th + td b bdi") == SHOWN
    _check_untouched(page, record, home, files)


@pytest.mark.parametrize("name", ["index.html", "one-file.html"])
def test_the_riders_pages_show_hostile_texts_as_text(name, record, home, files):
    page = record.open(f"{home}/public/{name}", ready="[data-station-id]")
    names = walk_rider(page, f"{home}/public/{name}")
    assert {text[:60] for text in names} == {text[:60] for text in SHOWN}
    _check_untouched(page, record, home, files)
