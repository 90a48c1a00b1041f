"""Which datum a batch of points is on, told by named places that are known for sure.

Each point is compared with the place that its row names (an anchor). On the right datum the
differences scatter around nothing; on another all of them lean the same way by 300 to 1,200 m.
Every datum gets the likelihood of the differences. A town's own office lies 100 m from its name's
point, its villages kilometres: the differences are a mixture of scales, whose shares the batch
itself tells. A datum is believed only when it is far likelier than both others.
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
#: A point in its stated district makes a datum likelier by e^2.6: it takes two to believe it. Of
#: 10,000 real points 1,494 left their district on a wrong datum and 4 came back into it: e^5.9 of
#: points that are right, less what clerks' slips near a boundary leave of it.
_INSIDE = 2.6
#: Points may lie much nearer to the named places than their radii say: the scales of the mixture.
_SCALES = np.geomspace(0.005, 2.0, 12)
#: Rounds in which the shares of the scales settle; each scale keeps half a point.
_ROUNDS, _PRIOR = 50, 0.5
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
        best, second = sorted(self.likelihood, key=lambda datum: -self.likelihood[datum])[:2]
        return best if self.likelihood[best] - self.likelihood[second] >= _MARGIN else None

    def better_than(self, stated: Datum) -> Datum | None:
        """Return the datum that is far likelier than the stated one and the third; or None."""
        return self.datum if self.datum is not stated else None


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
    """Return the log likelihood of WGS-84 points; those of one anchor count as one together.

    However many they are, they share the fault of the anchor itself.
    """
    rows = np.bincount(which)
    if len(rows) < _LEAST_ANCHORS:
        return 0.0
    east = np.radians(x - anchors.lon) * np.cos(np.radians(anchors.lat)) * EARTH_M
    north = np.radians(y - anchors.lat) * EARTH_M
    sigma = (anchors.radius_m / _RADIUS_SIGMAS)[:, None]
    spread = np.hypot(_SCALES * sigma, np.minimum(sigma, _ANCHOR_SIGMA_M))
    density = -2 * np.log(spread)
    squared = (east**2 + north**2)[:, None]
    density -= (_FREEDOM + 2) / 2 * np.log1p(squared / (_FREEDOM * spread**2))
    return _mix(density, (1 / rows)[which])


def _mix(density: Floats, weight: Floats) -> float:
    """Return the log likelihood of points by the mixture of scales that fits them best.

    Parameters
    ----------
    density : log density of each point at each scale.
    weight : what each point counts.
    """
    highest = density.max(axis=1)
    likely = np.exp(density - highest[:, None])
    share = np.full(density.shape[1], 1 / density.shape[1])
    for _ in range(_ROUNDS):
        mine = likely * share
        mine *= (weight / mine.sum(axis=1))[:, None]
        share = mine.sum(axis=0) + _PRIOR
        share /= share.sum()
    return float(weight @ (np.log(likely @ share) + highest))
