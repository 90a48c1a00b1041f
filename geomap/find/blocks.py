"""The lines below an item of a list that speak of it alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise

from geomap.find.drafts import Draft, Group
from geomap.find.layout import Layout, Line
from geomap.find.spoken import is_common
from geomap.find.times import read_times

#: What opens the items of a numbered list.
_NUMBERED = re.compile(r"[\s(]*(?:\d{1,3}[.、)]|[一二三四五六七八九十]{1,3}[、)]|[\u2460-\u2473])")

#: What heads items ends in no full stop, and says nothing of where.
_IS_ITEMS = re.compile(r"。$|[路街巷]|\d号|\d米|[东西南北]侧")


def tidy_address(words: str) -> str:
    """An address without marks around it."""
    return words.strip(" 、,。;:\t\u3000")


def extend_blocks(layout: Layout, drafts: list[Draft]) -> None:
    """An item owns the lines below it up to the next: labels, and prose under a heading."""
    starts = sorted({draft.block[0] for draft in drafts if draft.block})
    spaced_groups = _spaced_groups(layout, drafts)
    for draft in drafts:
        if draft.rule == "chain" or draft.block is None:
            continue
        begin, end = draft.block
        following = bisect_right(starts, begin)
        limit = starts[following] if following < len(starts) else len(layout.text)
        spaced = draft.group in spaced_groups
        labels: set[str] = set()
        for line in layout.lines_between(begin + 1, limit):
            content = layout.text[line.start : line.end]
            empty = line.label == "other" and line.value >= line.end
            shared = line.label not in ("", "address") and not spaced
            if empty or shared or (not line.label and not _owns_prose(layout, draft, line, spaced)):
                break
            if line.label in labels or _opens_another(layout, draft, line):
                break
            labels |= {line.label} - {"", "other"}
            end = line.end
            if line.label == "address" and not draft.address:
                draft.address = tidy_address(layout.text[line.value : line.end])
            if not content:
                break
        draft.block = (begin, end)


def _opens_another(layout: Layout, draft: Draft, line: Line) -> bool:
    """Whether a line heads a section, speaks of others, or is an item that no rule could name."""
    words = layout.text[line.start : line.end].strip()
    heads = words.startswith("【") and words.endswith("】")
    own = layout.line_at(draft.start)
    numbered = all(_NUMBERED.match(layout.text, one.start, one.end) for one in (own, line))
    return heads or (not line.label and numbered) or is_common(words)


def _spaced_groups(layout: Layout, drafts: list[Draft]) -> set[Group | None]:
    """The lists between whose items lines stand; a lone item counts as spaced."""
    numbers: dict[Group | None, set[int]] = defaultdict(set)
    for draft in drafts:
        number = layout.number_at(draft.start)
        on_line = layout.lines[number].start <= draft.start <= layout.lines[number].end
        numbers[draft.group] |= {number} if on_line else set()
    return {
        group
        for group, lines in numbers.items()
        if len(lines) < 2 or all(b - a > 1 for a, b in pairwise(sorted(lines)))
    }


def _owns_prose(layout: Layout, draft: Draft, line: Line, spaced: bool) -> bool:
    """Prose below an item that is a heading (nothing but the name) speaks of it alone.

    ``spaced``: the other items of its list have lines of their own below them too; below the last
    of closely set items the text speaks of all.
    """
    heading = draft.end >= layout.line_at(draft.start).end - 1
    return heading and spaced and len(layout.text[line.start : line.end]) > 3


def hour_headings(layout: Layout, drafts: list[Draft]) -> list[int]:
    """Starts of the short lines that give hours to the items right below: ✅7:00-21:00."""
    starts = {layout.line_at(draft.start).start for draft in drafts if draft.is_member}
    found = []
    for line, below in pairwise(layout.lines):
        short = line.end - line.body <= 30 and line.start not in starts and below.start in starts
        told = short and line.start >= layout.title_end
        told = told and not _IS_ITEMS.search(layout.text, line.body, line.end)
        if told and read_times(layout.text, line.body, line.end):
            found.append(line.start)
    return found if len(found) >= 2 else []
