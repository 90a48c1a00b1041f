"""The areas of one envelope: by road where the network answered, circles everywhere else."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely

from geomap.coverage.circles import Pieces, dissolve_circles, join_pieces, keep_polygons
from geomap.coverage.expected import SHARP_M, Blurred
from geomap.coverage.stations import Booleans, Counted

_NOTHING = shapely.MultiPolygon()


@dataclass(frozen=True, slots=True)
class AtPoints:
    """Whether the road network reaches each point: for certain, as expected, possibly."""

    certain: Booleans
    expected: Booleans
    possible: Booleans


@dataclass(frozen=True, slots=True)
class Reached:
    """What the road network already answered for one envelope.

    Attributes
    ----------
    station_ids : stations that these areas speak for; they get no circle.
    certain, possible : the union of their areas, EPSG:4326, valid. A station whose access is
        unknown, or that lies outside its stated district, belongs to ``possible`` alone.
    expected : what the stations of ``certain`` reach with the whole radius, neither less nor more
        their uncertainty; it counts in ``share``. None: ``certain`` stands for it.
    at_points : the same of the points that stand for land and people, where there are any.
    """

    station_ids: frozenset[str] = field(default_factory=frozenset)
    certain: shapely.Geometry = _NOTHING
    possible: shapely.Geometry = _NOTHING
    expected: shapely.Geometry | None = None
    at_points: AtPoints | None = None


@dataclass(frozen=True, slots=True)
class Kinds:
    """Polygons that do not overlap, three times.

    Attributes
    ----------
    certain, possible : within radius - uncertainty, within radius + uncertainty.
    sure : what counts in full in the expected share: circles of the whole radius where the place
        is sharp, of radius - uncertainty elsewhere.
    """

    certain: Pieces
    sure: Pieces
    possible: Pieces


@dataclass(frozen=True, slots=True)
class Layers:
    """The areas of one envelope, EPSG:4326.

    Attributes
    ----------
    whole : circles and network together.
    circles : circles alone.
    blurred : the stations whose place is less than sharp.
    reached : what the network answered.
    """

    whole: Kinds
    circles: Kinds
    blurred: Blurred
    reached: Reached

    def list_features(self) -> list[tuple[str, str, shapely.MultiPolygon]]:
        """Return (method, coverage) and the area of each, none empty."""
        shapes = [
            ("circle", "certain", join_pieces(self.circles.certain)),
            ("circle", "possible", join_pieces(self.circles.possible)),
            ("network", "certain", _as_multi(self.reached.certain)),
            ("network", "possible", _as_multi(self.reached.possible)),
        ]
        return [shape for shape in shapes if not shape[2].is_empty]


def draw_layers(counted: Counted, radius_m: float, reached: Reached) -> Layers:
    """Return the areas of one envelope whose circles have this radius (metres)."""
    rows = counted.take(~np.isin(counted.station_id.astype(str), sorted(reached.station_ids)))
    known = rows.take(rows.sure)
    is_sharp = known.uncertainty_m <= SHARP_M
    certain = dissolve_circles(known.lon, known.lat, radius_m - known.uncertainty_m)
    possible = dissolve_circles(rows.lon, rows.lat, radius_m + rows.uncertainty_m)
    whole = np.where(is_sharp, radius_m, radius_m - known.uncertainty_m)
    sure = dissolve_circles(known.lon, known.lat, whole)
    blurred = known.take(~is_sharp)
    expected = reached.certain if reached.expected is None else reached.expected
    return Layers(
        Kinds(
            _unite(certain, reached.certain),
            _unite(sure, expected),
            _unite(possible, reached.possible),
        ),
        Kinds(certain, sure, possible),
        Blurred(
            blurred.lon, blurred.lat, blurred.uncertainty_m,
            np.full(len(blurred.lon), float(radius_m)),
        ),
        reached,
    )  # fmt: skip


def _unite(pieces: Pieces, network: shapely.Geometry) -> Pieces:
    """Return circles and network areas as polygons that do not overlap."""
    if network.is_empty:
        return pieces
    own = shapely.get_parts(network)
    touched = [
        np.unique(shapely.STRtree(shapes).query(own, predicate="intersects")[1])
        for shapes in (pieces.whole, pieces.cut)
    ]
    met = [shapes[rows] for shapes, rows in zip((pieces.whole, pieces.cut), touched, strict=True)]
    together = shapely.disjoint_subset_union_all(np.concatenate([own, *met]))
    # What a cut piece was merged into touches its other half: it is no whole part any more.
    return Pieces(
        np.delete(pieces.whole, touched[0]),
        np.concatenate([
            np.delete(pieces.cut, touched[1]), keep_polygons(shapely.get_parts(together))
        ]),
    )  # fmt: skip


def _as_multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.normalize(shapely.multipolygons(keep_polygons(shapely.get_parts(shape))))
