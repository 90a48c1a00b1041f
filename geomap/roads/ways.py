"""Ways as lines of text, many parsed at a time.

Asking pyosmium for each tag and node of a way costs a microsecond or two apiece, 25 to 40 a way.
Its own writer puts a whole way into one line of OPL ("object per line") without leaving C++, and
a table parser reads the nodes of twenty thousand lines at once: 10 microseconds a way in all.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.csv

from geomap.roads.lines import LineBuffer
from geomap.roads.rules import Profile, asked_keys, find_rights, rank_class
from geomap.roads.streets import Booleans, Floats, Integers

#: Classes drawn on the base map even where the profile may not ride.
_DRAWN = frozenset({"motorway", "motorway_link", "trunk", "trunk_link", "primary"})

#: ``n17x117.01y36.5,n18xy`` becomes rows of a table, ``17,117.01,36.5`` and ``18,,``: node 18 is
#: not in the extract.
_TO_ROWS = bytes.maketrans(b"xy,", b",,\n")

#: May one go forward, backward, on foot, and the rank of the class; None: of no use, not drawn.
_Verdict = tuple[bool, bool, bool, int] | None


class WayParser:
    """Reads ways for one profile; verdicts are remembered, most ways say the same few things."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        keys = b"|".join(re.escape(key).encode() for key in asked_keys(profile))
        self._asked = re.compile(rb"(?:^T|,)(" + keys + rb")=([^,]*)")
        self._verdicts: dict[tuple[tuple[bytes, bytes], ...], _Verdict] = {}

    def take(self, lines: LineBuffer, written: bytes) -> None:
        """Add the ways of these lines of OPL (no metadata, locations on ways) to the buffer.

        Where nodes are missing from the extract a way is split.
        """
        courses, verdicts = [], []
        for line in written.splitlines():
            _, tags, nodes = line.split(b" ")
            verdict = self._judge(tuple(self._asked.findall(tags)))
            if verdict is not None and len(nodes) > 1:
                courses.append(nodes[1:])
                verdicts.append(verdict)
        if courses:
            counts = np.array([nodes.count(b"n") for nodes in courses])
            _add_known(lines, _read_courses(courses), counts, np.array(verdicts))

    def _judge(self, said: tuple[tuple[bytes, bytes], ...]) -> _Verdict:
        if said not in self._verdicts:
            tags = {key.decode(): value.decode() for key, value in said}
            rights = find_rights(tags, self._profile)
            seen = any(rights) or tags["highway"] in _DRAWN
            self._verdicts[said] = (*rights, rank_class(tags["highway"])) if seen else None
        return self._verdicts[said]


def _read_courses(courses: list[bytes]) -> tuple[Integers, Floats, Floats]:
    """Return the nodes of all courses: ids, and degrees, NaN where the extract lacks the node."""
    rows = b",".join(courses).translate(_TO_ROWS, b"n")
    table = pa.csv.read_csv(
        pa.py_buffer(rows),
        read_options=pa.csv.ReadOptions(column_names=["node", "lon", "lat"]),
        convert_options=pa.csv.ConvertOptions(
            column_types={"node": pa.int64(), "lon": pa.float64(), "lat": pa.float64()}
        ),
    )
    node, lon, lat = (table[name].to_numpy() for name in table.column_names)
    if (node < 0).any():
        raise ValueError("ids below zero, which JOSM gives to what was never uploaded")
    return node, lon, lat


def _add_known(
    lines: LineBuffer,
    courses: tuple[Integers, Floats, Floats],
    counts: Integers,
    verdicts: Integers,
) -> None:
    """Add what is known of each way: stretches of at least two nodes that the extract has."""
    node, lon, lat = courses
    known = np.isfinite(lon)
    way = np.repeat(np.arange(len(counts)), counts)
    begins = np.r_[True, (way[1:] != way[:-1]) | ~known[:-1]]
    stretch = (np.cumsum(begins) - 1)[known]
    length = np.bincount(stretch)
    keep: Booleans = (length > 1)[stretch]
    chosen = np.flatnonzero(known)[keep]
    first = np.flatnonzero(np.r_[True, np.diff(stretch[keep]) != 0]) if len(chosen) else chosen
    lines.extend(
        lon[chosen], lat[chosen], node[chosen], np.diff(np.r_[first, len(chosen)]),
        verdicts[way[chosen[first]]],
    )  # fmt: skip
