"""One story: every rule in its order, then one draft a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geomap.divisions import Divisions
from geomap.find.attach import Facts, attach_facts
from geomap.find.counts import Count, find_counts
from geomap.find.drafts import Draft, compose
from geomap.find.heads import Head, find_heads
from geomap.find.layout import Layout, read_layout
from geomap.find.lexicon import Lexicon
from geomap.find.lists import find_listed
from geomap.find.prose import find_composed
from geomap.find.scope import Area, Scope, read_scope
from geomap.find.scoped import find_scoped
from geomap.find.tables import find_tables
from geomap.find.unions import find_unions
from geomap.find.unite import unite
from geomap.names import normalise_name
from geomap.tables import STATION_KINDS

_ADVERT = re.compile(r"我司|来电洽谈|欢迎来电|包安装|产品详情|厂家直销|承接[^。]{0,20}(?:改造|工程|项目)|报价|供应商")
_WEAK_AHEAD = re.compile(r"(?:像|如同|好比|当作|当成|一样的)$")
_PLACE_USE = re.compile(
    r"[”)]?(?:里|内|中|位于|坐落|揭牌|启用|投用|建成|正式|自动|灯火|门口|地址|设在|,位于|开门|迎来|负责人|管理员|由|是|为|有|配|给|面积|占地|每天|全天|日前|近日|也|[((,。、;:\n]|$)"
)


@dataclass(frozen=True, slots=True)
class StoryFindings:
    """What the rules found in one story, in clean text."""

    layout: Layout
    scope: Scope
    drafts: list[Draft]
    facts: list[Facts]
    counts: list[Count]


def read_story(
    text: str, divisions: Divisions, lexicon: Lexicon, fallback: Area, title_lines: int
) -> StoryFindings:
    """All places, counts and facts of one story's clean text."""
    layout = read_layout(text, lexicon.headings, title_lines)
    scope, hits = read_scope(text, layout.title_end, divisions, fallback)
    if _ADVERT.search(text):
        return StoryFindings(layout, scope, [], [], [])
    heads = find_heads(text, lexicon, hits)
    drafts = _find_drafts(layout, heads, lexicon, scope)
    drafts = unite(drafts, scope)
    counts = _told_counts(find_counts(layout, heads), drafts, layout)
    facts = attach_facts(layout, drafts, counts, lexicon)
    names = [draft.block or (draft.start, draft.end) for draft in drafts]
    return StoryFindings(layout, scope.without(names), drafts, facts, counts)


def _find_drafts(
    layout: Layout, heads: list[Head], lexicon: Lexicon, scope: Scope
) -> list[Draft]:
    theme = max((h.words for h in heads), key=lambda words: (len(words) > 2, len(words)), default="")
    drafts = find_tables(layout, heads, lexicon, theme)
    taken = [draft.block for draft in drafts if draft.block]
    listed = [d for d in find_listed(layout, heads, lexicon) if not _inside(d.start, taken)]
    drafts += listed
    taken += [layout_line(layout, draft) for draft in listed]
    free = [head for head in heads if not _inside(head.start, taken)]
    drafts += _named(layout, free, lexicon)
    composed = find_composed(layout, heads, lexicon, 1000)
    drafts += [draft for draft in composed if not _inside(draft.start, taken)]
    drafts += find_unions(layout, lexicon)
    if not any(draft.kind in STATION_KINDS for draft in drafts):
        drafts += find_scoped(layout, heads, lexicon, scope)
    return drafts


def layout_line(layout: Layout, draft: Draft) -> tuple[int, int]:
    """The line of a list item: other rules leave it alone."""
    line = layout.line_at(draft.start)
    return line.start, line.end


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _named(layout: Layout, heads: list[Head], lexicon: Lexicon) -> list[Draft]:
    """Heads that carry a name of their own."""
    drafts = []
    for head in heads:
        if not head.specific or head.number or lexicon.is_generic(head.specific):
            continue
        if not _is_name(layout, head, lexicon):
            continue
        text = layout.text[head.name_start : head.end]
        name = compose(head.specific, head.words) if head.host else _full_name(text, head)
        drafts.append(Draft(name, head.kind, head.name_start, head.end, "named", head.specific))
    return drafts


def _full_name(text: str, head: Head) -> str:
    begin = text.find(head.specific)
    return text[begin:].strip("、,和及与的 ") if begin > 0 and begin < 4 else text.strip("、,和及与的 ")


def _is_name(layout: Layout, head: Head, lexicon: Lexicon) -> bool:
    """Whether the words before a head name one place, rather than describe a sort of station."""
    text = layout.text
    specific = head.specific
    if _WEAK_AHEAD.search(text[max(0, head.name_start - 4) : head.name_start]):
        return False
    if "、" in specific or len(specific) > 34:
        return False
    if lexicon.is_place(specific.rstrip("”")) or "”" in specific:
        return True
    if head.end <= layout.title_end:
        return False
    return len(specific) >= 2 and (head.quoted or _PLACE_USE.match(text, head.end) is not None)


def _told_counts(counts: list[Count], drafts: list[Draft], layout: Layout) -> list[Count]:
    """Counts that the named places do not already answer, and that are no awards."""
    stations = [draft for draft in drafts if draft.kind != "union_branch"]
    sizes = {len(stations)} | {
        sum(other.group == draft.group for other in stations) for draft in stations if draft.group != -1
    }
    told = []
    for count in counts:
        if count.awarded or count.end <= layout.title_end:
            continue
        if count.kind != "union_branch" and count.count in sizes and count.status == "operating":
            continue
        if _answered(count, stations, layout):
            continue
        told.append(count)
    return told


def _answered(count: Count, stations: list[Draft], layout: Layout) -> bool:
    """梅山、焦岗湖两对服务区共4处: the clause itself names them."""
    start, end = layout.sentence_at(count.start)
    clause_start = max(layout.text.rfind(",", start, count.start) + 1, start)
    inside = [d for d in stations if clause_start <= d.start < count.start and d.group >= 1000]
    return len(inside) >= 2 and "等" not in layout.text[clause_start : count.start] and bool(
        normalise_name(inside[0].name)
    )
