"""What a trial in the browser counts with: where stations and people meet the streets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap import roads
from geomap.model.edition import Trial
from geomap.pipeline.ground import OnStreets

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: A browser on a laptop answers at once for a city; for more than this a trial is not offered.
MOST_POINTS = 1_000_000


def gather_trial(
    network: roads.Network, stations: pd.DataFrame, ground: OnStreets, codes: Sequence[str]
) -> Trial | None:
    """Return feet as places on the streets; None beyond :data:`MOST_POINTS`.

    Parameters
    ----------
    stations : ``station_id lon lat`` of the feet of the stations that count for sure.
    codes : district_code by number, as the ground's points have it.
    """
    feet, points = ground.feet, ground.ground.points
    rows = np.flatnonzero((feet.edge >= 0).any(axis=1) & (points.district >= 0))
    if len(rows) > MOST_POINTS:
        return None
    lon, lat = _places(network, feet.edge[rows], feet.along_m[rows])
    columns = {"lon": lon[:, 0], "lat": lat[:, 0], "lon_2": lon[:, 1], "lat_2": lat[:, 1]}
    table = pd.DataFrame(columns).assign(
        people=points.people[rows],
        land_m2=points.land_m2[rows],
        district_code=np.asarray(codes)[points.district[rows]],
    )
    return Trial(stations, table)


def _places(network: roads.Network, edge: Integers, along_m: Floats) -> tuple[Floats, Floats]:
    """Return lon and lat of places along edges, same shape; NaN where there is no edge."""
    edges = network.edges
    line = np.repeat(np.arange(len(edges.tail)), np.diff(edges.starts))
    vertex_m = edges.place_m[line] + edges.along_m
    place_m = edges.place_m[edge] + along_m
    found = (np.interp(place_m, vertex_m, values) for values in (edges.lon, edges.lat))
    lon, lat = (np.where(edge >= 0, values, np.nan) for values in found)
    return lon, lat
