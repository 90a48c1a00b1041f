"""Clauses that single out some of several places: "④号站另设淋浴间", "社区驿站8:00-20:00"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from geomap.find.drafts import Draft
from geomap.find.layout import Layout
from geomap.find.spans import Cover

#: Who, then what is said of them alone (a thing of their own, or hours).
_WHO = re.compile(
    r"(?:^[ \u3000]*|[,。;!?]|:(?!\d{1,2}(?!\d|号)))(?:其中,?|但|而)?(?P<who>[^,。;:!?\n]{1,24}?)"
    r"(?=另[设有外配]|还[有放设配可提]|则|单独|额外|[可能]免费|仅[工周]|只[在有]|增设|"
    r"(?:开放时间|营业时间|服务时间)?(?:为|是|:|实行|保持|坚持)?(?:每天|每日|工作日|周[一二三四五六日末]|全天|24小时|\d{1,2}[::点]))",
    re.MULTILINE,
)
#: 1号、2号有饮水机: numbers alone say who, whatever is said of them. A number is read whole and
#: what was read is not given back: a long run of digits could be cut in too many ways.
_BY_NUMBER = re.compile(
    r"(?:^[ \u3000]*|[,。;!?])(?P<who>(?:(?:[、和与及至到]|-|—|~)?第?\d{1,3}(?!\d)号?)*+(?<=号)"
    r"(?:驿站|站点?|小?屋|点)?(?:[、和与及]第?\d{1,3}号(?:驿站|站点?|小?屋|点)?)*+)"
    r"(?=[有配设备也可能均都统另还])",
    re.MULTILINE,
)
#: 前者24小时开放,后者有空调: one of the two named last.
_PAIR = re.compile(r"[,。;!?](?P<who>[前后]者)")
_REST = re.compile(
    r"(?:^|[,。;:!?])(?P<who>其余|其他|其它|另外[两三四五六七八九\d]+[家个处座])", re.MULTILINE
)
_NUMBER = re.compile(r"第?0*(?P<n>\d{1,3})(?:号|站|点|驿站|小?屋)+")
#: 1至6号站.
_RANGE = re.compile(r"第?0*(?P<first>\d{1,3})号?(?:至|到|-|—|~)第?0*(?P<last>\d{1,3})号\w{0,2}")
_CIRCLED = re.compile(r"(?P<n>[\u2460-\u2473])号?(?:站|点|驿站)?")
#: The number that opens an item's line.
_MARK = re.compile(r"\s*(?:0*(\d{1,3})|([\u2460-\u2473]))")
_TAIL = re.compile(
    r"(?:的)?(?:几[家个处])?(?:爱心|暖心|工会|户外|劳动者|职工|骑手|·)*(?:驿站|站点|服务点|服务站|站|点|网点|类|内|里|处)*$"
)
_VAGUE = re.compile(
    r"^(?:驿站|站点|工会|户外|爱心|暖心|社区工会|职工|开放|服务|营业|地址|位置|时间|工作日|每天|每日|市|区|县|全|各|每|所有|以上|这些)?$"
)


class Singles:
    """Which clauses of a story speak of some of its places only."""

    def __init__(self, layout: Layout, drafts: Sequence[Draft]) -> None:
        self._layout = layout
        self._drafts = drafts
        self._places = [n for n, d in enumerate(drafts) if d.kind != "union_branch"]
        self._blocks = Cover(draft.block for draft in drafts if draft.block)

    def single_out(self, start: int, end: int) -> list[tuple[int, int, list[int]]]:
        """(start, end, numbers of drafts) of the clauses of a line that speak of some only."""
        text, places = self._layout.text, self._places
        if len(places) < 2 or start in self._blocks:
            return []
        found: list[tuple[int, list[int]]] = []
        for match in (*_WHO.finditer(text, start, end), *_BY_NUMBER.finditer(text, start, end)):
            chosen = self._resolve(match["who"])
            if chosen and (len(chosen) < len(places) or match.re is _BY_NUMBER):
                found.append((match.start("who"), chosen))
        for match in _PAIR.finditer(text, start, end):
            pair = self._last_two(start, match.start())
            found += [(match.start("who"), pair[-1:] if match["who"] == "后者" else pair[:1])]
        found = [one for one in found if one[1]]
        told = {n for _, chosen in found for n in chosen}
        for match in _REST.finditer(text, start, end):
            sentence = max(text.rfind("。", start, match.start()), start)
            rest = told or self._told(sentence, match.start())
            others = [n for n in places if n not in rest]
            if rest and others:
                found.append((match.start("who"), others))
        if not found:
            return []
        found.sort()
        following = [at for at, _ in found[1:]] + [end]
        return [
            (at, self._until_another(at, min(stop, _clause_end(text, at, stop)), chosen), chosen)
            for (at, chosen), stop in zip(found, following, strict=True)
        ]

    def _until_another(self, start: int, end: int, chosen: list[int]) -> int:
        """Where a clause about some names a place that is none of them; else its end."""
        first, last = (bisect_left(self._mentions, (position, -1)) for position in (start, end))
        others = (at for at, n in self._mentions[first:last] if n not in chosen)
        return next(others, end)

    @cached_property
    def _mentions(self) -> list[tuple[int, int]]:
        """Where each place is named, and its number."""
        return sorted(
            (at, n)
            for n in self._places
            for at in (self._drafts[n].start, *(start for start, _ in self._drafts[n].spans))
        )

    def _last_two(self, start: int, end: int) -> list[int]:
        """The two places that a line names before a position, in order; none where there are more
        or fewer.
        """
        first, last = (bisect_left(self._mentions, (position, -1)) for position in (start, end))
        told = list(dict.fromkeys(n for _, n in self._mentions[first:last]))
        return told if len(told) == 2 else []

    def _told(self, start: int, end: int) -> set[int]:
        """The places that the sentence names before."""
        first, last = (bisect_left(self._mentions, (position, -1)) for position in (start, end))
        return {n for _, n in self._mentions[first:last]}

    def _resolve(self, who: str) -> list[int]:
        """The drafts that words mean; none where a part of them means none."""
        chosen: set[int] = set()
        for part in re.split("[、和与及]", who):
            meant = self._one(part.strip("“” "))
            if not meant:
                return []
            chosen |= set(meant)
        return sorted(chosen)

    def _one(self, part: str) -> Sequence[int]:
        if numbers := _RANGE.fullmatch(part):
            told = range(int(numbers["first"]), int(numbers["last"]) + 1)
            return [place for n in told for place in self._by_number(str(n))]
        number = _NUMBER.fullmatch(part) or _CIRCLED.fullmatch(part)
        if number:
            return self._by_number(number["n"])
        words = _TAIL.sub("", part).strip("·")
        if len(part) < 2 or _VAGUE.match(words):
            words = part if part.endswith("之家") else ""
        if len(words) < 2:
            return ()
        return self._names.holding(words) or self._headings.holding(words)

    def _by_number(self, number: str) -> Sequence[int]:
        """The place whose line or name has the number, or that is as many places down its list."""
        told = self._marked.get(number) or self._names.holding(f"{number}号")
        if told or self._marked or not number.isdecimal():
            return told
        return self._listed[int(number) - 1 : int(number)]

    @cached_property
    def _listed(self) -> list[int]:
        return [n for n in self._places if self._drafts[n].is_member]

    @cached_property
    def _marked(self) -> dict[str, list[int]]:
        """The places by the number that opens their item's line."""
        marked: dict[str, list[int]] = {}
        for n in self._places:
            start = self._drafts[n].start
            line = self._layout.line_at(start).start
            found = _MARK.match(self._layout.text, line, start)
            if found:
                marked.setdefault(found[1] or found[2], []).append(n)
        return marked

    @cached_property
    def _names(self) -> _Words:
        return _Words((self._drafts[n].name, n) for n in self._places)

    @cached_property
    def _headings(self) -> _Words:
        """The nearest line above an item that is an item no more, where it is short."""
        layout = self._layout
        items = {layout.line_at(draft.start).start for draft in self._drafts}
        above, headings = "", []
        for line in layout.lines:
            headings.append(above)
            if line.start not in items:
                words = layout.text[line.start : line.end]
                # An item that says something is no heading, though no rule could name it.
                above = "" if len(words) > 24 or (line.marked and ":" in words) else words
        starts = ((layout.number_at(self._drafts[n].start), n) for n in self._places)
        return _Words((headings[number], n) for number, n in starts)


class _Words:
    """Numbered words, found by any two or more characters in a row of them."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self._pairs: dict[str, list[tuple[int, str]]] = {}
        for word, number in words:
            for pair in {word[at : at + 2] for at in range(len(word) - 1)}:
                self._pairs.setdefault(pair, []).append((number, word))

    def holding(self, part: str) -> list[int]:
        """The numbers of the words that hold ``part``."""
        pairs = (self._pairs.get(part[at : at + 2], []) for at in range(len(part) - 1))
        return [number for number, word in min(pairs, key=len) if part in word]


def _clause_end(text: str, start: int, end: int) -> int:
    """Where the sentence ends that a clause opens; a semicolon ends it too."""
    mark = re.compile("[。;!?]").search(text, start, end)
    return mark.end() if mark else end
