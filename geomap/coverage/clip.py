"""What of each district lies under polygons that do not overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geomap.coverage.plane import Floats, Geometries, areas_m2


@dataclass(frozen=True, slots=True)
class Land:
    """The districts' polygons with their areas.

    Attributes
    ----------
    shapes : polygons, EPSG:4326.
    area_m2 : area of each on the ground.
    """

    shapes: Geometries
    area_m2: Floats
    tree: shapely.STRtree


def survey_land(shapes: Geometries) -> Land:
    """The districts ready to be clipped; the shapes are copied, never prepared in place."""
    own = np.asarray(shapely.make_valid(shapes), dtype=object)
    shapely.prepare(own)
    return Land(own, areas_m2(own), shapely.STRtree(own))


@dataclass(frozen=True, slots=True)
class Clipped:
    """Shapes within districts: ``district`` is the number of the district of each shape."""

    district: npt.NDArray[np.int64]
    shapes: Geometries

    def add_up(self, count: int) -> Floats:
        """Area in square metres in each of ``count`` districts."""
        sums = np.bincount(self.district, weights=areas_m2(self.shapes), minlength=count)
        return sums.astype(np.float64)


def clip_to_land(pieces: Geometries, land: Land) -> Clipped:
    """The part of each piece in each district, in order of districts and pieces."""
    piece, district = land.tree.query(pieces, predicate="intersects")
    order = np.lexsort((piece, district))
    piece, district = piece[order], district[order]
    shapes = np.asarray(pieces[piece], dtype=object)
    crosses = ~shapely.covers(land.shapes[district], shapes)
    small = _near_district(shapes[crosses], land.shapes[district[crosses]])
    shapes[crosses] = shapely.intersection(small, land.shapes[district[crosses]])
    return Clipped(district, shapes)


def _near_district(shapes: Geometries, districts: Geometries) -> Geometries:
    """Large shapes cut to the district's box first: most of them lies in other districts."""
    near = shapes.copy()
    for number in np.flatnonzero(shapely.get_num_coordinates(shapes) > 2000):
        cut = shapely.clip_by_rect(shapes[number], *shapely.bounds(districts[number]))
        if cut.is_valid:
            near[number] = cut
    return near
