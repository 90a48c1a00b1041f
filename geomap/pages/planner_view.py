"""What the planners' map shows first."""

from __future__ import annotations

from typing import Any

import shapely

from geomap.model.counting import LISTED_ROLES, is_placed, roles
from geomap.model.edition import Edition
from geomap.pages.frame import CHINA
from geomap.pages.planner_facts import list_districts

Bounds = tuple[float, float, float, float]
#: Degrees around the stations: about the headline's 2.5 km.
_MARGIN = 0.02
#: So few stations, so many degrees apart (200 km), are dots that say nothing: the district that
#: has most of them is shown first.
_FEW, _FAR = 100, 2.0


def first_view(edition: Edition) -> Bounds:
    """Return west, south, east, north in degrees (WGS-84) of what is shown first."""
    return bounds_of(edition, first_district(edition))


def say_first(edition: Edition) -> dict[str, Any] | None:
    """Return the row of the one district shown first, and the bounds of all; None: all are."""
    codes = list(list_districts(edition)["district_code"])
    code = first_district(edition)
    return {"home": codes.index(code), "all": bounds_of(edition)} if code in codes else None


def bounds_of(edition: Edition, district: str = "") -> Bounds:
    """Return bounds of a district's stations; of all there are, else of districts, else China."""
    home = edition.stations["district_code"]
    points = edition.stations.geometry[home.eq(district) if district else home.astype(bool)]
    for shapes, margin in ((points, _MARGIN), (edition.districts.geometry, 0.0)):
        if len(known := shapes[shapes.notna() & ~shapes.is_empty]):
            west, south, east, north = shapely.total_bounds(known.to_numpy()).tolist()
            return (
                round(west - margin, 4), round(south - margin, 4),
                round(east + margin, 4), round(north + margin, 4),
            )  # fmt: skip
    return CHINA


def first_district(edition: Edition) -> str:
    """Return district_code of the most stations where few lie far apart; else "".

    Planned ones count: she looks for them, too.
    """
    stations = edition.stations
    shown = roles(stations).isin((*LISTED_ROLES, "planned")) & is_placed(stations)
    counts = stations.loc[shown & stations["district_code"].astype(bool), "district_code"]
    west, south, east, north = bounds_of(edition)
    if not len(counts) or len(stations) > _FEW or max(east - west, north - south) < _FAR:
        return ""
    most = counts.value_counts()
    return str(min(most.index[most == most.max()]))
