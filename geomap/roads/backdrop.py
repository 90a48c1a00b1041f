"""The streets as a light base map: few classes far out, all of them close by, no tile server."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.roads.network import Network
from geomap.roads.plane import Plane
from geomap.roads.rules import CLASSES, rank_class


@dataclass(frozen=True, slots=True)
class Tier:
    """What is drawn from afar.

    ``tier`` 0 is the farthest; ``classes`` those shown (links go with their street, "" is a line
    without a class); lines leave their course by at most ``tolerance_m``: about half a pixel at
    the tier's closest zoom, 36° north.
    """

    tier: int
    classes: tuple[str, ...]
    tolerance_m: float


_FAR = ("motorway", "trunk", "primary")
#: A browser fetches one tier at a time, so the nearer one repeats the far one's streets, finer.
TIERS = (Tier(0, _FAR, 60.0), Tier(1, (*_FAR, "secondary", "tertiary", ""), 15.0))


def base_lines(network: Network) -> gpd.GeoDataFrame:
    """Return simplified street lines, one row per tier and class.

    Carriageways and pieces of one class are merged into long lines before they are simplified.
    Motorways are drawn although the profile may not ride them.

    Returns
    -------
    GeoDataFrame
        ``tier``, ``highway``, ``geometry`` (MultiLineString, EPSG:4326), in the
        order of tier and importance.
    """
    lines, rank = _all_lines(network)
    rows = [
        (tier.tier, word, _draw(lines[chosen], tier.tolerance_m, network.plane))
        for tier in TIERS
        for word in tier.classes
        if (chosen := np.isin(rank, _ranks_of(word))).any()
    ]
    return gpd.GeoDataFrame(
        rows, columns=["tier", "highway", "geometry"], geometry="geometry",
        crs="EPSG:4326",
    )  # fmt: skip


def _ranks_of(word: str) -> list[int]:
    link = f"{word}_link"
    return [rank_class(word), *([rank_class(link)] if link in CLASSES else [])]


def _all_lines(network: Network) -> tuple[NDArray[np.object_], NDArray[np.uint8]]:
    """Return the network's edges and the backdrop as lines in the plane, with their classes."""
    edges, backdrop = network.edges, network.backdrop
    parts = []
    for (x, y), starts in (
        (network.vertex_xy, edges.starts),
        (network.plane.to_metres(backdrop.lon, backdrop.lat), backdrop.starts),
    ):
        number = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        parts.append(shapely.linestrings(np.column_stack([x, y]), indices=number))
    return np.concatenate(parts), np.concatenate([edges.rank, backdrop.rank])


def _draw(lines: NDArray[np.object_], tolerance_m: float, plane: Plane) -> shapely.MultiLineString:
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    simple = shapely.get_parts(shapely.simplify(merged, tolerance_m, preserve_topology=False))
    # What is shorter than its own tolerance is a dot at this zoom.
    seen = simple[shapely.length(simple) >= tolerance_m]
    kept = seen if len(seen) else simple
    return shapely.transform(
        shapely.multilinestrings(kept), lambda xy: np.column_stack(plane.to_degrees(*xy.T))
    )
