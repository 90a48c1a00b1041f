"""The offline ladder behind geopy's port, so that whatever speaks geopy can ask it.

``Offline`` answers from the shipped tables and asks no network; ``Ladder`` puts any geocoders in
an order of trust. Tables of rows take :func:`geomap.places.place_stations`, the same rungs at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geomap.places.districts import assign_districts
from geomap.places.index import Places
from geomap.places.rungs import PLACED, place_stations

#: Words of a structured query, as columns of a ledger.
PARTS = ("name", "address", "province", "city", "district", "township", "community")


class Offline(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocode Chinese places offline: community, township, zone, district or city.

    Parameters
    ----------
    places : what :func:`geomap.places.read_places` returns.
    districts : polygons, as :func:`geomap.places.districts.read_districts` returns them.

    Notes
    -----
    ``Location.raw`` has ``precision`` (:data:`geomap.model.tables.PRECISIONS`), ``uncertainty_m``
    (holds
    the true place with 95 %), ``provider``, ``matched`` and ``datum``, which is always ``wgs84``.
    """

    def __init__(self, places: Places, districts: gpd.GeoDataFrame) -> None:
        super().__init__()
        self._places, self._districts = places, districts

    def geocode(
        self, query: str | Mapping[str, str], exactly_one: bool = True
    ) -> Location | list[Location] | None:
        """Return where ``query`` is, or None where nobody knows; a list unless ``exactly_one``.

        Parameters
        ----------
        query : an address in one line, or a mapping with some of :data:`PARTS`.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            The query is empty or has a part of another name.
        """
        words = _read_query(query)
        row = place_stations(pd.DataFrame([words]), self._places).iloc[0]
        if not math.isfinite(row["lon"]):
            return None
        raw = {name: row[name] for name in PLACED if name not in ("lon", "lat")}
        raw["uncertainty_m"] = float(raw["uncertainty_m"])
        address = str(row["matched"]) or " ".join(words.values())
        found = Location(address, (row["lat"], row["lon"]), raw | {"datum": "wgs84"})
        return found if exactly_one else [found]

    def reverse(
        self, query: Point | str | tuple[float, float], exactly_one: bool = True
    ) -> Location | list[Location] | None:
        """Return the county-level division that a point lies in, or None outside all of them.

        Parameters
        ----------
        query : latitude, longitude (WGS-84 degrees), in the order that geopy asks for.
        """
        point = Point(query)
        districts = self._districts
        joined = assign_districts(
            np.array([point.longitude]), np.array([point.latitude]), districts
        ).iloc[0]
        row = districts[districts["district_code"] == joined["district_code"]]
        if row.empty:
            return None
        names = row.iloc[0][["province", "city", "district"]].tolist()
        raw = {"district_code": joined["district_code"], "outcome": joined["outcome"],
               "precision": "district", "provider": "district", "datum": "wgs84"}  # fmt: skip
        found = Location("".join(dict.fromkeys(names)), (point.latitude, point.longitude), raw)
        return found if exactly_one else [found]


class Ladder(Geocoder):  # type: ignore[misc]
    """Ask geocoders in order; the first answer that is sharp enough wins, else the sharpest.

    Parameters
    ----------
    rungs : geocoders whose ``Location.raw`` tells ``uncertainty_m``; most trusted first.
    sharp_m : an answer known to so many metres is taken without asking further.
    """

    def __init__(self, rungs: Sequence[Geocoder], sharp_m: float = 150.0) -> None:
        super().__init__()
        self._rungs, self._sharp_m = tuple(rungs), sharp_m

    def geocode(self, query: str | Mapping[str, str]) -> Location | None:
        """Return the best answer, or None where no rung has one. Errors of a rung are raised."""
        best: Location | None = None
        for rung in self._rungs:
            found = rung.geocode(query)
            if found is None:
                continue
            if best is None or _radius_m(found) < _radius_m(best):
                best = found
            if _radius_m(best) <= self._sharp_m:
                break
        return best


def _radius_m(location: Location) -> float:
    """Metres; an answer that does not say how sure it is comes last."""
    return float(location.raw.get("uncertainty_m", math.inf))


def _read_query(query: str | Mapping[str, str]) -> dict[str, str]:
    words = {"address": query} if isinstance(query, str) else dict(query)
    unknown = sorted(set(words) - set(PARTS))
    if unknown:
        raise GeocoderQueryError(f"{', '.join(unknown)}: no part of a query; use {PARTS}")
    if not any(word.strip() for word in words.values()):
        raise GeocoderQueryError("the query is empty")
    return words
