"""The scan over a text: items that the table of patterns finds, with what each says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geomap.hours.clock import DASH, read_compact, read_half, read_range
from geomap.hours.patterns import ENGLISH_DAYS, HAN_DAYS, MONTH, PATTERNS
from geomap.hours.rules import DAY_MIN, MONTH_LENGTHS, WEEKEND, WORKDAYS

_SIGNS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SIGNS |= dict.fromkeys(map(ord, "－–—―─━‐‑‒−~～〜∼˜﹣ー→⇒➔➜➡"), "-")
_SIGNS |= dict.fromkeys(map(ord, "：﹕∶︰"), ":")
_SIGNS |= dict.fromkeys(
    map(ord, "\u3000\u00a0\u2002\u2003\u2009\ufe0e\ufe0f\u200b\ufeff\t\r\n"), " "
)
_CLOCK_FACES = [*range(0x1F550, 0x1F568), *map(ord, "⏰⏱⏲⏳⌚🕰")]
_SIGNS |= dict.fromkeys(_CLOCK_FACES, " ")
_SCRIPT = str.maketrans(
    "週點時節開間營業關閉館連無兩晝夜雙單從鐘運動禮員務實備門後個國慶勞清為與於辦內對僅禮飯臨調"
    "預約訂現續複場號電話熱線會議舉達雨營點歲農曆陽節診終繼進應體",
    "周点时节开间营业关闭馆连无两昼夜双单从钟运动礼员务实备门后个国庆劳清为与于办内对仅礼饭临调"
    "预约订现续复场号电话热线会议举达雨营点岁农历阳节诊终继进应体",
)


def simplify(text: str) -> str:
    """The text with half-width signs, one dash and one colon; not a character longer or shorter."""
    return text.translate(_SIGNS).translate(_SCRIPT)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a text says of hours; ``kind`` is the name of the pattern that found it.

    ``times`` are minutes since midnight, ``dates`` ranges of month * 100 + day.
    """

    kind: str
    start: int
    end: int
    text: str
    days: frozenset[int] = frozenset()
    holidays: bool = False
    times: tuple[int, int] = (0, 0)
    dates: tuple[tuple[int, int], ...] = ()


_SCAN = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
#: Where any pattern may fit: one search is faster than asking each at every character.
_ANY = re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern) for _, pattern in PATTERNS))

DAY_KINDS = ("days", "weekend", "workday", "weekday", "english", "restday", "holiday", "feast")


def find_items(text: str) -> list[Item]:
    """Items of a simplified text in order; what no pattern knows has the kind ``other``."""
    items: list[Item] = []
    at = known = 0
    while at <= len(text):
        fit = _ANY.search(text, at)
        at = fit.start() if fit else len(text)
        item = _next_item(text, at) if fit else None
        if known < at and (item is not None or at == len(text)):
            items.append(Item("other", known, at, text[known:at]))
        if item is not None:
            items.append(item)
            known = item.end
        at = item.end if item is not None else at + 1
    return items


def _next_item(text: str, at: int) -> Item | None:
    for kind, pattern in _SCAN:
        match = pattern.match(text, at)
        if match and match.end() > at:
            item = _make_item(kind, match)
            if item is not None:
                return item
    return None


def _make_item(kind: str, match: re.Match[str]) -> Item | None:
    item = Item(kind, match.start(), match.end(), match.group())
    if kind in ("range", "compact"):
        clock = read_compact(match) if kind == "compact" else read_range(match)
        if clock is None:
            return None
        times = (clock.start, clock.end)
        return replace(item, kind="times" if clock.sure else "doubt", times=times)
    if kind == "half":
        return _make_half(item, match)
    if kind == "always":
        return replace(item, kind="times", times=(0, DAY_MIN))
    if kind == "season":
        return replace(item, dates=_read_months(item.text))
    if kind in DAY_KINDS:
        return replace(
            item, days=_read_days(kind, item.text), holidays=kind in ("restday", "holiday", "feast")
        )
    return item


_UNTIL = re.compile("(?!提前|提早)[^\\d]*?[至到-]")


def _make_half(item: Item, match: re.Match[str]) -> Item | None:
    """One end of the hours: ``until`` where it can only be the end, else ``half``.

    ``times`` are (1, minute) when the minute may also be meant 12 hours later, else (0, minute).
    """
    try:
        minute, is_open = read_half(match)
    except ValueError:
        return None
    kind = "until" if _UNTIL.match(item.text) else "half"
    return replace(item, kind=kind, times=(int(is_open), minute))


def _read_days(kind: str, words: str) -> frozenset[int]:
    named = {"weekend": WEEKEND, "restday": WEEKEND, "workday": WORKDAYS, "weekday": WORKDAYS}
    if kind == "english":
        return _read_english_days(words.lower())
    if kind != "days":
        return named.get(kind, frozenset())
    numbers = [HAN_DAYS.replace("天", "").find(sign) for sign in words.replace("天", "日")]
    numbers += [int(sign) - 1 for sign in words if sign in "1234567"]
    days = [number for number in numbers if number >= 0]
    if re.search("[-至到]", words) and len(days) == 2:
        first, last = days
        return frozenset(day % 7 for day in range(first, last + 1 + 7 * (last < first)))
    return frozenset(days)


def _read_english_days(words: str) -> frozenset[int]:
    if words.startswith("week"):
        return WEEKEND if "end" in words else WORKDAYS
    days = [ENGLISH_DAYS.split("|").index(name) for name in re.findall(ENGLISH_DAYS, words)]
    first, last = days[0], days[-1]
    return frozenset(day % 7 for day in range(first, last + 1 + 7 * (last < first)))


_MONTHS = re.compile(rf"({MONTH})(?:月?份?|\.)(?:(\d+)[日号]?)?(?:底|末|初)?{DASH}[^\d]*"
                     rf"({MONTH})(?:月份?|\.)(?:(\d+)[日号]?)?")  # fmt: skip


def _read_months(words: str) -> tuple[tuple[int, int], ...]:
    """Ranges of month * 100 + day; empty for a season whose months are not stated."""
    match = _MONTHS.search(words)
    if match is None:
        return _read_month_list(words)
    first, day, last, last_day = (int(number or 0) for number in match.groups())
    longest = MONTH_LENGTHS[last - 1]
    return ((first * 100 + (day or 1), last * 100 + min(last_day or longest, longest)),)


def _read_month_list(words: str) -> tuple[tuple[int, int], ...]:
    """7月、8月 and 12月、1月; neighbours make one range."""
    ranges: list[tuple[int, int]] = []
    for month in map(int, re.findall(rf"({MONTH})月", words)):
        last = month * 100 + MONTH_LENGTHS[month - 1]
        if ranges and ranges[-1][1] // 100 % 12 + 1 == month:
            ranges[-1] = (ranges[-1][0], last)
        else:
            ranges.append((month * 100 + 1, last))
    return tuple(ranges)


#: Minutes since midnight that hours may lie between to be those of a part of the day.
_PART_SPANS = (
    ("凌晨", 0, 540), ("早清晨上朝", 240, 780), ("中正", 630, 900), ("午下傍黄", 690, 1290),
    ("晚夜深半子夕", 900, 1920), ("白日", 240, 1290),
)  # fmt: skip


def lies_in_part(word: str, times: tuple[int, int]) -> bool:
    """Whether times (minutes since midnight) lie in the part of the day that a word names."""
    spans = [(low, high) for signs, low, high in _PART_SPANS if word[0] in signs]
    low, high = spans[0] if spans else (0, 0)
    return low <= times[0] and times[1] <= high
