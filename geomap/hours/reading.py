"""Items of a text to groups of times that hold for the same days of one season.

Chinese hours put the days before the times (周末9:00-21:00) or behind them (8:00-18:00(工作日));
what binds to what is decided by what comes next and by the ends of clauses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from geomap.hours.rules import DAY_MIN, WORKDAYS
from geomap.hours.words import DAY_KINDS, Item, lies_in_part

#: A season's name and its dates, ranges of month * 100 + day; no dates: not stated.
Season = tuple[str, tuple[tuple[int, int], ...]]
#: The key of public holidays in a table of days, beside 0 Monday to 6 Sunday.
HOLIDAYS = 7
TIMED = ("times", "doubt")


@dataclass
class Group:
    """Times that hold for the same days of one season. ``days`` None: not said, so every day."""

    season: Season
    days: frozenset[int] | None = None
    holidays: bool = False
    times: list[tuple[int, int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    until: tuple[int, int] | None = None
    is_complete: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been said of these days yet."""
        return not self.times and not self.words


@dataclass
class Reading:
    """What has been read so far."""

    groups: list[Group] = field(default_factory=list)
    season: Season = ("", ())
    #: Times of a break, and the days it is said of (None: all).
    breaks: list[tuple[tuple[int, int], frozenset[int] | None]] = field(default_factory=list)
    is_staffed: bool = False
    strange: frozenset[int] = frozenset()
    off: set[int] = field(default_factory=set)
    on: set[int] = field(default_factory=set)
    workdays: bool = False
    doubts: list[Item] = field(default_factory=list)
    feasts: list[str] = field(default_factory=list)

    def current(self) -> Group:
        """Return the group that the next times belong to."""
        last = self.groups[-1] if self.groups else None
        if last is None or last.season != self.season or last.is_complete:
            self.groups.append(Group(self.season))
        return self.groups[-1]


def read_items(items: list[Item], is_staffed: bool, strange: frozenset[int]) -> Reading:
    """Groups, days off and doubts that the items (without noise) state.

    ``is_staffed``: the text speaks of the staff as well, or of how to get in without it.
    ``strange``: where days end that words follow which no pattern knows.
    """
    reading = Reading(is_staffed=is_staffed, strange=strange)
    at = 0
    while at < len(items):
        kind = items[at].kind
        if kind in (*DAY_KINDS, "except", "with"):
            at = _read_day_chain(reading, items, at)
            continue
        if kind in _READERS:  # what has no reader says nothing of hours
            _READERS[kind](reading, items, at)
        at += 1
    return reading


def _kind(items: list[Item], at: int) -> str:
    return items[at].kind if 0 <= at < len(items) else ""


def _read_times(reading: Reading, items: list[Item], at: int) -> None:
    item = items[at]
    start, end = item.times
    others = [other.times for other in items if other.kind == "times" and other is not item]
    is_inside = any(a <= start and end <= b and (a, b) != (start, end) for a, b in others)
    if is_inside and ({_kind(items, at - 1), _kind(items, at + 1)} & {"lunch", "off", "pause"}):
        group = reading.current()
        days = group.days if _kind(items, at - 1) != "stop" else None
        named = None if days is None else days | ({HOLIDAYS} if group.holidays else set())
        reading.breaks.append((item.times, named))
        return
    reading.current().times.append(item.times)
    if item.kind == "doubt":
        reading.current().words.append(item.text.strip())


def _read_words(reading: Reading, items: list[Item], at: int) -> None:
    """下午 alone is vague; beside times that lie in the afternoon it says nothing new."""
    if items[at].kind == "odd" and _kind(items, at + 1) in DAY_KINDS:  # 每月第二周周六
        reading.doubts.append(items[at])
        return
    is_open = reading.is_staffed and (0, DAY_MIN) in reading.current().times
    near = [items[i].times for i in (at - 1, at + 1) if _kind(items, i) == "times"]
    is_explained = is_open or any(lies_in_part(items[at].text, times) for times in near)
    if not (items[at].kind == "part" and is_explained):
        reading.current().words.append(items[at].text.strip())


def _read_half(reading: Reading, items: list[Item], at: int) -> None:
    """One end of the hours: vague, unless an end only moves the end of hours said before."""
    group = reading.current()
    is_known = any(items[at].times[1] in span for span in group.times)
    if is_known and not reading.is_staffed:  # 9:00-17:00,17:00闭馆
        return
    group.words.append(items[at].text.strip())
    group.until = items[at].times if items[at].kind == "until" else None


def _read_all_day(reading: Reading, items: list[Item], at: int) -> None:
    """全天开放 alone: round the clock, or just no lunch break? Beside times it says nothing new.

    Said of days or a season of their own (周末全天，工作日9:00-17:00) it stands alone as well.
    """
    timed = any(item.kind in TIMED for item in items)
    group = reading.current()
    own = group.days is not None or group.season != ("", ())
    ends = _kind(items, at + 1) in (*DAY_KINDS, "season", "every", "stop", "")
    if not timed or (own and ends and not group.times):
        group.words.append(items[at].text)


def _read_doubt(reading: Reading, items: list[Item], at: int) -> None:
    reading.doubts.append(items[at])


def _read_lunch(reading: Reading, items: list[Item], at: int) -> None:
    """A lunch break without times is a gap of unknown length, unless the times show one."""
    has_gap = reading.breaks or len(reading.current().times) > 1
    if _kind(items, at + 1) != "times" and not has_gap:
        reading.doubts.append(items[at])


def _read_off(reading: Reading, items: list[Item], at: int) -> None:
    """休息 with no day before it: a break's own word, or a state nobody can date."""
    of_break = at > 0 and items[at - 1].times in [span for span, _ in reading.breaks]
    if not of_break and not _is_rest_of_year(reading, items, at - 1):
        reading.doubts.append(items[at])


def _is_said_before(items: list[Item], at: int, last: Group, name: str) -> bool:
    """Whether a season's times stand before it: 8:00-18:00(夏季), not 夏季8:00-18:00,其余时间."""
    open_to_it = not last.is_empty and not _binds_forward(items, at)
    return open_to_it and (bool(name) or last.season == ("", ()))


def _is_rest_of_year(reading: Reading, items: list[Item], at: int) -> bool:
    """Whether a season is shut that has no months, as those before it have: 4月至10月…,淡季不开."""
    is_shut = _kind(items, at) == "season" and _kind(items, at + 1) == "off"
    dated = bool(reading.groups) and all(group.season[1] for group in reading.groups)
    return is_shut and dated and not items[at].dates


def _read_every(reading: Reading, items: list[Item], at: int) -> None:
    """每天 opens a group of its own unless days were named just before (每周一每天…)."""
    if not reading.current().is_empty and _binds_forward(items, at):
        reading.groups.append(Group(reading.season))


def _read_season(reading: Reading, items: list[Item], at: int) -> None:
    if _is_rest_of_year(reading, items, at):
        return
    name, dates = items[at].text, items[at].dates
    name = "" if name[0] == "其" else name
    last = reading.groups[-1] if reading.groups else None
    if _kind(items, at - 1) == "season":  # 夏季(5月至9月): one season, named twice
        dates = (*items[at - 1].dates, *dates)
        name = items[at - 1].text
    elif last and _is_said_before(items, at, last, name):
        last.season, last.is_complete = (name, dates), True
        return
    if last and last.is_empty:
        last.season = (name, dates)
    reading.season = (name, dates)


def _binds_forward(items: list[Item], at: int) -> bool:
    """Whether what stands at ``at`` belongs to the times after it: (周末9:00-21:00)."""
    hours = ("times", "doubt", "part", "odd", "allday", "half", "until")
    kinds = (item.kind for item in items[at + 1 :])
    return next((kind in hours for kind in kinds if kind in (*hours, "stop", "off", "on")), False)


_READERS: dict[str, Callable[[Reading, list[Item], int], None]] = {
    "times": _read_times, "doubt": _read_times, "part": _read_words, "odd": _read_words,
    "about": _read_doubt, "lunch": _read_lunch, "off": _read_off, "every": _read_every,
    "season": _read_season, "allday": _read_all_day, "maybe": _read_doubt, "half": _read_half,
    "until": _read_half,
}  # fmt: skip


def _read_day_chain(reading: Reading, items: list[Item], at: int) -> int:
    """Read days that stand together (周一、周三及节假日) and what is said of them."""
    opener = items[at].kind if items[at].kind in ("except", "with") else ""
    at += bool(opener)
    chain: list[Item] = []
    while _kind(items, at) in DAY_KINDS and (not chain or _is_joined(chain[-1], items, at)):
        chain.append(items[at])
        at += 1
    keys = {day for item in chain for day in item.days}
    keys |= {HOLIDAYS for item in chain if item.holidays}
    feasts = [item.text for item in chain if item.kind == "feast"]
    if _kind(items, at) == "allday" and _kind(items, at + 1) == "off":
        at += 1
    if _kind(items, at) == "part" and _kind(items, at + 1) == "off":  # 周一上午闭馆
        return _read_unsure_days(reading, [*chain, items[at], items[at + 1]], keys, at + 1)
    verdict = _kind(items, at)
    if verdict == "maybe" and keys and not feasts:
        return _read_unsure_days(reading, [*chain, items[at]], keys, at)
    if feasts and verdict == "maybe":
        reading.feasts.append("".join([*feasts, items[at].text]))
        return at + 1
    if feasts and not opener and verdict == "on" and _kind(items, at + 1) not in TIMED:
        return at + 1  # 国庆照常: as on any other day
    if feasts:
        reading.feasts.append("".join(feasts))
        keys.discard(HOLIDAYS)
    if keys == {HOLIDAYS} and verdict == "off" and _is_exception_of_off(items, at):
        reading.feasts.append("".join(item.text for item in (*chain, items[at])))
        return at + 1
    if opener == "except" or verdict == "off":
        reading.off |= keys
        return at + (verdict == "off")
    if opener or (verdict == "on" and _kind(items, at + 1) not in TIMED):
        reading.on |= keys
        return at + (verdict == "on")
    reading.workdays |= any(item.kind == "workday" for item in chain)
    _open_group(reading, items, at - 1, keys, bool(feasts))
    return at


def _is_exception_of_off(items: list[Item], at: int) -> bool:
    """周一闭馆(法定节假日除外): open on a holiday, or closed as on Monday? Nobody can say."""
    before = next((item for item in items[at - 1 :: -1] if item.kind != "holiday"), None)
    return items[at].text == "除外" and before is not None and before.kind == "off"


def _read_unsure_days(reading: Reading, said: list[Item], keys: set[int], at: int) -> int:
    """周末预约开放: whether the door opens on these days, and when, is left to somebody."""
    words = "".join(item.text for item in said)
    days = frozenset(keys - {HOLIDAYS})
    unsure = Group(reading.season, days, HOLIDAYS in keys, words=[words], is_complete=True)
    reading.groups.append(unsure)
    reading.workdays |= any(item.kind == "workday" for item in said)
    return at + 1


def _is_joined(before: Item, items: list[Item], at: int) -> bool:
    """Days go together unless a clause lies between: 周一至周五,节假日休息 are two statements."""
    item = items[at]
    apart = item.start - before.end
    if apart and len(before.days) > 2 and _kind(items, at + 1) == "off":
        return False  # 周一到周六,周日休息
    if item.holidays and not before.holidays and before.days & WORKDAYS and apart:
        if len(before.days) <= 2 and _kind(items, at + 1) == "off":  # (周一及法定节假日闭馆)
            is_remark = any(item.kind in TIMED for item in items[:at])
            return is_remark or items[at + 1].text != "除外"
        is_and = item.start - items[at - 1].end == 1 and _kind(items, at + 1) != "off"
        return before.kind == "workday" or is_and
    return True


def _open_group(reading: Reading, items: list[Item], at: int, keys: set[int], feast: bool) -> None:
    days = frozenset(keys - {HOLIDAYS})
    last = reading.groups[-1] if reading.groups else None
    if feast and not keys:
        if _binds_forward(items, at):
            reading.groups.append(Group(reading.season, frozenset(), False))
        return
    trailing = last is not None and not last.is_empty and not _binds_forward(items, at)
    if trailing and items[at].end in reading.strange:  # 9:00-17:00(周末有义诊)
        reading.doubts.append(items[at])
        return
    if trailing and last is not None:
        if last.days is None and days:
            last.days = days
        elif days and last.days is not None and not days <= last.days:
            reading.doubts.append(items[at])
        last.holidays |= HOLIDAYS in keys
        last.is_complete = True
        return
    if last is not None and last.is_empty and last.days is None and last.season == reading.season:
        reading.groups.pop()
    reading.groups.append(Group(reading.season, days, HOLIDAYS in keys))
