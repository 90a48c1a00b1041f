"""What a story counts, beside what it names: heads of many, and numbers that names answer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from geomap.find.counts import Count, find_counts
from geomap.find.drafts import Draft
from geomap.find.head import Head, Heads
from geomap.find.layout import Layout
from geomap.model.tables import STATION_KINDS
from geomap.stations.names import normalise_name


def find_general(
    layout: Layout, heads: Heads, free: list[Head], drafts: list[Draft]
) -> tuple[list[Head], set[int]]:
    """Heads that may stand for places named around them, and the starts of those that are counted.

    Left out: the head of as many places as were named already, and the members of a sum.
    """
    numbers: dict[int, list[int]] = defaultdict(list)
    for count in find_counts(layout, heads):
        for head in heads.within(count.start, count.end):
            numbers[head.start].append(count.count)
    named = sum(draft.kind in STATION_KINDS for draft in drafts)
    general = []
    totals: set[int] = set()
    for head in free:
        counted = numbers[head.start]
        if named in counted or _is_one_of_counted(layout, head):
            continue
        general.append(head)
        if any(_is_total(layout, head, n) for n in counted):
            totals.add(head.start)
    return general, totals


def _is_total(layout: Layout, head: Head, number: int) -> bool:
    """A number behind the head (驿站136座), or too large to be listed in a sentence."""
    behind = layout.text[head.end : head.end + 12]
    return number > 12 or (re.match(r"[”)]?[^,。;、]{0,6}\d", behind) is not None and number > 3)


def _is_one_of_counted(layout: Layout, head: Head) -> bool:
    """A、B、C等66个: all of them are counted, none is a place."""
    rest = layout.text[head.end : layout.sentence_at(head.start)[1]]
    chained = re.match(r"[”]?(?:、[^,。;:、]{2,12})+?等?[\d]+(?:个|家|处|座)(?=[,。;]|$)", rest)
    return chained is not None


def told_counts(counts: list[Count], drafts: list[Draft], layout: Layout) -> list[Count]:
    """Counts that the named places do not already answer, and that are no awards."""
    stations = [draft for draft in drafts if draft.kind != "union_branch"]
    groups = Counter(draft.group for draft in stations if draft.group is not None)
    sizes = {len(stations), *groups.values()}
    told_together = [draft for draft in stations if draft.is_told_together]
    told = []
    for count in counts:
        if count.awarded:
            continue
        if count.kind != "union_branch" and count.count in sizes and count.status == "operating":
            continue
        if _answered(count, told_together, layout):
            continue
        told.append(count)
    return told


def _answered(count: Count, stations: Sequence[Draft], layout: Layout) -> bool:
    """梅山、焦岗湖两对服务区共4处: the clause itself names them."""
    start, _ = layout.sentence_at(count.start)
    clause_start = max(layout.text.rfind(",", start, count.start) + 1, start)
    first = bisect_left(stations, clause_start, key=_start)
    inside = stations[first : bisect_left(stations, count.start, key=_start)]
    return (
        len(inside) >= 2
        and "等" not in layout.text[clause_start : count.start]
        and bool(normalise_name(inside[0].name))
    )


def _start(draft: Draft) -> int:
    return draft.start
