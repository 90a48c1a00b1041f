"""What of each district lies under polygons that do not overlap."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geomap.coverage.circles import THREADS, Pieces
from geomap.coverage.lattice import Lattice, lay_lattice
from geomap.coverage.plane import Floats, Geometries, areas_m2, number_squares
from geomap.store.kept import hash_shapes

#: Degrees of the squares in which places are located together (200 m).
_SQUARE = 0.002
#: Lattices of so many districts lie ready, about 100 kB each.
_MOST_LATTICES = 300


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of each of all districts by now; a country has thousands, a map needs some."""

    shapes: Geometries
    area_m2: Floats
    digests: npt.NDArray[np.object_]
    lattices: dict[int, Lattice] = field(default_factory=dict)


@dataclass(frozen=True)
class Land:
    """Districts' polygons (EPSG:4326), each mended and measured once, when first asked for.

    Attributes
    ----------
    drawn : polygons as they came.
    numbers : of these districts among all.
    """

    drawn: Geometries
    numbers: npt.NDArray[np.int64]
    _found: _Found

    def __len__(self) -> int:
        """How many districts there are."""
        return len(self.drawn)

    @cached_property
    def shapes(self) -> Geometries:
        """The polygons, valid and prepared; copies, as what came is never changed."""
        lacking = shapely.is_missing(self._found.shapes[self.numbers])
        self._found.shapes[self.numbers[lacking]] = _mend(self.drawn[lacking])
        return self._found.shapes[self.numbers]

    @cached_property
    def area_m2(self) -> Floats:
        """Area of each on the ground."""
        lacking = np.isnan(self._found.area_m2[self.numbers])
        self._found.area_m2[self.numbers[lacking]] = areas_m2(self.shapes[lacking])
        return self._found.area_m2[self.numbers]

    @cached_property
    def digests(self) -> list[bytes]:
        """The hash of each polygon."""
        lacking = self._found.digests[self.numbers] == b""
        self._found.digests[self.numbers[lacking]] = hash_shapes(self.shapes[lacking])
        return list(self._found.digests[self.numbers])

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The polygons, by place."""
        return shapely.STRtree(self.shapes)

    @cached_property
    def _boxes(self) -> shapely.STRtree:
        return shapely.STRtree(self.drawn)

    def near(self, shapes: Geometries) -> npt.NDArray[np.int64]:
        """Return the rows whose box meets that of a shape."""
        return np.unique(self._boxes.query(shapes)[1])

    def lattice(self, district: int) -> Lattice:
        """Return the lattice of a district; those of a city are kept for its other envelopes."""
        number, lattices = int(self.numbers[district]), self._found.lattices
        lattice = lattices.get(number)
        if lattice is None:
            lattice = lay_lattice(self.shapes[district], float(self.area_m2[district]))
            if len(lattices) < _MOST_LATTICES:
                lattices[number] = lattice
        return lattice

    def take(self, rows: npt.NDArray[np.int64]) -> Land:
        """Some of the districts, in this order."""
        return Land(self.drawn[rows], self.numbers[rows], self._found)

    def locate(self, lon: Floats, lat: Floats) -> npt.NDArray[np.int64]:
        """Return the number of the district of each place (degrees), -1 in none.

        On a border it is the first. Neighbouring places are asked for together: whole squares of
        a district's inside need no look at its lines.
        """
        _, first, member = np.unique(
            number_squares(lon, lat, _SQUARE), return_index=True, return_inverse=True
        )
        square = np.floor(np.column_stack([lon[first], lat[first]]) / _SQUARE)
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
    """Return the districts ready to be clipped."""
    size = len(shapes)
    found = _Found(np.full(size, None), np.full(size, np.nan), np.full(size, b"", dtype=object))
    return Land(np.asarray(shapes, dtype=object), np.arange(size), found)


def _mend(shapes: Geometries) -> Geometries:
    own = np.asarray(shapely.set_srid(shapes, 4326), dtype=object)  # clones
    broken = ~shapely.is_valid(own)
    own[broken] = shapely.make_valid(own[broken], method="structure", keep_collapsed=False)
    shapely.prepare(own)
    return own


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
