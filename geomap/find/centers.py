"""Service centres of unions: unique in their division, so the division names them."""

from __future__ import annotations

import re

from geomap.find.area import Area
from geomap.find.drafts import Draft, tidy_name
from geomap.find.head import Head
from geomap.find.layout import Layout
from geomap.find.scope import Scope

_MANY = re.compile(
    r"(?:各|等|多个|发挥|所有|一批|建设|打造|推进|加强|依托|利用|通过|将|靠|凭|借助|和|及)$"
)
#: 职工服务中心(站): a sort of houses.
_SORT_AFTER = re.compile(r"\([站室点]\)")
_PLURAL_AFTER = re.compile(r"建设|验收|创建|评|微信|公众|工作|等|、|现有|已|共|达|\d")
_FOUNDED = re.compile(r"挂牌|揭牌|成立|首创|启用|落成|受理|位于|设在|值班|接待|办公")
_LOCATES = re.compile(r"[东西南北]侧|旁|对面|院内|[副主]楼|门口|门前|以[东西南北]|附近")
#: A meeting or a class takes place there: the house is its venue.
_HELD_AT = re.compile(
    r"(?:上课|活动|比赛|培训|报到|考试|开讲|会议|演出)地[点址][:为是在][^\n。;]*$"
)
_HELD = re.compile(
    r"^[^,。;]{0,8}(?:隆重|成功|顺利|正式|如期)?(?:举行|召开|举办|启动|开赛|开幕|开班|开讲|开课|上课|上演)"
)
_PREFIX = re.compile(r"^(?:本|我)?(?P<unit>市|区|县|省)?$")


def find_centers(layout: Layout, heads: list[Head], scope: Scope) -> list[Draft]:
    """Drafts of service centres that stand with their division, or alone in its story."""
    drafts = []
    for head in heads:
        text = layout.text[head.name_start : head.start]
        before = layout.text[max(0, head.name_start - 4) : head.name_start]
        if (
            not _is_unique(layout, head, text, scope)
            or head.specific
            or head.number
            or _SORT_AFTER.match(layout.text, head.end)
            or _MANY.search(before)
            or _is_of_a_list(layout.text, head)
        ):
            continue
        name = _name(text, head.words, scope.main)
        if name:
            drafts.append(Draft(name, head.kind, head.name_start, head.end, "center", name))
    return drafts


def _is_of_a_list(text: str, head: Head) -> bool:
    """Whether it stands among others, no division before it: 驿站、工人文化宫、职工服务中心等."""
    prefix = text[head.name_start : head.start].rpartition("的")[2]
    around = text[max(0, head.name_start - 1) : head.name_start] + text[head.end : head.end + 1]
    return "、" in around and _PREFIX.match(prefix) is not None


def _is_unique(layout: Layout, head: Head, prefix: str, scope: Scope) -> bool:
    """A service centre; or a workers' home right behind its division, told of as one house."""
    after = layout.text[head.end : head.end + 5]
    if head.kind == "service_center":
        # 区工人文化宫东侧平房 says where something else is.
        line = layout.text[layout.line_at(head.start).start : head.name_start]
        held = _HELD_AT.search(line) or (
            re.search("在[^,。;]{0,12}$", line + prefix)
            and _HELD.match(layout.text[head.end : head.end + 20])
        )
        return _LOCATES.match(after) is None and ("服务" in head.words or not held)
    if head.kind != "workers_home" or _PLURAL_AFTER.match(after):
        return False
    if prefix[-1:] in tuple("区县市旗") and not head.quoted:
        return True
    start, end = layout.sentence_at(head.start)
    division = prefix.rpartition("的")[2].strip("“")
    behind = scope.inside(head.start - len(division) - 1, head.start)
    return (
        bool(division) and behind.depth >= 2 and _FOUNDED.search(layout.text[start:end]) is not None
    )


def _name(prefix: str, words: str, main: Area) -> str:
    """The centre's name with its division; empty where the story names none."""
    prefix = prefix.rpartition("的")[2]
    bare = _PREFIX.match(prefix)
    if not bare:
        return tidy_name(prefix + words)
    if bare["unit"] == "市" or not main.district:
        return main.city + words if main.city else ""
    return main.district + words
