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
_SECTION = re.compile(r"^[一二三四五六七八九十]+\s*[、.．]|^[（(][一二三四五六七八九十]+[）)]")
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
    if (_NOTE.match(filled[0]) and len(filled) <= 2) or (alone and len(filled[0]) > _LONG):
        return "note"
    if alone and _SECTION.match(filled[0]):
        return "section"
    return ""
