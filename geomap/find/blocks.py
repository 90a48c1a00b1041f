"""The lines below an item of a list that speak of it alone."""

from __future__ import annotations

from itertools import pairwise

from geomap.find.drafts import Draft
from geomap.find.layout import Layout, Line


def tidy_address(words: str) -> str:
    """An address without marks around it."""
    return words.strip(" 、,。;:\t\u3000")


def extend_blocks(layout: Layout, drafts: list[Draft]) -> None:
    """An item owns the lines below it up to the next: labels, and prose under a heading."""
    starts = sorted({draft.block[0] for draft in drafts if draft.block})
    for draft in drafts:
        if draft.rule == "chain" or draft.block is None:
            continue
        begin, end = draft.block
        following = [start for start in starts if start > begin]
        limit = following[0] if following else len(layout.text)
        spaced = _is_spaced(layout, draft, drafts)
        for line in (line for line in layout.lines if begin < line.start < limit):
            content = layout.text[line.start : line.end]
            empty = line.label == "other" and line.value >= line.end
            shared = line.label not in ("", "address") and not spaced
            if empty or shared or (not line.label and not _owns_prose(layout, draft, line, spaced)):
                break
            end = line.end
            if line.label == "address" and not draft.address:
                draft.address = tidy_address(layout.text[line.value : line.end])
            if not content:
                break
        draft.block = (begin, end)


def _is_spaced(layout: Layout, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether lines stand between the items of a draft's list; a lone item counts as spaced."""
    numbers = [
        n
        for n, line in enumerate(layout.lines)
        if any(
            line.start <= other.start <= line.end for other in drafts if other.group == draft.group
        )
    ]
    return len(numbers) < 2 or all(b - a > 1 for a, b in pairwise(numbers))


def _owns_prose(layout: Layout, draft: Draft, line: Line, spaced: bool) -> bool:
    """Prose below an item that is a heading (nothing but the name) speaks of it alone.

    ``spaced``: the other items of its list have lines of their own below them too; below the last
    of closely set items the text speaks of all.
    """
    heading = draft.end >= layout.line_at(draft.start).end - 1
    return heading and spaced and len(layout.text[line.start : line.end]) > 3
