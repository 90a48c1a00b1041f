"""Which of a geocoder's candidates is the row's place, and why; or that none is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from geomap.model.records import Placement
from geomap.places.index import SAME_M, Places
from geomap.places.recorded import Answers, Candidate, queries
from geomap.places.spread import distance_m
from geomap.places.stated import Stated

#: What a candidate's precision is worth; what is not named is no sharper than the offline ladder.
_WORTH = {"address": 1.0, "poi": 0.9, "street": 0.6, "community": 0.5}
#: A shop whose name shares less than this with the row's words is another shop.
_LEAST_ALIKE = 0.3
#: Each thing that speaks for a candidate, against one level of precision.
_SAME_TOWN, _ALIKE, _AGREED, _FULLER = 0.4, 0.5, 0.3, 0.05


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate that may be the place: its score, and what spoke for it."""

    score: float
    provider: str
    place: Candidate
    reason: str


def choose(
    texts: Mapping[str, str], stated: Stated, circle: Placement, answers: Answers, places: Places
) -> Placement | None:
    """The best recorded candidate of a row, or None where none may be it.

    Parameters
    ----------
    texts : the row's words.
    stated : what they mean.
    circle : where the offline ladder puts the row, with its radius.

    Notes
    -----
    A candidate outside the stated districts, or their successors, is never taken. Of two that
    score alike and lie apart, none is: nobody can tell which is meant.
    """
    scored = sorted(_scored(texts, stated, circle, answers, places), key=lambda one: -one.score)
    if not scored:
        return None
    best = scored[0]
    if any(one.score > best.score - 0.1 and _away_m(one, best) > SAME_M for one in scored[1:]):
        return None
    place = best.place
    matched = f"{place.matched}（{best.reason}）"
    return Placement(
        place.lon, place.lat, place.precision, place.uncertainty_m, best.provider, matched
    )


def _scored(
    texts: Mapping[str, str], stated: Stated, circle: Placement, answers: Answers, places: Places
) -> Iterable[Scored]:
    asked = queries(texts)
    for less, query in enumerate(asked):
        for provider, place in answers.to(query, answers.providers):
            inside = _inside(place, stated, places)
            if inside is None or place.precision not in _WORTH:
                continue
            alike = _alike(place.matched, texts)
            if place.precision == "poi" and alike < _LEAST_ALIKE:
                continue
            score = _WORTH[place.precision] + _ALIKE * alike - _FULLER * less
            reasons = [inside, place.precision, f"名称相近 {alike:.1f}"]
            if _in_circle(place, circle):
                score, reasons = score + _SAME_TOWN, [*reasons, f"在{circle.matched}范围内"]
            others = (
                p for o in asked for w, p in answers.to(o, answers.providers) if w != provider
            )
            if any(_metres(place, other) <= SAME_M for other in others):
                score, reasons = score + _AGREED, [*reasons, "另一家也这样说"]
            yield Scored(score, provider, place, "，".join(reasons))


def _inside(place: Candidate, stated: Stated, places: Places) -> str | None:
    """Why a candidate may lie where the row says; None where it contradicts the row."""
    meant = stated.meant
    if meant.unknown and not meant.codes:
        return None
    codes = [*meant.codes, *(heir.code for heir in meant.heirs)] or list(stated.counties)
    if not codes:
        return "未写区县"
    return "在所写区域内" if places.contains(codes, place.lon, place.lat) else None


def _alike(matched: str, texts: Mapping[str, str]) -> float:
    """The share of a candidate's pairs of characters that the row writes too, 0-1.

    Baidu gives its candidates no name: that speaks neither for nor against them.
    """
    pairs = _pairs(matched)
    written = _pairs("".join(texts.get(part, "") for part in
                             ("province", "city", "district", "township", "community", "address",
                              "name")))  # fmt: skip
    return len(pairs & written) / len(pairs) if pairs else _LEAST_ALIKE


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"\W", "", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def _in_circle(place: Candidate, circle: Placement) -> bool:
    if circle.precision not in ("community", "township") or not math.isfinite(circle.lon):
        return False
    return _metres(place, circle) <= circle.uncertainty_m


def _away_m(one: Scored, other: Scored) -> float:
    return _metres(one.place, other.place)


def _metres(one: Candidate | Placement, other: Candidate | Placement) -> float:
    away = distance_m(np.array([one.lon]), np.array([one.lat]), other.lon, other.lat)
    return float(away[0])
