"""Roads from what users have: several files, any of the formats, one network."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np

from geomap.files.osm_text import say_on_terminal
from geomap.model.records import InputError, Skip
from geomap.roads.cache import fetch, hash_files, store
from geomap.roads.datum_check import find_shift_between
from geomap.roads.faults import join_faults, road_fault
from geomap.roads.graphml import read_graphml
from geomap.roads.layer_file import LAYER_SUFFIXES
from geomap.roads.layers import read_layer
from geomap.roads.network import Network
from geomap.roads.osmfile import Progress, StreetReader, read_osm
from geomap.roads.rules import Profile, find_profile
from geomap.roads.streets import Streets, join_streets

_OSM = (".pbf", ".osm", ".osm.gz", ".osm.bz2")
#: By file, what took the streets out of an extract that another reader went through.
Taken = MutableMapping[Path, StreetReader]


def read_roads(
    paths: Path | str | Iterable[Path | str],
    profile: str = "ebike",
    cache: Path | None = None,
    progress: Progress | None = None,
    taken: Taken | None = None,
) -> Network:
    """Return the network of one or several road files; their order does not matter.

    Parameters
    ----------
    paths : .osm.pbf, .osm, OSMnx .graphml, or line layers (.parquet, .gpkg, .geojson, .shp, .fgb,
        a .zip of a .shp), in WGS-84 or with a stated coordinate system. Each suffix has its one
        reader; beside the parts of a .shp no other file and no address is ever opened.
    profile : ``ebike``, ``bicycle``, ``foot`` or ``any`` (`rules.PROFILES`).
    cache : folder for what was read, keyed by the files' contents; None: none. It may be deleted
        at any time.
    progress : called with a line of text now and then; by default a line that renews itself on a
        terminal, and silence elsewhere.
    taken : streets of extracts that were read beside something else (`street_readers`); those that
        are used are taken out.

    Raises
    ------
    InputError
        Files that cannot be used, all named at once.
    SettingsError
        No such profile.
    """
    files = [paths] if isinstance(paths, (str, Path)) else list(paths)
    reading = _Reading(find_profile(profile), progress or say_on_terminal, {} if taken is None
                       else taken)  # fmt: skip
    return reading.read([Path(file) for file in files], cache)


def street_readers(files: Iterable[Path], profile: str = "ebike") -> Taken:
    """Return what takes the streets out of each file, for whoever reads it first."""
    return {file: StreetReader(find_profile(profile)) for file in files}


@dataclass(frozen=True)
class _Reading:
    profile: Profile
    progress: Progress
    taken: Taken

    def read(self, files: Sequence[Path], cache: Path | None) -> Network:
        _check_there(files)
        key = hash_files(files, self.profile.name) if cache else ""
        known = fetch(cache, key) if cache else None
        if known is not None:
            return known
        parts, skips = self._read_all(sorted(files, key=lambda file: (file.name, str(file))))
        streets = join_streets(parts)
        self.progress(f"{streets.line_count:,} streets: finding the junctions")
        if not (streets.forward | streets.backward).any():
            names = ", ".join(file.name for file in files)
            words = f" that the profile {self.profile.name} may use"
            raise road_fault(names, "road-no-street", words)
        network = Network.of_streets(streets, self.profile.name, skips)
        self.progress("")
        if cache:
            store(cache, key, network)
        return network

    def _read_all(self, files: Sequence[Path]) -> tuple[list[Streets], list[Skip]]:
        parts, skips, faults = [], [], []
        for file in files:
            self.progress(f"{file.name}: reading")
            try:
                streets, left_out = self._read_one(file)
            except InputError as fault:
                faults.append(fault)
                continue
            parts.append(streets)
            skips += left_out
        faults += _compare(files, parts) if not faults else []
        if faults:
            raise join_faults(faults)
        return parts, skips

    def _read_one(self, file: Path) -> tuple[Streets, list[Skip]]:
        name = file.name.lower()
        if name.endswith(_OSM):
            beside = self.taken.pop(file, None)
            if beside is not None and beside.is_filled:
                return _with_lines(file, beside.streets()), []
            return _with_lines(file, read_osm(file, self.profile, self.progress)), []
        if name.endswith(".graphml"):
            return _with_lines(file, read_graphml(file, self.profile)), []
        if not name.endswith(LAYER_SUFFIXES):
            raise road_fault(file, "road-format", file.suffix or name)
        return read_layer(file, self.profile)


def _check_there(files: Sequence[Path]) -> None:
    if not files:
        raise InputError("no road file was named", code="road-not-named")
    faults = [
        road_fault(str(file), "road-folder" if file.is_dir() else "road-not-there")
        for file in files
        if not file.is_file()
    ]
    if faults:
        raise join_faults(faults)


def _with_lines(file: Path, streets: Streets) -> Streets:
    if not streets.line_count:
        raise road_fault(file, "road-no-street")
    if not ((np.abs(streets.lon) <= 180) & (np.abs(streets.lat) <= 90)).all():
        raise road_fault(file, "road-not-degrees")
    return streets


def _compare(files: Sequence[Path], parts: Sequence[Streets]) -> list[InputError]:
    """Two files of one place must lie upon each other; extracts and graphs are WGS-84 for sure."""
    faults = []
    for (file, streets), (other, others) in permutations(zip(files, parts, strict=True), 2):
        if file.name.lower().endswith(_OSM):
            continue
        datum = find_shift_between(streets, others)
        if datum is not None:
            words = f"{other.name} only when read as {datum.value.upper()}"
            faults.append(road_fault(file, "road-shifted-beside", words))
    return faults
