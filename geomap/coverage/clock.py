"""The coverage clock: what share of each district is in reach at each hour of the week.

Stations with the same hours are one group. What each group reaches of every cell of the land (or,
by road, of every patch of served land) is measured once; an hour is then nothing but which groups
are open in it, and hours in which the same are open are one. In a cell that two groups reach in
part, what both reach is taken as chance would have it; what an hour has of all that is ever in
reach, times the exact share of all stations, is its share: with all doors open both agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geomap.coverage.clip import Land, clip_to_land
from geomap.coverage.expected import Blurred, lay_lattice, measure_sheets, miss_cells
from geomap.coverage.ground import Ground
from geomap.coverage.layers import AtPoints, Reached, draw_layers
from geomap.coverage.plane import Floats, Geometries, shapes_to_plane
from geomap.coverage.points import reach_points
from geomap.coverage.stations import Counted, count_stations
from geomap.coverage.table import Coverage, circle_radius_m, cover
from geomap.hours import week_hours
from geomap.model.settings import Envelope

COLUMNS = ["envelope", "district_code", "weekday", "hour", "share_low", "share", "share_high"]
WEEK_HOURS = 7 * 24
#: Cells of the lattice across a district: shares differ from exact ones by 0.001 at most.
_CELLS_ACROSS = 60
_SHARES = ("share_low", "share", "share_high")
#: What the network reaches from the stations of these ids, at the ground's points.
ReachGroup = Callable[[Envelope, frozenset[str]], AtPoints | None]


def hours_table(
    stations: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    envelopes: Sequence[Envelope],
    *,
    detour_factor: float = 1.3,
    coverage: Coverage | None = None,
    ground: Ground | None = None,
    on_network: frozenset[str] = frozenset(),
    reach_group: ReachGroup = lambda _envelope, _ids: None,
) -> pd.DataFrame:
    """Return shares for each hour of a week without holidays.

    A station counts in an hour when it is open throughout; one whose hours are unknown then
    counts as possible alone (``share_high``).

    Parameters
    ----------
    stations, districts, envelopes, detour_factor, ground : as :func:`geomap.coverage.cover` takes
        them; ``opening_hours`` in OSM syntax, empty where unknown.
    coverage : of all stations, as :func:`geomap.coverage.cover` gives it; found where not given.
    on_network : ids that have no circle in envelopes by road: ``reach_group`` speaks for them.

    Returns
    -------
    envelope, district_code, weekday (1 Monday - 7), hour (0-23), share_low, share, share_high
    (0-1), for every district that some station reaches at some hour, sorted by the first four.
    """
    whole = coverage or cover(stations, districts, envelopes, detour_factor=detour_factor)
    shares, land = whole.shares, whole.land
    high = [f"{envelope.id}_share_high" for envelope in envelopes]
    codes = shares.index[(shares[high] > 0).any(axis=1)]
    order = districts.sort_values("district_code").reset_index(drop=True)
    groups = _group(stations)
    radii = {each.id: circle_radius_m(each, detour_factor) for each in envelopes}
    rows = np.flatnonzero(order["district_code"].isin(codes))
    served = np.zeros(len(order), bool) if ground is None else ~np.isnan(ground.served_m2)
    found = [_find_on_land(land, groups, radii, rows[~served[rows]])]
    if ground is not None:
        found.append(_find_on_ground(ground, groups, envelopes, radii, on_network, reach_group))
    names, place = sorted(radii), shares.index.get_indexer(order["district_code"])
    exact = {
        name: shares[[f"{name}_{part}" for part in _SHARES]].to_numpy(np.float64) for name in names
    }
    weeks = {
        (district, name): reached.tell_week(groups.states, exact[name][place[district]])
        for (district, name), reached in chain(*found)
    }
    codes = order["district_code"].iloc[rows]
    return _as_table(names, codes, [weeks[int(row), name] for name in names for row in rows])


def _as_table(names: list[str], codes: pd.Series, tables: list[Floats]) -> pd.DataFrame:
    """Return the weeks (3, 168) of each envelope and district as rows."""
    count = len(tables)
    values = np.array(tables).reshape(count, 3, WEEK_HOURS).transpose(0, 2, 1).reshape(-1, 3)
    hour = np.tile(np.arange(WEEK_HOURS), count)
    named = [(name, code) for name in names for code in codes]
    table = pd.DataFrame({
        "envelope": np.repeat([name for name, _ in named], WEEK_HOURS),
        "district_code": np.repeat([code for _, code in named], WEEK_HOURS),
        "weekday": hour // 24 + 1, "hour": hour % 24,
    })  # fmt: skip
    return table.assign(**dict(zip(_SHARES, np.round(values, 6).T, strict=True)))[COLUMNS]


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Stations by their week: ``states`` (groups, 168) 0 closed, 1 open, 2 unknown."""

    counted: Counted
    group: npt.NDArray[np.int64]
    states: npt.NDArray[np.int8]


def _group(stations: gpd.GeoDataFrame) -> _Groups:
    counted = count_stations(stations)
    hours = dict(zip(stations["station_id"], stations["opening_hours"].fillna(""), strict=True))
    weeks = np.zeros((len(counted.station_id), WEEK_HOURS), dtype=np.int8)
    for number, station in enumerate(counted.station_id):
        is_open, is_unknown = week_hours(str(hours[station]))
        weeks[number] = (is_open + 2 * is_unknown).ravel()
    states, group = np.unique(weeks, axis=0, return_inverse=True)
    return _Groups(counted, group.ravel(), states)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Places of one district in one envelope, and what each group reaches of them.

    Attributes
    ----------
    land_m2 : of each place, (places,).
    miss : for certain, expected and possible stations the logarithm of the chance that none of a
        group reaches the place, (3, groups, places).
    """

    land_m2: Floats
    miss: npt.NDArray[np.float32]

    def tell_week(self, states: npt.NDArray[np.int8], exact: Floats) -> Floats:
        """Return low, expected and high share (3, 168); ``exact``: those of all stations."""
        present = np.flatnonzero(self.miss[2].any(axis=1))
        kinds, hour = np.unique(states[present], axis=1, return_inverse=True)
        everything = np.ones((len(present), 1), dtype=np.int8)
        kinds = np.hstack([kinds, everything])
        touched = self.miss[2, present].any(axis=0)
        weeks = np.zeros((3, kinds.shape[1]))
        for number, is_open in enumerate((kinds == 1, kinds == 1, kinds > 0)):
            missed, weight = _merge(self.miss[number, present][:, touched], self.land_m2[touched])
            # 1 - exp instead of expm1: five times as fast, and exact to 1e-7 of a cell.
            reached = missed.T @ is_open.astype(np.float32)
            np.exp(reached, out=reached)
            np.subtract(1, reached, out=reached)
            weeks[number] = weight.astype(np.float32) @ reached
        whole = weeks[:, -1:]
        ratio = np.divide(weeks, whole, out=(weeks > 0) * 1.0, where=whole > 0)
        low, share, high = np.clip(ratio, 0, 1) * exact[:, None]
        return np.array([low, np.clip(share, low, high), high])[:, hour.ravel()]


def _merge(
    missed: npt.NDArray[np.float32], weight: Floats
) -> tuple[npt.NDArray[np.float32], Floats]:
    """Return the columns, those that are alike as one: most are all or nothing."""
    marks = np.random.default_rng(7).uniform(1, 2, len(missed))
    _, first, member = np.unique(marks @ missed, return_index=True, return_inverse=True)
    return missed[:, first], np.bincount(member, weights=weight).astype(np.float64)


_OfDistrict = tuple[tuple[int, str], _Found]


def _find_on_land(
    land: Land, groups: _Groups, radii: dict[str, float], rows: npt.NDArray[np.int64]
) -> Iterator[_OfDistrict]:
    """Yield what circles reach of these districts' lattices, by district and envelope."""
    parts: dict[int, list[tuple[int, Geometries]]] = {int(row): [] for row in rows}
    keys = [(name, group) for name in radii for group in range(len(groups.states))]
    blurred: dict[tuple[str, int], Blurred] = {}
    for number, (name, group) in enumerate(keys):
        layers = draw_layers(groups.counted.take(groups.group == group), radii[name], Reached())
        blurred[name, group] = layers.blurred
        for kind, pieces in enumerate((layers.whole.certain, layers.whole.sure,
                                       layers.whole.possible)):  # fmt: skip
            clipped = clip_to_land(pieces, land)
            for district in np.unique(clipped.district):
                if int(district) in parts:
                    own = clipped.shapes[clipped.district == district]
                    parts[int(district)].append((number * 3 + kind, own))
    for district, shapes in parts.items():
        yield from _measure(land, district, shapes, keys, blurred)


def _measure(
    land: Land,
    district: int,
    parts: list[tuple[int, Geometries]],
    keys: list[tuple[str, int]],
    blurred: dict[tuple[str, int], Blurred],
) -> Iterator[_OfDistrict]:
    shape, area_m2 = land.shapes[district], float(land.area_m2[district])
    lattice = lay_lattice(shape, area_m2, _CELLS_ACROSS)
    is_land = lattice.land > 0
    count = len(keys) * 3
    sheet = np.concatenate(
        [np.full(len(own), number) for number, own in parts] or [np.empty(0, int)]
    )
    shapes = np.concatenate([own for _, own in parts] or [np.empty(0, object)])
    areas = measure_sheets(shapes_to_plane(shapes), sheet.astype(np.int64), count, lattice)
    share = np.divide(areas, lattice.land, out=np.zeros_like(areas), where=is_land)
    miss = np.log1p(-np.minimum(share, 1 - 1e-12)).astype(np.float32)
    miss = miss.reshape(len(keys), 3, -1)
    for number, key in enumerate(keys):
        if len(blurred[key].lon):
            miss[number, 1] += miss_cells(lattice, blurred[key], is_land).astype(np.float32)
    names = list(dict.fromkeys(name for name, _ in keys))
    sheets = miss.reshape(len(names), -1, 3, len(lattice.land)).transpose(0, 2, 1, 3)
    for number, name in enumerate(names):
        yield (district, name), _Found(lattice.land, sheets[number])


def _find_on_ground(
    ground: Ground,
    groups: _Groups,
    envelopes: Sequence[Envelope],
    radii: dict[str, float],
    on_network: frozenset[str],
    reach_group: ReachGroup,
) -> Iterator[_OfDistrict]:
    """Yield the same at the points of served land, by road where the network speaks."""
    points = ground.points
    on = np.isin(groups.counted.station_id.astype(str), sorted(on_network))
    for envelope in envelopes:
        miss = np.zeros((3, len(groups.states), len(points.lon)), dtype=np.float32)
        for group in range(len(groups.states)):
            own = groups.group == group
            by_road = on & own if envelope.method == "network" else np.zeros_like(on)
            layers = draw_layers(groups.counted.take(own & ~by_road), radii[envelope.id], Reached())
            ids = frozenset(groups.counted.station_id[by_road].astype(str))
            road = reach_group(envelope, ids) if ids else None
            chances = reach_points(points, layers, road)
            for kind, chance in enumerate((chances.low, chances.share, chances.high)):
                miss[kind, group] = np.log1p(-np.minimum(chance, 1 - 1e-12))
        for district in np.flatnonzero(~np.isnan(ground.served_m2)):
            rows = np.flatnonzero((points.district == district) & (points.land_m2 > 0))
            yield (
                (int(district), envelope.id), _Found(points.land_m2[rows], miss[:, :, rows])
            )  # fmt: skip
