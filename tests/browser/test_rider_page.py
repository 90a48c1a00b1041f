"""The riders' page in a browser: list, map, filters, search, station, over http and file://."""

from __future__ import annotations

import pytest

from geomap.pages.rider import draw_rider
from tests.browser.sites import wait_until
from tests.editions import HOSTILE
from tests.rider_editions import (
    CALENDAR,
    HERE,
    NOON,
    make_everyday_rows,
    make_rider_edition,
    make_row,
)

NIGHT = NOON.replace(hour=23)
POSITION = {"longitude": HERE[0], "latitude": HERE[1]}


@pytest.fixture(scope="module")
def everyday():
    return draw_rider(make_rider_edition(holidays=CALENDAR))


@pytest.fixture
def visit(make_site, watch):
    def go(files, when=NOON, address="/public/index.html", over="http", **options):
        site = make_site(files)
        seen = watch(**options)
        seen.page.clock.set_fixed_time(when)
        seen.open((site.url if over == "http" else site.file_url) + address)
        return seen

    return go


def shown(page):
    return page.eval_on_selector_all(
        "#list [data-station-id]", "rows => rows.map(r => [r.dataset.stationId, r.dataset.open])"
    )


@pytest.mark.parametrize("over", ["http", "file"])
def test_rows_come_before_any_position_and_nothing_is_said(visit, everyday, over):
    seen = visit(everyday, over=over)
    rows = shown(seen.page)
    assert [row[0] for row in rows] == [
        "S001", "S002", "S003", "S004", "S005", "S011", "S012", "S006", "S013"
    ]  # fmt: skip
    assert dict(rows) == {
        "S001": "open", "S002": "open", "S003": "open", "S004": "unknown", "S005": "unknown",
        "S006": "open", "S011": "unknown", "S012": "unknown", "S013": "unknown",
    }  # fmt: skip
    seen.page.wait_for_selector("canvas.stations")
    assert seen.said == []
    assert all(url.startswith(("http://localhost:", "file://")) for url in seen.asked)


def test_only_the_list_carries_station_ids(visit, everyday):
    page = visit(everyday, address="/public/index.html#s=S001").page
    page.wait_for_selector(".station dl")
    outside = page.eval_on_selector_all(
        "[data-station-id]", "rows => rows.filter(r => !r.closest('#list')).length"
    )
    assert outside == 0


def test_near_me_sorts_by_distance_with_sure_and_exact_ones_first(visit, everyday):
    seen = visit(everyday, geolocation=POSITION, permissions=["geolocation"])
    page = seen.page
    page.click("[data-action=locate]")
    page.wait_for_selector(".row-far")
    ids = [row[0] for row in shown(page)]
    assert ids == ["S001", "S002", "S004", "S003", "S005", "S012", "S011", "S006"]
    assert "1–8 公里" not in page.text_content("[data-station-id=S001]")
    band = page.text_content("[data-station-id=S006] .row-far")
    assert band.strip() == "2–8 公里"
    assert "geo" not in page.url and not any("116.49" in url for url in seen.asked)


def test_a_band_holds_the_true_distance(visit):
    rows = [make_row("S1", "近"), make_row("S2", "远", 30, 0, uncertainty_m=1500.0)]
    seen = visit(draw_rider(make_rider_edition(rows)), geolocation=POSITION,
                 permissions=["geolocation"])  # fmt: skip
    seen.page.click("[data-action=locate]")
    seen.page.wait_for_selector(".row-far")
    assert seen.page.text_content("[data-station-id=S2] .row-far").strip() == "1–5 公里"


def test_filters_combine_and_live_in_the_address(visit, everyday):
    page = visit(everyday).page
    page.click("[data-filter=toilet]")
    wait_until(page, "document.querySelectorAll('#list > li').length === 2")
    page.click("[data-filter='24h']")
    wait_until(page, "document.querySelectorAll('#list > li').length === 1")
    assert [row[0] for row in shown(page)] == ["S002"]
    assert page.url.endswith("#f=toilet,24h")
    page.reload()
    wait_until(page, "document.querySelectorAll('#list > li').length === 1")
    assert page.get_attribute("[data-filter=toilet]", "aria-pressed") == "true"
    page.click("[data-station-id=S002] a")
    page.click("[data-action=uncard]")
    page.wait_for_selector("#card", state="hidden")
    assert page.url.endswith("#f=toilet,24h")


@pytest.mark.parametrize("typed", ["酒仙桥", "jiuxianqiao", "jxq", "JXQ "])
def test_search_by_characters_pinyin_and_initials(visit, everyday, typed):
    page = visit(everyday).page
    page.fill("#query", typed)
    page.wait_for_selector("#found li[role=option] strong")
    found = page.eval_on_selector_all("#found strong", "all => all.map(n => n.textContent)")
    assert found == ["酒仙桥街道", "酒仙桥街道总工会服务站"]


def test_a_street_that_was_typed_is_listed_and_has_its_address(visit, everyday):
    page = visit(everyday).page
    page.fill("#query", "wjjd")
    page.wait_for_selector("#found strong")
    page.press("#query", "Enter")
    wait_until(page, "document.querySelectorAll('#list > li').length === 1")
    assert [row[0] for row in shown(page)] == ["S003"]
    assert "d=110105" in page.url and "t=" in page.url


def test_a_station_has_an_address_of_its_own_and_back_leads_to_the_list(visit, everyday):
    page = visit(everyday).page
    page.click("[data-station-id=S001] a")
    page.click("#card [data-action=details]")
    page.wait_for_selector("#sheet dl")
    text = page.inner_text("#sheet")
    assert page.url.endswith("#s=S001&k=S001")
    assert "酒仙桥路 12 号" in text and "服务站每天开门。" in text and "2026-11-01" in text
    page.go_back()
    page.wait_for_selector("#sheet", state="hidden")
    assert page.url.endswith("#k=S001")
    page.go_back()
    page.wait_for_selector("#card", state="hidden")
    assert page.url.endswith("index.html")


@pytest.mark.parametrize(("station", "words"), [
    ("S005", "待核实"), ("S007", "规划中，尚未开放"), ("S008", "已关闭"), ("S012", "已超过"),
    ("nobody", "没有这个编号"),
])  # fmt: skip
def test_a_station_s_page_says_what_it_is(visit, everyday, station, words):
    page = visit(everyday, address=f"/public/index.html#s={station}").page
    page.wait_for_selector(f"#sheet >> text={words}")


def test_planned_and_members_rooms_are_apart(visit, everyday):
    page = visit(everyday).page
    page.wait_for_selector("#apart:not([hidden])")
    apart = page.text_content("#apart")
    assert "规划中的驿站" in apart and "会员之家" in apart
    assert "规划中" not in page.text_content("#list")


def test_what_is_not_public_is_in_no_file(everyday):
    whole = b"".join(content for path, content in everyday.items())
    for words in ("支局职工小家", "不能说的驿站"):
        assert words.encode() not in whole and str(words).encode("unicode_escape") not in whole


def test_the_night_answer_sends_nobody_to_a_centroid(visit):
    rows = [make_row(f"S{i}", f"镇上驿站{i}", i, i, uncertainty_m=3000.0, precision="township",
                     opening_hours=hours)
            for i, hours in enumerate(("24/7", "", 'Th "下午"'))]  # fmt: skip
    files = draw_rider(make_rider_edition(rows, holidays=CALENDAR))
    page = visit(files, NIGHT, geolocation=POSITION, permissions=["geolocation"]).page
    page.click("[data-action=locate]")
    page.wait_for_selector(".answer-night .answer-call")
    assert page.get_attribute(".answer-call", "href") == "tel:12351"
    assert page.query_selector(".answer-go") is None
    page.click("[data-station-id=S0] a")
    page.click("#card [data-action=details]")
    page.wait_for_selector("#sheet [data-handoff]")
    kinds = page.eval_on_selector_all("[data-handoff]", "all => all.map(n => n.dataset.handoff)")
    assert set(kinds) == {"name"}


def test_the_night_answer_names_the_next_opening_and_a_night_place_far_away(visit):
    rows = [
        make_row("S1", "白天驿站", 1, 1, opening_hours="Mo-Su 07:30-19:30"),
        make_row("S2", "远处的夜间驿站", 200, 100, opening_hours="24/7", district_code="110118"),
        make_row("S3", "更近但未核实", 5, 5, opening_hours="24/7", verified_on=""),
    ]
    files = draw_rider(make_rider_edition(rows, holidays=CALENDAR))
    page = visit(files, NIGHT, geolocation=POSITION, permissions=["geolocation"]).page
    page.click("[data-action=locate]")
    page.wait_for_selector(".answer-night .answer-go")
    hrefs = page.eval_on_selector_all(".answer-go", "all => all.map(n => n.getAttribute('href'))")
    assert hrefs == ["#s=S2", "#s=S1"]
    assert "明天 07:30" in page.inner_text("#answer")


@pytest.mark.parametrize(
    "when, hours",
    [
        (NIGHT.replace(hour=1), "Mo-Su 00:00-06:00"), (NOON, "Mo-Su 08:00-18:00"),
        # The ride begins at night and ends by day.
        (NIGHT.replace(hour=5, minute=50), "Mo-Su 07:00-18:00"),
    ],
)  # fmt: skip
def test_a_door_far_away_is_found_at_its_own_hours(visit, when, hours):
    rows = [
        # More than the list shows, in more districts than are loaded at once.
        *(make_row(f"S1{n:02}", "此刻关着的驿站", n % 9, n // 9, opening_hours="Mo-Su 07:00-07:30",
                   district_code=f"11010{1 + n % 8}") for n in range(64)),
        make_row("S2", "远处的驿站", 200, 100, opening_hours=hours, district_code="110118"),
    ]  # fmt: skip
    files = draw_rider(make_rider_edition(rows, holidays=CALENDAR))
    page = visit(files, when, geolocation=POSITION, permissions=["geolocation"]).page
    page.click("[data-action=locate]")
    page.wait_for_selector(".answer-night .answer-go:first-of-type[href='#s=S2']")


def test_the_state_is_that_of_the_arrival(visit):
    """16 minutes of riding: a door that shuts at 23:10 is shut when the rider gets there."""
    rows = [make_row("S1", "驿站", 0, 27.5, opening_hours="Mo-Su 08:00-23:10"),
            make_row("S2", "驿站", 0, 0.5, opening_hours="Mo-Su 08:00-23:10")]  # fmt: skip
    files = draw_rider(make_rider_edition(rows, holidays=CALENDAR))
    page = visit(files, NIGHT, geolocation=POSITION, permissions=["geolocation"]).page
    page.click("[data-action=locate]")
    page.wait_for_selector(".row-far")
    assert dict(shown(page)) == {"S2": "open", "S1": "closed"}
    assert "还开 9 分钟" in page.text_content("[data-station-id=S2]")


def test_refused_position_leads_to_the_search_field(visit, everyday):
    page = visit(everyday, over="file").page
    page.click("[data-action=locate]")
    page.wait_for_selector("#place >> text=拿不到定位")
    assert page.evaluate("document.activeElement.id") == "query"


def test_a_tap_on_the_map_is_a_place_to_start_from(visit, everyday):
    page = visit(everyday).page
    page.wait_for_selector("canvas.stations")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 20, box["y"] + 20)
    page.wait_for_selector("#place >> text=您点的位置")
    assert page.query_selector(".row-far")


@pytest.mark.parametrize("over", ["http", "file"])
def test_hostile_texts_stay_texts(visit, over):
    rows = [make_row(f"H{i:02}", text, i, 0, address=text, township=text, phone=text,
                     hours_words=text) for i, text in enumerate(HOSTILE)]  # fmt: skip
    files = draw_rider(make_rider_edition(rows))
    seen = visit(files, over=over)
    page = seen.page
    names = page.eval_on_selector_all("#list .row-name", "all => all.map(n => n.textContent)")
    assert {name[:50] for name in names} == {text[:50].replace("\x00", "\x00") for text in HOSTILE}
    for i in range(len(HOSTILE)):
        page.evaluate(f"location.hash = 's=H{i:02}'")
        page.wait_for_selector(f"[data-shown-id=H{i:02}] .trust")
    assert page.evaluate("window.hacked") is None
    assert seen.said == []


def test_without_scripts_the_list_is_there(visit, everyday, make_site, watch):
    site, seen = make_site(everyday), watch(java_script_enabled=False)
    seen.page.goto(site.url + "/public/index.html")
    assert seen.page.locator("#list [data-station-id]").count() == 9
    assert "07:30-19:30" in seen.page.text_content("[data-station-id=S001]")
    assert seen.said == []


def test_without_scripts_a_day_to_come_is_named(make_site, watch):
    row = make_row("S1", "新的驿站", opening_hours="24/7", opened_on="2026-12-24")
    seen = watch(java_script_enabled=False)
    seen.page.goto(make_site(draw_rider(make_rider_edition([row]))).url + "/public/index.html")
    assert "2026-12-24 启用 · 24小时开放" in seen.page.text_content("[data-station-id=S1]")


def test_english_by_the_switch(visit, everyday):
    page = visit(everyday, geolocation=POSITION, permissions=["geolocation"]).page
    page.click("[data-action=language]")
    page.wait_for_selector("#list >> text=Hours not known")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("[data-action=locate]") == "Near me"
    page.click("[data-action=locate]")
    page.wait_for_selector("#place >> text=From: your position")
    assert "Public holidays" in page.inner_text("#calendar-note")
    page.click("[data-action=language]")
    page.wait_for_selector("#place >> text=起点：您的位置")


@pytest.mark.parametrize(
    ("opened_on", "verified_on", "state", "words"),
    [
        ("2026-11-21", "2026-11-01", "closed", "将于 2026-11-21 启用"),
        ("2026-11-20", "2026-11-01", "open", "开着"),
        ("2026-12-24", "", "closed", "将于 2026-12-24 启用"),
    ],
)
def test_a_door_that_opens_first_on_a_day_to_come(visit, opened_on, verified_on, state, words):
    row = make_row("S1", "新的驿站", opening_hours="24/7", opened_on=opened_on,
                   verified_on=verified_on)  # fmt: skip
    page = visit(draw_rider(make_rider_edition([row]))).page
    assert shown(page) == [["S1", state]]
    assert words in page.text_content("[data-station-id=S1]")
    assert ("S1" in page.inner_html("#answer")) == (state == "open")


def test_nothing_to_show_says_so(visit):
    files = draw_rider(make_rider_edition([make_row("S9", "计划", status="planned")]))
    page = visit(files).page
    assert shown(page) == []
    assert "没有可以歇脚的驿站" in page.inner_text("#panel")


def test_every_row_of_the_edition_is_in_one_part():
    rows = make_everyday_rows()
    files = draw_rider(make_rider_edition(rows))
    parts = b"".join(content for path, content in files.items() if "/part/" in path)
    for row in rows:
        assert parts.count(f'"{row["station_id"]}"'.encode()) == (
            0 if row["sensitive"] or row["access"] == "employees" else 1
        )
