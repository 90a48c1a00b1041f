"""A small invented town at a real place (海淀区), written as an .osm.pbf by osmium itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import osmium
from osmium.osm.mutable import Node, Relation, Way

#: Where 学院路 (north-south) and 清华东路 (west-east) cross; degrees to 100 m from there.
CROSSING = (116.350, 40.000)
EAST_100M, NORTH_100M = 0.0011725, 0.000898


def at(east_m: float, north_m: float) -> tuple[float, float]:
    """Degrees of a place so many metres from the crossing."""
    return (round(CROSSING[0] + east_m / 100 * EAST_100M, 7),
            round(CROSSING[1] + north_m / 100 * NORTH_100M, 7))  # fmt: skip


#: Streets by their nodes, metres east and north of the crossing; both have a node there.
STREETS: list[tuple[dict[str, str], list[tuple[float, float]]]] = [
    ({"highway": "primary", "name": "学院路"}, [(0, -900), (0, -300), (0, 0), (0, 400), (0, 900)]),
    ({"highway": "primary", "name": "Qinghua East Road", "name:zh": "清华东路",
      "name:en": "Qinghua East Road"}, [(-900, 0), (0, 0), (900, 0)]),
    ({"highway": "residential", "name": "月泉路"}, [(300, 100), (300, 700)]),
    ({"highway": "residential"}, [(300, 700), (500, 700)]),
]  # fmt: skip
#: A railway through the town, in three squares of zoom 13, one beside it underground, and a river.
LINES: list[tuple[dict[str, str], list[tuple[float, float]]]] = [
    ({"railway": "rail"}, [(-5000, -400), (0, -420), (5000, -400)]),
    ({"railway": "rail", "service": "yard"}, [(-300, -430), (300, -430)]),
    ({"railway": "subway", "tunnel": "yes"}, [(-900, 20), (900, 20)]),
    ({"waterway": "river", "name": "月泉河", "name:en": "Moon Spring River"},
     [(-900, -1000), (0, -950), (900, -1000)]),
]  # fmt: skip
POINTS: list[tuple[dict[str, str], tuple[float, float]]] = [
    ({"addr:street": "学院路", "addr:housenumber": "30号"}, (30, 200)),
    ({"addr:street": "学院路", "addr:housenumber": "38"}, (30, 400)),
    ({"addr:street": "学院路", "addr:housenumber": "甲31"}, (-30, 220)),
    ({"addr:street": "学院路", "addr:housenumber": "30号"}, (34, 204)),
    ({"amenity": "bank", "name": "中国银行"}, (-500, 30)),
    ({"amenity": "bank", "name": "中国银行清华东路支行"}, (500, 30)),
    ({"amenity": "cafe", "name": "月泉路"}, (300, 690)),
    ({"amenity": "school", "name": "中国农业大学（东区）"}, (700, -200)),
    ({"railway": "station", "name": "六道口", "station": "subway"}, (0, -60)),
    ({"place": "neighbourhood", "name": "石板房"}, (-600, -600)),
    ({"amenity": "hospital", "name": "康复医院"}, (-300, 500)),
    ({"amenity": "hospital", "name": "康复医院"}, (600, -800)),
    ({"building": "yes", "name": "3号楼"}, (200, -150)),
    ({"amenity": "social_facility", "name": "月泉路社会服务中心"}, (-600, 300)),
    ({"amenity": "bench"}, (1, 1)),
]
LAND: list[tuple[dict[str, str], list[tuple[float, float]]]] = [
    ({"landuse": "residential", "name": "静淑苑"}, [(100, -300), (300, -300), (300, -100),
                                                 (100, -100)]),
    ({"building": "apartments"}, [(120, -280), (140, -280), (140, -240), (120, -240)]),
    ({"building": "yes"}, [(150, -280), (170, -280), (170, -240), (150, -240)]),
    ({"leisure": "park", "name": "月泉公园"}, [(-400, 100), (-100, 100), (-100, 300), (-400, 300)]),
]  # fmt: skip
SHORE, ISLAND = [(-800, -800), (-500, -800), (-500, -500), (-800, -500)], [
    (-700, -700), (-600, -700), (-600, -600), (-700, -600),
]  # fmt: skip


def write_town(path: Path, without: set[str] = frozenset()) -> Path:  # type: ignore[assignment]
    """Write the town; nodes of the ways named in ``without`` are left out, as a cut does."""
    nodes: dict[tuple[float, float], int] = {}
    lost: set[int] = set()
    ways: list[Way] = []

    def way(tags: dict[str, str], course: list[tuple[float, float]]) -> int:
        refs = [nodes.setdefault(each, len(nodes) + 1000) for each in course]
        if tags.get("name", "shore" if course[0] in SHORE else "") in without:
            lost.update(refs[1:2])
        ways.append(Way(id=len(ways) + 1, nodes=refs, tags=tags, version=1))
        return len(ways)

    for tags, course in [*STREETS, *LINES]:
        way(tags, course)
    for tags, course in LAND:
        way(tags, [*course, course[0]])
    halves = [way({}, SHORE[:3]), way({}, [*SHORE[2:], SHORE[0]])]
    inner = way({}, [*ISLAND, ISLAND[0]])
    members = [*(("w", half, "outer") for half in halves), ("w", inner, "inner")]
    tags = {"type": "multipolygon", "natural": "water", "name": "月泉湖"}
    lake = Relation(id=1, members=members, version=1, tags=tags)
    things: list[Any] = [
        *(Node(id=n + 1, location=at(*where), tags=tags, version=1)
          for n, (tags, where) in enumerate(POINTS)),
        *(Node(id=number, location=at(*where), version=1)
          for where, number in nodes.items() if number not in lost),
    ]  # fmt: skip
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for each in things:
            writer.add_node(each)
        for each in ways:
            writer.add_way(each)
        writer.add_relation(lake)
    return path
