"""The cells of one row become cells of the ledger: split, joined, or taken as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geomap.arriving.columns import SheetColumn
from geomap.arriving.headings import find_datum
from geomap.arriving.values import read_degrees, read_mark, read_pair
from geomap.divisions import Divisions
from geomap.model.settings import Home
from geomap.model.tables import LEDGER
from geomap.sheets.cells import half_width

#: Cells of a row that say what has changed; they are no columns of the ledger.
FACTS = (
    "change", "change_on", "until", "new_name", "old_name", "new_address", "old_address",
    "new_hours", "old_hours",
)  # fmt: skip
#: A sheet that says no datum is off by up to this much (design).
NO_DATUM_M = "700"
_LINKS = {
    "gcj02": r"amap\.com|gaode\.com|(?:android|ios)amap:|map\.qq\.com|qqmap:",
    "bd09": r"map\.baidu\.com|baidumap:|bdapp:",
    "wgs84": r"openstreetmap\.org|tianditu|\bgeo:",
}
_YES_NO = {
    "is_public": ("access", "public", "employees"),
    "is_operating": ("status", "operating", "suspended"),
    "is_closed": ("status", "closed", "operating"),
}


@dataclass(slots=True)
class RowCells:
    """One row: ``cells`` in our columns, ``others`` in hers, ``facts`` of a change.

    ``problems`` are (column number, code, message).
    """

    cells: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LEDGER.names, ""))
    others: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[int, str, str]] = field(default_factory=list)


def read_cells(
    texts: Sequence[str], columns: Iterable[SheetColumn], divisions: Divisions
) -> RowCells:
    """Return what a row's cells say; a cell that nobody understands stays in a column of hers."""
    row = RowCells()
    parts: dict[str, str] = {}
    for column in columns:
        text = texts[column.number].strip() if column.number < len(texts) else ""
        if text and column.fate in ("kept", "again"):
            row.others[column.heading] = text
        elif text and column.fate == "read":
            _take(row, parts, column, text, divisions)
    _join_hours(row, parts)
    return row


def _take(
    row: RowCells, parts: dict[str, str], column: SheetColumn, text: str, divisions: Divisions
) -> None:
    meaning = column.meaning.column
    if meaning in ("lon", "lat"):
        row.cells[meaning] = read_degrees(text)
    elif meaning == "coordinate":
        _take_pair(row, column, text)
    elif meaning == "division":
        _take_division(row, text, divisions)
    elif meaning == "facility":
        _take_facility(row, column, text)
    elif meaning in _YES_NO:
        _take_yes_no(row, column, text)
    elif meaning in FACTS:
        row.facts[meaning] = text
    elif meaning in ("opens", "closes", "days"):
        parts[meaning] = text
    elif column.label or (meaning == "facilities" and row.cells["facilities"]):
        before = row.cells[meaning]
        row.cells[meaning] = "; ".join(filter(None, (before, f"{column.label} {text}".strip())))
    else:
        row.cells[meaning] = text
    if column.meaning.datum and meaning in ("lon", "lat", "coordinate"):
        row.cells["datum"] = row.cells["datum"] or column.meaning.datum


def _take_pair(row: RowCells, column: SheetColumn, text: str) -> None:
    pair = read_pair(text)
    if pair is None:
        row.others[column.heading] = text
        message = f"{text[:80]!r} is no pair of degrees such as 116.397428,39.909230"
        row.problems.append((column.number, "coordinate-unreadable", message))
    elif not row.cells["lon"] and not row.cells["lat"]:
        row.cells["lon"], row.cells["lat"] = pair


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
    """Join opening and closing times of two columns, and the days of a third."""
    opens, closes = (half_width(parts.get(name, "")) for name in ("opens", "closes"))
    times = "-".join(re.sub(r"^(\d{1,2}:\d{2}):00$", r"\1", each) for each in (opens, closes))
    times = times if opens and closes else opens or closes
    hours = row.cells["opening_hours"] or times
    days = parts.get("days", "")
    row.cells["opening_hours"] = " ".join(filter(None, (days, hours)))


def settle_datum(row: RowCells, evidence: str, ours: bool) -> bool:
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


def linked_datum(text: str) -> str:
    """Return the datum of the one map whose links stand in a text; empty for none or several."""
    found = [datum for datum, link in _LINKS.items() if re.search(link, text)]
    return found[0] if len(found) == 1 else ""


def fill_home(row: RowCells, home: Home, divisions: Divisions) -> None:
    """Fill in the divisions that the sheet names and the row does not."""
    cells = row.cells
    stated = Home(cells["province"], cells["city"], cells["district"])
    if not stated.district:
        fits = all(
            not mine or not theirs or mine[:2] == theirs[:2]
            for mine, theirs in ((stated.province, home.province), (stated.city, home.city))
        )
        if fits and not _says_district(cells, divisions):
            cells["district"] = home.district
    elif home.district and home.district[:2] != stated.district[:2]:
        home = Home(home.province, home.city)
    inside = divisions.resolve(home.province, home.city, cells["district"]).districts
    if not cells["district"] or (len(inside) == 1 and home.province):
        for level in ("province", "city"):
            own = getattr(inside[0], level) if inside else ""
            cells[level] = cells[level] or own or getattr(home, level)


def _says_district(cells: dict[str, str], divisions: Divisions) -> bool:
    """Whether the address itself names a county: then the sheet's title adds nothing."""
    hits = divisions.scan(cells["address"], ())
    return any(
        place.level == "district"
        for hit in hits
        if not (hit.short or hit.ordinary or hit.part)
        for place in hit.candidates
    )
