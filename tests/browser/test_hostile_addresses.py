"""Links of others: whatever stands behind #, a page asks for its own files alone and is whole."""

import pytest

from geomap.pages import draw_site
from tests.browser.sites import wait_until
from tests.browser.walks import READY, find_foreign, visit_hash
from tests.hostile import make_hashes
from tests.rider_editions import make_everyday_rows, make_rider_edition, make_row

EVIL = b"window.hacked = 1; geomap.take('part/../../../../uploads/evil', {mark: 'x'});"
STRAYS = ("uploads/evil.js", "public/uploads/evil.js")
KNOWN = ("110105", "S001", "S014", "酒仙桥街道")


@pytest.fixture(scope="module")
def files():
    return draw_site(make_rider_edition()) | dict.fromkeys(STRAYS, EVIL)


@pytest.fixture(params=["file", "http"])
def home(request, make_site, files):
    site = make_site(files)
    return site.file_url if request.param == "file" else site.url


@pytest.mark.parametrize("page", sorted(READY))
def test_no_address_behind_a_hash_leads_out_of_the_edition(page, home, files, watch):
    seen = watch()
    own = files.keys() - STRAYS
    for turn, hashed in enumerate(make_hashes(24, KNOWN)):
        assert visit_hash(seen, home, page, hashed, turn) == [], hashed
        assert find_foreign(seen.asked, home, own) == [], hashed


def test_a_page_that_is_open_takes_a_new_address_as_calmly(home, files, watch):
    seen = watch()
    seen.open(f"{home}/public/index.html", ready=READY["public/index.html"][0])
    for hashed in make_hashes(36, KNOWN, seed=10):
        seen.page.evaluate("hash => { location.hash = hash; }", hashed)
        seen.page.wait_for_timeout(30)
    seen.page.evaluate("location.hash = ''")
    seen.page.wait_for_selector("#list [data-station-id]")
    assert seen.said == []
    assert find_foreign(seen.asked, home, files.keys() - STRAYS) == []


def test_only_the_edition_s_own_lists_make_an_address(home, watch):
    seen = watch()
    page = seen.open(f"{home}/public/index.html")
    before = len(seen.asked)
    tried = page.evaluate("""async () => {
        const outcome = [];
        for (const name of ["part/110199", "part/constructor", "part/../overview", "__proto__/x",
                            "toString", "", "x/", "lines/../x", "ids/1", "streets/1/1-1"]) {
            outcome.push([name, await geomap.store.fetchFile(name).then(() => "came", () => "")]);
        }
        for (const address of ["uploads/evil.js", "assets/../uploads/evil.js", "/assets/x.js",
                               "assets/x.js?y", "assets//x.js", "assets/%2e%2e/x.js"]) {
            outcome.push([address, await geomap.load(address).then(() => "came", () => "")]);
        }
        return outcome.filter(one => one[1]);
    }""")
    assert tried == [] and seen.asked[before:] == []


def test_a_long_name_is_cut_between_signs(make_site, watch):
    """Half of a pair cannot stand in an address: the sheet failed at names with rare signs."""
    row = make_row("S001", "a" * 59 + "\U00020bb7\U00020bb7站", 1, 1, township="镇")
    site = make_site(draw_site(make_rider_edition([row])))
    seen = watch()
    page = seen.open(f"{site.url}/public/index.html#s=S001", ready="[data-handoff]")
    page.click("[data-action=report]")
    page.check("#claim-0")
    page.wait_for_selector("a[href^='mailto:']")
    assert "%F0%A0%AE%B7" in page.get_attribute("a[href^='mailto:']", "href")
    assert seen.said == []


def test_a_name_of_many_readings_is_searched_in_no_time(make_site, watch):
    """Each 啊 can be read as a or by its first letter, a: two to the power of 38 ways."""
    rows = [*make_everyday_rows(), make_row("S100", "啊" * 39 + "站", 1, 1)]
    seen = watch()
    page = seen.open(make_site(draw_site(make_rider_edition(rows))).url + "/public/index.html")
    page.fill("#query", "a" * 38 + "b")
    page.wait_for_selector("#found .nothing")
    page.fill("#query", "a" * 39)
    page.wait_for_selector("#found strong >> text=啊啊")


def test_what_a_phone_keeps_is_of_one_map(make_site, watch):
    files = draw_site(make_rider_edition())
    site = make_site({f"{folder}/{path}": content for path, content in files.items()
                      for folder in ("one", "two")})  # fmt: skip
    seen = watch()
    page = seen.open(f"{site.url}/one/public/index.html")
    page.click("[data-action=language]")
    seen.open(f"{site.url}/two/public/")
    assert page.get_attribute("html", "lang") == "zh-CN"
    seen.open(f"{site.url}/one/public/")
    wait_until(page, "document.documentElement.lang === 'en'")
