"""The places of every county, ready to be looked up by name, and the spreads around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.divisions import UNDRAWN, Division, Divisions, lies_in, short_name
from geomap.model.records import Skip
from geomap.places.county import County, Spot
from geomap.places.gazetteer import COLUMNS
from geomap.places.ground_index import GroundIndex
from geomap.places.recorded import Answers
from geomap.places.spread import (
    Floats,
    centre,
    distance_m,
    holding_radius_m,
    known_radius_m,
    usual_radius_m,
)
from geomap.places.zones import Zone

#: A circle from settlements needs this many of them; else the area of the polygon serves.
MIN_SETTLEMENTS = 8
#: With fewer than 19 settlements none is the 95 % one: the farthest and a margin.
FEW, FEW_MARGIN = 19, 1.15
#: Radius of a community (社区) and of a village around its office where the source states none,
#: metres. Two lists that name the same village are 300 m apart in the median, 2 km at 90 %.
COMMUNITY_M, VILLAGE_M = 1000.0, 2000.0
#: Radius of a township of which nothing at all is known, metres: 95 % of counties need less.
LOST_M = 25_000.0
#: A town reaches this far into an urban district, beyond the edge nearest to the city's seat
#: (metres): of communities of streets within 3 km of a seat (Vonng/adcode, 508 in 56 districts
#: whose radius the edge decides, Zhengzhou left out) 87 % are held without it, 96 % with it.
TOWN_BEYOND_M = 1000.0
#: Two points of the same name this near to each other are one place for a map.
SAME_M = 1500.0


class Places:
    """Everything placing asks: divisions, districts and gazetteers, indexed by county.

    Parameters
    ----------
    tables : gazetteers (:data:`geomap.places.gazetteer.COLUMNS`), the most trusted first.
    zones : longest names first, as :func:`geomap.places.zones.read_zones` returns.
    skips : rows of the gazetteers that could not be used, for the report.
    answers : what geocoders answered before.
    ground : the named things of a map extract.
    townships : polygons by district code and name, where the user has them.
    """

    def __init__(
        self, divisions: Divisions, districts: gpd.GeoDataFrame, tables: Sequence[pd.DataFrame],
        zones: Sequence[Zone] = (), skips: Sequence[Skip] = (), answers: Answers | None = None,
        ground: GroundIndex | None = None,
        townships: Mapping[tuple[str, str], shapely.Geometry] | None = None,
    ) -> None:  # fmt: skip
        self.divisions = divisions
        self.zones = tuple(zones)
        self.skips = tuple(skips)
        self.answers = answers or Answers()
        self.ground = ground
        self._townships = dict(townships or {})
        self._polygons = dict(
            zip(districts["district_code"], districts.geometry.to_numpy(), strict=True)
        )
        self._area = dict(zip(districts["district_code"], districts["area_km2"], strict=True))
        rows = pd.concat(tables, ignore_index=True).sort_values("county", kind="stable")
        self._columns = [rows[name].tolist() for name in COLUMNS]
        self._counties = rows["county"].to_numpy(dtype=object).astype("U6")
        # Each answer is kept: rows of one county ask the same things again and again.
        self.county = cache(self._county)
        self.district_circle = cache(self._district_circle)
        self.town_circle = cache(self._town_circle)
        self._drawn = cache(self._drawn_in)

    def _county(self, code: str) -> County:
        first = int(np.searchsorted(self._counties, code, "left"))
        after = int(np.searchsorted(self._counties, code, "right"))
        part = [column[first:after] for column in self._columns]
        return County(tuple(Spot(*row) for row in zip(*part, strict=True)))

    def settlements(self, codes: Iterable[str]) -> tuple[Floats, Floats]:
        """Longitudes and latitudes of all known townships and communities of some counties."""
        levels = ("township", "old_township", "village")
        spots = [s for code in codes for s in self.county(code).spots if s.level in levels]
        return np.array([s.lon for s in spots]), np.array([s.lat for s in spots])

    def counties_of(self, scope: Iterable[Division]) -> tuple[str, ...]:
        """Codes of the county-level divisions of cities or provinces, sorted."""
        found: set[str] = set()
        for place in scope:
            for child in self.divisions.children(place.code):
                if child.level == "district":
                    found.add(child.code)
                else:
                    found.update(self.counties_of([child]))
            if place.level == "district":
                found.add(place.code)
        return tuple(sorted(found))

    def usual_radius_m(self, county: str, town: str) -> float:
        """The 95 % radius usual for a township of this county, metres; NaN without a polygon."""
        townships = [
            place for place in self.divisions.children(county) if place.level == "township"
        ]
        return usual_radius_m(self._area.get(county, float("nan")), len(townships), town)

    def town(self, county: str, name: str) -> Spot | None:
        """The point of a township: by its name, else by the one township with its stem."""
        towns = self.county(county).towns
        if name in towns:
            return towns[name]
        stem = short_name(name, "township") or name
        same = [s for n, s in sorted(towns.items()) if (short_name(n, "township") or n) == stem]
        return same[0] if len(same) == 1 else None

    def _town_circle(self, county: str, name: str) -> tuple[Spot, float] | None:
        """A township's point and the radius that holds 95 % of it; None where nothing is known."""
        if shape := self._townships.get((county, name)):
            x, y, radius = _area_circle(shape)
            return Spot(name, "township", county, name, x, y, radius, "townships.parquet"), radius
        known = self.county(county).of_town(name)
        spot = self.town(county, name)
        usual = self.usual_radius_m(county, name)
        lon, lat = np.array([s.lon for s in known]), np.array([s.lat for s in known])
        if spot is None:
            if len(known) < 2:
                return None
            middle = centre(lon, lat)
            spot = Spot(name, "township", county, name, *middle, float("nan"), known[0].origin)
        if np.isfinite(spot.uncertainty_m):  # whoever entered the place knows better
            return spot, spot.uncertainty_m
        if not np.isfinite(usual):  # no polygon: only what is known of the town itself
            usual = holding_radius_m(lon, lat, (spot.lon, spot.lat)) if len(lon) else LOST_M
        return spot, known_radius_m(distance_m(lon, lat, spot.lon, spot.lat), usual)

    def _district_circle(self, codes: tuple[str, ...]) -> tuple[float, float, float] | None:
        """A point inside the counties and the radius around it that holds 95 % of them.

        Of their settlements or land, and their town too: villages are many in the country,
        stations in the town.
        """
        shapes = [self._polygons[code] for code in codes if code in self._polygons]
        shape = shapely.union_all(shapes) if shapes else None
        lon, lat = self.settlements(codes)
        if len(lon) >= MIN_SETTLEMENTS:
            circle = self._settled_circle(codes, lon, lat)
        elif shape is not None:
            circle = _area_circle(shape)
        else:
            return None
        edge_m = 0.0 if shape is None else self._town_edge_m(codes, shape, circle[:2])
        return *circle[:2], max(circle[2], edge_m)

    def _settled_circle(
        self, codes: tuple[str, ...], lon: Floats, lat: Floats
    ) -> tuple[float, float, float]:
        middle = centre(lon, lat)
        nearest = int(np.argmin(distance_m(lon, lat, *middle)))
        inside = any(self._holds(code, *middle) for code in codes)
        at = middle if inside else (float(lon[nearest]), float(lat[nearest]))
        if len(lon) < FEW:
            return *at, FEW_MARGIN * float(distance_m(lon, lat, *at).max())
        return *at, holding_radius_m(lon, lat, at)

    def _town_edge_m(
        self, codes: tuple[str, ...], shape: shapely.Geometry, at: tuple[float, float]
    ) -> float:
        """Metres to the town: where urban districts come nearest to their city's seat, and on."""
        code, get = codes[0], self.divisions.get
        city = get(code[:4] + "00", "city") or get(code[:2] + "0000", "province")
        seat = self.seat(city) if city and all(map(self._is_urban, codes)) else None
        if seat is None:
            return 0.0
        line = shapely.shortest_line(shape, shapely.Point(seat.lon, seat.lat))
        x, y = shapely.get_coordinates(line)[0]
        return float(distance_m(np.array([x]), np.array([y]), *at)[0]) + TOWN_BEYOND_M

    def _is_urban(self, code: str) -> bool:
        place = self.divisions.get(code, "district")
        return place is not None and place.name.endswith("区")

    def _holds(self, code: str, lon: float, lat: float) -> bool:
        return code in self._polygons and bool(shapely.contains_xy(self._polygons[code], lon, lat))

    def contains(self, codes: Iterable[str], lon: float, lat: float) -> bool:
        """Whether a point (WGS-84 degrees) lies in one of the counties, cities or provinces."""
        return any(self._holds(code, lon, lat) for code in self._drawn(tuple(codes)))

    def _drawn_in(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The counties that have a polygon within some divisions; an undrawn one is its city."""
        stated = [UNDRAWN.get(code, code) for code in codes]
        return tuple(c for c in self._polygons if any(lies_in(c, each) for each in stated))

    def seat(self, scope: Division) -> Spot | None:
        """The known point of a city or municipality itself."""
        levels = ("city", "province")
        for code in (*self.counties_of([scope]), scope.code):
            for spot in self.county(code).spots:
                if spot.level in levels and spot.name == scope.name:
                    return spot
        return None


def _area_circle(shape: shapely.Geometry) -> tuple[float, float, float]:
    """A point inside a polygon and the radius that holds 95 % of its area (a 60 x 60 grid)."""
    middle = shapely.centroid(shape)
    inside = shapely.contains(shape, middle)
    at = middle if inside else shapely.point_on_surface(shape)
    west, south, east, north = shapely.bounds(shape)
    x, y = np.meshgrid(np.linspace(west, east, 60), np.linspace(south, north, 60))
    held = shapely.contains_xy(shape, x.ravel(), y.ravel())
    lon, lat = x.ravel()[held], y.ravel()[held]
    point = (float(at.x), float(at.y))
    if not len(lon):
        return *point, float(distance_m(np.array([west]), np.array([south]), *point)[0])
    return *point, holding_radius_m(lon, lat, point)
