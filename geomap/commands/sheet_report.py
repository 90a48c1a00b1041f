"""What add says of sheets: what to look at first, then every change, every column, every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from geomap.arriving import Arriving, SheetColumn
from geomap.commands.messages import call_column, call_key, say, say_list
from geomap.pipeline.merge_sheet import Merged
from geomap.stations.alike import Alike
from geomap.text.visible import shorten

#: Lines of changed cells that are printed; the ledger of before has them all.
_SHOWN = 200
#: What the columns mean that a ledger has not: Chinese, English.
_TERMS = {
    "coordinate": ("经度、纬度", "lon, lat"),
    "division": ("省、市、区县", "province, city, district"),
    "opens": ("开放时间", "opening_hours"), "closes": ("开放时间", "opening_hours"),
    "days": ("开放时间", "opening_hours"), "is_public": ("开放对象", "access"),
    "is_operating": ("状态", "status"), "is_closed": ("状态", "status"),
    "facility": ("设施", "facilities"), "change": ("变动", "change"),
    "change_on": ("变动日期", "day of the change"), "until": ("暂停到", "closed until"),
    "new_name": ("新名称", "new name"), "old_name": ("原名称", "former name"),
    "new_address": ("新地址", "new address"), "old_address": ("原地址", "former address"),
    "new_hours": ("新开放时间", "new hours"), "old_hours": ("原开放时间", "former hours"),
    "before": ("变更前", "before the change"), "after": ("变更后", "after the change"),
    "all_day": ("开放时间", "opening_hours"), "weekend_open": ("开放时间", "opening_hours"),
    "holiday_open": ("开放时间", "opening_hours"),
}  # fmt: skip
_DATUMS = {
    "wgs84": ("（手机、天地图）", "WGS-84"), "gcj02": ("（高德、腾讯）", "GCJ-02"),
    "bd09": ("（百度）", "BD-09"),
}  # fmt: skip
#: Why two rows may be one station: Chinese, English.
WHY = {"name": ("同名", "name"), "address": ("同地址", "address"), "host": ("同一单位", "host")}
_ASIDES = {
    "note": ("说明", "note"), "total": ("合计", "total"), "section": ("小标题", "section"),
    "heading": ("重复的列名", "headings again"),
}  # fmt: skip


def report_sheets(lang: str, merged: Merged, sheets: int) -> Iterator[str]:
    """Return the lines of the report."""
    counts = {name: getattr(merged, name) for name in ("new", "changed", "known")}
    yield say(lang, "sheets", sheets=sheets, **counts)
    if merged.kept:
        yield say(lang, "kept", file=merged.kept)
    yield from say_list(lang, "first", merged.first)
    yield from say_list(lang, "unread", merged.unread)
    yield from say_list(lang, "skips", merged.skips)
    yield from _edits(lang, merged)
    yield from say_alike(lang, merged.alike)
    yield from say_list(lang, "warnings", merged.doubts)
    for arriving in merged.sheets:
        yield from say_columns(lang, arriving)


def say_alike(lang: str, alike: Sequence[Alike]) -> Iterator[str]:
    """Return the pairs that may be one station: both with their sources, and why."""
    if alike:
        yield say(lang, "alike", count=len(alike))
    for pair in islice(alike, _SHOWN):
        yield f"    {shorten(pair.one.where)}: {say_pair(lang, pair)}"
    if len(alike) > _SHOWN:
        yield say(lang, "more", count=len(alike) - _SHOWN)


def say_pair(lang: str, pair: Alike) -> str:
    """Return the names of two rows that may be one station, where the other is from, and why."""
    why = [WHY[each][0 if lang == "zh" else 1] if each in WHY else each for each in pair.why]
    other = " ".join(filter(None, (pair.other.where, pair.other.source)))
    return say(
        lang, "alike_one", name=shorten(pair.one.row["name"]), where=shorten(other),
        other=shorten(pair.other.row["name"]), why=("、" if lang == "zh" else ", ").join(why),
    )  # fmt: skip


def _edits(lang: str, merged: Merged) -> Iterator[str]:
    if merged.edits:
        yield say(lang, "edits", count=len(merged.edits))
    for edit in islice(merged.edits, _SHOWN):
        old, new = (call_key(lang, edit.column, word) for word in (edit.old, edit.new))
        yield say(
            lang, "edit", where=edit.where, name=shorten(edit.name), old=shorten(old),
            new=shorten(new) or "–", column=shorten(call_column(lang, edit.column)),
        )  # fmt: skip
    if len(merged.edits) > _SHOWN:
        yield say(lang, "more", count=len(merged.edits) - _SHOWN)


def say_columns(lang: str, arriving: Arriving) -> Iterator[str]:
    """Return what became of every column of a worksheet, and which rows are no stations."""
    file = ":".join(filter(None, (arriving.sheet.file, arriving.title)))
    yield say(lang, "worksheet" if arriving.columns else "worksheet_unread", file=shorten(file))
    for column in arriving.columns:
        heading, meaning = shorten(column.heading), _meaning(lang, column)
        facts = {"meaning": meaning} if column.fate == "read" else {}
        yield say(lang, f"fate_{column.fate}", letter=column.letter, heading=heading, **facts)
    if arriving.asides:
        number = 0 if lang == "zh" else 1
        rows = [f"{each.row} {_ASIDES[each.kind][number]}" for each in arriving.asides]
        shown = ("、" if lang == "zh" else ", ").join(rows[:20]) + (" …" if len(rows) > 20 else "")
        yield say(lang, "asides", rows=shown)


def _meaning(lang: str, column: SheetColumn) -> str:
    term = column.meaning.column
    at = 0 if lang == "zh" else 1
    named = _TERMS[term][at] if term in _TERMS else call_column(lang, term)
    datum = _DATUMS[column.meaning.datum][at] if column.meaning.datum else ""
    facility = column.meaning.facility and call_key(lang, "facilities", column.meaning.facility)
    return " ".join(filter(None, (named, facility, datum)))
