"""The one way a CSV is written: it opens right in Excel and WPS, and no cell is a live formula.

A text that a spreadsheet could run gets an apostrophe in front, a spreadsheet's own mark for text.
:func:`unescape_formula` takes exactly that apostrophe away, so a table that we write reads back
unchanged.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from geomap.store.atomic import write_bytes
from geomap.text.blank import is_invisible

#: What begins a formula; every form of them (full-width, small, superscript) folds to these.
_FORMULA_STARTS = frozenset("=+-@|%\u2212")
#: A letter, digit or Chinese character that is seen and stands for itself.
_HARMLESS = re.compile("[0-9A-Za-z\u4e00-\u9fff]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write :func:`serialize_records` to ``path``, whole or not at all."""
    write_bytes(path, serialize_records(columns, rows))


def serialize_records(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return :func:`serialize_csv` of rows that name their columns; what one lacks is empty."""
    return serialize_csv(columns, ([row.get(name) for name in columns] for row in rows))


def serialize_csv(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a CSV: UTF-8 with BOM, CRLF; texts behind :func:`escape_formula`, numbers as numbers.

    None and NaN become an empty cell, a list is joined by ``;``. NUL, which no spreadsheet reads,
    is left out; half of a surrogate pair, which is no character, becomes ``?``.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(name) for name in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _cell(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(value)
    text = ";".join(map(str, value)) if isinstance(value, list) else str(value)
    return escape_formula(text.replace("\0", ""))


def escape_formula(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it; a number written as text stays a number."""
    if _HARMLESS.match(text):  # most texts
        return text
    return "'" + text if _is_live(text.lstrip("'")) else text


def unescape_formula(cell: str) -> str:
    """Return the text that :func:`escape_formula` made this cell of."""
    return cell[1:] if cell.startswith("'") and _is_live(cell.lstrip("'")) else cell


def _is_live(text: str) -> bool:
    """Whether a spreadsheet may take this for a formula, invisible characters before it or not."""
    if text.startswith(("\t", "\r", "\n")):
        return True
    first = next((each for each in text if not is_invisible(each)), "")
    folded = unicodedata.normalize("NFKC", first)[:1]
    return folded in _FORMULA_STARTS and not _NUMBER.fullmatch(text)
