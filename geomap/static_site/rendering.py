"""A folium map as text in three parts, with stable names and inert words.

folium writes popups and tooltips into JavaScript's template strings, where ``${…}`` is code, and
names everything at random. Here their words are JSON, and names are counted in the order in which
they are read.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import branca.element
from branca.element import Element, Figure, Html, Link
from folium.features import ClickForMarker
from folium.map import Popup, Tooltip
from folium.template import Template
from markupsafe import escape

from geomap.static_site.json_text import to_json

Children = Mapping[str, Element]

_ID = re.compile(r"[0-9a-f]{32}")
_ONE_AT_A_TIME = threading.Lock()
_OPEN_PLACE = re.compile(r"\$\{(?!(?:lat|lng)\})")

_POPUP = Template(
    """
    var {{ this.get_name() }} = L.popup({{ this.options|tojavascript }});
    {% for name, html in this.static_html() %}
    var {{ name }} = geomapInert.node({{ html }});
    {{ this.get_name() }}.setContent({{ name }});
    {% endfor %}
    {{ this._parent.get_name() }}.bindPopup({{ this.get_name() }})
    {%- if this.show %}.openPopup(){% endif %};
    {% for element in this.script._children.values() %}
    {{ element.render() }}
    {% endfor %}
    """
)
_TOOLTIP = Template(
    """
    {% macro script(this, kwargs) %}
    {{ this._parent.get_name() }}.bindTooltip(
        {{ this.static_html() }}, {{ this.options|tojavascript }}
    );
    {% endmacro %}
    """
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a figure writes: into its head, its body, and its script.

    ``said`` is the HTML of popups and tooltips with the name of each; ``names`` maps the address
    of a library to folium's name of it.
    """

    header: str
    html: str
    script: str
    said: tuple[tuple[str, str], ...]
    names: dict[str, str]


def walk(root: Element) -> list[Element]:
    """Return the elements of a tree: children, parts, and those that attributes name."""
    seen: dict[int, Element] = {}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if id(element) in seen:
            continue
        seen[id(element)] = element
        attributes = {key: value for key, value in vars(element).items() if key != "_parent"}
        waiting += reversed([*_elements(attributes)])
    return [*seen.values()]


def _elements(attributes: dict[str, Any]) -> Iterator[Element]:
    for value in attributes.values():
        inner = value.values() if isinstance(value, dict) else value
        for one in inner if isinstance(inner, (list, tuple, type({}.values()))) else (value,):
            if isinstance(one, Element):
                yield one


def render(figure: Figure, *, plain_text: bool = False) -> Parts:
    """Return the parts of a figure; it is left as it was.

    Parameters
    ----------
    figure : of any folium map.
    plain_text : whether words of popups and tooltips are text; else they are HTML, as in folium.
    """
    said: list[tuple[str, str]] = []
    own = [dict(part._children) for part in (figure.header, figure.html, figure.script)]
    with ExitStack() as stack:
        stack.enter_context(_verbatim())
        for element in walk(figure):
            stack.enter_context(_inert(element, plain_text, said))
        parts = stack.enter_context(_parts_of(figure))
        for child in figure._children.values():
            child.render()
        for part, before in zip(parts, own, strict=True):
            part._children = _merge(before, part._children)
        links = {child.url: name for name, child in figure.header._children.items()
                 if isinstance(child, Link)}  # fmt: skip
        texts = [part.render() for part in parts]
    known = {element._id for element in walk(figure)}
    header, html, script, *htmls = _rename([*texts, *(html for _, html in said)], known)
    names = [name for name, _ in said]
    return Parts(header, html, script, tuple(zip(names, htmls, strict=True)), links)


@contextmanager
def _parts_of(figure: Figure) -> Iterator[tuple[Element, Element, Element]]:
    """Give the figure's three parts, emptied; afterwards they are as they were."""
    parts = (figure.header, figure.html, figure.script)
    before = [part._children for part in parts]
    for part in parts:
        part._children = OrderedDict()
    try:
        yield parts
    finally:
        for part, children in zip(parts, before, strict=True):
            part._children = children


def _merge(own: Children, rendered: Children) -> OrderedDict[str, Element]:
    """Return what the author put into a part, then what rendering did, in its order.

    What an earlier rendering left stands under another element's name, and is rendered again.
    """

    def is_own(name: str, child: Element) -> bool:
        return name not in rendered and (name == child.get_name() or not _ID.search(name))

    kept = {name: child for name, child in own.items() if is_own(name, child)}
    return OrderedDict({**kept, **rendered})


class _Verbatim:
    """Stands for a template that is text already."""

    def __init__(self, text: str) -> None:
        self._text = text

    def render(self, **_: object) -> str:
        return self._text


@contextmanager
def _verbatim() -> Iterator[None]:
    """Keep branca from reading what an element has written as a template once more.

    It would run ``{{…}}`` in a station's name. The name is looked up in branca's module when an
    element is made, so it is replaced there, by one thread at a time.
    """
    with _ONE_AT_A_TIME:
        own = vars(branca.element)["Template"]
        vars(branca.element)["Template"] = _Verbatim
        try:
            yield
        finally:
            vars(branca.element)["Template"] = own


@contextmanager
def _inert(element: Any, plain_text: bool, said: list[tuple[str, str]]) -> Iterator[None]:
    """Let an element write its words as JSON while the context lasts; its HTML is ``said``."""

    def tell(html: str) -> str:
        said.append((type(element).__name__, html))
        return to_json(html)

    def tell_popup() -> list[tuple[str, str]]:
        contents = element.html._children.items()
        return [(name, tell(_popup_html(child, plain_text))) for name, child in contents]

    own = dict(vars(element))
    if type(element)._template is Popup._template:
        element._template, element.static_html = _POPUP, tell_popup
    elif type(element)._template is Tooltip._template:
        element._template = _TOOLTIP
        element.static_html = lambda: tell(_tooltip_html(element, plain_text))
    elif isinstance(element, ClickForMarker) and element.popup.startswith("`"):
        element.popup = _OPEN_PLACE.sub(r"\\${", element.popup)
    try:
        yield
    finally:
        for name in ("static_html", "_template", "popup"):
            if name in own:
                setattr(element, name, own[name])
            else:
                vars(element).pop(name, None)


def _popup_html(child: Element, plain_text: bool) -> str:
    if isinstance(child, Html):
        words = child.data.replace("\\`", "`")  # folium escapes what stands in its template string
        return str(escape(words)) if plain_text or not child.script else words
    html: str = child.render()
    return html


def _tooltip_html(tooltip: Tooltip, plain_text: bool) -> str:
    words = str(escape(tooltip.text)) if plain_text else tooltip.text
    style = getattr(tooltip, "style", "")
    return f'<div style="{escape(style)}">{words}</div>' if style else words


def _rename(texts: list[str], known: set[str]) -> list[str]:
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        name = match[0]
        return numbers.setdefault(name, str(len(numbers) + 1)) if name in known else name

    return [_ID.sub(number, text) for text in texts]
