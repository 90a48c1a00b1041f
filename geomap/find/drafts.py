"""A place while it is being read: what the rules fill in before it becomes a Mention."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from geomap.find.lexicon import AND, Lexicon

_ROAD = re.compile(
    r"^(?P<road>[\u4e00-\u9fff]{2,10}?(?:路|街|大道|大街|巷|弄|道))(?:\d+|"
    r"[一二三四五六七八九十]+)(?:-\d+)?号"
)
#: (选址中), (扫码开门) say nothing of where.
_UNTOLD = re.compile("扫码|选址|开门")
_LABELLED = re.compile(r"^(?:地址|位置|地点|位于|在):?")
_NUMBERED = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:路|街|大道|大街|巷|弄)\d+(?:-\d+)?号(?:[\u4e00-\u9fff]{2,12}?(?:院内|内))?"
)
_BRACKET = re.compile(r"\(([^()]{2,60})\)")
#: 大参林(民族大道店): a bracket that ends so is the name of a branch, not where it is.
_BRANCH = re.compile(r"(?:店|支行|分行|网点|馆|营业[部厅所])$")
_TIMED = re.compile(r"\d{1,2}[::]\d\d|\d[-—至到]\d+[点时]|24小时|全天|工作日|周[一二三四五六日末]")
_MANY = re.compile(
    r"各|全[市区县省国镇]|多个|遍布|遍及|散布|分布|\d+分钟|每|辖区|越来越|许多|交通枢纽|商业中心|(?:^|各大?|热门|重点|繁华|核心|主要|[、和])商圈|主干道|密集|"
    r"等[^,。]{0,4}(?:连锁|单位|企业|门店|网点|药房|机构|场所|部门|银行)|"
    r"沿线|重点|主要|大多|多数|\\d+个|之路|一条|省总工会|几个|[两三四五六七八九十]个"
)
_WHERE = re.compile(r"[路街巷道弄号]|对面|旁|附近|楼|内|口|交叉|侧|院|层|大厦|广场|门")


#: What no name holds: hours, days, dates, menus, verbs of moving, lines that stop, loose marks.
_NO_NAME = re.compile(
    r"\d{1,2}[::]\d\d|(?:工作日|周[一二三四五六日末]|每[日天周]|节假日|双休日|全天候?)(?:\d|[至到—、-]|开|关|$)|"
    r"^(?:仅|限|只|自|从|路人|凡是?|(?:具体|详细)?(?:位置|地址|地点)|其余|其他|其它)|(?:19|20)\d\d年|\d+月\d+日|公众号|小程序|菜单|栏目|首页|扫码|下载|"
    r"迁[至到]|搬[至到]|取消|当作?歇|[】【…]|(?:开放|服务|营业)时间|电话|^[^\u4e00-\u9fff]+$|"
    r"建设中|待开放|\([\d一二三四五六七八九十]+[个家处座]\)|”[^“”]{0,2}“"
)


def is_no_name(words: str) -> bool:
    """Whether words cannot be a place's name: hours, dates, app menus, sentences.

    >>> is_no_name("仅工作日9"), is_no_name("自8月1日起迁至福利东路"), is_no_name("新街社区")
    (True, True, False)
    """
    crossed = words.count("“") != words.count("”") or words.find("”") < words.find("“")
    return crossed or _NO_NAME.search(words) is not None


class Group(NamedTuple):
    """Places that are told together: the rows of a table, a list, or one sentence; its number."""

    sort: Literal["table", "list", "sentence", "named", "shared", "stops"]
    number: int = 0


@dataclass(slots=True)
class Draft:
    """One place. ``start`` to ``end`` is its name in clean text; ``block`` the text about it alone.

    ``rule`` names how it was found; confidence is read from it. ``group`` says with whom it is
    told (None: alone). ``anchor`` is where the
    words that say where it is stand, when they stand elsewhere (-1: at ``start``). Where a column
    of a table has its hours (``hours_told``), no other words state them.
    """

    name: str
    kind: str
    start: int
    end: int
    rule: str
    specific: str
    block: tuple[int, int] | None = None
    group: Group | None = None
    address: str = ""
    status: str = "operating"
    hours_text: str = ""
    hours_told: bool = False
    phone: str = ""
    district: str = ""
    township: str = ""
    facilities: set[str] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)
    note: str = ""
    anchor: int = -1

    @property
    def is_member(self) -> bool:
        """Whether it is one of a list or of several that a sentence tells."""
        return self.group is not None and self.group.sort != "table"

    @property
    def is_told_together(self) -> bool:
        """Whether a sentence tells it with others."""
        return self.is_member and self.group is not None and self.group.sort != "list"


def tidy_name(words: str) -> str:
    """A name without the marks around it; brackets and quotes inside stay."""
    words = re.sub(r"^\s*(?:\([^()]*\)(?=.{4})|\d{1,3}[.、)])", "", words)
    words = re.sub(r"\s+", "", words).strip("、,。:;·-—…|~*#“”【】 ")
    if words.count("”") > words.count("“"):
        words = "“" + words if words.index("”") > 0 else words.replace("”", "", 1)
    if words.count("“") > words.count("”"):
        words = words + "”" if not words.endswith("“") else words[:-1]
    return words


def is_plural(words: str) -> bool:
    """Whether the words speak of many places (各街道, 重点商圈)."""
    return _MANY.search(words) is not None


def address_in(name: str) -> str:
    """The address a name opens with (武昌路1号31路公交车调度室); empty where it has none."""
    found = _NUMBERED.match(name)
    return found.group() if found else ""


def name_of_road(address: str) -> str:
    """What a place known by its house number alone is called: its road."""
    found = _ROAD.match(address)
    return found["road"] if found else ""


def split_bracket(words: str) -> tuple[str, str]:
    """(name, address): a bracket at the end that says where is the address."""
    found = _BRACKET.search(words)
    if found and found.end() == len(words) and not _BRANCH.search(found[1]):
        parts = re.split("[,;、]", found[1])
        where = next((p for p in parts if _WHERE.search(p) and not _UNTOLD.search(p)), "")
        if where and not _TIMED.search(where):
            return words[: found.start()], _LABELLED.sub("", where)
        # (站牌破损,限期整改): a remark, no branch.
        if _TIMED.search(found[1]) or len(parts) > 1:
            return words[: found.start()], ""
    return words, ""


def compose(place: str, theme: str) -> str:
    """A place and what stands there; nothing twice."""
    place = tidy_name(place)
    for length in range(min(len(place), len(theme)), 1, -1):
        if place.endswith(theme[:length]):
            return place + theme[length:]
    return place + theme


def place_words(words: str, lexicon: Lexicon) -> str:
    """The words of a place without what leads up to it; empty where they name none."""
    words = tidy_name(re.split(r"[ \u3000]", words.strip())[-1])
    words = re.sub(
        rf"^(?:分别是|分别为|以及|还有|其中|包括|位于|设在|在|{AND}|与|及|等)", "", words
    )
    words = re.sub(r"(?:等地区?|等处|等|两地|三地|之中)$", "", words)
    if (
        not 2 <= len(words) <= 30
        or lexicon.says_nothing(words.lstrip("处间座个家"))
        or _MANY.search(words)
    ):
        return ""
    return "" if is_no_name(words) else words
