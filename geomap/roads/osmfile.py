"""OpenStreetMap extracts (.osm.pbf, .osm, .osm.gz, .osm.bz2), read as a stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import osmium

from geomap.records import InputError
from geomap.roads.lines import LineBuffer
from geomap.roads.rules import Profile, find_directions, rank_class
from geomap.roads.streets import Streets

Progress = Callable[[str], None]

#: Ways between two words of progress: about a second's work.
_EVERY = 100_000
#: Classes drawn on the base map even where the profile may not ride.
_DRAWN = frozenset({"motorway", "motorway_link", "trunk", "trunk_link", "primary"})


def read_osm(path: Path, profile: Profile, progress: Progress) -> Streets:
    """Return the ways of an extract that carry a highway and that the profile may use, or sees.

    One pass; memory holds the node positions (16 bytes a node) and the streets. Ferries have no
    highway and stay out. Where an extract cut a way and nodes are missing, the way is split.

    Raises
    ------
    InputError
        The file is damaged, cut short or no OpenStreetMap file.
    """
    lines = LineBuffer()
    try:
        ways = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations()
        ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        ways.with_filter(osmium.filter.KeyFilter("highway"))
        for number, way in enumerate(ways, start=1):
            _take_way(lines, way, profile)
            if number % _EVERY == 0:
                progress(f"{path.name}: {number:,} ways read, {len(lines):,} streets kept")
    except (RuntimeError, ValueError, OSError) as fault:
        raise InputError(
            f"{path.name}: not a readable OpenStreetMap extract ({_say(fault)}); "
            "download it again or cut it anew"
        ) from fault
    return lines.pack()


def _say(fault: BaseException) -> str:
    return " ".join(str(fault).split()) or type(fault).__name__


def _take_way(lines: LineBuffer, way: Any, profile: Profile) -> None:
    tags: Mapping[str, str] = {tag.k: tag.v for tag in way.tags}
    directions = find_directions(tags, profile)
    if not any(directions) and tags["highway"] not in _DRAWN:
        return
    rank = rank_class(tags["highway"])
    nodes = [(node.ref, node.location) for node in way.nodes]
    part: list[tuple[int, Any]] = []
    for node in [*nodes, None]:
        if node is not None and node[1].valid():
            part.append(node)
            continue
        if len(part) > 1:
            lon, lat = [at.lon for _, at in part], [at.lat for _, at in part]
            lines.add(lon, lat, [ref for ref, _ in part], directions, rank)
        part = []
