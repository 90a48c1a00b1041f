"""What Chinese texts say of opening hours: one ordered table of patterns, and the scan over it.

At each place of the text the first pattern that fits wins. To teach a new form, add it here and
its example to tests/hours_forms.toml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geomap.hours.clock import DASH, PART, RANGE, read_range
from geomap.hours.rules import DAY_MIN, MONTH_LENGTHS, WEEKEND, WORKDAYS

_SIGNS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SIGNS |= dict.fromkeys(map(ord, "－–—―─━‐‑‒−~～〜∼˜﹣ー"), "-")
_SIGNS |= dict.fromkeys(map(ord, "：﹕∶︰"), ":")
_SIGNS |= dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\t\r\n"), " ")
_SCRIPT = str.maketrans(
    "週點時節開間營業關閉館連無兩晝夜雙單從鐘運動禮員務實備",
    "周点时节开间营业关闭馆连无两昼夜双单从钟运动礼员务实备",
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


_HAN_DAYS = "一二三四五六日天"
_DAY = rf"(?:[{_HAN_DAYS}](?![点时])|[1-7](?![\d:点时月.]))"
_WEEK = "(?:每逢周|每周|逢周|每星期|周|星期|礼拜)"
#: 周一、三、五 goes on; 周一,三楼 does not.
_MORE = (
    rf"(?:\s*[,、/和及与]?\s*(?:{_WEEK}\s*)?[{_HAN_DAYS}]"
    rf"(?![点时楼层号个家名位次处月十刻]|\s*(?:至|到|-)\s*{_WEEK}?[{_HAN_DAYS}]))*"
)
_HOLIDAY = "(?:国家)?(?:法定|国定|公休|公众|公共)?(?:节假日|假节日|节日|假日|假期)(?:期间)?"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_MONTH_DAY = rf"{_MONTH}(?:月份?(?:[0-3]?\d[日号])?(?:底|末|初)?)?"
_OPEN = "开放|营业|服务|运营|工作|办公|接待|值守|使用|作息|开门|上班|供应|经营|运行"

PATTERNS: tuple[tuple[str, str], ...] = (
    ("date", r"\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"),
    (
        "season",
        rf"(?:每年的?)?(?<!\d){_MONTH_DAY}{DASH}(?:次年|翌年|第二年)?的?{_MONTH}月份?"
        r"(?:[0-3]?\d[日号])?(?:底|末)?",
    ),
    ("date", r"\d{1,2}月\d{1,2}[日号]|\d{1,2}[日号](?![楼线门院店路馆])"),
    ("never", "(?:近|过去|最近|未来|超过|不到)24小时"),
    ("never", "24小时(?:之?内|以内|后|前|热线|值班|咨询|报警|求助|接访|救援|维权)"),
    (
        "always",
        r"(?:全年|一年)?(?:365天)?(?:全天候?|每天|每日)?[,、]?\s*(?:24小时|二十四小时|24[hH](?![a-zA-Z])"
        r"|7\s*(?:天)?\s*[x*×X]\s*24(?:小时)?|24/7)(?:全天候?|全时)?|全天候|(?:昼夜|通宵)(?=开|营|服|不)",
    ),
    ("range", RANGE.pattern),
    (
        "noise",
        r"全天\d+个?小时|(?:中午|午间)?不(?:午休|间断)|(?:中午|午间)(?:不休息?|无休|连续)"
        r"|\d{1,2}(?::\d\d|[点时])(?:后|起)?停止(?:入场|入馆|入内|进场|进馆|接待)",
    ),
    ("lunch", "(?:中午|午间)?午休(?:时间)?|(?:中午|午间)(?:休息|闭馆|关门)"),
    (
        "odd",
        rf"单双[日号周]|[单双][日号周]|隔[日天周](?=开|营|服|上|$)|每月的?第?[一二三四五\d]*个?"
        rf"(?:{_WEEK}{_DAY})?|逢集|赶集日?",
    ),
    ("days", rf"{_WEEK}\s*{_DAY}\s*(?:-+|至|到)\s*{_WEEK}?\s*{_DAY}"),
    ("days", rf"{_WEEK}\s*{_DAY}{_MORE}"),
    ("weekend", "每?个?(?:周末|双休日|双休)"),
    ("workday", "每?个?(?:法定)?工作日"),
    ("restday", "(?:法定)?休息日|公休日"),
    ("holiday", _HOLIDAY),
    (
        "feast",
        "(?:春节|国庆节?|元旦|五一|清明节?|端午节?|中秋节?|除夕|寒暑假|寒假|暑假)(?:期间|假期|当[日天])?",
    ),
    ("every", "全年无节?休|(?:全年|常年|一年|一周|365天|7天)+,?(?:无休息?|不休)|无节?假日"),
    ("every", "每天|每日|天天|日常|常年|全年|365天|一周7天|每晚"),
    ("season", "[夏冬][季天](?:时间|作息)?|春秋季?|[春秋]季|[夏冬]令时?|旺季|淡季"),
    ("season", "(?:其他|其余|其它)(?:季节|时间|月份|时段|日期)"),
    ("season", r"暑期|汛期|供暖季|高温期间?|[夏冬](?=\s*:?\s*\d)"),
    ("except", "除(?:了)?(?!外)|不[含包]括?"),
    ("outside", "[以之]?外"),
    ("with", "含|包括|包含|连同"),
    (
        "off",
        rf"除外|不(?:对外)?(?:{_OPEN})|停(?:止)?(?:{_OPEN})|暂停(?:{_OPEN})?|闭馆|闭站|关门|关闭"
        "|休息|放假|公休|轮休|休馆|打烊|休(?![闲整憩])",
    ),
    ("on", rf"(?:均|都|也)?(?:照常|正常|照样)(?:对外)?(?:{_OPEN})?|不打烊|[不无]休息?|不放假"),
    ("part", rf"(?![朝夕夜晨](?![间里晚])){PART}(?![市会报餐饭托教班日])"),
    ("allday", "全天"),
    ("about", "大?约|左右|前后|大概|弹性"),
    (
        "noise",
        rf"(?:对外|免费|日常)?(?:{_OPEN})(?:的)?(?:时间段?|时段|日期|日)?|时间段?|时段|对外|免费"
        r"|其他|其余|其它|以及|小时制?|[为是在由从自于均都的及和与或并]",
    ),
    ("open", r"[(\[【]"),
    ("stop", r"[;。)\]】|!?]"),
    ("noise", r"[\s,、:.{}<>/“”\"'《》「」+&-]"),
)
_SCAN = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)

DAY_KINDS = ("days", "weekend", "workday", "restday", "holiday", "feast")


def find_items(text: str) -> list[Item]:
    """Items of a simplified text in order; what no pattern knows has the kind ``other``."""
    items: list[Item] = []
    at = known = 0
    while at <= len(text):
        item = _next_item(text, at) if at < len(text) else None
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
    if kind == "range":
        clock = read_range(match)
        if clock is None:
            return None
        times = (clock.start, clock.end)
        return replace(item, kind="times" if clock.sure else "doubt", times=times)
    if kind == "always":
        return replace(item, kind="times", times=(0, DAY_MIN))
    if kind == "season":
        return replace(item, dates=_read_months(item.text))
    if kind in DAY_KINDS:
        return replace(
            item, days=_read_days(kind, item.text), holidays=kind in ("restday", "holiday", "feast")
        )
    return item


def _read_days(kind: str, words: str) -> frozenset[int]:
    named = {"weekend": WEEKEND, "restday": WEEKEND, "workday": WORKDAYS}
    if kind != "days":
        return named.get(kind, frozenset())
    numbers = [_HAN_DAYS.replace("天", "").find(sign) for sign in words.replace("天", "日")]
    numbers += [int(sign) - 1 for sign in words if sign in "1234567"]
    days = [number for number in numbers if number >= 0]
    if re.search("[-至到]", words) and len(days) == 2:
        first, last = days
        return frozenset(day % 7 for day in range(first, last + 1 + 7 * (last < first)))
    return frozenset(days)


_MONTHS = re.compile(rf"({_MONTH})月?份?(?:(\d+)[日号])?(?:底|末|初)?{DASH}[^\d]*"
                     rf"({_MONTH})月份?(?:(\d+)[日号])?")  # fmt: skip


def _read_months(words: str) -> tuple[tuple[int, int], ...]:
    """Ranges of month * 100 + day; empty for a season whose months are not stated."""
    match = _MONTHS.search(words)
    if match is None:
        return ()
    first, day, last, last_day = (int(number or 0) for number in match.groups())
    longest = MONTH_LENGTHS[last - 1]
    return ((first * 100 + (day or 1), last * 100 + min(last_day or longest, longest)),)
