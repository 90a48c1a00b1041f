"""What a person would draw: rivers, dead ends, one-way rings, gaps, remote stations."""

import numpy as np
import pytest

from geomap.roads import Network, reach_areas
from tests.roads.drawing import STEP_M, draw_reached, draw_streets, place

PICTURES = {
    "the far bank is reached over the bridge alone, and the river is nobody's land": (
        """
S##########
~~~~~~~#~~~
~~~~~~~#~~~
###########
""",
        13,
        """
###########
.......#...
.......#...
....#######
""",
    ),
    "a dead end ends where it ends, and the land behind it is not served": (
        """
S####......
..#........
..#...#####
""",
        20,
        """
#####......
..#........
..#........
""",
    ),
    "a one-way ring is reached from behind only": (
        """
>>>>>v
^....v
^....v
^<<<S<
""",
        6,
        """
...###
.....#
.....#
....##
""",
    ),
    "a two-way ring is reached from both sides": (
        """
######
#....#
#....#
####S#
""",
        6,
        """
...###
#....#
#....#
######
""",
    ),
    "a gap in the network is not jumped": (
        """
S###.####
#.......#
#.......#
""",
        12,
        """
####.....
#........
#........
""",
    ),
    "a park without paths stays a hole": (
        """
#########
#.......#
#.......#
#.......#
####S####
""",
        40,
        """
#########
#.......#
#.......#
#.......#
#########
""",
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_area_is_drawn_as_a_person_would(name):
    drawing, steps, expected = PICTURES[name]
    assert draw_reached(drawing, (steps + 0.3) * STEP_M) == expected.strip("\n")


def test_the_cut_is_where_the_metres_end():
    streets, (lon, lat) = draw_streets("S########")
    network = Network.of_streets(streets)
    attachment = network.attach(np.array([lon]), np.array([lat]))
    area = reach_areas(network, attachment, 600.0)[0]
    east = network.plane.to_metres(np.array([area.bounds[2]]), np.array([lat]))[0][0]
    station = network.plane.to_metres(np.array([lon]), np.array([lat]))[0][0]
    assert east - station == pytest.approx(600.0, abs=20.0)


def test_a_station_600_m_from_any_road_is_not_on_the_network():
    streets, _ = draw_streets("S####")
    network = Network.of_streets(streets)
    lon, lat = place(4, 2)
    attachment = network.attach(np.array([lon, np.nan]), np.array([lat, np.nan]), snap_m=250)
    assert attachment.is_on_network.tolist() == [False, False]
    assert [area.is_empty for area in reach_areas(network, attachment, 2500.0)] == [True, True]
    assert network.attach(np.array([lon]), np.array([lat]), snap_m=601).gap_m[0] == pytest.approx(
        600, abs=0.1
    )
