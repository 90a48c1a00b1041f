"""Columns whose cells hold several facts: 街道及驿站名称, 地址（电话）, 名称：…⏎地址：…"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from geomap.arriving.by_cells import most, tells_hours
from geomap.arriving.headings import Headings, Meaning
from geomap.arriving.values import PHONE
from geomap.sheets.cells import half_width

#: What parts the facts that a heading names, and those of a cell.
_AND = re.compile(r"[及和与、/+&\n]|以及")
_LABEL = re.compile(r"^\s*([^：:\n]{1,8})[：:]\s*(.*)$")
_SEGMENTS = re.compile(r"[\n；;]")
_PHONE = re.compile(
    rf"[\s，,（(]*(?:(?:联系)?电话|热线|手机|TEL|☎)?[：:\s]*({PHONE.pattern})[)）]?", re.IGNORECASE
)
_TOWNSHIP = re.compile(r"^([\u4e00-\u9fff]{1,8}?(?:街道|镇|乡))(?:办事处)?[\s，,、/·-]*(?=.{2})")
_AREAS = frozenset(("province", "city", "district", "township", "division"))
#: What a cell may hold besides others, and whether it is told by its looks.
_PARTS = _AREAS | {
    "name", "address", "phone", "opening_hours", "facilities", "access", "coordinate", "note",
}  # fmt: skip


def find_parts(heading: str, cells: Sequence[str], headings: Headings) -> tuple[Meaning, ...]:
    """Return what the cells of a column hold together; empty where they hold one thing."""
    labels = [[label for label, _ in _labelled(cell)] for cell in cells]
    if cells and 2 * sum(len(each) > 1 for each in labels) > len(cells):
        read = (headings.read(label) for label in dict.fromkeys(chain.from_iterable(labels)))
        return tuple({each.column: each for each in read if each.exact}.values())
    named = [headings.read(part) for part in _AND.split(heading) if part.strip()]
    columns = {each.column: each for each in named}
    if len(columns) == len(named) > 1 and columns.keys() <= _PARTS and not columns.keys() <= _AREAS:
        return tuple(columns.values())
    if [each.column for each in named] == ["address"] and cells:
        phones = most(cells, lambda cell: bool(_PHONE.search(half_width(cell))))
        return (named[0], Meaning("phone")) if phones else ()
    return ()


def unpack(text: str, parts: Sequence[Meaning], headings: Headings | None = None) -> dict[str, str]:
    """Return the facts of one cell by what they are; what cannot be told apart stays together."""
    wanted = {part.column for part in parts}
    if headings and len(labelled := _labelled(text)) > 1:
        read = [(headings.read(label).column, told) for label, told in labelled]
        return {column: told for column, told in read if column in wanted and told}
    found, rest = {}, text
    if "phone" in wanted:
        numbers = _PHONE.findall(half_width(text))
        rest = _PHONE.sub("", half_width(text)) if numbers else text
        found["phone"] = "、".join(numbers)
    if "opening_hours" in wanted:
        found["opening_hours"], rest = _take_hours(rest)
    if "township" in wanted and (town := _TOWNSHIP.match(rest.strip())):
        found["township"], rest = town.group(1), rest.strip()[town.end() :]
    left = [part.column for part in parts if part.column not in found]
    pieces = [piece for piece in _SEGMENTS.split(rest) if piece.strip()]
    if len(pieces) == len(left) > 1:
        found |= dict(zip(left, pieces, strict=True))
    elif left:
        found[left[0]] = "；".join(piece.strip() for piece in pieces)
    return {column: told.strip(" ，,、") for column, told in found.items() if told.strip(" ，,、")}


def _take_hours(text: str) -> tuple[str, str]:
    """Return the segments of a cell that tell hours, and the others; the first where none does."""
    pieces = [piece for piece in _SEGMENTS.split(text) if piece.strip()]
    if len(pieces) == 1:
        pieces = [piece for piece in re.split("[，,]", text) if piece.strip()]
    told = [piece for piece in pieces if tells_hours(piece)] or pieces[: len(pieces) > 1]
    return "；".join(told), "；".join(piece for piece in pieces if piece not in told)


def _labelled(text: str) -> list[tuple[str, str]]:
    """Return the lines of a cell that are a label and what it tells: 地址：文三路1号."""
    hits: Iterable[re.Match[str] | None] = map(_LABEL.match, _SEGMENTS.split(text))
    return [(hit.group(1).strip(), hit.group(2).strip()) for hit in hits if hit]
