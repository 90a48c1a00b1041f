"""Lighthouse's word on the riders' page, on its own emulated phone and on a desktop.

usage: python tests/benchmarks/lighthouse.py [COUNT]      (default 1000)

Needs npm and a Chromium; Lighthouse is fetched from the npm registry as this machine has it set
up. A draft page asks not to be indexed, which costs it the mark for search engines.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.rider_page import draw_ours, read_places, serve
from tests.browser.conftest import find_chromium

FLAGS = "--headless=new --no-sandbox --disable-gpu --no-proxy-server"
SHOWN = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time",
         "cumulative-layout-shift", "speed-index")  # fmt: skip


def ask(address: str, look: list[str]) -> dict[str, str]:
    """Return Lighthouse's marks (0 to 100) and times of a page."""
    command = ["npx", "--yes", "lighthouse@12", address, "--quiet", "--output=json",
               f"--chrome-flags={FLAGS}", *look]  # fmt: skip
    environ = os.environ | {"CHROME_PATH": find_chromium() or ""}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=environ)
    report = json.loads(said.stdout)
    marks = {name: f"{one['score'] * 100:.0f}" for name, one in report["categories"].items()}
    return marks | {name: report["audits"][name]["displayValue"] for name in SHOWN}


def main(count: int) -> None:
    """Print one line a look."""
    server = serve(draw_ours(count, read_places()))
    address = f"http://127.0.0.1:{server.server_address[1]}/index.html"
    for name, look in (("phone", []), ("desktop", ["--preset=desktop"])):
        print(name, json.dumps(ask(address, look), ensure_ascii=False))
    server.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)
