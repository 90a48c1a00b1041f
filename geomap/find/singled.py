"""Clauses that single out some of several places: "④号站另设淋浴间", "社区驿站8:00-20:00"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.find.drafts import Draft
from geomap.find.layout import Layout

#: Who, then what is said of them alone (a thing of their own, or hours).
_WHO = re.compile(
    r"(?:^[ \u3000]*|[,。;!?]|:(?!\d{1,2}(?!\d|号)))(?:其中,?|但|而)?(?P<who>[^,。;:!?\n]{1,24}?)"
    r"(?=另[设有外配]|还[有放设配可提]|则|单独|额外|[可能]免费|仅[工周]|只[在有]|增设|"
    r"(?:开放时间|营业时间|服务时间)?(?:为|是|:)?(?:每天|每日|工作日|周[一二三四五六日末]|全天|24小时|\d{1,2}[::点]))",
    re.MULTILINE,
)
_REST = re.compile(
    r"(?:^|[,。;:!?])(?P<who>其余|其他|其它|另外[两三四五六七八九\d]+[家个处座])", re.MULTILINE
)
_NUMBER = re.compile(r"第?0*(?P<n>\d{1,3})(?:号|站|点|驿站)+")
_CIRCLED = re.compile(r"(?P<n>[\u2460-\u2473])号?(?:站|点|驿站)?")
_TAIL = re.compile(r"(?:的)?(?:几[家个处])?(?:驿站|站点|服务点|服务站|站|点|网点|类|内|里|处)*$")
_VAGUE = re.compile(
    r"^(?:驿站|站点|工会|户外|爱心|暖心|社区工会|职工|市|区|县|全|各|每|所有|以上|这些)?$"
)


def single_out(
    layout: Layout, drafts: Sequence[Draft], start: int, end: int
) -> list[tuple[int, int, list[int]]]:
    """(start, end, numbers of drafts) of the clauses of a line that speak of some only."""
    text = layout.text
    places = [n for n, d in enumerate(drafts) if d.kind != "union_branch"]
    owned = any(d.block and d.block[0] <= start < d.block[1] for d in drafts)
    if len(places) < 2 or owned:
        return []
    found: list[tuple[int, list[int]]] = []
    for match in _WHO.finditer(text, start, end):
        chosen = _resolve(layout, drafts, places, match["who"])
        if chosen and len(chosen) < len(places):
            found.append((match.start("who"), chosen))
    told = {n for _, chosen in found for n in chosen}
    for match in _REST.finditer(text, start, end):
        sentence = max(text.rfind("。", start, match.start()), start)
        rest = told or _told(drafts, places, sentence, match.start())
        others = [n for n in places if n not in rest]
        if rest and others:
            found.append((match.start("who"), others))
    if not found:
        return []
    found.sort()
    following = [at for at, _ in found[1:]] + [end]
    return [
        (at, min(stop, _clause_end(text, at, stop)), chosen)
        for (at, chosen), stop in zip(found, following, strict=True)
    ]


def _told(drafts: Sequence[Draft], places: list[int], start: int, end: int) -> set[int]:
    """The places that the sentence names before."""
    return {
        n
        for n in places
        if any(start <= at < end for at in (drafts[n].start, *(s for s, _ in drafts[n].spans)))
    }


def _clause_end(text: str, start: int, end: int) -> int:
    """Where the sentence ends that a clause opens; a semicolon ends it too."""
    mark = re.compile("[。;!?]").search(text, start, end)
    return mark.end() if mark else end


def _resolve(layout: Layout, drafts: Sequence[Draft], places: list[int], who: str) -> list[int]:
    """The drafts that words mean; none where a part of them means none."""
    chosen: set[int] = set()
    for part in re.split("[、和与及]", who):
        meant = _one(layout, drafts, places, part.strip("“” "))
        if not meant:
            return []
        chosen |= set(meant)
    return sorted(chosen)


def _one(layout: Layout, drafts: Sequence[Draft], places: list[int], part: str) -> list[int]:
    number = _NUMBER.fullmatch(part) or _CIRCLED.fullmatch(part)
    if number:
        mark = number["n"]
        return [n for n in places if _carries(layout, drafts[n], mark)]
    words = _TAIL.sub("", part)
    if len(part) < 2 or _VAGUE.match(words):
        words = part if part.endswith("之家") else ""
    if len(words) < 2:
        return []
    named = [n for n in places if words in drafts[n].name]
    return named or [n for n in places if words in _heading(layout, drafts, drafts[n])]


def _carries(layout: Layout, draft: Draft, mark: str) -> bool:
    """Whether the item's line opens with the number."""
    line = layout.text[layout.line_at(draft.start).start : draft.start]
    found = re.match(r"\s*(?:0*(\d{1,3})|([\u2460-\u2473]))", line)
    return found is not None and mark in (found[1], found[2])


def _heading(layout: Layout, drafts: Sequence[Draft], draft: Draft) -> str:
    """The nearest line above an item that is an item no more."""
    here = layout.line_at(draft.start).start
    starts = {layout.line_at(other.start).start for other in drafts}
    above = [line for line in layout.lines if line.start < here and line.start not in starts]
    if not above or above[-1].end - above[-1].start > 24:
        return ""
    return layout.text[above[-1].start : above[-1].end]
