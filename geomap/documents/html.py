"""The article of a web page: its headings, paragraphs, lists and tables, not its furniture."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

_GONE = (
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "iframe", "button",
    "select", "svg", "object", "head",
)  # fmt: skip
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav\w*|menu\w*|foot(?:er)?\w*|top-?bar|side-?bar|crumbs?|"
    r"breadcrumb\w*|share\w*|comments?|"
    r"advert\w*|ads?|banner\w*|related|recommend\w*|copyright|login|search\w*|"
    r"tool-?bar|pag(?:er|ination)|"
    r"hot\w*|links?|friend\w*|qrcode|tags?|mianbaoxie|dibu|header)(?:$|[-_\s])",
    re.IGNORECASE,
)
_BLOCKS = frozenset([
    "p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol",
    "dl", "dt", "dd", "table", "tr", "blockquote", "pre", "figure", "figcaption", "body", "header",
    "center", "td", "th",
])  # fmt: skip
#: A block whose text is mostly links, and is not long, is a menu.
_LINK_SHARE, _MENU_CHARACTERS = 0.6, 400
#: Where a line break parts no lines.
_NAMES = frozenset(["dt", "h1", "h2", "h3", "h4", "h5", "h6"])
#: A longer cell over several rows is said once (characters).
_CARRIED = 60
#: What furniture is renamed to before it is taken out.
_MARK = "furniture"


def html_text(markup: str) -> str:
    """Lines of the article; the cells of a table row are joined by tabs."""
    if not markup.strip():
        return ""
    try:
        root = lxml_html.document_fromstring(markup.encode("utf-8"), _parser())
    except etree.ParserError:
        return ""
    title = " ".join(str(root.findtext(".//title") or "").split())
    _drop_furniture(root)
    lines = _lines(_article(root))
    heading = re.split(r"[_|—-]{1,2}", title)[0].strip()
    if heading and not any(heading in line for line in lines[:4]):
        lines.insert(0, heading)
    return "\n".join(lines)


def _parser() -> lxml_html.HTMLParser:
    return lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


def _drop_furniture(root: lxml_html.HtmlElement) -> None:
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    words, links = _count_words(elements)
    for element in elements[1:]:
        if element.tag in _GONE or _is_furniture(element, words[element], links[element]):
            element.tag = _MARK
    # All at once: taken out one by one, each joins its tail to an ever longer text.
    etree.strip_elements(root, _MARK, with_tail=False)


def _count_words(
    elements: list[lxml_html.HtmlElement],
) -> tuple[dict[lxml_html.HtmlElement, int], dict[lxml_html.HtmlElement, int]]:
    """Characters inside each element, and those of its links, counted once from the leaves up."""
    words: dict[lxml_html.HtmlElement, int] = {}
    links: dict[lxml_html.HtmlElement, int] = {}
    for element in reversed(elements):
        words[element], links[element] = _length(element.text), 0
        for child in element:
            words[element] += words.get(child, 0) + _length(child.tail)
            links[element] += links.get(child, 0) + words.get(child, 0) * (child.tag == "a")
    return words, links


def _is_furniture(element: lxml_html.HtmlElement, words: int, links: int) -> bool:
    if element.tag in ("body", "html", "article", "main", "h1", "td", "tr", "table"):
        return False
    marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    if "display:none" in element.get("style", "").replace(" ", ""):
        return True
    if words < 3000 and _FURNITURE.search(marks):
        return element.find(".//article") is None
    if element.tag not in ("div", "ul", "section", "header", "p"):
        return False
    return 0 < words < _MENU_CHARACTERS and links > _LINK_SHARE * words


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _article(root: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """The element that holds the article: <article> or <main> when they hold most of the text."""
    body = root.find("body")
    body = root if body is None else body
    total = _length(body.text_content())
    for tag in ("article", "main"):
        found = list(body.iter(tag))
        if len(found) == 1 and _length(found[0].text_content()) * 2 >= total:
            return found[0]
    return body


def _lines(element: lxml_html.HtmlElement) -> list[str]:
    parts: list[str] = []
    _walk(element, parts)
    lines = "".join(parts).split("\n")
    return [line for line in (_tidy(line) for line in lines) if line]


def _tidy(line: str) -> str:
    return "\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip("\t ")


def _walk(element: lxml_html.HtmlElement, parts: list[str]) -> None:
    """Text in reading order, without recursion, so that deep nesting cannot exhaust the stack."""
    cells = 0
    merged = _Merged()
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        cell = tag in ("td", "th")
        cells += (event == "start") - (event == "end") if cell else 0
        block = tag in _BLOCKS and not cell and not cells
        if event == "start":
            if not cells and tag in ("table", "tr"):
                merged.open(tag)
            parts += merged.before() if cell and cells == 1 else ()
            merged.begin = len(parts) if cell and cells == 1 else merged.begin
            inline = cells or (node.getparent() is not None and node.getparent().tag in _NAMES)
            parts.append("\n" if block or (tag == "br" and not inline) else "")
            parts.append(re.sub(r"\s+", " ", node.text or ""))
        else:
            parts += merged.before() if tag == "tr" and not cells else ()
            parts += merged.after(node, parts) if cell and not cells else ()
            parts.append("\t" if cell else "\n" if block else " " if cells else "")
            if node is not element:
                parts.append(re.sub(r"\s+", " ", node.tail or ""))


class _Merged:
    """The merged cells of a table: one over several rows stands in each of them."""

    def __init__(self) -> None:
        self.begin = 0
        self._column = 0
        self._below: dict[int, tuple[int, str]] = {}

    def open(self, tag: str) -> None:
        """A table, or one of its rows, begins."""
        self._column = 0
        self._below = {} if tag == "table" else self._below

    def before(self) -> list[str]:
        """The cells from the rows above that stand here, before the next one or the row's end."""
        carried = []
        while self._column in self._below:
            left, words = self._below.pop(self._column)
            if left > 1:
                self._below[self._column] = left - 1, words
            carried.append(f"{words}\t")
            self._column += 1
        return carried

    def after(self, cell: lxml_html.HtmlElement, parts: list[str]) -> list[str]:
        """The empty cells that a wide one stands for; a high one is kept for the rows below."""
        words = " ".join("".join(parts[self.begin :]).split())
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        if height > 1:
            self._below[self._column] = height - 1, words if len(words) <= _CARRIED else ""
        self._column += width
        return ["\t"] * (width - 1)


def _span(cell: lxml_html.HtmlElement, name: str) -> int:
    """Over how many columns or rows a cell stands; one where its page says no sensible number."""
    words = str(cell.get(name, "1")).strip()
    return int(words) if re.fullmatch(r"[1-9]\d{0,2}", words) else 1
