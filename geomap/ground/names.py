"""Where the names of a map extract are, one point a name, for whoever looks for one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import shapely

from geomap.ground.table import Ground

#: Places that people say where they are by; of shops and offices there are too many.
_LANDMARKS = ("station", "school", "hospital", "government", "mall", "park")
#: More names than this make a file that a phone waits for; then the longest streets, the largest
#: places and quarters stay.
MOST_NAMES = 10_000
#: Two of one name nearer than this are one (degrees, about 500 m).
_NEAR_DEG = 0.005


def list_names(ground: Ground) -> pd.DataFrame:
    """Return ``name kind lon lat`` (WGS-84 degrees), sorted; ``kind`` street, place or quarter."""
    rows = sorted([*_streets(ground), *_points(ground)], key=lambda row: (-row[0], *row[1:]))
    table = pd.DataFrame(rows[:MOST_NAMES], columns=["size", "name", "kind", "lon", "lat"])
    return table.drop(columns="size").sort_values(["name", "kind", "lon", "lat"], ignore_index=True)


_Row = tuple[float, str, str, float, float]


def _streets(ground: Ground) -> Iterator[_Row]:
    """The vertex of each street that is nearest to the middle of all of them."""
    for name, part in ground.layer("street").groupby("name"):
        points = shapely.get_coordinates(part.geometry.to_numpy())
        away = np.hypot(*(points - np.median(points, axis=0)).T)
        lon, lat = points[int(np.argmin(away))].tolist()
        yield float(shapely.length(part.geometry.to_numpy()).sum()) * 1e5, name, "street", lon, lat


def _points(ground: Ground) -> Iterator[_Row]:
    places = ground.layer("place")
    for kind, table in (("place", places[places.kind.isin(_LANDMARKS)]),
                        ("quarter", ground.layer("quarter"))):  # fmt: skip
        seen: dict[str, list[tuple[float, float]]] = {}
        columns = (table.name, table.half_m, table.geometry.x, table.geometry.y)
        for name, half_m, lon, lat in zip(*columns, strict=True):
            others = seen.setdefault(name, [])
            if all(max(abs(lon - x), abs(lat - y)) > _NEAR_DEG for x, y in others):
                others.append((lon, lat))
                yield float(half_m), name, kind, lon, lat
