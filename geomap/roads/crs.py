"""Coordinate systems as files state them."""

from __future__ import annotations

import re
from pathlib import Path

import pyproj

from geomap.roads.faults import road_fault

#: A system may name files of shifts (grids) or of definitions, which PROJ would open or fetch.
_NAMES_FILES = re.compile(
    r'grids=(?!@null)|PARAMETERFILE\["[^"]*","(?!@null")|\+init=(?!epsg:)|'
    r"^\s*(?!https?://(www\.)?opengis\.net/def/crs/)\w+://|^\s*/",
    re.IGNORECASE,
)


def parse_crs(path: Path, written: str) -> pyproj.CRS:
    """Return the coordinate system that a file states, as a code, WKT or PROJ's text.

    Raises
    ------
    InputError
        Unknown, or made from files and addresses that it names.
    """
    if _NAMES_FILES.search(written):
        raise road_fault(path, "road-crs-unknown", written[:60])
    try:
        return check_crs(path, pyproj.CRS.from_user_input(written))
    except pyproj.exceptions.CRSError as fault:
        raise road_fault(path, "road-crs-unknown", written[:60]) from fault


def check_crs(path: Path, crs: pyproj.CRS) -> pyproj.CRS:
    """Return the coordinate system; it may not name files of shifts."""
    written = crs.to_wkt()
    if _NAMES_FILES.search(written):
        raise road_fault(path, "road-crs-unknown", written[:60])
    return crs
