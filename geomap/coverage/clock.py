"""The coverage clock: what share of each district is in reach at each hour of the week.

Stations with the same hours are one group. What each group reaches of every cell of the land (or,
by road, of every patch of served land) is measured once; an hour is then nothing but which groups
are open in it, and hours in which the same are open are one. In a cell that two groups reach in
part, what both reach is taken as chance would have it; what an hour has of all that is ever in
reach, times the exact share of all stations, is its share: with all doors open both agree. Where
all that reach a district are always open together nothing is left to be measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.coverage.clock_land import WEEK_HOURS, Found, Groups, weeks_on_land
from geomap.coverage.ground import Ground
from geomap.coverage.layers import AtPoints, Reached, draw_layers
from geomap.coverage.plane import Floats
from geomap.coverage.points import reach_points
from geomap.coverage.stations import count_stations
from geomap.coverage.table import Coverage, circle_radius_m, cover
from geomap.hours import week_hours
from geomap.model.settings import Envelope

COLUMNS = ["envelope", "district_code", "weekday", "hour", "share_low", "share", "share_high"]
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
    names, place = sorted(radii), shares.index.get_indexer(order["district_code"])
    columns = [f"{name}_{part}" for name in radii for part in _SHARES]
    exact = shares[columns].to_numpy(np.float64)[place].reshape(-1, len(radii), 3)
    dry = rows[~served[rows]]
    found = weeks_on_land(land.take(dry), groups, radii, exact[dry])
    weeks = {
        (int(district), name): week
        for district, own in zip(dry, found, strict=True)
        for name, week in zip(radii, own, strict=True)
    }
    if ground is not None:
        number = {name: place for place, name in enumerate(radii)}
        weeks |= {
            (district, name): reached.tell_week(groups.states, exact[district, number[name]])
            for (district, name), reached in _find_on_ground(
                ground, groups, envelopes, radii, on_network, reach_group
            )
        }
    codes = order["district_code"].iloc[rows]
    return _as_table(names, codes, [weeks[int(row), name] for name in names for row in rows])


def _as_table(names: list[str], codes: pd.Series, tables: list[Floats]) -> pd.DataFrame:
    """Return the weeks (3, 168) of each envelope and district as rows."""
    count = len(tables)
    values = np.array(tables).reshape(count, 3, WEEK_HOURS).transpose(0, 2, 1).reshape(-1, 3)
    hour = np.tile(np.arange(WEEK_HOURS), count)
    each = np.arange(count).repeat(WEEK_HOURS)  # a country has a million rows: words are taken
    table = pd.DataFrame({
        "envelope": pd.Series(names, dtype="str").array.take(each // max(len(codes), 1)),
        "district_code": pd.Series(codes, dtype="str").array.take(each % max(len(codes), 1)),
        "weekday": hour // 24 + 1, "hour": hour % 24,
    })  # fmt: skip
    return table.assign(**dict(zip(_SHARES, np.round(values, 6).T, strict=True)))[COLUMNS]


def _group(stations: gpd.GeoDataFrame) -> Groups:
    counted = count_stations(stations)
    hours = dict(zip(stations["station_id"], stations["opening_hours"].fillna(""), strict=True))
    texts, text = np.unique([str(hours[one]) for one in counted.station_id], return_inverse=True)
    weeks = np.zeros((len(texts), WEEK_HOURS), dtype=np.int8)
    for number, words in enumerate(texts):
        is_open, is_unknown = week_hours(str(words))
        weeks[number] = (is_open + 2 * is_unknown).ravel()
    states, group = np.unique(weeks, axis=0, return_inverse=True)
    return Groups(counted, group.ravel()[text], states)


_OfDistrict = tuple[tuple[int, str], Found]


def _find_on_ground(
    ground: Ground,
    groups: Groups,
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
                (int(district), envelope.id), Found(points.land_m2[rows], miss[:, :, rows])
            )  # fmt: skip
