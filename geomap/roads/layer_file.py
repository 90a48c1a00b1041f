"""Which layers of a GIS file hold the streets.

GDAL chooses a driver by what a file holds, whatever its name says, and some drivers open other
files and addresses that the file names. So each suffix has its one kind here, the first bytes
must be of that kind, and GeoJSON, which may link to a coordinate system, is not read by GDAL.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pyogrio
import pyogrio.errors
import pyproj

from geomap.files.foreign import parsing
from geomap.files.parquet import read_geo_parquet
from geomap.model.records import InputError, Skip
from geomap.roads.faults import road_fault, say_words
from geomap.roads.geojson import read_geojson
from geomap.roads.packed import unpack_shapefiles

_PARQUET = (".parquet", ".geoparquet")
_GEOJSON = (".geojson", ".json")
#: Suffix → GDAL's driver, and the bytes such a file has at a place: no other driver takes it.
_GDAL = {
    ".gpkg": ("GPKG", {0: b"SQLite format 3\0", 68: b"GP"}),
    ".shp": ("ESRI Shapefile", {0: b"\0\0\x27\x0a"}),
    ".fgb": ("FlatGeobuf", {0: b"fgb"}),
}
LAYER_SUFFIXES = (*_PARQUET, *_GEOJSON, *_GDAL, ".zip")
_FAULTS = (
    ValueError, OSError, pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError,
    pyogrio.errors.CRSError, pyogrio.errors.FeatureError, pyogrio.errors.GeometryError,
    pyproj.exceptions.ProjError,
)  # fmt: skip
#: What SQLite was asked when it found a .gpkg damaged.
_SQL = re.compile(r"sqlite3_\w+\(.*?\) failed: ", re.DOTALL)
#: Kinds of layers that may hold lines, as GDAL calls them ("Unknown" may hold anything).
_LINES = re.compile("Line|Curve|Unknown|Collection|Geometry")
#: Layers that say they are streets, for files that also hold rivers, railways and power lines.
_NAMED = re.compile("road|street|highway|edges|道路|公路|路网|街", re.IGNORECASE)
_NOT_NAMED = re.compile("rail|铁路", re.IGNORECASE)


def open_layers(path: Path, columns: Collection[str]) -> tuple[list[gpd.GeoDataFrame], list[Skip]]:
    """Return the layers of a file that hold its streets, with these columns, and those left out.

    Of several layers with lines those named after streets count.

    Raises
    ------
    InputError
        Of no kind we read or not what its suffix says, not readable, no layer with lines, or
        several with nothing that tells which are streets.
    """
    suffix = path.suffix.lower()
    with _as_faults(path):
        if suffix in _PARQUET:
            return [read_geo_parquet(path)], []
        if suffix in _GEOJSON:
            return [read_geojson(path, columns)], []
        if suffix == ".zip":
            with TemporaryDirectory(prefix="geomap-") as folder:
                return _read_layers(path, unpack_shapefiles(path, Path(folder)), columns)
        return _read_layers(path, [path], columns)


@contextmanager
def _as_faults(path: Path) -> Iterator[None]:
    # Of what the libraries let slip (pyogrio an UnboundLocalError) there is nothing to quote.
    with parsing(road_fault(path, "road-layer-damaged", path.suffix)), _with_words(path):
        yield


@contextmanager
def _with_words(path: Path) -> Iterator[None]:
    try:
        yield
    except InputError as fault:
        if fault.code.startswith("road-"):
            raise
        raise road_fault(path, "road-layer-damaged", fault.detail) from fault
    except _FAULTS as fault:
        words = _SQL.sub("", say_words(fault)).split("; ")[0]
        raise road_fault(path, "road-layer-damaged", words) from fault


def _read_layers(
    path: Path, files: list[Path], columns: Collection[str]
) -> tuple[list[gpd.GeoDataFrame], list[Skip]]:
    kinds = {}
    for file in files:
        _check_signature(path, file)
        for name, kind in pyogrio.list_layers(file.resolve()).tolist():
            kinds[name] = kind, file
    if not kinds:
        raise road_fault(path, "road-no-lines", "-")
    chosen = _choose(path, {name: kind for name, (kind, _) in kinds.items()})
    skips = [
        Skip("roads", path.name, "other-layer", f"layer {name} ({kind}) was not read", str(name))
        for name, (kind, _) in kinds.items()
        if name not in chosen
    ]
    return [_read(kinds[name][1], name, columns) for name in chosen], skips


def _check_signature(path: Path, file: Path) -> None:
    suffix = file.suffix.lower()
    if suffix not in _GDAL:
        raise road_fault(path, "road-format", suffix or path.name)
    driver, signature = _GDAL[suffix]
    with file.open("rb") as stream:
        head = stream.read(100)
    if any(head[at : at + len(mark)] != mark for at, mark in signature.items()):
        raise road_fault(path, "road-content", f"{suffix}: not {driver}")


def _read(path: Path, name: str, columns: Collection[str]) -> gpd.GeoDataFrame:
    with warnings.catch_warnings():
        # GDAL's remarks on a file that can be read (a column type, a missing index) help nobody.
        warnings.simplefilter("ignore", RuntimeWarning)
        return gpd.read_file(path.resolve(), layer=name, columns=sorted(columns))


def _choose(path: Path, kinds: dict[str, str | None]) -> list[str]:
    lines = [name for name, kind in kinds.items() if kind and _LINES.search(kind)]
    if len(kinds) == 1 or not lines:
        return list(kinds)[:1]
    if len(lines) == 1:
        return lines
    chosen = [name for name in lines if _NAMED.search(name) and not _NOT_NAMED.search(name)]
    if not chosen:
        raise road_fault(path, "road-many-layers", ", ".join(lines))
    return chosen
