"""Days as people write them in a cell: 2025.3.6, 25年3月, 3月6日起, 四月十六日, 去年12月, 8月底."""

from __future__ import annotations

import re
from datetime import date, timedelta

from geomap.sheets.cells import half_width, read_day
from geomap.text.numerals import read_numeral

#: As a spreadsheet counts its days; 20000 to 59999 are 1954 to 2064.
_EPOCH = date(1899, 12, 30)
_SERIAL = re.compile(r"[2-5]\d{4}")
_NUMERAL = re.compile("[〇零一二三四五六七八九十]+(?=[年月日号])")
#: What stands around a day and makes it no other: how exact it is, since, a word in brackets.
_AROUND = re.compile(
    r"^(?:自|从|于|约|预计|截至)|\(.*?\)|(?:[上中下]旬|[初底末]|左右|前后|[起前后止]|开始|以?来)+$"
)
_SHORT_YEAR = re.compile(
    r"(1[3-9]|[23]\d)(?:([/.-])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(?:(\d{1,2})[日号]?)?|[.](\d{1,2}))"
)
_NO_YEAR = re.compile(r"(\d{1,2})(?:月(?:(\d{1,2})[日号]?)?|[./](\d{1,2}))")
_YEARS_BACK = {"今年": 0, "本年": 0, "当年": 0, "去年": 1, "上年": 1, "前年": 2}


def read_date(text: str, year: str = "") -> str:
    """Return an ISO day, month or year; the text as it is where nobody can read it as one.

    Parameters
    ----------
    year : of the sheet, for days without one; empty where it names none.
    """
    plain = re.sub(r"\s+", "", half_width(text))
    if read_day(plain):
        return text
    if _SERIAL.fullmatch(plain):
        return (_EPOCH + timedelta(int(plain))).isoformat()
    plain = _NUMERAL.sub(lambda hit: str(read_numeral(hit.group())), _AROUND.sub("", plain))
    plain = plain.replace("号", "日")
    back = _YEARS_BACK.get(plain[:2])
    if back is not None:
        return read_date(plain[2:], str(int(year) - back)) if year and plain[2:] else text
    if short := _SHORT_YEAR.fullmatch(plain):
        parts = [part for part in short.groups() if part and part.isdigit()]
        return read_day(f"20{'-'.join(parts)}") or text
    if year and (bare := _NO_YEAR.fullmatch(plain)):
        return read_day("-".join((year, *filter(None, bare.groups())))) or text
    return read_day(plain) or text


def is_day(text: str) -> bool:
    """Whether a cell is a day or a month, in a year of its own or in the sheet's."""
    plain = half_width(text).strip()
    if re.fullmatch(r"\d{1,4}|\d+\.\d{3,}", plain):
        return False
    return read_day(read_date(plain, "2000")) is not None
