"""Where a row is, from the best thing known of it. The rungs, best first:

1. a coordinate a person entered (its datum converted; 30 m unless the row says otherwise, and
   never better than half a unit of its last decimal);
2. what a geocoder answered before, where it is sharper than all below
   (:mod:`geomap.places.choice`);
3. the ground of a map extract, where one is given (:mod:`geomap.places.ground_rungs`);
4. a community, village or single point that the row names and a gazetteer knows;
5. a township or a development zone, with a radius that holds 95 % of its communities;
6. the stated district, with a radius that holds 95 % of its settlements or its area;
7. the seat of the stated city, with the same radius for the city (precision ``city``);
8. nothing.

Rungs 2 to 5 look only inside the stated districts (or the stated city's): 西安社区 in 德清县 is
never Xi'an, and a name that fits two places is no answer.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd

from geomap.divisions import UNDRAWN, Division, Resolution, short_name
from geomap.model.records import Placement
from geomap.places.choice import choose
from geomap.places.county import Spot, community_stem
from geomap.places.ground_rungs import place_on_ground
from geomap.places.index import COMMUNITY_M, SAME_M, VILLAGE_M, Places
from geomap.places.person import read_persons
from geomap.places.spread import distance_m
from geomap.places.stated import Stated, read_stated, read_texts

PLACED = ("lon", "lat", "precision", "uncertainty_m", "provider", "matched")
#: 淮河路 is a road, and leads through more townships than 淮河路街道.
_ROADS = "路街道巷"
_NOWHERE = Placement(math.nan, math.nan, "none", math.nan, "", "")


def place_stations(rows: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Place every row: a table with the same index and the columns :data:`PLACED`.

    Parameters
    ----------
    rows : may have lon, lat (degrees on the row's ``datum``), datum, uncertainty_m, decimals, and
        the words province, city, district, township, community, address, name. Not modified.

    Returns
    -------
    DataFrame
        ``lon``, ``lat`` WGS-84, 6 decimals, NaN where nobody knows; ``precision`` one of
        :data:`geomap.model.tables.PRECISIONS`; ``uncertainty_m`` holds the true place with 95 %.
    """
    by_person = read_persons(rows)
    placed = [
        person if person is not None else place_words(texts, places)
        for person, texts in zip(by_person, read_texts(rows), strict=True)
    ]
    columns = {name: [getattr(one, name) for one in placed] for name in PLACED}
    table = pd.DataFrame(columns, index=rows.index, columns=list(PLACED))
    for name in ("lon", "lat"):
        table[name] = table[name].astype("float64").round(6)
    table["uncertainty_m"] = table["uncertainty_m"].astype("float64").round()
    return table


def place_words(texts: dict[str, str], places: Places) -> Placement:
    """The best rung for the words of one row, as :func:`read_texts` gives them."""
    stated = read_stated(texts, places)
    best = _offline(stated, places)
    on_ground = _on_ground(texts, stated, places)
    if on_ground is not None and _is_sharper(on_ground, best):
        best = on_ground
    answered = choose(texts, stated, best, places.answers, places) if places.answers.known else None
    return answered if answered is not None and _is_sharper(answered, best) else best


def _is_sharper(one: Placement, other: Placement) -> bool:
    return not other.uncertainty_m <= one.uncertainty_m  # nobody's radius is NaN


def _on_ground(texts: dict[str, str], stated: Stated, places: Places) -> Placement | None:
    """The best rung of the map extract, inside the stated districts and near the township."""
    meant = stated.meant
    if places.ground is None or (meant.unknown and not stated.counties):
        return None
    codes = [*meant.codes, *(heir.code for heir in meant.heirs)] or list(stated.counties)
    town = _town(stated, places) if stated.counties else None

    def fits(lon: float, lat: float) -> bool:
        if codes and not places.contains(codes, lon, lat):
            return False
        if town is None:
            return True
        away = distance_m(np.array([lon]), np.array([lat]), town.lon, town.lat)[0]
        return bool(away <= town.uncertainty_m)

    address = texts.get("address", "") + texts.get("community", "")
    return place_on_ground(address, texts.get("name", ""), places.ground, fits)


def _offline(stated: Stated, places: Places) -> Placement:
    """The best rung of the tables for what a row states."""
    if stated.counties:
        for rung in (_community, _town, _zone):
            found = rung(stated, places)
            if found is not None:
                return found
    if stated.meant.ambiguous:
        names = "、".join(f"{place.city}{place.name}" for place in stated.meant.districts)
        return Placement(math.nan, math.nan, "none", math.nan, "", f"同名：{names}")
    if stated.meant.districts or stated.zone:
        return _district(stated, places)
    return _city(stated.meant.scope, places)


def _community(stated: Stated, places: Places) -> Placement | None:
    """A community, village or single point that the row names."""
    found: list[Spot] = []
    for code in stated.counties:
        county = places.county(code)
        points = [spot for spot in county.named(stated.words) if spot.level == "poi"]
        if points:
            return _as_placement(points[0], "poi", COMMUNITY_M)
        named = county.communities(stated.community_words)
        found += [spot for spot in named if _is_in_town(spot, stated, places)]
    if not found:
        return None
    first = found[0]
    lon, lat = np.array([s.lon for s in found]), np.array([s.lat for s in found])
    if distance_m(lon, lat, first.lon, first.lat).max() > SAME_M:
        return None  # two communities of one name, and the row does not say which township
    urban = "社区" in first.name or "居委会" in first.name
    same_kind = urban == (community_stem(first.name) + "社区" in stated.community_words)
    return _as_placement(first, "community", COMMUNITY_M if urban and same_kind else VILLAGE_M)


def _is_in_town(spot: Spot, stated: Stated, places: Places) -> bool:
    """Whether a community fits the township a row states, if it states one."""
    names = {town.name for town in stated.meant.townships}
    if not names and stated.township:
        names = {stated.township}
    if not names:
        return True
    if spot.township:
        return _stem(spot.township) in {_stem(name) for name in names}
    for name in sorted(names):
        circle = places.town_circle(spot.county, name)
        if circle is not None:
            away = distance_m(
                np.array([spot.lon]), np.array([spot.lat]), circle[0].lon, circle[0].lat
            )
            return bool(away[0] <= circle[1])
    return True


def _stem(township: str) -> str:
    return short_name(township, "township") or township


def _as_placement(spot: Spot, precision: str, usual_m: float) -> Placement:
    radius = spot.uncertainty_m if np.isfinite(spot.uncertainty_m) else usual_m
    matched = f"{spot.township}{spot.name}" if spot.township != spot.name else spot.name
    return Placement(
        spot.lon, spot.lat, precision, radius, "gazetteer", f"{matched}（{spot.origin}）"
    )


def _may_name_town(stated: Stated, places: Places) -> bool:
    """Whether the words hold a township's short name at all: the scanner of all names is dear."""
    towns = (town for code in stated.counties for town in places.divisions.children(code))
    return any(_stem(town.name) in stated.words for town in towns)


def _town(stated: Stated, places: Places) -> Placement | None:
    """The township that the row states, or that its address or name hold."""
    wanted = {(town.code[:6], town.name) for town in stated.meant.townships}
    if not wanted and _may_name_town(stated, places):
        hits = places.divisions.scan(stated.words, stated.counties)
        wanted = {
            (place.code[:6], place.name)
            for hit in hits
            if not hit.part and not (hit.short and (hit.ordinary or hit.written[-1] in _ROADS))
            for place in hit.candidates
            if place.level == "township" and place.code[:6] in stated.counties
        }
    if not wanted:  # a township of former years, or one the list of divisions lacks
        wanted = {
            (code, name)
            for code in stated.counties
            for name in places.county(code).towns
            if name in stated.words
        }
    if len(wanted) != 1:
        return None
    return _circle(*wanted.pop(), places)


def _circle(county: str, name: str, places: Places) -> Placement | None:
    circle = places.town_circle(county, name)
    if circle is None:
        return None
    spot, radius = circle
    return Placement(
        spot.lon, spot.lat, "township", radius, "gazetteer", f"{spot.name}（{spot.origin}）"
    )


def _zone(stated: Stated, places: Places) -> Placement | None:
    """The point of a zone, or of the township its centre is in."""
    for code in stated.counties:
        for spot in places.county(code).named(stated.words):
            if spot.level == "zone":
                return _as_placement(spot, "township", places.usual_radius_m(code, ""))
    zone = stated.zone
    if zone is None or not zone.township:
        return None
    for code in zone.districts:
        if code in stated.counties and (found := _circle(code, zone.township, places)):
            return Placement(
                found.lon, found.lat, "township", found.uncertainty_m, "gazetteer",
                f"{zone.name}：{found.matched}",
            )  # fmt: skip
    return None


def _district(stated: Stated, places: Places) -> Placement:
    circle = places.district_circle(stated.counties)
    if circle is None:  # drawn by no source yet: its prefecture
        above = [places.divisions.get(UNDRAWN.get(code, ""), "city") for code in stated.counties]
        return _city([place for place in above if place is not None], places)
    names = [place.name for place in stated.meant.districts]
    matched = "、".join(names) or (stated.zone.name if stated.zone else "")
    return Placement(circle[0], circle[1], "district", circle[2], "district", matched)


def _city(stated: Sequence[Division], places: Places) -> Placement:
    """The seat of the one city that is stated; a municipality counts, a province does not."""
    scope = [place for place in stated if _is_city(place)]
    if len(scope) != 1:
        return _NOWHERE
    codes = places.counties_of(scope)
    circle = places.district_circle(codes)
    if circle is None:
        return _NOWHERE
    seat = places.seat(scope[0])
    if seat is None:
        return Placement(circle[0], circle[1], "city", circle[2], "district", scope[0].name)
    lon, lat = places.settlements(codes)
    radius = (
        float(np.quantile(distance_m(lon, lat, seat.lon, seat.lat), 0.95))
        if len(lon)
        else circle[2]
    )
    return Placement(
        seat.lon, seat.lat, "city", radius, "gazetteer", f"{seat.name}（{seat.origin}）"
    )


def _is_city(place: Division) -> bool:
    return place.level != "province" or place.name.endswith("市")


def in_district(district_code: Hashable, meant: Resolution) -> bool:
    """Whether a point's district is the stated one, or any of its successors.

    True when nothing is stated that could be contradicted.
    """
    return not meant.codes or meant.holds(str(district_code or ""))
