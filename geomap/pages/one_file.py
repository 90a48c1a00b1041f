"""A city as one HTML file: to send in a chat, to open without a network.

The finished page's scripts, styles and data move into it; the policy then names each of them by
its hash, so nothing else runs, as before.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace

from geomap.edition import Edition
from geomap.pages.rider import draw_rider

#: A file to send in a chat; streets that make it larger stay out of it.
MOST_BYTES = 1_000_000
_STREETS = b'geomap.take("streets/index"'
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">\n?')
_SCRIPT = re.compile(r'<script src="([^"]+)" defer></script>\n?')
_ICON = re.compile(r'(<link rel="icon" href=")([^"]+)(")')
_DOWNLOAD = re.compile(r'<p data-needs="files">.*?</p>\n?', re.S)
_IMAGE = re.compile(r"url\((?!data:)[^)]*\)")


def draw_one_file(edition: Edition, most_bytes: int = MOST_BYTES) -> bytes:
    """Return the riders' page with all of its data as one HTML document (UTF-8).

    All of it but the service worker works from ``file://``. A thousand stations weigh about
    0.7 MB; streets come with them while all stays within ``most_bytes``, else every way is a
    straight line, and said to be one. Only public rows are in it.
    """
    written = _draw(edition)
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
    styles = [_IMAGE.sub("none", files[path]) for path in _STYLE.findall(html)]
    names = _SCRIPT.findall(html)
    first, overview = names
    folder = overview.rpartition("/")[0]
    kept = [path for path in sorted(files) if path.startswith(f"{folder}/") and path != overview]
    # The page starts with the overview: what it would load must be there before.
    later = (first.replace("/first.js", f"/{name}.js") for name in ("rider", "streets"))
    order = [first, *kept, overview, *(path for path in later if path in files)]
    scripts = [files[path] for path in order]
    html = _ICON.sub(lambda m: m[1] + _as_address(files[m[2]]) + m[3], html)
    html = _SCRIPT.sub("", _STYLE.sub("", _DOWNLOAD.sub("", html)))
    html = _allow(_allow(html, "script-src", scripts), "style-src", styles)
    inner = "".join(f"<style>{style}</style>\n" for style in styles)
    code = "".join(f"<script>{script}</script>\n" for script in scripts)
    return html.replace("</head>", f"{inner}</head>", 1).replace("</body>", f"{code}</body>", 1)


def _one_line_end(text: str) -> str:
    """A browser reads every line end of a page as one sign, and hashes what it read."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _as_address(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _allow(html: str, rule: str, texts: list[str]) -> str:
    """Replace ``'self'`` of a rule of the policy by the hashes of ``texts``."""
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()) for text in texts)
    sources = " ".join(f"&#39;sha256-{digest.decode()}&#39;" for digest in digests)
    quoted = re.compile(rf"{rule} (?:'|&#39;)self(?:'|&#39;)")
    found, count = quoted.subn(f"{rule} {sources}", html, count=1)
    if count != 1:
        raise AssertionError(f"the page's policy has no {rule} of its own")
    return found
