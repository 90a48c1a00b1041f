"""Whom a sentence that names no place speaks of, by its own words."""

from __future__ import annotations

import re

from geomap.find.lexicon import Lexicon

OF_PLACES = re.compile(
    r"(?:以上|上述)[^,。]{0,8}(?:均|都|全)|(?:各|每|所有|这些|这几|均|都|全部|"
    r"[\d几两三四五六七八九十]+)(?:家|个|处|座|间)?[^,。]{0,8}(?:驿站|站点|驿家|站内|"
    r"站里|小屋|港湾|阵地|之家|服务站|站)|[\d几两三四五六七八九十]+(?:处|家|个|座|间)"
    r"(?:均|都|全|皆)|"
    r"(?:驿站|站点|驿家|服务站|服务点|接力站|小屋|港湾)(?:里|内|中)?(?:均|都|统一|全部|"
    r"配|设|有|还|提供|里|内|,)|^(?:站里|站内|里面|室内|屋内|屋里)|开放时间|服务时间|营业时间|^站内:|店内|"
    r"服务内容|服务项目|服务设施|基本配置|配置为|统一为|集[^,。]{2,40}功能"
)
OF_EACH = re.compile(
    r"各(?:个|家|处)?(?:驿站|站点)|每[家个处座]|所有|这些|(?:站|屋|家|处|点|座)[^,。、]{0,4}(?:均|都|全部)|"
    r"[两三四五六七八九十\d]+(?:家|个|处|座)[^,。]{0,6}(?:站|屋|家|港湾)"
)
WISH = re.compile(r"目标|希望|愿景|下一步|接下来|今后|未来|争取|努力")
#: A sentence that says its hours are those of all places told of, or a label's line about them.
TOLD_OF_ALL = re.compile(
    r"以上|上述|这些|每一?[家个处座间]|所有|全部|均(?!价)|(?<!成)都|皆|一律|统一|"
    r"各(?!种|类|自|界)|[\d两几三四五六七八九十]+[家个处座间][^,。;]{0,8}[站点屋家湾亭]"
)
#: A line or clause about the hours of all, where the story has but one: a further one is an item's.
HOURS_LABEL = re.compile(
    r"(?:^|[,。\n])[^\w\n]*(?:驿站|站点|网点)?(?:大堂|的)?(?:开放|服务|营业)?时间(?=[统为是:\s\d])",
    re.MULTILINE,
)
#: A place that no rule could name: what follows is said of it.
ELSEWHERE = re.compile(r"(?:社区|村|街道|镇)也[把将有建设]")
EXAMPLE = re.compile(r"以[^,。]{2,40}为例")
#: A sentence without a subject of its own goes on with that of the one before it.
_GOES_ON = re.compile(
    r"[^\w“]*(?:同时|此外|另外|并且?|还|也|另|均|都|可以?|能|免费|配|备|设|有|提供|里面?|内|"
    r"(?:不仅|除了)[^,。]{0,12}有?)"
)
_USERS = re.compile(
    r"(?:骑手|小哥|快递员|外卖员|环卫工人?|司机|户外劳动者|户外工作者|劳动者|职工|工友|大家|市民)们?"
    r"[^,。;“”]{0,10}(?:可以?|能够?|便可|免费|都能)"
)


def offers(sentence: str, lexicon: Lexicon) -> bool:
    """Whether a sentence that names no place says what the places spoken of offer.

    Its subject is places of their sort, or their users, or it has none of its own; what somebody
    says is no such sentence.
    """
    if sentence.startswith("“"):
        return False
    if OF_PLACES.search(sentence) or OF_EACH.search(sentence) or _GOES_ON.match(sentence):
        return True
    told = lexicon.facilities(sentence)
    return bool(told) and (told[0][0] <= 2 or _USERS.search(sentence) is not None)
