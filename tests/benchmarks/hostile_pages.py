"""Hostile texts in every column, document and setting, through the build, in a real browser.

usage: python tests/benchmarks/hostile_pages.py [COUNT]      (default 300; some 20 minutes)

One folder holds a ledger, services, claims, reports, aliases and documents of all texts; it is
added, built (with the one file) and every page is walked through over http and from a file, on a
phone and on a desktop. Then each text alone is the title and every other word of the settings of
a site that is opened as files.
Prints what ran, what was asked of others, what the policy or the console said.
"""

from __future__ import annotations

import contextlib
import csv
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.cli import main as geomap
from geomap.model.tables import ALIASES, CLAIMS, LEDGER, SERVICES, Table
from geomap.pages import draw_one_file, draw_site, public_edition
from tests.browser.conftest import _FLAGS, PHONE, find_chromium, write_site
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
        titles = visit_titles(browser, Path(folder), texts)
        print(f"settings, one text a site: {titles} wrong")
        browser.close()
    return wrong + titles


def write_folder(folder: Path, texts: list[str]) -> Path:
    """Write a geodata folder in which each text stands in every column, and in a document."""
    (folder / "documents").mkdir(parents=True)
    texts = [text.replace("\0", "\x01") for text in texts]  # a file with a NUL is no CSV
    free = [
        dict.fromkeys(LEDGER.names, text)
        | _SOUND
        | {"station_id": f"S{order:03d}", "kind": ("station", "union_branch")[order % 4 // 3]}
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
    shown = [path for path in files if path.endswith((".geojson", ".json", ".webmanifest"))]
    site, wrong = Site(out), 0
    for home in (site.url, out.as_uri()):
        for look in LOOKS:
            seen = watch(browser, look)
            wrong += sum(visit(seen, home, page, files, walk=True) for page in PAGES)
            seen.context.close()
        seen = watch(browser, {})
        wrong += sum(visit(seen, home, path, files) for path in shown)
        seen.context.close()
        print(f"  {home.split(':')[0]}: {len(PAGES) * len(LOOKS)} walks", flush=True)
    site.stop()
    return wrong


def visit_titles(browser: Browser, out: Path, texts: list[str]) -> int:
    """Draw sites whose settings say a text wherever they may; return the faults of their pages."""
    seen, wrong = watch(browser, PHONE), 0
    for order, text in enumerate(texts):
        edition = make_hostile_edition([text], title=text)
        files = draw_site(edition) | {PAGES[1]: draw_one_file(public_edition(edition))}
        home = write_site(files, out / str(order)).as_uri()
        wrong += sum(visit(seen, home, page, files) for page in PAGES)
        shutil.rmtree(out / str(order))
    seen.context.close()
    return wrong


def watch(browser: Browser, look: dict[str, object]) -> Watched:
    """Return a page that waits as long as a busy machine needs."""
    context = browser.new_context(locale="zh-CN", **look)
    context.set_default_timeout(180_000)
    return Watched(context)


def visit(
    seen: Watched, home: str, path: str, files: dict[str, bytes], walk: bool = False
) -> int:  # fmt: skip
    """Open one file, walk through it if asked to, print what is wrong and return how much."""
    seen.asked.clear()
    seen.said.clear()
    page, address = seen.page, f"{home}/{path}"
    page.goto(address, wait_until="domcontentloaded")
    if path in PAGES:
        page.wait_for_selector(READY.get(path, READY[PAGES[0]])[0], state="attached")
    if walk:
        _ = walk_planner(page) if "planner" in path else walk_rider(page, address)
    wrong = find_run(page) + find_foreign(seen.asked, home, files)
    if path in PAGES:  # beside other files the browser itself asks for an icon, and misses it
        wrong += seen.said
    wrong = [said for said in wrong if not said.endswith(("icon.svg", "favicon.ico"))]
    if wrong:
        print(f"{home.split(':')[0]} {path}: {len(wrong)}: {wrong[:3]!r}"[:400], flush=True)
    return len(wrong)


if __name__ == "__main__":
    raise SystemExit(min(1, main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)))
