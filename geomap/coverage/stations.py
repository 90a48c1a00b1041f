"""Which rows of the built table reach anybody, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geomap.coverage.plane import Floats
from geomap.model.counting import is_in_place, is_listed, is_placed, roles
from geomap.model.records import InputError
from geomap.places.datum import is_in_china

Booleans = npt.NDArray[np.bool_]
_NEEDED = ("station_id", "kind", "status", "access", "precision", "uncertainty_m", "geometry")


@dataclass(frozen=True, slots=True)
class Counted:
    """Stations that reach somebody today.

    Attributes
    ----------
    lon, lat : degrees, WGS-84.
    uncertainty_m : metres; the true place is within.
    sure : access is known to be open and the place does not contradict the stated district. The
        others are possible only: in ``share_high``, never in ``share`` or ``share_low``, since
        nobody knows a chance for "may I enter" that could be weighed.
    """

    station_id: npt.NDArray[np.object_]
    lon: Floats
    lat: Floats
    uncertainty_m: Floats
    sure: Booleans

    def take(self, rows: Booleans) -> Counted:
        """Some of them."""
        return Counted(
            self.station_id[rows], self.lon[rows], self.lat[rows], self.uncertainty_m[rows],
            self.sure[rows],
        )  # fmt: skip


def count_stations(stations: gpd.GeoDataFrame) -> Counted:
    """The rows that count: listed (:mod:`geomap.model.counting`), with a position in China.

    A point abroad, at a pole or at the antimeridian reaches no district of ours, and there a
    circle in degrees is no polygon.

    Raises
    ------
    InputError
        When a column is missing, or the coordinates are not WGS-84 (EPSG:4326).
    """
    _check(stations)
    rows = stations[(is_listed(stations) & is_placed(stations)).to_numpy(bool)]
    rows = rows[is_in_china(rows.geometry.x, rows.geometry.y)]
    return Counted(
        rows["station_id"].to_numpy(object),
        rows.geometry.x.to_numpy(np.float64),
        rows.geometry.y.to_numpy(np.float64),
        np.maximum(rows["uncertainty_m"].to_numpy(np.float64), 0.0),
        (roles(rows).eq("certain") & is_in_place(rows)).to_numpy(bool),
    )


def _check(stations: gpd.GeoDataFrame) -> None:
    missing = [name for name in _NEEDED if name not in stations.columns]
    if missing:
        raise InputError(
            f"stations: lacks the columns {', '.join(missing)}",
            code="column-missing", where="stations", detail="、".join(missing),
        )  # fmt: skip
    if len(stations) and (stations.crs is None or stations.crs.to_epsg() != 4326):
        raise InputError(
            "stations: coverage needs WGS-84 points (EPSG:4326)",
            code="road-crs-unknown", where="stations",
        )  # fmt: skip
