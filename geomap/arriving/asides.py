"""Rows between and below the stations that are none: totals, notes, section headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.arriving.columns import Top, is_same_heading

_TOTAL = re.compile(r"^(?:合\s*计|小\s*计|总\s*计|共\s*计|总\s*数|累\s*计|汇\s*总)")
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表|填报|制表|审核|联系人|坐标|数据来源|截至|统计|单位)[^,，]{0,12}[:：]|^注\d*[.、]"
    r"|^附(?:件|表)\s*\d*$"
)
#: A word to the reader under a list, or of when it was made.
_CLOSING = re.compile(
    r"^(?:以上|如有|若有|欢迎|有错|请|感谢|谢谢|未完|截至|截止)|欢迎补充|错漏|^\d{4}年\d{1,2}月.{0,12}(?:整理|统计|更新|填报|制)"
)
_SECTION = re.compile(r"^[一二三四五六七八九十]+\s*[、.．]|^[（(][一二三四五六七八九十]+[）)]")
#: A division alone in its row heads the rows below it: 长江路街道（3个）.
_AREA = re.compile(
    r"^[▶◆■●*\s]*([\u4e00-\u9fff]{1,10}(?:区|县|市|旗|街道|镇|乡))(?:办事处)?(?:[(（].*[)）])?[:：]?$"
)
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+\s*[、.．]|[（(][一二三四五六七八九十]+[）)])\s*"
)
_LONG = 40


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that is no station: ``note``, ``total``, ``section`` or ``heading``, and its text."""

    row: int
    kind: str
    text: str


def aside_kind(cells: Sequence[str], filled: list[str], top: Top) -> str:
    """Return what a row is that is no station's; empty for a station's."""
    if any(_TOTAL.match(text) for text in filled[:2]):
        return "total"
    if is_same_heading(cells, top):
        return "heading"
    alone = len(filled) == 1 and sum(bool(head) for head in top.headings) > 1
    told = alone and (len(filled[0]) > _LONG or _CLOSING.search(filled[0]))
    if told or (_NOTE.match(filled[0]) and len(filled) <= 2):
        return "note"
    if alone and (_SECTION.match(filled[0]) or _AREA.match(filled[0])):
        return "section"
    return ""


def section_area(text: str) -> str:
    """Return the division that a section heading names; empty where it names none."""
    found = _AREA.match(_NUMBERED.sub("", text.strip()))
    return found.group(1) if found else ""
