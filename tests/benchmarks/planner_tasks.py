"""How soon the planners' page of a built site is ready, by the processor time of its own thread.

usage: python tests/benchmarks/planner_tasks.py SITE [--city FOLDER]

With --city a ledger of 3,000 stations in about 100 districts is written to FOLDER first and SITE
is built from it. A laptop takes four times as long, which is what is printed: all tasks until the
first view and until the page is ready, the dearest parts and the longest tasks.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from geomap.cli import main as run_command
from tests.benchmarks.rider_page import read_places
from tests.benchmarks.rider_tasks import list_tasks, record
from tests.browser.conftest import _FLAGS, find_chromium
from tests.rider_editions import make_scattered_rows

COLUMNS = ["station_id", "name", "kind", "status", "access", "province", "city", "district",
           "township", "lon", "lat", "uncertainty_m", "opening_hours", "verified_on"]  # fmt: skip
READY = "document.documentElement.dataset.ready"


def write_city(folder: Path) -> None:
    """Write a ledger of 3,000 stations around the places of 100 neighbouring districts."""
    places = read_places()
    codes = sorted(code for code in places["code"].unique() if code >= "33")[:100]
    rows = make_scattered_rows(3000, places[places["code"].isin(codes)])
    folder.mkdir(parents=True, exist_ok=True)
    ledger = pd.DataFrame(rows)[COLUMNS].assign(datum="wgs84")
    ledger.to_csv(folder / "stations.csv", index=False)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("site", type=Path)
    options.add_argument("--city", type=Path)
    chosen = options.parse_args()
    if chosen.city:
        write_city(chosen.city)
        run_command(["build", "--geodata", str(chosen.city), "--out", str(chosen.site)])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        with record(browser, page) as events:
            page.goto((chosen.site / "internal" / "planner.html").resolve().as_uri())
            page.wait_for_selector("html[data-ready]")
        tasks = list_tasks(events, "first-view")
        browser.close()
    parts: dict[str, float] = {}
    for _, _, dear in tasks:
        for name, ms in dear.items():
            parts[name] = parts.get(name, 0) + ms
    print(f"ready after {sum(ms for ms, *_ in tasks):.0f} ms of the laptop's thread")
    print({name: round(ms) for name, ms in sorted(parts.items(), key=lambda one: -one[1])})
    for ms, when, dear in tasks[:8]:
        print(f"  {ms:6.1f} ms  {when:10} { {name: round(ms) for name, ms in dear.items()} }")


if __name__ == "__main__":
    main()
