"""The ledger: what the rows of a sheet mean, and what is wrong with them.

One cleaning for every use: ``build`` counts the skips, ``check`` prints every finding. The rules
are one list (:data:`STEPS`), each a few lines: they take the row's cells and fill the record.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pandas as pd

from geomap.hours import parse_hours
from geomap.model.records import Finding, InputError, Skip
from geomap.model.tables import ACCESSES, KINDS, LEDGER, OPEN_STATUSES, STATUSES
from geomap.model.vocabulary import Vocabulary, say_access, split_facilities
from geomap.places.datum import parse_datum
from geomap.privacy import find_long_numbers
from geomap.sheets.cells import half_width, is_in_china, read_day, read_number
from geomap.sheets.reading import Row, Sheet, read_sheet
from geomap.sheets.table_file import Checked

_REQUIRED = ("name", "kind")
_COLUMNS = [*LEDGER.names, "hours_words", "decimals", "row", "where"]
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
#: A district's code and a running number (140105 00001): an id, though it begins like a mobile.
_DIVISION_ID = re.compile(
    r"1[345](?:0[1-9]|1[01]|2[259])(?:0[2-9]|1[0-4]|2[1-9]|3[0-2]|7[1-3]|8[1-5])0\d{4}"
)
#: Known to within half of China: nothing is known.
_MOST_UNSURE_M = 500_000.0
#: Where somebody wrote how sure a place is and nobody can read it: what a coordinate of unknown
#: origin gets (design), never the 30 m of a good one.
_UNREADABLE_M = 700.0
#: A ledger row of these kinds is for outdoor workers unless it says otherwise (design).
_FOR_OUTDOOR_WORKERS = ("station", "rest_room", "mobile_station")


@dataclass(slots=True)
class _Cleaning:
    """One row being cleaned."""

    file: str
    row: Row
    words: Vocabulary
    record: dict[str, object] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)

    def refuse(self, column: str, code: str, message: str, detail: str = "") -> None:
        """Name a cell that the row cannot do without; the other cells are still looked at."""
        self.note(column, code, message, detail)
        self.refused.append(self.findings[-1])

    def note(self, column: str, code: str, message: str, detail: str = "") -> None:
        self.findings.append(Finding(self.file, self.row.number, column, code, message, detail))


def read_ledger(path: Path, words: Vocabulary) -> Checked:
    """Return the usable rows of a sheet, the skipped ones and every finding; empty without a file.

    The columns are those of :data:`geomap.model.tables.LEDGER`, ``lon`` and ``lat`` as written, in
    the row's own ``datum``; ``hours_words``, ``decimals`` (how many the coordinate has), ``row``
    and ``where`` (``file:row``).

    Raises
    ------
    InputError
        The file cannot be read, lacks a required column, or an id is invalid or given twice:
        all such faults in one message.
    """
    if not path.exists():
        return Checked(pd.DataFrame(columns=_COLUMNS, dtype=object))
    return clean_ledger(read_sheet(path, words.headings), words)


def clean_ledger(sheet: Sheet, words: Vocabulary) -> Checked:
    """Return what :func:`read_ledger` does of a sheet that has been read; it raises the same."""
    faults = _sheet_faults(sheet)
    if faults:
        raise InputError("\n".join(str(fault) for fault in faults), findings=tuple(faults))
    return clean_sheet(sheet, words)


def clean_sheet(sheet: Sheet, words: Vocabulary) -> Checked:
    """Return the cleaned rows of a sheet; a row that cannot be used becomes a counted skip."""
    records: list[dict[str, object]] = []
    skips: list[Skip] = []
    findings = [*sheet.findings]
    for first, last, column in sheet.merged:
        told = ("cells-merged", f"rows {first} to {last} share one cell", f"{first}–{last}")
        findings.append(Finding(sheet.file, first, column, *told))
    for row in sheet.rows:
        cleaning = _Cleaning(sheet.file, row, words)
        for step in STEPS:
            step(cleaning)
        findings += cleaning.findings
        skips += [fault.as_skip("ledger") for fault in cleaning.refused]
        if not cleaning.refused:
            where = f"{sheet.file}:{row.number}"
            records.append(cleaning.record | {"row": row.number, "where": where})
    rows = pd.DataFrame(records, columns=_COLUMNS, dtype=object)
    notes = (finding.as_skip("ledger") for finding in findings)
    skipped = {*skips}
    doubts = tuple(note for note in notes if note not in skipped)
    return Checked(rows, tuple(skips), doubts, tuple(findings))


def _sheet_faults(sheet: Sheet) -> list[Finding]:
    missing = [column for column in _REQUIRED if column not in sheet.columns]
    if "lon" in sheet.columns or "lat" in sheet.columns:
        missing += [column for column in ("lon", "lat") if column not in sheet.columns]
    elif not {"province", "city", "district", "township", "address"} & {*sheet.columns}:
        missing += ["lon", "lat"]
    faults = [
        Finding(sheet.file, 1, column, "column-missing", f"the column {column} is missing; add it")
        for column in missing
    ]
    return faults + id_faults(sheet)


def id_faults(sheet: Sheet) -> list[Finding]:
    """Return the ids that are no ids, or are given twice."""
    faults: list[tuple[int, str, str, str]] = []
    ids = Counter(row.text("station_id") for row in sheet.rows)
    for row in sheet.rows:
        written = row.text("station_id")
        if written and not _ID.fullmatch(written):
            message = f"{written[:80]!r} is no id; use letters, digits, . _ - (at most 64)"
            faults.append((row.number, "id-invalid", message, ""))
        elif written and (times := ids[written]) > 1:
            message = f"{written} stands in {times} rows; every station needs its own id"
            faults.append((row.number, "duplicate-id", message, f"{written} × {times}"))
    return [Finding(sheet.file, row, "station_id", *fault) for row, *fault in faults]


def _copy_words(cleaning: _Cleaning) -> None:
    for column in LEDGER.names:
        cleaning.record[column] = cleaning.row.text(column)
    phone = half_width(cleaning.row.text("phone"))
    cleaning.record |= {"hours_words": "", "decimals": 0, "phone": phone}


def _need_name(cleaning: _Cleaning) -> None:
    if not cleaning.row.text("name"):
        message = "the row has no name; write one or delete the row"
        cleaning.refuse("name", "name-missing", message)


def _translate(column: str, words: str, allowed: tuple[str, ...]) -> Callable[[_Cleaning], None]:
    def step(cleaning: _Cleaning) -> None:
        written = cleaning.row.text(column)
        known: Mapping[str, str] = getattr(cleaning.words, words)
        term = written if written in allowed else known.get(written, known.get(written.lower(), ""))
        if column == "access":
            term = term or say_access(written, cleaning.words.access_said)
        if written and not term:
            message = f"{written[:80]!r} is unknown; use one of {', '.join(allowed)}"
            if column == "status":
                # Whether it operates nobody knows then: never open, and never "as before".
                cleaning.note(column, "status-unknown", message)
                cleaning.record[column] = "unknown"
                return
            cleaning.refuse(column, f"{column}-unknown", message)
        cleaning.record[column] = term

    return step


def _default_words(cleaning: _Cleaning) -> None:
    record = cleaning.record
    record["kind"] = record["kind"] or "station"
    record["status"] = record["status"] or ("closed" if record["closed_on"] else "operating")
    outdoor = record["kind"] in _FOR_OUTDOOR_WORKERS
    record["access"] = record["access"] or ("outdoor_workers" if outdoor else "unknown")


def _read_coordinate(cleaning: _Cleaning) -> None:
    written = {column: half_width(cleaning.row.text(column)) for column in ("lon", "lat")}
    lon, lat = (_degrees(cleaning, column, text) for column, text in written.items())
    cleaning.record |= {"lon": lon, "lat": lat}
    if not all(written.values()):
        for column in (name for name in written if any(written.values()) and not written[name]):
            message = f"only one of lon, lat is given; add {column}"
            cleaning.refuse(column, "coordinate-half", message)
    elif lon and lat and is_in_china(lat, lon):
        message = f"lon {lon:g}, lat {lat:g} look swapped; swap them"
        cleaning.refuse("lon", "lonlat-swapped", message, f"{lon:g}, {lat:g}")
    else:
        for column, value, most in (("lon", lon, 180), ("lat", lat, 90)):
            if value is not None and not -most <= value <= most:
                message = f"{column} {value:g} is nowhere on earth; at most {most}"
                cleaning.refuse(column, "coordinate-impossible", message, f"{value:g}")
        places = max(len(text.partition(".")[2]) for text in written.values())
        cleaning.record["decimals"] = places


def _degrees(cleaning: _Cleaning, column: str, text: str) -> float | None:
    number = read_number(text)
    if text and number is None:
        message = f"{text[:80]!r} is no number; write degrees such as 116.397428"
        cleaning.refuse(column, "coordinate-unreadable", message)
    return number


def _read_datum(cleaning: _Cleaning) -> None:
    written = cleaning.row.text("datum")
    try:
        cleaning.record["datum"] = parse_datum(written).value if written else "wgs84"
    except InputError as error:
        cleaning.refuse("datum", "datum-unknown", str(error), error.detail)


def _need_place(cleaning: _Cleaning) -> None:
    places = ("lon", "lat", "province", "city", "district", "township", "address")
    if not any(cleaning.row.text(column) for column in places):
        message = "no coordinate, district or address: nobody can find it; add one"
        cleaning.refuse("lon", "place-missing", message)


def _read_uncertainty(cleaning: _Cleaning) -> None:
    written = half_width(cleaning.row.text("uncertainty_m"))
    metres = read_number(written.removesuffix("m").removesuffix("米"))
    if written and (metres is None or not 0 <= metres <= _MOST_UNSURE_M):
        wanted = f"metres up to {_MOST_UNSURE_M:.0f}; {_UNREADABLE_M:.0f} m are taken"
        message = f"{written[:80]!r} is no number of {wanted}"
        cleaning.note("uncertainty_m", "uncertainty-unreadable", message)
        metres = _UNREADABLE_M
    cleaning.record["uncertainty_m"] = metres


def _read_hours(cleaning: _Cleaning) -> None:
    written = cleaning.row.text("opening_hours")
    parsed = _parse_hours(written)
    cleaning.record["opening_hours"] = parsed.osm if parsed else ""
    cleaning.record["hours_words"] = written
    if written and not parsed:
        message = f"{written[:80]!r} is not understood, so the hours are shown as unknown"
        cleaning.note("opening_hours", "hours-unreadable", message)


def _read_facilities(cleaning: _Cleaning) -> None:
    split = split_facilities(cleaning.row.text("facilities"), cleaning.words)
    for word in (word for word, key in split if not key):
        cleaning.note("facilities", "facility-unknown", f"{word[:80]!r} is not in words.toml")
    cleaning.record["facilities"] = ";".join(sorted({key for _, key in split if key}))


def _read_days(cleaning: _Cleaning) -> None:
    for column in ("opened_on", "closed_on", "verified_on"):
        written = cleaning.row.text(column)
        day = read_day(written) if written else ""
        cleaning.record[column] = day or ""
        if day is None:
            message = f"{written[:80]!r} is no day; write 2026-11-20"
            cleaning.note(column, "date-unreadable", message)
    verified = str(cleaning.record["verified_on"])
    # A month is counted from its first day: ageing then errs towards "ask again".
    cleaning.record["verified_on"] = verified and (verified + "-01-01")[:10]


def _close_what_has_closed(cleaning: _Cleaning) -> None:
    record = cleaning.record
    if record["closed_on"] and record["status"] in OPEN_STATUSES:
        message = f"closed_on is {record['closed_on']}, so it is not {record['status']}"
        cleaning.note("status", "closed-but-operating", message, str(record["closed_on"]))
        record["status"] = "closed"


def _drop_personal_id(cleaning: _Cleaning) -> None:
    """An id is published unchanged; one that is a person's number gives way to a made one."""
    written = str(cleaning.record["station_id"])
    if find_long_numbers(written) and not _DIVISION_ID.fullmatch(written):
        cleaning.note("station_id", "id-personal", "a private number is no id; one is made instead")
        cleaning.record["station_id"] = ""


_parse_hours = lru_cache(maxsize=4096)(parse_hours)
STEPS: tuple[Callable[[_Cleaning], None], ...] = (
    _copy_words,
    _need_name,
    _translate("kind", "kinds", KINDS),
    _translate("status", "statuses", STATUSES),
    _translate("access", "access", ACCESSES),
    _read_days,
    _default_words,
    _read_coordinate,
    _read_datum,
    _need_place,
    _read_uncertainty,
    _read_hours,
    _read_facilities,
    _close_what_has_closed,
    _drop_personal_id,
)
