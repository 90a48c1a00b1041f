"""What the columns of a table without a heading row mean, judged by most of their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.find.lexicon import Lexicon
from geomap.hours import parse_hours

#: Fewer rows are no table (lines).
LEAST_ROWS = 3
#: Longer cells are prose (characters).
_LONGEST = 30
_ORDINAL = re.compile(r"(?:No\.?)?\d{1,4}[.、]?|[一二三四五六七八九十]{1,3}、?")
_PHONE = re.compile(r"[\d*()\-—转]{7,20}")
_ADDRESS = re.compile(
    r"[路街巷道弄]\d+|\d+号|(?:路|街|大道|巷|街道|镇|乡|村)$|交叉口|交汇处|路口|"
    r"^(?:[\u4e00-\u9fff]{2,6}(?:区|县|市))[\u4e00-\u9fff\d]{2,}"
)


def guess_columns(rows: Sequence[Sequence[str]], lexicon: Lexicon) -> list[str]:
    """Column names of rows of equal length; empty where they are no table of places.

    A table needs an address column, and before it one whose cells end like places or stations:
    a list of winners (person, street, prize) is none.
    """
    columns = [_guess(cells, lexicon) for cells in zip(*rows, strict=True)]
    first = columns.index("name") if "name" in columns else -1
    columns = ["" if c == "name" and n != first else c for n, c in enumerate(columns)]
    if first < 0 or "address" not in columns or columns.index("address") < first:
        return []
    return columns


def _guess(cells: Sequence[str], lexicon: Lexicon) -> str:
    """Meaning of one column; empty where nothing fits most of its cells."""
    if any(len(cell) > _LONGEST or re.search(r"[。!?]", cell) for cell in cells):
        return ""
    most = 0.6 * len(cells)
    if sum(_is_kind(cell, lexicon) for cell in cells) >= most:
        return "kind"
    if sum(_ORDINAL.fullmatch(cell) is not None for cell in cells) >= most:
        return "ordinal"
    if sum(_PHONE.fullmatch(cell) is not None for cell in cells) >= most:
        return "phone"
    if sum(parse_hours(cell) is not None for cell in cells) >= most:
        return "opening_hours"
    if sum(lexicon.head.search(cell) is not None for cell in cells) >= most:
        return "name"
    if sum(_ADDRESS.search(cell) is not None for cell in cells) >= most:
        return "address"
    return "name" if sum(lexicon.is_place(cell) for cell in cells) >= most else ""


def _is_kind(cell: str, lexicon: Lexicon) -> bool:
    """司机之家: a head, and nothing before it but its qualifiers."""
    found = [match for match in lexicon.head.finditer(cell) if match.end() == len(cell)]
    if not found:
        return False
    before = lexicon.qualifiers.search(cell[: found[-1].start()])
    return before is not None and before.start() == 0
