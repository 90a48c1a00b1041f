"""Briefs as Word files: the sections of the printed page, with a map of the district."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from geomap.model.edition import Edition
from geomap.pages.brief import Brief, Section, Text
from geomap.pages.brief_map import KEY, draw_brief_map
from geomap.pages.frame import banner
from geomap.sheets.workbook_writing import serialize_zip, xml_text

#: Word and WPS have it; other systems put their own Chinese serif-less face in its place.
_FONT = "微软雅黑"
_WIDTH_CM = 17.8
_DAY = datetime(2026, 1, 1)


def draw_brief_files(edition: Edition, briefs: list[Brief]) -> dict[str, bytes]:
    """Return ``internal/data/briefs/CODE.docx`` → bytes, the same on every run."""
    return {f"internal/data/briefs/{brief.code}.docx": _write(edition, brief) for brief in briefs}


def _write(edition: Edition, brief: Brief) -> bytes:
    from docx import Document
    from docx.shared import Cm

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.6)
    page.top_margin = page.bottom_margin = Cm(1.2)
    for name, size in (("Normal", 8.5), ("Title", 16), ("Heading 2", 10.5)):
        _set_style(document.styles[name], size)
    properties = document.core_properties
    properties.created = properties.modified = _DAY
    properties.title, properties.author = _clean(brief.title), "geomap"
    document.add_paragraph(_clean(banner(edition.settings)[0]))
    document.add_paragraph(_clean(brief.title), style="Title")
    document.add_paragraph(_clean(brief.subtitle))
    picture = document.add_paragraph().add_run()
    picture.add_picture(io.BytesIO(draw_brief_map(edition, brief.code)), height=Cm(7.0))
    document.add_paragraph(KEY)
    for section in brief.sections:
        _add_section(document, section)
    written = io.BytesIO()
    document.save(written)
    return serialize_zip(written.getvalue())


def _add_section(document: Any, section: Section) -> None:
    from docx.shared import Cm

    document.add_paragraph(section.title[0], style="Heading 2")
    if _clean(section.note):
        document.add_paragraph(_clean(section.note))
    if not section.rows:
        return
    across = max(map(len, section.rows))
    widths = [Cm(part) for part in _share_width(section, across)]
    table = document.add_table(rows=len(section.rows), cols=across, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # of the grid: LibreOffice and WPS lay out by it, Word by the cells
    for line, row in zip(table.rows, section.rows, strict=True):
        for cell, text, width in zip(line.cells, row, widths, strict=False):
            cell.text, cell.width = _clean(text), width


def _share_width(section: Section, across: int) -> list[float]:
    """Return the columns' widths (cm): by their longest texts, so that few lines are broken."""
    longest = [
        max((len(_clean(row[column])) for row in section.rows if column < len(row)), default=0)
        for column in range(across)
    ]
    parts = [min(max(length, 7), 60) for length in longest]
    return [_WIDTH_CM * part / sum(parts) for part in parts]


def _set_style(style: Any, size: float) -> None:
    """Set lines close, and name the face for Chinese too: Word would else take its own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = _FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    lines = style.paragraph_format
    lines.space_before = lines.space_after = Pt(1)
    lines.line_spacing = 1.0
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), _FONT)


def _clean(text: Text) -> str:
    chinese = text if isinstance(text, str) else text[0]
    return xml_text(chinese.encode("utf-8", errors="replace").decode())
