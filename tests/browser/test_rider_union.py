"""My union here, and the code of a report."""

from __future__ import annotations

import pytest

from geomap.pages.rider import draw_rider
from geomap.static_site.page_templates import TEMPLATES
from tests.rider_editions import HERE, make_everyday_rows, make_rider_edition, make_row

SERVICES = [{"station_id": "B002", "service": "入会", "times": "带身份证到窗口", "valid_from": "",
             "valid_until": "", "source": "街道公告"}]  # fmt: skip
UPPER = make_row("B009", "北京市总工会", kind="union_branch", phone="010-12345", district="")
UPPER |= {"district_code": "", "lon": float("nan"), "lat": float("nan"), "precision": "none"}


@pytest.fixture
def visit(make_site, watch):
    files = draw_rider(make_rider_edition([*make_everyday_rows(), UPPER], services=SERVICES))

    def opened(lon=HERE[0], lat=HERE[1], end=""):
        seen = watch(permissions=["geolocation"], geolocation={"longitude": lon, "latitude": lat})
        seen.open(make_site(files).url + "/public/index.html" + end)
        return seen

    return opened


def test_branches_of_the_district_that_holds_the_place(visit):
    seen = visit()
    page = seen.page
    page.click("[data-action=locate]")
    page.wait_for_selector(".row-far")
    page.click("[data-action=union]")
    page.wait_for_selector(".branch")
    names = page.eval_on_selector_all(".branch strong", "all => all.map(n => n.textContent)")
    assert names == ["朝阳区总工会", "酒仙桥街道总工会", "朝阳区快递行业工会联合会", "北京市总工会"]
    assert "带身份证到窗口" in page.inner_text(".union")
    assert page.get_attribute(".branch a", "href") == "tel:010-65094321"
    assert seen.said == []


def test_a_place_outside_every_district_is_not_known(visit):
    page = visit(lon=116.0, lat=39.0).page
    page.click("[data-action=locate]")
    page.wait_for_selector("#place >> text=您的位置")
    page.click("[data-action=union]")
    page.wait_for_selector("#sheet >> text=不知道")


def test_without_a_place_it_asks_for_one_and_a_typed_district_will_do(visit):
    page = visit().page
    page.click("[data-action=forget]")
    page.click("[data-action=union]")
    page.wait_for_selector("#sheet >> text=离我最近")
    page.click("[data-action=close]")
    page.fill("#query", "朝阳区")
    page.wait_for_selector("#found strong")
    page.press("#query", "Enter")
    page.wait_for_selector("#place >> text=朝阳区")
    page.click("[data-action=union]")
    page.wait_for_selector(".branch >> text=酒仙桥街道总工会")


def test_branches_are_nowhere_else(visit):
    page = visit().page
    page.wait_for_selector("#apart:not([hidden])")
    assert "总工会服务站" in page.text_content("#list")
    assert page.locator("[data-station-id^=B]").count() == 0
    assert "行业工会" not in page.inner_text("#panel")


@pytest.mark.parametrize("length", [17, 106, 154, 271, 458, 858])
def test_the_code_of_a_text_is_the_standard_s(browser, length):
    """Texts that fill a version: segno pads others with a byte more than the standard asks."""
    segno = pytest.importorskip("segno")
    text = ("编号：S1，" * 70).encode()[: length - 3].decode(errors="ignore")
    text += "x" * (length - len(text.encode()))
    page = browser.new_page()
    page.evaluate("window.geomap = {}")
    page.add_script_tag(path=TEMPLATES / "app" / "qr.js")
    ours = page.evaluate("text => geomap.qr.encode(text, 3)", text)
    page.close()
    theirs = segno.make(text, error="l", mode="byte", encoding="utf-8", mask=3, micro=False,
                        version=(len(ours) - 17) // 4, boost_error=False)  # fmt: skip
    assert [[bool(dark) for dark in row] for row in theirs.matrix] == ours
