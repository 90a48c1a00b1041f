"""Lighthouse's word on the riders' page, on its own emulated phone and on a desktop.

usage: python tests/benchmarks/lighthouse.py [COUNT | SITE ...]      (default 1000)

COUNT stations, or a built public folder (site/public), served with gzip as a static host does.
Needs npm and a Chromium; Lighthouse is fetched from the npm registry as this machine has it set
up. What costs a mark is named. A draft page asks not to be indexed, which would cost it the mark
for search engines: it is asked as it will be once published.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.rider_page import draw_ours, read_places, serve
from tests.benchmarks.rider_tasks import read_site
from tests.browser.conftest import find_chromium

FLAGS = "--headless=new --no-sandbox --disable-gpu --no-proxy-server"
DRAFT = b'<meta name="robots" content="noindex, nofollow">'
SHOWN = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time",
         "cumulative-layout-shift", "speed-index")  # fmt: skip


def ask(address: str, look: list[str]) -> dict[str, Any]:
    """Return Lighthouse's report on a page."""
    command = ["npx", "--yes", "lighthouse@12", address, "--quiet", "--output=json",
               f"--chrome-flags={FLAGS}", *look]  # fmt: skip
    environ = os.environ | {"CHROME_PATH": find_chromium() or ""}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=environ)
    report: dict[str, Any] = json.loads(said.stdout)
    return report


def tell(name: str, report: dict[str, Any]) -> None:
    """Print the marks (0 to 100), the times, and what costs a mark."""
    marks = {key: round(one["score"] * 100) for key, one in report["categories"].items()}
    times = {key: report["audits"][key]["displayValue"] for key in SHOWN}
    print(name, json.dumps(marks | times, ensure_ascii=False))
    for key, one in report["categories"].items():
        for part in one["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"  {key}: {audit['id']} {audit['score']} {audit.get('displayValue', '')}")


def main(words: list[str]) -> None:
    """Print what Lighthouse says of each page, on a phone and on a desktop."""
    if not shutil.which("npx"):
        raise SystemExit("npx is not here: Lighthouse needs node and npm")
    for word in words:
        files = draw_ours(int(word), read_places()) if word.isdigit() else read_site(Path(word))
        files["index.html"] = files["index.html"].replace(DRAFT, b"")
        server = serve(files)
        address = f"http://127.0.0.1:{server.server_address[1]}/index.html"
        for name, look in (("phone", []), ("desktop", ["--preset=desktop"])):
            tell(f"{word} {name}", ask(address, look))
        server.shutdown()


if __name__ == "__main__":
    main(sys.argv[1:] or ["1000"])
