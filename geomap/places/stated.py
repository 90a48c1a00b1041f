"""What a row says of its place: its columns, and what its address and name add to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from geomap.divisions import Division, NameHit, Resolution, lies_in
from geomap.places.index import Places
from geomap.places.zones import Zone

_TEXT = ("province", "city", "district", "township", "community", "address", "name")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one row says: its divisions of today, where to look, and the words to look in.

    ``words`` has township, community, address and name; ``community_words`` all but the township.
    """

    meant: Resolution
    counties: tuple[str, ...]
    words: str
    community_words: str
    township: str
    zone: Zone | None = None


def read_texts(rows: pd.DataFrame) -> Iterable[dict[str, str]]:
    """The words of each row, stripped; empty where it is silent."""
    columns = [name for name in _TEXT if name in rows.columns]
    clean = rows[columns].astype(object).where(rows[columns].notna(), "")
    for values in clean.itertuples(index=False, name=None):
        yield {name: str(value).strip() for name, value in zip(columns, values, strict=True)}


def read_stated(texts: dict[str, str], places: Places) -> Stated:
    """What a row states; the words of its address and name fill what its columns leave open."""
    columns = [texts.get(name, "") for name in ("province", "city", "district", "township")]
    parts = [texts.get(name, "") for name in ("township", "community", "address", "name")]
    words = " ".join(parts)
    zone = _find_zone(words, columns, places.zones)
    if zone and columns[3] and zone.name in columns[3]:
        columns[3] = zone.township  # the written zone stays in the row; it is no township
    if not any(columns[:2]):
        columns[:2] = _address_city(texts.get("address", ""), places)
    meant = places.divisions.resolve(*columns)
    if not meant.districts:
        meant = _from_words(meant, columns, words, places)
    counties = tuple(place.code for place in meant.districts)
    if (
        columns[2] and columns[2] in meant.unknown
    ):  # a district nobody knows: no guess below its city
        return Stated(meant, (), words, "", columns[3], None)
    if not counties and zone:
        counties = zone.districts
    if not counties and meant.scope and meant.scope[0].level != "province":
        counties = places.counties_of(meant.scope)
    return Stated(meant, counties, words, " ".join(parts[1:]), columns[3], zone)


def _address_city(address: str, places: Places) -> tuple[str, str]:
    """The province and city that an address begins with, in full; empty where it does not.

    Some district names are many places' (高新区): the city in front says whose.
    """
    found, begin = ("", ""), 0
    for hit in places.divisions.scan(address):
        if hit.start != begin or hit.short or hit.ordinary or hit.part:
            break
        place = hit.candidates[0]
        if len(hit.candidates) > 1 or place.level not in ("city", "province"):
            break
        found, begin = (place.province, place.city), hit.end
    return found


def _find_zone(words: str, columns: Sequence[str], zones: Sequence[Zone]) -> Zone | None:
    """The zone a row names, in the city and province the row states."""
    for zone in zones:
        if zone.name in words and _fits(columns[0], zone.province) and _fits(columns[1], zone.city):
            return zone
    return None


def _fits(stated: str, known: str) -> bool:
    """Whether a stated province or city, maybe short, does not contradict a known one."""
    return not stated or stated.startswith(known[:2])


def _from_words(
    meant: Resolution, columns: Sequence[str], words: str, places: Places
) -> Resolution:
    """The same with a district that address or name state in full, inside what is known."""
    for hit in places.divisions.scan(words):
        if hit.short or hit.ordinary or hit.part:
            continue
        for place in _inside(hit.candidates, meant):
            if place.level == "district" and len(_counties(hit, meant)) == 1:
                return places.divisions.resolve(place.province, place.city, place.name, columns[3])
    if not meant.scope and not any(columns[:3]):
        cities = [h for h in places.divisions.scan(words) if not (h.ordinary or h.part)]
        wide = {c for h in cities for c in h.candidates if c.level in ("city", "province")}
        # 山东省济南市 names a city, and the province it lies in.
        finest = [c for c in wide if not any(o != c and lies_in(o.code, c.code) for o in wide)]
        if len(finest) == 1:
            return places.divisions.resolve(finest[0].province, finest[0].city)
    return meant


def _counties(hit: NameHit, meant: Resolution) -> set[str]:
    return {p.code for p in _inside(hit.candidates, meant) if p.level == "district"}


def _inside(candidates: Sequence[Division], meant: Resolution) -> list[Division]:
    scope = meant.scope
    return [p for p in candidates if not scope or any(lies_in(p.code, s.code) for s in scope)]
