"""How soon the planners' page answers a trial, on a laptop four times slower than this machine.

usage: python tests/benchmarks/whatif.py SITE [--edits N] [--slower X]

Opens SITE/internal/planner.html from file://, opens the trial, adds stations and closes some at
random, and prints the milliseconds from the edit until its numbers stand and its streets are drawn:
median, 95th percentile, longest; and how long opening and five suggested sites take. "by CPU" is
what the page's thread itself has worked, so that a busy machine does not count.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import CDPSession, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.conftest import find_chromium

_EDIT = """async ([lng, lat, closed]) => {
  const begin = performance.now();
  if (closed >= 0) {
    geomap.planner.chosenStation = closed;
    document.querySelector("[data-action=whatif-close]").click();
    await null;
  } else {
    geomap.planner.takesTap({ lng, lat });
  }
  const counted = performance.now() - begin;
  await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  return [counted, performance.now() - begin];
}"""


def _worked_s(cdp: CDPSession) -> float:
    """Return the seconds that the page's thread has worked."""
    metrics = cdp.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("site", type=Path)
    options.add_argument("--edits", type=int, default=40)
    options.add_argument("--slower", type=float, default=4.0)
    chosen = options.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto((chosen.site / "internal" / "planner.html").resolve().as_uri())
        page.wait_for_selector("html[data-ready]")
        cdp = page.context.new_cdp_session(page)
        cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": chosen.slower})
        page.locator("#whatif summary").click()
        begin = time.perf_counter()
        page.locator("[data-action=whatif-reset]").click()
        page.wait_for_selector("#trial-result dl", timeout=120_000)
        print(f"opened in {time.perf_counter() - begin:.1f} s")
        west, south, east, north = page.evaluate(
            "geomap.planner.map.getBounds().toBBoxString()"
        ).split(",")
        chance = np.random.default_rng(1)
        taken, worked = [], []
        for number in range(chosen.edits):
            if number % 15 == 0:
                page.locator("[data-action=whatif-reset]").click()
            closed = number // 3 if number % 3 == 2 else -1
            if closed < 0:
                page.locator("[data-action=whatif-add]").click()
                page.wait_for_selector("[data-action=whatif-add][aria-pressed=true]")
            at = [
                chance.uniform(float(west), float(east)),
                chance.uniform(float(south), float(north)),
                closed,
            ]
            begun_s = _worked_s(cdp)
            taken.append(page.evaluate(_EDIT, at))
            worked.append(1000 * (_worked_s(cdp) - begun_s))
        figures = (*np.array(taken).T, np.array(worked))
        for name, values in zip(("counted", "drawn", "by CPU"), figures, strict=True):
            middle, late = np.percentile(values, [50, 95])
            print(
                f"{name}: median {middle:.0f} ms, 95 % {late:.0f} ms, longest {values.max():.0f} ms"
            )
        page.locator("[data-action=whatif-reset]").click()
        begin = time.perf_counter()
        page.locator("[data-action=suggest]").click()
        while page.locator("#trial-list li").count() < 5:
            page.wait_for_timeout(50)
        print(f"five sites in {time.perf_counter() - begin:.1f} s")
        browser.close()


if __name__ == "__main__":
    main()
