"""Who may ride where: one readable table per profile, and the function that reads it.

The tables follow OpenStreetMap's tagging (wiki: Key:access, Key:oneway:bicycle, Key:cycleway) and
Chinese practice: an e-bike is a non-motor vehicle (Road Traffic Safety Law §18, §58), so it keeps
to what a bicycle may use, never enters a motorway and is pushed, not ridden, on steps.

Barriers are nodes of a way (wiki: Key:barrier): a sign on them decides, else what they are. A
gate without a sign counts as open, as other route finders have it: most are.

Whoever may not ride gets off and pushes: on foot both ways, footways and crossings too. Service
areas are those of a ride; only the riders' page looks for ways that are pushed in part.

Turn restrictions are not read. They are signed for cars: a rider who may not turn gets off and
crosses on foot (Implementing Regulations of the Road Traffic Safety Law §70: e-bikes are pushed
across a carriageway), which costs seconds, not a detour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geomap.model.records import SettingsError

#: highway values by importance, first is widest; the rank also orders the light base map.
CLASSES = (
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential",
    "living_street", "service", "track", "cycleway", "pedestrian", "path", "footway", "steps",
    "motorway_link", "trunk_link", "primary_link", "secondary_link", "tertiary_link",
    "road", "bridleway", "corridor", "elevator", "platform", "",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(CLASSES)}

#: Other words for the same classes: Geofabrik's shapefiles, older OpenStreetMap.
_ALIASES = {
    "track_grade1": "track", "track_grade2": "track", "track_grade3": "track",
    "track_grade4": "track", "track_grade5": "track", "unknown": "road", "minor": "unclassified",
    "residential_link": "residential", "ford": "track", "byway": "track", "unsurfaced": "track",
}  # fmt: skip

_STREETS = (
    "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
    "service", "track", "trunk_link", "primary_link", "secondary_link", "tertiary_link", "road", "",
)  # fmt: skip
_YES = ("yes", "designated", "official", "permissive", "destination", "customers", "delivery",
        "permit", "optional_sidepath")  # fmt: skip
#: Nobody goes through these; "yes" is some barrier that nobody looked at (wiki: Key:barrier).
_WALLS = (
    "wall", "city_wall", "retaining_wall", "fence", "hedge", "ditch", "guard_rail", "handrail",
    "yes",
)  # fmt: skip
#: People on foot get through or over; an e-bike weighs up to 55 kg (GB 17761) and is not lifted.
#: Bollards, blocks and cycle barriers stop cars alone, a gate without a sign is taken for open.
_NO_WHEELS = ("stile", "turnstile", "full-height_turnstile", "kissing_gate", "wicket_gate",
              "horse_stile")  # fmt: skip
_NO = ("no", "private", "agricultural", "forestry", "military", "use_sidepath", "dismount",
       "discouraged", "emergency")  # fmt: skip
#: Of these, what a barrier means by them: shut. The others get round or through it somehow.
_SHUT = ("no", "private", "agricultural", "forestry", "military", "emergency")


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of traveller.

    Attributes
    ----------
    name : what `read_roads` is asked for.
    open : highway classes open unless a sign says no; "" is a line without a class.
    if_signed : classes open only where one of the first keys of `modes` says yes.
    modes : access keys, most particular first: the first that is stated decides.
    oneway : keys of one-way signs, most particular first; empty: walks both ways everywhere.
    motorroad : may enter a way signed motorroad=yes.
    barriers : values of barrier, on a node of the way, that stop the traveller unless a sign
        says yes; all others are passed unless a sign says no.
    """

    name: str
    open: tuple[str, ...]
    if_signed: tuple[str, ...]
    modes: tuple[str, ...]
    oneway: tuple[str, ...]
    motorroad: bool = False
    barriers: tuple[str, ...] = ()


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            name="ebike",
            open=(*_STREETS, "cycleway", "path"),
            if_signed=("pedestrian", "footway", "bridleway"),
            modes=("electric_bicycle", "bicycle", "vehicle", "access"),
            oneway=("oneway:electric_bicycle", "oneway:bicycle", "oneway"),
            barriers=(*_WALLS, *_NO_WHEELS),
        ),
        Profile(
            name="bicycle",
            open=(*_STREETS, "cycleway", "path"),
            if_signed=("pedestrian", "footway", "bridleway"),
            modes=("bicycle", "vehicle", "access"),
            oneway=("oneway:bicycle", "oneway"),
            barriers=(*_WALLS, *_NO_WHEELS),
        ),
        Profile(
            name="foot",
            open=(*_STREETS, "cycleway", "path", "pedestrian", "footway", "steps", "bridleway",
                  "corridor", "platform", "elevator"),
            if_signed=(),
            modes=("foot", "access"),
            oneway=("oneway:foot",),
            barriers=_WALLS,
        ),
        # Everything in the file, one-way signs kept: to compare engines on one graph.
        Profile(
            name="any", open=CLASSES, if_signed=(), modes=(), oneway=("oneway",), motorroad=True
        ),
    )
}  # fmt: skip

#: highway values that are not there yet, not there any more, or no way at all.
_NO_WAY = frozenset({
    "construction", "proposed", "planned", "abandoned", "razed", "disused", "raceway", "no",
    "rest_area", "services", "bus_stop", "escape", "via_ferrata", "busway", "bus_guideway",
    # Layers that hold every line of the map: Geofabrik's railways and waterways, ferries.
    "rail", "subway", "light_rail", "tram", "monorail", "narrow_gauge", "funicular", "river",
    "stream", "canal", "drain", "ferry",
})  # fmt: skip
_SIDES = ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")
_OPPOSITE = ("opposite", "opposite_lane", "opposite_track", "opposite_share_busway")
_FORWARD = frozenset({"yes", "true", "1", "t"})
_BACKWARD = frozenset({"-1", "reverse"})
_BOTH = frozenset({"no", "false", "0", "f", "reversible", "alternating"})


def find_profile(name: str) -> Profile:
    """Return the profile of this name.

    Raises
    ------
    SettingsError
        There is no such profile; the message lists those there are.
    """
    if name not in PROFILES:
        raise SettingsError(
            f"no travel profile {name!r}: choose one of {', '.join(PROFILES)}",
            code="profile-unknown", where=name, detail="、".join(PROFILES),
        )  # fmt: skip
    return PROFILES[name]


def asked_keys(profile: Profile) -> tuple[str, ...]:
    """Return the keys of a way that `find_rights` asks for; all others change nothing."""
    lanes = [f"{side}:oneway" for side in _SIDES]
    own = ("highway", "motorroad", "junction", *profile.modes, *profile.oneway, *_SIDES, *lanes)
    foot = PROFILES["foot"]
    return tuple(dict.fromkeys((*own, *foot.modes, *foot.oneway)))


def rank_class(highway: str) -> int:
    """Return the position of a highway value in `CLASSES`; what is not listed counts as "road"."""
    word = _ALIASES.get(highway, highway)
    return _RANK.get(word, _RANK["road"])


def find_directions(tags: Mapping[str, str], profile: Profile) -> tuple[bool, bool]:
    """Return whether this traveller may follow a way forward and backward.

    Parameters
    ----------
    tags : OpenStreetMap keys and values of the way; a missing ``highway`` means "some road".
    profile : who travels.

    Examples
    --------
    >>> find_directions({"highway": "primary", "oneway": "yes"}, PROFILES["ebike"])
    (True, False)
    >>> find_directions({"highway": "motorway"}, PROFILES["ebike"])
    (False, False)
    """
    if not _is_open(tags, profile):
        return False, False
    forward, backward = _read_oneway(tags, profile)
    if "oneway:bicycle" in profile.oneway and not (forward and backward):
        forward, backward = _open_contraflow(tags, forward, backward)
    return forward, backward


def find_rights(tags: Mapping[str, str], profile: Profile) -> tuple[bool, bool, bool]:
    """Return whether a way may be followed forward, backward, and walked along, pushing.

    Whoever gets off is on foot (Implementing Regulations §70): one-way signs and cycle bans do
    not bind them.

    Examples
    --------
    >>> find_rights({"highway": "residential", "oneway": "yes"}, PROFILES["ebike"])
    (True, False, True)
    >>> find_rights({"highway": "footway"}, PROFILES["ebike"])
    (False, False, True)
    """
    forward, backward = find_directions(tags, profile)
    return forward, backward, any(find_directions(tags, PROFILES["foot"]))


def is_closed(tags: Mapping[str, str], profile: Profile) -> bool:
    """Return whether a barrier on a node of the way stops this traveller.

    The most particular sign decides; without one a wall stops, and a gate that is locked. Pushing
    (``dismount``) is passing here. Nodes without ``barrier`` never stop: bicycle=no on a crossing
    speaks of those who cross.

    Examples
    --------
    >>> is_closed({"barrier": "gate", "access": "private"}, PROFILES["ebike"])
    True
    >>> is_closed({"barrier": "bollard"}, PROFILES["ebike"])
    False
    """
    if "barrier" not in tags or not profile.modes:
        return False
    stated = next((tags[key] for key in profile.modes if tags.get(key) in _YES + _NO), "")
    if stated:
        return stated in _SHUT
    return tags["barrier"] in profile.barriers or tags.get("locked") == "yes"


def _is_open(tags: Mapping[str, str], profile: Profile) -> bool:
    highway = tags.get("highway", "")
    if highway in _NO_WAY or (not profile.motorroad and tags.get("motorroad") == "yes"):
        return False
    if not profile.modes:
        return True
    word = CLASSES[rank_class(highway)]
    stated = next((tags[key] for key in profile.modes if tags.get(key) in _YES + _NO), "")
    if stated in _NO:
        return False
    signed = any(tags.get(key) in _YES for key in profile.modes if key not in ("vehicle", "access"))
    return word in profile.open or (signed and word in profile.if_signed)


def _read_oneway(tags: Mapping[str, str], profile: Profile) -> tuple[bool, bool]:
    """First stated key of the profile decides; roundabouts and motorways imply one way."""
    for key in profile.oneway:
        value = tags.get(key, "").lower()
        if value in _FORWARD:
            return True, False
        if value in _BACKWARD:
            return False, True
        if value in _BOTH:
            return True, True
    implied = tags.get("junction") in ("roundabout", "circular") or (
        tags.get("highway") in ("motorway", "motorway_link")
    )
    return (True, not (implied and "oneway" in profile.oneway))


def _open_contraflow(tags: Mapping[str, str], forward: bool, backward: bool) -> tuple[bool, bool]:
    """Open the other direction where a cycle lane runs against a one-way street."""
    against = any(tags.get(side) in _OPPOSITE for side in _SIDES)
    lanes = {tags.get(f"{side}:oneway") for side in _SIDES}
    if against or "no" in lanes or (forward and "-1" in lanes):
        return True, True
    return forward, backward
