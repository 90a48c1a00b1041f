"""A city as one HTML file: to send in a chat, to open without a network.

The finished page's scripts and data move into it, as its style has from the start; the policy then
names each of them by its hash, so nothing else runs, as before.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import replace

from geomap.model.edition import Edition
from geomap.pages.rider import draw_rider
from geomap.static_site.policy import hash_source

#: A file to send in a chat; streets that make it larger stay out of it.
MOST_BYTES = 1_000_000
_STREETS = b'geomap.take("streets/index"'
_SCRIPT = re.compile(r'<script src="([^"]+)" defer></script>\n?')
_ICON = re.compile(r'(<link rel="icon" href=")([^"]+)(")')
_DOWNLOAD = re.compile(r'<p data-needs="files">.*?</p>\n?', re.S)


def draw_one_file(edition: Edition, most_bytes: int = MOST_BYTES) -> bytes:
    """Return the riders' page with all of its data as one HTML document (UTF-8).

    All of it but the service worker works from ``file://``. A thousand stations weigh about
    0.7 MB; streets come with them while all stays within ``most_bytes``, else every way is a
    straight line, and said to be one; the ground under the streets is left out before them. Only
    public rows are in it, and no photos.
    """
    edition = replace(edition, photos={})
    written = _draw(edition)
    if len(written) > most_bytes and edition.base is not None:
        written = _draw(replace(edition, base=None))
    if len(written) > most_bytes and has_streets(written):
        return _draw(replace(edition, streets=None, road_credit=""))
    return written


def has_streets(one_file: bytes) -> bool:
    """Return whether a file of :func:`draw_one_file` finds ways by road."""
    return _STREETS in one_file


def _draw(edition: Edition) -> bytes:
    site = draw_rider(edition)
    files = {
        path.removeprefix("public/"): _one_line_end(content.decode())
        for path, content in site.items()
        if not path.endswith(".png")
    }
    return _fold(files["index.html"], files).encode()


def _fold(html: str, files: Mapping[str, str]) -> str:
    first, overview = _SCRIPT.findall(html)
    folder = overview.rpartition("/")[0]
    kept = [path for path in sorted(files) if path.startswith(f"{folder}/") and path != overview]
    # The page starts with the overview: what it would load must be there before.
    later = (first.replace("/first.js", f"/{name}.js") for name in ("rider", "seldom", "streets"))
    order = [first, *kept, overview, *(path for path in later if path in files)]
    scripts = [files[path] for path in order]
    html = _ICON.sub(lambda m: m[1] + _as_address(files[m[2]]) + m[3], html)
    html = _allow(_SCRIPT.sub("", _DOWNLOAD.sub("", html)), scripts)
    code = "".join(f"<script>{script}</script>\n" for script in scripts)
    return html.replace("</body>", f"{code}</body>", 1)


def _one_line_end(text: str) -> str:
    """A browser reads every line end of a page as one sign, and hashes what it read."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _as_address(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _allow(html: str, scripts: list[str]) -> str:
    """Let in the scripts by their hashes and nothing else: no file stands beside this page."""
    beside = "script-src 'self'"
    if html.count(beside) != 1 or html.count("style-src 'self' ") != 1:
        raise AssertionError("the page's policy does not let in its own files")
    html = html.replace("style-src 'self' ", "style-src ")
    return html.replace(beside, " ".join(["script-src", *map(hash_source, scripts)]))
