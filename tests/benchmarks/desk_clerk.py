"""A clerk's day at the desk, in Chromium, by what a person sees only: how many actions it takes.

    python tests/benchmarks/desk_clerk.py

10 stations are added and placed (5 by a pasted link, 5 by a click on the map), 2 corrected, 1
closed; the map is built, published, and taken back. A person needs two seconds for an action: a
click, a field filled in, a choice made.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.browser.clerk import GATE, Clerk, open_desk
from tests.browser.conftest import _FLAGS, find_chromium
from tests.desk.window import LEDGER

SECONDS_AN_ACTION = 2
WEST = ("浙江省", "杭州市", "西湖区")


def main() -> None:
    with tempfile.TemporaryDirectory() as here, sync_playwright() as playwright:
        folder = Path(here) / "map"
        folder.mkdir()
        (folder / "stations.csv").write_text(LEDGER, encoding="utf-8-sig", newline="")
        (folder / "map.toml").write_text(GATE, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        with open_desk(folder, folder.with_name("site")) as address:
            page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
            said: list[str] = []
            page.on("console", lambda message: said.append(message.text))
            page.goto(address)
            work(Clerk(page), folder)
            print(f"console: {len(said)} lines {said[:3]}")
        browser.close()


def work(clerk: Clerk, folder: Path) -> None:
    clerk.build()
    print(f"edition {clerk.publish()} published")
    per_station = []
    for number in range(10):
        before = clerk.actions
        name = f"第{'一二三四五六七八九十'[number]}街驿站"
        clerk.add_station(name, WEST, f"学院路 {number * 7 + 1} 号")
        if number % 2:
            clerk.click_place()
        else:
            clerk.paste_place(
                f"https://uri.amap.com/marker?position=120.10{number}1,30.28{number}1&name={name}"
            )
        clerk.reads(f"已存：{name}")
        per_station.append(clerk.actions - before)
    before = clerk.actions
    for name, hours in (("第一街驿站", "24小时"), ("第二街驿站", "每天 7:30-19:30")):
        clerk.find(name)
        clerk.fill("开放时间", hours)
        clerk.press("保存")
        clerk.reads(f"已存：{name}")
    corrected = (clerk.actions - before) / 2
    before = clerk.actions
    clerk.find("文三路驿站")
    clerk.fill("为什么、谁说的", "街道电话")
    clerk.press("关闭这个站")
    clerk.reads("已关闭：文三路驿站")
    closed = clerk.actions - before
    clerk.build()
    print(f"edition {clerk.publish()} published")
    clerk.press("退回上一版")
    clerk.reads("已退回第 1 版")
    print(f"back at edition {clerk.edition()}")
    worst, middle = max(per_station), statistics.median(per_station)
    print(f"a station added and placed: {middle:.0f} actions (most {worst}), "
          f"{middle * SECONDS_AN_ACTION:.0f} s (most {worst * SECONDS_AN_ACTION} s)")  # fmt: skip
    print(f"corrected: {corrected:.0f} actions; closed: {closed} actions; all: {clerk.actions}")


if __name__ == "__main__":
    main()
