"""Year by year: how many stations there were, whom they served, and what is planned."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geomap.coverage import Envelope, circle_radius_m
from geomap.model.counting import is_in_place, is_placed, roles
from geomap.model.edition import Years
from geomap.model.tables import OPEN_STATUSES
from geomap.pipeline.gaps import demand_places
from geomap.pipeline.measure import Measured
from geomap.pipeline.reach import Places, Sources, reach_places
from geomap.stations.status_on import status_on

#: Years that are told, the latest.
MOST_YEARS = 60


def count_years(
    stations: gpd.GeoDataFrame, measured: Measured, envelope: Envelope, today: str
) -> Years | None:
    """Return the table of years; None where no row says when it opens or closes.

    A station counts, where it is known best, for whoever reaches it in the envelope's time at the
    end of the year; one that nobody can date counts among ``maybe_count`` and ``served_high``.

    Parameters
    ----------
    today : the edition's day: from its year on the ledger itself says who is open.
    """
    as_open = roles(stations.assign(status="operating")).eq("certain")
    rows = stations[as_open & is_in_place(stations)]
    dated = [*rows["opened_on"], *rows["closed_on"]]
    known = sorted({day[:4] for day in dated if day})
    if not known or not today:
        return None
    places, unit = demand_places(stations, measured)
    placed = is_placed(rows).to_numpy(bool)
    reached = _reach(rows[placed], measured, envelope, places)
    years = range(int(known[0]), max(int(known[-1]), int(today[:4])) + 1)[-MOST_YEARS:]
    lines = [_count(str(year), today[:4], rows, placed, reached, places) for year in years]
    is_open, is_planned = rows["status"].isin(OPEN_STATUSES), rows["status"].eq("planned")
    is_shut = rows["status"].isin(["closed", "suspended"])
    return Years(
        pd.DataFrame(lines), unit, round(float(places.weight.sum()), 2),
        int((is_open & rows["opened_on"].eq("")).sum()),
        int((is_shut & rows["closed_on"].eq("")).sum()),
        int((is_planned & rows["opened_on"].eq("")).sum()),
    )  # fmt: skip


def _reach(
    rows: gpd.GeoDataFrame, measured: Measured, envelope: Envelope, places: Places
) -> csr_array:
    settings, network = measured.reference.settings, measured.network
    x, y, size = rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy(), np.ones(len(rows))
    by_road = np.zeros(len(rows), dtype=bool)
    if network is not None and envelope.method == "network" and len(rows):
        held = network.attach(x, y, settings.snap_m, settings.longest_road_m)
        sharp = rows["uncertainty_m"].to_numpy(float) <= settings.handoff_max_uncertainty_m
        by_road = held.is_on_network & sharp & shapely.contains_xy(network.area, x, y)
    circle_m = size * circle_radius_m(envelope, measured.by_road.detour_factor)
    sources = Sources(x, y, size * envelope.radius_m, circle_m, by_road)
    return reach_places(network, settings, sources, places)


def _count(
    year: str, this_year: str, rows: gpd.GeoDataFrame, placed: NDArray[np.bool_],
    reached: csr_array, places: Places,
) -> dict[str, object]:  # fmt: skip
    status = rows["status"] if year >= this_year else status_on(rows, f"{year}-12-31")
    role = roles(rows.assign(status=status))
    there = status.ne("").to_numpy(bool)
    is_open = role.eq("certain").to_numpy(bool) & there
    maybe = role.eq("possible").to_numpy(bool) & there
    opened, closed = rows["opened_on"].str[:4], rows["closed_on"].str[:4]
    is_planned = rows["status"].eq("planned")
    due = (is_planned & opened.ne("") & opened.le(year)).to_numpy(bool) & (year >= this_year)

    def serve(chosen: NDArray[np.bool_]) -> float:
        which = np.flatnonzero(chosen[placed])
        if not len(which):
            return 0.0
        return round(float(places.weight[np.unique(reached[which].indices)].sum()), 2)

    return {
        "year": int(year),
        "open_count": int(is_open.sum()),
        "maybe_count": int(maybe.sum()),
        "opened_count": int(
            (rows["opened_on"].str[:4].eq(year) & ~rows["status"].eq("planned")).sum()
        ),
        "closed_count": int(closed.eq(year).sum()),
        "planned_count": int((opened.eq(year) & is_planned).sum()),
        "served": serve(is_open),
        "served_high": serve(is_open | maybe),
        "served_planned": serve(is_open | due),
    }
