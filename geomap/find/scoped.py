"""A general mention in a story about one community or one host: its station is that one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, islice

from geomap.find.drafts import Draft, compose
from geomap.find.head import Head
from geomap.find.layout import Layout
from geomap.find.lexicon import Lexicon
from geomap.find.scope import Scope
from geomap.find.spans import PrefixMatches

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
#: More than either of the patterns above can take in, what they look ahead at included.
_REACH = 36
_VAGUE = re.compile(
    r"(?:[你我他她们人]|自己|心灵)的[“]?$|(?:各|等|多个|依托|一批|所有|建设|打造|加强|更多|资源|阵地|关于|创建|验收|标准)[^,。;]{0,8}$"
)
_VERB = re.compile(r"凝聚|走进|建设|服务|打造|联系|联动|发动|依靠|城市|农村|进入|整个")
#: A short name (东街 in 东街口店) is often a road or a shop.
TOWN_ENDS = ("街道", "镇", "乡", "苏木")


def find_scoped(
    layout: Layout, heads: Iterable[Head], lexicon: Lexicon, scope: Scope
) -> list[Draft]:
    """One draft for each general head that is used as a place, named after the story's place."""
    drafts: list[Draft] = []
    told = _Told(layout.text, lexicon, scope)
    for head in heads:
        if head.specific or head.number or (head.end <= layout.title_end and not head.quoted):
            continue
        if not _is_used(layout, head) or _is_saying(layout.text, head):
            continue
        place, anchor = told.place_before(head)
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


def _is_saying(text: str, head: Head) -> bool:
    """“回家的驿站” is a figure of speech: other words in its quotes qualify the head."""
    opening = text.rfind("“", max(head.start - 12, 0), head.end)
    return head.quoted and opening >= 0 and len(text[opening + 1 : head.start].strip("“")) > 0


class _Told:
    """What a story has spoken of before a position."""

    def __init__(self, text: str, lexicon: Lexicon, scope: Scope) -> None:
        self._text = text
        self._visited = PrefixMatches(_VISITED, text, _REACH)
        self._communities = Communities(text, lexicon)
        self._towns = [
            s for s in scope.sightings if s.area.township and text.endswith(TOWN_ENDS, 0, s.end)
        ]
        self._ends = [s.end for s in self._towns]

    def place_before(self, head: Head) -> tuple[str, int]:
        """The host visited, the community, or the township that the story spoke of last."""
        if head.kind == "workers_home":
            settled, late = self._visited.before(head.start)
            visited = late or self._visited.all[max(settled - 1, 0) : settled]
            if visited:
                host = visited[-1]["host"]
                return host, self._text.rfind(host, visited[-1].start("host"), head.start)
        name, at = self._communities.last_before(head.start)
        if name:
            return name, self._text.rfind(name, at, head.start)
        number = bisect_right(self._ends, head.start)
        town = self._towns[number - 1] if number else None
        return (town.area.township, town.start) if town else ("", -1)


class Communities:
    """The communities and villages that a text has named before a position."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._matches = PrefixMatches(_COMMUNITY, text, _REACH)
        self._lexicon = lexicon

    @cached_property
    def _names(self) -> list[str]:
        return [_community(found.group(), self._lexicon) for found in self._matches.all]

    @cached_property
    def _last(self) -> list[int]:
        numbers = (n if name else -1 for n, name in enumerate(self._names))
        return list(accumulate(numbers, max, initial=-1))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Under which numbers each name stands."""
        places: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            if name:
                places.setdefault(name, []).append(number)
        return places

    @cached_property
    def _commonest(self) -> list[tuple[int, str]]:
        """(how often, negative, and name) of the commonest of the first names, for every number."""
        told: Counter[str] = Counter()
        best = [(0, "")]
        for name in self._names:
            told[name] += 1
            best.append(min(best[-1], (-told[name], name)) if name else best[-1])
        return best

    def last_before(self, position: int) -> tuple[str, int]:
        """The community named last before a position, and where; empty and -1: none."""
        settled, late = self._matches.before(position)
        for found in reversed(late):
            if name := _community(found.group(), self._lexicon):
                return name, found.end() - len(name)
        number = self._last[settled]
        if number < 0:
            return "", -1
        name = self._names[number]
        return name, self._matches.all[number].end() - len(name)

    def commonest_before(self, position: int) -> tuple[str, int]:
        """The community named most before a position, and how often; empty and 0: none."""
        settled, late = self._matches.before(position)
        best = self._commonest[settled]
        more = Counter(_community(found.group(), self._lexicon) for found in late)
        for name, times in more.items():
            before = bisect_left(self._places.get(name, []), settled)
            best = min(best, (-before - times, name)) if name else best
        return best[1], -best[0]

    def is_only(self, name: str, position: int) -> bool:
        """Whether no other community is named before a position."""
        settled, late = self._matches.before(position)
        others = {_community(found.group(), self._lexicon) for found in late} - {name, ""}
        return not others and all(
            numbers[0] >= settled for other, numbers in self._first_two if other != name
        )

    @cached_property
    def _first_two(self) -> list[tuple[str, list[int]]]:
        return list(islice(self._places.items(), 2))


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
