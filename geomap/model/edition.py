"""One edition of the map: the built tables, as the pages receive them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geomap.model.labels import Labels, shipped_labels
from geomap.model.settings import Settings
from geomap.text.hashes import as_letters


@dataclass(frozen=True, slots=True, eq=False)
class StreetLines:
    """Lines without ways: one after the other, the ``highway`` class of each; WGS-84 degrees.

    ``starts`` holds where each line begins in ``lon`` and ``lat``, and the total at its end.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    starts: NDArray[np.int64]
    highway: NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class StreetGraph:
    """Streets between junctions, as a browser needs them to find ways of its own.

    Attributes
    ----------
    lines : the streets' vertices from tail to head.
    along_m : geodesic metres from the tail, one a vertex.
    tail, head : numbers of the junctions at the ends, one a street.
    forward, backward : whether tail → head and head → tail may be ridden.
    afoot : whether one may walk there, pushing, either way.
    undriven : lines to draw that may not be used (motorways).
    light : simplified lines for far looks, ``tier highway geometry`` (EPSG:4326); each tier
        holds all that is drawn there.
    """

    lines: StreetLines
    along_m: NDArray[np.float64]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    forward: NDArray[np.bool_]
    backward: NDArray[np.bool_]
    afoot: NDArray[np.bool_]
    undriven: StreetLines
    light: gpd.GeoDataFrame


@dataclass(frozen=True, slots=True)
class Photo:
    """A station's picture as the pages show it: JPEG, and its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """Its file's name, which changes with what it shows."""
        return f"{as_letters(hashlib.sha256(self.content).hexdigest()[:16])}.jpg"


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What a trial of other stations is counted with, all on the streets, WGS-84 degrees.

    Attributes
    ----------
    stations : ``station_id lon lat``: the feet of the stations that count for sure.
    points : ``lon lat lon_2 lat_2``: a stretch of street, and the one across (NaN: none), with
        the ``people`` and the ``land_m2`` beside it and its ``district_code``.
    """

    stations: pd.DataFrame
    points: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """Where nobody certain is reached in time, of one envelope.

    Attributes
    ----------
    table : ``rank district_code area_km2 demand nearest_station_id nearest_min district place
        way geometry`` (EPSG:4326), the largest demand first; ``nearest_min`` is what half of its
        demand needs at least, ``place`` in words, ``way`` how it lies from the nearest station.
    unit : of the demand: people, or km2 of land where nobody knows the people.
    histogram : demand within 5, 10, 15 and 30 minutes of the nearest station, each beyond the one
        before, and the rest.
    overlapping : ids of stations all of whose places another one serves too.
    squares : ``lon lat served unserved``: the demand of squares of ``side`` degrees that reaches a
        certain station in time, and that does not.
    """

    table: gpd.GeoDataFrame
    unit: str
    histogram: tuple[float, ...]
    overlapping: tuple[str, ...]
    squares: pd.DataFrame = field(default_factory=pd.DataFrame)
    side: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Years:
    """How stations and whom they serve grew, of the headline envelope.

    Attributes
    ----------
    table : ``year open_count maybe_count opened_count closed_count planned_count served
        served_high served_planned``, a row a year, at its end: open for sure; and of unknown date;
        opened, closed and promised in it; demand served by the sure, with the unknown, and with
        what is promised until then.
    unit, total : of the demand (people or km2), and all of it.
    undated_open, undated_closed, undated_planned : rows without the day they open or close.
    """

    table: pd.DataFrame
    unit: str
    total: float
    undated_open: int
    undated_closed: int
    undated_planned: int


#: Isochrone bands in parts of an envelope's minutes: 5, 10 and 15 of ten. 1 is the envelope itself.
BAND_STEPS = (0.5, 1.0, 1.5)


@dataclass(frozen=True, slots=True)
class Edition:
    """All that a site is drawn from.

    Attributes
    ----------
    settings : the settings of this map (title, envelopes, gate, tiles, limits).
    edition_date : ISO 8601 day: the newest of verified_on, opened_on (but of planned ones)
        and document dates; or "".
    stations : one row a station, columns of :data:`geomap.model.tables.BUILT` and ``geometry``
        (points, EPSG:4326; None where nobody knows), sorted by ``station_id``.
    districts : every district with a station, a claim or a share above 0: ``district_code
        province city district population area_km2 station_count planned_count claimed_count
        claimed_on people_per_station served_km2 roads_share``, for each envelope ``ID_share_low
        ID_share ID_share_high ID_land_share ID_people ID_demand_share ID_likely_low
        ID_likely_high``, and ``geometry``
        (polygons, EPSG:4326).
    outlines : ``district_code`` and polygons of the districts, simplified as one coverage for
        drawing (EPSG:4326); None: the pages simplify ``districts`` themselves.
    provinces : ``district_code`` (two digits), ``province`` and their polygons as the country is
        drawn (EPSG:4326); None: the pages make them of ``everywhere``.
    everywhere : ``district_code province city district`` and simple polygons of every district
        there is (EPSG:4326), to be led to; or None.
    base : what a map extract has to draw and to name, ``layer kind name name_en half_m area_m2
        geometry`` (EPSG:4326): streets, places, quarters, water, green, rail; or None.
    named : names of a map extract to search for, ``name kind lon lat`` (WGS-84); or None.
    crossings : of its named streets, ``street other lon lat`` (names; WGS-84); or None.
    areas : service areas, ``envelope_id method coverage geometry`` (EPSG:4326).
    claims : columns of :data:`geomap.model.tables.CLAIMS`, ``verdict`` and ``settles``.
    services : columns of :data:`geomap.model.tables.SERVICES`.
    streets : the network, to be drawn and for ways by road in the browser, or None.
    road_credit : whose roads they are, as their licence asks to be told; or "".
    bands : isochrones by road, ``envelope_id to_min geometry`` (EPSG:4326): the land from which a
        station that counts for sure is reached within so many minutes; or None.
    own_areas : the headline's area of each listed station by itself, at its best-known place:
        ``station_id name envelope_id method uncertainty_m geometry`` (EPSG:4326); or None.
    hours : shares of each hour of a week: ``envelope district_code weekday hour share_low share
        share_high``; None: not asked for.
    gaps : of the headline envelope, or None.
    years : of the headline envelope; None where no row says when it opens or closes.
    compared : whether changes.html tells what has changed since another edition.
    people_from : how people were counted: ``demand`` points, ``homes`` (the census figure on a
        map's residential land and buildings), ``streets`` (along residential streets), or ``land``
        (evenly on all land).
    plan : plan.json of the folder, and whether it ``is_stale``: made of another ledger; or None.
    trial : what other stations are tried with in the browser, or None.
    townships : (district_code, name) → polygon (EPSG:4326), where the user has them.
    photos : station_id → its pictures, the first first.
    on_network : station_id of those the road network speaks for; the others keep circles.
    sensitive : words that must not stand in a quote, an address or a note of a public page.
    aliases : old station_id → today's, so that old links live on.
    holidays : statutory holidays and make-up days as :func:`geomap.hours.calendar_table` gives.
    labels : what keys of the tables are called on the pages.
    report : counts per stage, inputs with SHA-256 and skipped rows, as build.json shows them.
    """

    settings: Settings
    edition_date: str
    stations: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    claims: pd.DataFrame
    services: pd.DataFrame
    outlines: gpd.GeoDataFrame | None = None
    provinces: gpd.GeoDataFrame | None = None
    everywhere: gpd.GeoDataFrame | None = None
    base: gpd.GeoDataFrame | None = None
    named: pd.DataFrame | None = None
    crossings: pd.DataFrame | None = None
    streets: StreetGraph | None = None
    road_credit: str = ""
    bands: gpd.GeoDataFrame | None = None
    own_areas: gpd.GeoDataFrame | None = None
    hours: pd.DataFrame | None = None
    gaps: Gaps | None = None
    years: Years | None = None
    compared: bool = False
    people_from: str = "land"
    plan: Mapping[str, Any] | None = None
    trial: Trial | None = None
    townships: Mapping[tuple[str, str], shapely.Geometry] = field(default_factory=dict)
    photos: Mapping[str, tuple[Photo, ...]] = field(default_factory=dict)
    on_network: frozenset[str] = frozenset()
    sensitive: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    holidays: Mapping[str, Any] = field(default_factory=dict)
    labels: Labels = field(default_factory=shipped_labels)
    report: Mapping[str, Any] = field(default_factory=dict)
