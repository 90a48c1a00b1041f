"""cover: areas and shares of the stations, on roads and ground where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap import roads
from geomap.coverage import Coverage, circle_radius_m, cover, hours_table
from geomap.coverage.circles import draw_circles
from geomap.model.counting import is_listed, is_placed
from geomap.model.edition import Trial
from geomap.pages.published import MOST_STATIONS
from geomap.pipeline.by_road import ByRoad, cover_by_road, read_network
from geomap.pipeline.ground import OnStreets, gather_ground
from geomap.pipeline.reference import Reference
from geomap.pipeline.trial import gather_trial

#: Areas by road are drawn one by one of so many stations at most: 3 ms each.
MOST_OWN_AREAS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What stations reach.

    Attributes
    ----------
    by_road, coverage : areas, bands and shares.
    network, ground : what they were measured on; None without a road file.
    people_from : ``demand``, ``homes``, ``streets`` or ``land``.
    reference : the folder's reference data.
    trial : what a trial in the browser counts with; None without a road file.
    demand : where people are, as given (``lon lat weight``); None where nobody gave it.
    """

    by_road: ByRoad
    coverage: Coverage
    network: roads.Network | None
    ground: OnStreets | None
    people_from: str
    reference: Reference
    trial: Trial | None = None
    demand: pd.DataFrame | None = None

    def tell_hours(self, stations: gpd.GeoDataFrame) -> pd.DataFrame:
        """Return the shares of each hour of a week (columns of hours.csv)."""
        return hours_table(
            stations,
            self.reference.districts,
            self.reference.settings.envelopes,
            detour_factor=self.by_road.detour_factor,
            coverage=self.coverage,
            ground=self.ground.ground if self.ground else None,
            on_network=self.by_road.on_network,
            reach_group=self.by_road.reach_group,
        )


def own_areas(stations: gpd.GeoDataFrame, measured: Measured) -> gpd.GeoDataFrame | None:
    """Return what each listed station reaches of the headline; None where nothing would show it.

    A huge map has no GeoPackage, and areas by road are drawn of :data:`MOST_OWN_AREAS` at most.

    Returns
    -------
    GeoDataFrame
        ``station_id name envelope_id method uncertainty_m geometry``: by road where the network
        speaks for the station, else a circle, as if it were at its best-known place.
    """
    envelope, by_road = measured.reference.settings.headline, measured.by_road
    if len(stations) > MOST_STATIONS or len(by_road.on_network) > MOST_OWN_AREAS:
        return None
    rows = stations[is_listed(stations) & is_placed(stations)]
    areas = by_road.each_area(envelope) if envelope.method == "network" else {}
    radius_m = np.full(len(rows), circle_radius_m(envelope, by_road.detour_factor))
    circles = draw_circles(rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy(), radius_m)
    ids = rows["station_id"].tolist()
    table = rows[["station_id", "name", "uncertainty_m"]].assign(
        envelope_id=envelope.id, method=["network" if one in areas else "circle" for one in ids]
    )
    shapes = [areas.get(one, circle) for one, circle in zip(ids, circles, strict=True)]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=4326).sort_values("station_id")


def measure(
    stations: gpd.GeoDataFrame,
    files: Sequence[Path],
    demand: pd.DataFrame | None,
    reference: Reference,
    homes: pd.DataFrame | None = None,
    taken: roads.Taken | None = None,
) -> Measured:
    """Return what the stations reach, of the land and of the people (``homes``: of a map).

    ``taken``: the streets of maps that were read before.
    """
    settings, districts = reference.settings, reference.districts
    network = read_network(files, taken)
    ground = None
    if network is not None:
        ground = gather_ground(network, districts, settings, reference.population, demand, homes)
    by_road = cover_by_road(stations, network, settings, ground=ground, files=files)
    coverage = cover(
        stations,
        districts,
        settings.envelopes,
        detour_factor=by_road.detour_factor,
        reached=by_road.reached,
        demand=demand,
        ground=ground.ground if ground else None,
        population=reference.population if demand is None else None,
    )
    people_from = "demand" if demand is not None else _spread_over(ground)
    trial = None
    if network is not None and ground is not None and by_road.feet is not None:
        codes = sorted(districts["district_code"])
        trial = gather_trial(network, by_road.feet, ground, codes)
    return Measured(by_road, coverage, network, ground, people_from, reference, trial, demand)


def _spread_over(ground: OnStreets | None) -> str:
    if ground is None:
        return "land"
    return "homes" if ground.ground.from_homes else "streets"
