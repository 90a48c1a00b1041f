"""What one reading of a map extract gives: one table of named and drawn things."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

#: ``street`` lines; ``place``, ``door``, ``quarter`` points; where the map itself is broken, a
#: ``fault``; the rest is land to draw or weigh.
LAYERS = ("street", "place", "door", "quarter", "water", "green", "rail", "home", "work", "fault")
#: ``name_en``: in English, where the map says it; ``number`` of doors; ``half_m``: how far a thing
#: reaches from its point; ``area_m2`` of land.
COLUMNS = ("layer", "kind", "name", "name_en", "aliases", "number", "half_m", "area_m2",
           "geometry")  # fmt: skip


@dataclass(frozen=True, eq=False)
class Ground:
    """The things of one or several extracts, EPSG:4326, in the order of the files.

    ``things`` has :data:`COLUMNS`, the geometry as WKB: a shape takes a tenth of the memory that
    it takes when drawn, and of a city nobody draws all; ``aliases`` are separated by ``;``.
    """

    things: pa.Table

    @property
    def base(self) -> gpd.GeoDataFrame:
        """What a base map draws and names: all but doors, faults, and land of homes and work."""
        rest = pa.array(["door", "home", "work", "fault"], pa.large_string())
        return _drawn(self.things.filter(pc.invert(pc.is_in(self.things["layer"], rest))))

    def layer(self, name: str) -> gpd.GeoDataFrame:
        """Return the things of one of :data:`LAYERS`, index from 0."""
        return _drawn(self.things.filter(pc.equal(self.things["layer"], name)))


def _drawn(things: pa.Table) -> gpd.GeoDataFrame:
    shapes = shapely.from_wkb(things["geometry"].to_numpy())
    facts = things.drop_columns("geometry").to_pandas()
    return gpd.GeoDataFrame(facts, geometry=shapes, crs="EPSG:4326")
