"""Reference data of a folder: settings, divisions, districts, words, people; each read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geomap import roads
from geomap.divisions import Divisions, read_divisions
from geomap.files.folder import Geodata, cache_folder
from geomap.files.foreign import read_file
from geomap.ground import read_ground
from geomap.model.labels import Labels, read_labels
from geomap.model.records import Skip
from geomap.model.settings import Settings, read_settings
from geomap.model.tables import POPULATION
from geomap.model.vocabulary import Vocabulary, read_vocabulary
from geomap.places import Answers, GroundIndex, Places, read_answers, read_places
from geomap.places.districts import OUTLINE_COLUMNS, read_districts
from geomap.places.townships import read_townships
from geomap.sheets.cells import read_whole
from geomap.sheets.reading import decode
from geomap.sheets.table_file import Checked, check_table


@dataclass(frozen=True, slots=True)
class Extra:
    """What places rows beside a folder's own tables: a gazetteer in some datum, map extracts.

    ``streets`` are taken out of the maps where they are read.
    """

    gazetteer: Path | None = None
    datum: str = ""
    maps: tuple[Path, ...] = ()
    streets: roads.Taken = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Reference:
    """Reference data of one geodata folder; each part is read when first asked for."""

    geodata: Geodata

    @cached_property
    def settings(self) -> Settings:
        """map.toml."""
        return read_settings(self.geodata.file("map.toml"))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """words.toml: what people write in a ledger."""
        return read_vocabulary(self.geodata.file("words.toml"))

    @cached_property
    def labels(self) -> Labels:
        """words.toml: what the pages call things."""
        return read_labels(self.geodata.file("words.toml"))

    @cached_property
    def divisions(self) -> Divisions:
        """Names and codes of all divisions of China."""
        folder = self.geodata.file("gazetteer.parquet").parent
        return read_divisions(
            folder, self.geodata.file("former.csv"), self.geodata.file("zones.csv")
        )

    @cached_property
    def districts(self) -> gpd.GeoDataFrame:
        """Polygons of the county-level divisions, EPSG:4326."""
        return read_districts(self.geodata.file("districts.parquet"))

    @cached_property
    def outlines(self) -> gpd.GeoDataFrame | None:
        """The same, simplified for drawing; None where the folder has districts of its own."""
        return self._drawn("outlines.parquet")

    @cached_property
    def provinces(self) -> gpd.GeoDataFrame | None:
        """Provinces as a whole country shows them; None where the districts are the folder's."""
        return self._drawn("provinces.parquet")

    def _drawn(self, name: str) -> gpd.GeoDataFrame | None:
        own, path = self.geodata.root / "districts.parquet", self.geodata.file(name)
        is_ours = not own.exists() or path.parent == own.parent
        return read_districts(path, OUTLINE_COLUMNS) if is_ours and path.exists() else None

    @cached_property
    def everywhere(self) -> gpd.GeoDataFrame:
        """Every district, with the simple polygons where there are any."""
        names = ["district_code", "province", "city", "district"]
        districts = self.districts.drop_duplicates("district_code")[[*names, "geometry"]]
        if self.outlines is None:
            return districts
        simple = self.outlines.drop_duplicates("district_code").set_index("district_code")
        shapes = simple.geometry.reindex(districts["district_code"])
        known = shapes.notna().to_numpy()
        return districts[known].set_geometry(shapes[known].array, crs=4326)

    @cached_property
    def townships(self) -> dict[tuple[str, str], shapely.Geometry]:
        """townships.parquet: the folder's own polygons by district code and name."""
        return read_townships(self.geodata.file("townships.parquet"))

    @cached_property
    def answers(self) -> Answers:
        """answers.csv: what geocoders answered before."""
        return read_answers(self.geodata.file("answers.csv"))

    def places(self, extra: Extra | None = None, answers: Answers | None = None) -> Places:
        """Everything that can say where a row is; a user's gazetteer is trusted first."""
        extra = extra or Extra()
        heard = {file: reader.take for file, reader in extra.streets.items()}
        kept = cache_folder() / "roads"
        ground = read_ground(extra.maps, kept, listeners=heard) if extra.maps else None
        return read_places(
            self.divisions,
            self.districts,
            gazetteer=self.geodata.file("gazetteer.parquet"),
            ledger=self.geodata.file("places.csv"),
            zones=self.geodata.file("zones.csv"),
            extra=extra.gazetteer,
            extra_datum=extra.datum or None,
            answers=answers or self.answers,
            ground=GroundIndex(ground) if ground else None,
            townships=self.townships,
        )

    @cached_property
    def _people(self) -> Checked:
        return check_table(self.geodata.file("population.csv"), POPULATION)

    @property
    def population(self) -> pd.Series:
        """People by district code, from population.csv; of two rows of a district the last."""
        rows = self._people.rows.drop_duplicates("district_code", keep="last")
        counts = [float(read_whole(written) or 0) for written in rows.population]
        return pd.Series(counts, rows.district_code, dtype="float64")

    @property
    def skips(self) -> tuple[Skip, ...]:
        """What of population.csv and former.csv could not be used."""
        return (*self._people.skips, *self._people.warnings, *self.divisions.skips)

    @cached_property
    def sensitive(self) -> tuple[str, ...]:
        """Words that never become a point or a ring on a public page."""
        path = self.geodata.file("sensitive.txt")
        lines = decode(path.name, read_file(path)).splitlines()
        words = (line.partition("#")[0].strip() for line in lines)
        return tuple(sorted({word for word in words if word}))
