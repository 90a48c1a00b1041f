"""Plain Chinese opening hours to rules: words to items, items to groups, groups to a table of days.

What a text does not say is not made up: a season without months, an hour that may be morning or
evening and a condition (雨天不开放) all end as ``unknown``, with the words as the comment.

工作日 is the statutory calendar's own word: it means closed on public holidays (``PH off`` is
added, the text does speak of holidays) and open on make-up workdays (:mod:`.evaluate`).
周一至周五 says nothing of holidays, so nothing is added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from geomap.hours.rules import ALL_DAYS, DAY_MIN, WEEKEND, WORKDAYS, Rule
from geomap.hours.words import DAY_KINDS, Item, find_items, simplify

Times = tuple[tuple[int, int], ...]
Season = tuple[str, tuple[tuple[int, int], ...]]
#: The key of public holidays in a table of days, beside 0 Monday to 6 Sunday.
HOLIDAYS = 7

#: What makes hours depend on something nobody can check from a table.
_CONDITION = re.compile("不|停|雨|雪|预约|视|仅|限|临时|如|若|特殊|另行|通知|调整|同|按|为准|暂")
#: Words of something else than a door: a hotline, an event, a delivery.
_OTHER = re.compile(
    "热线|电话|拨打|举行|举办|会议|讲座|比赛|直播|培训|发车|航班|列车|接访|报警|咨询|辅导|义诊|值班|内办|回复|答复"
)
_CLAUSE_END = re.compile("[,;。,;、()()]")
_SPEAKS_OF_DOOR = re.compile("开|营业|服务|运营|时间|时段|不打烊|无休|值守|自助|全天|365|全年|昼夜|办公|接待")


@dataclass
class _Group:
    """Times that hold for the same days of one season. ``days`` None: not said, so every day."""

    season: Season
    days: frozenset[int] | None = None
    holidays: bool = False
    times: list[tuple[int, int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    is_complete: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.times and not self.words


@dataclass
class _Reading:
    """What has been read so far."""

    groups: list[_Group] = field(default_factory=list)
    season: Season = ("", ())
    breaks: list[tuple[int, int]] = field(default_factory=list)
    off: set[int] = field(default_factory=set)
    on: set[int] = field(default_factory=set)
    workdays: bool = False
    doubts: list[Item] = field(default_factory=list)
    feasts: list[str] = field(default_factory=list)

    def current(self) -> _Group:
        last = self.groups[-1] if self.groups else None
        if last is None or last.season != self.season or last.is_complete:
            self.groups.append(_Group(self.season))
        return self.groups[-1]


def read_chinese(text: str) -> tuple[Rule, ...] | None:
    """Rules that a text in plain Chinese means, or None where it is no opening hours."""
    items = find_items(simplify(text))
    if not _is_about_hours(text, items):
        return None
    reading = _read_items(_drop_noise(items))
    doubts = [item for item in items if item.kind == "other" and _CONDITION.search(item.text)]
    return _write_seasons(
        reading, [_find_clause(text, item) for item in (*doubts, *reading.doubts)]
    )


def _find_clause(text: str, item: Item) -> str:
    """The clause of the text that an item stands in."""
    before = _CLAUSE_END.split(text[: item.start])[-1]
    return before + item.text + _CLAUSE_END.split(text[item.end :])[0]


def _drop_noise(items: list[Item]) -> list[Item]:
    """Items that matter. A closing bracket only ends a remark that follows times: (周末…)."""
    kept: list[Item] = []
    remark = False
    for item in items:
        if item.kind == "open":
            remark = bool(kept) and kept[-1].kind in ("times", "doubt", "part")
        elif item.kind != "noise" and item.kind != "other" and (remark or item.text not in ")]】"):
            kept.append(item)
    return kept


def _is_about_hours(text: str, items: list[Item]) -> bool:
    kinds = {item.kind for item in items}
    remainder = "".join(item.text for item in items if item.kind == "other")
    if kinds & {"date", "never"} or re.search(r"\d", remainder) or _OTHER.search(remainder):
        return False
    if kinds & {"times", "doubt"}:
        said = kinds & {*DAY_KINDS, "every", "season"} or _SPEAKS_OF_DOOR.search(text)
        return bool(said) or not remainder.strip()
    return bool(kinds & {"part", "odd"}) and not remainder.strip()


def _read_items(items: list[Item]) -> _Reading:
    reading = _Reading()
    at = 0
    while at < len(items):
        kind = items[at].kind
        if kind in DAY_KINDS or kind == "except":
            at = _read_day_chain(reading, items, at)
            continue
        _READERS.get(kind, _pass)(reading, items, at)
        at += 1
    return reading


def _pass(reading: _Reading, items: list[Item], at: int) -> None:
    """Take nothing from an item that says nothing of hours."""


def _kind(items: list[Item], at: int) -> str:
    return items[at].kind if 0 <= at < len(items) else ""


def _read_times(reading: _Reading, items: list[Item], at: int) -> None:
    item = items[at]
    start, end = item.times
    is_inside = any(a <= start and end <= b for a, b in reading.current().times)
    if is_inside and ({_kind(items, at - 1), _kind(items, at + 1)} & {"lunch", "off"}):
        reading.breaks.append(item.times)
        return
    reading.current().times.append(item.times)
    if item.kind == "doubt":
        reading.current().words.append(item.text.strip())


def _read_words(reading: _Reading, items: list[Item], at: int) -> None:
    reading.current().words.append(items[at].text)


def _read_doubt(reading: _Reading, items: list[Item], at: int) -> None:
    reading.doubts.append(items[at])


def _read_lunch(reading: _Reading, items: list[Item], at: int) -> None:
    """A lunch break without times is a gap of unknown length, unless the times show one."""
    has_gap = reading.breaks or len(reading.current().times) > 1
    if _kind(items, at + 1) != "times" and not has_gap:
        reading.doubts.append(items[at])


def _read_off(reading: _Reading, items: list[Item], at: int) -> None:
    """休息 with no day before it: a break's own word, or a state nobody can date."""
    before = items[at - 1] if at else None
    if before is None or before.times not in reading.breaks:
        reading.doubts.append(items[at])


def _read_every(reading: _Reading, items: list[Item], at: int) -> None:
    """每天 opens a group of its own unless days were named just before (每周一每天…)."""
    group = reading.current()
    if not group.is_empty and _binds_forward(items, at):
        reading.groups.append(_Group(reading.season))


def _read_season(reading: _Reading, items: list[Item], at: int) -> None:
    name, dates = items[at].text, items[at].dates
    if _kind(items, at - 1) == "season":  # 夏季(5月至9月): one season, named twice
        dates = (*items[at - 1].dates, *dates)
        name = items[at - 1].text
    elif not _binds_forward(items, at) and reading.groups and not reading.groups[-1].is_empty:
        reading.groups[-1].season = (name, dates)
        reading.groups[-1].is_complete = True
        return
    if reading.groups and reading.groups[-1].is_empty:
        reading.groups[-1].season = (name, dates)
    reading.season = (name, dates)


def _binds_forward(items: list[Item], at: int) -> bool:
    """Whether what stands at ``at`` belongs to the times after it: (周末9:00-21:00)."""
    for item in items[at + 1 :]:
        if item.kind in ("times", "doubt", "part", "odd"):
            return True
        if item.kind in ("stop", "off", "on"):
            return False
    return False


_READERS = {
    "times": _read_times, "doubt": _read_times, "part": _read_words, "odd": _read_words,
    "about": _read_doubt, "lunch": _read_lunch, "off": _read_off, "every": _read_every,
    "season": _read_season,
}  # fmt: skip


def _read_day_chain(reading: _Reading, items: list[Item], at: int) -> int:
    """Read days that stand together (周一、周三及节假日) and what is said of them."""
    excepted = items[at].kind == "except"
    at += excepted
    chain: list[Item] = []
    while _kind(items, at) in DAY_KINDS and (not chain or _is_joined(chain[-1], items, at)):
        chain.append(items[at])
        at += 1
    days = frozenset().union(*(item.days for item in chain))
    keys = set(days) | ({HOLIDAYS} if any(item.holidays for item in chain) else set())
    feasts = [item.text for item in chain if item.kind == "feast"]
    if feasts:
        reading.feasts.append("".join(feasts))
        keys.discard(HOLIDAYS)
    verdict = _kind(items, at)
    if excepted or verdict == "off":
        reading.off |= keys
        return at + (verdict == "off")
    if verdict == "on" and not _binds_forward(items, at):
        reading.on |= keys
        return at + 1
    reading.workdays |= any(item.kind == "workday" for item in chain)
    _open_group(reading, items, at - 1, keys, bool(feasts))
    return at


def _is_joined(before: Item, items: list[Item], at: int) -> bool:
    """Days go together unless a clause lies between: 周一至周五,节假日休息 are two statements."""
    item = items[at]
    apart = item.start - before.end
    if item.holidays and not before.holidays and before.days & WORKDAYS and apart:
        return before.kind == "workday" or _gap_is_and(items, at)
    return True


def _gap_is_and(items: list[Item], at: int) -> bool:
    return items[at].start - items[at - 1].end == 1 and _kind(items, at + 1) != "off"


def _open_group(
    reading: _Reading, items: list[Item], at: int, keys: set[int], feast: bool
) -> None:
    days = frozenset(keys - {HOLIDAYS})
    last = reading.groups[-1] if reading.groups else None
    if feast and not keys:
        if _binds_forward(items, at):
            reading.groups.append(_Group(reading.season, frozenset(), False))
        return
    trailing = last is not None and not last.is_empty and not _binds_forward(items, at)
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
    reading.groups.append(_Group(reading.season, days, HOLIDAYS in keys))


def _write_seasons(reading: _Reading, doubts: list[str]) -> tuple[Rule, ...] | None:
    groups = [group for group in reading.groups if not group.is_empty]
    seasons = list(dict.fromkeys(group.season for group in groups))
    rules: list[Rule] = []
    for season in sorted(seasons, key=lambda season: bool(season[1])):
        table = _make_table([group for group in groups if group.season == season], reading)
        additional = bool(rules) and not season[1]
        rules += _write_table(table, season, additional, doubts)
    if not rules:
        return None
    if HOLIDAYS in reading.off:
        rules.append(Rule(holidays=True, state="closed"))
    elif reading.feasts:
        rules.append(Rule(holidays=True, state="unknown", comment=_clean(reading.feasts)))
    return tuple(rules)


Entry = tuple[Times, tuple[str, ...]]


def _make_table(groups: list[_Group], reading: _Reading) -> dict[int, Entry]:
    """Times and doubtful words for each day that the groups of one season name."""
    table: dict[int, Entry] = {}
    named: set[int] = set()
    for group in sorted(groups, key=lambda group: group.days is not None):
        times = _subtract(_unite(group.times), reading.breaks)
        keys = set(ALL_DAYS if group.days is None else group.days)
        for key in sorted(keys | ({HOLIDAYS} if group.holidays else set())):
            old, words = table.get(key, ((), ())) if key in named else ((), ())
            if old and _overlap(old, times):
                old, words = (), ()
            table[key] = (_unite([*old, *times]), (*words, *group.words))
        named |= keys if group.days is not None else set()
    _finish_table(table, reading)
    return table


def _finish_table(table: dict[int, Entry], reading: _Reading) -> None:
    first = next(iter(table.values()), None)
    for key in sorted(reading.on):
        if first is not None:
            table.setdefault(key, first)
    for key in reading.off:
        table.pop(key, None)
    has_weekend = bool(WEEKEND & set(table))
    if reading.workdays and HOLIDAYS not in table and not has_weekend:
        reading.off.add(HOLIDAYS)
    elif reading.workdays and HOLIDAYS not in table and len(set(table.values())) > 1:
        reading.feasts.append("节假日")
    if set(ALL_DAYS) <= set(table) and len(set(table.values())) == 1:
        table.pop(HOLIDAYS, None)


def _write_table(
    table: dict[int, Entry], season: Season, additional: bool, doubts: list[str]
) -> list[Rule]:
    name, dates = season
    rules: list[Rule] = []
    for entry in dict.fromkeys(table[key] for key in sorted(table)):
        keys = {key for key in table if table[key] == entry}
        words = [*entry[1], *doubts, *([name] if name and not dates else [])]
        rules.append(Rule(
            days=frozenset(keys - {HOLIDAYS}), holidays=HOLIDAYS in keys, dates=dates,
            times=entry[0], state="unknown" if words else "open", comment=_clean(words),
            additional=additional,
        ))  # fmt: skip
    return rules


def _clean(words: list[str]) -> str:
    """Words as the comment of a rule: no quotation mark, each once."""
    return " ".join(dict.fromkeys(word.strip(" ,;。()") for word in words)).replace('"', "")


def _unite(times: list[tuple[int, int]]) -> Times:
    """Sorted times without overlap; 08:00-22:00 and 22:00-08:00 together are the whole day."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(times):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    if any(end - start >= DAY_MIN - 1 for start, end in united):
        return ((0, DAY_MIN),)
    return tuple(united)


def _subtract(times: Times, breaks: list[tuple[int, int]]) -> Times:
    for low, high in breaks:
        parts = [((a, min(b, low)), (max(a, high), b)) for a, b in times]
        times = tuple(part for pair in parts for part in pair if part[0] < part[1])
    return times


def _overlap(one: Times, other: Times) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)
