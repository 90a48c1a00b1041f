"""The ellipsoid in the two forms that coverage needs: local metres, and a plane of equal area.

Everything is WGS-84. The plane is Lambert's cylindrical equal-area projection of the ellipsoid
(authalic latitude, Snyder 1987, eq. 3-12): areas in it are areas on the ground, wherever.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[np.object_]

SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY_2 = 0.00669437999014
_E = ECCENTRICITY_2**0.5
#: Shapes that are copied into the plane at a time.
_AT_ONCE = 10_000


def metres_per_degree(lat: Floats) -> tuple[Floats, Floats]:
    """Metres of one degree of longitude and of latitude at a latitude (degrees)."""
    phi = np.radians(lat)
    w2 = 1 - ECCENTRICITY_2 * np.sin(phi) ** 2
    east = SEMI_MAJOR_M / np.sqrt(w2) * np.cos(phi)
    north = SEMI_MAJOR_M * (1 - ECCENTRICITY_2) / w2**1.5
    return np.radians(east), np.radians(north)


def to_plane(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Equal-area x and y in metres of positions in degrees."""
    sine = np.sin(np.radians(lat))
    part = sine / (1 - ECCENTRICITY_2 * sine**2) + np.arctanh(_E * sine) / _E
    return SEMI_MAJOR_M * np.radians(lon), SEMI_MAJOR_M * (1 - ECCENTRICITY_2) / 2 * part


def number_squares(lon: Floats, lat: Floats, side: float) -> npt.NDArray[np.int64]:
    """Return a whole number for the square (degrees) of each place, from south-west on by columns.

    One number sorts ten times as fast as a pair; a turn has 180,000 squares of 0.002°.
    """
    column, row = (np.floor(axis / side).astype(np.int64) for axis in (lon, lat))
    return np.asarray(column * 1_000_000 + row)


def shapes_to_plane(shapes: Geometries) -> Geometries:
    """Copies of shapes in degrees, in the equal-area plane (metres)."""

    def move(points: Floats) -> Floats:
        return np.column_stack(to_plane(points[:, 0], points[:, 1]))

    return np.asarray(shapely.transform(shapes, move), dtype=object)


def areas_m2(shapes: Geometries) -> Floats:
    """Area on the ground of each shape given in degrees, in square metres."""
    if len(shapes) > _AT_ONCE:  # copies of a country's circles would take half a gigabyte
        parts = np.split(shapes, range(_AT_ONCE, len(shapes), _AT_ONCE))
        return np.concatenate([areas_m2(part) for part in parts])
    return np.asarray(shapely.area(shapes_to_plane(shapes)), dtype=np.float64)
