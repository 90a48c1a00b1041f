"""What would become of files, line by line: 新增, 变动, 可能重复, 看不懂, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geomap.commands.messages import call_column, call_key, format_message
from geomap.commands.sheet_report import say_pair
from geomap.model.labels import shipped_texts
from geomap.model.records import Skip
from geomap.pipeline.arrive import Taken
from geomap.pipeline.merge_sheet import Merged

_PLACE = re.compile(r"(?:(?P<sheet>[^!]*)!)?(?P<letter>[A-Z]{0,3})(?P<row>\d+)")


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
    """Return the lines in the order in which a clerk looks at their marks."""
    lines = [*_of_sheets(taken.merged, lang)] if taken.merged else []
    if added := taken.added:
        lines += [_line("unread", skip, lang) for skip in added.skips]
        lines += [Line("new", "", "", "", "", name) for name in added.new]
        lines += [Line("changed", "", "", "", "", name) for name in added.changed]
    order = list(shipped_texts()["mark"])
    return sorted(lines, key=lambda line: order.index(line.mark))


def _of_sheets(merged: Merged, lang: str) -> Iterator[Line]:
    groups: Iterable[tuple[str, Iterable[Skip]]] = (
        ("first", merged.first),
        ("unread", (*merged.unread, *merged.skips)),
        ("doubt", merged.doubts),
    )
    for mark, skips in groups:
        yield from (_line(mark, skip, lang) for skip in skips)
    for pair in merged.alike:
        yield Line("same", *_split(pair.one.where, lang), say_pair(lang, pair))
    for edit in merged.edits:
        column = call_column(lang, edit.column)
        old, new = (call_key(lang, edit.column, word) for word in (edit.old, edit.new))
        text = f"{edit.name}：{column} {old} → {new or '–'}"
        yield Line("changed", *_split(edit.where, lang), text)
    for where, name in merged.entered:
        yield Line("new", *_split(where, lang), name)


def _line(mark: str, skip: Skip, lang: str) -> Line:
    file, sheet, row, column = _split(skip.where, lang)
    if place := _PLACE.fullmatch(skip.cell):
        sheet, row = place["sheet"] or "", place["row"]
        column = " ".join(filter(None, (place["letter"], skip.heading or column)))
    return Line(mark, file, sheet, row, column, format_message(lang, skip))


def _split(where: str, lang: str) -> tuple[str, str, str, str]:
    """Return file, sheet, row and column of ``file:Sheet1!G2`` or ``file:2:column``."""
    file, _, rest = where.partition(":")
    if place := _PLACE.fullmatch(rest):
        return file, place["sheet"] or "", place["row"], place["letter"]
    row, _, column = rest.partition(":")
    column = call_column(lang, column)
    return (file, "", row, column) if row.isdecimal() else (where, "", "", "")
