"""Whom a sentence that names no place speaks of, by its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.numbers import read_number

OF_PLACES = re.compile(
    r"(?:以上|上述)[^,。]{0,8}(?:均|都|全)|(?:各|每|所有|这些|这几|均|都|全部|"
    r"[\d几两三四五六七八九十]+)(?:家|个|处|座|间)?[^,。]{0,8}(?:驿站|站点|驿家|站内|"
    r"站里|小屋|港湾|阵地|之家|服务站|站)|[\d几两三四五六七八九十]+(?:处|家|个|座|间)"
    r"(?:均|都|全|皆)|"
    r"(?:驿站|站点|驿家|服务站|服务点|接力站|小屋|港湾)(?:里|内|中)?"
    r"(?:照常|正常|不仅|不[但光]|免费|随时)*(?:均|都|统一|全部|"
    r"配|设|有|还|提供|里|内|,)|^(?:站里|站内|里面|室内|屋内|屋里)|开放时间|服务时间|营业时间|^站内:|店内|"
    r"服务内容|服务项目|服务设施|基本配置|配置为|统一为|集[^,。]{2,40}功能"
)
OF_EACH = re.compile(
    r"各(?:个|家|处)?(?:驿站|站点)|每[家个处座]|所有|这些|(?:站|屋|家|处|点|座)[^,。、]{0,4}(?:均|都|全部)|"
    r"[两三四五六七八九十\d]+(?:家|个|处|座)[^,。]{0,6}(?:站|屋|家|港湾)"
)
#: What unions everywhere do is said of no place.
EVERYWHERE = re.compile(
    r"各级(?:总?工会|组织)|两级(?:总?工会|组织)|(?<!中华)全国(?!总工会)|全国各地|全总(?!工会)"
)
WISH = re.compile(r"目标|希望|愿景|下一步|接下来|今后|未来|争取|努力")
#: A sentence that says its hours are those of all places told of, or a label's line about them.
TOLD_OF_ALL = re.compile(
    r"以上|上述|这些|另有说明|每一?[家个处座间]|所有|全部|均(?!价)|(?<!成)都|皆|一律|统一|"
    r"各(?!种|类|自|界)|[\d两几三四五六七八九十]+[家个处座间][^,。;]{0,8}[站点屋家湾亭]"
)
#: A line or clause about the hours of all, where the story has but one: a further one is an item's.
HOURS_LABEL = re.compile(
    r"(?:^|[,。\n])[^\w\n]*(?:驿站|站点|网点)?(?:大堂|的)?(?:开放|服务|营业)?时间(?=[统为是:\s\d])",
    re.MULTILINE,
)
_PLACES = r"(?:站点?|点位?|驿站|小?屋|处|家|间|座|亭|吧|个点)"
#: Every place of the story: 每个点位都有, 各站均设, 下列点位统一.
_OF_ALL = re.compile(
    rf"(?:每一?[个家处座间]{_PLACES}?|各{_PLACES}|所有(?:的)?{_PLACES}|[这几](?:几|些)(?:[^,。;!?]{{0,8}}的)?{_PLACES}{_PLACES}?|"
    rf"(?:以上|上述|下列|以下)[\d\u4e00-\u9fff]{{0,10}}{_PLACES})"
    r"(?:虽[^,。;!?]{1,4},[^,。;!?]{0,8},)?[^,。;!?]{0,10}(?:都|均|统一|全|皆|达到|有(?=[:、\u4e00-\u9fff])|配|设|备|提供|另|开|\d)"
    rf"|(?:各|每[个家处]){_PLACES}(?:里|内)?都有的?"
)
_POINTS_BACK = re.compile(
    r"[^\w“]*(?:该|此|本)(?:站|处|点|驿站|小站|站点|屋|港湾|职工之家)|[^\w“]*这(?:家|处|个|间|座)(?:驿站|站|小屋|屋|点)"
)
#: 04号屋还可以洗澡, 1至6号都有条凳; below the last item: who wrote it, what else was asked.
_OF_OTHERS = re.compile(
    rf"[^\w“]*(?:第?\d{{1,3}}号?(?:(?:[、和与及]|至|到|-|—|~)第?\d{{1,3}}号?)*号?(?:{_PLACES}|(?<=号))(?![\w-]*[路街楼院])|"
    r"(?:责?编辑?|审核|校对|供稿|投稿|图文|摄影|来源|抄送|附件|往期|阅读|问|注|备注|说明|(?:温馨)?提[示醒])\w{0,4}[:\d]|往期推荐|Q\d)"
)
#: 两处进屋时间都按…: as many as were named last.
_SO_MANY = re.compile(
    r"[^\w“]*(?:这|那|上述|以上)?(?P<n>[两三四五六七八九十])(?:处|家|个(?:站|点)|间|座)"
)
#: Towns and communities; those that act are none.
_TOWN = re.compile(
    r"(?:^|(?<=[,。;:、在到于区县市镇道 ]))"
    r"(?P<town>[^\W\d_的是由为了与和在个各乡]{2,4})(?:街道|镇|乡|社区|村)"
    r"(?!总?工会|办事处|党|政府|干部|工作人员|书记|都|均|也[有设])"
)
#: Hours that depend on somebody or something: 跟着列车时刻走, 人在门就在.
_LOOSE = re.compile(
    r"跟着|跟到|随着?[^,。;]{0,8}(?:走|开|关|时刻|班|作息)|以[^,。;]{0,12}为准|没个?准|不固定|另行通知|"
    r"逢[^,。;]{1,12}(?:才|开)|赶[场集][^,。;]{0,4}开|人在门就在|自定|时间不一|下班(?:它|就|即)|看情况|作息咯"
)
#: A place that no rule could name: what follows is said of it.
_FURTHER = re.compile(
    r"(?:社区|村|街道|镇)也[把将有建设]|"
    r"^[^\w]*(?:第[二三四五六七八九十]|另外?[一1]|还有[一1])[个家处座间](?![^,。;]{0,6}[都均全])"
)
#: 在渡口,…: a sentence that opens with where.
_OPENS_AT = re.compile(r"^[^\w“]*(?:而?在)(?P<where>[^,。;“”]{2,12}?)(?:里面?|内|旁边?|上|边|中)?,")
#: A sentence without a subject of its own goes on with that of the one before it.
_GOES_ON = re.compile(
    r"[^\w“]*(?:同时|此外|另外|并且?|还|也|另|均|都|可以?|能|免费|配|备|设|有|提供|里面?|内|"
    r"(?:不仅|除了)[^,。]{0,12}有?)"
)
_USERS = re.compile(
    r"(?:骑手|小哥|快递员|外卖员|环卫工人?|司机|户外劳动者|户外工作者|劳动者|职工|工友|大家|市民)们?"
    r"[^,。;“”]{0,10}(?:可以?|能够?|便可|免费|都能)"
)


#: 问:几点开门? 站里有什么?
ASKED = re.compile(
    r"(?:(?:几点|什么时候|啥时候?|何时)[^。!?\n]{0,6}(?:开|关|能去)|"
    r"(?:有|备|配)了?(?:什么|啥|乜|哪些))[^。!?\n]{0,6}[?]\s*\Z"
)
#: A line that asks, or stands above an answer, states nothing; what was told before is over.
_QUESTION = re.compile(r"[^\w]*(?:问|Q\d*|提问|网友|[一二三四五六七八九十\d]{1,2}问)[::]")
_MORE_STORIES = re.compile(
    r"\W*(?:往期|相关|延伸|推荐|热门|精彩)(?:推荐|回顾|阅读|链接|新闻|文章|内容)\W*"
)
_ANSWER = re.compile(r"[^\w]*(?:答|A\d*|答复|回复|回答|回应)[::]")


def is_of_all(sentence: str) -> bool:
    """Whether a sentence says that it speaks of every place told of.

    >>> is_of_all("每个点位都有凉白开"), is_of_all("每天都有人来")
    (True, False)
    """
    return _OF_ALL.search(sentence) is not None


def is_common(line: str) -> bool:
    """Whether a line below an item speaks of several, or of none: 1至6号都有…; 编辑:某某.

    >>> is_common("每处配饮水机"), is_common("04号屋还可以洗澡"), is_common("有饮水机")
    (True, True, False)
    """
    return bool(is_of_all(line) or last_named(line) or _OF_OTHERS.match(line))


def points_back(sentence: str) -> bool:
    """Whether a sentence's subject is the place named last: 该站24小时开放."""
    return _POINTS_BACK.match(sentence) is not None


def last_named(sentence: str) -> int:
    """How many of the places named last a sentence speaks of; 0: it does not say."""
    found = _SO_MANY.match(sentence)
    return read_number(found["n"]) if found else 0


def is_elsewhere(sentence: str, own: str, lexicon: Lexicon) -> bool:
    """Whether a sentence tells of a place that is none of those known: a further one, another
    town's, or one at another place.

    Parameters
    ----------
    own : the names and addresses of the places spoken of.
    """
    towns = (found["town"] for found in _TOWN.finditer(sentence.strip()))
    if _FURTHER.search(sentence) or any(town not in own for town in towns):
        return True
    opening = _OPENS_AT.match(sentence)
    if opening is None or not lexicon.is_place(opening["where"]):
        return False
    where = opening["where"]
    return not any(where[at : at + 2] in own for at in range(len(where) - 1))


def has_loose_hours(sentence: str) -> bool:
    """Whether a place's hours depend on what no table says."""
    return _LOOSE.search(sentence) is not None


def offers(sentence: str, lexicon: Lexicon) -> bool:
    """Whether a sentence that names no place says what the places spoken of offer.

    Its subject is places of their sort, or their users, or it has none of its own; what somebody
    says is no such sentence.
    """
    if sentence.startswith("“"):
        return False
    if (
        is_of_all(sentence)
        or OF_PLACES.search(sentence)
        or OF_EACH.search(sentence)
        or _GOES_ON.match(sentence)
    ):
        return True
    told = lexicon.facilities(sentence)
    return bool(told) and (told[0][0] <= 2 or _USERS.search(sentence) is not None)


def find_silent(layout: Layout) -> Iterator[int]:
    """Where the lines begin that state nothing: questions, labelled so or above an answer, and
    other stories' headlines.
    """
    text, above, ended = layout.text, -1, False
    for line in layout.lines:
        ended = ended or _MORE_STORIES.fullmatch(text, line.start, line.end) is not None
        if ended or _QUESTION.match(text, line.start):
            yield line.start
        elif _ANSWER.match(text, line.start) and above >= 0:
            yield above
        above = line.start
