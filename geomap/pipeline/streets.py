"""The road network on its way to the pages: what a browser needs to find ways itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from geomap import roads
from geomap.model.edition import StreetGraph, StreetLines

OSM_CREDIT = "© OpenStreetMap contributors"
_OSM_FILES = (".pbf", ".osm", ".osm.gz", ".osm.bz2", ".graphml")
_FAR = ("motorway", "trunk", "primary")


def take_streets(network: roads.Network) -> StreetGraph:
    """Return the network as the pages know it; lines nobody may use only where they are wide."""
    edges, backdrop = network.walks, network.backdrop
    wide = [roads.rank_class(word) for word in (*_FAR, *(f"{word}_link" for word in _FAR))]
    undriven = roads.take_lines(backdrop, np.isin(backdrop.rank, wide) & ~backdrop.afoot)
    return StreetGraph(
        lines=StreetLines(edges.lon, edges.lat, edges.starts, _words(edges.rank)),
        along_m=edges.along_m,
        tail=edges.tail,
        head=edges.head,
        forward=edges.forward,
        backward=edges.backward,
        afoot=edges.afoot,
        undriven=_as_lines(undriven),
        light=roads.base_lines(network),
    )


def _as_lines(streets: roads.Streets) -> StreetLines:
    return StreetLines(streets.lon, streets.lat, streets.starts, _words(streets.rank))


def _words(rank: np.ndarray) -> np.ndarray:
    return np.asarray(np.asarray(roads.CLASSES)[rank])


def credit_roads(files: Sequence[Path], network: roads.Network) -> str:
    """Return whose roads these are: OpenStreetMap's where the format or the classes are its own.

    The Open Database Licence asks that whoever sees the map is told (ODbL 1.0, 4.3).
    """
    is_osm = any(file.name.lower().endswith(_OSM_FILES) for file in files)
    classed = network.edges.rank != roads.rank_class("")
    return OSM_CREDIT if is_osm or bool(classed.any()) else ""
