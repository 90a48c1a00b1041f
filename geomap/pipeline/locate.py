"""place, then districts: where every row is, how sure that is, and in which district it lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.divisions import Divisions, Resolution
from geomap.model.records import Placement, Skip
from geomap.pipeline.reference import Extra, Reference
from geomap.places import Places, place_stations
from geomap.places.districts import assign_districts
from geomap.places.rungs import in_district
from geomap.sheets.table_file import Checked
from geomap.stations.found import PlacementMark, split_placed

if TYPE_CHECKING:
    from geomap.pipeline.ask import Tell

_ADMIN = ("province", "city", "district", "township")
#: What a reported outcome of the point-in-polygon join says of a row.
_OUTCOMES = {
    "border": ("point-border", "the point lies on a border; {code} was chosen"),
    "sea": ("point-sea", "the point lies in the sea: check the coordinate"),
    "foreign": ("point-foreign", "the point lies outside China: check the coordinate"),
}


def locate(rows: pd.DataFrame, reference: Reference, places: Places) -> Checked:
    """Return the joined rows with place and district (:data:`geomap.model.tables.BUILT`).

    ``skips`` are the rows that nobody can place, ``warnings`` doubts worth a look.

    A coordinate that intake found keeps the precision it was found with, unless its words are
    known better by now; a person's is exact; a row without one is placed from its words, offline.
    """
    split = [split_placed(sources) for sources in rows.sources]
    marks = [mark for _, mark in split]
    placed = _with_marks(place_stations(rows, places), rows, marks)
    by_machine = np.array([mark is not None for mark in marks], dtype=bool)  # of no rows, too
    _place_anew(placed, rows[by_machine], places)
    rows = rows.assign(sources=pd.Series([documents for documents, _ in split], rows.index))
    resolved = resolve_rows(rows, reference.divisions)
    located = join_districts(
        pd.concat([rows.drop(columns=placed.columns, errors="ignore"), placed], axis=1),
        resolved,
        reference,
    )
    skips = (*places.skips, *_unplaceable(located, resolved))
    kept = (located.precision != "none").to_numpy()
    drawn = reference.districts
    doubts = _doubts(
        located[kept],
        [each for each, keep in zip(resolved, kept, strict=True) if keep],
        dict(zip(drawn.district_code, drawn.district, strict=True)),
    )
    located = located[kept].reset_index(drop=True)
    points = gpd.points_from_xy(located.lon, located.lat)
    stations = gpd.GeoDataFrame(located, geometry=points, crs="EPSG:4326")
    return Checked(stations, skips, tuple(doubts))


def locate_written(rows: pd.DataFrame, reference: Reference) -> Checked:
    """Return :func:`locate` of a sheet's rows by themselves, before anything is joined to them."""
    sources = pd.Series([()] * len(rows), rows.index, dtype=object)
    return locate(rows.assign(confirmed=False, sources=sources), reference, reference.places())


def known_places(
    provider: str, rows: pd.DataFrame, reference: Reference, extra: Extra, tell: Tell
) -> tuple[Places, tuple[Skip, ...]]:
    """Return everything that can say where rows are, and the rows that no provider answered for."""
    if not provider:
        return reference.places(extra), ()
    from geomap.pipeline.ask import known_places  # loads geopy, which most builds need not

    return known_places(provider, rows, reference, extra, tell)


def _place_anew(placed: pd.DataFrame, by_machine: pd.DataFrame, places: Places) -> None:
    """Take what is known better by now of rows that intake placed."""
    anew = place_stations(without_machine_points(by_machine), places)
    sharper = anew.index[anew.uncertainty_m < placed.uncertainty_m[anew.index]]
    placed.loc[sharper] = anew.loc[sharper]


def without_machine_points(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose coordinate intake worked out without it, the others as they are."""
    machine = np.array([split_placed(each)[1] is not None for each in rows.sources], dtype=bool)
    return rows.assign(lon=rows.lon.mask(machine), lat=rows.lat.mask(machine))


def place_rows(rows: pd.DataFrame, reference: Reference) -> list[Placement]:
    """Return where each row is, for intake, which writes it into found.csv."""
    table = place_stations(rows, reference.places())
    columns = (table[field.name] for field in fields(Placement))
    return [Placement(*values) for values in zip(*columns, strict=True)]


def _with_marks(
    placed: pd.DataFrame, rows: pd.DataFrame, marks: Sequence[PlacementMark | None]
) -> pd.DataFrame:
    """Give rows that intake placed the precision they were placed with."""
    marked = placed.copy()
    for index, mark in zip(rows.index, marks, strict=True):
        if mark is not None and placed.at[index, "precision"] == "exact":
            marked.loc[index, ["precision", "provider", "matched"]] = (
                mark.precision,
                mark.provider,
                mark.matched,
            )
            marked.loc[index, "uncertainty_m"] = rows.loc[index, "uncertainty_m"]
    return marked


def resolve_rows(rows: pd.DataFrame, divisions: Divisions) -> list[Resolution]:
    """Return what each row's stated divisions mean today."""
    resolve = lru_cache(maxsize=8192)(
        lambda *stated: divisions.resolve(**dict(zip(_ADMIN, stated, strict=True)))
    )
    return [resolve(*stated) for stated in rows[list(_ADMIN)].itertuples(index=False, name=None)]


def join_districts(
    rows: pd.DataFrame, resolved: Sequence[Resolution], reference: Reference
) -> pd.DataFrame:
    """Return the rows with ``district_code in_district district_outcome`` and today's names."""
    lon, lat = rows.lon.to_numpy(dtype=float), rows.lat.to_numpy(dtype=float)
    joined = assign_districts(lon, lat, reference.districts)
    city_only = (rows.precision == "city").to_numpy()
    code = np.where(city_only, "", joined.district_code.fillna("").to_numpy())
    outcome = np.where(city_only, "city-only", joined.outcome.to_numpy())
    holds = [in_district(here, places) for places, here in zip(resolved, code, strict=True)]
    rows = rows.assign(
        district_code=code,
        district_outcome=outcome,
        in_district=np.array(holds, dtype=bool) | city_only,
    )
    return _with_names_of_today(rows, reference.districts)


def _with_names_of_today(rows: pd.DataFrame, districts: pd.DataFrame) -> pd.DataFrame:
    """Write today's names where the point confirms what the row says, or the row is silent."""
    today = districts.set_index("district_code")[["province", "city", "district"]]
    known = rows.in_district & rows.district_code.isin(today.index)
    named = rows.copy()
    for column in today.columns:
        names = rows.district_code.map(today[column])
        named[column] = rows[column].where(~known, names)
    return named


def _unplaceable(rows: pd.DataFrame, resolved: Sequence[Resolution]) -> Iterable[Skip]:
    lost = np.flatnonzero(rows.precision == "none")
    columns = ["where", "name", "address", *_ADMIN]
    for number, row in zip(lost, rows.iloc[lost][columns].to_dict("records"), strict=True):
        places = resolved[int(number)]
        words = " ".join(filter(None, (row[part] for part in _ADMIN))) or row["address"]
        code = "district-unknown" if places.unknown else "place-unknown"
        code = "district-ambiguous" if places.ambiguous else code
        reason = f"{row['name'][:80]}: nobody can say where {words[:80] or 'it'} is"
        namesakes = "、".join(f"{place.city}{place.name}" for place in places.districts[:4])
        detail = " ".join(filter(None, (row["name"][:80], words[:80], namesakes)))
        reason = f"{reason}: {namesakes}" if namesakes else reason
        yield Skip("place", f"{row['where']}:district", code, reason, detail)


def _doubts(
    rows: pd.DataFrame, resolved: Iterable[Resolution], names_of: Mapping[str, str]
) -> Iterable[Skip]:
    columns = ["where", "in_district", "district_code", "district_outcome"]
    for row, places in zip(rows[columns].to_dict("records"), resolved, strict=True):
        district, outcome = f"{row['where']}:district", row["district_outcome"]
        if places.unknown:
            words = "、".join(places.unknown)
            reason = f"{words[:80]}: not a division"
            yield Skip("districts", district, "district-unknown", reason, words[:80])
        elif places.ambiguous:
            names = "、".join(f"{place.city}{place.name}" for place in places.districts[:4])
            yield Skip("districts", district, "district-ambiguous", f"may be {names}", names)
        elif not row["in_district"] and row["district_code"]:
            stated = "、".join(place.name for place in places.districts or places.scope)
            here = names_of.get(row["district_code"], row["district_code"])
            reason = f"the point lies in {here}, not in {stated}"
            detail = f"{here} ≠ {stated}"
            yield Skip("districts", f"{row['where']}:lon", "outside-district", reason, detail)
        if outcome in _OUTCOMES:
            code, reason = _OUTCOMES[outcome]
            home = str(row["district_code"])
            reason = reason.format(code=home)
            yield Skip("districts", f"{row['where']}:lon", code, reason, home)
