"""Layers for any folium map: districts, stations, service areas, bands, streets, place names.

>>> m = folium.Map(tiles=None)
>>> layer = Stations(stations, facts=["opening_hours"]).add_to(m)
>>> m.fit_bounds(layer.get_bounds())
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import geopandas as gpd

from geomap.layers.layer import LINES, POINTS, POLYGONS, GeoLayer
from geomap.layers.table import LayerError

__all__ = [
    "Bands", "Districts", "LayerError", "PlaceNames", "ServiceAreas", "Stations", "Streets",
]  # fmt: skip

Table: TypeAlias = gpd.GeoDataFrame | gpd.GeoSeries
Facts: TypeAlias = Iterable[str] | Mapping[str, str]


class Districts(GeoLayer):
    """Outlines of districts, shaded by a share where one is given.

    Parameters
    ----------
    districts : polygons in any known CRS.
    label : column with the name that a tooltip shows; None: none.
    share : column with a number from 0 to 1; an unknown one is dashed, not shaded.
    facts, options : as in :class:`GeoLayer` (``name``, ``show``, ``control``, ``overlay``).
    """

    kinds = POLYGONS

    def __init__(
        self, districts: Table, *, label: str | None = None, share: str | None = None,
        facts: Facts = (), **options: Any,
    ) -> None:  # fmt: skip
        values = {"label": label, "share": share}
        super().__init__(districts, values=values, facts=facts, **options)


class Stations(GeoLayer):
    """Stations as points; those whose place is not exact are hollow and carry their radius.

    Parameters
    ----------
    stations : points in any known CRS; rows without a point are not drawn.
    label : column with the name that a tooltip shows; None: none.
    uncertainty_m : column with the radius (metres) that holds the true place; None: all exact.
    sharp_m : metres of uncertainty up to which a point is drawn full.
    color : of all points, as CSS writes it.
    facts, options : as in :class:`GeoLayer`.
    """

    kinds = POINTS

    def __init__(
        self, stations: Table, *, label: str | None = None, uncertainty_m: str | None = None,
        sharp_m: float = 150, color: str = "#b3261e", facts: Facts = (), **options: Any,
    ) -> None:  # fmt: skip
        values = {"label": label, "uncertainty_m": uncertainty_m}
        look = {"sharp_m": sharp_m, "color": color}
        super().__init__(stations, values=values, facts=facts, options=look, **options)


class ServiceAreas(GeoLayer):
    """What stations reach: certain land full, possible land outlined, circles dashed.

    Parameters
    ----------
    areas : polygons in any known CRS.
    coverage : column with ``certain`` or ``possible``; None: all certain.
    method : column with ``network`` or ``circle`` (a straight-line estimate); None: not said.
    color, facts, options : as in :class:`Stations`.
    """

    kinds = POLYGONS

    def __init__(
        self, areas: Table, *, coverage: str | None = None, method: str | None = None,
        color: str = "#1b6e4b", facts: Facts = (), **options: Any,
    ) -> None:  # fmt: skip
        values = {"coverage": coverage, "method": method}
        super().__init__(areas, values=values, facts=facts, options={"color": color}, **options)


class Bands(GeoLayer):
    """Isochrone bands: the farther, the lighter; the largest lies lowest.

    Parameters
    ----------
    bands : polygons in any known CRS, each with all land reached within its minutes.
    minutes : column with the minutes.
    color, facts, options : as in :class:`Stations`.
    """

    kinds = POLYGONS

    def __init__(
        self, bands: Table, *, minutes: str = "to_min", color: str = "#1b6e4b",
        facts: Facts = (), **options: Any,
    ) -> None:  # fmt: skip
        ordered = bands.sort_values(minutes, ascending=False) if minutes in bands else bands
        values = {"minutes": minutes}
        super().__init__(ordered, values=values, facts=facts, options={"color": color}, **options)


class Streets(GeoLayer):
    """Streets as thin lines, the larger ones wider.

    Parameters
    ----------
    streets : lines in any known CRS.
    highway : column with OpenStreetMap's class (``primary``, ``residential``, …); None: all thin.
    label, color, facts, options : as in :class:`Stations`.
    """

    kinds = LINES

    def __init__(
        self, streets: Table, *, highway: str | None = None, label: str | None = None,
        color: str = "#8a94a3", facts: Facts = (), **options: Any,
    ) -> None:  # fmt: skip
        values = {"highway": highway, "label": label}
        super().__init__(streets, values=values, facts=facts, options={"color": color}, **options)


class PlaceNames(GeoLayer):
    """Names written on the map at their points, each from a zoom on.

    Parameters
    ----------
    places : points in any known CRS.
    label : column with the name.
    min_zoom : column with the zoom from which a name is written; None: always.
    options : as in :class:`GeoLayer`.
    """

    kinds = POINTS

    def __init__(
        self, places: Table, *, label: str = "name", min_zoom: str | None = None, **options: Any
    ) -> None:
        super().__init__(places, values={"label": label, "min_zoom": min_zoom}, **options)
