"""What add says of sheets: what to look at first, then every change, every column, every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geomap.arriving import Arriving, SheetColumn
from geomap.commands.messages import call, call_column, call_key, cut_lines, format_list, say
from geomap.model.labels import shipped_texts
from geomap.pipeline.merge_sheet import Merged
from geomap.stations.duplicates import DuplicatePair
from geomap.text.visible import shorten

#: Lines of changed cells that are printed; the ledger of before has them all.
_SHOWN = 200


def report_sheets(lang: str, merged: Merged, sheets: int) -> Iterator[str]:
    """Return the lines of the report."""
    counts = {name: getattr(merged, name) for name in ("new", "changed", "known")}
    yield say(lang, "sheets", sheets=sheets, **counts)
    if merged.kept:
        yield say(lang, "kept", file=merged.kept)
    yield from format_list(lang, "first", merged.first)
    yield from format_list(lang, "unread", merged.unread)
    yield from format_list(lang, "skips", merged.skips)
    yield from _edits(lang, merged)
    yield from say_alike(lang, merged.alike)
    yield from format_list(lang, "warnings", merged.doubts)
    for arriving in merged.sheets:
        yield from say_columns(lang, arriving)


def say_alike(lang: str, alike: Sequence[DuplicatePair]) -> Iterator[str]:
    """Return the pairs that may be one station: both with their sources, and why."""
    if alike:
        yield say(lang, "alike", count=len(alike))
    lines = (f"    {shorten(pair.one.where)}: {say_pair(lang, pair)}" for pair in alike)
    yield from cut_lines(lang, lines, len(alike), _SHOWN)


def say_pair(lang: str, pair: DuplicatePair) -> str:
    """Return the names of two rows that may be one station, where the other is from, and why."""
    why = [call(lang, "why", each) for each in pair.why]
    other = " ".join(filter(None, (pair.other.where, pair.other.source)))
    return say(
        lang, "alike_one", name=shorten(pair.one.row["name"]), where=shorten(other),
        other=shorten(pair.other.row["name"]), why=("、" if lang == "zh" else ", ").join(why),
    )  # fmt: skip


def _edits(lang: str, merged: Merged) -> Iterator[str]:
    if merged.edits:
        yield say(lang, "edits", count=len(merged.edits))
    lines = (
        say(
            lang, "edit", where=edit.where, name=shorten(edit.name),
            old=shorten(call_key(lang, edit.column, edit.old)),
            new=shorten(call_key(lang, edit.column, edit.new)) or "–",
            column=shorten(call_column(lang, edit.column)),
        )
        for edit in merged.edits
    )  # fmt: skip
    yield from cut_lines(lang, lines, len(merged.edits), _SHOWN)


def say_columns(lang: str, arriving: Arriving) -> Iterator[str]:
    """Return what became of every column of a worksheet, and which rows are no stations."""
    file = ":".join(filter(None, (arriving.sheet.file, arriving.title)))
    yield say(lang, "worksheet" if arriving.columns else "worksheet_unread", file=shorten(file))
    for column in arriving.columns:
        heading, meaning = shorten(column.heading), _meaning(lang, column)
        facts = {"meaning": meaning} if column.fate == "read" else {}
        yield say(lang, f"fate_{column.fate}", letter=column.letter, heading=heading, **facts)
    if arriving.asides:
        rows = [f"{each.row} {call(lang, 'aside', each.kind)}" for each in arriving.asides]
        shown = ("、" if lang == "zh" else ", ").join(rows[:20]) + (" …" if len(rows) > 20 else "")
        yield say(lang, "asides", rows=shown)


def _meaning(lang: str, column: SheetColumn) -> str:
    term = column.meaning.column
    named = call(lang, "term", term) if term in shipped_texts()["term"] else call_column(lang, term)
    datum = column.meaning.datum and call(lang, "datum", column.meaning.datum)
    facility = column.meaning.facility and call_key(lang, "facilities", column.meaning.facility)
    return " ".join(filter(None, (named, facility, datum)))
