"""The map as a library: tables for a notebook, and a folium map of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import folium
import geopandas as gpd

from geomap.layers import Bands, Districts, ServiceAreas, Stations
from geomap.model.edition import Edition
from geomap.model.records import Skip
from geomap.pipeline.build import Order, make_edition

#: What a station's popup says.
_FACTS = ("kind", "status", "access", "opening_hours", "address", "precision", "confirmed")


@dataclass(frozen=True, slots=True)
class BuiltMap:
    """A folder's map as tables; all of it, also what only the internal pages may show.

    Attributes
    ----------
    edition : all built tables (:class:`geomap.model.edition.Edition`).
    skips, warnings : rows that were left out or are doubtful, with where and why.
    """

    edition: Edition
    skips: tuple[Skip, ...]
    warnings: tuple[Skip, ...]

    @property
    def stations(self) -> gpd.GeoDataFrame:
        """One row a station, points in EPSG:4326 (None where nobody knows)."""
        return self.edition.stations

    @property
    def districts(self) -> gpd.GeoDataFrame:
        """Districts with a station, a claim or a share, polygons in EPSG:4326."""
        return self.edition.districts

    @property
    def areas(self) -> gpd.GeoDataFrame:
        """Service areas: ``envelope_id method coverage geometry``, EPSG:4326."""
        return self.edition.areas

    def explore(self, envelope: str = "") -> folium.Map:
        """Return a folium map of districts, service areas and stations; more can be added to it.

        Parameters
        ----------
        envelope : id of the envelope whose areas and shares are drawn; the first one without it.

        Raises
        ------
        KeyError
            The settings have no such envelope.
        """
        envelopes = {each.id: each.label for each in self.edition.settings.envelopes}
        chosen = envelope or next(iter(envelopes))
        label = envelopes[chosen]
        drawn = folium.Map(tiles=None)
        Districts(
            self.edition.districts, label="district", share=f"{chosen}_share", name="区县"
        ).add_to(drawn)
        areas = self.areas[self.areas.envelope_id == chosen]
        ServiceAreas(areas, coverage="coverage", method="method", name=label).add_to(drawn)
        bands = self.edition.bands
        if bands is not None and (bands.envelope_id == chosen).any():
            own = bands[bands.envelope_id == chosen]
            Bands(own, name=f"{label} 等时圈", show=False).add_to(drawn)
        Stations(
            self.stations, label="name", uncertainty_m="uncertainty_m", facts=_FACTS, name="站点"
        ).add_to(drawn)
        folium.LayerControl().add_to(drawn)
        if self.stations.geometry.notna().any():
            west, south, east, north = self.stations.total_bounds.tolist()
            drawn.fit_bounds([(south, west), (north, east)])
        return drawn


def build(
    folder: Path | str, *, roads: Sequence[Path | str] = (), maps: Sequence[Path | str] = (),
    gazetteer: Path | str | None = None,
) -> BuiltMap:  # fmt: skip
    """Return the map of a geodata folder as tables; nothing is drawn, written or asked for.

    Parameters
    ----------
    folder : holds at least a stations.csv; reference files it lacks come with the package.
    roads : road files; without them service areas are circles.
    maps : .osm.pbf extracts: names and doors that place rows, and their roads.
    gazetteer : a CSV of more place names.

    Raises
    ------
    GeomapError
        A file or a setting cannot be used.
    """
    order = Order(
        Path(folder), out=Path(), roads=tuple(Path(file) for file in roads),
        maps=tuple(Path(file) for file in maps), gazetteer=Path(gazetteer) if gazetteer else None,
        clock=False,
    )  # fmt: skip
    made, _ = make_edition(order)
    return BuiltMap(made.edition, made.skips, made.warnings)
