"""The worksheets of a workbook as text: .xlsx, and what other programs save (.xls, .et, .ods)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from lxml import etree
from openpyxl.utils.cell import column_index_from_string
from python_calamine import CalamineWorkbook

from geomap.files.foreign import parsing, read_file, refuse_bomb
from geomap.files.limits import MAX_CELLS
from geomap.model.records import InputError
from geomap.sheets.grid import Grid, Span, collect_rows, too_large

ZIP_MAGIC = b"PK\x03\x04"
#: .xls and WPS's .et; an .xlsx with a password is wrapped in it too.
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_ODS_MARK = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_ODS_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def is_workbook(name: str, raw: bytes) -> bool:
    """Whether a file is a workbook by its first bytes, or says so by its name."""
    return raw.startswith((ZIP_MAGIC, OLE_MAGIC)) or name.lower().endswith((".xlsx", ".xlsm"))


def read_workbook(name: str, raw: bytes, *, most: int | None = None) -> list[Grid]:
    """Return the worksheets in their order, at most ``most`` of them.

    Raises
    ------
    InputError
        The workbook is damaged, has a password, or holds more than a sheet can.
    """
    if raw.startswith(OLE_MAGIC):
        unreadable = InputError(
            f"{name}: no readable old .xls, or one with a password; save it as .xlsx or CSV",
            code="workbook-old", where=name,
        )  # fmt: skip
        with parsing(unreadable):
            return _limited(name, _read_others(name, raw, most))
    damaged = InputError(f"{name}: a damaged .xlsx or .ods; save it again", code="workbook-damaged",
                         where=name)  # fmt: skip
    with parsing(damaged):
        refuse_bomb(raw, name)
        if _ODS_MARK in raw[:200]:
            _refuse_repeats(name, raw)
            return _limited(name, _read_others(name, raw, most))
        return _limited(name, _read_xlsx(name, raw, most))


def sheet_titles(path: Path) -> list[str]:
    """Return what stands on the tabs of a workbook.

    Raises
    ------
    InputError
        The workbook is damaged, has a password, or cannot be read.
    """
    raw = read_file(path)
    damaged = InputError(f"{path.name}: a damaged workbook; save it again",
                         code="workbook-damaged", where=path.name)  # fmt: skip
    with parsing(damaged):
        refuse_bomb(raw, path.name)
        return list(CalamineWorkbook.from_filelike(io.BytesIO(raw)).sheet_names)


def _limited(name: str, grids: Iterable[Grid]) -> list[Grid]:
    """Return the worksheets; merged cells count for every row that they span."""
    taken: list[Grid] = []
    cells = 0
    for grid in grids:
        taken.append(grid)
        cells += sum(map(len, grid.rows))
        cells += sum(min(last, len(grid.rows)) - first for first, last, _ in grid.spans)
        if cells > MAX_CELLS:
            raise too_large(name)
    if not taken:
        raise ValueError("no worksheet")  # charts alone: :func:`parsing` says it in our words
    return taken


def _read_xlsx(name: str, raw: bytes, most: int | None) -> Iterator[Grid]:
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    for sheet in book.worksheets[:most]:
        # Stated dimensions may be of a billion cells; without them each row has its own width.
        sheet.reset_dimensions()
        grid = collect_rows(name, sheet.iter_rows(values_only=True), cell_text)
        grid.title = sheet.title
        grid.spans = _read_spans(raw, sheet.title)
        yield grid


def _read_others(name: str, raw: bytes, most: int | None) -> Iterator[Grid]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    for title in book.sheet_names[:most]:
        sheet = book.get_sheet_by_name(title)
        if sheet.total_height * sheet.total_width > MAX_CELLS:
            raise too_large(name)
        grid = collect_rows(name, sheet.to_python(skip_empty_area=False), cell_text)
        grid.title = title
        merged = sheet.merged_cell_ranges or []
        grid.spans = sorted((top, last, left) for (top, left), (last, _) in merged if last > top)
        yield grid


def _refuse_repeats(name: str, raw: bytes) -> None:
    """Count the cells of an .ods before it is opened: few bytes may repeat a cell for ever."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts, parts.open("content.xml") as content:
        cells = width = 0
        for _, element in etree.iterparse(content, resolve_entities=False, no_network=True):
            if element.tag in (f"{_ODS_TABLE}table-cell", f"{_ODS_TABLE}covered-table-cell"):
                holds = any(each.endswith("}value-type") for each in element.attrib)
                repeats = int(element.get(f"{_ODS_TABLE}number-columns-repeated", "1"))
                width += repeats if holds else min(repeats, 1)
            elif element.tag == f"{_ODS_TABLE}table-row":
                repeats = int(element.get(f"{_ODS_TABLE}number-rows-repeated", "1"))
                filled = element.xpath("boolean(.//@*[local-name()='value-type'])")
                cells += width * (repeats if filled else 1)
                width = 0
                element.clear()
            if cells + width > MAX_CELLS:
                raise too_large(name)


def _read_spans(raw: bytes, title: str) -> list[Span]:
    """Return the merged cells of a worksheet that span rows; a streaming reader skips them."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        book = parts.read("xl/workbook.xml").decode("utf-8")
        links = parts.read("xl/_rels/workbook.xml.rels").decode("utf-8")
        name = re.escape(escape(title, {'"': "&quot;"}))
        sheet = re.search(rf'<[^<>]*sheet [^<>]*name="{name}"[^<>]*r:id="([^"]+)"', book)
        tags = re.findall(r"<Relationship [^<>]*>", links)
        ids = {_attribute(tag, "Id"): _attribute(tag, "Target").lstrip("/") for tag in tags}
        target = ids.get(sheet.group(1), "") if sheet else ""
        path = target if target.startswith("xl/") else f"xl/{target}"
        text = parts.read(path).decode("utf-8", "replace") if path in parts.namelist() else ""
    cells = re.findall(r'<mergeCell ref="([A-Z]+)(\d+):[A-Z]+(\d+)"', text)
    spans = ((int(top), int(last), column_index_from_string(left)) for left, top, last in cells)
    tall = [(top - 1, last - 1, left - 1) for top, last, left in spans if last > top > 0]
    return sorted(tall)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


def cell_text(value: object) -> str:
    """Return what a cell says: a day as ISO 8601, a time to the minute, a whole number as such."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time) and not value.second:
        return value.isoformat("minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
