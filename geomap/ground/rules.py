"""Which tags of OpenStreetMap make what of the ground: one readable table.

A thing may be several: a named school is a place and, with a number, a door.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

Tags = Mapping[str, str]

#: key → value → kind of place, in order; ``*`` is any other value. A place needs a name.
PLACES: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("railway", {"station": "station", "halt": "station", "tram_stop": "stop"}),
    ("public_transport", {"station": "station"}),
    ("highway", {"bus_stop": "stop"}),
    ("amenity", {
        "school": "school", "university": "school", "college": "school", "kindergarten": "school",
        "hospital": "hospital", "clinic": "hospital", "townhall": "government",
        "police": "government", "courthouse": "government", "fire_station": "government",
        "community_centre": "government", "social_centre": "government", "bank": "bank",
        "post_office": "post", "fuel": "fuel", "marketplace": "mall", "bus_station": "station",
        "parking": "", "bench": "", "bicycle_parking": "", "bicycle_rental": "",
        "parking_space": "", "toilets": "", "vending_machine": "", "*": "other"}),
    ("office", {"government": "government", "*": "office"}),
    ("shop", {"mall": "mall", "department_store": "mall", "supermarket": "mall", "*": "shop"}),
    ("leisure", {"park": "park", "garden": "park", "stadium": "park", "pitch": "", "*": "other"}),
    ("tourism", {"information": "", "artwork": "", "*": "other"}),
    ("healthcare", {"*": "hospital"}),
    ("building", {"*": "building"}),
    ("landuse", {"industrial": "office", "commercial": "office", "retail": "mall"}),
    ("man_made", {"*": "other"}),
)  # fmt: skip
QUARTERS = {
    "place": ("quarter", "neighbourhood", "suburb", "village", "hamlet", "town", "city_block",
              "square", "residential", "isolated_dwelling", "locality"),
    "landuse": ("residential",),
}  # fmt: skip
AREAS: Mapping[str, Mapping[str, str]] = {
    "natural": {"water": "water", "bay": "water", "wood": "green", "scrub": "green",
                "grassland": "green", "wetland": "water"},
    "waterway": {"riverbank": "water", "dock": "water"},
    "landuse": {"reservoir": "water", "basin": "water", "forest": "green", "grass": "green",
                "meadow": "green", "recreation_ground": "green", "village_green": "green",
                "residential": "home", "industrial": "work", "commercial": "work",
                "retail": "work"},
    "leisure": {"park": "green", "garden": "green", "golf_course": "green",
                "nature_reserve": "green"},
}  # fmt: skip
LINES: Mapping[str, Mapping[str, str]] = {
    "railway": {"rail": "rail", "light_rail": "rail", "subway": "rail", "tram": "rail",
                "monorail": "rail"},
    "waterway": {"river": "water", "canal": "water", "stream": "water"},
}  # fmt: skip
#: Buildings that people live or work in; of others only a name or a number is kept.
BUILDINGS: Mapping[str, str] = {
    "apartments": "home", "residential": "home", "house": "home", "dormitory": "home",
    "detached": "home", "terrace": "home", "semidetached_house": "home", "office": "work",
    "industrial": "work", "commercial": "work", "retail": "work",
}  # fmt: skip
#: An object without any of these is of no use here.
KEYS = ("name", "addr:housenumber", "building", "landuse", "natural", "waterway", "railway",
        "leisure", "place")  # fmt: skip
_OTHER_NAMES = ("name", "alt_name", "old_name", "short_name", "official_name", "name:en", "name:zh")

_FURTHER_NAMES = frozenset(_OTHER_NAMES[1:])

#: All keys that are asked for here.
ASKED = frozenset((
    *KEYS, *_OTHER_NAMES, *(key for key, _ in PLACES), *QUARTERS, *AREAS, *LINES,
    "addr:street", "addr:place", "area", "highway", "service", "tunnel",
))  # fmt: skip


class Names(NamedTuple):
    """The name of a thing, the English one, and all its other names, separated by ``;``."""

    name: str = ""
    name_en: str = ""
    aliases: str = ""


def name_of(tags: Tags) -> str:
    """Return the name in Chinese, else the local one; empty where there is none."""
    return " ".join((tags.get("name:zh") or tags.get("name") or "").split())


def names_of(tags: Tags) -> Names:
    """Return the name and the other names of a thing, each once; none where it has no name."""
    name = name_of(tags)
    if not name:
        return Names()
    if _FURTHER_NAMES.isdisjoint(tags) and tags["name"] == name:  # most things have one name
        return Names(name)
    others = ";".join(tags[key] for key in _OTHER_NAMES if key in tags)
    listed = dict.fromkeys(each.strip() for each in others.split(";"))
    aliases = ";".join(each for each in listed if each and each != name)
    return Names(name, tags.get("name:en") or "", aliases)


def place_kind(tags: Tags) -> str:
    """Return what a named thing is as a place that an address may name; empty: none."""
    for key, kinds in PLACES:
        if (said := tags.get(key)) is not None:
            return kinds.get(said, kinds.get("*", ""))
    return ""


def quarter_kind(tags: Tags) -> str:
    """Return what kind of quarter or village a named thing is; empty: none."""
    return next((tags[key] for key, kinds in QUARTERS.items() if tags.get(key, "") in kinds), "")


def drawn(tags: Tags, closed: bool) -> Iterator[tuple[str, str]]:
    """Yield the layers a shape belongs to (water, green, rail, home, work), each with its kind.

    Tracks of yards and the like are of kind ``siding``.
    """
    for key, kinds in (AREAS if closed else LINES).items():
        layer = kinds.get(tags.get(key, ""))
        if layer and tags.get("tunnel", "no") == "no":
            yield layer, "siding" if layer == "rail" and "service" in tags else tags[key]
