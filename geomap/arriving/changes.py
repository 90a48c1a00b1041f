"""What a row says has changed: closed, suspended until, moved, renamed, new hours, open again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from geomap.arriving.days import read_date
from geomap.hours import parse_hours
from geomap.sheets.cells import half_width, read_day

Patterns = Mapping[str, re.Pattern[str]]

_CLAUSES = re.compile(r"[,。;!\n、]|,")
_NEGATED = re.compile(r"[未不没无非勿]")
#: What a free text may say before it comes to the change; anything else is about a neighbour.
_LEAD = (
    r"^(?:自|于|已经|已|现已|现|将|目前|本站|该站|此站|站点|驿站|该点|站|因.{1,14}?|移交.{1,6}?|(?:合同|房屋|场地|租约|租期)(?:已?到期|被.{1,4}|拆迁)?|\d{4}年|\d{1,2}月份?|\d{1,2}日|"
    r"[\d./-]+|[至到~—](?=\d)|今年|去年|年底|月底|起|后|前|便|暂|被|进行|上级|整体|经研究|\(|:|停用:|状态:)*?"
)
_INTENDED = re.compile(r"拟|计划|建议|申请|研究|考虑|待定|打算|可能|是否")
#: Somebody means to open again: that says nothing against the pause beside it.
_TO_REOPEN = re.compile(r"(?:拟|计划|预计|争取)[^,;。]*?(?:恢复|重新|再次?开|复开|重开)")
_DAY = re.compile(
    r"(?<!\d)2\d年\d{1,2}月(?:\d{1,2}日)?|\d{4}[年./-]\d{1,2}(?:[月./-]\d{1,2}日?|月)?|\d{4}年|\d{1,2}月(?:\d{1,2}日?)?"
)
_BEFORE_UNTIL = re.compile(r"(?:至|到|截止|~|—|-)\s*$")
_BEHIND_UNTIL = re.compile(
    r"^\s*(?:[初底末]|[上中下]旬)?(?:起|左右|前后|前|后)?(?:恢复|重新|再次?开|复开)"
)
#: A name or an address that stands alone in a cell is no longer.
_LONGEST = 40
_STOPS = r"[^,。;、()\s]"
_TO = re.compile(
    rf"(?:迁|搬|移|换|改|新|挪)(?:址|移|家|建)?(?:到|至|往|于|为|在|址[::]?)\s*({_STOPS}{{2,40}})"
    rf"|(?:应(?:为|是)|更正为)[::]?\s*({_STOPS}{{2,40}})"
)
#: What stands behind a new address and belongs to the sentence.
_GOES_ON = re.compile(r"(?:(?:继续|正常|恢复|重新|对外)+(?:服务|办公|营业|开放|运营|开门)?|了)$")
_NEW_NAME = re.compile(
    rf"(?:(?:更名|改名|易名|换名|改称)(?:为|成|叫|作)?|(?:名称)?变更(?:为|成)|(?:今后|以后|现在?|[今日]?起|改)(?:就|统一)?(?:叫做?|称为?|名为|命名为))(?![后前中情])[::]?[“\"「]?({_STOPS}{{2,40}}?)[”\"」]?(?:[,。;、()\s]|$)"
)
_NEW_HOURS = re.compile(r"(?:调整|变更|改|延长|缩短|修改)(?:为|成|至|到)[::]?\s*([^。;]*\d[^。;]*)")
#: Why a door is shut that will open again.
_FOR_A_TIME = re.compile(
    r"装修|[待在]修|修理|抢修|维修|修缮|改造|施工|升级|整修|疫情|检修|搬迁中|寒假|暑假|季节"
)
_FOR_GOOD = re.compile(r"撤|拆除|永久|不再|注销|摘牌|并入|合并|取消")
#: What a list of changes says of a station that was not there before, and of one that is back.
IS_NEW = re.compile(r"新(?:增|设|建|开|添|挂牌|投用)|增设|增加|首次")
IS_BACK = re.compile(r"(?:已|现)?(?:恢复|复用|解封|重开)")
_OLD_NAME = re.compile(
    rf"原(?:名称?|叫|站名)(?:为|叫)?[::]?[“\"「]?({_STOPS}{{2,40}}?)[”\"」]?(?:[,。;、()\s]|$)"
)
_FORMER = re.compile(r"(?:原来?|由|从)[^,。;]*?\d[^,。;]*")
_HOUSE = re.compile(r"[路街巷弄里村镇号楼层厅座]|大道|广场|大厦|中心|公园")
_NONE = re.compile(r"[-/\\—一无×]*")
_EFFECTIVE = re.compile(
    r"(?:自|从|于|定于)?(\d{4}年\d{1,2}月\d{1,2}日)(?:起|开始)|(\d{4}年\d{1,2}月\d{1,2}日)(?:执行|实施|施行|生效)"
)
_PLAN = re.compile(
    r"拟建|待建|筹建|拟新建|(?:建设|新建|新增|布局)(?:计划|规划)|计划(?:新建|建设)|规划(?:建设|布局)|(?:计划|规划)(?:一览)?表"
)
_DONE = re.compile(r"完成|已建|进度|进展|验收|执行情况|落实")
_BRACKETED = re.compile(r"[((【\[]([^()()【】\[\]]{2,30})[))】\]]")


@dataclass(frozen=True, slots=True)
class Change:
    """What one row says has changed; ``kinds`` are of :data:`geomap.model.vocabulary.CHANGES`.

    ``on`` and ``until`` are ISO days, months or years; ``words`` is the text that says so, and
    ``doubtful`` that it speaks of an intention, or contradicts itself.
    """

    kinds: tuple[str, ...]
    words: str
    on: str = ""
    until: str = ""
    name: str = ""
    address: str = ""
    hours: str = ""
    doubtful: bool = False


def is_address(text: str) -> bool:
    """Whether a text has what addresses have: a road, a number, a floor, a house."""
    return _HOUSE.search(text) is not None


def says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text says so and does not deny it (尚未撤销)."""
    return any(
        not _NEGATED.search(_CLAUSES.split(text[: hit.start()])[-1][-3:])
        for hit in pattern.finditer(text)
    )


def read_change(
    plain: str, free: Iterable[str], facts: Mapping[str, str], year: str, patterns: Patterns,
    day: str = "",
) -> Change | None:  # fmt: skip
    """Return what a row says has changed; None where it says nothing of the kind.

    Parameters
    ----------
    plain : the words of columns that say what has changed, or how the station stands.
    free : notes and other free texts; only a clause that is about the station counts.
    facts : cells of ``change_on``, ``until``, ``new_name``, ``new_address``, ``new_hours``,
        ``after`` (what of these it is, the words say).
    year : of the sheet's title, for days without one.
    day : since when the changes of the sheet hold, where neither row nor cell says it.
    """
    free = tuple(filter(None, free))
    plain, given = _sort_after(half_width(plain).strip(), dict(facts), patterns)
    detail = half_width(given.pop("detail", "")).strip()
    clauses = [each for text in free for each in _own_clauses(half_width(text), patterns)]
    told = ";".join(filter(None, (plain, *clauses)))
    words = ";".join(filter(None, (plain, detail, *clauses)))
    kinds = _kinds(told, words, patterns) or _kinds(detail, words, patterns)
    columns = {
        "new_name": "renamed", "new_address": "moved", "new_hours": "hours", "until": "suspended",
    }  # fmt: skip
    kinds |= {kind for column, kind in columns.items() if given.get(column)}
    if not kinds:
        return None
    on, until = _days(words, year)
    until = until or ("suspended" in kinds and _days(half_width(";".join(free)), year)[1]) or ""
    words = words or next(given[column] for column in columns if given.get(column))
    change = Change(
        (), words,
        _day(given.get("change_on", ""), year) or on or day,
        _day(given.get("until", ""), year) or until,
        given.get("new_name") or _first(_NEW_NAME, words) or _whole(detail, "renamed", kinds),
        given.get("new_address") or _first(_TO, words) or _whole(detail, "moved", kinds),
        given.get("new_hours") or _first(_NEW_HOURS, words) or _find_hours(words, kinds),
    )  # fmt: skip
    return _settled(change, kinds)


def _kinds(told: str, words: str, patterns: Patterns) -> set[str]:
    """Return what a text says has become of a station; 停用（装修） is for a time."""
    told = "恢复开放" if IS_BACK.fullmatch(told) else told
    kinds = {kind for kind, pattern in patterns.items() if says(pattern, told)}
    if "closed" in kinds and _FOR_A_TIME.search(words) and not _FOR_GOOD.search(words):
        kinds = kinds - {"closed"} | {"suspended"}
    return kinds


def _whole(detail: str, kind: str, kinds: set[str]) -> str:
    """Return the words beside 换名字, 挪地方 where they are nothing but the name or the address."""
    bare = kinds == {kind} and detail and not re.search(r"[,。;::]|原|因", detail)
    fits = kind == "renamed" or is_address(detail)
    return detail.strip('“”"「」') if bare and fits and len(detail) <= _LONGEST else ""


def _find_hours(words: str, kinds: set[str]) -> str:
    """Return the hours that words about them end with: 延长服务, 早上8点开门, 晚上10点关门."""
    for clause in re.split("[;。]", _FORMER.sub("", words)) if "hours" in kinds else ():
        parts = clause.split(",")
        for first in range(len(parts)):
            text = ",".join(parts[first:]).strip()
            found = parse_hours(text) if text else None
            if found and not found.vague:
                return text
    return ""


def old_name(change: Change | None) -> str:
    """Return the name before, where the words of a change of names tell it: 原名甲驿站."""
    renamed = change is not None and "renamed" in change.kinds
    return _first(_OLD_NAME, half_width(change.words)) if change and renamed else ""


def _sort_after(
    plain: str, given: dict[str, str], patterns: Patterns
) -> tuple[str, dict[str, str]]:
    """Return the words and the facts, 变更后 and the like put where the kind of change says."""
    after, hours = given.pop("after", ""), given.get("new_hours", "")
    given.pop("before", "")
    is_time = re.search(r"\d|[全半]天|[上下]午", hours)
    if hours and not is_time and _kinds(half_width(hours), half_width(hours), patterns):
        plain = ";".join(filter(None, (plain, half_width(given.pop("new_hours")))))
    if not after or _NONE.fullmatch(after):
        return plain, given
    kinds = _kinds(plain, plain, patterns)
    if not kinds and (found := parse_hours(after)) and not found.vague:
        kinds = {"hours"}  # 调整后: 7:30-20:00 says itself what was changed
    by_kind = {"moved": "new_address", "renamed": "new_name", "hours": "new_hours"}
    named = [column for kind, column in by_kind.items() if kind in kinds]
    if len(named) == 1 and not given.get(named[0]):
        return plain, given | {named[0]: after}
    return ";".join(filter(None, (plain, half_width(after)))), given


def split_name(name: str, patterns: Patterns) -> tuple[str, str]:
    """Return a name without a change in brackets, and the change: 甲驿站（已撤销）."""
    for hit in _BRACKETED.finditer(half_width(name)):
        if any(says(pattern, hit.group(1)) for pattern in patterns.values()):
            return (name[: hit.start()] + name[hit.end() :]).strip(), hit.group(1)
    return name, ""


def title_change(title: str, patterns: Patterns) -> str:
    """Return the one change that a sheet's title says all of its rows have; else nothing."""
    if re.search(r"新增|增设|新建|在用|变更|调整|变动|现有", title):
        return ""
    kinds = [kind for kind in ("closed", "suspended", "moved") if says(patterns[kind], title)]
    words = {"closed": "撤销", "suspended": "暂停", "moved": "搬迁"}
    intended = "拟" if _INTENDED.search(title) else ""
    return intended + words[kinds[0]] if len(kinds) == 1 else ""


def is_plan(title: str) -> bool:
    """Whether a sheet's title says that its stations are still to be built."""
    return bool(_PLAN.search(title)) and not _DONE.search(title)


def effective_day(title: str) -> str:
    """Return the day since when, by the title, what the sheet says holds: ISO 8601, or nothing."""
    days = {read_day(one or other) or "" for one, other in _EFFECTIVE.findall(title)}
    return days.pop() if len(days) == 1 else ""


def _own_clauses(text: str, patterns: Patterns) -> Iterator[str]:
    """Return a free text whole where a clause of it says what has become of the station."""
    for clause in _CLAUSES.split(text):
        if any(
            re.match(_LEAD + f"(?:{pattern.pattern.replace('^', '')})", clause)
            and says(pattern, clause)
            for pattern in patterns.values()
        ):
            yield text
            return


def mentions_closing(text: str, patterns: Patterns) -> bool:
    """Whether a free text speaks of a closing or a move, of this station or of another."""
    return any(says(patterns[kind], half_width(text)) for kind in ("closed", "moved", "suspended"))


def _settled(change: Change, kinds: set[str]) -> Change:
    """Return the change with the kinds that hold when several are said."""
    if "closed" in kinds and change.until:
        kinds = kinds - {"closed"} | {"suspended"}  # 停用, 11月起再开
    words = _TO_REOPEN.sub("", change.words) if "suspended" in kinds else change.words
    doubtful = bool(_INTENDED.search(words)) or {"closed", "reopened"} <= kinds
    if "suspended" in kinds:
        kinds -= {"reopened", "closed"}  # 暂停至3月1日, 届时恢复开放
    if "moved" in kinds and change.address:
        kinds -= {"closed", "suspended"}  # 迁至乙路, 原址关闭
    if change.hours and kinds & {"closed", "suspended", "moved"}:
        kinds -= {"hours"} if not change.hours.strip() else set()
    return replace(change, kinds=tuple(sorted(kinds)), doubtful=doubtful)


def _days(words: str, year: str) -> tuple[str, str]:
    """Return the day a text speaks of, and the day until which it holds."""
    on = until = ""
    for hit in _DAY.finditer(words):
        day = _day(hit.group(), year)
        ends = _BEFORE_UNTIL.search(words[: hit.start()])
        if day and (ends or _BEHIND_UNTIL.search(words[hit.end() :])):
            until = until or day
        elif day:
            on = on or day
    return on, until


def _day(text: str, year: str) -> str:
    return read_day(half_width(read_date(text.strip(), year))) or ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return _GOES_ON.sub("", next(filter(None, found.groups())).strip()) if found else ""
