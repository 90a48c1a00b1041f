"""A workbook or a Word file as the same bytes on every run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

#: Spreadsheets refuse a longer cell.
_MOST = 32_000
#: Zip entries and properties carry a day; a fixed one keeps the file the same on every run.
_DAY = datetime(2026, 1, 1)
#: What XML 1.0 must not hold, so no cell of a workbook: controls, halves of pairs, non-characters.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return a text without the characters that XML refuses; none of them can be printed."""
    return text if text.isprintable() else _NO_XML.sub("", text)


def cell_text(text: str) -> str:
    """Return what a cell can hold of a text: at most 32,000 characters, none that XML refuses."""
    return xml_text(text)[:_MOST]


def sheet_rows(
    columns: Iterable[Sequence[str | float | None]], styles: Sequence[int] = ()
) -> bytes:
    """Return the rows of a sheet below its headings, as XML; an empty cell is None.

    Whole columns take a fifth of what openpyxl takes cell by cell. ``styles`` are the workbook's
    own numbers of each column's style; none: all are plain.
    """
    cells = []
    for number, values in enumerate(columns, start=1):
        letter = get_column_letter(number)
        style = f' s="{styles[number - 1]}"' if styles and styles[number - 1] else ""
        known = {value: style + _fill_cell(value) for value in values if value is not None}
        cells.append([
            f'<c r="{letter}{row}"{known[value]}</c>' if value is not None else ""
            for row, value in enumerate(values, start=2)
        ])  # fmt: skip
    rows = enumerate(zip(*cells, strict=True), start=2)
    return "".join(f'<row r="{row}">{"".join(each)}</row>' for row, each in rows).encode()


def _fill_cell(value: str | float | None) -> str:
    if isinstance(value, str):
        return f' t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is>'
    return f"><v>{+value!r}</v>" if value is not None else ""


def serialize_workbook(
    book: openpyxl.Workbook, rows: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    """Return a workbook's bytes, with the day of its entries and of its properties fixed.

    Parameters
    ----------
    rows : title of a sheet → rows of :func:`sheet_rows` that follow those it has.
    """
    book.properties.created = book.properties.modified = _DAY
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        ExcelWriter(book, archive).write_data()  # packed once, below
    paths = {title: f"xl/worksheets/sheet{n}.xml" for n, title in enumerate(book.sheetnames, 1)}
    return serialize_zip(written.getvalue(), {paths[title]: each for title, each in rows.items()})


def serialize_zip(raw: bytes, rows: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """Return a workbook or a Word file with the day of its entries fixed.

    ``rows`` maps an entry that is a sheet to rows at its end.
    """
    steady = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(steady, "w") as new:
        for entry in sorted(old.namelist()):
            info = zipfile.ZipInfo(entry, _DAY.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            content, more = old.read(entry), rows.get(entry, b"")
            new.writestr(info, content.replace(b"</sheetData>", more + b"</sheetData>", bool(more)))
    return steady.getvalue()
