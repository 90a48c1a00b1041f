"""A clerk at the desk: she sees words and buttons only, and each thing she does is counted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parent.parent.parent
GATE = '[publish]\nreview_number = "GS(2026)0001号"\nboundary_source = "测试"\n'


@contextmanager
def open_desk(folder: Path, site: Path) -> Iterator[str]:
    """Start the desk as its command does; yield the address that it prints."""
    words = [str(ROOT / "build_map.py"), "desk", "--geodata", str(folder), "--site", str(site)]
    started = subprocess.Popen(
        [sys.executable, *words, "--no-browser"], stdout=subprocess.PIPE, text=True,
        encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, cwd=folder.parent,
    )  # fmt: skip
    try:
        assert started.stdout is not None
        lines = iter(started.stdout.readline, "")
        yield next(line.strip() for line in lines if line.startswith("http://127.0.0.1:"))
    finally:
        started.kill()
        started.wait()
        if started.stdout:
            started.stdout.close()


class Clerk:
    """What she does in one window; ``actions`` counts clicks, fields filled and choices made."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def click(self, what: Locator) -> None:
        self.actions += 1
        what.click()

    def go(self, page: str) -> None:
        """Choose one of the pages named above."""
        self.click(self.page.get_by_role("navigation").get_by_role("link", name=page, exact=True))

    def press(self, button: str) -> None:
        self.click(self.page.get_by_role("button", name=button))

    def follow(self, link: str) -> None:
        self.click(self.page.get_by_role("link", name=link))

    def fill(self, label: str, text: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, word: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=True).select_option(label=word)

    def reads(self, words: str) -> None:
        """Wait until she can read these words."""
        self.page.get_by_text(words).first.wait_for()
        self.page.wait_for_load_state()

    def add_station(self, name: str, district: tuple[str, str, str], address: str) -> None:
        """Add a station in its form; its place is asked for next."""
        self.go("站点")
        self.follow("新增一个站点")
        self.fill("名称 *", name)
        self.choose("类型", "驿站")
        self.choose("状态", "运行")
        for label, word in zip(("省", "市", "区县"), district, strict=True):
            self.fill(label, word)
        self.fill("地址", address)
        self.fill("开放时间", "周一至周五 9:00-17:00")
        self.press("保存")
        self.reads(f"已存：{name}")

    def paste_place(self, shared: str) -> None:
        """Paste what a map app copied, and save."""
        self.fill("从地图软件复制来的（分享文字、链接或坐标）", shared)
        self.page.get_by_text("看懂了").wait_for()
        self.press("保存，看下一个")

    def click_place(self) -> None:
        """Click the door on the map, four steps closer than it opened."""
        self.page.locator("#map[data-drawn]").wait_for()
        for _ in range(4):
            self.click(self.page.get_by_role("button", name="放大"))
            self.page.wait_for_timeout(300)  # the zoom's movement
        self.actions += 1
        box = self.page.locator("#map").bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] / 2 + 20, box["y"] + box["height"] / 2 - 10)
        self.page.get_by_text("点在").wait_for()
        self.press("保存，看下一个")

    def find(self, name: str) -> None:
        """Open a station from the list."""
        self.go("站点")
        self.fill("找站点", name)
        self.press("找")
        self.click(self.page.get_by_role("link", name=name, exact=True))

    def build(self) -> None:
        self.go("地图与发布")
        self.press("生成地图")
        self.page.locator('#state[data-state="done"]').wait_for(timeout=300_000)

    def publish(self) -> int:
        """Publish; return the edition's number as the page says it."""
        self.press("发布")
        self.reads("已发布到")
        return self.edition()

    def edition(self) -> int:
        text = self.page.get_by_text(re.compile(r"现在公开的是第\s*\d+\s*版")).first.inner_text()
        return int(re.findall(r"\d+", text)[0])
