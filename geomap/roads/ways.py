"""Ways of an extract as streets, many parsed at a time."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute

from geomap.files.osm_text import Courses, read_courses
from geomap.roads.lines import LineBuffer
from geomap.roads.rules import Profile, asked_keys, find_rights, rank_class
from geomap.roads.streets import Booleans, Integers

#: Classes drawn on the base map even where the profile may not ride.
_DRAWN = frozenset({"motorway", "motorway_link", "trunk", "trunk_link", "primary"})

#: May one go forward, backward, on foot, and the rank of the class; None: of no use, not drawn.
_Verdict = tuple[bool, bool, bool, int] | None


class WayParser:
    """Reads ways for one profile; verdicts are remembered, most ways say the same few things."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        keys = "|".join(map(re.escape, asked_keys(profile)))
        self._asked = re.compile(rf"(?:^T|,)({keys})=([^,]*)")
        self._verdicts: dict[tuple[tuple[str, str], ...], _Verdict] = {}

    def take(self, lines: LineBuffer, ways: pa.Table) -> None:
        """Add the streets among ways (:class:`geomap.files.osm_text.Part`) to the buffer.

        Where nodes are missing from the extract a way is split.
        """
        streets = pa.compute.match_substring_regex(ways["tags"], "(?:^T|,)highway=")
        ways = ways.filter(pa.compute.and_(streets, pa.compute.not_equal(ways["course"], "N")))
        verdicts = [self._judge(tuple(self._asked.findall(tags))) for tags in
                    ways["tags"].to_pylist()]  # fmt: skip
        kept = [verdict for verdict in verdicts if verdict is not None]
        if kept:
            useful = pa.array([verdict is not None for verdict in verdicts])
            _add_known(lines, read_courses(ways["course"].filter(useful)), np.array(kept))

    def _judge(self, said: tuple[tuple[str, str], ...]) -> _Verdict:
        if said not in self._verdicts:
            tags = dict(said)
            rights = find_rights(tags, self._profile)
            seen = any(rights) or tags["highway"] in _DRAWN
            self._verdicts[said] = (*rights, rank_class(tags["highway"])) if seen else None
        return self._verdicts[said]


def _add_known(lines: LineBuffer, courses: Courses, verdicts: Integers) -> None:
    """Add what is known of each way: stretches of at least two nodes that the extract has."""
    known = np.isfinite(courses.lon)
    way = np.repeat(np.arange(len(courses.counts)), courses.counts)
    begins = np.r_[True, (way[1:] != way[:-1]) | ~known[:-1]]
    stretch = (np.cumsum(begins) - 1)[known]
    length = np.bincount(stretch)
    keep: Booleans = (length > 1)[stretch]
    chosen = np.flatnonzero(known)[keep]
    first = np.flatnonzero(np.r_[True, np.diff(stretch[keep]) != 0]) if len(chosen) else chosen
    lines.extend(
        courses.lon[chosen], courses.lat[chosen], courses.node[chosen],
        np.diff(np.r_[first, len(chosen)]), verdicts[way[chosen[first]]],
    )  # fmt: skip
