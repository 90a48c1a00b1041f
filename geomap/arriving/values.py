"""What single cells of a sheet say: a pair of coordinates, degrees, a mark in a column."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geomap.sheets.cells import half_width, is_in_china
from geomap.text import phones

_NUMBER = re.compile(r"\d{1,3}\.\d+|\d{1,3}")
_DMS = re.compile(
    r"(?<![\d.])(\d{1,3})\s*[°度]\s*(?:(\d{1,2}(?:\.\d+)?)\s*[′'分’]\s*)?"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:[″\"秒”]|''|′′)?)?"
)
_AROUND = re.compile(
    r"[东经北纬度]|lng|longitude|latitude|lon|lat|[enEN:;,、/()\[\]{}\"\s°=]", re.IGNORECASE
)
_YES = re.compile(
    r"^(?:√|✓|✔|☑|v$|是|有|能|已配|配备|齐全|y$|yes|true|●|○$|[1-9]\d*)", re.IGNORECASE
)
_NO = re.compile(
    r"^(?:×|✗|✘|x$|否|无|没有|没|未|暂无|不|n$|no$|false|0$|[-/—一]+$|☐$|□$)", re.IGNORECASE
)

#: Links of map apps, by the datum that they are on.
_LINKS = {
    "gcj02": r"amap\.com|gaode\.com|(?:android|ios)amap:|map\.qq\.com|qqmap:",
    "bd09": r"map\.baidu\.com|baidumap:|bdapp:",
    "wgs84": r"openstreetmap\.org|tianditu|\bgeo:",
}
#: A number that can be rung, and no part of a coordinate.
PHONE = re.compile(rf"(?<![\d.-]){phones.PHONE}(?![\d.])")
_BARE_CLOCK = re.compile(
    r"(?<!\d)([01]\d|2[0-4])([0-5]\d)\s*[-~—–至到]\s*([01]\d|2[0-4])([0-5]\d)(?!\d)"
)
_LEAST_SPAN = 120
_DITTO = re.compile("同上|同前|〃|″|”|同上行")
#: What programs write for nothing.
_EMPTY = frozenset(
    ("[]", "{}", "null", "none", "nan", "n/a", "#n/a", "(空)", "(跳过)", "--", "undefined")
)


def read_pair(text: str) -> tuple[str, str] | None:
    """Return longitude and latitude of a cell that holds both, whichever comes first."""
    plain = half_width(text).strip()
    degrees = [_decimal(*hit.groups()) for hit in _DMS.finditer(plain)]
    rest = _DMS.sub("", plain) if len(degrees) == 2 else _NUMBER.sub("", plain)
    numbers = degrees if len(degrees) == 2 else _NUMBER.findall(plain)
    if len(numbers) != 2 or _AROUND.sub("", rest) or not any("." in each for each in numbers):
        return None
    return order_pair(numbers[0], numbers[1])


def order_pair(one: str, other: str) -> tuple[str, str] | None:
    """Return two numbers as longitude and latitude of China; None where they are not."""
    if is_in_china(float(one), float(other)):
        return one, other
    return (other, one) if is_in_china(float(other), float(one)) else None


def is_number(text: str) -> bool:
    """Whether a cell is digits with or without a decimal point."""
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", text))


def read_degrees(text: str) -> str:
    """Return degrees as a decimal number (120°07′48″, 东经120.13°); the text where they are not."""
    plain = half_width(text).strip()
    plain = re.sub(r"(?<=\d)分(?=\d)", "′", plain)
    whole = _DMS.fullmatch(re.sub(r"^(?:东经|北纬|[EN])|[EN]$", "", plain).strip())
    if whole:
        return _decimal(*whole.groups())
    bare = re.sub(r"^(?:东经|北纬|[EN])|°?[EN]?$", "", plain).strip()
    return bare if _NUMBER.fullmatch(bare) else text


def read_mark(text: str) -> bool | None:
    """Return whether a cell of a facility's column says yes; None where it says neither."""
    plain = half_width(text).strip()
    if _NO.match(plain):
        return False
    return True if _YES.match(plain) else None


def is_nothing(text: str) -> bool:
    """Whether a cell holds what a program writes where there is nothing."""
    return half_width(text).strip().lower() in _EMPTY


def is_ditto(text: str) -> bool:
    """Whether a cell means the one above it."""
    return bool(_DITTO.fullmatch(text))


def is_mark(text: str) -> bool:
    """Whether a cell says yes or no."""
    return read_mark(text) is not None


def with_colons(text: str) -> str:
    """Return a column's times of day as others write them: 1000-2300 is 10:00-23:00.

    What spans less than two hours is none: 2015-2025 are years.
    """
    return _BARE_CLOCK.sub(_with_colons, text)


def _with_colons(hit: re.Match[str]) -> str:
    hour, minute, to_hour, to_minute = map(int, hit.groups())
    span = (to_hour - hour) * 60 + to_minute - minute
    return "{}:{}-{}:{}".format(*hit.groups()) if span < 0 or span >= _LEAST_SPAN else hit.group()


def says_operating(status: str) -> bool:
    """Whether words that are in no list say plainly that a station operates (正常对外开放)."""
    words = re.search(r"正常|在用|运[营行]|开放|营业|投用|启用", status)
    return bool(words) and not re.search(r"[未不没非停暂待拟筹无]|[?？]", status)


def find_status(text: str, statuses: Mapping[str, str]) -> str:
    """Return the status that a word has, without marks, 已 and 中 around it: 🟢 运营中, 已暂停."""
    plain = re.sub(r"[^\w\u4e00-\u9fff]", "", text)
    forms = (text, text.lower(), plain, plain.removesuffix("中"), plain.removeprefix("已"))
    return next((statuses[form] for form in forms if form in statuses), "")


def _decimal(degrees: str, minutes: str | None, seconds: str | None) -> str:
    if not minutes and not seconds:
        return degrees
    value = int(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    whole, _, parts = f"{value:.6f}".partition(".")
    return f"{whole}.{parts.rstrip('0'):0<4}"


def linked_datum(text: str) -> str:
    """Return the datum of the one map whose links stand in a text; empty for none or several."""
    found = [datum for datum, link in _LINKS.items() if re.search(link, text)]
    return found[0] if len(found) == 1 else ""
