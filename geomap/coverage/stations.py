"""Which rows of the built table reach anybody, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geomap.coverage.plane import Floats
from geomap.records import InputError
from geomap.tables import OPEN_ACCESSES, OPEN_STATUSES, STATION_KINDS

Booleans = npt.NDArray[np.bool_]
#: Known to a city only, or not at all: drawn, but in no area and in no district's share.
UNPLACED = ("city", "none")
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
    """The rows that count: operating places to rest with a position, open or of unknown access.

    Raises
    ------
    InputError
        When a column is missing, or the coordinates are not WGS-84 (EPSG:4326).
    """
    _check(stations)
    counts = (
        stations["kind"].isin(STATION_KINDS)
        & stations["status"].isin(OPEN_STATUSES)
        & stations["access"].isin((*OPEN_ACCESSES, "unknown"))
        & ~stations["precision"].isin(UNPLACED)
        & stations["uncertainty_m"].notna()
        & ~(stations.geometry.isna() | stations.geometry.is_empty)
    )
    rows = stations[counts.to_numpy(bool)]
    return Counted(
        rows["station_id"].to_numpy(object),
        rows.geometry.x.to_numpy(np.float64),
        rows.geometry.y.to_numpy(np.float64),
        np.maximum(rows["uncertainty_m"].to_numpy(np.float64), 0.0),
        rows["access"].isin(OPEN_ACCESSES).to_numpy(bool) & _is_in_place(rows),
    )


def _is_in_place(rows: gpd.GeoDataFrame) -> Booleans:
    """Not known to lie outside the stated district; a row that states none is in place."""
    if "in_district" not in rows.columns:
        return np.ones(len(rows), dtype=bool)
    return np.asarray(~rows["in_district"].isin([False]).to_numpy(bool))


def _check(stations: gpd.GeoDataFrame) -> None:
    missing = [name for name in _NEEDED if name not in stations.columns]
    if missing:
        raise InputError(f"stations: lacks the columns {', '.join(missing)}")
    if len(stations) and (stations.crs is None or stations.crs.to_epsg() != 4326):
        raise InputError("stations: coverage needs WGS-84 points (EPSG:4326)")
