"""What a stretch of text says of a place: facilities, address, access, what has become of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from geomap.find.lexicon import Lexicon
from geomap.find.subject import is_offered

_ADDRESS = re.compile(
    r"(?:位于|坐落(?:于|在)|设在|就在|地址(?:在|是|为)?:?|在|,|\(|📍)(?P<at>[^,。;:!?()]{2,24}?"
    r"(?:[路街道巷弄村里区]\w{0,4}\d+(?:-\d+)?号(?:[^,。;:!?()]{0,12}?(?:楼|内|旁|层|底商|室|侧|面))?|"
    r"(?:交叉口|交汇处|交口|路口)[^,。;:!?()]{0,4}|桥下)(?:\([^()]{2,20}\))?)"
)
_AT = r"(?P<at>[^,。;:!?()“”\n]{2,30}?)"
_LIES = r"(?:坐落(?:于|在)|位于|设在|设于|设[置立][在于]|地处|建在|开在|落[户地](?:在|于)?)"
_BUT = r"(?:现|已|也|就|则|仍|目前|正式|新址|地点|地址)*"
_STOPS = r"(?=[,。;!?()\n]|$)"
#: Of a place called by its sort alone: 驿站设在社区居委会内.
_LYING = re.compile(
    rf"(?:驿站|驿家|站点|服务[站点]|小[站屋]|港湾|之家|[该本]站)”?{_BUT}{_LIES}{_AT}{_STOPS}"
)
#: Behind a name, the surest first: 驿站(新华书店旁), 驿站在农商行一楼, 驿站。汽车站对面,…
_BEHIND = (
    re.compile(rf"[”]?\({_AT}[,;、)]"),
    re.compile(rf"[”]?[,:—]*(?:[^,。;:!?()\n]{{0,12}},)?{_BUT}{_LIES}{_AT}{_STOPS}"),
    re.compile(rf"[”]?[,:—]*[^,。;:!?()\n]{{0,12}}?(?:搬|迁)(?:到|至|进|往){_AT}{_STOPS}"),
    re.compile(rf"[”]?[,:—]*{_BUT}在{_AT}{_STOPS}"),
    re.compile(rf"[”]?[。:,—\s]+{_AT}{_STOPS}"),
)
#: Before a name: 位于汽车站对面的(驿站), 汽车站对面有间(驿站).
_BEFORE = (
    re.compile(rf"{_LIES}{_AT}的?(?:[这那]?[一首]?[家处个座间])?“?$"),
    re.compile(rf"(?:^|[,。;:!?、\s])(?:在|来到|走进|走到)?{_AT}(?:里|内)?的“?$"),
    re.compile(rf"(?:^|[,。;:!?、\s])在?{_AT}(?:[有添多建开]了?一?[间家处个座]|那[间家处个座])“?$"),
)
#: Words that no address has.
_NO_ADDRESS = re.compile(
    r"[了吗呢吧很能请把被给让就都也还要会得着过将拟]|可以|扫码|提供|开放|启用|服务(?!中心|站|区|点|大厅)|"
    r"休息(?![室区])|选址|依托|利用|开门|各|^原|原址|(?:夏|冬|秋|春)[天季日]|\d月|[今昨明]|记者|工会$|我|你|他|[一二两三四五\d]个|"
    r"^[这那]|··|[和与及]$|附近|周边|营业(?!厅|部)|^在|每|为|以及|[、/]"
)
#: Whole divisions and streets without a name are no address; nor is a street of old (老街).
_WHOLE = re.compile(r".{1,4}(?:街道|镇|乡|区|县|市|地区)|.?[路街巷]")
_LED = re.compile(r".*的|(?<=[有添多])[间家处座]")
#: An address stands within so many characters of the name.
_BESIDE = 48
#: What an address ends in when nothing else says that it is one.
_SPOT = re.compile(
    r".(?:内部?|里|旁边?|边上|[东西南北外两]侧|[东西南北]边|对面|隔壁|门口|[出入]口处?|路口|楼下|[桥架]下|院里|"
    r"[一二三四五六七八九\d][楼层](?:大厅)?|首层|底商|[路街道][东西南北中]段|[东西南北][门头口]|"
    r"交[叉汇界]口?处?|转角|拐角|\d+米处?|\d+号(?:铺|楼)?|\d+室|[路街道巷弄]\d+(?:-\d+)?号?)$"
)
_FOR = re.compile(
    r"户外劳动者|户外职工|户外工作者|环卫|快递|外卖|骑手|小哥|新就业|司机|送餐员|交警|保洁|劳动者"
)
_PUBLIC = re.compile(r"市民|路人|过路|群众|居民|公众|所有人|任何人|游客|行人|对外开放|社会开放")
_ENTER = re.compile(r"免费|进来|入内|开放|使用|享用|歇|喝|都能|均可|欢迎|可以")
_MEMBERS = re.compile(r"(?:仅|只|限|凭)[^,。;]{0,8}会员|会员(?:专享|专用|凭|可凭)")
_EMPLOYEES = re.compile(r"(?:仅|只|限)[^,。;]{0,8}(?:本单位|内部|员工|职工)|本单位职工|内部职工")
_CLOSED = re.compile(
    r"(?:已)?(?:停用|停止(?:服务|运营|开放|使用)|撤销|拆除|永久关闭|关停|关闭|"
    r"不再(?:开放|使用|运营)|暂停(?:服务|开放|运营|使用))"
)
_MOVED = re.compile(r"(?:搬迁|迁至|迁到|搬到|搬至|迁往|迁移)")


#: Words of a service that mean one facility.
_SERVICE_KEYS = (
    ("心理", "counselling"),
    ("律师", "legal_aid"),
    ("法律", "legal_aid"),
    ("体检", "health_check"),
    ("义诊", "health_check"),
    ("理发", "haircut"),
    ("招聘", "job_service"),
    ("培训", "training"),
)
_DAY = r"(?:(?P<{0}y>20\d\d)年)?(?P<{0}m>\d{{1,2}})月(?P<{0}d>\d{{1,2}})日"
_CAMPAIGN = re.compile(_DAY.format("a") + r"(?:起)?(?:至|到|—|-|~)" + _DAY.format("b"))
_UNTIL = re.compile(
    r"(?:截至|截止到?|有效期[至到]|持续[至到]|直到|至)"
    + _DAY.format("b")
    + "(?:止|截止|结束|为止)?"
)


def read_facilities(
    text: str, start: int, end: int, lexicon: Lexicon, own: str, center: bool = False
) -> list[tuple[str, int, int]]:
    """(key, start, end) of the facilities that a span states.

    What an activity offers on its day is no facility of a station; of a service ``center`` it is.
    """
    told = [(key, start + a, start + b) for a, b, key in lexicon.facilities(text[start:end])]
    return [
        (key, first, last)
        for key, first, last in told
        if center or is_offered(text, first, last, key, own, lexicon.unsaid)
    ]


def read_address(text: str, lexicon: Lexicon) -> str:
    """The address a stretch states: a road with a house number, where roads meet, or where it
    says that the place lies.
    """
    found = _ADDRESS.search(text)
    if found:
        return found["at"].strip("(")
    lying = _LYING.search(text)
    return lying["at"].strip() if lying and _is_spot(lying["at"], True, lexicon) else ""


def read_spot(text: str, names: Sequence[tuple[int, int]], lexicon: Lexicon) -> str:
    """Where a place called by the spans ``names`` is said to lie, in the words beside its name.

    A mere place (万达广场) is an address only where the text says that it lies there.
    """
    for first, last in names:
        floor = max(first - _BESIDE, 0)
        opens = max(floor, *(text.rfind(mark, floor, first) + 1 for mark in "。!?\n"))
        # 春晖公园的英溪驿站 as one name, and 间英溪驿站 behind 有, hold words that are none of it.
        led = _LED.match(text, first, last)
        before, behind = text[opens : led.end() if led else first], text[last : last + _BESIDE]
        tries = [(pattern.match(behind), pattern is not _BEHIND[-1]) for pattern in _BEHIND]
        tries += [(pattern.search(before), pattern is _BEFORE[0]) for pattern in _BEFORE]
        for hit, sure in tries:
            if hit and _is_spot(hit["at"], sure, lexicon):
                return hit["at"].strip()
    return ""


def _is_spot(words: str, sure: bool, lexicon: Lexicon) -> bool:
    if _NO_ADDRESS.search(words) or _WHOLE.fullmatch(words):
        return False
    return _SPOT.search(words) is not None or (sure and lexicon.is_place(words))


def read_access(text: str) -> str:
    """Who may enter, where a text says so."""
    if _EMPLOYEES.search(text):
        return "employees"
    if _MEMBERS.search(text):
        return "members"
    for sentence in re.split("[。;!?\n]", text):
        if _PUBLIC.search(sentence) and _ENTER.search(sentence):
            return "public"
    return "outdoor_workers" if _FOR.search(text) else "unknown"


def read_change(text: str) -> str:
    """Closed or moved where a clause about the place says so."""
    if _CLOSED.search(text) and not re.search(r"闭馆日|节假日|期间", text):
        return "closed"
    return "moved" if _MOVED.search(text) else ""


def service_key(words: str) -> str:
    """The facility a service means, else its own words.

    >>> service_key("心理"), service_key("领票")
    ('counselling', '领票')
    """
    return next((key for part, key in _SERVICE_KEYS if part in words), words)


def read_validity(text: str) -> tuple[str, str]:
    """First and last day (ISO) of a campaign that a text dates with a year; else empty.

    >>> read_validity("2019年4月2日至6月30日在窗口领票")
    ('2019-04-02', '2019-06-30')
    """
    found = _CAMPAIGN.search(text)
    if found and (found["ay"] or found["by"]):
        last = found["by"] or found["ay"]
        return _iso(found["ay"] or last, found["am"], found["ad"]), _iso(
            last, found["bm"], found["bd"]
        )
    until = _UNTIL.search(text)
    if until and until["by"]:
        return "", _iso(until["by"], until["bm"], until["bd"])
    return "", ""


def _iso(year: str, month: str, day: str) -> str:
    """The day, or nothing where there is no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
