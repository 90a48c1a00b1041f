"""Likely slips of the hand in cleaned rows: nothing is changed by them, somebody should look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from geomap.model.records import Finding

#: Two decimals of a degree are a kilometre. Among neighbours with more, three are a slip, too.
_FEW, _FEW_AMONG_MANY, _MANY = 2, 3, 5
#: No door is open so many hours over midnight: 17:00-9:00 was meant the other way round.
_LONGEST_NIGHT_H = 13.0
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|#|-(?=\d{1,4}$))\s*\d*.*$", re.IGNORECASE)
_PHONES = re.compile(r"[/、;；,，|]|\s{2,}|或")
#: What a telephone number of the mainland may be, digits alone: with and without its area code,
#: 400 and 800 numbers, mobiles, and short numbers of services (110, 12351, 95533, 10086).
_NUMBER = re.compile(
    r"0(?:10|2\d)\d{7,8}|0[3-9]\d{2}\d{7,8}|[2-8]\d{6,7}|[48]00\d{7}|1[3-9]\d{9}|1[12]\d|1\d{4,5}|9[56]\d{3,6}"
)
#: A day and a later one: what is wrong where they stand the other way round.
_ORDERS = (("opened_on", "closed_on"), ("opened_on", "verified_on"))


def find_implausible(rows: pd.DataFrame, file: str, today: str, stale_days: int) -> list[Finding]:
    """Return what of cleaned rows (columns of a ledger) looks like a slip, by row and column.

    Parameters
    ----------
    today : ISO day.
    stale_days : a station that nobody has verified for so long is asked about.
    """
    usual = float(np.median(rows.decimals.astype(float))) if len(rows) else 0.0
    records = [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]
    found = (
        (record["row"], *slip)
        for record in records
        for slip in (
            *_few_digits(record, usual),
            *_backwards(record),
            *_long_nights(record),
            *_phones(record),
            *_stale(record, today, stale_days),
        )
    )
    return [Finding(file, int(row), *slip) for row, *slip in found]


Slip = tuple[str, str, str, str]


def _few_digits(record: dict[str, Any], usual: float) -> Iterator[Slip]:
    decimals, known = int(record["decimals"]), record["lon"] is not None
    few = decimals <= _FEW or (decimals <= _FEW_AMONG_MANY and usual >= _MANY)
    # Whoever wrote how sure the place is has thought of it.
    if known and record["lon"] == record["lon"] and few and not record["uncertainty_m"]:
        written = f"{record['lon']:g}, {record['lat']:g}"
        message = f"{decimals} decimals are too few to find a door: {written}"
        yield "lon", "coordinate-coarse", message, written


def _backwards(record: dict[str, Any]) -> Iterator[Slip]:
    for first, last in _ORDERS:
        begins, ends = str(record[first]), str(record[last])
        most = min(len(begins), len(ends))
        if begins and ends and ends[:most] < begins[:most]:
            message = f"{last} {ends} is before {first} {begins}"
            yield last, "days-backwards", message, f"{begins} → {ends}"


def _long_nights(record: dict[str, Any]) -> Iterator[Slip]:
    for hit in _SPAN.finditer(str(record["opening_hours"])):
        hours = [int(hit[at]) + int(hit[at + 1]) / 60 for at in (1, 3)]
        length = (hours[1] - hours[0]) % 24
        if hours[1] < hours[0] and length >= _LONGEST_NIGHT_H:
            message = f"{hit[0]} ends before it begins"
            yield "opening_hours", "hours-backwards", message, hit[0]
            return


def _phones(record: dict[str, Any]) -> Iterator[Slip]:
    for number in _PHONES.split(str(record["phone"])):
        digits = re.sub(r"\D", "", _EXTENSION.sub("", number.strip()))
        digits = re.sub(r"^(?:00)?86(?=0?\d{10,11}$)", "", digits)
        if digits and not _NUMBER.fullmatch(digits):
            message = f"{number.strip()[:80]!r} has {len(digits)} digits, which is no number here"
            yield "phone", "phone-digits", message, number.strip()[:80]
            return


def _stale(record: dict[str, Any], today: str, days: int) -> Iterator[Slip]:
    day = str(record["verified_on"])
    if not day or record["status"] == "closed":
        return
    age = (date.fromisoformat(today) - date.fromisoformat(day)).days
    if age >= days:
        message = f"verified on {day}, {age} days ago; look again"
        yield "verified_on", "verified-long-ago", message, day
