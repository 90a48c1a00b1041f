"""The tables of a web page: what many a program calls .xls and saves as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

from geomap.sheets.grid import Grid, collect_rows

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
#: How far a cell may reach over others, in rows or columns.
_WIDEST = 999


def is_web_page(raw: bytes) -> bool:
    """Whether a file begins as a web page and has a row of a table."""
    return raw[:100].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") and (
        b"<tr" in raw or b"<TR" in raw
    )


def read_web_page(name: str, raw: bytes) -> Grid:
    """Return the rows of all tables of a page under each other; the first row is number 1.

    Raises
    ------
    InputError
        There are more cells than a sheet can have.
    """
    said = _CHARSET.search(raw[:2000])
    encoding = said.group(1).decode().lower() if said else "utf-8"
    encoding = "gb18030" if encoding.startswith("gb") else encoding
    page = html.document_fromstring(
        raw, parser=html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    )
    rows = [row for row in page.iter("tr") if row.find(".//table") is None]
    return collect_rows(name, list(_whole_rows(rows)), str)


def _whole_rows(rows: list[HtmlElement]) -> Iterator[list[str]]:
    """Return the cells of each row; a high one stands in every row that it spans."""
    below: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _carry(below, cells)
            text = _text(cell)
            if (height := _span(cell, "rowspan")) > 1:
                below[len(cells)] = (height - 1, text)
            cells += [text, *[""] * (_span(cell, "colspan") - 1)]
        _carry(below, cells)
        yield cells


def _carry(below: dict[int, tuple[int, str]], cells: list[str]) -> None:
    while len(cells) in below:
        left, text = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = (left - 1, text)
        cells.append(text)


def _text(cell: HtmlElement) -> str:
    for line in cell.iter("br"):
        line.tail = f"\n{line.tail or ''}"
    lines = (" ".join(line.split()) for line in cell.text_content().split("\n"))
    return "\n".join(filter(None, lines))


def _span(cell: HtmlElement, name: str) -> int:
    said = str(cell.get(name, "1")).strip()
    return min(int(said), _WIDEST) if re.fullmatch(r"[1-9]\d{0,3}", said) else 1
