"""HTML taken apart: links, styles, scripts, and what is left without styles in attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html
from lxml.html import HtmlElement

from geomap.static_site.faults import Fault

_ADDRESSES = ("href", "src", "action", "formaction", "data", "{http://www.w3.org/1999/xlink}href")
_CODE = re.compile(r"[\s\x00-\x20]*(javascript|vbscript|data\s*:\s*text/html)", re.I)
_FRAMES = ("iframe", "frame", "object", "embed", "base")
_HANDLER_REMEDY = "attach the listener in a script, e.g. with folium.JsCode or EventHandler"
_TEXT_REMEDY = (
    "write the words without it; if they are no HTML, pass plain_text=True, "
    "or folium.Popup(…, parse_html=True)"
)


@dataclass(slots=True)
class Markup:
    """Finished HTML and what was taken out of it, each in its order.

    ``head`` holds ("script" | "style" | "script-link" | "style-link", text or address).
    """

    metas: list[tuple[str, str]] = field(default_factory=list)
    head: list[tuple[str, str]] = field(default_factory=list)
    html: str = ""


def take_apart(html: str, prefix: str) -> Markup:
    """Return the HTML without links, styles and scripts; ``style=`` becomes a rule of a sheet.

    Parameters
    ----------
    html : a piece of a page's head or body.
    prefix : begins the names of the classes that stand for styles.
    """
    taken, root = Markup(), _parse(html)
    for node in [*root.iter("meta", "link", "style", "script", "title")]:
        _take(node, taken)
        node.drop_tree()
    rules = [
        _restyle(node, f"{prefix}-{n}") for n, node in enumerate(root.xpath(".//*[@style]"), 1)
    ]
    if rules:
        taken.head.append(("style", "\n".join(rules)))
    taken.html = _inside(root).strip()
    return taken


def find_code(html: str, where: str, *, is_text: bool = False) -> Iterator[Fault]:
    """Give what of ``html`` would run: handlers, script addresses, scripts and frames."""
    if "<" not in html:
        return
    remedy = _TEXT_REMEDY if is_text else _HANDLER_REMEDY
    for node in _parse(html).iter():
        if not isinstance(node.tag, str):
            continue
        label = f"{where} <{node.tag}{' id=' + node.get('id') if node.get('id') else ''}>"
        if node.tag in _FRAMES or (is_text and node.tag == "script"):
            yield Fault(label, f"a <{node.tag}> cannot stand on a strict page", remedy)
        for name, value in node.attrib.items():
            if name.startswith("on"):
                yield Fault(label, f'inline handler {name}="{value[:60]}"', remedy)
            elif name in _ADDRESSES and _CODE.match(value):
                yield Fault(label, f'code as an address {name}="{value[:60]}"', remedy)


def replace_sources(html: str, addresses: dict[str, str]) -> str:
    """Return the HTML with each ``src`` that ``addresses`` holds replaced."""
    root = _parse(html)
    for node in root.xpath(".//*[@src]"):
        node.set("src", addresses.get(node.get("src"), node.get("src")))
    return _inside(root)


def list_sources(html: str) -> list[tuple[str, str]]:
    """Return tag and ``src`` of whatever the HTML loads."""
    return [(node.tag, node.get("src")) for node in _parse(html).xpath(".//*[@src]")]


def _parse(html: str) -> HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    page = lxml.html.document_fromstring(
        f"<!DOCTYPE html><html><body><div>{html}</div></body></html>".encode(), parser=parser
    )
    return page.body[0]


def _inside(root: HtmlElement) -> str:
    inner = [root.text or "", *(lxml.html.tostring(node, encoding="unicode") for node in root)]
    return "".join(inner)


def _take(node: HtmlElement, taken: Markup) -> None:
    text = node.text_content()
    if node.tag == "meta" and node.get("name"):
        taken.metas.append((node.get("name"), " ".join(node.get("content", "").split())))
    elif node.tag == "link" and node.get("rel") == "stylesheet":
        taken.head.append(("style-link", node.get("href")))
    elif node.tag == "style" and text.strip():
        taken.head.append(("style", text))
    elif node.tag == "script":
        source = node.get("src")
        taken.head.append(("script-link", source) if source else ("script", text))


def _restyle(node: HtmlElement, name: str) -> str:
    """Move a node's ``style`` into a rule: stronger than any id, weaker than a script."""
    node.set("class", f"{node.get('class', '')} {name}".strip())
    return f":is(.{name}, #a#a#a) {{ {node.attrib.pop('style')} }}"
