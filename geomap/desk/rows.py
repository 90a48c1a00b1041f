"""What would become of files, line by line: 新增, 变动, 可能重复, 看不懂, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geomap.commands.messages import CODES_ZH
from geomap.model.labels import shipped_labels
from geomap.model.records import Skip
from geomap.pipeline.arrive import Taken
from geomap.pipeline.merge_sheet import Merged
from geomap.sheets.template import HEADINGS

#: Mark → what it is called, in the order in which a clerk looks.
MARKS = {
    "first": ("先看", "look first"), "unread": ("看不懂", "not understood"),
    "same": ("可能重复", "maybe a repeat"), "changed": ("变动", "changed"),
    "new": ("新增", "new"), "doubt": ("提醒", "a note"),
}  # fmt: skip
_PLACE = re.compile(r"(?:(?P<sheet>[^!]*)!)?(?P<letter>[A-Z]{0,3})(?P<row>\d+)")
_BRACKETED = re.compile(r"\s*\[(?P<place>[^\[\]]*)\]$")
_QUOTED = re.compile(r"'(?P<text>[^']*)'")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a preview; ``sheet``, ``row`` and ``column`` are empty where there is none."""

    mark: str
    file: str
    sheet: str
    row: str
    column: str
    text: str


def preview_lines(taken: Taken, lang: str) -> list[Line]:
    """Return the lines in the order of :data:`MARKS`."""
    lines = [*_of_sheets(taken.merged, lang)] if taken.merged else []
    if added := taken.added:
        lines += [_line("unread", skip, lang) for skip in added.skips]
        lines += [Line("new", "", "", "", "", name) for name in added.new]
        lines += [Line("changed", "", "", "", "", name) for name in added.changed]
    order = list(MARKS)
    return sorted(lines, key=lambda line: order.index(line.mark))


def _of_sheets(merged: Merged, lang: str) -> Iterator[Line]:
    groups: Iterable[tuple[str, Iterable[Skip]]] = (
        ("first", merged.first), ("unread", (*merged.unread, *merged.skips)),
        ("same", merged.alike), ("doubt", merged.doubts),
    )  # fmt: skip
    for mark, skips in groups:
        yield from (_line(mark, skip, lang) for skip in skips)
    for edit in merged.edits:
        column = HEADINGS.get(edit.column, edit.column) if lang == "zh" else edit.column
        old, new = (_called(edit.column, word, lang) for word in (edit.old, edit.new))
        text = f"{edit.name}：{column} {old} → {new or '–'}"
        yield Line("changed", *_split(edit.where, lang), text)
    for where, name in merged.entered:
        yield Line("new", *_split(where, lang), name)


def _called(column: str, word: str, lang: str) -> str:
    """Return what people call a key of a table; other words as they are."""
    labels = shipped_labels().get(column, {})
    return labels[word][0 if lang == "zh" else 1] if word in labels else word


def _line(mark: str, skip: Skip, lang: str) -> Line:
    bracketed = _BRACKETED.search(skip.reason)
    reason = _BRACKETED.sub("", skip.reason)
    file, sheet, row, column = _split(skip.where, lang)
    if bracketed and (place := _PLACE.fullmatch(bracketed["place"])):
        sheet, row = place["sheet"] or "", place["row"]
        column = " ".join(filter(None, (place["letter"], column)))
    if lang == "zh" and skip.code in CODES_ZH:
        told = reason if mark in ("first", "same") else "、".join(_QUOTED.findall(reason))
        reason = "：".join(filter(None, (told, CODES_ZH[skip.code])))
    return Line(mark, file, sheet, row, column, reason)


def _split(where: str, lang: str) -> tuple[str, str, str, str]:
    """Return file, sheet, row and column of ``file:Sheet1!G2`` or ``file:2:column``."""
    file, _, rest = where.partition(":")
    if place := _PLACE.fullmatch(rest):
        return file, place["sheet"] or "", place["row"], place["letter"]
    row, _, column = rest.partition(":")
    column = HEADINGS.get(column, column) if lang == "zh" else column
    return (file, "", row, column) if row.isdecimal() else (where, "", "", "")
