"""Hostile links: each behind # of both pages, over http and from a file; counts what went wrong.

usage: python tests/benchmarks/hostile_addresses.py [COUNT]      (default 2000; 0.3 s a link)

A link is wrong when the page asked for anything but files of the site, ran or logged anything, or
did not show its rows. A script that runs whatever it is asked for lies beside the site.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.pages import draw_site
from tests.browser.conftest import _FLAGS, PHONE, find_chromium
from tests.browser.sites import Site, Watched
from tests.browser.walks import READY, find_foreign, visit_hash
from tests.hostile import make_hashes
from tests.rider_editions import make_rider_edition

KNOWN = ("110105", "S001", "S014", "酒仙桥街道")
EVIL = b"window.hacked = 1;"


def main(count: int) -> int:
    """Print what went wrong, by page and home; return how many links did."""
    files = draw_site(make_rider_edition())
    strays = dict.fromkeys(("uploads/evil.js", "public/uploads/evil.js"), EVIL)
    hashes, wrong = make_hashes(count, KNOWN), 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder))
        site.write(files | strays)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        for page in READY:
            for home, own in ((site.url, hashes[::2]), (site.file_url, hashes[1::2])):
                failed = visit_all(browser, page, home, own, files)
                wrong += len(failed)
                print(
                    f"{page} {home.split(':')[0]}: {len(own)} links, {len(failed)} wrong",
                    flush=True,
                )
                for hashed, faults in failed[:5]:
                    print(f"  #{hashed[:120]!r}: {faults[:3]}")
        browser.close()
        site.stop()
    used = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"CPU {sum(one.ru_utime + one.ru_stime for one in used):.0f} s")
    return wrong


def visit_all(
    browser: Browser, page: str, home: str, hashes: list[str], files: dict[str, bytes]
) -> list[tuple[str, list[str]]]:
    """Return the links that went wrong, with what was wrong; every link in a page of its own."""
    failed, context = [], browser.new_context(locale="zh-CN", **PHONE)
    seen = Watched(context)
    for turn, hashed in enumerate(hashes):
        faults = visit_hash(seen, home, page, hashed, turn)
        faults += find_foreign(seen.asked, home, files)
        if faults:
            failed.append((hashed, faults))
        seen.asked.clear()
        seen.said.clear()
    context.close()
    return failed


if __name__ == "__main__":
    raise SystemExit(min(1, main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)))
