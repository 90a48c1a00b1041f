"""The second reader adds to the rules: empty facts are filled, new places appended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geomap.model.records import Evidence, Mention
from geomap.stations.names import is_same_place

#: What stands in ``Mention.note`` of a place, or behind the rules' own note, so that staff see it.
MARK = "第二读者"
NEW = f"{MARK}所见，待核实"
#: Nobody has measured the endpoint's model, so half is the most that is promised.
CONFIDENCE = 0.5
_LEVELS = ("province", "city", "district", "township", "community")
_LABELS = {
    "province": "省", "city": "市", "district": "区县", "township": "街镇", "community": "社区",
    "address": "地址", "opening_hours": "开放时间", "facilities": "设施", "access": "谁可以进",
}  # fmt: skip


def merge_additions(
    mentions_by_rules: Iterable[Mention], additions: Iterable[Mention]
) -> list[Mention]:
    """The rules' mentions in their order, empty facts filled, then the places they did not find.

    A fact the rules gave never changes, nor do kind, status, confidence or count. Divisions are
    filled only below the finest the rules gave, so that no place is moved. An addition that fits
    two places, or whose name stands on the words of another or of a count, is left out.

    Notes
    -----
    Only mentions of the addition's own document are its like; merging documents comes after.
    """
    result = list(mentions_by_rules)
    places: dict[str, list[int]] = {}
    for position, mention in enumerate(result):
        places.setdefault(mention.doc, []).append(position)
    for addition in additions:
        known = places.setdefault(addition.doc, [])
        matches = [position for position in known if _is_same(result[position], addition)]
        taken = [position for position in known if _is_taken(result[position], addition)]
        if len(matches) == 1 and set(taken) <= set(matches):
            result[matches[0]] = _filled(result[matches[0]], addition)
        elif not matches and not taken:
            known.append(len(result))
            result.append(_capped(addition))
    return result


def _capped(addition: Mention) -> Mention:
    note = addition.note if MARK in addition.note else NEW
    return replace(addition, confidence=min(addition.confidence, CONFIDENCE), note=note)


def _is_same(mention: Mention, addition: Mention) -> bool:
    return mention.mappable and is_same_place(mention, addition)


def _is_taken(mention: Mention, addition: Mention) -> bool:
    """Whether the addition's name stands on characters that the rules read as something else."""
    one = mention.facts.get("name" if mention.mappable else "count")
    other = addition.facts.get("name")
    return bool(one and other and _overlap(one, other))


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.doc == other.doc and one.start < other.end and other.start < one.end


def _filled(mention: Mention, addition: Mention) -> Mention:
    """The mention with what it lacks; each filled fact brings its evidence."""
    filled = dict(_missing(mention, addition))
    if not filled:
        return mention
    facts = {column: addition.facts[column] for column in filled if column in addition.facts}
    quotes = (*mention.evidence, *_new_quotes(mention.evidence, facts.values()))
    labels = "、".join(_LABELS[column] for column in filled if column in _LABELS)
    parts = (mention.note, "" if MARK in mention.note else f"{MARK}补充：{labels}")
    note = "；".join(filter(None, parts))
    changes: dict[str, Any] = {**filled, "evidence": quotes, "note": note}
    return replace(mention, **changes, facts={**facts, **mention.facts})


def _missing(mention: Mention, addition: Mention) -> Iterator[tuple[str, object]]:
    finest = max((n for n, level in enumerate(_LEVELS) if getattr(mention, level)), default=-1)
    for column in (*_LEVELS[finest + 1 :], "address"):
        if not getattr(mention, column) and getattr(addition, column):
            yield column, getattr(addition, column)
    if mention.access == "unknown" != addition.access:
        yield "access", addition.access
    if not mention.facilities and addition.facilities:
        yield "facilities", addition.facilities
    if addition.opening_hours and _may_take_hours(mention, addition.facts):
        yield "opening_hours", addition.opening_hours
        yield "hours_words", addition.hours_words


def _may_take_hours(mention: Mention, facts: Mapping[str, Evidence]) -> bool:
    """Not where the rules read hours, nor where they read these words as a service's."""
    if mention.opening_hours or mention.hours_words or "opening_hours" not in facts:
        return False
    hours = facts["opening_hours"]
    return not any(_overlap(service.evidence, hours) for service in mention.services)


def _new_quotes(known: Sequence[Evidence], more: Iterable[Evidence]) -> list[Evidence]:
    """Evidence that no known quote holds already, each once, in the order of the text."""
    quotes: list[Evidence] = []
    for quote in sorted(set(more), key=lambda each: (each.start, each.end)):
        if not any(_contains(one, quote) for one in known):
            quotes.append(quote)
    return quotes


def _contains(one: Evidence, other: Evidence) -> bool:
    return one.doc == other.doc and one.start <= other.start and other.end <= one.end
