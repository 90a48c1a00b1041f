"""Style sheets and what they show: pictures and fonts beside them, or inside them."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Callable
from pathlib import Path

_URL = re.compile(r"""url\(\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^"'()\s]*))\s*\)""")
_PICTURES = (".png", ".gif", ".svg", ".jpg", ".jpeg", ".webp")
#: Only a debugger asks for the map file, and then finds nothing.
_SOURCE_MAP = re.compile(r"\n?(?://|/\*)[#@] sourceMappingURL=\S+(?:\s*\*/)?\s*$")


def strip_source_map(text: str) -> str:
    """Return a script or a style sheet without the name of its source map."""
    return _SOURCE_MAP.sub("\n", text)


def replace_urls(css: str, change: Callable[[str], str]) -> str:
    """Return the sheet with each ``url(…)`` that names a file put through ``change``."""

    def changed(match: re.Match[str]) -> str:
        url = match["a"] or match["b"] or match["c"] or ""
        return match[0] if url.startswith(("data:", "#")) or not url else f'url("{change(url)}")'

    return _URL.sub(changed, css)


def list_urls(css: str) -> list[str]:
    """Return the files that a sheet names, in their order."""
    urls: list[str] = []
    replace_urls(css, lambda url: urls.append(url) or url)  # type: ignore[func-returns-value]
    return urls


def list_near(path: Path) -> list[Path]:
    """Return what a file that a sheet shows brings: itself, and a picture those beside it.

    Leaflet finds its markers beside ``layers.png``.
    """
    if path.suffix not in _PICTURES:
        return [path]
    return sorted(near for near in path.parent.iterdir() if near.suffix in _PICTURES)


def locate(sheet: Path, url: str) -> Path | None:
    """Return the file that ``url`` in a sheet means; None where there is none."""
    path = (sheet.parent / re.split("[?#]", url)[0]).resolve()
    return path if ":" not in url and not url.startswith("/") and path.is_file() else None


def as_data(name: str, content: bytes) -> str:
    """Return a file as a ``data:`` address."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
