"""Asking politely: at the agreed rate, again where that may help, never for ever."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from geomap.second_reader.endpoint import Endpoint
from geomap.second_reader.transport import NoAnswerError, Response, Transport

#: Tries for one document, and the pause before the second (doubled before each further one).
TRIES = 3
PAUSE_S = 1.0
#: An endpoint that wants a longer pause than this is asked another day (seconds).
MAX_PAUSE_S = 60.0


@dataclass(slots=True)
class RateLimit:
    """At most ``rate`` requests a second, spread evenly; clock and sleep can be injected."""

    rate: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _next: float = field(default=-math.inf, init=False)

    def wait(self) -> None:
        """Return when the next request may start."""
        pause = self._next - self.clock()
        if pause > 0:
            self.sleep(pause)
        self._next = max(self._next, self.clock()) + 1 / self.rate


def ask(endpoint: Endpoint, transport: Transport, pace: RateLimit, body: bytes) -> Response:
    """The endpoint's answer of status 200.

    Raises
    ------
    NoAnswerError
        It cannot be reached, is too slow, refuses, or stays busy after ``TRIES`` tries.
    """
    pause_s = PAUSE_S
    for further in reversed(range(TRIES)):
        pace.wait()
        wanted_s = None
        try:
            response = transport.post(endpoint.url, endpoint.headers, body)
            if response.status == 200:
                return response
            wanted_s = retry_after_s(response.headers)
            raise _refusal(response.status, wanted_s)
        except NoAnswerError as error:
            if not (error.transient and further):
                raise
        pace.sleep(pause_s if wanted_s is None else wanted_s)
        pause_s *= 2
    raise AssertionError("unreachable: the last try returns or raises")


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that ``Retry-After`` asks for: a number, or a moment by the server's own clock."""
    wanted = headers.get("retry-after", "").strip()
    try:
        seconds = float(wanted)
    except ValueError:
        seconds = _until(wanted, headers.get("date", ""))
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _until(then: str, now: str) -> float:
    try:
        return (parsedate_to_datetime(then) - parsedate_to_datetime(now)).total_seconds()
    except (ValueError, TypeError, OverflowError):  # no date, or one with and one without a zone
        return math.nan


def _refusal(status: int, wanted_s: float | None) -> NoAnswerError:
    if status in (401, 403):
        message = f"refused (HTTP {status}); check GEOMAP_READER_KEY"
        return NoAnswerError("not-allowed", message, final=status == 401)
    if status == 429 or status >= 500:
        short = wanted_s is None or wanted_s <= MAX_PAUSE_S
        later = "" if short or wanted_s is None else f", it asks for {wanted_s:.0f} s of patience"
        message = f"busy or failing (HTTP {status}{later}); run the command again later"
        return NoAnswerError("busy", message, transient=short)
    message = f"does not take the request (HTTP {status}); check GEOMAP_READER_URL and _MODEL"
    return NoAnswerError("rejected", message)
