"""What one cell says: a number, a whole number, a day. None where nobody can read it: no guess."""

from __future__ import annotations

import math
import re
from datetime import date

#: Full-width digits and marks, as a Chinese input method types them, and their Latin forms.
#: Not NFKC, which reads 10² as 102 and ½ as 1⁄2.
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_WHOLE = re.compile(r"[0-9]{1,10}|[0-9]{1,3}(?:,[0-9]{3}){1,3}")
_DAY = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?", re.ASCII)
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: ([0-9]{1,2}):([0-9]{2}))?")
#: Unions are older than 1900 nowhere; a year beyond is a slip, or a program's idea of "for ever".
_YEARS = (1900, 2999)
#: More than there are people: a count beyond is a slip.
_MOST = 10_000_000_000


def half_width(text: str) -> str:
    """Return digits and marks as an input method for Latin letters types them."""
    return text if text.isascii() else text.translate(_HALF)


def read_number(text: str) -> float | None:
    """Return a finite number; None for anything else, nan and inf included."""
    written = half_width(text).strip()
    number = float(written) if _NUMBER.fullmatch(written) else math.nan
    return number if math.isfinite(number) else None


def is_in_china(lon: float, lat: float) -> bool:
    """Whether degrees can be a point of China: mainland, islands, Hong Kong, Taiwan."""
    return 73.0 <= lon <= 136.0 and 3.0 <= lat <= 54.0


def read_whole(text: str) -> int | None:
    """Return a whole number from 0, thousands set apart by commas or not; else None."""
    written = half_width(text).strip()
    number = int(written.replace(",", "")) if _WHOLE.fullmatch(written) else _MOST
    return number if number < _MOST else None


def read_day(text: str) -> str | None:
    """Return an ISO day, month or year (2026/11/20, 2026年11月20日, 20261120 …), or None."""
    compact = "".join(half_width(text).split()).removesuffix("00:00:00")
    if re.fullmatch(r"[0-9]{8}", compact):
        compact = f"{compact[:4]}-{compact[4:6]}-{compact[6:]}"
    match = _DAY.fullmatch(compact)
    if not match:
        return None
    year, month, day = match.groups()
    parts = [int(part) for part in (year, month, day) if part]
    if not _YEARS[0] <= parts[0] <= _YEARS[1] or not _is_day(*parts):
        return None
    return "-".join([year, *(f"{part:02}" for part in parts[1:])])


def read_instant(text: str) -> str | None:
    """Return a day, with or without the time of day (``2026-10-01 10:00``), as written; or None."""
    match = _INSTANT.fullmatch(text.strip())
    if not match or read_day(text.strip()[:10]) is None:
        return None
    hour, minute = (int(part or 0) for part in match.groups())
    return text.strip() if hour < 24 and minute < 60 else None


def _is_day(year: int, month: int = 1, day: int = 1) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
