"""A general mention in a story about one community or one host: its station is that one."""

from __future__ import annotations

import re

from geomap.find.drafts import Draft, compose
from geomap.find.heads import Head
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.scope import Scope

_COMMUNITY = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:社区|村)(?!卫生|工会干部|书记|主任)")
_VISITED = re.compile(
    r"(?:来到|走进|走访|前往|到|在)(?P<host>[\u4e00-\u9fff]{4,20}(?:支局|分公司|公司|"
    r"支行|分局|医院|学校|大队|中队|所|厂|站|场|局))(?=开展|调研|,|走访|慰问|进行|查看|"
    r"参观)"
)
_USED_BEFORE = re.compile(
    r"(?:在|到|走进|来到|这间|这个|这家|这座|这处|新建的|查看了?|进了?|做职工的|取名为?|名叫|命名为|叫作|叫做|的)[“]?$"
)
_USED_AFTER = re.compile(
    r"[”]?(?:里|内|中|给|为|开展|举行|举办|每周|每天|每月|实行|设在|位于|全天|,|。|"
    r"启用|投用|揭牌|面积|有)"
)
_VAGUE = re.compile(
    r"(?:各|等|多个|依托|一批|所有|建设|打造|加强|更多|资源|阵地|关于|创建|验收|标准)[^,。;]{0,8}$"
)
_VERB = re.compile(r"凝聚|走进|建设|服务|打造|联系|联动|发动|依靠|城市|农村|进入|整个")
_CHARGE = re.compile(r"“?充电站”?$")


def find_scoped(layout: Layout, heads: list[Head], lexicon: Lexicon, scope: Scope) -> list[Draft]:
    """One draft for each general head that is used as a place, named after the story's place."""
    drafts: list[Draft] = []
    for head in heads:
        if head.specific or head.number or (head.end <= layout.title_end and not head.quoted):
            continue
        if not _is_used(layout, head):
            continue
        place, anchor = _place_before(layout, head, lexicon, scope)
        if place:
            drafts.append(
                Draft(
                    compose(place, head.words),
                    head.kind,
                    head.start,
                    head.end,
                    "scoped",
                    place,
                    anchor=anchor,
                )
            )
    return drafts


def _is_used(layout: Layout, head: Head) -> bool:
    text = layout.text
    before = text[max(0, head.name_start - 14) : head.start]
    if _VAGUE.search(before):
        return False
    located = _USED_BEFORE.search(before) is not None
    acts = _USED_AFTER.match(text, head.end) is not None
    return (located and (acts or head.quoted or "在" in before[-3:])) or bool(
        re.match(r"[”]?(?:每周|每天|实行|每月)", text[head.end : head.end + 4])
    )


def _place_before(layout: Layout, head: Head, lexicon: Lexicon, scope: Scope) -> tuple[str, int]:
    """The host visited, the community, or the township that the story spoke of last."""
    text = layout.text[: head.start]
    visited = [found["host"] for found in _VISITED.finditer(text)]
    if visited and head.kind == "workers_home":
        return visited[-1], text.rfind(visited[-1])
    names = communities(text, lexicon)
    if names:
        return names[-1], text.rfind(names[-1])
    towns = [s for s in scope.sightings if s.end <= head.start and s.area.township]
    return (towns[-1].area.township, towns[-1].start) if towns else ("", -1)


def communities(text: str, lexicon: Lexicon) -> list[str]:
    """The communities and villages that a text names, in order."""
    named = (_community(found.group(), lexicon) for found in _COMMUNITY.finditer(text))
    return [name for name in named if name]


def _community(words: str, lexicon: Lexicon) -> str:
    words = words.rpartition("的")[2]
    words = re.sub(
        r"^.*(?:街道|镇|乡|学府街|区|县|市|街)(?=[\u4e00-\u9fff]{2,8}(?:社区|村)$)", "", words
    )
    begin = 0
    for found in lexicon.stop.finditer(words):
        if found.group(1):
            begin = found.end()
    words = words[begin:]
    stem = re.sub(r"(?:社区|村)$", "", words)
    return (
        words if len(stem) >= 2 and not lexicon.is_generic(stem) and not _VERB.match(stem) else ""
    )
