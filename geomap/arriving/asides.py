"""Rows between and below the stations that are none: totals, notes, section headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.arriving.top import Top

_TOTAL = re.compile(
    r"^(?:合\s*计|小\s*计|总\s*计|共\s*计|总\s*数|累\s*计|汇\s*总)|^[*\s]*(?:总|合|一)?共(?:计|有)?\s*\d+\s*[个家处座条]"
    r"|^\S{0,8}(?:合计|小计|总计|共计)$"
)
#: What has been added or lost, where a name would stand: 较上季度, +2家.
_COUNTED = re.compile(r"[+＋\-−]\d+\s*[个家处座](?:站点?)?")
#: A row that shows how to fill in, or that somebody filled in to try.
_TRIED = re.compile(
    r"(?:填写|填报)?(?:示例|样例|范例|举例|例子?)[:：]?|测试\d*|试填|test\d*", re.IGNORECASE
)
_BLANKED = re.compile("[×xX＊*]{2,}|某某|[○〇]{2,}")
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表|填报|制表|审核|联系人|坐标|数据来源|截至|统计|单位)[^,，]{0,12}[:：]|^注\d*[.、]"
    r"|^附(?:件|表)\s*\d*$"
)
#: A word to the reader under a list, or of when it was made.
_CLOSING = re.compile(
    r"^[（(]?(?:以上|如有|若有|欢迎|有错|请|感谢|谢谢|未完|截至|截止)|欢迎补充|错漏|^\d{4}年\d{1,2}月.{0,12}(?:整理|统计|更新|填报|制)"
)
_SECTION = re.compile(
    r"^[一二三四五六七八九十]+\s*[、.．]|^[（(][一二三四五六七八九十]+[）)]"
    r"|^第?[一二三四1-4]季度$|^[上下]半年$|^\d{1,2}月份?$"
)
#: A division alone in its row heads the rows below it: 长江路街道（3个）.
_AREA = re.compile(
    r"^[▶◆■●*\s【\[]*([\u4e00-\u9fff]{1,10}(?:区|县|市|旗|街道|镇|乡))(?:办事处)?(?:[(（].*[)）])?[】\]]?[:：]?$"
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
    if any(_COUNTED.fullmatch(text) for text in filled[:2]):
        return "total"
    if top.repeats(cells) or _counts_columns(filled):
        return "heading"
    if sum(bool(_TRIED.fullmatch(text)) for text in filled) + sum(
        bool(_BLANKED.search(text)) for text in filled
    ) > (not _TRIED.fullmatch(filled[0])):
        return "note"
    alone = len(filled) == 1 and sum(map(bool, top.paths)) > 1
    told = alone and (len(filled[0]) > _LONG or _CLOSING.search(filled[0]))
    if told or (_NOTE.match(filled[0]) and len(filled) <= 2):
        return "note"
    if alone and (_SECTION.match(filled[0]) or _AREA.match(filled[0])):
        return "section"
    return ""


def _counts_columns(filled: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 甲, 1, 2, 3 … or (1), (2), (3) …"""
    numbers = [re.sub(r"[()（）\s]", "", text) for text in filled]
    numbers = numbers[numbers[0] in ("甲", "栏次", "列次", "行次", "序号") :]
    first = numbers[0] if numbers and numbers[0] in ("0", "1", "2") else ""
    told = [str(int(first) + at) for at in range(len(numbers))] if first else []
    return len(filled) > 2 and len(numbers) > 1 and numbers == told


def section_area(text: str) -> str:
    """Return the division that a section heading names; empty where it names none."""
    found = _AREA.match(_NUMBERED.sub("", text.strip()))
    return found.group(1) if found else ""
