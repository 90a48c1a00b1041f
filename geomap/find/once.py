"""Places that two stories of one document name, once."""

from __future__ import annotations

from dataclasses import replace

from geomap.model.records import Mention
from geomap.stations.names import normalise_name


def each_once(mentions: list[Mention]) -> list[Mention]:
    """Places that two stories of a document name, once: what one leaves open, the other says."""
    kept: dict[object, Mention] = {}
    for number, mention in enumerate(mentions):
        name = normalise_name(mention.name, city=mention.city, district=mention.district)
        place = (name, mention.kind, mention.city, mention.district)
        key: object = place if mention.mappable and mention.district else number
        first = kept.get(key)
        kept[key] = mention if first is None else _with_facts_of(first, mention)
    return list(kept.values())


def _with_facts_of(one: Mention, other: Mention) -> Mention:
    hours = one if one.opening_hours else other
    return replace(
        one,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        address=one.address or other.address,
        township=one.township or other.township,
        opening_hours=hours.opening_hours,
        hours_words=hours.hours_words,
        facilities=tuple(sorted({*one.facilities, *other.facilities})),
        services=(*one.services, *other.services),
        facts={**other.facts, **one.facts},
    )
