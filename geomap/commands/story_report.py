"""What diff and build say of changes: one line with all counts, then every station."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from geomap.commands.messages import call_key, say
from geomap.stations.edition_diff import EditionDiff, StationChange
from geomap.text.visible import shorten

_SHOWN = 50
#: Districts that the one line names; the JSON has them all.
_DISTRICTS = 5


def headline(lang: str, story: EditionDiff) -> str:
    """Return the story in one line: 新增 3, 迁址 1 (240 m), 关闭 1; 朝阳区 41 % → 44 %."""
    counts = ", ".join(
        f"{call_key(lang, 'change', kind)} {count}{_metres(story, kind)}"
        for kind, count in story.counts.items()
    )
    shares = ", ".join(
        f"{shorten(name)} {old * 100:.0f} % → {new * 100:.0f} %"
        for name, old, new in story.shares[:_DISTRICTS]
    )
    told = "; ".join(filter(None, (counts, shares))) or say(lang, "no_changes")
    return say(lang, "changes", before=story.before or "–", after=story.after or "–", told=told)


def say_changes(lang: str, story: EditionDiff) -> Iterator[str]:
    """Return a line for each change."""
    for change in islice(story.changes, _SHOWN):
        where = f" ({shorten(change.district)})" if change.district else ""
        line = f"  {call_key(lang, 'change', change.kind)}: {shorten(change.name)}{where}"
        line += f" {change.metres} m" if change.metres is not None else ""
        if change.before + change.after:
            old, new = (_called(lang, change, word) for word in (change.before, change.after))
            line += f": {shorten(old) or '–'} → {shorten(new) or '–'}"
        yield line
    if len(story.changes) > _SHOWN:
        yield f"  … + {len(story.changes) - _SHOWN}"


def _called(lang: str, change: StationChange, word: str) -> str:
    state = change.kind in ("closed", "suspended", "reopened")
    return call_key(lang, "status", word) if state else word


def _metres(story: EditionDiff, kind: str) -> str:
    moved = [f"{c.metres} m" for c in story.changes if c.kind == kind == "moved"]
    return f" ({', '.join(moved[:3])}{', …' if len(moved) > 3 else ''})" if moved else ""
