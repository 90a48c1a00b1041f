"""The scripts and styles of a map in the order in which a page loads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geomap.static_site.addresses import Wanted, read_address
from geomap.static_site.faults import Fault
from geomap.static_site.library import Found, Library
from geomap.static_site.markup import Markup
from geomap.static_site.rendering import Parts
from geomap.static_site.styles import list_urls, locate, strip_source_map

_FONT = r"""["' ]fa[bsrl]?["' ]|\bfa-(?!rotate)\w"""
#: What folium loads for every map by its name there, and what of a map's own text needs it.
_USED_BY = {
    "jquery": r"\$\(|\$\.|\bjQuery\b",
    "bootstrap": r"data-bs-|\bbootstrap\.",
    "awesome_markers": r"AwesomeMarkers",
    "bootstrap_css": r"""data-bs-|class=\\?["'][^"']*\b(?:table|btn|card|badge|alert|row)\b""",
    "glyphicons_css": r"glyphicon",
    "awesome_markers_font_css": _FONT,
    "awesome_markers_css": r"AwesomeMarkers",
    "awesome_rotate_css": r"fa-rotate-(?!0\b)\d",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A script or a style sheet: ``address`` in the site, ``text``, the package's file if any."""

    kind: str
    address: str
    text: str
    found: Found | None = None
    shown: Mapping[str, Found] = field(default_factory=dict)

    def find(self, url: str) -> Found | None:
        """Return the file that ``url`` in this sheet means."""
        if url in self.shown or self.found is None:
            return self.shown.get(url)
        path = locate(self.found.path, url)
        return Found(self.found.package, path) if path else None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Pieces in their order, and what is missing."""

    pieces: tuple[Piece, ...]
    faults: tuple[Fault, ...]


def gather(
    parts: Parts, markups: Iterable[Markup], library: Library, keep: Iterable[str] = ()
) -> Gathered:
    """Return what the head and the body of a map load; libraries that nothing uses stay out.

    Parameters
    ----------
    parts : the rendered map.
    markups : its head and body, taken apart.
    library : where libraries' files are.
    keep : names of folium's common libraries that stay though nothing seems to use them.
    """
    wanted = [one for markup in markups for one in markup.head]
    files = {url: library.find(read_address(url)) for kind, url in wanted if kind.endswith("link")}
    plugins = (_read(found) for url, found in files.items()
               if found and parts.names.get(url) not in {*_USED_BY, "leaflet"})  # fmt: skip
    inline = (text for kind, text in wanted if not kind.endswith("link"))
    own = "\n".join([parts.html, parts.script, *inline, *(html for _, html in parts.said)])
    unused = _unused(own, "\n".join(plugins)) - set(keep)
    wanted = [one for one in wanted if parts.names.get(one[1]) not in unused]
    pieces, missing = [], []
    for number, (kind, text) in enumerate(wanted, 1):
        if kind.endswith("link") and not files[text]:
            missing.append(_missing(read_address(text), library))
        else:
            pieces.append(_piece(kind, text, number, files, library))
    return Gathered(tuple(pieces), (*missing, *_check_styles(pieces)))


def _unused(own: str, plugins: str) -> set[str]:
    unused = {name for name, pattern in _USED_BY.items() if not re.search(pattern, own)}
    return unused - (
        {"awesome_markers_font_css"} if re.search(r"\bfa fa-|[\"']fa[\"']", plugins) else set()
    )


def _read(found: Found) -> str:
    return strip_source_map(found.path.read_text(encoding="utf-8-sig"))


def _piece(
    kind: str, text: str, number: int, files: Mapping[str, Found | None], library: Library
) -> Piece:
    found = files.get(text)
    if found is None:
        address = f"assets/map/{number}.{'js' if kind == 'script' else 'css'}"
        return Piece(kind, address, text, None, _find_shown(kind, text, library))
    kind, text = kind.removesuffix("-link"), _read(found)
    return Piece(kind, found.address, text, found, _find_shown(kind, text, library))


def _find_shown(kind: str, text: str, library: Library) -> dict[str, Found]:
    """Return the pictures and fonts of other hosts that a sheet names, where a package has them."""
    urls = list_urls(text) if kind == "style" else []
    foreign = {
        url: re.sub(r"^//", "https://", re.split("[?#]", url)[0]) for url in urls if "//" in url
    }
    found = {url: library.find(read_address(address)) for url, address in foreign.items()}
    return {url: file for url, file in found.items() if file}


def _missing(wanted: Wanted, library: Library) -> Fault:
    if not wanted.name:
        return Fault(wanted.url, "no package is known that holds this file",
                     f"put {wanted.file} into a folder and pass assets=[folder]")  # fmt: skip
    there = ", ".join(library.versions(wanted.name))
    other = f" (there is {there}: other_versions=True takes it)" if there else ""
    return Fault(
        wanted.url,
        f"{wanted.path or wanted.name} of {wanted.spec} is not installed{other}",
        f'run "npm install {wanted.spec}" and pass assets=[Path("node_modules")]',
    )


def _check_styles(pieces: Iterable[Piece]) -> list[Fault]:
    """Return a fault for each picture or font of a sheet that would not be there."""
    remedy = "write it as a data: address, or pass its folder in assets"
    return [
        Fault(piece.address, f"shows {url}, which is not there", remedy)
        for piece in pieces
        if piece.kind == "style"
        for url in list_urls(piece.text)
        if piece.find(url) is None
    ]
