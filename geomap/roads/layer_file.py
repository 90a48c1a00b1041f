"""Which layers of a GIS file hold the streets."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import geopandas as gpd
import pyarrow
import pyogrio
import pyogrio.errors

from geomap.records import InputError, Skip

_PARQUET = (".parquet", ".geoparquet")
_FAULTS = (
    ValueError, OSError, pyarrow.ArrowException,
    pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError,
)  # fmt: skip
#: What SQLite was asked when it found a .gpkg damaged.
_SQL = re.compile(r"sqlite3_\w+\(.*?\) failed: ", re.DOTALL)
#: Kinds of layers that may hold lines, as GDAL calls them ("Unknown" may hold anything).
_LINES = re.compile("Line|Curve|Unknown|Collection|Geometry")
#: Layers that say they are streets, for files that also hold rivers, railways and power lines.
_NAMED = re.compile("road|street|highway|edges|道路|公路|路网|街", re.IGNORECASE)
_NOT_NAMED = re.compile("rail|铁路", re.IGNORECASE)


def open_layers(path: Path) -> tuple[list[gpd.GeoDataFrame], list[Skip]]:
    """Return the layers of a file that hold its streets, as they are, and those left out.

    Of several layers with lines those named after streets count.

    Raises
    ------
    InputError
        Not readable, no layer with lines, or several with nothing that tells which are streets.
    """
    try:
        if path.suffix.lower() in _PARQUET:
            return [gpd.read_parquet(path)], []
        names, skips = _choose(path, dict(pyogrio.list_layers(path).tolist()))
        return [_read(path, name) for name in names], skips
    except _FAULTS as fault:
        words = " ".join(_SQL.sub("", str(fault)).split()).split("; ")[0][:160]
        raise InputError(
            f"{path.name}: not a readable line layer ({words}); export it again, as .gpkg or "
            ".parquet"
        ) from fault


def _read(path: Path, name: str) -> gpd.GeoDataFrame:
    with warnings.catch_warnings():
        # GDAL's remarks on a file that can be read (a column type, a missing index) help nobody.
        warnings.simplefilter("ignore", RuntimeWarning)
        return gpd.read_file(path, layer=name)


def _choose(path: Path, kinds: dict[str, str | None]) -> tuple[list[str], list[Skip]]:
    if len(kinds) > 1 and pyogrio.read_info(path, layer=next(iter(kinds)))["driver"] == "OSM":
        raise InputError(f"{path.name}: an OpenStreetMap extract inside an archive; unpack it")
    lines = [name for name, kind in kinds.items() if kind and _LINES.search(kind)]
    if len(kinds) == 1 or not lines:
        chosen = list(kinds)[:1]
    elif len(lines) == 1:
        chosen = lines
    else:
        chosen = [name for name in lines if _NAMED.search(name) and not _NOT_NAMED.search(name)]
        if not chosen:
            raise InputError(
                f"{path.name}: several layers hold lines ({', '.join(lines)}) and none is named "
                "roads; save the streets as a file of their own"
            )
    skips = [
        Skip("roads", path.name, "other-layer", f"layer {name} ({kind}) was not read")
        for name, kind in kinds.items()
        if name not in chosen
    ]
    return chosen, skips
