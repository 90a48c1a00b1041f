"""Where nobody is served: gaps ranked by people, minutes to the nearest, stations that overlap."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.spatial import KDTree

from geomap import roads
from geomap.coverage import Envelope, circle_radius_m
from geomap.coverage.nearby import to_globe
from geomap.coverage.plane import Geometries, areas_m2, number_squares
from geomap.model.counting import is_in_place, is_placed, roles
from geomap.model.edition import Gaps
from geomap.pipeline.measure import Measured
from geomap.pipeline.places import demand_rows, land_places, street_places
from geomap.pipeline.reach import Places, Sources, reach_places
from geomap.places.gazetteer import read_shipped

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
#: Squares of a gap, degrees (500 m), and how many of them a gap is wide and high at most.
_SQUARE, _WIDEST = 0.005, 10
#: From a square's number to those of the squares north, north-east, east and south-east of it.
_NEXT_SQUARES = (1, 1_000_001, 1_000_000, 999_999)
#: Gaps that are told, the largest first.
MOST_GAPS = 200
#: Side of the squares of served and unserved demand, degrees (200 m): twice as wide until so many.
_FINEST, _MOST_SQUARES = 0.002, 20_000
#: Minutes at which the histogram is cut.
STEPS_MIN = (5.0, 10.0, 15.0, 30.0)
#: Points across a district where nothing says where people live.
_ACROSS = 40
#: A township that is farther away says nothing of where a place is.
_NAMED_M = 10_000.0
_NAMES = ["rank", "district_code", "area_km2", "demand", "nearest_station_id", "nearest_min"]


def find_gaps(stations: gpd.GeoDataFrame, measured: Measured, envelope: Envelope) -> Gaps:
    """Return the gaps of an envelope: where no certain station is reached in time.

    Parameters
    ----------
    stations : the built table; a station counts where it is known best.
    """
    certain = stations[roles(stations).eq("certain") & is_in_place(stations) & is_placed(stations)]
    places, unit = demand_places(stations, measured)
    reached = _reach(certain, measured, envelope, places)
    count = np.bincount(reached.indices, minlength=len(places.lon))
    minutes, nearest = _nearest(certain, measured, envelope, places)
    rows = np.repeat(np.arange(len(certain)), np.diff(reached.indptr))
    own = np.bincount(rows, weights=count[reached.indices] == 1, minlength=len(certain))
    ids = certain["station_id"].to_numpy(object)
    overlapping = ids[(own == 0) & (np.diff(reached.indptr) > 0)]
    table = _outline(places, np.flatnonzero(count == 0), minutes, nearest, ids, measured)
    names = measured.reference.districts.set_index("district_code")["district"]
    shapes = table.geometry.to_numpy()
    table = table.assign(
        district=table["district_code"].map(names),
        place=name_places(shapes, read_townships(measured)),
        way=_ways_from(certain, table, shapes),
    )
    histogram = _histogram(places.weight, minutes)
    return Gaps(table, unit, histogram, tuple(sorted(overlapping)), *_squares(places, count > 0))


def _ways_from(stations: gpd.GeoDataFrame, table: pd.DataFrame, shapes: Geometries) -> list[str]:
    """Return where each gap lies from its nearest station; "" where there is none."""
    at = pd.DataFrame(shapely.get_coordinates(stations.geometry.to_numpy()))
    known = at.set_index(stations["station_id"].to_numpy()).reindex(table["nearest_station_id"])
    is_known = known[0].notna().to_numpy()
    ways = np.full(len(shapes), "", dtype=object)
    ways[is_known] = say_ways(shapes[is_known], known[is_known].to_numpy())
    return list(ways)


def demand_places(
    stations: pd.DataFrame, measured: Measured, across: int = _ACROSS
) -> tuple[Places, str]:
    """Return where demand is, and its unit; with neither streets nor points as land has it.

    Land is that of the districts that have stations, ``across`` points from end to end.
    """
    if measured.ground is not None:
        return street_places(measured.ground)
    if measured.demand is not None:
        return demand_rows(measured.demand), "people"
    return land_places(set(stations["district_code"]) - {""}, measured, across)


def _squares(places: Places, is_served: NDArray[np.bool_]) -> tuple[pd.DataFrame, float]:
    """Return ``lon lat served unserved`` of at most `_MOST_SQUARES` squares, and their side."""
    side, square = _FINEST, number_squares(places.lon, places.lat, _FINEST)
    while len(np.unique(square)) > _MOST_SQUARES:
        side *= 2
        square = number_squares(places.lon, places.lat, side)
    _, first, member = np.unique(square, return_index=True, return_inverse=True)
    sums = [np.bincount(member, weights=places.weight * mask, minlength=len(first))
            for mask in (is_served, ~is_served)]  # fmt: skip
    middle = (np.floor(_at(places, first) / side) + 0.5) * side
    columns = dict(zip(("lon", "lat", "served", "unserved"), (*middle.T, *sums), strict=True))
    return pd.DataFrame(columns), side


def _reach(
    rows: gpd.GeoDataFrame, measured: Measured, envelope: Envelope, places: Places
) -> csr_array:
    by_road = rows["station_id"].isin(measured.by_road.on_network).to_numpy(bool)
    size = np.ones(len(rows))
    sources = Sources(
        rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy(), size * envelope.radius_m,
        size * circle_radius_m(envelope, measured.by_road.detour_factor),
        by_road & (envelope.method == "network"),
    )  # fmt: skip
    return reach_places(measured.network, measured.reference.settings, sources, places)


def _nearest(
    rows: gpd.GeoDataFrame, measured: Measured, envelope: Envelope, places: Places
) -> tuple[Floats, Integers]:
    """Return minutes from each place to its nearest station, and the station's number."""
    speed = envelope.speed_kmh or envelope.radius_m * 0.06 / envelope.minutes
    metres = np.full(len(places.lon), np.inf)
    nearest = np.full(len(places.lon), -1, dtype=np.int64)
    x, y = rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy()
    is_on = rows["station_id"].isin(measured.by_road.on_network).to_numpy(bool)
    by_road = measured.network is not None and places.feet is not None
    # Where streets are known, only who is on no street is measured in a straight line.
    straight = np.flatnonzero(~is_on) if by_road else np.arange(len(rows))
    if len(straight):
        tree = KDTree(to_globe(x[straight], y[straight]))
        away, number = tree.query(to_globe(places.lon, places.lat))
        detour = 1.0 if envelope.method == "circle" else measured.by_road.detour_factor
        metres, nearest = away * detour, straight[number]
    if measured.network is not None and places.feet is not None and is_on.any():
        settings, on = measured.reference.settings, np.flatnonzero(is_on)
        held = measured.network.attach(x[on], y[on], settings.snap_m, settings.longest_road_m)
        road_m, number = roads.nearest_metres(
            roads.minutes_to_nearest(measured.network, held), places.feet
        )
        nearer = road_m < metres
        metres[nearer], nearest[nearer] = road_m[nearer], on[number[nearer]]
    return metres * 0.06 / speed, nearest


def _histogram(weight: Floats, minutes: Floats) -> tuple[float, ...]:
    step = np.searchsorted(STEPS_MIN, minutes)
    sums = np.bincount(step, weights=weight, minlength=len(STEPS_MIN) + 1)
    return tuple(round(float(value), 2) for value in sums)


def _outline(
    places: Places, rows: Integers, minutes: Floats, nearest: Integers, ids: Sequence[str],
    measured: Measured,
) -> gpd.GeoDataFrame:  # fmt: skip
    """Return the gaps as squares, cut to their district, ranked by demand."""
    districts = measured.reference.districts
    codes, shapes = districts["district_code"].to_numpy(), districts.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    patch = _number_patches(places.lon[rows], places.lat[rows])
    demands = np.bincount(patch, weights=places.weight[rows])
    lines: list[tuple[object, ...]] = []
    # Of equal demand the one in the south-west first: squares come in that order.
    for number in np.argsort(-demands, kind="stable")[:MOST_GAPS]:
        own, demand = rows[patch == number], float(demands[number])
        corners = np.unique(np.floor(_at(places, own) / _SQUARE), axis=0) * _SQUARE
        shape = shapely.union_all(shapely.box(*corners.T, *(corners + _SQUARE).T))
        heaviest = own[np.argmax(places.weight[own])]
        point = shapely.Point(places.lon[heaviest], places.lat[heaviest])
        within = tree.query(point, predicate="intersects")
        if not len(within):
            continue
        cut = shapely.intersection(shape, shapes[within[0]])
        near = _middle(own, minutes, places.weight)
        station = ids[nearest[near]] if nearest[near] >= 0 else ""
        least = round(float(minutes[near]), 1) if np.isfinite(minutes[near]) else None
        area_km2 = float(areas_m2(np.array([cut], dtype=object))[0]) / 1e6
        lines.append((len(lines) + 1, codes[within[0]], round(area_km2, 3), round(demand, 2),
                      station, least, cut))  # fmt: skip
    names = [*_NAMES, "geometry"]
    return gpd.GeoDataFrame(lines, columns=names, geometry="geometry", crs=4326)


def _middle(rows: Integers, minutes: Floats, weight: Floats) -> int:
    """Return the place as far from its nearest station as half of the demand is at most."""
    far = rows[np.argsort(minutes[rows], kind="stable")]
    sums = np.cumsum(weight[far])
    return int(far[np.searchsorted(sums, sums[-1] / 2)])


def _at(places: Places, rows: Integers) -> Floats:
    return np.column_stack([places.lon[rows], places.lat[rows]])


def _number_patches(lon: Floats, lat: Floats) -> Integers:
    """Return which patch of squares that touch, within a block of `_WIDEST`, each place is in."""
    each, first, member = np.unique(
        number_squares(lon, lat, _SQUARE), return_index=True, return_inverse=True
    )
    column, row = (np.floor(axis[first] / _SQUARE) // _WIDEST for axis in (lon, lat))
    touching = [_beside(each, column, row, step) for step in _NEXT_SQUARES]
    one, other = np.concatenate(touching, axis=1)
    from scipy.sparse.csgraph import connected_components  # only who has gaps waits for it

    graph = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(len(each),) * 2)
    label = connected_components(graph, directed=False)[1]
    order = np.lexsort((each, row, column))
    _, seen = np.unique(label[order], return_index=True)
    return np.asarray(np.argsort(np.argsort(seen))[label][member])


def _beside(each: Integers, column: Floats, row: Floats, step: int) -> Integers:
    """Return the squares, and those that lie a step from them in the same block, (2, n)."""
    other = np.searchsorted(each, each + step)
    one = np.flatnonzero(other < len(each))
    one = one[each[other[one]] == each[one] + step]
    same = (column[one] == column[other[one]]) & (row[one] == row[other[one]])
    return np.stack([one[same], other[one][same]])


def read_townships(measured: Measured) -> pd.DataFrame:
    """Return the townships that the gazetteer knows."""
    known = read_shipped(measured.reference.geodata.file("gazetteer.parquet"))
    return known[known["level"] == "township"]


def name_places(shapes: Geometries, townships: pd.DataFrame) -> list[str]:
    """Return where shapes (EPSG:4326) are, in words: the nearest township and the direction.

    Parameters
    ----------
    townships : ``name lon lat``.
    """
    if not len(shapes) or not len(townships):
        return [""] * len(shapes)
    at = shapely.get_coordinates(shapely.centroid(shapes))
    known = townships[["lon", "lat"]].to_numpy(np.float64)
    away, row = KDTree(to_globe(*known.T)).query(to_globe(*at.T))
    names = townships["name"].to_numpy(str)[row]
    return [
        f"{name}{way}" if metres <= _NAMED_M else ""
        for name, way, metres in zip(names, say_ways(shapes, known[row]), away, strict=True)
    ]


def say_ways(shapes: Geometries, known: Floats) -> list[str]:
    """Return in which direction shapes (EPSG:4326) lie from points (n, 2; degrees): 以东, 一带."""
    at = shapely.get_coordinates(shapely.centroid(shapes))
    away = np.linalg.norm(to_globe(*at.T) - to_globe(*known.T), axis=1)
    east, north = (at - known).T
    east = east * np.cos(np.radians(at[:, 1]))
    turn = np.round(np.degrees(np.arctan2(north, east)) / 45).astype(int) % 8
    ways = np.array(["以东", "东北", "以北", "西北", "以西", "西南", "以南", "东南"])
    return ["一带" if metres < 1000 else way for way, metres in zip(ways[turn], away, strict=True)]
