"""Who is reached: one area per station, one for all of them, bands of minutes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geomap.roads.contour import NOTHING
from geomap.roads.cuts import cut_edges
from geomap.roads.network import Network
from geomap.roads.outline import outline_stretches
from geomap.roads.search import remaining_each, remaining_union
from geomap.roads.snap import Attachment
from geomap.roads.streets import Floats

#: Land counts at most this far from its street (geodata/map.toml: kerb_m).
KERB_M = 100.0


def reach_areas(
    network: Network,
    attachment: Attachment,
    distance_m: ArrayLike,
    *,
    kerb_m: float = KERB_M,
    block_m2: float = 0.0,
) -> list[MultiPolygon]:
    """Return one area per attached point, in order: the land from which it is reached in time.

    Parameters
    ----------
    network : the streets.
    attachment : the stations, (n,), from `Network.attach`.
    distance_m : metres of road, one number or (n,); a station with 0 or less reaches nothing.
    kerb_m : how far land may lie from its street.
    block_m2 : blocks enclosed by streets up to this size count whole.

    Returns
    -------
    list of MultiPolygon
        (n,), WGS-84 degrees, valid; empty where the station is not on the network.
    """
    budget_m = budgets_of(network, attachment, distance_m)
    cells = network.land(kerb_m, block_m2)
    areas = [NOTHING] * len(budget_m)
    for station, remaining_m in remaining_each(network, attachment, budget_m):
        here = np.array([station])
        stretches = cut_edges(network.edges, remaining_m, attachment.take(here), budget_m[here])
        areas[station] = outline_stretches(cells, stretches, network.plane)
    return areas


def reach_union(
    network: Network,
    attachment: Attachment,
    distances_m: Sequence[ArrayLike],
    *,
    kerb_m: float = KERB_M,
    block_m2: float = 0.0,
) -> list[MultiPolygon]:
    """Return the dissolved area of all stations, one for each of the distances asked.

    The cost hardly depends on the number of stations: one search for each distance, and the cells
    beside the streets are picked, not built.

    Parameters
    ----------
    network : the streets.
    attachment : the stations, (n,).
    distances_m : for each area wanted the metres of road, one number or one per station (n,):
        distance minus uncertainty for what is certain, plus for what is possible.
    kerb_m : how far land may lie from its street.

    Returns
    -------
    list of MultiPolygon
        As many as distances, WGS-84 degrees, valid, possibly empty.
    """
    cells = network.land(kerb_m, block_m2)
    areas = []
    for distance_m in distances_m:
        budget_m = budgets_of(network, attachment, distance_m)
        remaining_m = remaining_union(network, attachment, budget_m)
        stretches = cut_edges(network.edges, remaining_m, attachment, budget_m)
        areas.append(outline_stretches(cells, stretches, network.plane))
    return areas


def bands(
    network: Network,
    attachment: Attachment,
    *,
    speed_kmh: float = 15.0,
    minutes: Sequence[float] = (5.0, 10.0, 15.0),
    kerb_m: float = KERB_M,
) -> gpd.GeoDataFrame:
    """Return isochrone bands that do not overlap, the nearest first.

    Returns
    -------
    GeoDataFrame
        ``from_min`` (above), ``to_min`` (up to), ``geometry`` in EPSG:4326.
    """
    steps = sorted(minutes)
    areas = reach_union(
        network, attachment, [step * speed_kmh / 0.06 for step in steps], kerb_m=kerb_m
    )
    rings = [areas[0]] + [_polygons_of(outer.difference(inner)) for inner, outer in pairwise(areas)]
    return gpd.GeoDataFrame(
        {"from_min": [0.0, *steps[:-1]], "to_min": steps}, geometry=rings, crs="EPSG:4326"
    )


def budgets_of(network: Network, attachment: Attachment, distance_m: ArrayLike) -> Floats:
    """Return one budget a station; unknown is nothing, endless as much as there is of street."""
    budget_m = np.empty(attachment.edge.shape)
    budget_m[:] = distance_m
    budget_m[np.isnan(budget_m)] = 0.0
    return np.minimum(budget_m, network.length_km * 1000 + 1.0)


def _polygons_of(shape: BaseGeometry) -> MultiPolygon:
    """Return the polygons of an overlay's result; touching outlines leave lines and points."""
    parts = shapely.get_parts(shape)
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])
