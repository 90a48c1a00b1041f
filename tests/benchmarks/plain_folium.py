"""The peer of the riders' page: what most people write with folium, and the libraries it asks for.

folium's page names six hosts. The versions it names come here from the npm registry, as this
machine has it set up, once into a folder of the machine's temporary directory; they are served
from the page's own origin, which spares the peer six connections. Glyphicons (no such package)
stay empty.
"""

from __future__ import annotations

import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

import folium

#: npm package → files of its archive, by the name the page asks for them.
PACKAGES = {
    "leaflet@1.9.3": {
        "leaflet.js": "dist/leaflet.js",
        "leaflet.css": "dist/leaflet.css",
        "images/marker-icon.png": "dist/images/marker-icon.png",
        "images/marker-icon-2x.png": "dist/images/marker-icon-2x.png",
        "images/marker-shadow.png": "dist/images/marker-shadow.png",
    },
    "jquery@3.7.1": {"jquery-3.7.1.min.js": "dist/jquery.min.js"},
    "bootstrap@5.2.2": {
        "bootstrap.bundle.min.js": "dist/js/bootstrap.bundle.min.js",
        "bootstrap.min.css": "dist/css/bootstrap.min.css",
    },
    "leaflet.awesome-markers@2.0.5": {
        "leaflet.awesome-markers.js": "dist/leaflet.awesome-markers.js",
        "leaflet.awesome-markers.css": "dist/leaflet.awesome-markers.css",
    },
    "@fortawesome/fontawesome-free@6.2.0": {"all.min.css": "css/all.min.css"},
}


def draw_folium(rows: Iterable[dict[str, object]]) -> dict[str, bytes]:
    """Return path → bytes of a map with a marker, a popup and a tooltip for every row."""
    page = folium.Map([35, 110], zoom_start=5, tiles=None)
    for row in rows:
        popup = folium.Popup(f"<b>{row['name']}</b>")
        folium.Marker([row["lat"], row["lon"]], popup=popup, tooltip=row["name"]).add_to(page)
    html = re.sub(r"https?://[^\"']*/([^/\"']+\.(?:js|css))", r"lib/\1", page.get_root().render())
    return {"index.html": html.encode()} | read_libraries()


def read_libraries() -> dict[str, bytes]:
    """Return path → bytes of the libraries.

    Raises
    ------
    RuntimeError
        npm is missing or the registry does not answer: without its libraries folium's page stops
        at the first popup, and a comparison would be worth nothing.
    """
    kept = Path(tempfile.gettempdir()) / "folium-libraries"
    kept.mkdir(exist_ok=True)
    return {
        f"lib/{name}": content
        for package, wanted in PACKAGES.items()
        for name, content in _unpack(_fetch(package, kept), wanted).items()
    }


def _fetch(package: str, kept: Path) -> Path:
    archive = kept / (package.strip("@").replace("/", "-").replace("@", "-") + ".tgz")
    if not archive.exists():
        command = ["npm", "pack", package, "--silent", "--pack-destination", str(kept)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise RuntimeError(
                f"folium's library {package} could not be fetched: {error}"
            ) from None
    return archive


def _unpack(archive: Path, wanted: dict[str, str]) -> dict[str, bytes]:
    with tarfile.open(archive) as files:
        found = {name: files.extractfile(f"package/{path}") for name, path in wanted.items()}
        return {name: file.read() for name, file in found.items() if file is not None}
