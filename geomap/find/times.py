"""Hours that a stretch of text states of a door or of a service."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.find.subject import is_of_another, is_of_door, sentence_start
from geomap.hours import FoundHours, find_hours, parse_hours

_QUICK = re.compile(
    r"\d\s*[::点时]|小时|[一二三四五六七八九十][点时]|周[一二三四五六日天末]|"
    r"全 ?天|不打烊|[上下]午|[昼日彻一]夜|黑夜|个钟|其[余他它]时|通宵|[朝早][\d五六七八九]|24h"
)
#: Times that are a service's, a person's or a machine's.
_SERVICE = re.compile(
    r"律师|心理|咨询(?:师|员|服务)?|坐诊|义诊|值班|法律|课程|讲座|领票|领取|刷卡|理发|"
    r"体检|检测|招聘|放映|培训|接访|开课|志愿|折叠床|午睡|午休(?![时\d:])|课桌"
)
_NOT_HOURS = re.compile(
    r"”[指即]|热线|拨打|可拨|电话|出门|收工|上班族|高峰|送餐|配送时间|集合|开会|举行|召开|出车|"
    r"发车|班车|首末班|报名时间|有值班人员|近\d+小时|收到|接到|干到|忙到|跑到|工作到|"
    r"(?<!上)下班|报道时间|跑单|接单|送单|奔波|干活|劳作|清扫|作业|巡逻|穿梭|上路"
)
#: What runs round the clock is a service or a guard, not the door; 24小时或… leaves it open.
_NOT_DOOR = re.compile(
    r"或|(?:的|不间断|免费|供应|提供|有人|专人|自助|在线)*"
    r"(?:[热饮开温供]水|充电|值守|值班|客服|监控|热线|急救|保安|供[电暖]|咨询|安保|看护|巡)"
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
    r"[ \u3000]*(?:[上下]午|中午|晚上|夜里|再|其[余他它](?:时[间段候]|月|季|日)|周|星期|礼拜|"
    r"双休|节假日|法定|[夏冬][季天令]|[淡旺]季|工作日|\d{1,2}月|十[一二]?月|[一二三四五六七八九]月)[^。;!?\n]{0,60}"
)
_DAY_OFF = re.compile(r"(?:不开|休息|休|关门|关闭|闭馆|歇|不对外)")
#: 以前五点就锁门,现在…: the times of former days are no part of today's.
_BEFORE_NOW = re.compile(r"(?:以前|原来|此前|过去|曾经|原先|从前)[^。;!?]*?(?=现在|如今|目前|现已)")
_DAILY = re.compile(r"(?:双休日|周末|节假日)[^,。;]{0,4}(?:照常|正常|不休|也开|无休|不歇|不打烊)")
#: 夜里11点到早上5点锁门: when it is shut; what is left of the day is not told.
_SHUT = re.compile(r"(?:之?间|期间)?(?:外|关闭|锁门|闭门|闭馆|不开|保洁|消毒|停电|清场)")
_STAFFED = re.compile(r"有人值守|延[长至到]|由[^,。;]{0,16}延|原来|此前|以前")
HOUSE = re.compile(r"(?<=[路街巷道弄里村区段])\d+(?:-\d+)?号(?:楼)?|\d+号(?=楼|院|门)")
_TIME = (
    r"(?:(?:清|凌|早|晚|夜|朝|上|下|中|傍|半)[上晨里间早午晚夜]{0,2})?"
    r"(?:\d{1,2}(?::\d\d|[点时](?:\d\d分?|半|整)?)|[一二两三四五六七八九十]{1,3}[点时](?:半|整)?)"
)
#: 早上六点半开,夜里九点半落锁; 关门时间推到凌晨1点,开门还是早上8点.
_OPENS = re.compile(
    rf"(?P<opens>{_TIME})[^,。;\d]{{0,8}}?(?:开门|开锁|亮灯|开放|开(?![门锁放始会课展车饭播机到]))(?![前后]|时间)|"
    rf"开门(?:时间)?(?:还是|仍[是为]|依旧|[为是在:])?(?P<opens2>{_TIME})"
)
_CLOSES = re.compile(
    rf"(?P<shuts>{_TIME})[^,。;\d]{{0,8}}?(?:关门|关闭|[锁闭]门|落锁|打烊|熄灯|收摊|关(?![门闭])|(?<!开)锁(?!门))(?![前后]|时间)|"
    rf"(?P<part>晚上|夜里|夜间|傍晚|下午|凌晨)?[^,。;\d]{{0,2}}?"
    rf"(?:(?:[关闭锁]门|打烊|闭馆)(?:时间)?[^,。;\d]{{0,4}}?|延|守|开|推迟?|一直)[长至到时]*(?P<shuts2>{_TIME})"
    r"(?:才?(?:关门|打烊|落锁|关|锁))?"
)
_RANGE = re.compile(rf"{_TIME}\s*(?:至|到|-|—|~)\s*{_TIME}")
#: 由每日7:30-22:00改为…, 试行的24小时开放…,调整为…: what was, before what is.
_CHANGED = r"(?:统一)?(?:调整|变更|更改|改|延长|延|推迟|推|提前)[为至到成]"
_WAS = re.compile(
    rf"(?:由|从)[^,。;]{{2,24}}?(?={_CHANGED})|(?:24小时|全天|{_TIME}[-至到—~]+{_TIME})[^。;]{{0,24}}?(?={_CHANGED})"
)
#: [12:41] 小王:…, 07-15 09:02 …: when a line was written.
_WRITTEN = re.compile(
    r"(?:\d{2,4}[-/.])?\d{1,2}[-/.]\d{1,2}[ T]\d{1,2}:\d\d(?::\d\d)?|\[\d{1,2}:\d\d(?::\d\d)?\]"
)
#: 只在工作日开,早八点到晚五点半: the days are told with the door's verb, the times follow.
_DAYS_FIRST = re.compile(
    r"(?P<days>工作日|周[一二三四五六日][至到]周[一二三四五六日])(?P<verb>(?:才|都)?(?:开门|开放|上班|开)[,、])"
)
_OFF = re.compile(r"(?P<day>周[一二三四五六日末])(?:不开|维护|盘点|锁门)")
_NEVER_SHUT = (
    r"(?:都|均|也|就)?(?:不(?:关门?|熄灯|打烊|锁门?|落锁|闭门)|开[门放着]|亮灯|营业|"
    r"[可能][进入用]|进得去)"
)
#: 通宵 alone, in brackets or as what is said of a door: a whole clause.
_NIGHT_TOO = re.compile(
    rf"(?:昼夜|通宵|彻夜|日夜|(?:一天一夜|一日一夜|白天黑夜|白天夜里|没日没夜)(?={_NEVER_SHUT})){_NEVER_SHUT}"
    r"|(?<=[,(、:;])通宵的?(?=[,。;)]|$)"
    r"|(?:其余|其他|其它)(?:时间段?|时段|时候)[^,。;]{0,6}(?:扫码|刷卡|刷脸|自助)[^,。;]{0,6}"
)
#: 周末不歇气, 双休日不停业: like any other day. 周一到周五才有人: there is nobody else to open.
_SAID_AS = {r"不歇[业气班着]?|不停业": "不休", "才有人": "才开门", r"保持(?=\d)": "开放"}
#: 下午1⏎4:00: a line begins in the middle of a number.
_WRAPPED = re.compile(r"\d\n\d$")
#: 全天 alone: nobody says whether that is the night too.
_ALL_DAY = re.compile(
    r"(?:^|(?<=[,(、:;\t| \u3000]))全 ?天候?(?:[都均]?(?:开放|[可能][进用入]|营业|使用|开[门着]))?"
    r"(?=[,。;)\t| \u3000]|$)"
)
#: 夏季6:00-20:00(周一至周六8:00-17:00): the bracket is of other days, or of the rest of the year.
_OTHER_SEASON = re.compile(r"[夏冬淡旺][季天令][^()]{2,24}\([^()]*\d")
#: 平日 beside a feast are the days that are none.
_FEAST = re.compile("春节|腊月|正月|节日|假期|国庆|[寒暑]假")
#: 中间11点半至1点锁门: a break.
_BREAK = re.compile(rf"(?:中间|其间|中午)(?={_TIME}(?:至|到|-|—){_TIME}(?:锁门|关门|闭门|休息))")
_MONTHS = (("十一月", "11月"), ("十二月", "12月"), *zip(
    (f"{n}月" for n in "一二三四五六七八九"), (f"{n}月" for n in range(1, 10)), strict=True
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Times:
    """Hours of a clause: the door's, or those of ``service``; ``shared`` by several places."""

    start: int
    end: int
    osm: str
    words: str
    service: str = ""
    shared: bool = False


def read_times(text: str, start: int, end: int, own: str = "") -> list[Times]:
    """Hours stated in a span, the door's or a service's; those of people's days are left out.

    Neither are those of another house or room, of a campaign, of former days or of a plan
    (:mod:`geomap.find.subject`); ``own`` holds the names of the places spoken of.
    """
    stretch = text[start:end]
    if not _QUICK.search(stretch) or _WRAPPED.search(text, max(start - 3, 0), start + 1):
        return []
    times = []
    sentence = text[sentence_start(text, start) : start]
    plain = plainer(stretch)
    read = find_hours(plain)
    shut = any(_is_shut(stretch, found) for found in read)
    unread = _unread(plain, read) + _continued(text, end)
    for found in read:
        first, last = _clause_of(stretch, found)
        around = stretch[first:last]
        begin = found.start + (stretch[found.start] in ",;:、")
        begin += 2 * stretch.startswith(("当天", "当日"), begin)
        service = _service(plain, found)
        if _NOT_HOURS.search(around):
            continue
        if not service and (
            is_of_another(sentence + stretch[:begin], own)
            or not is_of_door(
                plain[first : found.start],
                stretch[found.start : found.end],
                plain[found.end : last],
            )
        ):
            continue
        if not service and (shut or _is_partly_read(found.hours.osm, unread)):
            continue
        always = found.hours.osm.startswith("24/7")
        if always and not service and _NOT_DOOR.match(stretch, found.end):
            continue
        if "unknown" in found.hours.osm and _OTHER_SEASON.search(plain, found.start, found.end):
            continue
        if _STAFFED.search(plain[first:last]) and "24" not in found.hours.osm:
            continue
        times.append(
            Times(
                start + begin,
                start + found.end,
                found.hours.osm,
                stretch[begin : found.end].strip(),
                service,
            )
        )
    alone = None if read else _ALL_DAY.search(plain)
    if alone and not is_of_another(sentence + stretch[: alone.start()], own):
        words = alone.group()
        times.append(Times(start + alone.start(), start + alone.end(), 'Mo-Su "全天"', words))
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


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether a clause goes on with the hours of the one before it (工作日9:00-21:00;周末…).

    >>> goes_on("周末10:00-18:00", 0, 15), goes_on("周末有志愿者10:00-11:00讲课", 0, 18)
    (True, False)
    """
    if not _GOES_ON.match(text, start, end):
        return False
    stretch = plainer(text[start:end].strip(" ;。"))
    read = find_hours(stretch)
    if not read:
        return parse_hours(stretch) is not None and bool(_DAY_OFF.search(stretch))
    first, last = read[0].start, read[0].end
    return first <= 2 and is_of_door("", stretch[first:last], stretch[last:])


def _continued(text: str, end: int) -> str:
    """The rest of a sentence that goes on behind a semicolon with more times of the same door."""
    rest = _GOES_ON.match(text, end) if text[end - 1 : end] == ";" else None
    if rest is None or _SERVICE.search(rest.group()) or not find_hours(plainer(rest.group())):
        return ""
    return rest.group()


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


def plainer(stretch: str) -> str:
    """The stretch, same length: house numbers hidden, ways to say "from … to" made plain.

    >>> plainer("早上六点半开,夜里九点半落锁")
    '早上六点半至 夜里九点半  '
    """
    stretch = HOUSE.sub(lambda found: "某" * len(found.group()), stretch)
    stretch = _BREAK.sub("午休", stretch)
    stretch = stretch.replace("平日", "每天") if _FEAST.search(stretch) else stretch
    for apart in (_WRITTEN, _WAS):
        stretch = apart.sub(lambda found: " " * len(found.group()), stretch)
    # 其中午休室 names no noon.
    stretch = stretch.replace("上班日", "工作日").replace("开到", " -").replace("其中", "某某")
    for written, digits in _MONTHS if "月" in stretch else ():
        stretch = stretch.replace(written, digits)
    stretch = _NIGHT_TOO.sub(lambda found: "24h".ljust(len(found.group())), stretch)
    for said in _SAID_AS:
        stretch = re.sub(said, lambda f: _SAID_AS[f.re.pattern].ljust(len(f[0])), stretch)
    stretch = _OFF.sub(lambda found: found["day"] + "休息", stretch)
    stretch = _DAYS_FIRST.sub(lambda f: f["days"] + " " * len(f["verb"]), stretch)
    return _from_to(stretch)


def _from_to(stretch: str) -> str:
    """The stretch with an opening and a closing time as a range, where it tells no other times.

    In what order they stand does not matter for one pair; several follow each other.
    """
    opens, closes = list(_OPENS.finditer(stretch)), list(_CLOSES.finditer(stretch))
    if not opens or len(opens) != len(closes) or _RANGE.search(stretch):
        return stretch
    ordered = sorted([*opens, *closes], key=re.Match.start)
    if len(opens) > 1 and any(found.re is not _OPENS for found in ordered[::2]):
        return stretch
    pairs = list(zip(opens, closes, strict=True))
    told, left = list(stretch), list(stretch)
    for one, other in pairs:
        first, last = min(one.start(), other.start()), max(one.end(), other.end())
        shuts = other["shuts"] or (other["part"] or "") * other["shuts2"][0].isnumeric()
        words = f"{one['opens'] or one['opens2']}至{shuts}{other['shuts2'] or ''}"
        told[first:last] = words.ljust(last - first)
        left[first:last] = " " * (last - first)
    return stretch if _MORE_TIMES.search("".join(left)) else "".join(told)
