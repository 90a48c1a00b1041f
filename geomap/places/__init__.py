"""Where a station is, offline: a person's coordinate, a gazetteer's point, or a district."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import shapely

from geomap.divisions import Divisions
from geomap.places.datum import Datum
from geomap.places.gazetteer import Gazetteer, read_gazetteer, read_shipped
from geomap.places.ground_index import GroundIndex
from geomap.places.index import Places
from geomap.places.recorded import Answers, read_answers
from geomap.places.rungs import place_stations
from geomap.places.zones import read_zones

__all__ = ["Answers", "GroundIndex", "Places", "place_stations", "read_answers", "read_places"]


def read_places(
    divisions: Divisions,
    districts: gpd.GeoDataFrame,
    *,
    gazetteer: Path,
    ledger: Path | None = None,
    zones: Path | None = None,
    extra: Path | None = None,
    extra_datum: Datum | str | None = None,
    answers: Answers | None = None,
    ground: GroundIndex | None = None,
    townships: Mapping[tuple[str, str], shapely.Geometry] | None = None,
) -> Places:
    """Everything :func:`place_stations` needs, from files.

    Parameters
    ----------
    gazetteer : geodata/gazetteer.parquet.
    ledger : geodata/places.csv, the places a person entered with their source; may be absent.
    zones : geodata/zones.csv; may be absent.
    extra : a user's gazetteer (CSV, also .gz); trusted before the shipped one.
    answers : what geocoders answered before (:func:`read_answers`).
    ground : the named things of a map extract.
    townships : the user's own polygons (:func:`geomap.places.townships.read_townships`).

    Raises
    ------
    InputError
        When a file cannot be used.
    """
    tables: list[Gazetteer] = []
    if ledger is not None and ledger.exists():
        tables.append(read_gazetteer(ledger, districts))
    if extra is not None:
        tables.append(read_gazetteer(extra, districts, extra_datum))
    known, skips = read_zones(zones) if zones is not None else ((), ())
    skips = (*(skip for table in tables for skip in table.skips), *skips)
    rows = [*(table.places for table in tables), read_shipped(gazetteer)]
    return Places(
        divisions,
        districts,
        rows,
        zones=known,
        skips=skips,
        answers=answers,
        ground=ground,
        townships=townships,
    )
