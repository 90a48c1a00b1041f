"""Which classes of folium a StaticSite shows in Chromium, under its policy and without a host.

usage: python tests/benchmarks/folium_features.py [--assets FOLDER] [--only NAME ...]

Makes a small map for each class (folium_samples.py), exports it as a folder, and opens it over
http and from ``file://``; and as one file. It counts as shown when what the class draws is on the
page, nothing was asked of another host, and the console is empty. Libraries come from the npm
registry (``npm pack``, into a folder that is kept between runs), not from this project.
Prints a line a class, and the sums.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import folium
from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from geomap.static_site import StaticSite, StaticSiteError  # noqa: E402
from tests.benchmarks.folium_samples import HERE, SAMPLES, Sample, list_classes  # noqa: E402
from tests.browser.conftest import _FLAGS, Record, find_chromium  # noqa: E402
from tests.browser.sites import Site  # noqa: E402

PACKAGES = [
    "leaflet@1.9.3",
    "jquery@3.7.1",
    "bootstrap@5.2.2",
    "leaflet.awesome-markers@2.0.5",
    "glyphicons-only-bootstrap@1.0.1",
    "@fortawesome/fontawesome-free@6.2.0",
    "leaflet-dvf@0.3.0",
    "d3@3.5.5",
    "d3@4.13.0",
    "vega@1.4.3",
    "vega@5.33.1",
    "vega-lite@5.23.0",
    "vega-embed@6.29.0",
    "topojson@1.6.9",
    "moment@2.18.1",
    "leaflet-groupedlayercontrol@0.6.1",
    "overlapping-marker-spiderfier-leaflet@0.2.7",
    "leaflet.markercluster@1.1.0",
    "leaflet-tag-filter-button@0.0.4",
    "leaflet-easybutton@2.4.0",
    "css-ripple-effect@1.0.5",
    "jquery-ui-dist@1.13.3",
    "iso8601-js-period@0.2.1",
    "leaflet-timedimension@1.1.1",
    "@highlightjs/cdn-assets@11.12.0",
    "leaflet-ant-path@1.1.2",
    "leaflet-textpath@1.2.3",
    "leaflet.sync@0.2.4",
    "beautifymarker@1.0.9",
    "leaflet-minimap@3.6.1",
    "leaflet.control.layers.tree@1.1.0",
    "leaflet.pattern@0.1.0",
    "leaflet-search@2.9.7",
    "leaflet.locatecontrol@0.66.2",
    "leaflet-side-by-side@2.0.0",
    "leaflet-polylineoffset@1.1.1",
    "leaflet.fullscreen@3.0.0",
    "leaflet-draw@1.0.2",
    "ionicons@2.0.1",
    "polyline-encoded@0.0.9",
    "leaflet-control-geocoder@2.4.0",
    "leaflet-realtime@2.2.0",
    "leaflet.boatmarker@1.1.5",
    "leaflet.vectorgrid@1.3.0",
    "leaflet.featuregroup.subgroup@1.0.2",
    "@geoman-io/leaflet-geoman-free@2.20.2",
    "leaflet.timeline@1.6.0",
    "leaflet-measure@2.1.7",
    "leaflet-mouse-position@1.2.0",
    "@joergdietrich/leaflet.terminator@1.3.0",
    "leaflet-semicircle@2.0.4",
]


@dataclass(frozen=True)
class Result:
    """What became of a class: "shown", or why not."""

    name: str
    said: str

    @property
    def is_shown(self) -> bool:
        """Whether it was shown in every form."""
        return self.said == "shown"


def fetch(cache: Path) -> Path:
    """Put the packages into ``cache``, those that are not there yet."""
    cache.mkdir(parents=True, exist_ok=True)
    for spec in PACKAGES:
        folder = cache / re.sub(r"[@/]", "-", spec).strip("-")
        if not folder.exists():
            print(f"npm pack {spec}", file=sys.stderr)
            said = subprocess.run(["npm", "pack", "--silent", spec], cwd=cache, check=True,
                                  capture_output=True, text=True)  # fmt: skip
            unpack(cache / said.stdout.split()[-1], folder)
    return cache


def unpack(archive: Path, folder: Path) -> None:
    """Unpack an npm package: all of it lies below one folder."""
    with tarfile.open(archive) as packed, tempfile.TemporaryDirectory(dir=folder.parent) as inner:
        packed.extractall(inner, filter="data")
        next(Path(inner).iterdir()).rename(folder)
    archive.unlink()


def export(sample: Sample, assets: Path) -> StaticSite:
    """Return the site of a sample's map."""
    m = folium.Map(HERE, zoom_start=11, tiles=None)
    m.options["max_zoom"] = 18  # clusters ask for it, and folium takes it for tile layers only
    other = sample.add(m)
    return StaticSite(
        other or m, assets=[assets], other_versions=True, allow_hosts=sample.allow_hosts
    )


def look(page: Page, sample: Sample) -> str:
    """Return "shown", or what is not to be seen."""
    page.wait_for_load_state("load")
    if sample.act:
        box = page.locator(".folium-map").first.bounding_box()
        assert box is not None
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(middle[0] - 3, middle[1] - 3)
        page.mouse.move(*middle)
        if sample.act == "click":
            page.mouse.click(*middle)
    try:
        page.locator(sample.seen).first.wait_for(state="attached", timeout=4000)
    except Error:
        return f"nothing matches {sample.seen}"
    page.wait_for_timeout(300)
    return "shown"


def visit(browser: Browser, address: str, sample: Sample) -> str:
    """Return "shown", or what is wrong at an address."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    record = Record()
    record.watch(context)
    page = context.new_page()
    page.goto(address)
    said = look(page, sample)
    home = "/".join(address.split("/")[:3])
    context.close()
    if foreign := record.foreign(home):
        return f"asks {foreign[0]}"
    return f"console: {record.complaints[0]}" if record.complaints else said


def run(name: str, browser: Browser, assets: Path, folder: Path) -> Result:
    """Export the map of a class, open it three ways, and say what was seen."""
    sample = SAMPLES[name]
    try:
        site = export(sample, assets)
        files, one = site.files(), site.one_file()
    except StaticSiteError as error:
        return Result(name, " | ".join(map(str, error.reasons)))
    served = Site(folder)
    try:
        served.write(files | {"one.html": one})
        port = f"http://127.0.0.1:{served.port}"
        for address in (
            f"{port}/index.html",
            (folder / "index.html").as_uri(),
            (folder / "one.html").as_uri(),
        ):
            said = visit(browser, address, sample)
            if said != "shown":
                return Result(
                    name, f"{address.partition(':')[0]}, {address.rpartition('/')[2]}: {said}"
                )
    finally:
        served.stop()
    return Result(name, "shown")


def run_all(names: list[str], assets: Path) -> Iterator[Result]:
    """Give the result of each class."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        for name in names:
            yield run(name, browser, assets, Path(folder))
        browser.close()


def main() -> None:
    """Print the table."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--assets", type=Path, help="folder with the libraries; npm fetches no more")
    words.add_argument("--only", nargs="*", default=sorted(list_classes()))
    asked = words.parse_args()
    assets = asked.assets or fetch(Path(tempfile.gettempdir()) / "geomap-folium-npm")
    results = []
    for result in run_all(asked.only, assets):
        results.append(result)
        print(f"{result.name:30}{result.said.splitlines()[0][:300]}", flush=True)
    shown = sum(result.is_shown for result in results)
    print(
        f"{shown} of {len(results)} shown ({shown / len(results):.0%}), folium {folium.__version__}"
    )


if __name__ == "__main__":
    main()
