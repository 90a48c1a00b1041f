"""Mentions of one real place become one: idempotent, whatever the order they come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from geomap.model.records import Evidence, Mention, Service
from geomap.stations.names import normalise_name
from geomap.stations.same_place import PlaceIndex

#: Kinds that one place may be called by different writers; other kinds stay apart.
_ALIKE = {"rest_room": "station", "mobile_station": "station"}
_TEXT = (
    "name", "kind", "province", "city", "district", "township", "community", "address", "phone",
    "opened_on", "closed_on", "note",
)  # fmt: skip
#: Mentions are compared where the ends of their normal names agree (characters).
_BLOCK = 3


def merge_mentions(mentions: Iterable[Mention]) -> list[Mention]:
    """Places once each, sorted; a count stays as it is, repeated counts stand once.

    Two mentions are one place when :func:`geomap.stations.names.is_same_place` says so of every
    pair. One
    that would fit several places (no district stated, two districts known) stays alone. Facts
    are the newest document's; all evidence is kept.
    """
    everything = [_normalised(mention) for mention in mentions]
    places = sorted((m for m in everything if m.mappable), key=_key)
    counts = {_key(m): m for m in everything if not m.mappable}
    while True:
        merged = sorted(_merge_once(places), key=_key)
        if len(merged) == len(places):
            return sorted([*merged, *counts.values()], key=_key)
        places = merged


def _merge_once(places: Sequence[Mention]) -> list[Mention]:
    blocks: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for place in places:
        bare = normalise_name(place.name)
        blocks[(_ALIKE.get(place.kind, place.kind), bare[-_BLOCK:])].append(place)
    merged = []
    for key in sorted(blocks):
        merged += [_merge_cluster(cluster) for cluster in _clusters(blocks[key])]
    return merged


def _clusters(block: Sequence[Mention]) -> list[list[Mention]]:
    """Groups in which all fit all; the best located mentions found the groups."""
    clusters: list[list[Mention]] = []
    known = PlaceIndex()
    for place in sorted(block, key=lambda m: (-_stated(m), _key(m))):
        number = known.unique_match(place)
        if number is None:
            number = len(clusters)
            clusters.append([])
        clusters[number].append(place)
        known.add(number, place)
    return clusters


def _stated(mention: Mention) -> int:
    parts = (mention.province, mention.city, mention.district, mention.township)
    return sum(bool(part) for part in parts)


def _merge_cluster(cluster: Sequence[Mention]) -> Mention:
    """One mention of several: each fact from the newest that states it."""
    if len(cluster) == 1:
        return cluster[0]
    ranked = sorted(cluster, key=_key)
    ranked.sort(key=lambda mention: mention.date, reverse=True)
    first = ranked[0]
    facts: dict[str, Evidence] = {}
    for mention in reversed(ranked):
        facts |= mention.facts
    hours = next((m for m in ranked if m.opening_hours), first)
    columns: dict[str, Any] = {column: _first(ranked, column) for column in _TEXT}
    return _normalised(
        replace(
            first,
            **columns,
            access=_access(ranked),
            opening_hours=hours.opening_hours,
            hours_words=hours.hours_words,
            facilities=tuple(key for mention in ranked for key in mention.facilities),
            evidence=tuple(evidence for mention in ranked for evidence in mention.evidence),
            services=tuple(service for mention in ranked for service in mention.services),
            confidence=max(mention.confidence for mention in ranked),
            facts=facts,
        )
    )


def _first(ranked: Sequence[Mention], column: str) -> str:
    return next((str(value) for m in ranked if (value := getattr(m, column))), "")


def _access(ranked: Sequence[Mention]) -> str:
    return next((m.access for m in ranked if m.access != "unknown"), "unknown")


def _normalised(mention: Mention) -> Mention:
    """The mention with its lists in one order, nothing twice."""
    return replace(
        mention,
        facilities=tuple(sorted(set(mention.facilities))),
        evidence=tuple(_newest_first(mention.evidence)),
        services=tuple(sorted(dict.fromkeys(mention.services), key=_service_key)),
    )


def _newest_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    unique = sorted(set(evidence), key=lambda e: (e.doc, e.start, e.end, e.quote))
    return sorted(unique, key=lambda e: e.date, reverse=True)


def _service_key(service: Service) -> tuple[object, ...]:
    own = (service.service, service.times, service.valid_from, service.valid_until)
    return (*own, service.evidence.doc, service.evidence.start)


def _key(mention: Mention) -> tuple[object, ...]:
    """A total order that depends on nothing but what the mention says."""
    first = mention.evidence[0] if mention.evidence else Evidence("", "", 0, 0)
    return (
        mention.doc, mention.story, not mention.mappable, mention.name, mention.kind,
        mention.province, mention.city, mention.district, mention.township, mention.address,
        mention.count or 0, first.doc, first.start, first.end,
        repr(replace(mention, facts=dict(sorted(mention.facts.items())))),
    )  # fmt: skip
