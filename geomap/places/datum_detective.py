"""Which datum a batch of points is on, told by named places that are known for sure.

Each point is compared with the place that its row names (an anchor). On the right datum the
differences scatter around nothing; on another all of them lean the same way by 300 to 1,200 m.
Every datum gets the likelihood of the differences, heavy-tailed (a village's office may lie far
from its name's point), and one is believed only when it is far likelier than the next.
tests/benchmarks/datum_batches.py has the measurements behind the limits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.places.datum import Datum, Floats, convert
from geomap.places.spread import EARTH_M

Bools = NDArray[np.bool_]

#: Degrees of freedom of the differences: their tails are heavy.
_FREEDOM = 3.0
#: Radius of 95 % over the deviation of one axis, of a normal spread.
_RADIUS_SIGMAS = 2.45
#: An anchor itself is off by about this, metres, or by its radius where that is less.
_ANCHOR_SIGMA_M = 300.0
#: A point in its stated district makes a datum likelier by e^2.4: it takes three to believe it.
_INSIDE = 2.4
#: A batch may lie nearer to the named places than their radii say: the scales that are tried.
_SCALES = np.geomspace(0.05, 2.0, 12)
#: Fewer named places than this prove nothing, and so does a likelihood less than e^5 times another.
_LEAST_ANCHORS, _MARGIN = 5, 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Anchors:
    """What points are compared with, one a point; all arrays have the same length.

    Attributes
    ----------
    lon, lat : where the named place is, WGS-84 degrees.
    radius_m : holds the true place with 95 %.
    """

    lon: Floats
    lat: Floats
    radius_m: Floats


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely a batch is on each datum (log likelihood); how many named places say so."""

    likelihood: Mapping[Datum, float]
    anchor_count: int

    @property
    def datum(self) -> Datum | None:
        """The datum that is far likelier than the others; None where nobody can tell."""
        first, second = sorted(self.likelihood.values(), reverse=True)[:2]
        return self._best if first - second >= _MARGIN else None

    def better_than(self, stated: Datum) -> Datum | None:
        """Return the datum that is far likelier than the stated one; None where none is."""
        gain = self.likelihood[self._best] - self.likelihood[stated]
        return self._best if gain >= _MARGIN else None

    @property
    def _best(self) -> Datum:
        return max(self.likelihood, key=lambda datum: self.likelihood[datum])


def find_datum_of(
    lon: Floats, lat: Floats, anchors: Anchors, is_where_stated: Callable[[Floats, Floats], Bools]
) -> Verdict:
    """Return the datum on which points (degrees) fit the places that their rows name.

    Parameters
    ----------
    anchors : one a point; NaN where a row names no place that is known.
    is_where_stated : tells for WGS-84 points, in the same order, whether each lies in the
        district that its row states.
    """
    held = np.isfinite(anchors.lon)
    places = np.round([anchors.lon[held], anchors.lat[held]], 5)
    _, which = np.unique(places, axis=1, return_inverse=True)
    known = Anchors(anchors.lon[held], anchors.lat[held], anchors.radius_m[held])
    likelihood = {}
    for datum in Datum:
        x, y = convert(lon, lat, datum, Datum.WGS84)
        likelihood[datum] = _INSIDE * float(is_where_stated(x, y).sum())
        likelihood[datum] += _likelihood(x[held], y[held], known, which.ravel())
    return Verdict(likelihood, int(which.max(initial=-1)) + 1)


def _likelihood(x: Floats, y: Floats, anchors: Anchors, which: NDArray[np.intp]) -> float:
    """Return the log likelihood of WGS-84 points; those of one anchor are judged together.

    However many they are, they share the fault of the anchor itself.
    """
    rows = np.bincount(which)
    if len(rows) < _LEAST_ANCHORS:
        return 0.0
    east = np.radians(x - anchors.lon) * np.cos(np.radians(anchors.lat)) * EARTH_M
    north = np.radians(y - anchors.lat) * EARTH_M
    middle = [np.bincount(which, weights=part) / rows for part in (east, north, anchors.radius_m)]
    squared = (middle[0] ** 2 + middle[1] ** 2)[:, None]
    # How near the points are to the named places as a rule is read off the points themselves.
    spread = _SCALES * (middle[2] / _RADIUS_SIGMAS / np.sqrt(rows))[:, None]
    spread = np.hypot(spread, np.minimum(middle[2][:, None] / _RADIUS_SIGMAS, _ANCHOR_SIGMA_M))
    density = -2 * np.log(spread)
    density -= (_FREEDOM + 2) / 2 * np.log1p(squared / (_FREEDOM * spread**2))
    return float(density.sum(axis=0).max())
