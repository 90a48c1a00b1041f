"""What riders ask most: filters that the map obeys, members' rooms, notes, hours, reports."""

from __future__ import annotations

import pytest

from geomap.model.settings import Settings
from tests.browser.sites import wait_until
from tests.rider_editions import NOON, make_row

DESKTOP = {"viewport": {"width": 1366, "height": 768}}
#: How much of the symbols' three colours is on the canvas.
DRAWN = """() => {
  const canvas = document.querySelector("canvas.stations");
  const colours = [0x1b6e4b, 0x8a5a00, 0x5b6470];
  const all = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let count = 0;
  for (let i = 0; i < all.length; i += 4) {
    count += colours.includes((all[i] << 16) + (all[i + 1] << 8) + all[i + 2]);
  }
  return count;
}"""


def ids(page):
    return page.eval_on_selector_all("#list > li", "all => all.map(n => n.dataset.stationId)")


def make_many(count, **facts):
    """One station a district, over more districts than the map loads at once."""
    return [make_row(f"S{n}", f"驿站{n}", 60 * (n % 5), 60 * (n // 5), district=f"丙{n}区",
                     district_code=f"1101{n:02}", **facts) for n in range(count)]  # fmt: skip


def test_what_is_not_open_is_not_on_the_map_either(visit_rider):
    """Districts that nobody looked at are asked, too."""
    seen = visit_rider(make_many(20, opening_hours="Mo-Su 20:00-21:00"))
    page = seen.page
    assert page.evaluate(DRAWN) > 100
    page.click("[data-filter=open]")
    wait_until(page, "!document.querySelectorAll('#list > li').length")
    wait_until(page, "geomap.store.loaded.length === 20")
    page.wait_for_timeout(100)
    assert page.evaluate(DRAWN) == 0
    page.click("[data-filter=open]")
    page.wait_for_timeout(100)
    assert page.evaluate(DRAWN) > 100
    assert [said for said in seen.said if "Canvas2D" not in said] == []


@pytest.mark.parametrize(
    ("chip", "held"),
    [("drinking_water", "drinking_water"), ("charging", "charging"), ("charging", "ev_charging"),
     ("climate", "air_conditioning"), ("climate", "heating"), ("rest", "rest")],
)  # fmt: skip
def test_riders_filter_by_what_they_ask_most(visit_rider, chip, held):
    rows = [
        make_row("S1", "有的", 1, 1, facilities=f"toilet;{held}"),
        make_row("S2", "没有的", 2, 2),
    ]
    page = visit_rider(rows).page
    button = page.locator(f"[data-filter={chip}]")
    assert button.locator("svg path").count() == 1
    button.click()
    wait_until(page, "document.querySelectorAll('#list > li').length === 1")
    assert ids(page) == ["S1"]


MEMBERS = {"access": "members", "kind": "workers_home", "opening_hours": "24/7"}


def test_a_member_is_offered_members_rooms_and_stays_one(visit_rider):
    rows = [make_row("M1", "会员之家", 1, 1, **MEMBERS, district_code="110106"),
            make_row("S1", "驿站", 40, 40)]  # fmt: skip
    page = visit_rider(rows).page
    assert ids(page) == ["S1"]
    page.click("[data-action=member]")
    wait_until(page, "document.querySelectorAll('#list > li').length === 2")
    assert ids(page) == ["M1", "S1"]
    assert page.get_attribute("[data-station-id=M1]", "data-open") == "open"
    assert page.get_attribute("#answer [data-recommended]", "data-recommended") == "M1"
    assert "会员之家" not in (page.text_content("#apart") or "")
    page.reload()
    wait_until(page, "document.querySelectorAll('#list > li').length === 2")
    assert page.get_attribute("[data-action=member]", "aria-pressed") == "true"
    page.click("[data-action=member]")
    wait_until(page, "document.querySelectorAll('#list > li').length === 1")


def test_a_members_room_does_not_contradict_itself(visit_rider):
    page = visit_rider([make_row("M1", "会员之家", 1, 1, **MEMBERS)], "#s=M1").page
    page.wait_for_selector(".station dl")
    text = page.inner_text("#sheet")
    assert "限工会会员" in text and "能否进入不详" not in text


def test_the_way_in_is_told(visit_rider):
    rows = [make_row("S1", "驿站", 1, 1, note="从北门进，二楼")]
    page = visit_rider(rows, "#s=S1").page
    page.wait_for_selector("#sheet dd >> text=从北门进，二楼")


@pytest.mark.parametrize(
    ("hours", "words", "english"),
    [
        ("Mo-Su 08:00-20:00", "每天08:00-20:00", "daily 08:00-20:00"),
        ("Mo-Fr 09:00-17:00; PH off", "周一至周五", "Mon-Fri 09:00-17:00; holidays closed"),
        ('Th "下午"', "周四 下午", "Thu"),
        ("Apr-Oct Mo-Su 08:00-20:00", "4月-10月 每天08:00-20:00", "daily 08:00-20:00"),
    ],
)
def test_hours_are_said_in_people_s_words(visit_rider, hours, words, english):
    rows = [make_row("S1", "驿站", 1, 1, opening_hours=hours, hours_words=hours),
            make_row("B1", "区总工会", 2, 2, kind="union_branch", opening_hours=hours)]  # fmt: skip
    page = visit_rider(rows, "#s=S1").page
    page.wait_for_selector(".station dl")
    text = page.inner_text("#sheet")
    assert words in text and not [day for day in ("Mo", "Th ", "Su") if day in text]
    page.click("[data-action=close]")
    page.goto(page.url.split("#")[0] + "#d=110105")
    page.click("[data-action=union]")
    page.wait_for_selector(f".branch >> text={words}")
    page.evaluate("geomap.setLanguage('en')")
    page.click("[data-action=close]")
    page.evaluate("location.hash = 's=S1'")
    page.wait_for_selector(f".station dd >> text={english}")


@pytest.mark.parametrize(
    ("to", "links"),
    [
        ("", ["mailto:?subject=", "sms:?&body="]),
        ("yizhan@union.example", ["mailto:yizhan@union.example?subject="]),
        ("010-12351", ["sms:010-12351?&body="]),
        ("https://forms.example/f/1", ["https://forms.example/f/1"]),
    ],
)
def test_a_report_goes_where_the_settings_say(visit_rider, to, links):
    settings = Settings(title="测试", report_to=to)
    page = visit_rider([make_row("S1", "驿站", 1, 1)], "#s=S1", settings=settings).page
    page.click("[data-action=report]")
    page.check("#claim-0")
    page.wait_for_selector(".report-out .copy")
    found = page.eval_on_selector_all(
        ".report-out a", "all => all.map(n => n.getAttribute('href'))"
    )
    assert len(found) == len(links)
    assert all(one.startswith(start) for one, start in zip(found, links, strict=True))


def test_a_station_s_page_shows_its_address_as_a_picture(visit_rider):
    page = visit_rider([make_row("S1", "驿站", 1, 1)], "#s=S1").page
    page.wait_for_selector(".station dl")
    page.click("[data-action=code]")
    page.wait_for_selector(".station canvas.qr")


def test_scale_and_credit_are_in_sight_on_a_wide_screen(visit_rider):
    seen = visit_rider([make_row("S1", "驿站", 1, 1)], options=DESKTOP)
    page = seen.page
    for place in ("0", "document.body.scrollHeight"):
        page.evaluate(f"window.scrollTo(0, {place})")
        box = page.locator(".leaflet-control-scale").bounding_box()
        assert box["y"] + box["height"] <= 768
        assert page.locator(".leaflet-control-zoom").bounding_box()["y"] >= 0


@pytest.mark.parametrize(
    ("hours", "state"),
    [("Mo-Fr 09:00-17:00", "unknown"), ("Mo-Fr 09:00-17:00; Sa,Su off", "unknown"),
     ("Mo-Su 09:00-17:00", "open"), ("24/7", "open"), ("Mo-Fr,PH 09:00-17:00", "open"),
     ("Mo-Fr 09:00-17:00; PH off", "closed")],
)  # fmt: skip
def test_a_holiday_that_hours_say_nothing_of_is_not_known(visit_rider, hours, state):
    """On National Day, a Thursday, 周一至周五 was open."""
    row = make_row("S1", "驿站", 1, 1, opening_hours=hours, verified_on="2026-09-01")
    page = visit_rider([row], when=NOON.replace(month=10, day=1)).page
    page.wait_for_selector(f"[data-station-id=S1][data-open={state}]")
    assert ("节假日不详" in page.inner_text("[data-station-id=S1]")) is (state == "unknown")
