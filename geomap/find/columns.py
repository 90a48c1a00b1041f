"""What the columns of a table without a heading row mean, judged by most of their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.find.lexicon import Lexicon
from geomap.hours import parse_hours

#: Fewer rows are no table (lines).
LEAST_ROWS = 3
#: What a column may mean, in the order in which its cells are asked (:func:`read_cell`).
_MEANINGS = ("kind", "ordinal", "phone", "opening_hours", "name", "address", "name")
#: Longer cells are prose (characters).
_LONGEST = 30
_ORDINAL = re.compile(r"(?:No\.?)?\d{1,4}[.、]?|[一二三四五六七八九十]{1,3}、?")
_PHONE = re.compile(r"[\d*()\-—转]{7,20}")
_ADDRESS = re.compile(
    r"[路街巷道弄]\d+|\d+号|(?:路|街|大道|巷|街道|镇|乡|村)$|交叉口|交汇处|路口|"
    r"^(?:[\u4e00-\u9fff]{2,6}(?:区|县|市))[\u4e00-\u9fff\d]{2,}"
)


def guess_columns(tallies: Sequence[Sequence[int]], rows: int) -> list[str]:
    """Column names of some rows of equal length; empty where they are no table of places.

    A table needs an address column, and before it one whose cells end like places or stations:
    a list of winners (person, street, prize) is none.

    Parameters
    ----------
    tallies : for each column the sum of :func:`read_cell` over the rows.
    """
    columns = [_guess(tally, rows) for tally in tallies]
    first = columns.index("name") if "name" in columns else -1
    columns = ["" if c == "name" and n != first else c for n, c in enumerate(columns)]
    if first < 0 or "address" not in columns or columns.index("address") < first:
        return []
    return columns


def read_cell(cell: str, lexicon: Lexicon) -> tuple[bool, ...]:
    """Whether a cell is prose, and for each of the meanings whether it may have it."""
    if len(cell) > _LONGEST or re.search(r"[。!?]", cell):
        return (True, *(False for _ in _MEANINGS))
    return (
        False,
        _is_kind(cell, lexicon),
        _ORDINAL.fullmatch(cell) is not None,
        _PHONE.fullmatch(cell) is not None,
        parse_hours(cell) is not None,
        bool(lexicon.find_heads(cell)),
        is_address(cell),
        lexicon.is_place(cell),
    )


def is_address(cell: str) -> bool:
    """Whether a cell says where in words of an address."""
    return _ADDRESS.search(cell) is not None


def _guess(tally: Sequence[int], rows: int) -> str:
    """Meaning of one column: the first that fits most of its cells; empty where one is prose."""
    prose, *fitting = tally
    fits = (name for name, n in zip(_MEANINGS, fitting, strict=True) if n >= 0.6 * rows)
    return "" if prose else next(fits, "")


def _is_kind(cell: str, lexicon: Lexicon) -> bool:
    """司机之家: a head, and nothing before it but its qualifiers."""
    found = [match for match in lexicon.find_heads(cell) if match.end() == len(cell)]
    if not found:
        return False
    before = lexicon.qualifiers.search(cell[: found[-1].start()])
    return before is not None and before.start() == 0
