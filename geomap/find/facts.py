"""What a stretch of text says of a place: facilities, hours of the door or of a service, access."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from geomap.find.lexicon import Lexicon
from geomap.find.plain_times import HOUSE, plainer
from geomap.find.subject import is_of_another, is_of_door, is_offered, sentence_start
from geomap.hours import FoundHours, find_hours

_QUICK = re.compile(
    r"\d\s*[::点时]|小时|全天|[一二三四五六七八九十][点时]|周[一二三四五六日天末]|"
    r"不打烊|[上下]午|昼夜|通宵|朝\d|朝[五六七八九]晚|24h|\\d[-至到]\\d"
)
#: Times that are a service's, a person's or a machine's.
_SERVICE = re.compile(
    r"律师|心理|咨询(?:师|员|服务)?|坐诊|义诊|值班|法律|课程|讲座|领票|领取|刷卡|理发|"
    r"体检|检测|招聘|放映|培训|接访|开课|志愿|折叠床|午睡|午休(?![时\d:])|课桌"
)
_NOT_HOURS = re.compile(
    r"”[指即]|热线|拨打|可拨|电话|出门|收工|上班族|高峰|送餐|配送时间|集合|开会|举行|召开|出车|"
    r"发车|班车|首末班|报名时间|有值班人员|近\d+小时|收到|接到|干到|忙到|跑到|工作到|"
    r"下班|报道时间|跑单|接单|送单|奔波|干活|劳作|清扫|作业|巡逻|穿梭|上路"
)
#: What runs round the clock is a service or a guard, not the door.
_NOT_DOOR = re.compile(
    r"(?:的|不间断|免费|供应|提供|有人|专人|自助|在线)*"
    r"(?:[热饮开温供]水|充电|值守|值班|客服|监控|热线|急救|保安|供[电暖]|咨询|安保|看护|巡)"
)
_ADDRESS = re.compile(
    r"(?:位于|坐落(?:于|在)|设在|就在|地址(?:在|是|为)?:?|在|,|\(|📍)(?P<at>[^,。;:!?()]{2,24}?"
    r"(?:[路街道巷弄村里区]\w{0,4}\d+(?:-\d+)?号(?:[^,。;:!?()]{0,12}?(?:楼|内|旁|层|底商|室|侧|面))?|"
    r"(?:交叉口|交汇处|交口|路口)[^,。;:!?()]{0,4}|桥下)(?:\([^()]{2,20}\))?)"
)
#: A further time or day in a sentence whose hours were read without it.
_MORE_TIMES = re.compile(
    r"(?<!\d)\d{1,2}\s*[::]\s*\d\d|(?<![\d.])\d{1,2}点|"
    r"(?<![小大快多有早晚慢差近远好这那])[二三四五六七八九十]{1,3}点(?!建议)|"
    r"(?<![小\d一二三四五六七八九十])[二三四五六七八九十]{1,3}时(?=至|到|开|关|[,。;]|$)"
)
_MORE_DAYS = re.compile(
    r"(?:周|星期|礼拜)[一二三四五六日天末]|工作日|双休|节假日|[夏冬]季|春秋|[单双]日|"
    r"逢[单双农集初]|赶[场集]|厂休|[一二三四五六七八九十]{1,3}月[至到]|[至到]次年"
)
_GOES_ON = re.compile(
    r"(?:[上下]午|中午|晚上|夜里|再|其余|周|双休|节假日|[夏冬]季)[^。;!?\n]{0,40}"
)
#: 以前五点就锁门,现在…: the times of former days are no part of today's.
_BEFORE_NOW = re.compile(r"(?:以前|原来|此前|过去|曾经|原先|从前)[^。;!?]*?(?=现在|如今|目前|现已)")
_DAILY = re.compile(r"(?:双休日|周末|节假日)[^,。;]{0,4}(?:照常|正常|不休|也开|无休|不歇|不打烊)")
#: 夜里11点到早上5点锁门: when it is shut; what is left of the day is not told.
_SHUT = re.compile(r"(?:之?间|期间)?(?:外|关闭|锁门|闭门|闭馆|不开|保洁|消毒|停电|清场)")
_STAFFED = re.compile(r"有人值守|延[长至到]|由[^,。;]{0,16}延|原来|此前|以前")
_FOR = re.compile(
    r"户外劳动者|户外职工|户外工作者|环卫|快递|外卖|骑手|小哥|新就业|司机|送餐员|交警|保洁|劳动者"
)
_PUBLIC = re.compile(r"市民|路人|过路|群众|居民|公众|所有人|任何人|游客|行人|对外开放|社会开放")
_ENTER = re.compile(r"免费|进来|入内|开放|使用|享用|歇|喝|都能|均可|欢迎|可以")
_MEMBERS = re.compile(r"(?:仅|只|限|凭)[^,。;]{0,8}会员|会员(?:专享|专用|凭|可凭)")
_EMPLOYEES = re.compile(r"(?:仅|只|限)[^,。;]{0,8}(?:本单位|内部|员工|职工)|本单位职工|内部职工")
_CLOSED = re.compile(
    r"(?:已)?(?:停用|停止(?:服务|运营|开放|使用)|撤销|拆除|永久关闭|关停|关闭|"
    r"不再(?:开放|使用|运营)|暂停(?:服务|开放|运营))"
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


@dataclass(frozen=True, slots=True)
class Times:
    """Hours of a clause: the door's, or those of ``service``; ``shared`` by several places."""

    start: int
    end: int
    osm: str
    words: str
    service: str = ""
    shared: bool = False


def read_facilities(
    text: str, start: int, end: int, lexicon: Lexicon, own: str, center: bool = False
) -> list[tuple[str, int, int]]:
    """(key, start, end) of the facilities that a span states.

    What an activity offers on its day is no facility of a station; of a service ``center`` it is.
    """
    stretch = text[start:end]
    keys = []
    for begin, finish, key in lexicon.facilities(stretch):
        if re.search(r"部分|个别|有的|少数|用于|不设", _clause(stretch, begin)):
            continue
        first, last = start + begin, start + finish
        if center or is_offered(text, first, last, key, own, lexicon.unsaid):
            keys.append((key, first, last))
    return keys


def _clause(stretch: str, position: int) -> str:
    start = max(stretch.rfind(mark, 0, position) for mark in ",。;!?:") + 1
    ends = [at for mark in ",。;!?:" if (at := stretch.find(mark, position)) >= 0]
    return stretch[start : min(ends, default=len(stretch))]


def read_times(text: str, start: int, end: int, own: str = "") -> list[Times]:
    """Hours stated in a span, the door's or a service's; those of people's days are left out.

    Neither are those of another house or room, of a campaign, of former days or of a plan
    (:mod:`geomap.find.subject`); ``own`` holds the names of the places spoken of.
    """
    stretch = text[start:end]
    if not _QUICK.search(stretch):
        return []
    times = []
    sentence = text[sentence_start(text, start) : start]
    read = find_hours(plainer(stretch))
    shut = any(_is_shut(stretch, found) for found in read)
    unread = _unread(stretch, read) + _continued(text, end)
    for found in read:
        first, last = _clause_of(stretch, found)
        around = stretch[first:last]
        begin = found.start + (stretch[found.start] in ",;:、")
        begin += 2 * stretch.startswith(("当天", "当日"), begin)
        service = _service(stretch, found)
        if _NOT_HOURS.search(around):
            continue
        if not service and (
            is_of_another(sentence + stretch[:begin], own)
            or not is_of_door(
                stretch[first : found.start],
                stretch[found.start : found.end],
                stretch[found.end : last],
            )
        ):
            continue
        if not service and (shut or _is_partly_read(found.hours.osm, unread)):
            continue
        always = found.hours.osm.startswith("24/7")
        if always and not service and _NOT_DOOR.match(stretch, found.end):
            continue
        if _STAFFED.search(around) and "24" not in found.hours.osm:
            continue
        times.append(
            Times(
                start + found.start, start + found.end, found.hours.osm, found.hours.words, service
            )
        )
    return times


def _is_shut(stretch: str, found: FoundHours) -> bool:
    """Whether from … to … is when the door is shut: 夜里11点到早上5点锁门."""
    opens = re.search(r"[点时\d半]\D{0,2}开", stretch[found.start : found.end])
    return opens is None and _SHUT.match(stretch, found.end) is not None


def _unread(stretch: str, read: Sequence[FoundHours]) -> str:
    """What is left of a stretch without the hours that were read in it."""
    left = list(stretch)
    for found in read:
        left[found.start : found.end] = " " * (found.end - found.start)
    return _DAILY.sub("", HOUSE.sub("", _BEFORE_NOW.sub("", "".join(left))))


def _continued(text: str, end: int) -> str:
    """The rest of a sentence that goes on behind a semicolon with more times of the same door."""
    rest = _GOES_ON.match(text, end) if text[end - 1 : end] == ";" else None
    return rest.group() if rest else ""


def _is_partly_read(osm: str, unread: str) -> bool:
    """Whether a sentence says more of its hours than was read: then nothing of them is sure.

    早上6点半开,10点半关,下午2点再开: three times, of which one pair was understood; 只在工作日开,
    早八点到晚五点半: the days stand in another clause than the times.
    """
    if _MORE_TIMES.search(unread):
        return True
    is_daily = osm[:5] in ("Mo-Su", "24/7") or osm[:1].isdigit()
    return is_daily and bool(_MORE_DAYS.search(unread))


def _clause_of(stretch: str, found: FoundHours) -> tuple[int, int]:
    begin = max(stretch.rfind(mark, 0, found.start) for mark in ",。;!?") + 1
    ends = [at for mark in ",。;!?" if (at := stretch.find(mark, found.end)) >= 0]
    return begin, min(ends, default=len(stretch))


def _service(stretch: str, found: FoundHours) -> str:
    around = stretch[slice(*_clause_of(stretch, found))]
    if '"' in found.hours.osm:
        # 每周三中午,请来志愿者理发: a vague time is told of what the next clause says.
        around += re.split("[。;!?]", stretch[found.end :])[0]
    service = _SERVICE.search(around)
    return service.group() if service else ""


def read_address(text: str) -> str:
    """The address a stretch states: a road with a house number, or where roads meet."""
    found = _ADDRESS.search(text)
    return found["at"].strip("(") if found else ""


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
