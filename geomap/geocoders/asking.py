"""Asking a geocoder politely: at its rate, again where that may help, never for ever."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from geopy.exc import GeocoderRateLimited, GeopyError
from geopy.extra.rate_limiter import RateLimiter

from geomap.geocoders.outcomes import Outcome, outcome_of
from geomap.geocoders.vendor import Explicit
from geomap.places.recorded import Candidate

#: Tries for one question, and the pause before the second (doubled before each further one).
TRIES, PAUSE_S = 3, 2.0
#: A service that wants a longer pause than this is asked another day (seconds).
MOST_PAUSE_S = 60.0
#: After so many questions in a row without an answer the service is down for this run.
GIVE_UP = 3
#: Candidates of one answer that are kept.
_MOST = 5


class _Rate(RateLimiter):  # type: ignore[misc]  # geopy has no types
    """geopy's limiter, with its clock given and its errors let through."""

    def __init__(self, ask: Callable[..., Any], rate: float, clock: Any, sleep: Any) -> None:
        self._clock, self._sleep = clock, sleep
        super().__init__(ask, min_delay_seconds=1 / rate, max_retries=0, swallow_exceptions=False)


@dataclass(slots=True)
class Asker:
    """One run's conversation with one geocoder.

    Attributes
    ----------
    counts : questions by outcome.
    ended : why nothing more is asked: quota, refused or down; None while all is well.
    """

    geocoder: Explicit
    rate: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    counts: Counter[Outcome] = field(default_factory=Counter, init=False)
    ended: Outcome | None = field(default=None, init=False)
    _in_a_row: int = field(default=0, init=False)
    _limited: _Rate = field(init=False)

    def __post_init__(self) -> None:
        most = self.geocoder.most_rate
        self.rate = min(self.rate, most) if most else self.rate
        self._limited = _Rate(self.geocoder.geocode, self.rate, self.clock, self.sleep)

    def ask(self, query: str) -> tuple[Outcome, tuple[Candidate, ...]]:
        """Return what became of a question, and the places found; nothing is raised.

        Only ``found`` and ``not-found`` are answers; anything else may be asked again later.
        """
        outcome, places = self._ask(query)
        self.counts[outcome] += 1
        self._in_a_row = self._in_a_row + 1 if outcome is Outcome.DOWN else 0
        if outcome in (Outcome.QUOTA, Outcome.REFUSED) or self._in_a_row == GIVE_UP:
            self.ended = outcome
        return outcome, places

    def _ask(self, query: str) -> tuple[Outcome, tuple[Candidate, ...]]:
        pause_s = PAUSE_S
        for further in reversed(range(TRIES)):
            try:
                found = self._limited(query, exactly_one=False)
                break
            except GeopyError as error:
                outcome, wanted_s = outcome_of(error), getattr(error, "retry_after", None)
                again = outcome is Outcome.DOWN or isinstance(error, GeocoderRateLimited)
            wait_s = pause_s if wanted_s is None else float(wanted_s)
            if not (again and further) or wait_s > MOST_PAUSE_S:
                return outcome, ()
            self.sleep(wait_s)
            pause_s *= 2
        places = tuple(_candidate(one) for one in (found or [])[:_MOST])
        return (Outcome.FOUND if places else Outcome.NOT_FOUND), places


def _candidate(location: Any) -> Candidate:
    raw = location.raw
    return Candidate(
        round(location.longitude, 6), round(location.latitude, 6), raw["precision"],
        raw["uncertainty_m"], " ".join(str(raw["matched"]).split())[:200],
    )  # fmt: skip
