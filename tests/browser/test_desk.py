"""The desk in a real browser, by what a person sees: a day's work, the keyboard, two windows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from geomap.stations.ledger_file import read_rows
from tests.browser.clerk import GATE, Clerk, open_desk
from tests.browser.conftest import Record
from tests.desk.window import LEDGER

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("desk")]
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}}
WEST = ("浙江省", "杭州市", "西湖区")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEADINGS = {"编号": "station_id", "名称": "name", "状态": "status", "经度": "lon"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "map"
    made.mkdir()
    (made / "stations.csv").write_text(LEDGER, encoding="utf-8-sig", newline="")
    (made / "map.toml").write_text(GATE, encoding="utf-8")
    return made


def console(record: Record) -> list[str]:
    """What the console says; a picture that was still loading when she went on is no fault."""
    return [said for said in record.complaints if not said.startswith("failed ")]


def rows(folder: Path) -> dict[str, dict[str, str]]:
    words = HEADINGS | {name: name for name in HEADINGS.values()}
    return {row["name"]: row for row in read_rows(folder / "stations.csv", words)}


def test_a_days_work_without_a_shell(folder: Path, open_page) -> None:
    site = folder.with_name("site")
    public = folder.with_name("site-published") / "data" / "stations.geojson"
    with open_desk(folder, site) as address:
        page, record = open_page(address, LAPTOP)
        assert "key=" not in page.url
        clerk = Clerk(page)
        clerk.build()
        assert clerk.publish() == 1
        before = public.read_bytes()
        clerk.add_station("翠苑驿站", WEST, "学院路 77 号")
        clerk.paste_place("https://uri.amap.com/marker?position=120.1201,30.2851&name=翠苑")
        clerk.reads("已存：翠苑驿站")
        clerk.reads("门在哪里：北山驿站")  # the next one that nobody has placed
        clerk.click_place()
        clerk.find("文三路驿站")
        clerk.fill("开放时间", "24小时")
        clerk.reads("24小时开放")
        clerk.press("保存")
        clerk.find("北山驿站")
        clerk.fill("为什么、谁说的", "街道电话")
        clerk.press("关闭这个站")
        clerk.reads("已关闭：北山驿站")
        clerk.go("地图与发布")
        clerk.reads("台账、照片或设置在生成之后改过")
        clerk.build()
        with page.expect_popup() as opened:
            clerk.follow("看骑手页")
        opened.value.get_by_text("翠苑驿站").first.wait_for()
        opened.value.close()
        assert clerk.publish() == 2
        assert "翠苑驿站" in public.read_text(encoding="utf-8")
        clerk.press("退回上一版")
        clerk.reads("已退回第 1 版")
        assert clerk.edition() == 1 and public.read_bytes() == before
        assert console(record) == []


def test_a_sheet_is_dropped_seen_and_taken_by_keyboard_alone(folder: Path, open_page) -> None:
    with open_desk(folder, folder.with_name("site")) as address:
        page, record = open_page(address, LAPTOP)
        keys = page.keyboard
        page.get_by_label("或者粘贴").focus()
        keys.insert_text("名称\t类型\t区县\t坐标（高德）\n甲驿站\t驿站\t西湖区\t120.12,30.28\n"
                         "乙驿站\t驿站\t西湖区\t120.13,30.29\n")  # fmt: skip
        keys.press("Tab")
        keys.press("Enter")
        Clerk(page).reads("甲驿站")
        assert "甲驿站" not in rows(folder)
        page.get_by_role("button", name="收下").focus()
        keys.press("Enter")
        Clerk(page).reads("已收下")
        assert {"甲驿站", "乙驿站"} <= rows(folder).keys()
        page.get_by_role("link", name="北山驿站").focus()
        keys.press("Enter")
        page.locator("#map[data-drawn]").focus()
        for key in ("+", "+", "ArrowRight", "Enter"):
            keys.press(key)
            page.wait_for_timeout(400)  # the map's own movement
        page.get_by_text("点在").wait_for()
        page.get_by_role("button", name="保存，看下一个").focus()
        keys.press("Enter")
        Clerk(page).reads("已存：北山驿站")
        assert rows(folder)["北山驿站"]["lon"]
        assert console(record) == []


def test_a_closed_window_loses_nothing(folder: Path, open_page) -> None:
    with open_desk(folder, folder.with_name("site")) as address:
        page, _ = open_page(address)
        page.goto(address.partition("/?")[0] + "/station/A1")
        with page.expect_response("**/draft/**"):
            page.get_by_label("备注").fill("写到一半")
    with open_desk(folder, folder.with_name("site")) as address:  # killed, and started again
        page, _ = open_page(address)
        page.goto(address.partition("/?")[0] + "/station/A1")
        assert page.get_by_label("备注").input_value() == "写到一半"
        assert "上次没保存的内容还在" in page.inner_text("main")


def test_a_point_on_somebodys_tiles_is_kept_in_our_datum(folder: Path, open_page) -> None:
    tiles = """
[tiles.t]
label = "底图"
url = "https://t.tiles.example/{z}/{x}/{y}.png"
attribution = "某图商"
datum = "gcj02"
"""
    (folder / "map.toml").write_text(tiles, encoding="utf-8")
    picture = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    with open_desk(folder, folder.with_name("site")) as address:
        page, record = open_page(address, LAPTOP)
        page.context.route(
            "https://t.tiles.example/**",
            lambda route: route.fulfill(content_type="image/svg+xml", body=picture),
        )
        page.goto(address.partition("/?")[0] + "/place/A1")
        page.locator("#map[data-drawn]").focus()
        page.keyboard.press("Enter")
        lon, lat = re.findall(r"\d+\.\d+", page.get_by_text("点在").inner_text())
        assert (float(lon), float(lat)) == pytest.approx((120.1301, 30.2801), abs=0.0005)
        assert any("tiles.example" in asked for asked in record.requests)
        assert console(record) == []


def test_every_page_is_whole_for_everybody(folder: Path, open_page) -> None:
    with open_desk(folder, folder.with_name("site")) as address:
        home = address.partition("/?")[0]
        for look in (LAPTOP, PHONE):
            page, record = open_page(address, look)
            for path in (
                "/",
                "/stations",
                "/station/A1",
                "/station/new",
                "/place/A1",
                "/doubts",
                "/reports",
                "/same",
                "/map",
            ):
                page.goto(home + path)
                found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
                assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= look["viewport"]["width"], path
            assert console(record) == []


def test_a_page_of_another_origin_in_the_same_browser_gets_nothing(
    folder: Path, tmp_path: Path, open_page, serve
) -> None:
    """The same host at another port even has the cookie sent along: Origin and token stand."""
    evil = tmp_path / "evil"
    evil.mkdir()
    (evil / "index.html").write_text("<!DOCTYPE html><title>x</title><iframe name=f></iframe>")
    before = (folder / "stations.csv").read_bytes()
    with open_desk(folder, folder.with_name("site")) as address:
        home = address.partition("/?")[0]
        page, _ = open_page(address)
        page.goto(serve(evil))
        told = page.evaluate(
            """async home => {
                const sent = [];
                for (const path of ["/arrive", "/station/A1", "/station/A1/close", "/map/build"]) {
                    const body = new URLSearchParams({pasted: "x", closed_on: "2026-01-01"});
                    sent.push(fetch(home + path, {method: "POST", credentials: "include", body})
                        .then(answer => answer.status, () => "refused"));
                }
                sent.push(fetch(home + "/", {credentials: "include"})
                    .then(answer => answer.text(), () => "refused"));
                return Promise.all(sent);
            }""",
            home,
        )
        assert told == ["refused"] * 5
        page.evaluate(
            """home => { const form = document.createElement("form"); form.method = "post";
                form.action = home + "/map/build"; form.target = "f"; document.body.append(form);
                form.submit(); }""",
            home,
        )
        page.wait_for_timeout(500)
    assert (folder / "stations.csv").read_bytes() == before
    assert not (folder / ".desk").exists()
