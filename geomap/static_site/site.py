"""StaticSite: any folium map as files that need no other host and no inline code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from posixpath import dirname, relpath

from branca.element import Element, Figure
from markupsafe import Markup as Safe

from geomap.static_site import markup as html
from geomap.static_site.addresses import read_address
from geomap.static_site.faults import Fault, StaticSiteError
from geomap.static_site.hosts import Asked, check_hosts, list_asked, list_inside
from geomap.static_site.library import Found, Library
from geomap.static_site.page_templates import ENVIRONMENT, TEMPLATES
from geomap.static_site.pieces import Piece, gather
from geomap.static_site.policy import hash_source, write_policy
from geomap.static_site.rendering import Parts, render, walk
from geomap.static_site.styles import as_data, list_near, list_urls, replace_urls
from geomap.static_site.unfit import find_unfit

_INERT = TEMPLATES / "static" / "inert.js"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map taken apart and found fit: what both forms of the site are written from."""

    title: str
    metas: tuple[tuple[str, str], ...]
    head: tuple[Piece, ...]
    html: str
    scripts: tuple[Piece, ...]
    pictures: Mapping[str, Found] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    inside: Mapping[str, str] = field(default_factory=dict)


class StaticSite:
    """A folium map as a site: one folder or one file, over http and from ``file://``.

    Every script, style, font and picture is copied from installed packages or from ``assets``;
    inline code moves into files; ids are counted, so the same map gives the same bytes; a strict
    Content-Security-Policy lets in nothing else. Words in popups, tooltips and data cannot run.

    Parameters
    ----------
    map_ : a ``folium.Map``, ``DualMap``, ``Figure``, or any element of one; it is not changed.
    assets : folders with browser libraries: an npm project, its ``node_modules``, one package, or
        plain files. Leaflet and folium's own files are found without.
    allow_hosts : hosts that layers may ask, e.g. ``["tile.openstreetmap.org"]``; none by default.
    keep : names of folium's common libraries (``bootstrap_css``, ``jquery``, …) to load although
        nothing on the map seems to use them.
    other_versions : whether a library of another version than folium asks for will do.
    plain_text : whether popups and tooltips are text; else HTML, as in folium.
    title, lang : of the page; the figure's title by default.

    Examples
    --------
    >>> StaticSite(folium.Map((39.9, 116.4), tiles=None)).save("map")
    """

    def __init__(
        self,
        map_: Element,
        *,
        assets: Iterable[Path | str] = (),
        allow_hosts: Iterable[str] = (),
        keep: Iterable[str] = (),
        other_versions: bool = False,
        plain_text: bool = False,
        title: str = "",
        lang: str = "en",
    ) -> None:
        self._map = map_
        self._library = Library(map(Path, assets), other_versions=other_versions)
        self._allowed, self._keep = tuple(allow_hosts), tuple(keep)
        self._plain_text, self._title, self._lang = plain_text, title, lang

    def files(self) -> dict[str, bytes]:
        """Return path → bytes; ``index.html`` is the page.

        Raises
        ------
        StaticSiteError
            Something cannot live under the policy: all of it is named, with what to do.
        """
        drawn = self.draw()
        files = list_files(drawn)
        sources = {url: found.address for url, found in drawn.pictures.items()}
        rules = {"script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
                 "font-src": "'self' data:"}  # fmt: skip
        files["index.html"] = self._page(drawn, sources, rules, _link)
        return dict(sorted(files.items()))

    def one_file(self) -> bytes:
        """Return the site as one HTML document, its scripts and styles named by their hashes.

        Raises
        ------
        StaticSiteError
            As :meth:`files`.
        """
        drawn = self.draw()
        drawn = _with_everything_inside(drawn)
        sources = {url: _data(found) for url, found in drawn.pictures.items()}
        hashes = {
            kind: " ".join(dict.fromkeys(hash_source(piece.text)
                           for piece in (*drawn.head, *drawn.scripts) if piece.kind == kind))
            for kind in ("script", "style")
        }  # fmt: skip
        rules = {"script-src": hashes["script"], "style-src": hashes["style"] or "'none'",
                 "img-src": "data:", "font-src": "data:"}  # fmt: skip
        return self._page(drawn, sources, rules, _inline)

    def save(self, path: Path | str) -> Path:
        """Write one file when ``path`` ends with ``.html``, else a folder; return the page.

        Raises
        ------
        StaticSiteError
            As :meth:`files`; nothing is written then.
        """
        path = Path(path)
        if path.suffix == ".html":
            path.write_bytes(self.one_file())
            return path
        for name, content in self.files().items():
            target = path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return path / "index.html"

    def draw(self) -> Drawn:
        """Return the map taken apart, or raise with all that cannot live on the page."""
        figure = self._map.get_root()
        if not isinstance(figure, Figure):
            raise TypeError(f"{type(self._map).__name__} stands on no map: add it to a folium.Map")
        parts = render(figure, plain_text=self._plain_text)
        head, body = html.take_apart(parts.header, "head"), html.take_apart(parts.html, "style")
        gathered = gather(parts, (head, body), self._library, self._keep)
        elements = walk(figure)
        asked = list_asked(elements)
        pictures, lost = self._find_pictures(body.html)
        faults = [*gathered.faults, *check_hosts(asked, self._allowed), *find_unfit(elements),
                  *lost, *_find_code(parts, body.html)]  # fmt: skip
        if faults:
            raise StaticSiteError(faults)
        inert = Piece("script", "assets/inert.js", _INERT.read_text(encoding="utf-8"))
        script = Piece("script", "assets/map/map.js", parts.script)
        title = self._title or figure.title or ""
        metas = (*head.metas, *body.metas)
        return Drawn(title, metas, (inert, *gathered.pieces), body.html, (script,), pictures,
                     tuple(asked), list_inside(elements))  # fmt: skip

    def _find_pictures(self, body: str) -> tuple[dict[str, Found], list[Fault]]:
        """Return the files that the body's ``src`` name, and those that nobody has."""
        found: dict[str, Found] = {}
        lost = []
        for tag, url in html.list_sources(body):
            if url.startswith("data:") or any(host in url for host in self._allowed):
                continue
            if file := self._library.find(read_address(url)):
                found[url] = file
            else:
                lost.append(
                    Fault(
                        f"<{tag}> {url[:120]}",
                        "is not a file of this site",
                        "pass its folder in assets, or write it as a data: address",
                    )
                )
        return found, lost  # fmt: skip

    def _page(
        self,
        drawn: Drawn,
        sources: Mapping[str, str],
        rules: Mapping[str, str],
        tag: Callable[[Piece], str],
    ) -> bytes:
        page = ENVIRONMENT.get_template("static/page.html.j2").render(
            lang=self._lang,
            title=drawn.title,
            policy=Safe(write_policy(add_sources(rules, drawn))),
            metas=drawn.metas,
            head=[Safe(tag(piece)) for piece in drawn.head],
            html=Safe(html.replace_sources(drawn.html, dict(sources))),
            scripts=[Safe(tag(piece)) for piece in drawn.scripts],
        )
        return page.encode()


def add_sources(rules: Mapping[str, str], drawn: Drawn) -> dict[str, str]:
    """Return the policy's rules with what a map carries in itself and the hosts it may ask."""
    added = [*drawn.inside.items(), *((one.directive, one.source) for one in drawn.asked)]
    policy = {name: sources.split() for name, sources in rules.items()}
    for directive, source in added:
        policy.setdefault(directive, []).append(source)
    return {name: " ".join(dict.fromkeys(sources)) for name, sources in policy.items()}


def list_files(drawn: Drawn) -> dict[str, bytes]:
    """Return address → bytes of what a page with this map loads; all begin with ``assets/``."""
    pieces = (*drawn.head, *drawn.scripts)
    files = {piece.address: _beside(piece).encode() for piece in pieces}
    for piece in pieces:
        if piece.kind == "style":
            shown = filter(None, map(piece.find, list_urls(piece.text)))
            files |= {one.address_of(near): near.read_bytes()
                      for one in shown for near in list_near(one.path)}  # fmt: skip
    return files | {one.address: one.path.read_bytes() for one in drawn.pictures.values()}


def _find_code(parts: Parts, body: str) -> list[Fault]:
    said = (
        fault for name, text in parts.said for fault in html.find_code(text, name, is_text=True)
    )
    return [*html.find_code(body, "the map's HTML"), *said]


def _beside(piece: Piece) -> str:
    """Return a sheet with the files of other packages at their place in this site."""
    here = dirname(piece.address)
    return replace_urls(
        piece.text,
        lambda url: relpath(piece.shown[url].address, here) if url in piece.shown else url,
    )


def _link(piece: Piece) -> str:
    if piece.kind == "style":
        return f'<link rel="stylesheet" href="{piece.address}">'
    return f'<script src="{piece.address}"></script>'


def _inline(piece: Piece) -> str:
    return f"<{piece.kind}>{piece.text}</{piece.kind}>"


def _data(found: Found) -> str:
    return as_data(found.path.name, found.path.read_bytes())


def _with_everything_inside(drawn: Drawn) -> Drawn:
    """Return the map with pictures and fonts inside its sheets, and no text that ends a script."""
    head = tuple(map(_inside, drawn.head))
    found = [piece.found for piece in drawn.head if piece.kind == "script" and piece.found]
    icons = [_icons(file) for file in found if file.package.name == "leaflet"]
    scripts = (*(Piece("script", "", text) for text in icons), *map(_inside, drawn.scripts))
    return replace(drawn, head=head, scripts=scripts)


def _inside(piece: Piece) -> Piece:
    text = piece.text.replace("\r\n", "\n").replace("\r", "\n")
    if piece.kind == "script":
        text = text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    else:
        text = replace_urls(text, lambda url: _data(_find(piece, url)))
    return replace(piece, text=text)


def _find(sheet: Piece, url: str) -> Found:
    found = sheet.find(url)
    assert found is not None, "what a sheet shows and nobody has is a fault"
    return found


def _icons(leaflet: Found) -> str:
    """Leaflet finds its marker's pictures beside its sheet; in one file they are told."""
    folder = next(leaflet.package.folder.rglob("marker-icon.png")).parent
    names = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png",
             "shadowUrl": "marker-shadow.png"}  # fmt: skip
    urls = ", ".join(
        f'{key}: "{as_data(name, (folder / name).read_bytes())}"' for key, name in names.items()
    )
    return f'L.Icon.Default.imagePath = "";\nL.Icon.Default.mergeOptions({{ {urls} }});'
