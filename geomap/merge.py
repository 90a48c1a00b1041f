"""merge: mentions of one place, in one document or in many, become one; counts stay as they are.

Idempotent and independent of order: mentions are taken in a canonical order, the most specific
first, and one that fits two different places stays a place of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from geomap.names import is_same_place, normalise_name
from geomap.records import Evidence, Mention

_ADMIN = ("province", "city", "district", "township")
#: Facts that are taken from the newest mention that states them, each on its own.
_TEXTS = (*_ADMIN, "community", "address", "phone", "opened_on", "closed_on", "note")


def merge_mentions(mentions: Iterable[Mention]) -> list[Mention]:
    """Return one mention a place, and every count once, in a canonical order.

    Facts come from the newest document that states them; every sentence stays as evidence.
    """
    ordered = sorted(set_aside_twins(mentions), key=_order)
    places = [mention for mention in ordered if mention.mappable]
    groups = _group(places)
    counts = [mention for mention in ordered if not mention.mappable]
    return sorted([*(_unite(group) for group in groups), *counts], key=_order)


def set_aside_twins(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions, each once: a document read twice says nothing twice."""
    once = {_identity(mention): mention for mention in mentions}
    return list(once.values())


def _identity(mention: Mention) -> tuple[Any, ...]:
    return (*_order(mention), mention.status, mention.access, mention.facilities, mention.services)


def _order(mention: Mention) -> tuple[Any, ...]:
    """Most specific first, then by place, name and where it stands: the same in any input order."""
    stated = sum(bool(getattr(mention, part)) for part in _ADMIN)
    where = tuple((e.date, e.doc, e.start, e.end, e.quote) for e in mention.evidence)
    texts = tuple(getattr(mention, name) for name in (*_TEXTS, "opening_hours", "kind"))
    return (-stated, mention.name, texts, mention.doc, mention.story, where, mention.count or 0)


def _group(places: Sequence[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    near: dict[str, list[int]] = defaultdict(list)
    for place in places:
        keys = _keys(place)
        known = sorted({at for key in keys for at in near[key]})
        fits = [at for at in known if all(is_same_place(place, other) for other in groups[at])]
        if len(fits) == 1:
            home = fits[0]
            groups[home].append(place)
        else:
            home = len(groups)
            groups.append([place])
        for key in keys:
            near[key].append(home)
    return groups


def _keys(place: Mention) -> tuple[str, ...]:
    """The forms a place's name may take: bare, and behind the divisions another text writes out."""
    bare = normalise_name(
        place.name, province=place.province, city=place.city, district=place.district
    )
    before = (place.district, place.city + place.district, place.province + place.city)
    longer = (normalise_name(prefix + bare) for prefix in before if prefix)
    return tuple(dict.fromkeys((bare, *longer)))


def _unite(group: Sequence[Mention]) -> Mention:
    if len(group) == 1:
        return group[0]
    newest = sorted(group, key=_order)
    newest.sort(key=lambda mention: mention.date, reverse=True)
    first = newest[0]
    hours = next(
        (mention for mention in newest if mention.hours_words or mention.opening_hours), first
    )
    facts = {key: fact for mention in reversed(newest) for key, fact in mention.facts.items()}
    texts: dict[str, Any] = {name: _first(newest, name) for name in _TEXTS}
    return replace(
        first,
        **texts,
        access=next((m.access for m in newest if m.access != "unknown"), "unknown"),
        opening_hours=hours.opening_hours,
        hours_words=hours.hours_words,
        facilities=tuple(sorted({key for mention in newest for key in mention.facilities})),
        services=tuple(dict.fromkeys(service for m in newest for service in m.services)),
        evidence=_evidence(newest),
        confidence=max(mention.confidence for mention in newest),
        facts=facts,
    )


def _first(newest: Sequence[Mention], name: str) -> str:
    return next((text for mention in newest if (text := getattr(mention, name))), "")


def _evidence(newest: Sequence[Mention]) -> tuple[Evidence, ...]:
    quoted = {evidence for mention in newest for evidence in mention.evidence}
    ordered = sorted(quoted, key=lambda each: (each.doc, each.start, each.end, each.quote))
    return tuple(sorted(ordered, key=lambda each: each.date, reverse=True))
