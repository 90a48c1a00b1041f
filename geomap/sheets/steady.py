"""A workbook or a Word file as the same bytes on every run."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

import openpyxl
from openpyxl.writer.excel import ExcelWriter

#: Zip entries and properties carry a day; a fixed one keeps the file the same on every run.
#: Spreadsheets refuse a longer cell.
_MOST = 32_000
_DAY = datetime(2026, 1, 1)


#: What XML 1.0 must not hold, so no cell of a workbook: controls, halves of pairs, non-characters.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return a text without the characters that XML refuses; none of them can be printed."""
    return text if text.isprintable() else _NO_XML.sub("", text)


def cell_text(text: str) -> str:
    """Return what a cell can hold of a text: at most 32,000 characters, none that XML refuses."""
    return xml_text(text)[:_MOST]


def steady_bytes(book: openpyxl.Workbook) -> bytes:
    """Return a workbook's bytes, with the day of its entries and of its properties fixed."""
    book.properties.created = book.properties.modified = _DAY
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        ExcelWriter(book, archive).write_data()  # packed once, below
    return steady_zip(written.getvalue())


def steady_zip(raw: bytes) -> bytes:
    """Return a workbook or a Word file with the day of its entries fixed."""
    steady = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(steady, "w") as new:
        for entry in sorted(old.namelist()):
            info = zipfile.ZipInfo(entry, _DAY.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry))
    return steady.getvalue()
