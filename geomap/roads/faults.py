"""What may be wrong with a road file: the code of each fault, and its error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geomap.model.records import InputError

#: Code → what is wrong and what to do, in English; :mod:`geomap.commands.messages` has the Chinese.
_ENGLISH = {
    "road-not-there": "no such file; check the path",
    "road-folder": "a folder; name the road files in it",
    "road-format": "not a kind of road file ({}); save it as .gpkg, .parquet or .osm.pbf",
    "road-content": "its content is not what its name says ({}); export it again, as .gpkg or "
    ".parquet",
    "road-too-large": "too large for its kind ({}); save it as .gpkg, .parquet or .osm.pbf",
    "road-extract-damaged": "not a readable OpenStreetMap extract ({}); download it again or cut "
    "it anew",
    "road-extract-packed": "an OpenStreetMap extract inside an archive; unpack it",
    "road-archive": "not an archive with one shapefile ({}); unpack it and name the road file",
    "road-graph-damaged": "not readable as GraphML ({}); save it again with OSMnx's save_graphml",
    "road-layer-damaged": "not a readable line layer ({}); export it again, as .gpkg or .parquet",
    "road-many-layers": "several layers hold lines ({}) and none is named roads; save the streets "
    "as a file of their own",
    "road-crs-missing": "the layer names no coordinate system; set it (EPSG:4326 for WGS-84, with "
    "the .prj file beside a .shp) and save again",
    "road-crs-unknown": "names no coordinate system that can be used ({}); save it in WGS-84 "
    "(EPSG:4326)",
    "road-not-degrees": "coordinates are not degrees although the file says so; set the coordinate "
    "system it really has, or save it in WGS-84 (EPSG:4326)",
    "road-shifted": "declared WGS-84 but its coordinates are {}; convert the layer to WGS-84 "
    "first, or every area is 500 m off",
    "road-shifted-beside": "fits {}; convert it to WGS-84 first",
    "road-empty": "the layer is empty; export it again with its lines",
    "road-no-lines": "no lines in this layer (it holds {}); name a layer of street lines",
    "road-no-street": "no street in it{}; is it whole, and a file with roads?",
}  # fmt: skip


def road_fault(file: Path | str, code: str, detail: str = "") -> InputError:
    """Return the error of a road file; ``detail``: names and written words, in no language."""
    name = file.name if isinstance(file, Path) else file
    message = f"{name}: {_ENGLISH[code].format(detail)}"
    return InputError(message, code=code, where=name, detail=detail.strip())


def join_faults(faults: Sequence[InputError]) -> InputError:
    """Return one error that names the faults of all files."""
    if len(faults) == 1:
        return faults[0]
    return InputError("\n".join(map(str, faults)), faults=tuple(faults))


def say_words(fault: BaseException) -> str:
    """Return what a library said of a file, on one line, or the kind of its error."""
    return " ".join(str(fault).split())[:160] or type(fault).__name__
