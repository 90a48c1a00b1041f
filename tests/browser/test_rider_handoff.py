"""Links that hand over: read back by each vendor's own rules, within a metre of the station."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np
import pytest

from geomap.pages.rider import draw_rider
from geomap.places.datum import Datum, convert
from tests.browser.conftest import DESKTOP
from tests.rider_editions import HERE, make_rider_edition, make_row

WECHAT = (
    "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/116.0 Mobile Safari/537.36 XWEB/1160 MicroMessenger/8.0.42 WeChat/arm64"
)
ANDROID = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
ROWS = [
    make_row("S1", "甲,乙|丙:丁&戊#己 驿站", 1.234, 2.345, township="酒仙桥街道"),
    make_row("S2", "只知乡镇的驿站", 5, 5, uncertainty_m=1500.0, township="酒仙桥街道"),
    make_row("S3", "误差正好的驿站", 6, 6, uncertainty_m=150.0),
    make_row("S4", "海边驿站", lat=20.03, lon=110.33, city="海口市", district_code="460108"),
]


@pytest.fixture(scope="module")
def files():
    return draw_rider(make_rider_edition(ROWS))


@pytest.fixture
def station(files, make_site, watch):
    """Open a station's page; what comes back is the page."""

    def opened(station_id, **options):
        seen = watch(**({"user_agent": ANDROID} | options))
        site = make_site(files)
        seen.open(f"{site.url}/public/index.html#s={station_id}", ".station [data-handoff]")
        return seen.page

    return opened


def links(page):
    return dict(page.eval_on_selector_all(
        "[data-handoff]", "all => all.map(a => [a.dataset.handoff, a.getAttribute('href')])"
    ))  # fmt: skip


def _one(query, name):
    return query[name][0]


def read_amap(href):
    parts, query = urlsplit(href), parse_qs(urlsplit(href).query)
    if parts.scheme == "amapuri":
        assert parts.netloc == "openFeature" and _one(query, "featureName") == "OnRideNavi"
        assert _one(query, "rideType") == "elebike" and _one(query, "dev") == "1"
        assert _one(query, "sourceApplication")
        return float(_one(query, "lon")), float(_one(query, "lat")), Datum.WGS84
    assert parts.netloc == "uri.amap.com" and parts.path == "/navigation"
    assert _one(query, "mode") == "ride"
    lon, lat, _name = _one(query, "to").split(",")
    return float(lon), float(lat), Datum.GCJ02


def read_baidu(href):
    query = parse_qs(urlsplit(href).query)
    if href.startswith("https://api.map.baidu.com/marker?"):
        lat, lon = _one(query, "location").split(",")
        return float(lon), float(lat), Datum(_one(query, "coord_type"))
    assert href.startswith("baidumap://map/direction?")
    assert _one(query, "mode") == "riding" and _one(query, "src")
    place, name = _one(query, "destination").split("|")
    lat, lon = place.removeprefix("latlng:").split(",")
    assert name.startswith("name:")
    return float(lon), float(lat), Datum(_one(query, "coord_type"))


def read_tencent(href):
    parts, query = urlsplit(href), parse_qs(urlsplit(href).query)
    assert parts.netloc == "apis.map.qq.com" and parts.path == "/uri/v1/routeplan"
    assert _one(query, "coord_type") == "1" and _one(query, "referer")
    lat, lon = _one(query, "tocoord").split(",")
    return float(lon), float(lat), Datum.WGS84


def read_apple(href):
    assert urlsplit(href).netloc == "maps.apple.com"
    query = parse_qs(urlsplit(href).query)
    assert "驿站" in _one(query, "q")
    lat, lon = _one(query, "sll").split(",")
    return float(lon), float(lat), Datum.GCJ02


def read_geo(href):
    lat, lon = href.removeprefix("geo:").split("?")[0].split(",")
    return float(lon), float(lat), Datum.WGS84


READERS = {"amap": read_amap, "baidu": read_baidu, "tencent": read_tencent, "apple": read_apple,
           "geo": read_geo}  # fmt: skip


@pytest.mark.parametrize("look", [{}, {"user_agent": "Mozilla/5.0 (X11; Linux x86_64)", **DESKTOP}])
@pytest.mark.parametrize("row", [ROWS[0], ROWS[2], ROWS[3]], ids=lambda row: row["station_id"])
def test_every_link_leads_to_within_a_metre(station, row, look):
    found = links(station(row["station_id"], **look))
    assert list(found) == list(READERS)
    for name, read in READERS.items():
        lon, lat, datum = read(found[name])
        there = convert(np.array([lon]), np.array([lat]), datum, Datum.WGS84)
        east = (there[0][0] - row["lon"]) * 111_320 * np.cos(np.radians(lat))
        assert np.hypot(east, (there[1][0] - row["lat"]) * 110_574) < 1.0, name


def test_a_rough_place_is_looked_up_by_name(station):
    found = links(station("S2"))
    assert list(found) == ["name"]
    query = parse_qs(urlsplit(found["name"]).query)
    assert _one(query, "keyword") == "北京市朝阳区酒仙桥街道 只知乡镇的驿站"
    assert not any(f"{HERE[0]:.1f}" in part for part in unquote(found["name"]).split("&"))


def test_the_last_choice_comes_first(station):
    page = station("S1")
    page.evaluate("document.querySelector('[data-handoff=baidu]').addEventListener('click', "
                  "event => event.preventDefault())")  # fmt: skip
    page.click("[data-handoff=baidu]")
    page.reload()
    page.wait_for_selector(".station [data-handoff]")
    assert next(iter(links(page))) == "baidu"


def test_inside_wechat_no_app_is_offered_but_the_way_out(station):
    page = station("S1", user_agent=WECHAT, permissions=["geolocation"],
                   geolocation={"longitude": HERE[0], "latitude": HERE[1]})  # fmt: skip
    assert all(href.startswith("https://") for href in links(page).values())
    found = links(page)
    assert set(found) == {"amap", "baidu", "tencent", "apple"}
    assert "mode=ride" in found["amap"] and "callnative=0" in found["amap"]
    assert "在浏览器打开" in page.inner_text(".way-out")
    assert "酒仙桥街道" in page.input_value(".to-copy input")
    page.click("[data-action=close]")
    page.click("[data-action=locate]")
    page.wait_for_selector(".row-far")
    page.click("[data-station-id=S1] a")
    page.click("#card [data-action=details]")
    page.wait_for_selector(".to-copy >> text=它在您的北方")


def test_the_text_to_copy_is_whole(make_site, watch):
    row = make_row("S1", "驿站", 1, 1, address="酒仙桥路 12 号", note="从北门进，二楼")
    seen = watch(user_agent=ANDROID)
    site = make_site(draw_rider(make_rider_edition([row])))
    page = seen.open(f"{site.url}/public/index.html#s=S1", ".to-copy input")
    page.wait_for_selector(".station dl")
    lon, lat = convert(np.array([row["lon"]]), np.array([row["lat"]]), Datum.WGS84, Datum.GCJ02)
    assert page.input_value(".to-copy input") == (
        f"驿站 北京市朝阳区酒仙桥路 12 号 {lon[0]:.6f},{lat[0]:.6f}（GCJ-02） 从北门进，二楼"
    )


def test_where_no_app_opens_there_is_a_way_on_after_two_seconds(station):
    page = station("S1")
    page.evaluate("document.addEventListener('click', event => event.preventDefault())")
    page.click("[data-handoff=amap]")
    assert page.query_selector(".no-app") is None
    page.wait_for_selector(".no-app [data-handoff=web]", timeout=4000)
    assert page.get_attribute("[data-handoff=web]", "href").startswith("https://uri.amap.com/")
    assert "GCJ-02" in page.input_value(".no-app input")


def test_who_allowed_it_before_is_located_at_once(files, make_site, watch):
    allowed = {"permissions": ["geolocation"],
               "geolocation": {"longitude": HERE[0], "latitude": HERE[1]}}  # fmt: skip
    for options, words in ((allowed, "起点：您的位置"), ({}, "还不知道您在哪")):
        page = watch(**options).open(make_site(files).url + "/public/index.html")
        page.wait_for_selector(f"#place >> text={words}")
        assert page.evaluate("document.activeElement.id") != "query"


def test_from_wechat_to_the_way_in_three_taps(station):
    """Near me, the answer, the map app: three taps."""
    page = station("S1", permissions=["geolocation"],
                   geolocation={"longitude": HERE[0], "latitude": HERE[1]})  # fmt: skip
    page.click("[data-action=close]")
    page.click("[data-action=locate]")
    page.wait_for_selector(".row-far")
    page.click("#list > li:first-child a")
    assert page.is_visible("#card [data-handoff=amap]")


def test_a_report_holds_the_station_and_nothing_of_the_rider(station):
    page = station("S1", permissions=["geolocation"],
                   geolocation={"longitude": HERE[0], "latitude": HERE[1]})  # fmt: skip
    page.click("[data-action=report]")
    page.check("input[value=locked]")
    lines = page.input_value(".report-out textarea").split("\n")
    assert lines[:2] == ["【驿站情况反映】", "编号：S1"]
    assert lines[3] == "情况：到了，门锁着（locked）"
    assert lines[4].startswith("时间：20") and str(HERE[0]) not in "".join(lines)
    mail = page.get_attribute(".report-out a[href^='mailto:']", "href")
    assert parse_qs(urlsplit(mail).query)["body"] == ["\n".join(lines)]
    assert page.get_attribute(".report-out a[href^='sms:']", "href").startswith("sms:?&body=")


def test_sharing_gives_the_address_of_the_station_alone(station):
    page = station("S1")
    page.evaluate("navigator.share = undefined")
    page.click("[data-action=share]")
    text = page.input_value("#sheet textarea")
    assert text.endswith("/public/index.html#s=S1")
