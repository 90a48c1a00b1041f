"""The gate that keeps other hosts out: every absolute address in a finished site, found again.

It reads what was written, not what was meant: attributes of the HTML, ``url()`` and ``@import``
of the styles, and addresses in the scripts. Facts (data scripts, GeoJSON, CSV) may quote an
address; it reaches the page as text and is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from html.parser import HTMLParser

from geomap.static_site.policy import hash_source

#: Links that a rider taps to be led there (vendors' documentation), in the riders' script alone,
#: and names in Leaflet's code that are never asked: a namespace and its own home page.
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "*public/assets/*rider.js": (
        "https://uri.amap.com/", "https://api.map.baidu.com/", "http://api.map.baidu.com/",
        "https://apis.map.qq.com/", "https://maps.apple.com/", "http://www.w3.org/2000/svg",
        "https://leafletjs.com",
    ),
    "*/leaflet.js": ("http://www.w3.org/2000/svg", "https://leafletjs.com"),
    "*/icon.svg": ("http://www.w3.org/2000/svg",),
}  # fmt: skip

_ADDRESS = re.compile(r"(?:https?|wss?|ftp)://[^\s\"'`<>)\\]+|(?<=[\"'`(])//[\w-]+\.[\w.-]+", re.I)
_IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]*)|@import\s+[\"']([^\"']*)", re.I)
_ABSOLUTE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//|\s*(?:https?|wss?|ftp|javascript):", re.I)
_ASKING = ("src", "href", "srcset", "action", "formaction", "poster", "data", "ping", "manifest",
           "background", "cite", "xlink:href")  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Foreign:
    """One thing that a page must not have: the file, and the address or code found there."""

    path: str
    what: str


def find_foreign(site: Mapping[str, bytes], hosts: Iterable[str] = ()) -> list[Foreign]:
    """Return every absolute address, and inline code that a page's policy does not name by hash.

    Parameters
    ----------
    site : path → bytes as :func:`geomap.pages.draw_site` returns it.
    hosts : beginnings of addresses that the settings opted into (tile providers).
    """
    found = []
    for path, content in site.items():
        allowed = (*hosts, *(prefix for pattern, prefixes in ALLOWED.items()
                             if fnmatchcase(path, pattern)
                             for prefix in prefixes))  # fmt: skip
        found += [Foreign(path, what) for what in _find(path, content)
                  if not what.startswith(allowed)]  # fmt: skip
    return sorted(found)


def _find(path: str, content: bytes) -> Iterator[str]:
    if path.endswith(".html"):
        yield from _Reader.read(content.decode())
    elif path.endswith(".css"):
        yield from _find_in_style(content.decode())
    elif path.endswith((".js", ".svg", ".webmanifest")) and not content.startswith(b"geomap.take("):
        yield from (match.group() for match in _ADDRESS.finditer(content.decode()))


def _find_in_style(style: str) -> Iterator[str]:
    bare = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    for match in _IN_STYLE.finditer(bare):
        address = match.group(1) or match.group(2) or ""
        if _ABSOLUTE.match(address):
            yield address


class _Reader(HTMLParser):
    """Collects what a browser would run or ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""
        self._text = ""
        self._policy = ""

    @classmethod
    def read(cls, html: str) -> list[str]:
        reader = cls()
        reader.feed(html)
        reader.close()
        return reader.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside, self._text = tag if tag in ("script", "style") else "", ""
        if dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self._policy = dict(attrs).get("content") or ""
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.found.append(f"<{tag} {name}>")
            elif _asks(tag, name, value or ""):
                self.found.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if self._text.strip() and hash_source(self._text) not in self._policy:
            self.found.append(f"<{self._inside}> {self._text.strip()[:40]}")
        elif self._inside == "style":
            self.found += _find_in_style(self._text)
        self._inside, self._text = "", ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._text += data


def _asks(tag: str, name: str, value: str) -> bool:
    is_refresh = tag == "meta" and name == "content" and "url=" in value.lower()
    return is_refresh or (name in _ASKING and bool(_ABSOLUTE.match(value)))
