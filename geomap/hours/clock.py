"""Clock ranges in Chinese: 早7:30到晚19:30, 上午9时至下午5时30分, 9点开门21点关门, 8am-8pm.

A range is minutes since midnight, its end past 1440 when it runs into the next day. Where the
words leave a choice (9:00-5:00: the afternoon, or the next morning?) the range is not sure, and
whoever uses it must treat it as unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geomap.hours.rules import DAY_MIN
from geomap.text.numerals import read_numeral

_EARLY = "早晨|早上|早间|清晨|大清早|清早|上午|早|晨|朝"
_NIGHT = "凌晨"
_NOON = "中午|午间|正午"
_AFTERNOON = "下午|午后|傍晚|黄昏"
_EVENING = "晚上|晚间|夜间|夜里|深夜|半夜|午夜|子夜|夜晚|晚|夜|夕"
#: Words for a part of the day; alone (周四下午) they are vague hours.
PART = rf"(?:{_NIGHT}|{_EARLY}|{_NOON}|{_AFTERNOON}|{_EVENING})"
#: English notices: before the hour as in AM 8:30, or behind it as in 8:30am.
_HALF_DAY = r"[aApP]\.?[mM]\.?"
_AM, _PM = "am", "pm"
_NEXT = "次日|翌日|第二天|隔天|隔日"
_HAN = "二十[一二三四]?|十[一二三四五六七八九]?|[零〇一二两三四五六七八九]"
_HAN_MINUTE = "[二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九]"
DASH = r"(?:\s*+(?:-+|至|到|起?至|直到|一直到|(?<![a-zA-Z])(?:to|until|till)(?![a-zA-Z]))\s*+)"
#: Words that a door opens or closes with: 9点开门, 21点关门.
OPENS = "(?:开门|开馆|开放|开始(?:营业|服务|上班|办公)?|营业|上班|上岗|开)"
CLOSES = (
    "(?:关门|打烊|闭馆|闭站|闭店|歇业|收摊|收工|关闭|下班|下岗|关"
    "|(?:停止|结束)(?:营业|服务|开放|办公|接待)?)"
)


def _point(n: int) -> str:
    return (
        rf"(?:(?:当日|当天)?(?P<next{n}>{_NEXT})?(?:的)?"
        rf"(?P<part{n}>{PART}|{_HALF_DAY})?\s*+[:,()]?\s*+)"
        rf"(?:(?P<hour{n}>[01]?\d|2[0-4])|(?P<han{n}>{_HAN}))(?![\d年月日号])"
        rf"(?P<rest{n}>\s*+:\s*+(?P<colon{n}>[0-5]\d)(?::00)?(?!\d)(?:[时分点])?"
        rf"|\.(?P<dot{n}>[0-5]\d)(?![\d元折%])"
        rf"|(?:点钟?|时)(?!间|段)(?:(?P<half{n}>半|整|[一三]刻)|(?P<minute{n}>[0-5]?\d)分?"
        rf"|(?P<hanminute{n}>{_HAN_MINUTE})分?)?)?"
        rf"(?:\s*+(?P<post{n}>{_HALF_DAY})(?![a-zA-Z]|\s*+\d))?"
    )


_BEFORE = r"(?<![\d.年第])(?<!\d[:-])"
_BEHIND = r"(?!\d|:\d|[%元]|-\d)"
#: 8:00一17:00: the number one, typed for a dash.
_TYPED_ONE = r"(?<=[\d点时分半])一(?=\d{1,2}[:点时])"
_PAUSE = r"\s*+(?:[,;、。和至到]|-+)?\s*+"
#: A range as printed; :func:`read_range` says whether it is one.
RANGE = re.compile(
    rf"{_BEFORE}(?:{_point(1)})"
    rf"(?:\s*+(?:一直)?{OPENS}?{DASH}|{_TYPED_ONE}|(?={PART}|{_NEXT}))(?:{_point(2)}){_BEHIND}"
)
#: 9点开门,21点关门.
DOOR_RANGE = re.compile(
    rf"{_BEFORE}(?:{_point(1)})\s*+(?:准时|正常)?(?:{OPENS}|起){_PAUSE}"
    rf"(?:{_point(2)})\s*+(?:准时)?(?:{CLOSES}|止)(?!前)"
)
#: 开门时间9:00,关门时间21:00.
LABEL_RANGE = re.compile(
    rf"{OPENS}(?:时间)?[\s:为是]*(?:{_point(1)}){_PAUSE}{CLOSES}(?:时间)?[\s:为是]*(?:{_point(2)}){_BEHIND}"
)
#: 0830-1730, without colons: only with a zero ahead and full or half hours.
COMPACT_RANGE = re.compile(
    r"(?<![\w-])(?P<hour1>0[5-9])(?P<minute1>00|30)-(?P<hour2>1\d|2[0-4])(?P<minute2>00|30)(?![\w-])"
)
#: One end of the hours only, said of a door: 8:30开门, 营业至22:00.
HALF = re.compile(
    rf"{_BEFORE}(?:{_point(1)})(?:{OPENS}|{CLOSES})(?![会班幕工业课机])"
    rf"|(?:(?:{OPENS}|服务|延长|延迟|延时|顺延|推迟|延|提前|提早)(?:{OPENS}|服务)?(?:时间)?(?:到|至|-)\s*+)"
    + _point(2)
    + _BEHIND
)
#: The same without a word of the door: 9点以后.
BARE_HALF = re.compile(
    rf"(?:截?至|到)\s*+{_point(2)}(?:为?止)?{_BEHIND}|{_BEFORE}(?:{_point(1)})(?:(?:以后|之后|以前|之前|后|前|起)|{DASH}(?:{PART}|天亮)(?!\s*+\d))"
)


@dataclass(frozen=True, slots=True)
class ClockRange:
    """Minutes since midnight, end exclusive; ``sure`` is false where the words leave a choice."""

    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Point:
    part: str
    hour: int
    minute: int
    next_day: bool
    unit: str
    padded: bool
    said: bool = False


def read_range(match: re.Match[str]) -> ClockRange | None:
    """The range that a match of :data:`RANGE` means, or None when it is no clock range."""
    first, last = _share_half_day(_read_point(match, 1), _read_point(match, 2))
    if not _is_clock(first, last):
        return None
    start = _minute_of_day(first.part, first.hour, first.minute)
    end = _minute_of_day(last.part, last.hour, last.minute)
    if start is None or end is None or first.next_day or start >= DAY_MIN:
        return None
    return _join(first, last, start, end)


def read_compact(match: re.Match[str]) -> ClockRange:
    """The range that a match of :data:`COMPACT_RANGE` means."""
    start, end = (int(match[f"hour{n}"]) * 60 + int(match[f"minute{n}"]) for n in (1, 2))
    return ClockRange(start, min(end, DAY_MIN))


def read_half(match: re.Match[str]) -> tuple[int, bool]:
    """Minute of the one end that is stated, and whether it may as well be 12 hours later.

    Raises
    ------
    ValueError
        when the words name no time of the clock (服务到家, 开放至2楼).
    """
    n = 1 if "hour2" not in match.re.groupindex or match["hour1"] or match["han1"] else 2
    point = _read_point(match, n)
    minute = _minute_of_day(point.part, point.hour, point.minute)
    if minute is None or point.unit in ("", "."):
        raise ValueError(match.group())
    return minute, not point.part and point.hour <= 12


def _share_half_day(first: _Point, last: _Point) -> tuple[_Point, _Point]:
    """2-5pm: the afternoon holds for both, when the first hour comes before the last."""
    if last.said and last.part == _PM and not first.part and first.hour % 12 < last.hour % 12:
        return replace(first, part=last.part), last
    return first, last


def _read_point(match: re.Match[str], n: int) -> _Point:
    digits, han = match[f"hour{n}"], match[f"han{n}"]
    half = {"半": 30, "一刻": 15, "三刻": 45}.get(match[f"half{n}"] or "", 0)
    minutes = match[f"colon{n}"] or match[f"dot{n}"] or match[f"minute{n}"]
    minute = int(minutes) if minutes else read_numeral(match[f"hanminute{n}"] or "") or half
    unit = (match[f"rest{n}"] or "").strip()
    post = match[f"post{n}"] or ""
    unit = unit or "点" * bool(post)
    part = (post or match[f"part{n}"] or "").lower().replace(".", "")
    return _Point(
        part=part,
        said=bool(post),
        hour=int(digits) if digits else read_numeral(han),
        minute=minute,
        next_day=bool(match[f"next{n}"]),
        unit="" if not unit else "." if unit[0] == "." else ":" if unit[0] == ":" else "点",
        padded=bool(digits) and (len(digits) == 2 and digits[0] == "0"),
    )


def _is_clock(first: _Point, last: _Point) -> bool:
    """A score (3-2), a price or a share must not pass: some word has to say that it is a time."""
    if first.part and last.part:
        return True
    if "." in (first.unit, last.unit):
        return first.unit == last.unit
    return bool(last.unit) and (bool(first.unit) or last.unit == "点")


def _minute_of_day(part: str, hour: int, minute: int) -> int | None:
    """Minute of the day that an hour of a part of the day is; past 1440 it is after midnight."""
    clock = hour * 60 + minute
    if clock > DAY_MIN:
        return None
    if not part or (part in (_AM, _PM) and hour > 12):
        return clock
    if part in (_AM, _PM):
        return clock % 720 + 720 * (part == _PM)
    if part == _NIGHT:
        return clock % 720 if hour == 12 else clock if hour <= 6 else None
    if part in _EARLY.split("|"):
        return clock if 4 <= hour <= 12 else None
    if part in _NOON.split("|"):
        return clock if 11 <= hour <= 14 else clock + 720 if 1 <= hour <= 2 else None
    if part in _AFTERNOON.split("|"):
        return clock if 12 <= hour <= 20 else clock + 720 if 1 <= hour <= 8 else None
    if hour <= 3:
        return clock + DAY_MIN
    return clock + 720 if hour <= 12 else clock


def _join(first: _Point, last: _Point, start: int, end: int) -> ClockRange | None:
    sure = True
    # 晚8点至早6点: the morning can only be the next one.
    is_morning = last.part in _EARLY.split("|") and start >= 720 and first.part != last.part
    if last.next_day:
        end += DAY_MIN * (end <= DAY_MIN)
    elif end <= start and (last.part in (_NIGHT, _AM) or is_morning):
        end += DAY_MIN
    elif not last.part and end <= start:
        end, sure = _guess_end(first, last, start, end)
    elif end <= start:
        return None
    return ClockRange(start, end, sure) if start < end <= start + DAY_MIN else None


def _guess_end(first: _Point, last: _Point, start: int, end: int) -> tuple[int, bool]:
    """End of a range that seems to run backwards: 下午2点-5点 goes on, 22:00-6:00 wraps."""
    if end == start:
        return end, False
    afternoon = end + 720
    inherits = first.part in (_PM, *_AFTERNOON.split("|"), *_EVENING.split("|"), *_NOON.split("|"))
    if inherits and last.hour <= 12 and start < afternoon <= DAY_MIN:
        return afternoon, True
    if first.hour in (11, 12) and start < afternoon <= start + 240:
        return afternoon, True  # 12点到1点半
    could_be_afternoon = last.hour <= 12 and start < afternoon and not last.padded
    return end + DAY_MIN, not could_be_afternoon
