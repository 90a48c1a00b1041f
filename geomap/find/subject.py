"""Whose hours a clause states: the place's own, or those of somebody beside, before or after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.find.lexicon import Unsaid

#: Houses, and rooms and things, with hours of their own.
_HOUSE = (
    r"店|餐厅|餐馆|食堂|超市|药房|停车场|加油站|图书馆|书屋|书吧|健身房|健身中心|门诊|医务室|诊所|医院|"
    r"影院|球馆|体育馆|游泳馆|展厅|展馆|博物馆|公园|商场|市场|银行|网点|学校|幼儿园|食府|酒店|宾馆"
)
_ROOM = (
    r"充电[桩站棚柜]|换电柜|图书角|阅览室|窗口|柜台|厕所|公厕|卫生间|淋浴间|浴室|母婴室|活动室|午休室|"
    r"休息室|会议室|柜|机|班车|公交|地铁|电梯|大厅|中心"
)
_OTHER = rf"(?:{_HOUSE}|{_ROOM})"
#: Words between a subject and its hours.
_ADVERBS = (
    r"(?:的|每天|每日|每周|天天|全年|全天|平时|一般|通常|则|也|都|均|是|为|从|自|早上?|上午|"
    r"营业|开放|服务|对外|时间|工作日|双休日|周末|节假日|周[一二三四五六日天至到、]+|[::()“”\s])*$"
)
_SUBJECT = re.compile(_OTHER + _ADVERBS)
#: What a place to rest is called again in running text.
_STATION = (
    r"(?:驿站|驿家|站点|站[内里外]|[屋室点家吧亭角]里|室内|小站|小屋|港湾|服务站|该站|"
    r"这里|这间|这个|之家|进来|进屋)"
)
#: 旁边的一家咖啡店, and no word of the place itself behind it.
_NEARBY = re.compile(
    rf"(?:旁边?|隔壁|附近|周边|对面|不远处|楼[上下])(?!.*{_STATION})[^,、。;!?]{{0,12}}(?:{_OTHER}|公卫)"
)
#: 公园里还有公厕: another house's clause about what it has, or whom it serves.
_ELSEWHERE = re.compile(
    rf"^[^,。;!?]{{0,12}}?(?P<house>{_HOUSE}|伙房)(?:门口|里|内|中)?(?:也|还|则|都|均|一律|对外)*"
    r"(?:为[^,]{1,8})?(?:可以?|能|有|设|提供|供|配|备|摆|放|卖)"
)
#: 请到加油站换电: whoever wants it is sent to another house.
_SENT = re.compile(rf"(?:请|可以?|需|要|得)(?:去|到|前往)[^,。;!?]{{0,8}}?(?P<house>{_HOUSE})")
#: From here on a sentence speaks of today, or of what is there after all.
_TURN = re.compile(
    r"现在|如今|目前|现已|而今|但(?!愿)|不过|(?:改造|改建|装修|升级|翻新|修缮)后|后来|"
    r"(?:改|改造|改建|变|变身|升级)[成为]|翻新|交给(?!骑)|腾给|接手|接过来"
)
_NEIGHBOUR = re.compile(r"^(?:而|但)?(?:旁边|隔壁|附近|对面|周边|楼[上下])(?!.*[驿站])")
#: A host that the place is said to lie in keeps the place's hours too.
_HOST = (
    r"(?:设在|设于|位于|坐落于|坐落在|建在|开在|依托|利用|在)[^,。;!?]{{0,24}}{0}|"
    r"(?:设在|设于|就在)[^,。;!?]{{0,8}}(?:店|馆|院|行|厅|园)内"
)
#: Hours wished for, planned, of former days, or of a campaign's days.
_NOT_NOW = re.compile(
    r"(?:再开|再次开|打算|(?<![点时分\d])(?<![从自]此)(?<!改造)(?<!升级)以后|往后|日后|计划|拟|争取|力争|希望|盼|要是|如果|倘若|建议|呼吁|有望|下一步|今后|未来|即将|明年)"
    r"[^。;!?]*$"
)
_FORMER = re.compile(
    r"(?:以前|以往|曾(?=\d|每|在|[^,。]{0,3}开|$)|原[来为是定]|此前|过去(?!之?后)|曾经|原先|从前)(?!.*(?:现在|如今|目前|现已|改为|调整为))[^。;!?]*$"
)
_CAMPAIGN = re.compile(
    r"(?<!营业)(?<!开放)(?<!工作)(?<!工作日)期间[^。;!?]*$|(?:活动|[高中]考|考试|春运|春节|假期|赛事)[^,。;!?]{0,6}"
    r"(?:当天|当日)[^。;!?]*$|"
    r"\d+月\d+日[^,。;!?]{0,3}(?:至|到|-|—|~)(?:\d+月)?\d+日(?![^。;!?]*(?:不变|照旧|照常|仍))[^。;!?]*$|"
    r"(?:春节|国庆|中秋|元旦|端午|清明|五一|劳动节|小长假|长假|预警)(?![^。;!?]*(?:除外|不休|无休|照常))"
    r"[^。;!?]*$|(?:春节|国庆|中秋)[^。;!?]{0,6}假期[^。;!?]*$|月(?:底|末|初)前[^。;!?]*$"
)
#: Hours of some places, or of places in general: nobody's in particular.
_SOME = re.compile(
    r"(?:发挥|推进|推广|一般(?=设|建|选)|各类|部分|个别|有的|有些|少数|不少|大多|多数|多半|普遍|近半|半数|过半|有条件的?|多数|其中有?"
    r"[^,。;]{0,4}?[\d一二两三四五六七八九十百]+[家个处座])[^。;!?]*$|"
    r"[和与跟比][^,。;!?]{2,24}(?:不同|不一样|相比),|"
    r"总工会(?:还|也|将|积极|持续|大力|不断|主动)(?!.*(?:站|屋|家|室|点))[^。;!?]*$"
)
#: 驿站内的共享厨房, 驿站的自助区: a part of the place, before its hours.
_PART = re.compile(r"(?:站|屋|家|点|吧|亭|角|里|内|中|门口|外)的(?P<part>[^,。;:!?的]{2,8})$")
_OWN_WORDS = re.compile(r"时间|时段|驿站|站点|大门|开放|服务|营业|门$")
_DOOR = (
    r"开放|开门|开馆|开站|开锁|落锁|亮灯|开着|也开|都开|营业|运营|运行|服务|办公|不打烊|不关|无休|不休|关门|闭馆|"
    r"打烊|锁门|敞开|[就便才]开|开[,、]|开$|接待|可进|能进|能入|进得去|扫码|刷卡|刷脸|不锁|不落锁|不熄灯|进出|入内|进门|使用|可用|驿站|站点|歇脚|休息"
)
#: Said right before the hours, within them, or shortly behind them: that they are a door's.
_TOLD_BEFORE = re.compile(r"(?:时间|保持|维持|开放|营业|开门|服务|时段)[^,。;]{0,6}$")
_TOLD_BEHIND = re.compile(rf"^[^,。;!?]{{0,18}}?(?:{_DOOR})")
_NOTHING = re.compile(r"^[\s)\]】”’*。,;!?、]*$|^[\s*]*[|\t(]|^ {1,}")
_EVENT = re.compile(
    r"仪式|揭牌|启动|开课|上课|授课|夜校|走访|探访|采访|蹲点|比赛|值班|招募|开始|结束|人工|自助(?!驿|服务站)"
)
#: 24小时自助,刷码进: how to get in.
_BY_ONESELF = re.compile(r"^自助(?:开放|使用|进[出入门])?(?=[刷扫]|$)")
#: 热水供应时间: the hours of something that happens there.
_OF_EVENT = re.compile(
    r"(?:供应|供餐|就餐|用餐|取件|报名|活动|值守|值班|[上授]课|坐诊|办理|受理|咨询|配送|送餐|发放|领取|"
    r"充电|停车|借阅|演出|比赛|上班|施工|检修|限行|高峰)时[间段][^,。;]{0,6}$"
)
#: A name, and no clause: it holds no word that joins words.
_NAME = re.compile(r"[\u4e00-\u9fff0-9A-Za-z“”]{5,24}")
_DAY = re.compile(r"(?:自|从)?\d+月\d+日(?:起|以来|开始)?")
#: What names of places share.
_CLASS = re.compile(r"街道|社区|小区|广场|公园|[省市区县镇乡村路街]")
_FUNCTION = re.compile(
    r"[在为是有了把从这该本各其此每都均也自由可对向给让被将已]|开[放门]|服务时间|早|晚|[上下]午|以上|全部|所有|统一|下列|点位|站点|各"
)
#: Who hours belong to is said within so many characters before them; a list in one sentence may be
#: a page long, and would be read anew for each of its items.
_REACH = 160
#: Shorter words in quotes are a name or a saying (characters).
_SPEECH = 10
_SENTENCE_END = re.compile(r"[。!?\n\t|]")
#: A cell of a table says what it says alone.
_CELL = re.compile(r"[\t|]")
#: 有热水吗?有,还有微波炉.
_AFFIRMED = re.compile(r"\W*(?:答:|A\d*:)?(?:有|都有|当然|配了|备着)(?!没|些|人|时|位)")
#: The rest of a sentence, its mark included.
_REST = re.compile(r"[^。!?\n]*[。!?]?")


def sentence_start(text: str, position: int) -> int:
    """Where the sentence that holds ``position`` begins."""
    return max(text.rfind(mark, 0, position) for mark in "。!?\n") + 1


def is_of_door(before: str, words: str, after: str) -> bool:
    """Whether a clause says of its hours that they are a door's.

    Parameters
    ----------
    before, after : the clause around the hours ``words``: 每天12:00-15:00送凉茶 is no door's.

    >>> is_of_door("驿站", "每天8:00-20:00", "开放"), is_of_door("", "每天12:00-15:00", "送凉茶")
    (True, False)
    """
    after = _BY_ONESELF.sub("", after)
    if _EVENT.search(before + after) or _OF_EVENT.search(before):
        return False
    part = _PART.search(re.sub(_ADVERBS, "", before))
    if part and not _OWN_WORDS.search(part["part"]):
        return False
    told = (
        re.search(_DOOR, words + after[:3])
        or _TOLD_BEFORE.search(before)
        or _TOLD_BEHIND.search(after)
    )
    return told is not None or _NOTHING.match(after.removeprefix("的")) is not None


def _is_named(subject: str, own: str) -> bool:
    """Whether the words before hours are a name that shares nothing with those spoken of."""
    if not _NAME.fullmatch(subject) or _FUNCTION.search(subject):
        return False
    words = _CLASS.sub(" ", own).split()
    parts = {word[at : at + 2] for word in words for at in range(max(len(word) - 1, 1))}
    return not any(part in subject for part in parts)


def is_offered(
    text: str, start: int, end: int, key: str, own: str, unsaid: Sequence[Unsaid]
) -> bool:
    """Whether a thing named in a clean text is there today, and the place's own.

    Parameters
    ----------
    start, end : of the thing's word.
    own : the names of the places spoken of: what stands in a bank may be told of the bank.
    unsaid : the rules of words.toml.
    """
    before = _CELL.split(text[max(sentence_start(text, start), start - _REACH) : start])[-1]
    behind = _REST.match(text, end, end + _REACH)
    rest = _CELL.split(behind.group())[0] if behind else ""
    if behind and _AFFIRMED.match(text, behind.end()):
        rest = rest.replace("?", "")
    clause = re.split("[,;:()]", before)[-1]
    parts = {
        "ahead": _TURN.split(before)[-1],
        "clause": _TURN.split(clause)[-1],
        "behind": re.split("[,;:。!()]", rest)[0],
        "whole": before.rpartition(";")[2] + text[start:end] + rest.partition(";")[0],
    }
    if any(key in rule.keys and rule.pattern.search(parts[rule.where]) for rule in unsaid):
        return False
    sentence = before + text[start:end]
    if _NEARBY.search(sentence) or _is_of_house(sentence, parts["whole"], own):
        return False
    said = text[max(text.rfind("“", max(end - _REACH, 0), end), 0) : end]
    is_speech = said.startswith("“") and not re.search("[”、]", said) and len(said) > _SPEECH
    return not is_speech or re.search(_STATION + "|里面|有了|能", said) is not None


def _is_of_house(sentence: str, whole: str, own: str) -> bool:
    """Whether another house's clause says what it has, or people are sent there for it."""
    sent = _SENT.search(whole)
    if sent and sent["house"] not in own:
        return True
    clause = re.split("[,;:]", sentence)[-1]
    begin = whole.rfind(clause)
    elsewhere = _ELSEWHERE.match(re.split("[,;:]", whole[max(begin, 0) :])[0])
    if elsewhere is None or elsewhere.start("house") > len(clause) or elsewhere["house"] in own:
        return False
    return not re.search(_STATION, sentence)


def is_of_another(before: str, own: str) -> bool:
    """Whether hours are not the place's own door today.

    Parameters
    ----------
    before : the text of the sentence up to the hours.
    own : the names of the places spoken of: a petrol station's room may be named after it.
    """
    before = before[-_REACH:]
    sentence = _SENTENCE_END.split(before)[-1]
    clause = re.split("[,;]", sentence)[-1]
    if _NEIGHBOUR.search(clause) or _NEARBY.search(sentence):
        return True
    if any(words.search(sentence) for words in (_NOT_NOW, _FORMER, _CAMPAIGN, _SOME)):
        return True
    if _is_named(_DAY.sub("", re.sub(_ADVERBS, "", clause)), own):
        return True
    subject = _SUBJECT.search(clause)
    if subject and not re.search(r"[随跟按同与和照]$", clause[: subject.start()]):
        noun = re.match(_OTHER, subject.group())
        name = noun.group() if noun else ""
        return name not in own and not re.search(
            _HOST.format(re.escape(name)), before[: -len(clause) or None]
        )
    return False
