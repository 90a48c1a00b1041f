"""Where two named streets of a map extract cross, one point a crossing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geomap.ground.table import Ground

#: More crossings than this make a file that a phone waits for; then those of long streets stay.
MOST_CROSSINGS = 20_000
#: Meetings of the same two streets nearer than this are one crossing: roadways apart, slip roads
#: (degrees, about 200 m).
_NEAR_DEG = 0.002


def list_crossings(ground: Ground) -> pd.DataFrame:
    """Return ``street other lon lat`` (names; WGS-84 degrees), sorted; ``street`` < ``other``."""
    streets = ground.layer("street")
    names, index = np.unique(streets["name"].to_numpy(str), return_inverse=True)
    pairs, points = _meetings(np.asarray(streets.geometry.array), index)
    table = pd.DataFrame({"street": pairs[0], "other": pairs[1], "lon": points[:, 0],
                          "lat": points[:, 1]})  # fmt: skip
    table["crossing"] = table.groupby(["street", "other"]).ngroup()
    for axis in ("lon", "lat"):
        table = table.sort_values(["crossing", axis], ignore_index=True)
        gap = (table["crossing"].diff() != 0) | (table[axis].diff() > _NEAR_DEG)
        table["crossing"] = gap.cumsum()
    table = table.groupby("crossing").agg({"street": "first", "other": "first", "lon": "mean",
                                           "lat": "mean"}).round(6)  # fmt: skip
    length = np.bincount(index, shapely.length(streets.geometry.array), len(names))
    shorter = np.minimum(length[table["street"]], length[table["other"]])
    table = table.iloc[np.argsort(-shorter, kind="stable")[:MOST_CROSSINGS]]
    table = table.assign(street=names[table["street"]], other=names[table["other"]])
    return table.sort_values(["street", "other", "lon", "lat"], ignore_index=True)


def _meetings(
    lines: NDArray[np.object_], names: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return pairs of names (the smaller first, two rows) and where they meet, even on bridges."""
    one, other = shapely.STRtree(lines).query(lines, predicate="intersects")
    wanted = names[one] < names[other]
    one, other = one[wanted], other[wanted]
    points, which = shapely.get_coordinates(
        shapely.intersection(lines[one], lines[other]), return_index=True
    )
    return np.array([names[one][which], names[other][which]]), points
