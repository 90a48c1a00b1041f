"""What of each district lies under polygons that do not overlap."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely

from geomap.coverage.circles import THREADS, Pieces
from geomap.coverage.lattice import Lattice, lay_lattice
from geomap.coverage.plane import Floats, Geometries, areas_m2

#: Degrees of the squares in which places are located together (200 m).
_SQUARE = 0.002


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
    _lattices: dict[int, Lattice] = field(default_factory=dict)

    def lattice(self, district: int) -> Lattice:
        """Return the lattice of a district, made once."""
        if district not in self._lattices:
            shape, area_m2 = self.shapes[district], float(self.area_m2[district])
            self._lattices[district] = lay_lattice(shape, area_m2)
        return self._lattices[district]

    def take(self, rows: npt.NDArray[np.int64]) -> Land:
        """Some of the districts, in this order."""
        shapes = self.shapes[rows]
        return Land(shapes, self.area_m2[rows], shapely.STRtree(shapes))

    def locate(self, lon: Floats, lat: Floats) -> npt.NDArray[np.int64]:
        """Return the number of the district of each place (degrees), -1 in none.

        On a border it is the first. Neighbouring places are asked for together: whole squares of
        a district's inside need no look at its lines.
        """
        column, row = (np.floor(axis / _SQUARE).astype(np.int64) for axis in (lon, lat))
        # One whole number a square sorts ten times as fast as pairs; a turn has 180,000 squares.
        _, first, member = np.unique(
            column * 1_000_000 + row, return_index=True, return_inverse=True
        )
        square = np.column_stack([column[first], row[first]])
        boxes = shapely.box(*(square * _SQUARE).T, *((square + 1) * _SQUARE).T)
        found = np.full(len(square), -1, dtype=np.int64)
        whole = self.tree.query(boxes, predicate="within")[::, ::-1]
        found[whole[0]] = whole[1]
        district = found[member]
        open_rows = np.flatnonzero(district < 0)
        points = shapely.points(lon[open_rows], lat[open_rows])
        point, number = self.tree.query(points, predicate="intersects")[:, ::-1]
        order = np.lexsort((number, point))[::-1]
        district[open_rows[point[order]]] = number[order]
        return district


def survey_land(shapes: Geometries) -> Land:
    """The districts ready to be clipped; the shapes are copied, never prepared in place."""
    own = np.asarray(shapely.set_srid(shapes, 4326), dtype=object)  # clones
    broken = ~shapely.is_valid(own)
    own[broken] = shapely.make_valid(own[broken], method="structure", keep_collapsed=False)
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

    def by_district(self) -> Iterator[tuple[int, Geometries]]:
        """Yield each district's number with its shapes; they stand in order of districts."""
        districts, starts = np.unique(self.district, return_index=True)
        for district, shapes in zip(districts, np.split(self.shapes, starts[1:]), strict=False):
            yield int(district), shapes


def clip_to_land(pieces: Pieces, land: Land) -> Clipped:
    """Return the part of the pieces in each district, in order of districts."""
    found = [_clip(pieces.whole, land, together=True), _clip(pieces.cut, land, together=False)]
    district = np.concatenate([part.district for part in found])
    shapes = np.concatenate([part.shapes for part in found])
    order = np.argsort(district, kind="stable")
    return Clipped(district[order], shapes[order])


def _clip(shapes: Geometries, land: Land, together: bool) -> Clipped:
    """Clip shapes; ``together``: those at one district's border in one go, as they never touch."""
    number, district = land.tree.query(shapes)
    order = np.lexsort((number, district))
    number, district = number[order], district[order]
    within = shapely.contains_properly(land.shapes[district], shapes[number])
    touches = ~within
    touches[touches] = shapely.intersects(land.shapes[district[touches]], shapes[number[touches]])
    crossing, groups = shapes[number[touches]], district[touches]
    if together and len(groups):
        groups, index = np.unique(groups, return_inverse=True)
        crossing = shapely.multipolygons(crossing, indices=index)
    cut = _intersect(crossing, land.shapes[groups])
    return Clipped(
        np.concatenate([district[within], groups]),
        np.concatenate([shapes[number[within]], cut]),
    )


def _intersect(shapes: Geometries, districts: Geometries) -> Geometries:
    """Intersect pair by pair in threads: overlays only read, prepared predicates would not."""
    halves = zip(np.array_split(shapes, THREADS), np.array_split(districts, THREADS), strict=True)
    with ThreadPoolExecutor(max_workers=THREADS) as threads:
        return np.concatenate(list(threads.map(lambda pair: shapely.intersection(*pair), halves)))
