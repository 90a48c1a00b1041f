"""plan: what the next stations, hours and visits would change, and which are best."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geomap.coverage import Envelope, circle_radius_m
from geomap.hours import parse_hours, week_hours
from geomap.model.counting import is_in_place, is_placed, roles
from geomap.model.records import SettingsError, Skip
from geomap.model.tables import CANDIDATES
from geomap.pipeline.build import Built, Order, make_edition
from geomap.pipeline.demand import read_demand_file
from geomap.pipeline.gaps import demand_places
from geomap.pipeline.measure import Measured
from geomap.pipeline.places import pick_candidates
from geomap.pipeline.reach import Places, Sources, reach_places
from geomap.plan import MOBILE_HOURS, WEEK_HOURS, Option, Outcome, Stock, Task, pose, solve

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
#: Points across a district where nothing says where people live.
_ACROSS = 80
#: Which actions each word of --actions allows.
ALLOWED = {
    "sites": ("new_site", "open_planned"),
    "hours": ("longer_hours", "mobile_visit"),
    "both": ("new_site", "open_planned", "longer_hours", "mobile_visit"),
}


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """What a plan is asked for: at most ``sites`` actions, at most ``budget`` yuan."""

    geodata: Path
    sites: int
    envelope: str = ""
    actions: str = "sites"
    roads: tuple[Path, ...] = ()
    candidates: Path | None = None
    demand: Path | None = None
    budget: float | None = None
    seconds: float = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """A plan and what its numbers stand for.

    Attributes
    ----------
    unit : people, or km2 of served land where nobody knows the people.
    stations : those that are certain and stay.
    unknown_hours : how many of them nobody knows the hours of.
    made, measured : the edition that it was made of, and what that was measured on.
    """

    order: PlanOrder
    envelope: Envelope
    method: str
    unit: str
    people_from: str
    task: Task
    outcome: Outcome
    stations: gpd.GeoDataFrame
    unknown_hours: int
    made: Built
    measured: Measured
    skips: tuple[Skip, ...]


def make_plan(order: PlanOrder, progress: Callable[[str], None] = lambda _: None) -> Planned:
    """Return the best actions for the demand that no certain station covers yet.

    Raises
    ------
    GeomapError
        A file or a setting cannot be used.
    """
    candidates = read_demand_file(order.candidates, CANDIDATES)
    demand = read_demand_file(order.demand)
    made, measured = make_edition(
        Order(order.geodata, Path(), order.roads, demand=order.demand, clock=False), progress
    )
    progress("reach")
    scene = _Scene(made, measured, order)
    options = list(_Options(scene, candidates.rows, ALLOWED[order.actions]))
    by_hour = order.actions != "sites"
    stock = Stock(scene.reached, scene.is_open)
    task = pose(
        scene.places.weight, stock, options, order.sites, by_hour=by_hour, budget=order.budget
    )
    progress("choose")
    outcome = solve(task, seconds=order.seconds)
    return Planned(
        order, scene.envelope, scene.method, scene.unit, made.edition.people_from, task, outcome,
        scene.certain, int(scene.is_unknown.sum()),
        made, measured,
        (*candidates.skips, *demand.skips),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Scene:
    """Demand, certain stations and reach of one envelope."""

    made: Built
    measured: Measured
    order: PlanOrder

    @cached_property
    def envelope(self) -> Envelope:
        settings, wanted = self.made.edition.settings, self.order.envelope
        by_id = {envelope.id: envelope for envelope in settings.envelopes}
        if not wanted or wanted in by_id:
            return by_id.get(wanted, settings.headline)
        raise SettingsError(
            f"--envelope {wanted}: unknown; there are {', '.join(by_id)}",
            code="envelope-unknown", where="--envelope", detail="、".join(by_id),
        )  # fmt: skip

    @property
    def method(self) -> str:
        by_road = self.envelope.method == "network" and self.measured.network is not None
        return "network" if by_road else "circle"

    @cached_property
    def _demanded(self) -> tuple[Places, str]:
        return demand_places(self.made.edition.stations, self.measured, _ACROSS)

    @property
    def places(self) -> Places:
        return self._demanded[0]

    @property
    def unit(self) -> str:
        return self._demanded[1]

    @cached_property
    def certain(self) -> gpd.GeoDataFrame:
        rows = self.made.edition.stations
        return rows[roles(rows).eq("certain") & is_in_place(rows) & is_placed(rows)]

    @cached_property
    def is_open(self) -> Booleans:
        weeks = [week_hours(osm)[0].ravel() for osm in self.certain["opening_hours"].fillna("")]
        return np.array(weeks, dtype=bool).reshape(-1, WEEK_HOURS)

    @cached_property
    def is_unknown(self) -> Booleans:
        weeks = [week_hours(osm)[1].all() for osm in self.certain["opening_hours"].fillna("")]
        return np.array(weeks, dtype=bool)

    @cached_property
    def reached(self) -> csr_array:
        unsure = self.certain["uncertainty_m"].to_numpy(np.float64)
        on_road = self.certain["station_id"].isin(self.made.edition.on_network).to_numpy(bool)
        return self.reach(
            self.certain.geometry.x.to_numpy(), self.certain.geometry.y.to_numpy(), unsure, on_road
        )

    def reach_new(self, lon: Floats, lat: Floats) -> csr_array:
        """Return what stations at these places would reach."""
        network, on_road = self.measured.network, np.zeros(len(lon), dtype=bool)
        if network is not None:
            settings = self.made.edition.settings
            held = network.attach(lon, lat, settings.snap_m, settings.longest_road_m)
            on_road = held.is_on_network & shapely.contains_xy(network.area, lon, lat)
        return self.reach(lon, lat, np.zeros(len(lon)), on_road)

    def reach(self, lon: Floats, lat: Floats, unsure_m: Floats, on_road: Booleans) -> csr_array:
        """Return (sources, places), 1 where reached for certain."""
        settings = self.made.edition.settings
        circle_m = circle_radius_m(self.envelope, settings.detour_factor)
        by_road = on_road & (self.method == "network")
        sources = Sources(lon, lat, self.envelope.radius_m - unsure_m, circle_m - unsure_m, by_road)
        return reach_places(self.measured.network, settings, sources, self.places)


@dataclass(frozen=True, eq=False)
class _Options:
    """All that could be done."""

    scene: _Scene
    written: pd.DataFrame | None
    allowed: tuple[str, ...]

    def __iter__(self) -> Iterator[Option]:
        if {"new_site", "mobile_visit"} & {*self.allowed}:
            yield from self._at_candidates()
        if "open_planned" in self.allowed:
            yield from self._planned()
        if "longer_hours" in self.allowed:
            yield from self._longer()

    @cached_property
    def _target(self) -> Booleans:
        return _week(self.scene.made.edition.settings.candidate_hours)

    @cached_property
    def _costs(self) -> dict[str, float]:
        rows = self.written
        return {} if rows is None else dict(zip(rows["id"], rows["cost"], strict=True))

    def _candidates(self) -> pd.DataFrame:
        if self.written is not None:
            return self.written[
                ~self.written["id"].isin(self.scene.made.edition.stations.station_id)
            ]
        left = self.scene.places.weight.copy()
        if "longer_hours" not in self.allowed:
            left[self.scene.reached.indices] = 0.0
        return pick_candidates(self.scene.places, left)

    def _at_candidates(self) -> Iterator[Option]:
        rows = self._candidates()
        lon, lat, cost = (rows[name].to_numpy(np.float64) for name in ("lon", "lat", "cost"))
        reached, visits = self.scene.reach_new(lon, lat), _week(MOBILE_HOURS)
        for number, name in enumerate(rows["id"].astype(str)):
            where = (name, "", lon[number], lat[number], _row(reached, number))
            if "new_site" in self.allowed:
                yield Option("new_site", *where, self._target, cost[number])
            if "mobile_visit" in self.allowed:
                yield Option("mobile_visit", *where, visits)

    def _planned(self) -> Iterator[Option]:
        rows = self.scene.made.edition.stations
        rows = rows[roles(rows).eq("planned") & is_placed(rows)]
        x, y = rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy()
        reached = self.scene.reach_new(x, y)
        for number, row in enumerate(rows.itertuples()):
            stated = row.opening_hours or ""
            hours = week_hours(stated)[0].ravel() if stated else self._target
            yield Option(
                "open_planned", row.station_id, row.name, x[number], y[number],
                _row(reached, number), hours, self._costs.get(row.station_id, np.nan),
            )  # fmt: skip

    def _longer(self) -> Iterator[Option]:
        rows, scene = self.scene.certain, self.scene
        for number, row in enumerate(rows.itertuples()):
            # Who does not say when it is open may be open already: ask first.
            if not scene.is_unknown[number] and (self._target & ~scene.is_open[number]).any():
                yield Option(
                    "longer_hours", row.station_id, row.name, row.geometry.x, row.geometry.y,
                    _row(scene.reached, number), self._target,
                    self._costs.get(row.station_id, np.nan),
                )  # fmt: skip


def _row(reached: csr_array, number: int) -> NDArray[np.int64]:
    near = reached.indices[reached.indptr[number] : reached.indptr[number + 1]]
    return np.asarray(near, dtype=np.int64)


def _week(words: str) -> Booleans:
    parsed = parse_hours(words)
    return week_hours(parsed.osm if parsed else "24/7")[0].ravel()
