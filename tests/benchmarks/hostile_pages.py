"""Hostile texts in every column, document and setting, through the build, in a real browser.

usage: python tests/benchmarks/hostile_pages.py [COUNT]      (default 300; some 20 minutes)

One folder holds a ledger, services, claims, reports, aliases and documents of all texts; it is
added, built (with the one file) and every page is walked through over http and from a file, on a
phone and on a desktop. Then each text alone is the title and every other word of the settings.
Prints what ran, what was asked of others, what the policy or the console said.
"""

from __future__ import annotations

import contextlib
import csv
import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.cli import main as geomap
from geomap.pages import draw_one_file, draw_site, public_edition
from geomap.tables import ALIASES, CLAIMS, LEDGER, SERVICES, Table
from tests.browser.conftest import _FLAGS, PHONE, find_chromium
from tests.browser.sites import Site, Watched
from tests.browser.walks import READY, find_foreign, find_run, walk_planner, walk_rider
from tests.editions import make_hostile_edition
from tests.hostile import make_texts

LOOKS = (PHONE, {"viewport": {"width": 1366, "height": 768}})
PAGES = ("public/index.html", "public/one-file.html", "internal/planner.html")
#: Columns whose cells must be understood, or the row is a skip that quotes them.
_SOUND = {"kind": "station", "status": "operating", "lon": "116.2", "lat": "39.91", "datum": "",
          "access": "", "uncertainty_m": "30", "opened_on": "", "closed_on": "",
          "province": "北京市", "city": "北京市", "district": "石景山区",
          "verified_on": "2026-11-01"}  # fmt: skip


def main(count: int) -> int:
    """Print what went wrong; return how much did."""
    texts = [re.sub("[\ud800-\udfff]", "\ufffd", text) for text in make_texts(count)]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        geodata = write_folder(Path(folder) / "map", texts)
        out = Path(folder) / "site"
        run("build", "--geodata", geodata, "--out", out, "--one-file")
        wrong = visit_all(browser, out)
        print(f"every column: {wrong} wrong", flush=True)
        titles = sum(visit_title(browser, Path(folder) / "title", text) for text in texts)
        print(f"settings, one text a site: {titles} wrong")
        browser.close()
    return wrong + titles


def write_folder(folder: Path, texts: list[str]) -> Path:
    """Write a geodata folder in which each text stands in every column, and in a document."""
    (folder / "documents").mkdir(parents=True)
    free = [
        dict.fromkeys(LEDGER.names, text)
        | _SOUND
        | {"station_id": f"S{order:03d}", "kind": ("station", "union_branch")[order % 5 // 4]}
        for order, text in enumerate(texts)
    ]
    coded = [
        {"name": "驿站", "kind": "station", "address": "石景山路"} | {name: text}
        for order, text in enumerate(texts)
        for name in LEDGER.names[1 + order % 3 :: 3]  # a false id alone stops a build
    ]
    ids = [row["station_id"] for row in free]
    for order, text in enumerate(texts):
        name = re.sub(r"[/\0\ufffd]", "_", text)[:60].encode()[:200].decode(errors="ignore")
        opened = f"石景山区八角街道{order}号暖心驿站启用，地址：石景山路{order}号"
        story = f"{opened}，{text}，{text}开放。\n"
        (folder / "documents" / f"{order} {name}.txt").write_text(story, encoding="utf-8")
    write_table(folder, LEDGER, ())
    run("add", folder / "documents", "--geodata", folder)
    write_table(folder, LEDGER, [*free, *coded])
    write_table(folder, SERVICES, [dict.fromkeys(SERVICES.names, text) | {"station_id": station}
                                   for station, text in zip(ids, texts, strict=True)])  # fmt: skip
    counted = {"kind": "station", "count": "7"}
    write_table(folder, CLAIMS, [dict.fromkeys(CLAIMS.names, text) | counted for text in texts])
    write_table(folder, ALIASES, [{"old_id": text[:60], "new_id": ids[0]} for text in texts])
    return folder


def run(*words: object) -> None:
    """Run a command as a clerk does, without its report."""
    with contextlib.redirect_stdout(None):
        code = geomap([*map(str, words)])
    print(f"{words[0]}: exit {code}", flush=True)


def write_table(folder: Path, table: Table, rows: Iterable[dict[str, str]]) -> None:
    """Write a CSV with the table's columns, behind the rows that documents gave."""
    path = folder / f"{table.name}.csv"
    known: list[dict[str, str]] = []
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as file:
            known = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, table.names, restval="")
        writer.writeheader()
        writer.writerows([*known, *rows])


def visit_all(browser: Browser, out: Path) -> int:
    """Walk through every page and open every other file that a browser shows; return the faults."""
    files = {path.relative_to(out).as_posix(): b"" for path in out.rglob("*") if path.is_file()}
    site, wrong = Site(out), 0
    for home in (site.url, out.as_uri()):
        for look in LOOKS:
            wrong += sum(visit(browser, home, page, look, files, walk=True) for page in PAGES)
        shown = [
            path for path in files if path.endswith((".geojson", ".json", ".js", ".webmanifest"))
        ]
        wrong += sum(visit(browser, home, path, {}, files) for path in shown[:80])
    site.stop()
    return wrong


def visit_title(browser: Browser, out: Path, text: str) -> int:
    """Draw a site whose settings say ``text`` wherever they may; return the faults of its pages."""
    edition = make_hostile_edition([text], title=text)
    out.mkdir(exist_ok=True)
    site = Site(out)
    files = draw_site(edition) | {PAGES[1]: draw_one_file(public_edition(edition))}
    site.write(files)
    wrong = sum(visit(browser, site.url, page, PHONE, files) for page in PAGES)
    site.stop()
    return wrong


def visit(
    browser: Browser, home: str, path: str, look: dict[str, object], files: dict[str, bytes],
    walk: bool = False,
) -> int:  # fmt: skip
    """Open one file, walk through it if asked to, print what is wrong and return how much."""
    context = browser.new_context(locale="zh-CN", **look)
    seen = Watched(context)
    seen.page.goto(f"{home}/{path}")
    if path in PAGES:
        seen.page.wait_for_selector(READY.get(path, READY[PAGES[0]])[0], state="attached")
    if walk:
        _ = (
            walk_planner(seen.page)
            if "planner" in path
            else walk_rider(seen.page, f"{home}/{path}")
        )
    wrong = find_run(seen.page) + find_foreign(seen.asked, home, files) + seen.said
    wrong = [said for said in wrong if not said.endswith(("icon.svg", "favicon.ico"))]
    context.close()
    if wrong:
        print(f"{home.split(':')[0]} {path}: {len(wrong)}: {wrong[:3]!r}"[:400], flush=True)
    return len(wrong)


if __name__ == "__main__":
    raise SystemExit(min(1, main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)))
