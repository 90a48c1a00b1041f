"""cover by road: which stations the network speaks for, and how far it reaches from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geomap import roads
from geomap.coverage import Reached
from geomap.coverage.clock import ReachGroup
from geomap.coverage.layers import AtPoints
from geomap.files.folder import cache_folder
from geomap.model.counting import is_in_place, is_listed, roles
from geomap.model.edition import BAND_STEPS, StreetGraph
from geomap.model.records import Skip
from geomap.model.settings import Envelope, Settings
from geomap.pipeline.ground import OnStreets
from geomap.pipeline.streets import credit_roads, take_streets

Floats = NDArray[np.float64]
_BANDS = ["envelope_id", "to_min", "geometry"]


@dataclass(frozen=True, slots=True)
class ByRoad:
    """What the road files gave: areas by envelope, the circles' detour factor, streets.

    ``detour_pairs`` is how many pairs of junctions the factor was calibrated from; 0: it was not.
    ``bands`` has a row for each envelope by road and step of
    :data:`geomap.model.edition.BAND_STEPS`. ``feet``: where sure stations meet the streets.
    ``reach_group`` says what some of the stations reach of the ground's points; ``each_area``
    what each of them reaches by itself, station_id → polygon.
    """

    detour_factor: float
    detour_pairs: int = 0
    on_network: frozenset[str] = frozenset()
    reached: dict[str, Reached] = field(default_factory=dict)
    bands: gpd.GeoDataFrame | None = None
    streets: StreetGraph | None = None
    feet: pd.DataFrame | None = None
    credit: str = ""
    reach_group: ReachGroup = lambda _envelope, _ids: None
    each_area: Callable[[Envelope], Mapping[str, shapely.MultiPolygon]] = lambda _envelope: {}
    warnings: tuple[Skip, ...] = ()


def read_network(files: Sequence[Path], taken: roads.Taken | None = None) -> roads.Network | None:
    """Return the network of the road files; None where there are none."""
    return roads.read_roads(files, cache=cache_folder() / "roads", taken=taken) if files else None


def cover_by_road(
    stations: gpd.GeoDataFrame,
    network: roads.Network | None,
    settings: Settings,
    *,
    ground: OnStreets | None = None,
    files: Sequence[Path] = (),
) -> ByRoad:
    """Return what the road network reaches; without one nothing, and the set factor.

    Only stations known to ``handoff_max_uncertainty_m`` are put on the network: a street chosen
    for a place known to its town only would be an invention. The others keep a circle, whose
    detour factor is calibrated from the network.

    Parameters
    ----------
    ground : points whose reach is asked for too.
    files : the road files, to say whose they are.
    """
    if network is None:
        return ByRoad(settings.detour_factor)
    sharp = _sharp(stations, settings.handoff_max_uncertainty_m)
    wanted = [each for each in settings.envelopes if each.method == "network"]
    at = (sharp.geometry.x.to_numpy(), sharp.geometry.y.to_numpy(), settings.snap_m)
    attachment = network.attach(*at, settings.longest_road_m)
    off_stub = network.attach(*at).edge != attachment.edge
    inside = shapely.contains_xy(network.area, sharp.geometry.x, sharp.geometry.y)
    on = attachment.is_on_network & inside
    rows, held = sharp[on], attachment.take(on)
    detour = roads.calibrate_detour(network)
    asked = _Asked(network, held, settings.kerb_m, ground)

    def reach_group(envelope: Envelope, ids: frozenset[str]) -> AtPoints | None:
        chosen = rows.station_id.isin(ids).to_numpy(bool)
        return asked.take(chosen).at_points(*_budgets(rows[chosen], envelope))

    def each_area(envelope: Envelope) -> Mapping[str, shapely.MultiPolygon]:
        return dict(zip(rows.station_id, asked.each_area(envelope.radius_m), strict=True))

    reached, bands = _reach(asked, rows, wanted) if len(rows) else ({}, [])
    far = sharp[~attachment.is_on_network & inside]
    return ByRoad(
        detour_factor=detour.factor,
        detour_pairs=detour.pair_count,
        on_network=frozenset(rows.station_id),
        reached=reached,
        bands=gpd.GeoDataFrame(bands, columns=_BANDS, geometry="geometry", crs="EPSG:4326"),
        streets=take_streets(network),
        feet=_feet(rows, held),
        credit=credit_roads(files, network),
        reach_group=reach_group,
        each_area=each_area,
        warnings=(
            *network.skips,
            *_not_on_network(far, settings.snap_m),
            *_off_stub(sharp[off_stub & inside], attachment.gap_m[off_stub & inside]),
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """Whose reach is asked for, on which network, of which ground."""

    network: roads.Network
    stations: roads.Attachment
    kerb_m: float
    ground: OnStreets | None

    def take(self, chosen: NDArray[np.bool_]) -> _Asked:
        """Return some of the stations alone."""
        return replace(self, stations=self.stations.take(chosen))

    def areas(self, budgets: Sequence[Floats]) -> list[shapely.MultiPolygon]:
        """Return the land from which a station is reached, for each list of metres."""
        return roads.reach_union(
            self.network, self.stations, budgets, kerb_m=self.kerb_m, block_m2=roads.BLOCK_M2
        )

    def each_area(self, metres: float) -> list[shapely.MultiPolygon]:
        """Return the land from which each of the stations is reached in so many metres."""
        return roads.reach_areas(
            self.network, self.stations, metres, kerb_m=self.kerb_m, block_m2=roads.BLOCK_M2
        )

    def at_points(self, certain: Floats, expected: Floats, possible: Floats) -> AtPoints | None:
        """Return the same at the points of the ground."""
        if self.ground is None:
            return None
        feet = self.ground.feet
        return AtPoints(
            *(
                roads.is_reached(self.network, self.stations, budget_m, feet)
                for budget_m in (certain, expected, possible)
            )
        )


def _sharp(stations: gpd.GeoDataFrame, most_m: float) -> gpd.GeoDataFrame:
    return stations[is_listed(stations) & (stations.uncertainty_m <= most_m)]


def _reach(
    asked: _Asked, rows: gpd.GeoDataFrame, envelopes: Sequence[Envelope]
) -> tuple[dict[str, Reached], list[tuple[str, float, shapely.MultiPolygon]]]:
    """Return what is reached of each envelope, and its bands: of the sure stations alone."""
    ids = frozenset(rows.station_id)
    reached, bands = {}, []
    whole = BAND_STEPS.index(1.0)
    for envelope in envelopes:
        low_m, whole_m, high_m = _budgets(rows, envelope)
        certain, possible, *steps = asked.areas(
            [low_m, high_m, *(whole_m * step for step in BAND_STEPS)]
        )
        at_points = asked.at_points(low_m, whole_m, high_m)
        reached[envelope.id] = Reached(ids, certain, possible, steps[whole], at_points)
        minutes = [envelope.minutes * step for step in BAND_STEPS]
        bands += [(envelope.id, *band) for band in zip(minutes, steps, strict=True)]
    return reached, bands


def _off_stub(moved: gpd.GeoDataFrame, gap_m: Floats) -> list[Skip]:
    reason = "the street beside it meets no other; measured from one that does, {:.0f} m away"
    return [
        Skip("cover", station, "on-a-stub", reason.format(away_m), f"{away_m:.0f} m")
        for station, away_m in zip(moved.station_id, gap_m, strict=True)
    ]


def _feet(rows: gpd.GeoDataFrame, held: roads.Attachment) -> pd.DataFrame:
    """Return where the stations that count for sure meet the streets: ``station_id lon lat``."""
    feet = {"station_id": rows["station_id"].to_numpy(), "lon": held.lon, "lat": held.lat}
    return pd.DataFrame(feet)[_is_sure(rows)].reset_index(drop=True)


def _is_sure(rows: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    return np.asarray((roles(rows).eq("certain") & is_in_place(rows)).to_numpy())


def _budgets(rows: gpd.GeoDataFrame, envelope: Envelope) -> tuple[Floats, Floats, Floats]:
    """Return the metres of each station: for certain, as expected, possibly."""
    unsure_m = rows.uncertainty_m.to_numpy(dtype=float)
    sure = _is_sure(rows)
    low_m = np.where(sure, envelope.radius_m - unsure_m, 0.0)
    return low_m, np.where(sure, envelope.radius_m, 0.0), envelope.radius_m + unsure_m


def _not_on_network(rows: gpd.GeoDataFrame, snap_m: float) -> list[Skip]:
    reason = f"farther than {snap_m:.0f} m from any street of the road files; drawn as a circle"
    return [
        Skip("cover", row.where, "not-on-network", f"{row.name}: {reason}", row.name)
        for row in rows[["where", "name"]].itertuples(index=False, name="Station")
    ]
