"""The cells of one row become cells of the ledger: split, joined, or taken as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geomap.arriving.columns import SheetColumn
from geomap.arriving.days import read_date
from geomap.arriving.headings import find_datum
from geomap.arriving.pasted import Pasted, read_pasted
from geomap.arriving.values import (
    is_nothing,
    is_number,
    linked_datum,
    order_pair,
    read_degrees,
    read_mark,
    read_pair,
    with_colons,
)  # fmt: skip
from geomap.divisions import Divisions
from geomap.model.records import InputError
from geomap.model.tables import LEDGER
from geomap.sheets.cells import half_width
from geomap.sheets.grid import cell_at
from geomap.text.phones import PHONE

#: Cells of a row that say what has changed; they are no columns of the ledger.
FACTS = (
    "change", "change_on", "until", "new_name", "old_name", "new_address", "old_address",
    "new_hours", "old_hours", "before", "after", "detail",
)  # fmt: skip
#: Columns that only narrow the hours: who says no there, adds this to them.
_NARROW = {"weekend_open": "周末", "holiday_open": "节假日"}
_ALL_DAY = re.compile(r"全天(?:对外)?(?:开放|营业|服务|运营)?")
#: Words for round the clock that are told of a door alone: 昼夜, 常年不打烊.
_NEVER_SHUT = re.compile(
    r"(?:常年|全年|全天|昼夜|日夜|通宵)*(?:不打烊|不关门|不闭站|昼夜|日夜)(?:开放|服务|营业)?"
)
_DAYS = ("opened_on", "closed_on", "verified_on", "change_on", "until")
#: A note that is nothing but days on which the door is shut.
_NARROWING = re.compile(
    r"(?:法定|国家)?(?:节假日|周末|双休日?|(?:每?周|星期)[一二三四五六日天](?:[、和及至到]?(?:周|星期)?[一二三四五六日天])*)"
    r"(?:除外|休息|不开放|不营业|不开|关闭|闭馆|闭站|暂停开放|不对外开放)"
)
_PHONE = re.compile(rf"(?<!\d)(?:{PHONE}|\d{{5,8}})(?!\d)")
#: A sheet that says no datum is off by up to this much (design).
NO_DATUM_M = "700"
_YES_NO = {
    "is_public": ("access", "public", "employees"),
    "is_operating": ("status", "operating", "suspended"),
    "is_closed": ("status", "closed", "operating"),
}


@dataclass(slots=True)
class RowCells:
    """One row: ``cells`` in our columns, ``others`` in hers, ``facts`` of a change.

    ``problems`` are (column number, code, message); ``all_day`` is the column whose 全天 was
    read as 24 hours.
    """

    cells: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LEDGER.names, ""))
    others: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[int, str, str]] = field(default_factory=list)
    all_day: int | None = None


def read_cells(
    texts: Sequence[str], columns: Iterable[SheetColumn], divisions: Divisions
) -> RowCells:
    """Return what a row's cells say; a cell that nobody understands stays in a column of hers."""
    row = RowCells()
    parts: dict[str, str] = {}
    for column in columns:
        text = cell_at(texts, column.number)
        if text and column.fate in ("kept", "again"):
            row.others[column.heading] = text
        text = "" if is_nothing(text) else text
        if text and column.fate == "read":
            _take(row, parts, column, text, divisions)
    _drop_zero_point(row, columns)
    _turn_point(row, columns)
    _join_hours(row, parts)
    _extract_phone(row, columns)
    return row


def _take(
    row: RowCells, parts: dict[str, str], column: SheetColumn, text: str, divisions: Divisions
) -> None:
    meaning = column.meaning.column
    if meaning in ("lon", "lat"):
        parts[meaning] = parts.get(meaning, "") + text + column.label  # 106, 43, 8.2 of 度, 分, 秒
        row.cells[meaning] = read_degrees(parts[meaning])
    elif meaning == "coordinate":
        _take_pair(row, column, text)
    elif meaning == "division":
        _take_division(row, text, divisions)
    elif meaning == "facility":
        _take_facility(row, column, text)
    elif meaning in _YES_NO:
        _take_yes_no(row, column, text)
    elif meaning in FACTS:
        said = read_date(text) if meaning in _DAYS else text
        row.facts[meaning] = "；".join(filter(None, (row.facts.get(meaning, ""), said)))
    elif meaning in _DAYS:
        row.cells[meaning] = read_date(text)
    elif meaning in ("opens", "closes", "days", *_NARROW, "all_day"):
        parts[meaning] = text
        if meaning in (*_NARROW, "all_day"):
            row.others[column.heading] = text
    elif meaning == "opening_hours":
        _take_hours(row, parts, column, text)
    elif column.label or (meaning == "facilities" and row.cells["facilities"]):
        before = row.cells[meaning]
        row.cells[meaning] = "; ".join(filter(None, (before, f"{column.label} {text}".strip())))
    else:
        row.cells[meaning] = text
    if column.meaning.datum and meaning in ("lon", "lat", "coordinate"):
        row.cells["datum"] = row.cells["datum"] or column.meaning.datum


def _take_pair(row: RowCells, column: SheetColumn, text: str) -> None:
    """Take a point as written, or as a map app copies it; a link there says the datum."""
    pair = read_pair(text)
    try:
        point = Pasted(*pair, "") if pair else read_pasted(text)
    except InputError as error:
        row.others[column.heading] = text
        message = f"{text[:80]!r} is no pair of degrees such as 116.397428,39.909230"
        told = str(error) if error.code == "paste-short-link" else message
        row.problems.append((column.number, "coordinate-unreadable", told))
        return
    if not row.cells["lon"] and not row.cells["lat"]:
        row.cells["lon"], row.cells["lat"] = point.lon, point.lat
        row.cells["datum"] = row.cells["datum"] or point.datum
        if not pair:
            row.others[column.heading] = text


def _turn_point(row: RowCells, columns: Iterable[SheetColumn]) -> None:
    """Put longitude and latitude that changed places right: 30° E, 120° N is nowhere."""
    lon, lat = row.cells["lon"], row.cells["lat"]
    if all(map(is_number, (lon, lat))) and order_pair(lon, lat) == (lat, lon) != (lon, lat):
        row.cells |= {"lon": lat, "lat": lon}
        at = next(c.number for c in columns if c.meaning.column in ("lon", "coordinate"))
        message = f"{lon}, {lat}: longitude and latitude had changed places; put right"
        row.problems.append((at, "lonlat-turned", message))


def _drop_zero_point(row: RowCells, columns: Iterable[SheetColumn]) -> None:
    """Set aside 0, 0: no point, but what programs write where nobody gave one."""
    written = [row.cells[name] for name in ("lon", "lat")]
    if all(re.fullmatch(r"0(?:\.0*)?", text) for text in written):
        row.cells |= {"lon": "", "lat": "", "datum": ""}
        named = [c for c in columns if c.meaning.column in ("lon", "lat", "coordinate")]
        row.others |= {c.heading: written[0] for c in named}
        message = "0, 0 is no point of China; nobody gave one"
        row.problems.append((named[0].number, "coordinate-impossible", message))


def _take_hours(row: RowCells, parts: dict[str, str], column: SheetColumn, text: str) -> None:
    if "moments" in column.looks and _ALL_DAY.fullmatch(text):
        row.all_day, text = column.number, "24小时"
    text = "24小时" if _NEVER_SHUT.fullmatch(text) else text
    text = with_colons(text)
    said = f"{column.label} {text}".strip()
    both = (parts.get("hours", ""), said) if column.label else (said, parts.get("hours", ""))
    parts["hours"] = "; ".join(filter(None, both))
    parts["same"] = text if parts.get("same", text) == text else ""


def _extract_phone(row: RowCells, columns: Iterable[SheetColumn]) -> None:
    """Leave the number in the phone's cell; a person's name stays in a column of hers."""
    text = row.cells["phone"]
    numbers = _PHONE.findall(half_width(text))
    named = re.search(r"[\u4e00-\u9fff]", text) and (numbers or not re.search(r"\d{3}", text))
    if named and not re.search("转|分机", text):
        at = next(c for c in columns if c.fate == "read" and c.meaning.column == "phone")
        row.others[at.heading] = text
        row.cells["phone"] = "、".join(numbers)


def _take_division(row: RowCells, text: str, divisions: Divisions) -> None:
    """Split a cell that holds several divisions; what is in a column of its own stays."""
    plain = re.sub(r"[\s/\-—>·,、]+", "", text)
    found: dict[str, str] = {}
    codes: list[str] = []
    for hit in divisions.scan(plain, ()):
        best = divisions.best(hit.candidates, codes)
        if best is not None:
            codes.append(best.code)
            levels = ("province", "city", "district", "township")
            found |= {level: getattr(best, level) for level in levels if getattr(best, level)}
    if not found:
        found = {"district": text}
    for level, name in found.items():
        row.cells[level] = row.cells[level] or name


def _take_facility(row: RowCells, column: SheetColumn, text: str) -> None:
    said = read_mark(text)
    if said:
        had = row.cells["facilities"]
        row.cells["facilities"] = ";".join(filter(None, (had, column.meaning.facility)))
    elif said is None:
        row.others[column.heading] = text
        message = f"{text[:80]!r} says neither yes nor no; it stays in her own column"
        row.problems.append((column.number, "mark-unclear", message))


def _take_yes_no(row: RowCells, column: SheetColumn, text: str) -> None:
    target, yes, no = _YES_NO[column.meaning.column]
    said = read_mark(text)
    if said is None:
        row.cells[target] = row.cells[target] or text
    elif not row.cells[target]:
        row.cells[target] = yes if said else no


def _join_hours(row: RowCells, parts: dict[str, str]) -> None:
    """Join what several columns say of the hours: opening and closing, days, what is shut."""
    opens, closes = (half_width(parts.get(name, "")) for name in ("opens", "closes"))
    times = "-".join(re.sub(r"^(\d{1,2}:\d{2}):00$", r"\1", each) for each in (opens, closes))
    times = times if opens and closes else opens or closes
    hours = parts.get("hours", "") or times
    if read_mark(parts.get("all_day", "")) and (not hours or _ALL_DAY.fullmatch(hours)):
        hours = "24小时"
    same = parts.get("same", "") if "; " in hours else ""
    if same and {"工作日", "周末"} <= {*re.split("[ ;]+", hours)}:
        hours = same
    shut = [
        f"{days}{'不开放' if read_mark(parts[name]) is False else parts[name]}"
        for name, days in _NARROW.items()
        if parts.get(name) and not read_mark(parts[name])
    ]
    note = half_width(row.cells["note"]).strip("。;.,")
    shut += [note] if _NARROWING.fullmatch(note) else []
    days = parts.get("days", "")
    said = " ".join(filter(None, (days, hours)))
    row.cells["opening_hours"] = "，".join(filter(None, (said, *shut))) if hours else said


def resolve_datum(row: RowCells, evidence: str, ours: bool) -> bool:
    """Fill in the datum; return whether a coordinate is there and nobody says which it has.

    A word in the datum column, the heading, a link in the row, and the sheet's own words are
    asked in this order.
    """
    written = row.cells["datum"]
    datum = find_datum(written) or written
    if row.cells["lon"] and not datum and not ours:
        linked = " ".join((*row.others.values(), row.cells["source"], row.cells["note"]))
        datum = linked_datum(linked) or evidence
    row.cells["datum"] = datum
    unsure = bool(row.cells["lon"]) and not datum and not ours
    if unsure:
        row.cells["uncertainty_m"] = row.cells["uncertainty_m"] or NO_DATUM_M
    return unsure
