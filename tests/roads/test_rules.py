"""Each row of the table: tags, and where an e-bike, a bicycle and a walker may go."""

import pytest

from geomap.model.records import SettingsError
from geomap.roads.rules import (
    CLASSES,
    PROFILES,
    asked_keys,
    find_directions,
    find_profile,
    is_closed,
    rank_class,
)

BOTH, AHEAD, BACK, NEVER = (True, True), (True, False), (False, True), (False, False)

CASES = [
    # tags, ebike, bicycle, foot
    ("highway=residential", BOTH, BOTH, BOTH),
    ("highway=motorway", NEVER, NEVER, NEVER),
    ("highway=motorway_link", NEVER, NEVER, NEVER),
    ("highway=trunk", BOTH, BOTH, BOTH),
    ("highway=trunk motorroad=yes", NEVER, NEVER, NEVER),
    ("highway=footway", NEVER, NEVER, BOTH),
    ("highway=footway bicycle=yes", BOTH, BOTH, BOTH),
    ("highway=pedestrian bicycle=designated", BOTH, BOTH, BOTH),
    ("highway=steps", NEVER, NEVER, BOTH),
    ("highway=steps bicycle=yes", NEVER, NEVER, BOTH),
    ("highway=cycleway", BOTH, BOTH, BOTH),
    ("highway=cycleway foot=no", BOTH, BOTH, NEVER),
    ("highway=cycleway electric_bicycle=no", NEVER, BOTH, BOTH),
    ("highway=primary bicycle=no", NEVER, NEVER, BOTH),
    ("highway=primary oneway=yes", AHEAD, AHEAD, BOTH),
    ("highway=primary oneway=-1", BACK, BACK, BOTH),
    ("highway=primary oneway=no", BOTH, BOTH, BOTH),
    ("highway=primary oneway=True", AHEAD, AHEAD, BOTH),
    ("highway=residential oneway=yes oneway:bicycle=no", BOTH, BOTH, BOTH),
    ("highway=residential oneway=yes cycleway=opposite_lane", BOTH, BOTH, BOTH),
    ("highway=residential oneway=yes cycleway:left=opposite", BOTH, BOTH, BOTH),
    ("highway=residential oneway=yes cycleway:left=lane cycleway:left:oneway=-1", BOTH, BOTH, BOTH),
    ("highway=residential oneway=yes cycleway=lane", AHEAD, AHEAD, BOTH),
    ("highway=residential oneway=-1 cycleway:both:oneway=no", BOTH, BOTH, BOTH),
    ("highway=tertiary junction=roundabout", AHEAD, AHEAD, BOTH),
    ("highway=tertiary junction=roundabout oneway=no", BOTH, BOTH, BOTH),
    ("highway=service access=private", NEVER, NEVER, NEVER),
    ("highway=service access=private bicycle=yes", BOTH, BOTH, NEVER),
    ("highway=service access=no foot=yes", NEVER, NEVER, BOTH),
    ("highway=service access=destination", BOTH, BOTH, BOTH),
    ("highway=service vehicle=no", NEVER, NEVER, BOTH),
    ("highway=construction", NEVER, NEVER, NEVER),
    ("highway=proposed bicycle=yes", NEVER, NEVER, NEVER),
    ("highway=pedestrian oneway:foot=yes", NEVER, NEVER, AHEAD),
    ("", BOTH, BOTH, BOTH),
]


@pytest.mark.parametrize(("written", "ebike", "bicycle", "foot"), CASES)
def test_who_may_go_where(written, ebike, bicycle, foot):
    tags = dict(pair.split("=") for pair in written.split())
    found = [find_directions(tags, PROFILES[name]) for name in ("ebike", "bicycle", "foot")]
    assert found == [ebike, bicycle, foot]


def test_any_takes_everything_and_keeps_one_way_signs():
    profile = PROFILES["any"]
    assert find_directions({"highway": "motorway", "access": "no"}, profile) == AHEAD
    assert find_directions({"highway": "steps", "oneway": "-1"}, profile) == BACK


def test_every_class_a_profile_names_is_a_class():
    for profile in PROFILES.values():
        assert set(profile.open) | set(profile.if_signed) <= set(CLASSES)
        assert not set(profile.open) & set(profile.if_signed)


def test_unknown_classes_are_some_road_and_unknown_profiles_a_clear_error():
    assert rank_class("sunken_lane") == rank_class("road")
    with pytest.raises(SettingsError, match="choose one of ebike, bicycle, foot, any"):
        find_profile("car")


@pytest.mark.parametrize(("written", "ebike", "bicycle", "foot"), CASES)
def test_only_the_asked_keys_count(written, ebike, bicycle, foot):
    tags = dict(pair.split("=") for pair in written.split())
    for profile in PROFILES.values():
        asked = {key: value for key, value in tags.items() if key in asked_keys(profile)}
        assert find_directions(asked, profile) == find_directions(tags, profile)


BARRIERS = [
    # tags of a node on the way; does it stop an e-bike, a walker
    ("barrier=bollard", False, False),
    ("barrier=bollard bicycle=no", True, False),
    ("barrier=bollard motor_vehicle=no", False, False),
    ("barrier=gate", False, False),
    ("barrier=gate access=private", True, True),
    ("barrier=gate access=no bicycle=yes", False, True),
    ("barrier=gate access=private foot=yes", True, False),
    ("barrier=gate access=permissive", False, False),
    ("barrier=gate locked=yes", True, True),
    ("barrier=gate locked=yes access=yes", False, False),
    ("barrier=lift_gate access=customers", False, False),
    ("barrier=swing_gate vehicle=no", True, False),
    ("barrier=cycle_barrier bicycle=dismount", False, False),
    ("barrier=block", False, False),
    ("barrier=kerb", False, False),
    ("barrier=turnstile", True, False),
    ("barrier=stile electric_bicycle=yes", False, False),
    ("barrier=wall", True, True),
    ("barrier=fence foot=yes", True, False),
    ("barrier=yes", True, True),
    ("highway=crossing bicycle=no", False, False),
    ("access=private", False, False),
]


@pytest.mark.parametrize(("written", "ebike", "foot"), BARRIERS)
def test_who_is_stopped_by_a_barrier(written, ebike, foot):
    tags = dict(pair.split("=") for pair in written.split())
    assert [is_closed(tags, PROFILES[name]) for name in ("ebike", "foot")] == [ebike, foot]
    assert not is_closed(tags, PROFILES["any"])
