"""Aeroplane mode after one visit, and a new edition that never mixes with the old one."""

from __future__ import annotations

import json

import pytest

from geomap.pages.rider import draw_rider
from tests.browser.sites import wait_until
from tests.rider_editions import HERE, make_everyday_rows, make_rider_edition, make_row

PAGE = "/public/index.html"


@pytest.fixture
def site(make_site):
    return make_site(draw_rider(make_rider_edition()))


@pytest.fixture
def visited(site, watch):
    seen = watch(permissions=["geolocation"],
                 geolocation={"longitude": HERE[0], "latitude": HERE[1]})  # fmt: skip
    seen.open(site.url + PAGE)
    seen.page.wait_for_selector("html[data-kept]")
    return seen


def test_one_visit_is_enough_for_list_map_search_filters_and_station(site, visited):
    site.stop()
    page = visited.page
    page.reload()
    page.wait_for_selector("#answer:not([hidden])")
    page.click("[data-action=locate]")
    page.wait_for_selector(".row-far")
    assert page.locator("#list [data-station-id]").count() == 8
    page.wait_for_selector("canvas.stations")
    page.click("[data-filter=toilet]")
    wait_until(page, "document.querySelectorAll('#list > li').length === 2")
    page.fill("#query", "jxq")
    page.wait_for_selector("#found strong")
    page.goto(site.url + PAGE + "#s=S001")
    page.wait_for_selector(".trust >> text=服务站每天开门。")
    page.click("[data-action=close]")
    page.click("[data-action=union]")
    page.wait_for_selector(".branch >> text=朝阳区总工会")


def test_the_folder_s_address_works_offline_too(site, visited):
    visited.page.goto(site.url + "/public/")
    site.stop()
    visited.page.goto(site.url + "/public/")
    visited.page.wait_for_selector("#list [data-station-id]")


def test_a_new_edition_appears_on_the_next_visit_and_stays(site, visited):
    page, rows = visited.page, make_everyday_rows()
    for number in range(2):
        rows.append(make_row(f"S10{number}", "新开的驿站", 0, 0, opening_hours="24/7"))
        site.write(draw_rider(make_rider_edition(rows, edition_date=f"2026-11-1{number}")))
        page.goto(site.url + PAGE)
        page.wait_for_selector(f"[data-station-id=S10{number}]")
        page.wait_for_selector("html[data-kept]")
    # What an edition kept stays for the next one, and no longer.
    wait_until(
        page, "caches.keys().then(names => names.filter(n => n.startsWith('geomap ')).length === 2)"
    )
    site.stop()
    page.reload()
    page.wait_for_selector("[data-station-id=S101]")
    assert page.inner_text("#edition") == "2026-11-11"


def test_what_a_new_edition_has_not_changed_is_not_fetched_again(site, visited):
    elsewhere = make_row("S100", "新开的驿站", 0, 0, district_code="110114", district="昌平区")
    new = draw_rider(make_rider_edition([*make_everyday_rows(), elsewhere]))
    own = {path for path in new if "/110105-" in path}
    assert len(own) == 2 and all((site.folder / path).is_file() for path in own)
    site.write({path: content for path, content in new.items() if path not in own})
    page = visited.page
    page.goto(site.url + PAGE)
    page.wait_for_selector("[data-station-id=S100]")
    page.wait_for_selector("html[data-kept]")
    page.goto(site.url + PAGE + "#s=S001")
    page.wait_for_selector(".trust >> text=服务站每天开门。")


def test_two_maps_of_one_host_leave_each_other_alone(make_site, watch):
    """Each deleted the other's cache; and one map below the other's folder is a map of its own."""
    maps = {"": make_rider_edition(), "other/": make_rider_edition(edition_date="2026-11-19")}
    site = make_site({folder + path: content for folder, edition in maps.items()
                      for path, content in draw_rider(edition).items()})  # fmt: skip
    seen = watch()
    for folder in (*maps, *maps):
        seen.open(f"{site.url}/{folder}public/index.html")
        seen.page.wait_for_selector("html[data-kept]")
    site.stop()
    for folder, edition in maps.items():
        page = seen.open(f"{site.url}/{folder}public/index.html")
        assert page.inner_text("#edition") == edition.edition_date
        assert page.locator("#list [data-station-id]").count() == 9


def test_caches_of_before_go_only_where_they_are_this_map_s(site, watch):
    """Earlier versions named no folder: such a cache is whose page it holds."""
    seen = watch()
    page = seen.open(site.url + "/public/manifest.webmanifest", ready="pre")
    page.evaluate("""async () => {
        for (const [name, path] of [["geomap-e1", "index.html"], ["geomap-e2", "/x/index.html"],
                                    ["geomap /x/ e3", "/x/index.html"], ["notes", "index.html"]]) {
            await (await caches.open(name)).put(path, new Response("kept"));
        }
    }""")
    seen.open(site.url + PAGE)
    page.wait_for_selector("html[data-kept]")
    kept = page.evaluate("caches.keys()")
    assert [name for name in kept if "/public/" not in name] == [
        "geomap-e2", "geomap /x/ e3", "notes"
    ]  # fmt: skip


def test_the_worker_keeps_files_of_its_edition_alone(site, visited):
    page = visited.page
    strays = page.evaluate(r"""async () => {
        const found = await navigator.serviceWorker.ready;
        const part = geomap.store.address("part/110105");
        const told = new Promise(done => {
            navigator.serviceWorker.onmessage = done;
            setTimeout(done, 10000, { data: { kept: "no answer" } });
        });
        found.active.postMessage({ keep: [7, null, "index.html", "assets/d/../../sw.js",
            part + "?x", part.replace(/-[A-Za-z]+/, ""), part] });
        const answer = (await told).data;
        const cache = await caches.open((await caches.keys())[0]);
        const paths = (await cache.keys()).map(one => one.url);
        return [answer.kept, paths.filter(url => /\/sw\.js|\?/.test(url))];
    }""")
    assert strays == [1, []]


def test_an_open_page_says_that_there_is_a_new_edition_and_does_not_mix(site, visited):
    rows = [make_row(f"T{i}", f"另一版{i}", i, i) for i in range(3)]
    site.write(draw_rider(make_rider_edition(rows)))
    page = visited.page
    page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
    page.wait_for_selector("[data-action=reload]")
    assert page.locator("[data-station-id^=T]").count() == 0
    page.click("[data-action=reload]")
    page.wait_for_selector("[data-station-id=T0]")
    assert page.locator("[data-station-id^=S]").count() == 0


def test_a_part_of_another_edition_is_refused(site, watch):
    """A host that serves old and new files mixed: the page must not believe a foreign part."""
    part = next(site.folder.glob("public/assets/d/part/110105-*.js"))
    mark = part.stem.partition("-")[2]
    part.write_text(part.read_text().replace(mark, mark[::-1]))
    seen = watch(service_workers="block")
    seen.open(site.url + PAGE)
    seen.page.wait_for_selector("#offline-state >> text=可能已有新版")
    assert seen.page.locator("#list [data-station-id]").count() == 9


def test_what_is_not_the_file_asked_for_is_not_kept(site, watch):
    """A network's gate answers with a page of its own, and 200: it must not stay for ever."""
    part = next(site.folder.glob("public/assets/d/part/110105-*.js"))
    whole = part.read_bytes()
    part.write_bytes(b"<html>log in</html>")
    seen = watch(permissions=["geolocation"],
                 geolocation={"longitude": HERE[0], "latitude": HERE[1]})  # fmt: skip
    seen.open(site.url + PAGE)
    seen.page.wait_for_selector("#offline-state >> text=可能已有新版")
    wait_until(seen.page, "Boolean(navigator.serviceWorker.controller)")
    seen.page.reload()
    part.write_bytes(whole)
    seen.page.reload()
    seen.page.wait_for_selector("html[data-kept]")
    assert seen.page.evaluate("Boolean(geomap.store.ready('110105'))")


def test_the_manifest_names_the_map_and_files_that_exist(site):
    public = site.folder / "public"
    manifest = json.loads((public / "manifest.webmanifest").read_text())
    assert manifest["name"] == "测试驿站地图"
    for path in (manifest["start_url"], *(icon["src"] for icon in manifest["icons"])):
        assert (public / path).is_file()


def test_every_file_to_keep_exists(site):
    public = site.folder / "public"
    head = (public / "sw.js").read_text().split("\n")[0]
    core = json.loads(head.split("CORE = ")[1].rstrip(";"))
    assert "index.html" in core and all((public / path).is_file() for path in core)
