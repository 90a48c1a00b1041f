"""The country around an edition: outlines to know where one is, and every district by its name.

An edition draws and lists the districts that hold something. Who looks for another one is led
there and told what is nearest; who sees the whole edition sees which country it lies in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.pages.lookup import list_readings
from geomap.pages.outlines import encode_lines, simplify
from geomap.privacy.filter import make_filter
from geomap.wire import code, encode_table

#: Degrees: provinces seen as a whole, on one screen.
COARSE = 0.06
#: Parts of a degree that the middle of a district is told in: about a kilometre.
MIDDLE_PARTS = 100
#: Parts of a degree that a street or landmark is told in: about ten metres.
NAMED_PARTS = 10_000
#: Provinces are named from this zoom on; cities from the next, those of fewer urban districts than
#: each of these a zoom later.
PROVINCE_ZOOM = 4
URBAN_DISTRICTS = np.array([6, 3, 1])
#: An edition within so few degrees is a city's: nobody looks at it from afar.
WIDE_DEGREES = 2.0


def draw_districts(everywhere: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return every district's name, city, province and middle, and how the names are read.

    Parameters
    ----------
    everywhere : ``district_code province city district`` and polygons, EPSG:4326.
    """
    middles = shapely.get_coordinates(shapely.centroid(np.asarray(everywhere.geometry.array)))
    names = everywhere["district"].astype(str)
    table = encode_table(
        len(everywhere),
        texts={"name": list(names)},
        steps={axis: (MIDDLE_PARTS, np.round(middles[:, n] * MIDDLE_PARTS))
               for n, axis in enumerate(("lon", "lat"))},
        codes={name: code(everywhere[name].astype(str)) for name in ("city", "province")},
    )  # fmt: skip
    written = {text for name in ("district", "city") for text in everywhere[name].astype(str)}
    return {"table": table, "readings": _spaced_readings(written)}


def draw_named(named: pd.DataFrame, sensitive: Sequence[str]) -> dict[str, Any]:
    """Return the names of a map extract with their kind and place, and how the names are read.

    Parameters
    ----------
    named : ``name kind lon lat`` (WGS-84 degrees).
    sensitive : words that no name on a public page may hold.
    """
    shown = _public(named, sensitive)
    table = encode_table(
        len(shown),
        texts={"name": list(shown["name"])},
        steps=_points(shown),
        codes={"kind": code(shown["kind"].astype(str))},
    )
    return {"table": table, "readings": _spaced_readings(set(shown["name"]))}


def draw_crossings(
    crossings: pd.DataFrame, named: pd.DataFrame, sensitive: Sequence[str]
) -> dict[str, Any]:
    """Return where streets cross; a street is its number among what :func:`draw_named` shows.

    Parameters
    ----------
    crossings : ``street other lon lat`` (names; WGS-84 degrees).
    named, sensitive : as :func:`draw_named` takes them.
    """
    names = _public(named, sensitive).reset_index(drop=True)
    streets = names[names["kind"] == "street"]
    numbers = pd.Series(streets.index, streets["name"])
    numbered = {side: crossings[side].map(numbers) for side in ("street", "other")}
    shown = crossings.assign(**numbered).dropna()
    sides = {side: (1, shown[side]) for side in ("street", "other")}
    return {"table": encode_table(len(shown), steps=sides | _points(shown))}


def _public(named: pd.DataFrame, sensitive: Sequence[str]) -> pd.DataFrame:
    sieve = make_filter(sensitive)
    return named[[not sieve.contains_word(name) for name in named["name"]]]


def _points(table: pd.DataFrame) -> dict[str, tuple[int, Any]]:
    return {axis: (NAMED_PARTS, np.round(table[axis].to_numpy(float) * NAMED_PARTS))
            for axis in ("lon", "lat")}  # fmt: skip


def _spaced_readings(names: set[str]) -> dict[str, str]:
    """Return readings with characters apart: two of one sound would look like a person's name."""
    readings = list_readings(sorted(names))
    return {one: " ".join(readings[one]) for one in readings}


def outline_provinces(everywhere: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return ``district_code`` (two digits), ``province`` and polygons, simplified together.

    Takes a second of processor time; geodata/provinces.parquet keeps it for the shipped districts.
    """
    coarse = gpd.GeoSeries(simplify(np.asarray(everywhere.geometry.array), COARSE), crs=4326)
    names = everywhere["province"].astype(str).to_numpy()
    joined = coarse.groupby(names, sort=True).agg(lambda group: group.union_all())
    codes = everywhere["district_code"].str[:2].groupby(names, sort=True).min()
    return gpd.GeoDataFrame(
        {"district_code": codes.to_numpy(), "province": joined.index.astype(str)},
        geometry=simplify(np.asarray(joined.array), 2 * COARSE), crs=4326,
    )  # fmt: skip


def draw_country(provinces: gpd.GeoDataFrame, everywhere: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the lines of :func:`outline_provinces`, as :mod:`geomap.pages.outlines` does.

    ``names`` are the provinces and their cities: where each stands, and from which zoom on.
    """
    provinces = provinces.sort_values("province")
    lines = encode_lines(np.asarray(provinces.geometry.array), 2 * COARSE)
    names = pd.concat([_name_provinces(provinces), _name_cities(everywhere)])
    table = encode_table(
        len(names),
        texts={"name": list(names["name"])},
        steps={axis: (MIDDLE_PARTS, np.round(names[axis].to_numpy(float) * MIDDLE_PARTS))
               for axis in ("lon", "lat")},
        codes={"from": code(names["from_zoom"].astype(int).tolist()),
               "level": code(names["level"])},
    )  # fmt: skip
    return lines | {"names": table}


def _name_provinces(provinces: gpd.GeoDataFrame) -> pd.DataFrame:
    polygons = np.asarray(provinces.geometry.array)
    middle = shapely.centroid(polygons)
    is_bent = ~shapely.contains(polygons, middle)
    middle[is_bent] = shapely.point_on_surface(polygons[is_bent])
    lon, lat = shapely.get_coordinates(middle).T
    names = {"name": provinces["province"].astype(str), "lon": lon, "lat": lat}
    return pd.DataFrame(names).assign(level="province", from_zoom=PROVINCE_ZOOM)


def _name_cities(everywhere: gpd.GeoDataFrame) -> pd.DataFrame:
    """A city stands where its smallest districts are: people live close together there. The more
    urban districts (区) it has, the sooner it is named.
    """
    polygons = np.asarray(everywhere.geometry.array)
    weight = 1 / np.maximum(shapely.area(polygons), 1e-9)
    lon, lat = shapely.get_coordinates(shapely.centroid(polygons)).T
    rows = pd.DataFrame({
        "province": everywhere["province"].astype(str), "name": everywhere["city"].astype(str),
        "weight": weight, "lon": lon * weight, "lat": lat * weight,
        "urban": everywhere["district"].astype(str).str.endswith("区"),
    })  # fmt: skip
    rows = rows[rows["name"].ne("") & rows["name"].ne(rows["province"])]
    cities = rows.groupby(["province", "name"], sort=True).sum().reset_index()
    later = np.searchsorted(-URBAN_DISTRICTS, -cities["urban"].to_numpy(int))
    return cities.assign(
        lon=cities["lon"] / cities["weight"], lat=cities["lat"] / cities["weight"],
        level="city", from_zoom=PROVINCE_ZOOM + 1 + later,
    )  # fmt: skip
