"""Plain Chinese opening hours to rules: words to items, items to groups, groups to a table of days.

What a text does not say is not made up: a season without months, an hour that may be morning or
evening and a condition (雨天不开放) all end as ``unknown``, with the words as the comment.

工作日 is the statutory calendar's own word: it means closed on public holidays (``PH off`` is
added, the text does speak of holidays) and open on make-up workdays (:mod:`.compiled`).
周一至周五 says nothing of holidays, so nothing is added.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geomap.hours.reading import HOLIDAYS, Group, Reading, Season, read_items
from geomap.hours.rules import ALL_DAYS, WEEKEND, Rule
from geomap.hours.spans import Times, overlap, overlaps_itself, subtract, union
from geomap.hours.words import DAY_KINDS, Item, find_items, simplify

Entry = tuple[Times, tuple[str, ...]]
#: Times and doubtful words of each day: 0 Monday to 6 Sunday, 7 public holidays.
Table = dict[int, Entry]

#: What makes hours depend on something nobody can check from a table.
_CONDITION = re.compile(
    "不|停(?!留|车)|雨|雪|(?<!可)预约|视|仅|限|临时|如|若|特殊|另行|通知|调整|同|按|为准|暂|新疆|乌鲁木齐|当地时间|轮流|据情|实际|详"
)
#: Words of something else than a door: a hotline, an event, a delivery.
_OTHER = re.compile(
    "热线|电话|拨打|举行|举办|会议|讲座|比赛|直播|培训|发车|航班|列车|接访|报警|咨询|辅导|义诊"
    "|值班|内办|回复|答复|首班|末班|公交|地铁|班车|抽奖|闹钟|客服"
)
#: Whoever says who is there, or how to get in, speaks of two things: the door and its staff.
_STAFF = re.compile("人工|有人|值守|工作人员|刷卡|刷脸|扫码|自助|人脸")
_CLAUSE_END = re.compile("[,;()。、\uff0c\uff1b\uff08\uff09]")
_SPEAKS_OF_DOOR = re.compile(
    "开|营业|服务|运营|时间|时段|不打烊|无休|值守|自助|全天|365|全年|昼夜|办公|接待|进入|入内|刷卡|刷脸|扫码|除外|勿"
)


def read_chinese(text: str) -> tuple[Rule, ...] | None:
    """Rules that a text in plain Chinese means, or None where it is no opening hours."""
    items = find_items(simplify(text))
    if not _is_about_hours(text, items):
        return None
    days = (number for number, item in enumerate(items) if item.kind in DAY_KINDS)
    strange = frozenset(items[at].end for at in days if _says_more(items[at + 1 :]))
    reading = read_items(_drop_noise(items), bool(_STAFF.search(text)), strange)
    if reading.off and not any(group.words or group.times for group in reading.groups):
        first = reading.groups[0].days if reading.groups else None
        reading.groups = [Group(("", ()), first, words=[text])]
    doubts = [item for item in items if item.kind == "other" and _CONDITION.search(item.text)]
    return _write_seasons(
        reading, [_find_clause(text, item) for item in (*doubts, *reading.doubts)]
    )


def _says_more(rest: list[Item]) -> bool:
    """Whether the clause goes on with words that no pattern knows: 周末免费理发."""
    after = next((item for item in rest if item.kind != "noise" or item.text in ",、:"), None)
    return after is not None and after.kind == "other"


#: What a stretch of hours does not begin with.
_EDGE_KINDS = (
    "noise", "stop", "open", "on", "off", "about", "outside", "maybe", "half", "until", "pause",
)  # fmt: skip


def find_runs(text: str) -> list[tuple[int, int]]:
    """Stretches (start, end) of a text that hold nothing but words of hours, none after a date."""
    runs: list[list[Item]] = [[]]
    for item in find_items(simplify(text)):
        is_bare = item.kind in ("half", "until") and not _SPEAKS_OF_DOOR.search(item.text)
        if is_bare or item.kind in ("other", "phone", "date", "never") or item.text in "。!?":
            runs.append([item] if item.kind == "date" else [])
        else:
            runs[-1].append(item)
    return [span for run in runs if (span := _trim_run(run)) is not None]


def _trim_run(run: list[Item]) -> tuple[int, int] | None:
    kinds = {item.kind for item in run}
    is_vague_day = kinds & {"part", "odd"} and kinds & set(DAY_KINDS)
    if not run or run[0].kind == "date" or not (kinds & {"times", "doubt"} or is_vague_day):
        return None
    first = next(i for i, item in enumerate(run) if item.kind not in _EDGE_KINDS)
    tail = [item for item in run[first:] if item.kind not in ("noise", "stop", "open")]
    return run[first].start, tail[-1].end


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
    others = [item for item in items if item.kind == "other"]
    remainder = "".join(item.text for item in others)
    firsts = [item.kind for item in items if item.kind in ("phone", "times", "doubt")]
    if (
        firsts[:1] == ["phone"]
        or kinds & {"date", "never"}
        or re.search(r"\d", remainder)
        or _OTHER.search(remainder)
    ):
        return False
    if kinds & {"times", "doubt"}:
        said = kinds & {*DAY_KINDS, "every", "season"} or _SPEAKS_OF_DOOR.search(text)
        return (
            bool(said)
            or not "".join(item.text for item in others if not _is_in_brackets(text, item)).strip()
        )
    # 每周一闭馆 says when the door is closed, and leaves open when it is open.
    is_day_off = "off" in kinds and kinds & {"days", "weekend", "english", "holiday"}
    vague = kinds & {"part", "odd", "allday", "half", "until"} or is_day_off
    return bool(vague) and not remainder.strip()


def _is_in_brackets(text: str, item: Item) -> bool:
    before = simplify(text[: item.start])
    return before.count("(") > before.count(")")


def _write_seasons(reading: Reading, doubts: list[str]) -> tuple[Rule, ...] | None:
    _complete_groups(reading.groups)
    tables: dict[Season, Table] = {}
    for season in dict.fromkeys(group.season for group in reading.groups if not group.is_empty):
        groups = [group for group in reading.groups if group.season == season]
        tables[season] = _make_table([group for group in groups if not group.is_empty], reading)
    undated = [season for season in tables if not season[1]]
    rules: list[Rule] = []
    if len(undated) > 1:
        rules += _write_alternatives(undated, [tables[season] for season in undated], doubts)
    tables = dict(sorted(tables.items(), key=lambda pair: bool(pair[0][1])))
    for season, table in tables.items():
        if season[1] or len(undated) == 1:
            rules += _write_table(table, season, doubts)
    if not rules:
        return None
    if HOLIDAYS in reading.off:
        rules.append(Rule(holidays=True, state="closed"))
    elif reading.feasts:
        rules.append(Rule(holidays=True, state="unknown", comment=_clean(reading.feasts)))
    return tuple(rules)


def _complete_groups(groups: list[Group]) -> None:
    """Fill in what later groups leave to the first: 延长至22:00, or the morning of summer."""
    first = next((group for group in groups if group.times and not group.words), None)
    if first is None:
        return
    days = [group.days for group in groups if group.season == first.season]
    for group in groups:
        if group.season != first.season and group.days is None and None not in days:
            group.days = frozenset().union(*(named for named in days if named is not None))
        if group.until is not None and not group.times:
            _move_end(group, group.until, first.times)
        elif group.season != first.season and group.times and len(group.times) < len(first.times):
            kept = [span for span in first.times if not overlap((span,), tuple(group.times))]
            group.times = sorted([*group.times, *kept])


def _move_end(group: Group, until: tuple[int, int], times: list[tuple[int, int]]) -> None:
    """延长至22:00: the last of the times goes on to then; 到10点 where only one 10 o'clock fits."""
    start, end = times[-1]
    after = end if group.words[0].startswith(("延", "顺延", "推迟")) else start
    is_open, minute = until
    fits = [shown for shown in (minute, minute + 720 * is_open) if shown > after]
    if len(set(fits)) == 1:
        group.times = [*times[:-1], (start, fits[0])]
        group.words = []


def _make_table(groups: list[Group], reading: Reading) -> Table:
    """Times and doubtful words for each day that the groups of one season name."""
    table: Table = {}
    named: set[int] = set()
    for group in sorted(groups, key=lambda group: group.days is not None):
        keys = set(ALL_DAYS if group.days is None else group.days)
        for key in sorted(keys | ({HOLIDAYS} if group.holidays else set())):
            breaks = [span for span, days in reading.breaks if days is None or key in days]
            times = subtract(union(group.times), breaks)
            old, words = table.get(key, ((), ())) if key in named else ((), ())
            if old and overlap(old, times):
                old, words = (), ()
            doubt = ["时间不一"] if overlaps_itself(group.times, reading.is_staffed) else []
            table[key] = (union([*old, *times]), (*words, *group.words, *doubt))
        named |= keys if group.days is not None else set()
    _finish_table(table, reading)
    return table


def _finish_table(table: Table, reading: Reading) -> None:
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


def _write_alternatives(
    seasons: list[Season], tables: list[Table], doubts: list[str]
) -> list[Rule]:
    """Seasons without months: open where all agree, unknown where only some are open."""
    sure: Table = {}
    maybe: Table = {}
    names = tuple(season[0] for season in seasons if season[0])
    for key in sorted(set().union(*tables)):
        entries = [table.get(key, ((), ())) for table in tables]
        words = tuple(word for entry in entries for word in entry[1])
        every = union([span for entry in entries for span in entry[0]])
        common = () if words else entries[0][0]
        for times, _ in entries[1:]:
            common = subtract(common, list(subtract(every, list(times))))
        if common:
            sure[key] = (common, ())
        maybe[key] = (subtract(every, list(common)), (*names, *words))
    maybe = {key: entry for key, entry in maybe.items() if entry[0] or not sure.get(key)}
    certain = _write_table(sure, ("", ()), doubts)
    return certain + [
        replace(rule, additional=bool(certain)) for rule in _write_table(maybe, ("", ()), doubts)
    ]


def _write_table(table: Table, season: Season, doubts: list[str]) -> list[Rule]:
    name, dates = season
    rules: list[Rule] = []
    for entry in dict.fromkeys(table[key] for key in sorted(table)):
        keys = {key for key in table if table[key] == entry}
        words = [*entry[1], *doubts, *([name] if name and not dates else [])]
        rules.append(Rule(
            days=frozenset(keys - {HOLIDAYS}), holidays=HOLIDAYS in keys, dates=dates,
            times=entry[0], state="unknown" if words else "open", comment=_clean(words),
        ))  # fmt: skip
    return rules


def _clean(words: list[str]) -> str:
    """Words as the comment of a rule: no quotation mark, each once."""
    return " ".join(
        dict.fromkeys(" ".join(word.split()).strip(" ,;。()") for word in words)
    ).replace('"', "")
