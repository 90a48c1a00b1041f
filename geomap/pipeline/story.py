"""diff: what has changed since another edition; and the page of it inside a site."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import shapely

from geomap.model.records import InputError
from geomap.stations.edition_diff import EditionDiff, Snapshot, compare
from geomap.store.editions import list_editions, read_edition
from geomap.store.marker import PUBLICATION, SITE
from geomap.store.publish import editions_folder

_HEADLINE = "ebike_10min_15kmh_share"
_STATIONS, _DISTRICTS = "data/stations.geojson", "data/districts.csv"
#: Has the internal stations instead where they are many.
_PACKED = "data/stations.parquet"
_MARKS = (SITE, PUBLICATION)


def read_snapshot(place: Path, *, public: bool = False) -> Snapshot:
    """Return the edition that lies in a built site, a published folder or a kept edition's zip.

    Raises
    ------
    InputError
        There is none.
    """
    return as_snapshot(_read_files(place), place, public=public)


def is_public(place: Path) -> bool:
    """Whether an edition has its public part alone, so that only this can be compared."""
    files = _read_files(place)
    return not any(f"internal/{name}" in files for name in (_STATIONS, _PACKED))


def as_snapshot(files: Mapping[str, bytes], place: Path, *, public: bool = False) -> Snapshot:
    """Return the same of a site in memory, path → bytes."""
    rooms = ("public/", "") if public else ("internal/", "public/", "")
    names = (_STATIONS, _PACKED)
    room = next((room for room in rooms if any(f"{room}{name}" in files for name in names)), None)
    if room is None:
        raise InputError(
            f"{place}: no built map here; run build, or check the name",
            code="site-missing", where=place,
        )  # fmt: skip
    stations = {station["station_id"]: station for station in _list_stations(files, room)}
    mark = json.loads(next((files[name] for name in _MARKS if name in files), b"{}"))
    table = files.get(f"{room}{_DISTRICTS}", b"")
    return Snapshot(str(mark.get("edition_date", "")), stations, _shares(table))


def _list_stations(files: Mapping[str, bytes], room: str) -> Iterator[dict[str, Any]]:
    """Yield the facts of each station, with ``lon`` and ``lat``, None where nobody knows."""
    if packed := files.get(f"{room}{_PACKED}"):
        for row in pq.read_table(BytesIO(packed)).to_pylist():
            point = shapely.from_wkb(row.pop("geometry"))
            lon, lat = (point.x, point.y) if point else (None, None)
            yield row | {"lon": lon, "lat": lat}
        return
    for feature in json.loads(files[f"{room}{_STATIONS}"])["features"]:
        yield feature["properties"] | _point(feature["geometry"])


@dataclass(frozen=True, slots=True)
class Told:
    """What has changed, and the two editions that were compared."""

    story: EditionDiff
    old: Snapshot
    new: Snapshot


def tell_story(
    files: Mapping[str, bytes], out: Path, previous: Path | None, aliases: Mapping[str, str]
) -> Told | None:
    """Return what a site in memory changes; None where no edition was recorded before.

    Parameters
    ----------
    previous : the edition to compare with; without it the last one published from ``out``.
    """
    place = previous or last_recorded(out)
    if place is None:
        return None
    public = is_public(place)
    old, new = read_snapshot(place, public=public), as_snapshot(files, out, public=public)
    return Told(compare(old, new, aliases), old, new)


def last_recorded(out: Path) -> Path | None:
    """Return the edition published last from a site's folder, where one was kept."""
    kept = list_editions(editions_folder(out))
    return kept[-1].path if kept else None


def _read_files(place: Path) -> dict[str, bytes]:
    if place.suffix == ".zip":
        kept = next((k for k in list_editions(place.parent) if k.path.name == place.name), None)
        return read_edition(place.parent, kept.number)[1] if kept else _read_zip(place)
    rooms = ("internal/", "public/", "")
    paths = [
        *_MARKS,
        *(f"{room}{name}" for room in rooms for name in (_STATIONS, _PACKED, _DISTRICTS)),
    ]
    return {path: (place / path).read_bytes() for path in paths if (place / path).is_file()}


def _read_zip(place: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(place) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{place}: no kept edition", code="site-missing", where=place) from error


def _point(geometry: Mapping[str, list[float]] | None) -> dict[str, float | None]:
    lon, lat = geometry["coordinates"][:2] if geometry else (None, None)
    return {"lon": lon, "lat": lat}


def _shares(table: bytes) -> dict[str, float]:
    if not table:
        return {}
    rows = pd.read_csv(StringIO(table.decode("utf-8-sig")), dtype={"district_code": str})
    others = ("_land_share", "_demand_share", "roads_share")
    named = [c for c in map(str, rows) if c.endswith("_share") and not c.endswith(others)]
    column = _HEADLINE if _HEADLINE in rows else next(iter(named), "")
    if not column:
        return {}
    known = rows[rows[column].notna()]
    cities = known.city.where(known.city != known.province, "").astype(str)
    names = cities + known.district.astype(str)
    return dict(zip(names, known[column].astype(float), strict=True))
